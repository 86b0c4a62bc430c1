use super::*;

const EAW: HolidayRegion = HolidayRegion::EnglandAndWales;

fn told(language: &str, expression: &str) -> String {
    description(&Voice::of([language]), expression, EAW)
}

#[test]
fn hours_are_told_in_every_language() {
    for (language, golden) in [
        ("en", "Monday to Friday 09:00–17:00, closed on public holidays"),
        ("cy", "Dydd Llun – Dydd Gwener 09:00–17:00, ar gau ar wyliau banc"),
        ("de", "Montag bis Freitag 09:00–17:00 Uhr, an Feiertagen geschlossen"),
        ("fr", "du lundi au vendredi de 09:00 à 17:00, fermé les jours fériés"),
        ("pl", "poniedziałek – piątek 09:00–17:00, w dni świąteczne nieczynne"),
        ("ar", "من الاثنين إلى الجمعة من 09:00 إلى 17:00، مغلق في العطلات الرسمية"),
        ("fa", "دوشنبه تا جمعه ۰۹:۰۰ تا ۱۷:۰۰، در تعطیلات رسمی بسته"),
    ] {
        assert_eq!(told(language, "Mo-Fr 09:00-17:00; PH off"), golden);
    }
}

#[test]
fn what_has_words_is_told_in_words() {
    for (expression, golden) in [
        ("24/7", "24 hours a day, every day"),
        ("24/7; PH off", "24 hours a day, every day, closed on public holidays"),
        ("off", "closed"),
        ("19:00-23:00", "every day 19:00–23:00"),
        ("Sa 22:00-06:00", "Saturday 22:00–06:00 the next day"),
        ("Fr 20:00-26:00", "Friday 20:00–02:00 the next day"),
        ("Mo,We-Fr 09:00-12:00,13:00-17:30", "Monday and Wednesday to Friday 09:00–12:00 and 13:00–17:30"),
        (
            "Mo-Fr 09:00-17:00; Sa,Su 10:00-14:00",
            "Monday to Friday 09:00–17:00, Saturday and Sunday 10:00–14:00",
        ),
        ("Mo-Su 09:00-17:00; We 10:00-12:00", "every day 09:00–17:00, but Wednesday 10:00–12:00"),
        ("Mo-Su 09:00-17:00; Su off", "every day 09:00–17:00, closed Sunday"),
        ("Mo-Fr 09:00-12:00, We 14:00-18:00", "Monday to Friday 09:00–12:00, also Wednesday 14:00–18:00"),
        (
            "Mo-Fr 09:00-17:00; Mo-Fr 12:00-13:00 off",
            "Monday to Friday 09:00–17:00, closed Monday to Friday 12:00–13:00",
        ),
        ("Su,PH 10:00-12:00", "Sunday and public holidays 10:00–12:00"),
        ("Sa 00:00-24:00", "Saturday all day"),
        ("Mo-Fr 09:00-17:00 \"by appointment\"", "Monday to Friday 09:00–17:00 (by appointment)"),
        (
            "Mo-Fr 09:00-17:00; PH off; 2026 Dec 26 off; 2026 Dec 29 10:00-14:00 \"short day\"",
            "Monday to Friday 09:00–17:00, closed on public holidays, closed 26 December 2026, 29 December 2026 10:00–14:00 (short day)",
        ),
        (
            "Mo-Fr 09:00-17:00; Dec 24-Jan 02 off",
            "Monday to Friday 09:00–17:00, closed 24 December to 2 January",
        ),
        (
            "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 10:00-16:00; PH off",
            "Monday to Friday 09:00–17:00, July to August: Monday to Friday 10:00–16:00, closed on public holidays",
        ),
        (
            "Apr-Sep 09:00-18:00; Oct-Mar 10:00-16:00",
            "April to September 09:00–18:00, October to March 10:00–16:00",
        ),
    ] {
        assert_eq!(told("en", expression), golden, "{expression}");
    }
}

#[test]
fn what_words_would_get_wrong_is_shown_as_it_is_written() {
    for expression in [
        // The later rule opens on the holidays after all.
        "PH off; Mo-Fr 09:00-17:00",
        "Su off; Mo-Su 09:00-17:00",
        // The second replaces the first.
        "Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00",
        "2026 Dec 29 10:00-14:00; PH off",
        "Mo[1] 09:00-12:00",
        "week 01-26 Mo 09:00-12:00",
        "2026 Mo-Fr 09:00-12:00",
        "Mo-Fr 09:00-17:00 || \"by appointment\"",
        "easter -2 days off",
        "PH -1 day 09:00-12:00",
        "nonsense",
    ] {
        assert_eq!(told("en", expression), expression);
    }
}

#[test]
fn holidays_that_are_not_known_are_not_told() {
    let told = |expression| description(&Voice::of(["en"]), expression, HolidayRegion::None);
    assert_eq!(told("Mo-Fr 09:00-17:00; PH off"), "Monday to Friday 09:00–17:00");
    assert_eq!(told("PH 10:00-12:00"), "PH 10:00-12:00");
}
