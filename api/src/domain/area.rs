//! Areas by the codes of four published lists: what a code looks like, and what the commonest are called.

pub use entity::statistic::AreaScheme;
use icu_experimental::displaynames::multi::RegionDisplayNames;
use icu_locale::subtags::Region;

use super::edit::Parsed;
use super::problem::ProblemCode;

/// An area, as an input has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
pub struct Area {
    /// Which list `code` is from.
    pub scheme: AreaScheme,
    /// Its code there.
    pub code: String,
}

/// Countries, one a line: ISO 3166-1 letters, the number that ISO and M49 share, the short English name.
const COUNTRIES: &str = include_str!("area/countries.txt");

/// Regions of the United Nations (M49).
const REGIONS: &[(&str, &str)] = &[
    ("001", "World"),
    ("002", "Africa"),
    ("005", "South America"),
    ("009", "Oceania"),
    ("011", "Western Africa"),
    ("013", "Central America"),
    ("014", "Eastern Africa"),
    ("015", "Northern Africa"),
    ("017", "Middle Africa"),
    ("018", "Southern Africa"),
    ("019", "Americas"),
    ("021", "Northern America"),
    ("029", "Caribbean"),
    ("030", "Eastern Asia"),
    ("034", "Southern Asia"),
    ("035", "South-eastern Asia"),
    ("039", "Southern Europe"),
    ("053", "Australia and New Zealand"),
    ("054", "Melanesia"),
    ("057", "Micronesia"),
    ("061", "Polynesia"),
    ("142", "Asia"),
    ("143", "Central Asia"),
    ("145", "Western Asia"),
    ("150", "Europe"),
    ("151", "Eastern Europe"),
    ("154", "Northern Europe"),
    ("155", "Western Europe"),
    ("202", "Sub-Saharan Africa"),
    ("419", "Latin America and the Caribbean"),
];

/// Parts of the United Kingdom (ISO 3166-2).
const SUBDIVISIONS: &[(&str, &str)] = &[
    ("GB-EAW", "England and Wales"),
    ("GB-ENG", "England"),
    ("GB-GBN", "Great Britain"),
    ("GB-NIR", "Northern Ireland"),
    ("GB-SCT", "Scotland"),
    ("GB-UKM", "United Kingdom"),
    ("GB-WLS", "Wales"),
];

/// The United Kingdom, its nations and the regions of England (Office for National Statistics).
const STATISTICAL: &[(&str, &str)] = &[
    ("K02000001", "United Kingdom"),
    ("K03000001", "Great Britain"),
    ("K04000001", "England and Wales"),
    ("E92000001", "England"),
    ("W92000004", "Wales"),
    ("S92000003", "Scotland"),
    ("N92000002", "Northern Ireland"),
    ("E12000001", "North East"),
    ("E12000002", "North West"),
    ("E12000003", "Yorkshire and The Humber"),
    ("E12000004", "East Midlands"),
    ("E12000005", "West Midlands"),
    ("E12000006", "East of England"),
    ("E12000007", "London"),
    ("E12000008", "South East"),
    ("E12000009", "South West"),
];

/// A code of a scheme in capitals. Its shape is checked, not whether the list has it: lists grow.
///
/// # Errors
/// Code and words for the person who typed it.
pub fn parse(scheme: AreaScheme, code: &str) -> Parsed<String> {
    let code = code.trim().to_ascii_uppercase();
    let letters = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase());
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (fits, example) = match scheme {
        AreaScheme::M49 => (code.len() == 3 && digits(&code), "001"),
        AreaScheme::Iso3166_1 => (code.len() == 2 && letters(&code), "GB"),
        AreaScheme::Iso3166_2 => (
            code.split_once('-').is_some_and(|(country, part)| {
                let is_part = (1..=3).contains(&part.len())
                    && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
                country.len() == 2 && letters(country) && is_part
            }),
            "GB-WLS",
        ),
        AreaScheme::OnsGss => {
            (code.is_ascii() && code.len() == 9 && letters(&code[..1]) && digits(&code[1..]), "E92000001")
        }
    };
    if fits {
        Ok(code)
    } else {
        Err((ProblemCode::Invalid, format!("This is no code of this scheme, such as {example}.")))
    }
}

/// What an area is called in English; its code where it has no name here.
#[must_use]
pub fn name(scheme: AreaScheme, code: &str) -> &str {
    let within =
        |list: &'static [(&str, &str)]| list.iter().find(|(known, _)| *known == code).map(|(_, name)| *name);
    let found = match scheme {
        AreaScheme::M49 => within(REGIONS).or_else(|| country(|_, number| number == code)),
        AreaScheme::Iso3166_1 => country(|letters, _| letters == code),
        AreaScheme::Iso3166_2 => within(SUBDIVISIONS),
        AreaScheme::OnsGss => within(STATISTICAL),
    };
    found.unwrap_or(code)
}

/// What an area is called in a language, where Unicode CLDR has a name for it, as in the middle of a sentence; else [`name`].
#[must_use]
pub fn local_name(language: &str, scheme: AreaScheme, code: &str) -> String {
    let region = match scheme {
        AreaScheme::Iso3166_1 => code.parse::<Region>().ok(),
        AreaScheme::M49 => letters(code).unwrap_or(code).parse().ok(),
        AreaScheme::Iso3166_2 | AreaScheme::OnsGss => None,
    };
    let reader = super::number::locale(language);
    let names = RegionDisplayNames::try_new((&reader).into(), <_>::default()).ok();
    let local = region.zip(names.as_ref()).and_then(|(region, names)| names.of(region));
    local.unwrap_or_else(|| name(scheme, code)).to_owned()
}

/// The letters of the country with a number.
fn letters(number: &str) -> Option<&'static str> {
    COUNTRIES.lines().find_map(|line| {
        let mut parts = line.splitn(3, ' ');
        let (letters, own) = (parts.next()?, parts.next()?);
        (own == number).then_some(letters)
    })
}

fn country(is: impl Fn(&str, &str) -> bool) -> Option<&'static str> {
    COUNTRIES.lines().find_map(|line| {
        let mut parts = line.splitn(3, ' ');
        let (letters, number, name) = (parts.next()?, parts.next()?, parts.next()?);
        is(letters, number).then_some(name)
    })
}

/// The letters of the country that an area is or lies in; `None` for parts of the world with several.
#[must_use]
pub fn country_of(area: &Area) -> Option<&str> {
    match area.scheme {
        AreaScheme::Iso3166_1 => Some(&area.code),
        AreaScheme::Iso3166_2 => area.code.split_once('-').map(|(country, _)| country),
        AreaScheme::OnsGss => Some("GB"),
        AreaScheme::M49 => COUNTRIES.lines().find_map(|line| {
            let (letters, rest) = line.split_once(' ')?;
            rest.split_once(' ').is_some_and(|(number, _)| number == area.code).then_some(letters)
        }),
    }
}

/// Whatever an area lies in, the narrowest first: itself and what else it is called, the nation and the joint areas of the
/// United Kingdom, the country, Europe for that kingdom, and the world. Each with how wide it is; 0 is the area itself.
#[must_use]
pub fn around(area: &Area) -> Vec<(usize, Area)> {
    let mut around = vec![(0, area.clone())];
    let mut add = |width, scheme, code: &str| {
        if !around.iter().any(|(_, known)| known.scheme == scheme && known.code == code) {
            around.push((width, Area { scheme, code: code.to_owned() }));
        }
    };
    if let Some(nations) = nations(area) {
        for (width, letters, statistical, divided) in KINGDOM {
            if nations.chars().all(|letter| letters.contains(letter)) {
                add(*width, AreaScheme::OnsGss, statistical);
                add(*width, AreaScheme::Iso3166_2, divided);
            }
        }
    }
    if let Some(letters) = country_of(area) {
        add(4, AreaScheme::Iso3166_1, letters);
        let number = COUNTRIES.lines().find_map(|line| line.strip_prefix(letters)?.get(1..4));
        if let Some(number) = number {
            add(4, AreaScheme::M49, number);
        }
        if letters == "GB" {
            add(4, AreaScheme::OnsGss, "K02000001");
            add(5, AreaScheme::M49, "154");
            add(6, AreaScheme::M49, "150");
        }
    }
    add(7, AreaScheme::M49, "001");
    around
}

/// The nations of the United Kingdom and what they are together, by the letters of the nations: how wide, and its codes.
const KINGDOM: &[(usize, &str, &str, &str)] = &[
    (1, "E", "E92000001", "GB-ENG"),
    (1, "W", "W92000004", "GB-WLS"),
    (1, "S", "S92000003", "GB-SCT"),
    (1, "N", "N92000002", "GB-NIR"),
    (2, "EW", "K04000001", "GB-EAW"),
    (3, "EWS", "K03000001", "GB-GBN"),
    (4, "EWSN", "K02000001", "GB-UKM"),
];

/// The letters of the nations that an area of the United Kingdom is made of, or of the one that it lies in.
fn nations(area: &Area) -> Option<&str> {
    match area.scheme {
        AreaScheme::OnsGss | AreaScheme::Iso3166_2 => {
            let is = |known: &&(usize, &str, &str, &str)| [known.2, known.3].contains(&area.code.as_str());
            let within = || area.code.get(..1).filter(|letter| "EWSN".contains(letter));
            let joint = KINGDOM.iter().find(is).map(|known| known.1);
            joint.or_else(|| within().filter(|_| area.scheme == AreaScheme::OnsGss))
        }
        AreaScheme::Iso3166_1 | AreaScheme::M49 => None,
    }
}

/// The letters of every country, for tests that walk them all.
#[cfg(test)]
pub(super) fn countries() -> impl Iterator<Item = &'static str> {
    COUNTRIES.lines().filter_map(|line| line.get(..2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_shape_of_their_scheme() {
        assert_eq!(parse(AreaScheme::M49, "001").as_deref(), Ok("001"));
        assert_eq!(parse(AreaScheme::Iso3166_1, " gb ").as_deref(), Ok("GB"));
        assert_eq!(parse(AreaScheme::Iso3166_2, "gb-wls").as_deref(), Ok("GB-WLS"));
        assert_eq!(parse(AreaScheme::OnsGss, "k04000001").as_deref(), Ok("K04000001"));
        for (scheme, code) in [
            (AreaScheme::M49, "1"),
            (AreaScheme::M49, "GB"),
            (AreaScheme::Iso3166_1, "GBR"),
            (AreaScheme::Iso3166_2, "GB"),
            (AreaScheme::Iso3166_2, "GB-"),
            (AreaScheme::OnsGss, "92000001"),
            (AreaScheme::OnsGss, "É9200000"),
            (AreaScheme::OnsGss, ""),
        ] {
            assert!(parse(scheme, code).is_err(), "{code}");
        }
    }

    #[test]
    fn areas_are_called_by_their_names() {
        assert_eq!(name(AreaScheme::M49, "001"), "World");
        assert_eq!(name(AreaScheme::M49, "826"), "United Kingdom");
        assert_eq!(name(AreaScheme::Iso3166_1, "GB"), "United Kingdom");
        assert_eq!(name(AreaScheme::Iso3166_2, "GB-WLS"), "Wales");
        assert_eq!(name(AreaScheme::OnsGss, "K04000001"), "England and Wales");
        assert_eq!(name(AreaScheme::OnsGss, "E07000223"), "E07000223");
        assert_eq!(countries().count(), 249);
    }

    #[test]
    fn an_area_lies_in_wider_ones() {
        let codes = |scheme, code: &str| {
            let around = around(&Area { scheme, code: code.to_owned() });
            around
                .into_iter()
                .map(|(width, area)| format!("{width} {}", area.code))
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!(
            codes(AreaScheme::Iso3166_2, "GB-WLS"),
            "0 GB-WLS, 1 W92000004, 2 K04000001, 2 GB-EAW, 3 K03000001, 3 GB-GBN, 4 K02000001, 4 GB-UKM, 4 GB, 4 826, 5 154, 6 150, 7 001"
        );
        assert!(codes(AreaScheme::OnsGss, "S12000036").starts_with("0 S12000036, 1 S92000003, 1 GB-SCT, 3 "));
        assert!(
            codes(AreaScheme::Iso3166_2, "GB-EAW")
                .starts_with("0 GB-EAW, 2 K04000001, 3 K03000001, 3 GB-GBN, 4 ")
        );
        assert!(codes(AreaScheme::OnsGss, "K04000001").starts_with("0 K04000001, 2 GB-EAW, 3 "));
        assert_eq!(codes(AreaScheme::Iso3166_1, "FR"), "0 FR, 4 250, 7 001");
        assert_eq!(codes(AreaScheme::M49, "250"), "0 250, 4 FR, 7 001");
        assert_eq!(codes(AreaScheme::M49, "001"), "0 001");
        let country = |scheme, code: &str| country_of(&Area { scheme, code: code.into() }).map(str::to_owned);
        assert_eq!(country(AreaScheme::Iso3166_2, "DE-BY").as_deref(), Some("DE"));
        assert_eq!(country(AreaScheme::M49, "150"), None);
    }

    #[test]
    fn areas_have_names_in_other_languages() {
        let world = |language| local_name(language, AreaScheme::M49, "001");
        assert_eq!((world("en"), world("de"), world("fa")), ("world".into(), "Welt".into(), "جهان".into()));
        assert_eq!(local_name("cy", AreaScheme::M49, "826"), "Y Deyrnas Unedig");
        assert_eq!(local_name("cy", AreaScheme::OnsGss, "W92000004"), "Wales");
    }
}
