//! Whom to call when somebody is in danger, by country: `api/data/emergency.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::message::{Value, Voice};

const DATA: &str = include_str!("../../data/emergency.toml");
/// What mobile phones everywhere take for an emergency call.
const ANYWHERE: &str = "112";

/// The emergency number of a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emergency {
    /// ISO 3166-1.
    pub country: String,
    /// What to dial.
    pub voice: String,
    /// What to dial by text relay, where that has a number of its own.
    pub relay: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    number: Vec<Number>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Number {
    voice: String,
    relay: Option<String>,
    countries: Vec<String>,
}

impl Emergency {
    /// The number of a country; 112 for those that the file does not have.
    #[must_use]
    pub fn of(country: &str) -> Self {
        let blank = || Self { country: country.to_owned(), voice: ANYWHERE.to_owned(), relay: None };
        NUMBERS.get(country).cloned().unwrap_or_else(blank)
    }

    /// `In an emergency, call 999, or 18000 by text relay.`
    #[must_use]
    pub fn sentence(&self, voice: &Voice) -> String {
        let number = ("number", Value::Text(&self.voice));
        match &self.relay {
            Some(relay) => voice.say("emergency-call-or-relay", &[number, ("relay", Value::Text(relay))]),
            None => voice.say("emergency-call", &[number]),
        }
    }
}

/// The file is part of the binary, and a test reads it.
static NUMBERS: LazyLock<HashMap<String, Emergency>> = LazyLock::new(|| numbers().unwrap_or_default());

fn numbers() -> Result<HashMap<String, Emergency>, toml::de::Error> {
    let data: Data = toml::from_str(DATA)?;
    let of = |Number { voice, relay, countries }: Number| {
        let number = move |country: String| {
            (country.clone(), Emergency { country, voice: voice.clone(), relay: relay.clone() })
        };
        countries.into_iter().map(number)
    };
    Ok(data.number.into_iter().flat_map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area;

    #[test]
    fn the_file_names_countries_and_each_once() {
        let Data { number: numbers } = toml::from_str(DATA).expect("TOML");
        let mut named: Vec<String> = numbers.into_iter().flat_map(|number| number.countries).collect();
        named.sort();
        for pair in named.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
        for country in named {
            assert!(area::countries().any(|known| known == country), "{country}");
        }
    }

    #[test]
    fn a_country_has_its_number_and_the_rest_have_112() {
        let said = |country, language| Emergency::of(country).sentence(&Voice::of([language]));
        assert_eq!(said("GB", "en"), "In an emergency, call 999, or 18000 by text relay.");
        assert_eq!(said("DE", "de"), "Im Notfall wählen Sie 112.");
        assert_eq!(said("GB", "cy"), "Mewn argyfwng, ffoniwch 999, neu 18000 drwy gyfnewid testun.");
        assert_eq!(Emergency::of("TO").voice, "112");
    }
}
