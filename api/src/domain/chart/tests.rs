use super::letters::width;
use super::*;

const WIDTHS_SEEN: [i32; 4] = [240, 320, 640, 1280];

fn chart(kind: Kind, language: &str, parts: &[(&str, &str)]) -> Chart {
    let bars = parts.iter().map(|(label, value)| {
        let value: Decimal = value.parse().expect("a decimal");
        Bar {
            label: (*label).to_owned(),
            value,
            qualifier: Qualifier::Exact,
            lower: None,
            upper: None,
            written: super::super::number::percent(language, value),
            unit: "%".into(),
            period: "2016".into(),
            area: area::local_name(language, area::AreaScheme::M49, "001"),
            source: "UNODC, 2018".into(),
        }
    });
    let about = [
        "detected victims".to_owned(),
        area::local_name(language, area::AreaScheme::M49, "001"),
        "2016".into(),
    ];
    Chart {
        kind,
        language: language.to_owned(),
        title: "Women and girls made up most of the detected victims".into(),
        subtitle: "Share of detected victims of trafficking by age and sex, world, 2016".into(),
        bars: bars.collect(),
        about: Some(list(&Voice::of([language]), about.iter().map(String::as_str))),
        total: None,
        whole: Some(Decimal(rust_decimal::Decimal::ONE_HUNDRED)),
        citations: vec!["UNODC, 2018".into()],
        sources: vec!["UNODC, Global Report on Trafficking in Persons, 2018, p. 25".into()],
        caveats: Vec::new(),
    }
}

const VICTIMS: [(&str, &str); 4] = [("women", "49"), ("girls", "23"), ("men", "21"), ("boys", "7")];

/// Labels as long as they may be, words as long as they come, and every kind of number.
fn twelve() -> Vec<(&'static str, &'static str)> {
    vec![
        ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "12.25"),
        (
            "people who were moved within one country and were not recorded as having crossed any border at all",
            "7",
        ),
        ("W", "30.5"),
        ("merched a genethod o dan ddeunaw oed a ganfuwyd gan yr awdurdodau", "0.01"),
        ("forced labour", "12"),
        ("sexual exploitation", "9"),
        ("forced criminality", "8.5"),
        ("domestic servitude", "4"),
        ("begging", "3"),
        ("forced marriage", "2"),
        ("organ removal", "0.5"),
        ("other", "11.24"),
    ]
}

/// A box that a line takes on the page.
fn boxes(chart: &Chart, page: i32) -> Vec<(i32, i32, i32, i32)> {
    let drawing = layout::of(chart, page);
    let boxes = drawing.lines.iter().map(|line| {
        let size = line.tone.size();
        (line.x, line.y - size, line.x + width(&line.text, size), line.y)
    });
    boxes.collect()
}

fn is_readable(chart: &Chart, page: i32) {
    let boxes = boxes(chart, page);
    let height = layout::of(chart, page).height;
    for (index, &(left, top, right, bottom)) in boxes.iter().enumerate() {
        assert!(
            left >= 0 && right <= page && top >= 0 && bottom <= height,
            "cut at {page}: {:?}",
            boxes[index]
        );
        let overlap = boxes[index + 1..]
            .iter()
            .find(|other| left < other.2 && other.0 < right && top < other.3 && other.1 < bottom);
        assert_eq!(overlap, None, "overlaps at {page}: {:?}", boxes[index]);
    }
}

#[test]
fn no_text_is_cut_or_overlaps_at_any_width() {
    for page in WIDTHS_SEEN {
        for kind in [Kind::Bar, Kind::Waffle] {
            for language in ["en", "cy", "de", "fa"] {
                is_readable(&chart(kind, language, &VICTIMS), page);
                is_readable(&chart(kind, language, &VICTIMS[..1]), page);
                is_readable(&chart(kind, language, &twelve()), page);
                is_readable(&chart(kind, language, &[]), page);
            }
            is_readable(
                &chart(kind, "en", &[("a", "99999999999999999999"), ("b", "-0.0000000000000000001")]),
                page,
            );
        }
    }
}

#[test]
fn the_alternative_text_says_what_the_chart_shows() {
    assert_eq!(
        chart(Kind::Bar, "en", &VICTIMS).alt(),
        "Bar chart: women 49%, girls 23%, men 21%, boys 7% of detected victims, world, 2016. Source: UNODC, 2018."
    );
    assert_eq!(
        chart(Kind::Bar, "de", &VICTIMS[..1]).alt(),
        "Balkendiagramm: women 49\u{a0}% (detected victims, Welt, 2016). Quelle: UNODC, 2018."
    );
    assert_eq!(
        Chart { about: None, ..chart(Kind::Waffle, "en", &[]) }.alt(),
        "Chart of 100 squares: no figures. Share of detected victims of trafficking by age and sex, world, 2016. \
         Source: UNODC, 2018."
    );
}

#[test]
fn a_caveat_in_another_language_says_which() {
    let noted = |language: &str, caveat_language: Option<&str>| {
        let caveat = |label: Option<&str>| Caveat {
            label: label.map(str::to_owned),
            words: "قربانیان".into(),
            language: caveat_language.map(str::to_owned),
        };
        let caveats = vec![caveat(None), caveat(Some("women"))];
        let chart = Chart { caveats, ..chart(Kind::Bar, language, &VICTIMS) };
        is_readable(&chart, 320);
        chart
    };
    let lines = |chart: &Chart| {
        let svg = chart.image(320).svg;
        let of_caveats = svg.split("<text class=\"quiet\"").skip(1).take(3);
        of_caveats.map(|line| line[..line.find("</text>").expect("an end")].to_owned()).collect::<Vec<_>>()
    };
    let same = lines(&noted("fa", None));
    assert!(same[0].ends_with("font-size=\"12\">قربانیان"), "{same:?}");
    assert!(same[1].ends_with("font-size=\"12\">women: قربانیان"), "{same:?}");
    let beside = noted("ar", Some("fa"));
    assert!(lines(&beside)[0].ends_with("font-size=\"12\" lang=\"fa\">قربانیان"));
    let other = noted("en", Some("fa"));
    let told = lines(&other);
    let words = "lang=\"fa\" direction=\"rtl\" text-anchor=\"end\">قربانیان";
    assert!(told[0].contains("x=\"16\"") && told[0].ends_with(words), "{told:?}");
    assert!(told[1].ends_with("font-size=\"12\">women:") && told[2].ends_with(words), "{told:?}");
    assert!(other.long_description().contains(" women: قربانیان. "), "{}", other.long_description());
}

#[test]
fn the_image_is_sealed() {
    let hostile = [("</title><script>alert(1)</script>", "49"), ("\"onload=\"x", "7")];
    for kind in [Kind::Bar, Kind::Waffle] {
        let svg = chart(kind, "en", &hostile).image(640).svg;
        for forbidden in ["<script", "foreignObject", "href", "url(", "@import", " on", " id="] {
            let shown = svg.replace(" on ", "");
            assert!(!shown.contains(forbidden), "{forbidden}: {svg}");
        }
        assert_eq!(svg.matches("http").count(), 1, "the namespace and nothing else");
    }
}

#[test]
fn a_whole_is_made_of_parts_that_fit_in_it() {
    let whole_of = |unit, values: &[&str]| {
        let values: Vec<Decimal> = values.iter().map(|value| value.parse().expect("a decimal")).collect();
        whole(unit, &values, sum(&values)?).map(|whole| whole.to_string())
    };
    assert_eq!(whole_of(StatisticUnit::Percent, &["49", "7"]).as_deref(), Some("100"));
    assert_eq!(whole_of(StatisticUnit::Percent, &["49", "23", "21", "8"]).as_deref(), Some("101"));
    assert_eq!(whole_of(StatisticUnit::Percent, &["49", "23", "21", "17"]), None);
    assert_eq!(whole_of(StatisticUnit::Count, &["3", "5"]).as_deref(), Some("8"));
    assert_eq!(whole_of(StatisticUnit::Count, &["3", "-5"]), None);
    assert_eq!(whole_of(StatisticUnit::Rate, &["3", "5"]), None);
}
