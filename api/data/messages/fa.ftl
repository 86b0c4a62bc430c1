### What Beacon itself says, in Persian.
###
### Fluent syntax: https://projectfluent.org/fluent/guide/. A message may have text, variables such as { $time }, and
### selectors on them. Each message has the variables that the English one has.

## Whether somebody answers. Each is a sentence of its own and ends as sentences do.

# A line that never closes.
open-always = شبانه‌روز باز است.

# Open, and nothing is known of when it closes.
open-now = هم‌اکنون باز است.

# Open, and closes at { $time } within 24 hours: 17:00.
open-until = هم‌اکنون تا ساعت { $time } باز است.

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
open-until-day = هم‌اکنون تا { $day } ساعت { $time } باز است.

# Closed.
closed-now = هم‌اکنون بسته است.

# Closed because of a public holiday, { $holiday }: one of the names below, or one that a government announced.
closed-holiday = به‌مناسبت { $holiday } بسته است.

# Not in use for a time.
closed-suspended = فعلاً در دسترس نیست.

# By its hours it would be open, but nobody has tried it for a long time.
unknown-unverified = شاید پاسخ داده نشود: به‌تازگی بررسی نشده است.

# Its hours depend on public holidays, and those of that time are not known yet.
unknown-holidays = ساعت کار نامعلوم است: تعطیلات رسمی این زمان هنوز اعلام نشده است.

# When it opens next: today at { $time }, 19:00.
opens-today = امروز ساعت { $time } باز می‌شود.

# When it opens next: at { $time } on { $day }, Tuesday 29 December.
opens-day = { $day } ساعت { $time } باز می‌شود.

# What editors wrote about these hours, in their own words: short day.
state-note = یادداشت: { $note }.

## When somebody answers, in a list of ways to find help: after a number, in small letters and without a full stop.

# A line that never closes.
when-open-always = شبانه‌روز باز است

# Open, and nothing is known of when it closes.
when-open-now = هم‌اکنون باز است

# Open, and closes at { $time } within 24 hours: 17:00.
when-open-until = هم‌اکنون تا ساعت { $time } باز است

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
when-open-until-day = هم‌اکنون تا { $day } ساعت { $time } باز است

# Closed, and opens today at { $time }: 19:00.
when-opens-today = ساعت { $time } باز می‌شود

# Closed, and opens at { $time } on { $day }: 09:00, Tuesday 29 December.
when-opens-day = { $day } ساعت { $time } باز می‌شود

# Closed, and nothing is known of when it opens.
when-closed-now = هم‌اکنون بسته است

# Nobody can say whether it is open.
when-unknown = شاید اکنون پاسخ داده نشود

# For e-mail, forms and letters: within how many hours an answer is promised.
when-reply = پاسخ ظرف { $hours } ساعت

## Ways to find help.

# Above a list of services and how to reach them. Whoever reads it may be young, hurt or afraid.
signpost-message = اگر می‌خواهید با کسی صحبت کنید، این خدمات می‌توانند کمک کنند.

# Where there is no service to name: only the emergency number follows.
signpost-nobody = اگر شما یا شخص دیگری در خطر هستید، همین حالا کمک بخواهید.

# One way to reach a service: what it is called, { $label }, and the number, address or page, { $contact }.
signpost-channel = { $label }: { $contact }

# What to know about a channel, with one more thing at its end: free to call; open until 17:00.
signpost-next = { $list }؛ { $next }

# A text message that begins with a word: HELP to 85258.
signpost-keyword = { $keyword } را به { $number } پیامک کنید

# The call costs nothing.
signpost-free = تماس رایگان

# The call costs more than an ordinary one.
signpost-charged = تماس با هزینه

# The number that deaf and speech-impaired people dial to reach the same line through a text relay service.
signpost-relay = رلهٔ متنی: { $number }

# The number of police, ambulance and fire brigade: 112.
emergency-call = در موارد اضطراری با { $number } تماس بگیرید.

# The same where there is a second number, { $relay }, that deaf and speech-impaired people dial from a text relay app.
emergency-call-or-relay = در موارد اضطراری با { $number } یا از راه رلهٔ متنی با { $relay } تماس بگیرید.

## Opening hours in words. They are put together from parts: Monday to Friday 09:00–17:00, closed on public holidays.

# Open always.
hours-always = شبانه‌روزی، هر روز

# Never open.
hours-never = بسته

# Before times, in place of days.
hours-every-day = هر روز

# Days of the week: Monday to Friday.
hours-day-range = { $first } تا { $last }

# Months or days of the year: July to August, 24 December to 2 January.
hours-period = { $first } تا { $last }

# Before times, in place of days: public holidays 10:00–12:00.
hours-holidays = تعطیلات رسمی

# Days, then times: Monday to Friday 09:00–17:00.
hours-open = { $days } { $times }

# From a time of day to another.
hours-times = { $from } تا { $until }

# The same past midnight: 22:00–06:00.
hours-times-overnight = { $from } تا { $until } روز بعد

# In place of times: from midnight to midnight.
hours-all-day = تمام روز

# Days on which nobody answers: Sunday, 26 December 2026.
hours-closed = بسته: { $days }

# Times in which nobody answers: Monday to Friday 12:00–13:00.
hours-closed-times = بسته: { $days } { $times }

# The same on public holidays.
hours-closed-holidays = در تعطیلات رسمی بسته

# Hours of some of the days named before that differ: every day 09:00–17:00, but Wednesday 10:00–12:00.
hours-but = اما { $hours }

# More hours of some of the days named before.
hours-also = همچنین { $hours }

# One after the other.
hours-join = { $first }، { $next }

# Hours in a part of the year: July to August: Monday to Friday 10:00–16:00.
hours-during = { $period }: { $hours }

# Hours, and what editors wrote about them in their own words.
hours-note = { $hours } ({ $note })

## How a campaign comes round.

# Every year on { $day }: 30 July.
observance-fixed = هر سال { $day }

# The nth weekday of a month: The second Tuesday of February. { $nth } is 1 to 5, or -1 for the last. For languages whose words
# agree with the day there is { $weekday-key } to choose by: monday, tuesday, …, sunday.
observance-weekday =
    { $nth ->
        [1] نخستین { $weekday } ماه { $month }
        [2] دومین { $weekday } ماه { $month }
        [3] سومین { $weekday } ماه { $month }
        [4] چهارمین { $weekday } ماه { $month }
        [5] پنجمین { $weekday } ماه { $month }
       *[other] آخرین { $weekday } ماه { $month }
    }

# On Easter Sunday of the western churches.
observance-easter = یکشنبهٔ عید پاک

# So many days before that Sunday.
observance-before-easter = { $days } روز پیش از یکشنبهٔ عید پاک

# So many days after it.
observance-after-easter = { $days } روز پس از یکشنبهٔ عید پاک

# No rule gives the days.
observance-announced = هر سال برگزارکننده تاریخ آن را اعلام می‌کند

# It does not come round: only on { $day }, 30 July 2026.
observance-once = یک بار، { $day }

# One of the above, { $when }, and how many days it lasts: 25 November every year, for 16 days.
observance-length = { $when }، به مدت { $days } روز

## Public holidays of the United Kingdom, by the ids in api/data/holidays.toml.

# 1 January.
holiday-new-years-day = روز سال نو میلادی

# 2 January, in Scotland.
holiday-second-january = ۲ ژانویه

# 17 March, in Northern Ireland.
holiday-st-patricks-day = روز سنت پاتریک

# Two days before Easter Sunday.
holiday-good-friday = جمعهٔ نیک

# The day after Easter Sunday.
holiday-easter-monday = دوشنبهٔ عید پاک

# The first Monday of May.
holiday-early-may = تعطیلی اوایل ماه مه

# The last Monday of May.
holiday-spring = تعطیلی بهاره

# 15 June 2026, in Scotland.
holiday-world-cup = تعطیلی جام جهانی

# 12 July, in Northern Ireland.
holiday-battle-of-the-boyne = سالگرد نبرد بوین

# The first or last Monday of August.
holiday-summer = تعطیلی تابستانی

# 30 November, in Scotland.
holiday-st-andrews-day = روز سنت اندرو

# 25 December.
holiday-christmas-day = روز کریسمس

# 26 December.
holiday-boxing-day = روز پس از کریسمس

## Charts: alternative text and the table beside them.

# What a chart of bars is called.
chart-bar = نمودار میله‌ای

# What a chart of a hundred squares is called.
chart-waffle = نمودار صد مربع

# A chart in words: what kind it is, its parts with their shares, and what they are shares of, where and when: women 49%, girls 23% of
# detected victims, world, 2016.
chart-shares = { $kind }: { $parts } ({ $about }).

# A chart in words, where its parts are shares of nothing in common; { $about } says what is measured.
chart-parts = { $kind }: { $parts }. { $about }.

# Where the numbers of a chart come from.
chart-source = منبع: { $source }.

# What the parts of a chart make together.
chart-total = مجموع: { $total }.

# In place of the parts, where a chart has none.
chart-nothing = بدون رقم

# What opens the table of a chart.
chart-as-table = نمودار به صورت جدول

# What a link to the table as a file is called.
chart-as-csv = دریافت به صورت CSV

# The head of a column: what a part is called.
chart-column-part = بخش

# The head of a column: its number.
chart-column-value = مقدار

# The head of a column: when.
chart-column-period = دوره

# The head of a column: where.
chart-column-area = منطقه

# The head of a column: who published it.
chart-column-source = منبع

# A list with one more member at its end.
list-next = { $list }، { $next }

## Beside content that others show.

# What it is, whose, and under which licence it may be used: CC-BY-4.0.
attribution = { $title }، { $organisation } ({ $licence })

## What editors are asked to do with content, in a list beside its title.

# Somebody tried this number or address last on { $day }, too long ago: 29 December 2026.
attention-channel = از { $day } کسی این را امتحان نکرده است. امتحانش کنید و بگویید کار می‌کند یا نه.

# Nobody ever tried this number or address.
attention-channel-never = هنوز کسی این را امتحان نکرده است. امتحانش کنید و بگویید کار می‌کند یا نه.

# Figures of a statistic were due for review on { $day }: 29 December 2026.
attention-figure = زمان بازبینی ارقام آن { $day } بود.

# A text or chart shows the figure of a statistic, by its name, for { $period }, and there is a later one: 2016.
attention-superseded = «{ $statistic }» را برای { $period } نشان می‌دهد و رقم تازه‌تری هست.

# A post was due to be read again on { $day }: 29 December 2026.
attention-post = زمان بازبینی آن { $day } بود.

# The words in { $language }, by its own name (Cymraeg), are older than those of the site's first language.
attention-translation = ترجمه ({ $language }) از متنی که ترجمه می‌کند قدیمی‌تر است.

# A campaign's days this year are by the rule only, and begin on { $day }: 29 December 2026.
attention-edition = روزهای آن را تأیید کنید: طبق قاعده { $day } آغاز می‌شود.

# Somebody changed a number at once and gave a reason; another person must try it by { $day }: 29 December 2026.
attention-urgent = فوراً اصلاح شد: «{ $reason }» شخص دیگری باید تا { $day } امتحانش کند.

# Somebody asked for a decision on a draft on { $day }: 29 December 2026.
attention-approval = از { $day } کسی منتظر تصمیم دربارهٔ آن است.

# Somebody asked on { $day }, 29 December 2026, for a decision on a draft that could hurt somebody; SAFEGUARDING_LEAD is the role.
attention-signature = کسی با نقش حفاظت باید آن را تأیید کند. از { $day } در انتظار است.

# What was to be shown or hidden on { $day }, 29 December 2026, was refused; { $reason } is a sentence.
attention-schedule = آنچه برای { $day } برنامه‌ریزی شده بود انجام نشد: { $reason }

# A text, or a set of statistics, names something that is not published. { $reference } is as texts write it: [[contact:safe-phone]].
attention-reference = به { $reference } ارجاع می‌دهد که خوانندگان آن را نمی‌بینند.

# Before what is to be done about the text on somebody. { $message } is one of the sentences above.
attention-biography = زندگی‌نامهٔ { $name }: { $message }
