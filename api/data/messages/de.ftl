### What Beacon itself says, in German.
###
### Fluent syntax: https://projectfluent.org/fluent/guide/. A message may have text, variables such as { $time }, and
### selectors on them. Each message has the variables that the English one has.

## Whether somebody answers. Each is a sentence of its own and ends as sentences do.

# A line that never closes.
open-always = Tag und Nacht erreichbar.

# Open, and nothing is known of when it closes.
open-now = Jetzt geöffnet.

# Open, and closes at { $time } within 24 hours: 17:00.
open-until = Jetzt geöffnet bis { $time } Uhr.

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
open-until-day = Jetzt geöffnet bis { $day }, { $time } Uhr.

# Closed.
closed-now = Jetzt geschlossen.

# Closed because of a public holiday, { $holiday }: one of the names below, or one that a government announced.
closed-holiday = Geschlossen: { $holiday }.

# Not in use for a time.
closed-suspended = Zurzeit nicht in Betrieb.

# By its hours it would be open, but nobody has tried it for a long time.
unknown-unverified = Möglicherweise nicht erreichbar: lange nicht überprüft.

# Its hours depend on public holidays, and those of that time are not known yet.
unknown-holidays = Zeiten nicht bekannt: Die Feiertage dieser Zeit stehen noch nicht fest.

# When it opens next: today at { $time }, 19:00.
opens-today = Öffnet heute um { $time } Uhr.

# When it opens next: at { $time } on { $day }, Tuesday 29 December.
opens-day = Öffnet { $day } um { $time } Uhr.

# What editors wrote about these hours, in their own words: short day.
state-note = Hinweis: { $note }.

## When somebody answers, in a list of ways to find help: after a number, in small letters and without a full stop.

# A line that never closes.
when-open-always = Tag und Nacht erreichbar

# Open, and nothing is known of when it closes.
when-open-now = jetzt geöffnet

# Open, and closes at { $time } within 24 hours: 17:00.
when-open-until = jetzt geöffnet bis { $time } Uhr

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
when-open-until-day = jetzt geöffnet bis { $day }, { $time } Uhr

# Closed, and opens today at { $time }: 19:00.
when-opens-today = öffnet um { $time } Uhr

# Closed, and opens at { $time } on { $day }: 09:00, Tuesday 29 December.
when-opens-day = öffnet { $day } um { $time } Uhr

# Closed, and nothing is known of when it opens.
when-closed-now = jetzt geschlossen

# Nobody can say whether it is open.
when-unknown = möglicherweise nicht erreichbar

# For e-mail, forms and letters: within how many hours an answer is promised.
when-reply =
    { $hours ->
        [one] Antwort innerhalb von { $hours } Stunde
       *[other] Antwort innerhalb von { $hours } Stunden
    }

## Ways to find help.

# Above a list of services and how to reach them. Whoever reads it may be young, hurt or afraid.
signpost-message = Wenn Sie mit jemandem sprechen möchten: Hier finden Sie Hilfe.

# Where there is no service to name: only the emergency number follows.
signpost-nobody = Wenn Sie oder jemand anderes in Gefahr ist, holen Sie jetzt Hilfe.

# One way to reach a service: what it is called, { $label }, and the number, address or page, { $contact }.
signpost-channel = { $label }: { $contact }

# What to know about a channel, with one more thing at its end: free to call; open until 17:00.
signpost-next = { $list }; { $next }

# A text message that begins with a word: HELP to 85258.
signpost-keyword = SMS mit { $keyword } an { $number }

# The call costs nothing.
signpost-free = kostenlos

# The call costs more than an ordinary one.
signpost-charged = kostenpflichtig

# The number that deaf and speech-impaired people dial to reach the same line through a text relay service.
signpost-relay = Text-Relay: { $number }

# The number of police, ambulance and fire brigade: 112.
emergency-call = Im Notfall wählen Sie { $number }.

# The same where there is a second number, { $relay }, that deaf and speech-impaired people dial from a text relay app.
emergency-call-or-relay = Im Notfall wählen Sie { $number }, über Text-Relay { $relay }.

## Opening hours in words. They are put together from parts: Monday to Friday 09:00–17:00, closed on public holidays.

# Open always.
hours-always = täglich rund um die Uhr

# Never open.
hours-never = geschlossen

# Before times, in place of days.
hours-every-day = täglich

# Days of the week: Monday to Friday.
hours-day-range = { $first } bis { $last }

# Months or days of the year: July to August, 24 December to 2 January.
hours-period = { $first } bis { $last }

# Before times, in place of days: public holidays 10:00–12:00.
hours-holidays = Feiertage

# Days, then times: Monday to Friday 09:00–17:00.
hours-open = { $days } { $times }

# From a time of day to another.
hours-times = { $from }–{ $until } Uhr

# The same past midnight: 22:00–06:00.
hours-times-overnight = { $from }–{ $until } Uhr am nächsten Tag

# In place of times: from midnight to midnight.
hours-all-day = ganztägig

# Days on which nobody answers: Sunday, 26 December 2026.
hours-closed = geschlossen: { $days }

# Times in which nobody answers: Monday to Friday 12:00–13:00.
hours-closed-times = geschlossen: { $days } { $times }

# The same on public holidays.
hours-closed-holidays = an Feiertagen geschlossen

# Hours of some of the days named before that differ: every day 09:00–17:00, but Wednesday 10:00–12:00.
hours-but = aber { $hours }

# More hours of some of the days named before.
hours-also = außerdem { $hours }

# One after the other.
hours-join = { $first }, { $next }

# Hours in a part of the year: July to August: Monday to Friday 10:00–16:00.
hours-during = { $period }: { $hours }

# Hours, and what editors wrote about them in their own words.
hours-note = { $hours } ({ $note })

## How a campaign comes round.

# Every year on { $day }: 30 July.
observance-fixed = jedes Jahr am { $day }

# The nth weekday of a month: The second Tuesday of February. { $nth } is 1 to 5, or -1 for the last. For languages whose words
# agree with the day there is { $weekday-key } to choose by: monday, tuesday, …, sunday.
observance-weekday =
    { $nth ->
        [1] der erste { $weekday } im { $month }
        [2] der zweite { $weekday } im { $month }
        [3] der dritte { $weekday } im { $month }
        [4] der vierte { $weekday } im { $month }
        [5] der fünfte { $weekday } im { $month }
       *[other] der letzte { $weekday } im { $month }
    }

# On Easter Sunday of the western churches.
observance-easter = Ostersonntag

# So many days before that Sunday.
observance-before-easter =
    { $days ->
        [one] { $days } Tag vor Ostersonntag
       *[other] { $days } Tage vor Ostersonntag
    }

# So many days after it.
observance-after-easter =
    { $days ->
        [one] { $days } Tag nach Ostersonntag
       *[other] { $days } Tage nach Ostersonntag
    }

# No rule gives the days.
observance-announced = wird jedes Jahr vom Veranstalter bekannt gegeben

# It does not come round: only on { $day }, 30 July 2026.
observance-once = einmalig am { $day }

# One of the above, { $when }, and how many days it lasts: 25 November every year, for 16 days.
observance-length =
    { $days ->
        [one] { $when }, { $days } Tag lang
       *[other] { $when }, { $days } Tage lang
    }

## Public holidays of the United Kingdom, by the ids in api/data/holidays.toml.

# 1 January.
holiday-new-years-day = Neujahr

# 2 January, in Scotland.
holiday-second-january = 2. Januar

# 17 March, in Northern Ireland.
holiday-st-patricks-day = St. Patrick’s Day

# Two days before Easter Sunday.
holiday-good-friday = Karfreitag

# The day after Easter Sunday.
holiday-easter-monday = Ostermontag

# The first Monday of May.
holiday-early-may = Feiertag Anfang Mai

# The last Monday of May.
holiday-spring = Frühlingsfeiertag

# 15 June 2026, in Scotland.
holiday-world-cup = Feiertag zur Fußball-Weltmeisterschaft

# 12 July, in Northern Ireland.
holiday-battle-of-the-boyne = Jahrestag der Schlacht am Boyne

# The first or last Monday of August.
holiday-summer = Sommerfeiertag

# 30 November, in Scotland.
holiday-st-andrews-day = St. Andrew’s Day

# 25 December.
holiday-christmas-day = Erster Weihnachtstag

# 26 December.
holiday-boxing-day = Zweiter Weihnachtstag

## Charts: alternative text and the table beside them.

# What a chart of bars is called.
chart-bar = Balkendiagramm

# What a chart of a hundred squares is called.
chart-waffle = Diagramm aus 100 Quadraten

# A chart in words: what kind it is, its parts with their shares, and what they are shares of, where and when: women 49%, girls 23% of
# detected victims, world, 2016.
chart-shares = { $kind }: { $parts } ({ $about }).

# A chart in words, where its parts are shares of nothing in common; { $about } says what is measured.
chart-parts = { $kind }: { $parts }. { $about }.

# Where the numbers of a chart come from.
chart-source = Quelle: { $source }.

# What the parts of a chart make together.
chart-total = Zusammen: { $total }.

# In place of the parts, where a chart has none.
chart-nothing = keine Zahlen

# What opens the table of a chart.
chart-as-table = Das Diagramm als Tabelle

# What a link to the table as a file is called.
chart-as-csv = Als CSV herunterladen

# The head of a column: what a part is called.
chart-column-part = Teil

# The head of a column: its number.
chart-column-value = Wert

# The head of a column: when.
chart-column-period = Zeitraum

# The head of a column: where.
chart-column-area = Gebiet

# The head of a column: who published it.
chart-column-source = Quelle

# A list with one more member at its end.
list-next = { $list }, { $next }

## Beside content that others show.

# What it is, whose, and under which licence it may be used: CC-BY-4.0.
attribution = { $title } von { $organisation } ({ $licence })

## What editors are asked to do with content, in a list beside its title.

# Somebody tried this number or address last on { $day }, too long ago: 29 December 2026.
attention-channel = Seit dem { $day } hat das niemand ausprobiert. Probieren Sie es aus, und sagen Sie, ob es funktioniert.

# Nobody ever tried this number or address.
attention-channel-never = Das hat noch niemand ausprobiert. Probieren Sie es aus, und sagen Sie, ob es funktioniert.

# Figures of a statistic were due for review on { $day }: 29 December 2026.
attention-figure = Die Zahlen sollten am { $day } überprüft werden.

# A text or chart shows the figure of a statistic, by its name, for { $period }, and there is a later one: 2016.
attention-superseded = Es zeigt „{ $statistic }“ für { $period }, und es gibt eine neuere Zahl.

# A post was due to be read again on { $day }: 29 December 2026.
attention-post = Der Text sollte am { $day } überprüft werden.

# The words in { $language }, by its own name (Cymraeg), are older than those of the site's first language.
attention-translation = Die Übersetzung ({ $language }) ist älter als der Text, den sie übersetzt.

# A campaign's days this year are by the rule only, and begin on { $day }: 29 December 2026.
attention-edition = Bestätigen Sie die Tage: Nach der Regel beginnt es am { $day }.

# Somebody changed a number at once and gave a reason; another person must try it by { $day }: 29 December 2026.
attention-urgent = Es wurde sofort berichtigt: „{ $reason }“ Jemand anderes muss es bis zum { $day } ausprobieren.

# Somebody asked for a decision on a draft on { $day }: 29 December 2026.
attention-approval = Seit dem { $day } wartet jemand auf eine Entscheidung darüber.

# Somebody asked on { $day }, 29 December 2026, for a decision on a draft that could hurt somebody; SAFEGUARDING_LEAD is the role.
attention-signature = Jemand mit der Schutzrolle muss das freigeben. Es wartet seit dem { $day }.

# What was to be shown or hidden on { $day }, 29 December 2026, was refused; { $reason } is a sentence.
attention-schedule = Was für den { $day } geplant war, ist nicht geschehen: { $reason }

# A text, or a set of statistics, names something that is not published. { $reference } is as texts write it: [[contact:safe-phone]].
attention-reference = Es verweist auf { $reference }, was Leser nicht sehen.

# Before what is to be done about the text on somebody. { $message } is one of the sentences above.
attention-biography = Biografie von { $name }: { $message }
