### What Beacon itself says, in Welsh.
###
### Fluent syntax: https://projectfluent.org/fluent/guide/. A message may have text, variables such as { $time }, and
### selectors on them. Each message has the variables that the English one has.

## Whether somebody answers. Each is a sentence of its own and ends as sentences do.

# A line that never closes.
open-always = Ar agor ddydd a nos.

# Open, and nothing is known of when it closes.
open-now = Ar agor nawr.

# Open, and closes at { $time } within 24 hours: 17:00.
open-until = Ar agor nawr tan { $time }.

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
open-until-day = Ar agor nawr. Yn cau: { $day } am { $time }.

# Closed.
closed-now = Ar gau nawr.

# Closed because of a public holiday, { $holiday }: one of the names below, or one that a government announced.
closed-holiday = Ar gau: { $holiday }.

# Not in use for a time.
closed-suspended = Ddim ar gael ar hyn o bryd.

# By its hours it would be open, but nobody has tried it for a long time.
unknown-unverified = Efallai na chewch ateb: nid oes neb wedi ei wirio’n ddiweddar.

# Its hours depend on public holidays, and those of that time are not known yet.
unknown-holidays = Oriau’n anhysbys: nid yw gwyliau banc y cyfnod hwn wedi’u cyhoeddi.

# When it opens next: today at { $time }, 19:00.
opens-today = Yn agor heddiw am { $time }.

# When it opens next: at { $time } on { $day }, Tuesday 29 December.
opens-day = Yn agor: { $day } am { $time }.

# What editors wrote about these hours, in their own words: short day.
state-note = Nodyn: { $note }.

## When somebody answers, in a list of ways to find help: after a number, in small letters and without a full stop.

# A line that never closes.
when-open-always = ar agor ddydd a nos

# Open, and nothing is known of when it closes.
when-open-now = ar agor nawr

# Open, and closes at { $time } within 24 hours: 17:00.
when-open-until = ar agor nawr tan { $time }

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
when-open-until-day = ar agor nawr; yn cau: { $day } am { $time }

# Closed, and opens today at { $time }: 19:00.
when-opens-today = yn agor am { $time }

# Closed, and opens at { $time } on { $day }: 09:00, Tuesday 29 December.
when-opens-day = yn agor: { $day } am { $time }

# Closed, and nothing is known of when it opens.
when-closed-now = ar gau nawr

# Nobody can say whether it is open.
when-unknown = efallai na chewch ateb nawr

# For e-mail, forms and letters: within how many hours an answer is promised.
when-reply = ateb o fewn { $hours } awr

## Ways to find help.

# Above a list of services and how to reach them. Whoever reads it may be young, hurt or afraid.
signpost-message = Os hoffech siarad â rhywun, gall y gwasanaethau hyn helpu.

# Where there is no service to name: only the emergency number follows.
signpost-nobody = Os ydych chi neu rywun arall mewn perygl, gofynnwch am help nawr.

# One way to reach a service: what it is called, { $label }, and the number, address or page, { $contact }.
signpost-channel = { $label }: { $contact }

# What to know about a channel, with one more thing at its end: free to call; open until 17:00.
signpost-next = { $list }; { $next }

# A text message that begins with a word: HELP to 85258.
signpost-keyword = tecstiwch { $keyword } i { $number }

# The call costs nothing.
signpost-free = am ddim

# The call costs more than an ordinary one.
signpost-charged = codir tâl am alwadau

# The number that deaf and speech-impaired people dial to reach the same line through a text relay service.
signpost-relay = cyfnewid testun: { $number }

# The number of police, ambulance and fire brigade: 112.
emergency-call = Mewn argyfwng, ffoniwch { $number }.

# The same where there is a second number, { $relay }, that deaf and speech-impaired people dial from a text relay app.
emergency-call-or-relay = Mewn argyfwng, ffoniwch { $number }, neu { $relay } drwy gyfnewid testun.

## Opening hours in words. They are put together from parts: Monday to Friday 09:00–17:00, closed on public holidays.

# Open always.
hours-always = 24 awr y dydd, bob dydd

# Never open.
hours-never = ar gau

# Before times, in place of days.
hours-every-day = bob dydd

# Days of the week: Monday to Friday.
hours-day-range = { $first } – { $last }

# Months or days of the year: July to August, 24 December to 2 January.
hours-period = { $first } – { $last }

# Before times, in place of days: public holidays 10:00–12:00.
hours-holidays = gwyliau banc

# Days, then times: Monday to Friday 09:00–17:00.
hours-open = { $days } { $times }

# From a time of day to another.
hours-times = { $from }–{ $until }

# The same past midnight: 22:00–06:00.
hours-times-overnight = { $from }–{ $until } drannoeth

# In place of times: from midnight to midnight.
hours-all-day = drwy’r dydd

# Days on which nobody answers: Sunday, 26 December 2026.
hours-closed = ar gau: { $days }

# Times in which nobody answers: Monday to Friday 12:00–13:00.
hours-closed-times = ar gau { $days } { $times }

# The same on public holidays.
hours-closed-holidays = ar gau ar wyliau banc

# Hours of some of the days named before that differ: every day 09:00–17:00, but Wednesday 10:00–12:00.
hours-but = ond { $hours }

# More hours of some of the days named before.
hours-also = hefyd { $hours }

# One after the other.
hours-join = { $first }, { $next }

# Hours in a part of the year: July to August: Monday to Friday 10:00–16:00.
hours-during = { $period }: { $hours }

# Hours, and what editors wrote about them in their own words.
hours-note = { $hours } ({ $note })

## How a campaign comes round.

# Every year on { $day }: 30 July.
observance-fixed = { $day } bob blwyddyn

# The nth weekday of a month: The second Tuesday of February. { $nth } is 1 to 5, or -1 for the last. For languages whose words
# agree with the day there is { $weekday-key } to choose by: monday, tuesday, …, sunday.
observance-weekday =
    { $nth ->
        [-1] { $weekday } olaf mis { $month }
        [1] { $weekday } cyntaf mis { $month }
       *[other] { $nth ->
            [2] ail ddydd
            [3] trydydd dydd
            [4] pedwerydd dydd
           *[5] pumed dydd
        } { $weekday-key ->
            [monday] Llun
            [tuesday] Mawrth
            [wednesday] Mercher
            [thursday] Iau
            [friday] Gwener
            [saturday] Sadwrn
           *[sunday] Sul
        } mis { $month }
    }

# On Easter Sunday of the western churches.
observance-easter = Sul y Pasg

# So many days before that Sunday.
observance-before-easter =
    { $days ->
        [two] { $days } ddiwrnod cyn Sul y Pasg
       *[other] { $days } diwrnod cyn Sul y Pasg
    }

# So many days after it.
observance-after-easter =
    { $days ->
        [two] { $days } ddiwrnod ar ôl Sul y Pasg
       *[other] { $days } diwrnod ar ôl Sul y Pasg
    }

# No rule gives the days.
observance-announced = Cyhoeddir gan y trefnydd bob blwyddyn

# It does not come round: only on { $day }, 30 July 2026.
observance-once = unwaith, ar { $day }

# One of the above, { $when }, and how many days it lasts: 25 November every year, for 16 days.
observance-length =
    { $days ->
        [two] { $when }, am { $days } ddiwrnod
       *[other] { $when }, am { $days } diwrnod
    }

## Public holidays of the United Kingdom, by the ids in api/data/holidays.toml.

# 1 January.
holiday-new-years-day = Dydd Calan

# 2 January, in Scotland.
holiday-second-january = 2 Ionawr

# 17 March, in Northern Ireland.
holiday-st-patricks-day = Dydd Gŵyl Padrig

# Two days before Easter Sunday.
holiday-good-friday = Dydd Gwener y Groglith

# The day after Easter Sunday.
holiday-easter-monday = Dydd Llun y Pasg

# The first Monday of May.
holiday-early-may = Gŵyl banc dechrau mis Mai

# The last Monday of May.
holiday-spring = Gŵyl banc y gwanwyn

# 15 June 2026, in Scotland.
holiday-world-cup = Gŵyl banc Cwpan y Byd

# 12 July, in Northern Ireland.
holiday-battle-of-the-boyne = Brwydr y Boyne

# The first or last Monday of August.
holiday-summer = Gŵyl banc yr haf

# 30 November, in Scotland.
holiday-st-andrews-day = Dydd Gŵyl Andreas

# 25 December.
holiday-christmas-day = Dydd Nadolig

# 26 December.
holiday-boxing-day = Gŵyl San Steffan

## Charts: alternative text and the table beside them.

# What a chart of bars is called.
chart-bar = Siart bar

# What a chart of a hundred squares is called.
chart-waffle = Siart o 100 sgwâr

# A chart in words: what kind it is, its parts with their shares, and what they are shares of, where and when: women 49%, girls 23% of
# detected victims, world, 2016.
chart-shares = { $kind }: { $parts } ({ $about }).

# A chart in words, where its parts are shares of nothing in common; { $about } says what is measured.
chart-parts = { $kind }: { $parts }. { $about }.

# Where the numbers of a chart come from.
chart-source = Ffynhonnell: { $source }.

# What the parts of a chart make together.
chart-total = Gyda’i gilydd: { $total }.

# In place of the parts, where a chart has none.
chart-nothing = dim ffigurau

# What opens the table of a chart.
chart-as-table = Y siart fel tabl

# What a link to the table as a file is called.
chart-as-csv = Lawrlwytho fel CSV

# The head of a column: what a part is called.
chart-column-part = Rhan

# The head of a column: its number.
chart-column-value = Gwerth

# The head of a column: when.
chart-column-period = Cyfnod

# The head of a column: where.
chart-column-area = Ardal

# The head of a column: who published it.
chart-column-source = Ffynhonnell

# A list with one more member at its end.
list-next = { $list }, { $next }

## Beside content that others show.

# What it is, whose, and under which licence it may be used: CC-BY-4.0.
attribution = { $title } gan { $organisation } ({ $licence })

## What editors are asked to do with content, in a list beside its title.

# Somebody tried this number or address last on { $day }, too long ago: 29 December 2026.
attention-channel = Does neb wedi rhoi cynnig ar hwn ers { $day }. Rhowch gynnig arno, a dywedwch a yw'n gweithio.

# Nobody ever tried this number or address.
attention-channel-never = Does neb wedi rhoi cynnig ar hwn eto. Rhowch gynnig arno, a dywedwch a yw'n gweithio.

# Figures of a statistic were due for review on { $day }: 29 December 2026.
attention-figure = Roedd angen adolygu ei ffigurau erbyn { $day }.

# A text or chart shows the figure of a statistic, by its name, for { $period }, and there is a later one: 2016.
attention-superseded = Mae'n dangos “{ $statistic }” ar gyfer { $period }, ac mae ffigur diweddarach.

# A post was due to be read again on { $day }: 29 December 2026.
attention-post = Roedd angen ei adolygu erbyn { $day }.

# The words in { $language }, by its own name (Cymraeg), are older than those of the site's first language.
attention-translation = Mae'r geiriau yn { $language } yn hŷn na'r rhai y maent yn eu cyfieithu.

# A campaign's days this year are by the rule only, and begin on { $day }: 29 December 2026.
attention-edition = Cadarnhewch ei ddyddiau: yn ôl y rheol mae'n dechrau ar { $day }.

# Somebody changed a number at once and gave a reason; another person must try it by { $day }: 29 December 2026.
attention-urgent = Cafodd ei gywiro ar unwaith: “{ $reason }” Rhaid i rywun arall roi cynnig arno erbyn { $day }.

# Somebody asked for a decision on a draft on { $day }: 29 December 2026.
attention-approval = Mae rhywun yn aros am benderfyniad ar hwn ers { $day }.

# Somebody asked on { $day }, 29 December 2026, for a decision on a draft that could hurt somebody; SAFEGUARDING_LEAD is the role.
attention-signature = Rhaid i rywun â'r rôl ddiogelu gymeradwyo hwn. Mae'n aros ers { $day }.

# What was to be shown or hidden on { $day }, 29 December 2026, was refused; { $reason } is a sentence.
attention-schedule = Ni ddigwyddodd yr hyn a drefnwyd ar gyfer { $day }: { $reason }

# A text, or a set of statistics, names something that is not published. { $reference } is as texts write it: [[contact:safe-phone]].
attention-reference = Mae'n cyfeirio at { $reference }, ac nid yw darllenwyr yn ei weld.

# Before what is to be done about the text on somebody. { $message } is one of the sentences above.
attention-biography = Bywgraffiad { $name }: { $message }
