### What Beacon itself says, in Polish.
###
### Fluent syntax: https://projectfluent.org/fluent/guide/. A message may have text, variables such as { $time }, and
### selectors on them. Each message has the variables that the English one has.

## Whether somebody answers. Each is a sentence of its own and ends as sentences do.

# A line that never closes.
open-always = Czynne całą dobę.

# Open, and nothing is known of when it closes.
open-now = Teraz czynne.

# Open, and closes at { $time } within 24 hours: 17:00.
open-until = Teraz czynne do { $time }.

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
open-until-day = Teraz czynne; zamknięcie: { $day }, { $time }.

# Closed.
closed-now = Teraz nieczynne.

# Closed because of a public holiday, { $holiday }: one of the names below, or one that a government announced.
closed-holiday = Nieczynne: { $holiday }.

# Not in use for a time.
closed-suspended = Chwilowo niedostępne.

# By its hours it would be open, but nobody has tried it for a long time.
unknown-unverified = Być może nikt nie odbierze: dawno nie sprawdzano.

# Its hours depend on public holidays, and those of that time are not known yet.
unknown-holidays = Godziny nieznane: dni świąteczne tego okresu nie zostały jeszcze ogłoszone.

# When it opens next: today at { $time }, 19:00.
opens-today = Otwarcie dziś o { $time }.

# When it opens next: at { $time } on { $day }, Tuesday 29 December.
opens-day = Otwarcie: { $day }, { $time }.

# What editors wrote about these hours, in their own words: short day.
state-note = Uwaga: { $note }.

## When somebody answers, in a list of ways to find help: after a number, in small letters and without a full stop.

# A line that never closes.
when-open-always = czynne całą dobę

# Open, and nothing is known of when it closes.
when-open-now = teraz czynne

# Open, and closes at { $time } within 24 hours: 17:00.
when-open-until = teraz czynne do { $time }

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
when-open-until-day = teraz czynne; zamknięcie: { $day }, { $time }

# Closed, and opens today at { $time }: 19:00.
when-opens-today = otwarcie o { $time }

# Closed, and opens at { $time } on { $day }: 09:00, Tuesday 29 December.
when-opens-day = otwarcie: { $day }, { $time }

# Closed, and nothing is known of when it opens.
when-closed-now = teraz nieczynne

# Nobody can say whether it is open.
when-unknown = być może nikt nie odbierze

# For e-mail, forms and letters: within how many hours an answer is promised.
when-reply =
    { $hours ->
        [one] odpowiedź w ciągu { $hours } godziny
       *[other] odpowiedź w ciągu { $hours } godzin
    }

## Ways to find help.

# Above a list of services and how to reach them. Whoever reads it may be young, hurt or afraid.
signpost-message = Jeśli chcesz z kimś porozmawiać, tu znajdziesz pomoc.

# Where there is no service to name: only the emergency number follows.
signpost-nobody = Jeśli Tobie lub komuś innemu grozi niebezpieczeństwo, poproś teraz o pomoc.

# One way to reach a service: what it is called, { $label }, and the number, address or page, { $contact }.
signpost-channel = { $label }: { $contact }

# What to know about a channel, with one more thing at its end: free to call; open until 17:00.
signpost-next = { $list }; { $next }

# A text message that begins with a word: HELP to 85258.
signpost-keyword = SMS o treści { $keyword } na numer { $number }

# The call costs nothing.
signpost-free = połączenie bezpłatne

# The call costs more than an ordinary one.
signpost-charged = połączenie płatne

# The number that deaf and speech-impaired people dial to reach the same line through a text relay service.
signpost-relay = przekaz tekstowy: { $number }

# The number of police, ambulance and fire brigade: 112.
emergency-call = W nagłym wypadku zadzwoń pod numer { $number }.

# The same where there is a second number, { $relay }, that deaf and speech-impaired people dial from a text relay app.
emergency-call-or-relay = W nagłym wypadku zadzwoń pod numer { $number }, a przez przekaz tekstowy pod { $relay }.

## Opening hours in words. They are put together from parts: Monday to Friday 09:00–17:00, closed on public holidays.

# Open always.
hours-always = całą dobę, codziennie

# Never open.
hours-never = nieczynne

# Before times, in place of days.
hours-every-day = codziennie

# Days of the week: Monday to Friday.
hours-day-range = { $first } – { $last }

# Months or days of the year: July to August, 24 December to 2 January.
hours-period = { $first } – { $last }

# Before times, in place of days: public holidays 10:00–12:00.
hours-holidays = dni świąteczne

# Days, then times: Monday to Friday 09:00–17:00.
hours-open = { $days } { $times }

# From a time of day to another.
hours-times = { $from }–{ $until }

# The same past midnight: 22:00–06:00.
hours-times-overnight = { $from }–{ $until } następnego dnia

# In place of times: from midnight to midnight.
hours-all-day = całą dobę

# Days on which nobody answers: Sunday, 26 December 2026.
hours-closed = nieczynne: { $days }

# Times in which nobody answers: Monday to Friday 12:00–13:00.
hours-closed-times = nieczynne: { $days } { $times }

# The same on public holidays.
hours-closed-holidays = w dni świąteczne nieczynne

# Hours of some of the days named before that differ: every day 09:00–17:00, but Wednesday 10:00–12:00.
hours-but = ale { $hours }

# More hours of some of the days named before.
hours-also = a także { $hours }

# One after the other.
hours-join = { $first }, { $next }

# Hours in a part of the year: July to August: Monday to Friday 10:00–16:00.
hours-during = { $period }: { $hours }

# Hours, and what editors wrote about them in their own words.
hours-note = { $hours } ({ $note })

## How a campaign comes round.

# Every year on { $day }: 30 July.
observance-fixed = co roku { $day }

# The nth weekday of a month: The second Tuesday of February. { $nth } is 1 to 5, or -1 for the last. For languages whose words
# agree with the day there is { $weekday-key } to choose by: monday, tuesday, …, sunday.
observance-weekday =
    { $nth ->
        [1] { $weekday-key ->
            [wednesday] pierwsza
            [saturday] pierwsza
            [sunday] pierwsza
           *[other] pierwszy
        } { $weekday } miesiąca ({ $month })
        [2] { $weekday-key ->
            [wednesday] druga
            [saturday] druga
            [sunday] druga
           *[other] drugi
        } { $weekday } miesiąca ({ $month })
        [3] { $weekday-key ->
            [wednesday] trzecia
            [saturday] trzecia
            [sunday] trzecia
           *[other] trzeci
        } { $weekday } miesiąca ({ $month })
        [4] { $weekday-key ->
            [wednesday] czwarta
            [saturday] czwarta
            [sunday] czwarta
           *[other] czwarty
        } { $weekday } miesiąca ({ $month })
        [5] { $weekday-key ->
            [wednesday] piąta
            [saturday] piąta
            [sunday] piąta
           *[other] piąty
        } { $weekday } miesiąca ({ $month })
       *[other] { $weekday-key ->
            [wednesday] ostatnia
            [saturday] ostatnia
            [sunday] ostatnia
           *[other] ostatni
        } { $weekday } miesiąca ({ $month })
    }

# On Easter Sunday of the western churches.
observance-easter = Niedziela Wielkanocna

# So many days before that Sunday.
observance-before-easter =
    { $days ->
        [one] { $days } dzień przed Niedzielą Wielkanocną
       *[other] { $days } dni przed Niedzielą Wielkanocną
    }

# So many days after it.
observance-after-easter =
    { $days ->
        [one] { $days } dzień po Niedzieli Wielkanocnej
       *[other] { $days } dni po Niedzieli Wielkanocnej
    }

# No rule gives the days.
observance-announced = termin ogłasza co roku organizator

# It does not come round: only on { $day }, 30 July 2026.
observance-once = jednorazowo, { $day }

# One of the above, { $when }, and how many days it lasts: 25 November every year, for 16 days.
observance-length =
    { $days ->
        [one] { $when }, przez { $days } dzień
       *[other] { $when }, przez { $days } dni
    }

## Public holidays of the United Kingdom, by the ids in api/data/holidays.toml.

# 1 January.
holiday-new-years-day = Nowy Rok

# 2 January, in Scotland.
holiday-second-january = 2 stycznia

# 17 March, in Northern Ireland.
holiday-st-patricks-day = Dzień Świętego Patryka

# Two days before Easter Sunday.
holiday-good-friday = Wielki Piątek

# The day after Easter Sunday.
holiday-easter-monday = Poniedziałek Wielkanocny

# The first Monday of May.
holiday-early-may = święto na początku maja

# The last Monday of May.
holiday-spring = święto wiosenne

# 15 June 2026, in Scotland.
holiday-world-cup = święto z okazji mistrzostw świata

# 12 July, in Northern Ireland.
holiday-battle-of-the-boyne = rocznica bitwy nad Boyne

# The first or last Monday of August.
holiday-summer = święto letnie

# 30 November, in Scotland.
holiday-st-andrews-day = Dzień Świętego Andrzeja

# 25 December.
holiday-christmas-day = Boże Narodzenie

# 26 December.
holiday-boxing-day = drugi dzień Bożego Narodzenia

## Charts: alternative text and the table beside them.

# What a chart of bars is called.
chart-bar = Wykres słupkowy

# What a chart of a hundred squares is called.
chart-waffle = Wykres ze 100 kwadratów

# A chart in words: what kind it is, its parts with their shares, and what they are shares of, where and when: women 49%, girls 23% of
# detected victims, world, 2016.
chart-shares = { $kind }: { $parts } ({ $about }).

# A chart in words, where its parts are shares of nothing in common; { $about } says what is measured.
chart-parts = { $kind }: { $parts }. { $about }.

# Where the numbers of a chart come from.
chart-source = Źródło: { $source }.

# What the parts of a chart make together.
chart-total = Razem: { $total }.

# In place of the parts, where a chart has none.
chart-nothing = brak danych

# What opens the table of a chart.
chart-as-table = Wykres w formie tabeli

# What a link to the table as a file is called.
chart-as-csv = Pobierz jako CSV

# The head of a column: what a part is called.
chart-column-part = Część

# The head of a column: its number.
chart-column-value = Wartość

# The head of a column: when.
chart-column-period = Okres

# The head of a column: where.
chart-column-area = Obszar

# The head of a column: who published it.
chart-column-source = Źródło

# A list with one more member at its end.
list-next = { $list }, { $next }

## Beside content that others show.

# What it is, whose, and under which licence it may be used: CC-BY-4.0.
attribution = { $title }, { $organisation } ({ $licence })

## What editors are asked to do with content, in a list beside its title.

# Somebody tried this number or address last on { $day }, too long ago: 29 December 2026.
attention-channel = Nikt tego nie sprawdził od dnia { $day }. Sprawdź i powiedz, czy działa.

# Nobody ever tried this number or address.
attention-channel-never = Nikt tego jeszcze nie sprawdził. Sprawdź i powiedz, czy działa.

# Figures of a statistic were due for review on { $day }: 29 December 2026.
attention-figure = Dane należało sprawdzić do dnia { $day }.

# A text or chart shows the figure of a statistic, by its name, for { $period }, and there is a later one: 2016.
attention-superseded = Pokazuje „{ $statistic }” za okres { $period }, a są nowsze dane.

# A post was due to be read again on { $day }: 29 December 2026.
attention-post = Należało to sprawdzić do dnia { $day }.

# The words in { $language }, by its own name (Cymraeg), are older than those of the site's first language.
attention-translation = Tłumaczenie ({ $language }) jest starsze niż tekst, który tłumaczy.

# A campaign's days this year are by the rule only, and begin on { $day }: 29 December 2026.
attention-edition = Potwierdź dni: zgodnie z regułą początek przypada na { $day }.

# Somebody changed a number at once and gave a reason; another person must try it by { $day }: 29 December 2026.
attention-urgent = Poprawiono od razu: „{ $reason }” Ktoś inny musi to sprawdzić do dnia { $day }.

# Somebody asked for a decision on a draft on { $day }: 29 December 2026.
attention-approval = Ktoś czeka na decyzję od dnia { $day }.

# Somebody asked on { $day }, 29 December 2026, for a decision on a draft that could hurt somebody; SAFEGUARDING_LEAD is the role.
attention-signature = Osoba odpowiedzialna za ochronę musi to zatwierdzić. Czeka od dnia { $day }.

# What was to be shown or hidden on { $day }, 29 December 2026, was refused; { $reason } is a sentence.
attention-schedule = To, co zaplanowano na dzień { $day }, nie nastąpiło: { $reason }

# A text, or a set of statistics, names something that is not published. { $reference } is as texts write it: [[contact:safe-phone]].
attention-reference = Odsyła do { $reference }, czego czytelnicy nie widzą.

# Before what is to be done about the text on somebody. { $message } is one of the sentences above.
attention-biography = Biogram ({ $name }): { $message }
