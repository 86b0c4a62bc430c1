### What Beacon itself says, in Arabic.
###
### Fluent syntax: https://projectfluent.org/fluent/guide/. A message may have text, variables such as { $time }, and
### selectors on them. Each message has the variables that the English one has.

## Whether somebody answers. Each is a sentence of its own and ends as sentences do.

# A line that never closes.
open-always = متاح ليلًا ونهارًا.

# Open, and nothing is known of when it closes.
open-now = مفتوح الآن.

# Open, and closes at { $time } within 24 hours: 17:00.
open-until = مفتوح الآن حتى الساعة { $time }.

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
open-until-day = مفتوح الآن حتى { $day } الساعة { $time }.

# Closed.
closed-now = مغلق الآن.

# Closed because of a public holiday, { $holiday }: one of the names below, or one that a government announced.
closed-holiday = مغلق بمناسبة { $holiday }.

# Not in use for a time.
closed-suspended = غير متاح مؤقتًا.

# By its hours it would be open, but nobody has tried it for a long time.
unknown-unverified = قد لا يجيب أحد: لم يُتحقَّق منه مؤخرًا.

# Its hours depend on public holidays, and those of that time are not known yet.
unknown-holidays = الساعات غير معروفة: لم تُعلَن العطلات الرسمية لهذه الفترة بعد.

# When it opens next: today at { $time }, 19:00.
opens-today = يفتح اليوم الساعة { $time }.

# When it opens next: at { $time } on { $day }, Tuesday 29 December.
opens-day = يفتح { $day } الساعة { $time }.

# What editors wrote about these hours, in their own words: short day.
state-note = ملاحظة: { $note }.

## When somebody answers, in a list of ways to find help: after a number, in small letters and without a full stop.

# A line that never closes.
when-open-always = متاح ليلًا ونهارًا

# Open, and nothing is known of when it closes.
when-open-now = مفتوح الآن

# Open, and closes at { $time } within 24 hours: 17:00.
when-open-until = مفتوح الآن حتى الساعة { $time }

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
when-open-until-day = مفتوح الآن حتى { $day } الساعة { $time }

# Closed, and opens today at { $time }: 19:00.
when-opens-today = يفتح الساعة { $time }

# Closed, and opens at { $time } on { $day }: 09:00, Tuesday 29 December.
when-opens-day = يفتح { $day } الساعة { $time }

# Closed, and nothing is known of when it opens.
when-closed-now = مغلق الآن

# Nobody can say whether it is open.
when-unknown = قد لا يجيب أحد الآن

# For e-mail, forms and letters: within how many hours an answer is promised.
when-reply =
    { $hours ->
        [one] الرد خلال ساعة واحدة
        [two] الرد خلال ساعتين
        [few] الرد خلال { $hours } ساعات
       *[other] الرد خلال { $hours } ساعة
    }

## Ways to find help.

# Above a list of services and how to reach them. Whoever reads it may be young, hurt or afraid.
signpost-message = إذا كنت تودّ التحدث إلى أحد، فهذه الجهات يمكنها مساعدتك.

# Where there is no service to name: only the emergency number follows.
signpost-nobody = إذا كنت أنت أو أي شخص آخر في خطر، فاطلب المساعدة الآن.

# One way to reach a service: what it is called, { $label }, and the number, address or page, { $contact }.
signpost-channel = { $label }: { $contact }

# What to know about a channel, with one more thing at its end: free to call; open until 17:00.
signpost-next = { $list }؛ { $next }

# A text message that begins with a word: HELP to 85258.
signpost-keyword = أرسل { $keyword } في رسالة نصية إلى { $number }

# The call costs nothing.
signpost-free = المكالمة مجانية

# The call costs more than an ordinary one.
signpost-charged = المكالمة مدفوعة

# The number that deaf and speech-impaired people dial to reach the same line through a text relay service.
signpost-relay = ترحيل النص: { $number }

# The number of police, ambulance and fire brigade: 112.
emergency-call = في حالات الطوارئ اتصل بالرقم { $number }.

# The same where there is a second number, { $relay }, that deaf and speech-impaired people dial from a text relay app.
emergency-call-or-relay = في حالات الطوارئ اتصل بالرقم { $number }، أو { $relay } عبر ترحيل النص.

## Opening hours in words. They are put together from parts: Monday to Friday 09:00–17:00, closed on public holidays.

# Open always.
hours-always = على مدار الساعة كل يوم

# Never open.
hours-never = مغلق

# Before times, in place of days.
hours-every-day = كل يوم

# Days of the week: Monday to Friday.
hours-day-range = من { $first } إلى { $last }

# Months or days of the year: July to August, 24 December to 2 January.
hours-period = { $first } – { $last }

# Before times, in place of days: public holidays 10:00–12:00.
hours-holidays = العطلات الرسمية

# Days, then times: Monday to Friday 09:00–17:00.
hours-open = { $days } { $times }

# From a time of day to another.
hours-times = من { $from } إلى { $until }

# The same past midnight: 22:00–06:00.
hours-times-overnight = من { $from } إلى { $until } في اليوم التالي

# In place of times: from midnight to midnight.
hours-all-day = طوال اليوم

# Days on which nobody answers: Sunday, 26 December 2026.
hours-closed = مغلق: { $days }

# Times in which nobody answers: Monday to Friday 12:00–13:00.
hours-closed-times = مغلق { $days } { $times }

# The same on public holidays.
hours-closed-holidays = مغلق في العطلات الرسمية

# Hours of some of the days named before that differ: every day 09:00–17:00, but Wednesday 10:00–12:00.
hours-but = لكن { $hours }

# More hours of some of the days named before.
hours-also = وأيضًا { $hours }

# One after the other.
hours-join = { $first }، { $next }

# Hours in a part of the year: July to August: Monday to Friday 10:00–16:00.
hours-during = { $period }: { $hours }

# Hours, and what editors wrote about them in their own words.
hours-note = { $hours } ({ $note })

## How a campaign comes round.

# Every year on { $day }: 30 July.
observance-fixed = { $day } من كل عام

# The nth weekday of a month: The second Tuesday of February. { $nth } is 1 to 5, or -1 for the last. For languages whose words
# agree with the day there is { $weekday-key } to choose by: monday, tuesday, …, sunday.
observance-weekday =
    { $nth ->
        [1] يوم { $weekday } الأول من { $month }
        [2] يوم { $weekday } الثاني من { $month }
        [3] يوم { $weekday } الثالث من { $month }
        [4] يوم { $weekday } الرابع من { $month }
        [5] يوم { $weekday } الخامس من { $month }
       *[other] يوم { $weekday } الأخير من { $month }
    }

# On Easter Sunday of the western churches.
observance-easter = أحد الفصح

# So many days before that Sunday.
observance-before-easter =
    { $days ->
        [one] قبل أحد الفصح بيوم واحد
        [two] قبل أحد الفصح بيومين
        [few] قبل أحد الفصح بـ{ $days } أيام
       *[other] قبل أحد الفصح بـ{ $days } يومًا
    }

# So many days after it.
observance-after-easter =
    { $days ->
        [one] بعد أحد الفصح بيوم واحد
        [two] بعد أحد الفصح بيومين
        [few] بعد أحد الفصح بـ{ $days } أيام
       *[other] بعد أحد الفصح بـ{ $days } يومًا
    }

# No rule gives the days.
observance-announced = يعلن المنظِّم موعده كل عام

# It does not come round: only on { $day }, 30 July 2026.
observance-once = مرة واحدة في { $day }

# One of the above, { $when }, and how many days it lasts: 25 November every year, for 16 days.
observance-length =
    { $days ->
        [one] { $when }، لمدة يوم واحد
        [two] { $when }، لمدة يومين
        [few] { $when }، لمدة { $days } أيام
       *[other] { $when }، لمدة { $days } يومًا
    }

## Public holidays of the United Kingdom, by the ids in api/data/holidays.toml.

# 1 January.
holiday-new-years-day = رأس السنة الميلادية

# 2 January, in Scotland.
holiday-second-january = 2 يناير

# 17 March, in Northern Ireland.
holiday-st-patricks-day = عيد القديس باتريك

# Two days before Easter Sunday.
holiday-good-friday = الجمعة العظيمة

# The day after Easter Sunday.
holiday-easter-monday = اثنين الفصح

# The first Monday of May.
holiday-early-may = عطلة أوائل مايو

# The last Monday of May.
holiday-spring = عطلة الربيع

# 15 June 2026, in Scotland.
holiday-world-cup = عطلة كأس العالم

# 12 July, in Northern Ireland.
holiday-battle-of-the-boyne = ذكرى معركة بوين

# The first or last Monday of August.
holiday-summer = عطلة الصيف

# 30 November, in Scotland.
holiday-st-andrews-day = عيد القديس أندرو

# 25 December.
holiday-christmas-day = عيد الميلاد

# 26 December.
holiday-boxing-day = ثاني أيام عيد الميلاد

## Charts: alternative text and the table beside them.

# What a chart of bars is called.
chart-bar = مخطط شريطي

# What a chart of a hundred squares is called.
chart-waffle = مخطط من 100 مربع

# A chart in words: what kind it is, its parts with their shares, and what they are shares of, where and when: women 49%, girls 23% of
# detected victims, world, 2016.
chart-shares = { $kind }: { $parts } ({ $about }).

# A chart in words, where its parts are shares of nothing in common; { $about } says what is measured.
chart-parts = { $kind }: { $parts }. { $about }.

# Where the numbers of a chart come from.
chart-source = المصدر: { $source }.

# What the parts of a chart make together.
chart-total = المجموع: { $total }.

# In place of the parts, where a chart has none.
chart-nothing = لا توجد أرقام

# What opens the table of a chart.
chart-as-table = الرسم البياني في جدول

# What a link to the table as a file is called.
chart-as-csv = تنزيل بصيغة CSV

# The head of a column: what a part is called.
chart-column-part = الجزء

# The head of a column: its number.
chart-column-value = القيمة

# The head of a column: when.
chart-column-period = الفترة

# The head of a column: where.
chart-column-area = المنطقة

# The head of a column: who published it.
chart-column-source = المصدر

# A list with one more member at its end.
list-next = { $list }، { $next }

## Beside content that others show.

# What it is, whose, and under which licence it may be used: CC-BY-4.0.
attribution = { $title }، { $organisation } ({ $licence })

## What editors are asked to do with content, in a list beside its title.

# Somebody tried this number or address last on { $day }, too long ago: 29 December 2026.
attention-channel = لم يجرّب أحد هذا منذ { $day }. جرّبه وأخبرنا إن كان يعمل.

# Nobody ever tried this number or address.
attention-channel-never = لم يجرّب أحد هذا بعد. جرّبه وأخبرنا إن كان يعمل.

# Figures of a statistic were due for review on { $day }: 29 December 2026.
attention-figure = كان موعد مراجعة أرقامه { $day }.

# A text or chart shows the figure of a statistic, by its name, for { $period }, and there is a later one: 2016.
attention-superseded = يعرض «{ $statistic }» لفترة { $period }، وهناك رقم أحدث.

# A post was due to be read again on { $day }: 29 December 2026.
attention-post = كان موعد مراجعته { $day }.

# The words in { $language }, by its own name (Cymraeg), are older than those of the site's first language.
attention-translation = الترجمة ({ $language }) أقدم من النص الذي تترجمه.

# A campaign's days this year are by the rule only, and begin on { $day }: 29 December 2026.
attention-edition = أكّد أيامه: حسب القاعدة يبدأ في { $day }.

# Somebody changed a number at once and gave a reason; another person must try it by { $day }: 29 December 2026.
attention-urgent = صُحّح فورًا: «{ $reason }» يجب أن يجرّبه شخص آخر قبل { $day }.

# Somebody asked for a decision on a draft on { $day }: 29 December 2026.
attention-approval = هناك من ينتظر قرارًا بشأنه منذ { $day }.

# Somebody asked on { $day }, 29 December 2026, for a decision on a draft that could hurt somebody; SAFEGUARDING_LEAD is the role.
attention-signature = يجب أن يوافق عليه شخص مسؤول عن الحماية. ينتظر منذ { $day }.

# What was to be shown or hidden on { $day }, 29 December 2026, was refused; { $reason } is a sentence.
attention-schedule = ما كان مقرّرًا في { $day } لم يحدث: { $reason }

# A text, or a set of statistics, names something that is not published. { $reference } is as texts write it: [[contact:safe-phone]].
attention-reference = يشير إلى { $reference } الذي لا يراه القرّاء.

# Before what is to be done about the text on somebody. { $message } is one of the sentences above.
attention-biography = نبذة عن { $name }: { $message }
