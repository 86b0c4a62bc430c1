### What Beacon itself says, in French.
###
### Fluent syntax: https://projectfluent.org/fluent/guide/. A message may have text, variables such as { $time }, and
### selectors on them. Each message has the variables that the English one has.

## Whether somebody answers. Each is a sentence of its own and ends as sentences do.

# A line that never closes.
open-always = Ouvert jour et nuit.

# Open, and nothing is known of when it closes.
open-now = Ouvert actuellement.

# Open, and closes at { $time } within 24 hours: 17:00.
open-until = Ouvert actuellement jusqu’à { $time }.

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
open-until-day = Ouvert actuellement jusqu’au { $day } à { $time }.

# Closed.
closed-now = Fermé actuellement.

# Closed because of a public holiday, { $holiday }: one of the names below, or one that a government announced.
closed-holiday = Fermé : { $holiday }.

# Not in use for a time.
closed-suspended = Momentanément hors service.

# By its hours it would be open, but nobody has tried it for a long time.
unknown-unverified = Peut-être sans réponse : non vérifié récemment.

# Its hours depend on public holidays, and those of that time are not known yet.
unknown-holidays = Horaires inconnus : les jours fériés de cette période ne sont pas encore fixés.

# When it opens next: today at { $time }, 19:00.
opens-today = Ouvre aujourd’hui à { $time }.

# When it opens next: at { $time } on { $day }, Tuesday 29 December.
opens-day = Ouvre le { $day } à { $time }.

# What editors wrote about these hours, in their own words: short day.
state-note = Remarque : { $note }.

## When somebody answers, in a list of ways to find help: after a number, in small letters and without a full stop.

# A line that never closes.
when-open-always = ouvert jour et nuit

# Open, and nothing is known of when it closes.
when-open-now = ouvert actuellement

# Open, and closes at { $time } within 24 hours: 17:00.
when-open-until = ouvert actuellement jusqu’à { $time }

# Open, and closes at { $time } on { $day }: 17:00, Tuesday 29 December.
when-open-until-day = ouvert actuellement jusqu’au { $day } à { $time }

# Closed, and opens today at { $time }: 19:00.
when-opens-today = ouvre à { $time }

# Closed, and opens at { $time } on { $day }: 09:00, Tuesday 29 December.
when-opens-day = ouvre le { $day } à { $time }

# Closed, and nothing is known of when it opens.
when-closed-now = fermé actuellement

# Nobody can say whether it is open.
when-unknown = peut-être sans réponse

# For e-mail, forms and letters: within how many hours an answer is promised.
when-reply =
    { $hours ->
        [one] réponse sous { $hours } heure
       *[other] réponse sous { $hours } heures
    }

## Ways to find help.

# Above a list of services and how to reach them. Whoever reads it may be young, hurt or afraid.
signpost-message = Si vous souhaitez parler à quelqu’un, ces services peuvent vous aider.

# Where there is no service to name: only the emergency number follows.
signpost-nobody = Si vous ou une autre personne êtes en danger, demandez de l’aide maintenant.

# One way to reach a service: what it is called, { $label }, and the number, address or page, { $contact }.
signpost-channel = { $label } : { $contact }

# What to know about a channel, with one more thing at its end: free to call; open until 17:00.
signpost-next = { $list } ; { $next }

# A text message that begins with a word: HELP to 85258.
signpost-keyword = envoyez { $keyword } par SMS au { $number }

# The call costs nothing.
signpost-free = appel gratuit

# The call costs more than an ordinary one.
signpost-charged = appel payant

# The number that deaf and speech-impaired people dial to reach the same line through a text relay service.
signpost-relay = relais texte : { $number }

# The number of police, ambulance and fire brigade: 112.
emergency-call = En cas d’urgence, appelez le { $number }.

# The same where there is a second number, { $relay }, that deaf and speech-impaired people dial from a text relay app.
emergency-call-or-relay = En cas d’urgence, appelez le { $number }, ou le { $relay } par relais texte.

## Opening hours in words. They are put together from parts: Monday to Friday 09:00–17:00, closed on public holidays.

# Open always.
hours-always = 24 heures sur 24, tous les jours

# Never open.
hours-never = fermé

# Before times, in place of days.
hours-every-day = tous les jours

# Days of the week: Monday to Friday.
hours-day-range = du { $first } au { $last }

# Months or days of the year: July to August, 24 December to 2 January.
hours-period = { $first } – { $last }

# Before times, in place of days: public holidays 10:00–12:00.
hours-holidays = jours fériés

# Days, then times: Monday to Friday 09:00–17:00.
hours-open = { $days } { $times }

# From a time of day to another.
hours-times = de { $from } à { $until }

# The same past midnight: 22:00–06:00.
hours-times-overnight = de { $from } à { $until } le lendemain

# In place of times: from midnight to midnight.
hours-all-day = toute la journée

# Days on which nobody answers: Sunday, 26 December 2026.
hours-closed = fermé : { $days }

# Times in which nobody answers: Monday to Friday 12:00–13:00.
hours-closed-times = fermé { $days } { $times }

# The same on public holidays.
hours-closed-holidays = fermé les jours fériés

# Hours of some of the days named before that differ: every day 09:00–17:00, but Wednesday 10:00–12:00.
hours-but = mais { $hours }

# More hours of some of the days named before.
hours-also = ainsi que { $hours }

# One after the other.
hours-join = { $first }, { $next }

# Hours in a part of the year: July to August: Monday to Friday 10:00–16:00.
hours-during = { $period } : { $hours }

# Hours, and what editors wrote about them in their own words.
hours-note = { $hours } ({ $note })

## How a campaign comes round.

# Every year on { $day }: 30 July.
observance-fixed = chaque année le { $day }

# The nth weekday of a month: The second Tuesday of February. { $nth } is 1 to 5, or -1 for the last. For languages whose words
# agree with the day there is { $weekday-key } to choose by: monday, tuesday, …, sunday.
observance-weekday =
    { $nth ->
        [1] le premier { $weekday } du mois ({ $month })
        [2] le deuxième { $weekday } du mois ({ $month })
        [3] le troisième { $weekday } du mois ({ $month })
        [4] le quatrième { $weekday } du mois ({ $month })
        [5] le cinquième { $weekday } du mois ({ $month })
       *[other] le dernier { $weekday } du mois ({ $month })
    }

# On Easter Sunday of the western churches.
observance-easter = dimanche de Pâques

# So many days before that Sunday.
observance-before-easter =
    { $days ->
        [one] { $days } jour avant le dimanche de Pâques
       *[other] { $days } jours avant le dimanche de Pâques
    }

# So many days after it.
observance-after-easter =
    { $days ->
        [one] { $days } jour après le dimanche de Pâques
       *[other] { $days } jours après le dimanche de Pâques
    }

# No rule gives the days.
observance-announced = date annoncée chaque année par l’organisateur

# It does not come round: only on { $day }, 30 July 2026.
observance-once = une seule fois, le { $day }

# One of the above, { $when }, and how many days it lasts: 25 November every year, for 16 days.
observance-length =
    { $days ->
        [one] { $when }, pendant { $days } jour
       *[other] { $when }, pendant { $days } jours
    }

## Public holidays of the United Kingdom, by the ids in api/data/holidays.toml.

# 1 January.
holiday-new-years-day = jour de l’An

# 2 January, in Scotland.
holiday-second-january = 2 janvier

# 17 March, in Northern Ireland.
holiday-st-patricks-day = Saint-Patrick

# Two days before Easter Sunday.
holiday-good-friday = Vendredi saint

# The day after Easter Sunday.
holiday-easter-monday = lundi de Pâques

# The first Monday of May.
holiday-early-may = jour férié de début mai

# The last Monday of May.
holiday-spring = jour férié de printemps

# 15 June 2026, in Scotland.
holiday-world-cup = jour férié de la Coupe du monde

# 12 July, in Northern Ireland.
holiday-battle-of-the-boyne = anniversaire de la bataille de la Boyne

# The first or last Monday of August.
holiday-summer = jour férié d’été

# 30 November, in Scotland.
holiday-st-andrews-day = Saint-André

# 25 December.
holiday-christmas-day = Noël

# 26 December.
holiday-boxing-day = lendemain de Noël

## Charts: alternative text and the table beside them.

# What a chart of bars is called.
chart-bar = Diagramme à barres

# What a chart of a hundred squares is called.
chart-waffle = Diagramme de 100 carrés

# A chart in words: what kind it is, its parts with their shares, and what they are shares of, where and when: women 49%, girls 23% of
# detected victims, world, 2016.
chart-shares = { $kind } : { $parts } ({ $about }).

# A chart in words, where its parts are shares of nothing in common; { $about } says what is measured.
chart-parts = { $kind } : { $parts }. { $about }.

# Where the numbers of a chart come from.
chart-source = Source : { $source }.

# What the parts of a chart make together.
chart-total = Total : { $total }.

# In place of the parts, where a chart has none.
chart-nothing = aucun chiffre

# What opens the table of a chart.
chart-as-table = Le graphique sous forme de tableau

# What a link to the table as a file is called.
chart-as-csv = Télécharger en CSV

# The head of a column: what a part is called.
chart-column-part = Partie

# The head of a column: its number.
chart-column-value = Valeur

# The head of a column: when.
chart-column-period = Période

# The head of a column: where.
chart-column-area = Zone

# The head of a column: who published it.
chart-column-source = Source

# A list with one more member at its end.
list-next = { $list }, { $next }

## Beside content that others show.

# What it is, whose, and under which licence it may be used: CC-BY-4.0.
attribution = { $title } par { $organisation } ({ $licence })

## What editors are asked to do with content, in a list beside its title.

# Somebody tried this number or address last on { $day }, too long ago: 29 December 2026.
attention-channel = Personne n’a essayé ceci depuis le { $day }. Essayez-le, et dites si cela fonctionne.

# Nobody ever tried this number or address.
attention-channel-never = Personne n’a encore essayé ceci. Essayez-le, et dites si cela fonctionne.

# Figures of a statistic were due for review on { $day }: 29 December 2026.
attention-figure = Ses chiffres étaient à vérifier le { $day }.

# A text or chart shows the figure of a statistic, by its name, for { $period }, and there is a later one: 2016.
attention-superseded = On y voit « { $statistic } » pour { $period }, et il existe un chiffre plus récent.

# A post was due to be read again on { $day }: 29 December 2026.
attention-post = À relire depuis le { $day }.

# The words in { $language }, by its own name (Cymraeg), are older than those of the site's first language.
attention-translation = La traduction ({ $language }) est plus ancienne que le texte qu’elle traduit.

# A campaign's days this year are by the rule only, and begin on { $day }: 29 December 2026.
attention-edition = Confirmez les jours : selon la règle, le début est le { $day }.

# Somebody changed a number at once and gave a reason; another person must try it by { $day }: 29 December 2026.
attention-urgent = Corrigé sans attendre : « { $reason } » Une autre personne doit l’essayer avant le { $day }.

# Somebody asked for a decision on a draft on { $day }: 29 December 2026.
attention-approval = Quelqu’un attend une décision depuis le { $day }.

# Somebody asked on { $day }, 29 December 2026, for a decision on a draft that could hurt somebody; SAFEGUARDING_LEAD is the role.
attention-signature = Une personne chargée de la protection doit donner son accord. En attente depuis le { $day }.

# What was to be shown or hidden on { $day }, 29 December 2026, was refused; { $reason } is a sentence.
attention-schedule = Ce qui était prévu pour le { $day } n’a pas eu lieu : { $reason }

# A text, or a set of statistics, names something that is not published. { $reference } is as texts write it: [[contact:safe-phone]].
attention-reference = On y renvoie à { $reference }, que les lecteurs ne voient pas.

# Before what is to be done about the text on somebody. { $message } is one of the sentences above.
attention-biography = Biographie de { $name } : { $message }
