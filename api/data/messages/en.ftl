### What Beacon itself says, in English.
###
### Fluent syntax: https://projectfluent.org/fluent/guide/. A message may have text, variables such as { $time }, and
### selectors on them. Each message has the variables that the English one has.

## Whether somebody answers. Each is a sentence of its own and ends as sentences do.

# A line that never closes.
open-always = Open day and night.

# Open, and nothing is known of when it closes.
open-now = Open now.

# Open, and closes at { $time } within 24 hours: 17:00.
open-until = Open now until { $time }.

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
open-until-day = Open now until { $day } at { $time }.

# Closed.
closed-now = Closed now.

# Closed because of a public holiday, { $holiday }: one of the names below, or one that a government announced.
closed-holiday = Closed for { $holiday }.

# Not in use for a time.
closed-suspended = Not in use at the moment.

# By its hours it would be open, but nobody has tried it for a long time.
unknown-unverified = May not be answered: nobody has checked it lately.

# Its hours depend on public holidays, and those of that time are not known yet.
unknown-holidays = Hours not known: the public holidays of this time have not been announced.

# When it opens next: today at { $time }, 19:00.
opens-today = Opens today at { $time }.

# When it opens next: at { $time } on { $day }, Tuesday 29 December.
opens-day = Opens { $day } at { $time }.

# What editors wrote about these hours, in their own words: short day.
state-note = Note: { $note }.

## When somebody answers, in a list of ways to find help: after a number, in small letters and without a full stop.

# A line that never closes.
when-open-always = open day and night

# Open, and nothing is known of when it closes.
when-open-now = open now

# Open, and closes at { $time } within 24 hours: 17:00.
when-open-until = open now until { $time }

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
when-open-until-day = open now until { $day } at { $time }

# Closed, and opens today at { $time }: 19:00.
when-opens-today = opens at { $time }

# Closed, and opens at { $time } on { $day }: 09:00, Tuesday 29 December.
when-opens-day = opens { $day } at { $time }

# Closed, and nothing is known of when it opens.
when-closed-now = closed now

# Nobody can say whether it is open.
when-unknown = may not be answered now

# For e-mail, forms and letters: within how many hours an answer is promised.
when-reply =
    { $hours ->
        [one] reply within { $hours } hour
       *[other] reply within { $hours } hours
    }

## Ways to find help.

# Above a list of services and how to reach them. Whoever reads it may be young, hurt or afraid.
signpost-message = If you would like to talk to someone, these services can help.

# Where there is no service to name: only the emergency number follows.
signpost-nobody = If you or somebody else is in danger, ask for help now.

# One way to reach a service: what it is called, { $label }, and the number, address or page, { $contact }.
signpost-channel = { $label }: { $contact }

# What to know about a channel, with one more thing at its end: free to call; open until 17:00.
signpost-next = { $list }; { $next }

# A text message that begins with a word: HELP to 85258.
signpost-keyword = text { $keyword } to { $number }

# The call costs nothing.
signpost-free = free to call

# The call costs more than an ordinary one.
signpost-charged = calls are charged

# The number that deaf and speech-impaired people dial to reach the same line through a text relay service.
signpost-relay = text relay: { $number }

# The number of police, ambulance and fire brigade: 112.
emergency-call = In an emergency, call { $number }.

# The same where there is a second number, { $relay }, that deaf and speech-impaired people dial from a text relay app.
emergency-call-or-relay = In an emergency, call { $number }, or { $relay } by text relay.

## Opening hours in words. They are put together from parts: Monday to Friday 09:00–17:00, closed on public holidays.

# Open always.
hours-always = 24 hours a day, every day

# Never open.
hours-never = closed

# Before times, in place of days.
hours-every-day = every day

# Days of the week: Monday to Friday.
hours-day-range = { $first } to { $last }

# Months or days of the year: July to August, 24 December to 2 January.
hours-period = { $first } to { $last }

# Before times, in place of days: public holidays 10:00–12:00.
hours-holidays = public holidays

# Days, then times: Monday to Friday 09:00–17:00.
hours-open = { $days } { $times }

# From a time of day to another.
hours-times = { $from }–{ $until }

# The same past midnight: 22:00–06:00.
hours-times-overnight = { $from }–{ $until } the next day

# In place of times: from midnight to midnight.
hours-all-day = all day

# Days on which nobody answers: Sunday, 26 December 2026.
hours-closed = closed { $days }

# Times in which nobody answers: Monday to Friday 12:00–13:00.
hours-closed-times = closed { $days } { $times }

# The same on public holidays.
hours-closed-holidays = closed on public holidays

# Hours of some of the days named before that differ: every day 09:00–17:00, but Wednesday 10:00–12:00.
hours-but = but { $hours }

# More hours of some of the days named before.
hours-also = also { $hours }

# One after the other.
hours-join = { $first }, { $next }

# Hours in a part of the year: July to August: Monday to Friday 10:00–16:00.
hours-during = { $period }: { $hours }

# Hours, and what editors wrote about them in their own words.
hours-note = { $hours } ({ $note })

## How a campaign comes round.

# Every year on { $day }: 30 July.
observance-fixed = { $day } every year

# The nth weekday of a month: The second Tuesday of February. { $nth } is 1 to 5, or -1 for the last. For languages whose words
# agree with the day there is { $weekday-key } to choose by: monday, tuesday, …, sunday.
observance-weekday =
    { $nth ->
        [1] The first { $weekday } of { $month }
        [2] The second { $weekday } of { $month }
        [3] The third { $weekday } of { $month }
        [4] The fourth { $weekday } of { $month }
        [5] The fifth { $weekday } of { $month }
       *[other] The last { $weekday } of { $month }
    }

# On Easter Sunday of the western churches.
observance-easter = Easter Sunday

# So many days before that Sunday.
observance-before-easter =
    { $days ->
        [one] { $days } day before Easter Sunday
       *[other] { $days } days before Easter Sunday
    }

# So many days after it.
observance-after-easter =
    { $days ->
        [one] { $days } day after Easter Sunday
       *[other] { $days } days after Easter Sunday
    }

# No rule gives the days.
observance-announced = Announced each year by the organiser

# It does not come round: only on { $day }, 30 July 2026.
observance-once = Once, on { $day }

# One of the above, { $when }, and how many days it lasts: 25 November every year, for 16 days.
observance-length =
    { $days ->
        [one] { $when }, for { $days } day
       *[other] { $when }, for { $days } days
    }

## Public holidays of the United Kingdom, by the ids in api/data/holidays.toml.

# 1 January.
holiday-new-years-day = New Year’s Day

# 2 January, in Scotland.
holiday-second-january = 2nd January

# 17 March, in Northern Ireland.
holiday-st-patricks-day = St Patrick’s Day

# Two days before Easter Sunday.
holiday-good-friday = Good Friday

# The day after Easter Sunday.
holiday-easter-monday = Easter Monday

# The first Monday of May.
holiday-early-may = Early May bank holiday

# The last Monday of May.
holiday-spring = Spring bank holiday

# 15 June 2026, in Scotland.
holiday-world-cup = World Cup bank holiday

# 12 July, in Northern Ireland.
holiday-battle-of-the-boyne = Battle of the Boyne (Orangemen’s Day)

# The first or last Monday of August.
holiday-summer = Summer bank holiday

# 30 November, in Scotland.
holiday-st-andrews-day = St Andrew’s Day

# 25 December.
holiday-christmas-day = Christmas Day

# 26 December.
holiday-boxing-day = Boxing Day

## Charts: alternative text and the table beside them.

# What a chart of bars is called.
chart-bar = Bar chart

# What a chart of a hundred squares is called.
chart-waffle = Chart of 100 squares

# A chart in words: what kind it is, its parts with their shares, and what they are shares of, where and when: women 49%, girls 23% of
# detected victims, world, 2016.
chart-shares = { $kind }: { $parts } of { $about }.

# A chart in words, where its parts are shares of nothing in common; { $about } says what is measured.
chart-parts = { $kind }: { $parts }. { $about }.

# Where the numbers of a chart come from.
chart-source = Source: { $source }.

# What the parts of a chart make together.
chart-total = Together: { $total }.

# In place of the parts, where a chart has none.
chart-nothing = no figures

# What opens the table of a chart.
chart-as-table = The chart as a table

# What a link to the table as a file is called.
chart-as-csv = Download as CSV

# The head of a column: what a part is called.
chart-column-part = Part

# The head of a column: its number.
chart-column-value = Value

# The head of a column: when.
chart-column-period = Period

# The head of a column: where.
chart-column-area = Area

# The head of a column: who published it.
chart-column-source = Source

# A list with one more member at its end.
list-next = { $list }, { $next }

## Beside content that others show.

# What it is, whose, and under which licence it may be used: CC-BY-4.0.
attribution = { $title } by { $organisation } ({ $licence })

## What editors are asked to do with content, in a list beside its title.

# Somebody tried this number or address last on { $day }, too long ago: 29 December 2026.
attention-channel = Nobody has tried this since { $day }. Try it, and say whether it works.

# Nobody ever tried this number or address.
attention-channel-never = Nobody has tried this yet. Try it, and say whether it works.

# Figures of a statistic were due for review on { $day }: 29 December 2026.
attention-figure = Its figures were due for review on { $day }.

# A text or chart shows the figure of a statistic, by its name, for { $period }, and there is a later one: 2016.
attention-superseded = It shows “{ $statistic }” for { $period }, and there is a later figure.

# A post was due to be read again on { $day }: 29 December 2026.
attention-post = It was due for review on { $day }.

# The words in { $language }, by its own name (Cymraeg), are older than those of the site's first language.
attention-translation = The words in { $language } are older than those they translate.

# A campaign's days this year are by the rule only, and begin on { $day }: 29 December 2026.
attention-edition = Confirm its days: by the rule it begins on { $day }.

# Somebody changed a number at once and gave a reason; another person must try it by { $day }: 29 December 2026.
attention-urgent = It was put right at once: “{ $reason }” Somebody else must try it by { $day }.

# Somebody asked for a decision on a draft on { $day }: 29 December 2026.
attention-approval = Somebody has waited for a decision on this since { $day }.

# Somebody asked on { $day }, 29 December 2026, for a decision on a draft that could hurt somebody; SAFEGUARDING_LEAD is the role.
attention-signature = Somebody with the safeguarding role must sign this off. It has waited since { $day }.

# What was to be shown or hidden on { $day }, 29 December 2026, was refused; { $reason } is a sentence.
attention-schedule = What was scheduled for { $day } did not happen: { $reason }

# A text, or a set of statistics, names something that is not published. { $reference } is as texts write it: [[contact:safe-phone]].
attention-reference = It refers to { $reference }, which readers do not see.

# Before what is to be done about the text on somebody. { $message } is one of the sentences above.
attention-biography = Biography of { $name }: { $message }
