//! Two voices, which say something wherever something can be said: one for everybody, and one that nobody may hear.

use serde_json::{Value, json};

use super::planted::Everything;
use crate::support::verbs::Doc;

/// A voice: what is said wherever something can be said.
#[derive(Clone, Copy)]
pub(super) struct Voice {
    /// Names, titles and all that is written. The slug is the same in small letters.
    pub(super) word: &'static str,
    /// The number of every channel, as it is shown.
    pub(super) number: &'static str,
    /// Month and day of every date: `07-30`.
    pub(super) day: &'static str,
    /// The value of every figure, and the progress of every goal.
    pub(super) value: u32,
    /// The kind of every channel.
    pub(super) kind: &'static str,
    /// The language that channels answer in.
    pub(super) answers_in: &'static str,
    /// The unit of every statistic.
    pub(super) unit: &'static str,
    /// The status of every service.
    pub(super) status: &'static str,
    /// For whom every service is.
    pub(super) age: u32,
    /// Where.
    pub(super) country: &'static str,
}

/// What everybody may read.
pub(super) const ALOUD: Voice = Voice {
    word: "Harbour",
    number: "01632 960123",
    day: "07-30",
    value: 49,
    kind: "PHONE",
    answers_in: "cy",
    unit: "PERCENT",
    status: "ACTIVE",
    age: 20,
    country: "GB",
};

/// What nobody may read.
pub(super) const HIDDEN: Voice = Voice {
    word: "Quokka",
    number: "01632 960777",
    day: "03-17",
    value: 48_271,
    kind: "SMS",
    answers_in: "de",
    unit: "COUNT",
    status: "DEFUNCT",
    age: 105,
    country: "NZ",
};

/// Signs that something hidden was told, in small letters.
pub(super) const CANARIES: [&str; 4] = ["quokka", "960777", "48271", "-03-17"];

impl Voice {
    /// The word as a slug.
    pub(super) fn slug(&self) -> String {
        self.word.to_lowercase()
    }

    /// A page of somebody else.
    fn url(&self) -> String {
        format!("https://{0}.example/{0}", self.slug())
    }

    /// The day in a year.
    fn in_year(&self, year: i32) -> String {
        format!("{year}-{}", self.day)
    }

    /// The beginning of that day.
    fn morning(&self, year: i32) -> String {
        format!("{}T00:00:00Z", self.in_year(year))
    }

    /// A text that refers to all that there is, in a sentence and as blocks, in the words of the voice and of what it refers to.
    fn text(&self) -> String {
        let slug = self.slug();
        let each = ["statistic", "contact", "campaign", "service", "post", "chart"];
        let each = each.map(|kind| format!("[[{kind}:{slug}]]"));
        format!("{} {}\n\n{}", self.word, each.join(" "), each.join("\n\n"))
    }

    pub(super) fn topic(&self) -> Value {
        json!({ "name": self.word, "description": self.word })
    }

    pub(super) fn person(&self) -> Value {
        json!({ "name": self.word, "role": self.word, "bio": self.word })
    }

    pub(super) fn source(&self) -> Value {
        json!({
            "title": self.word, "publisher": self.word, "kind": "SURVEY", "url": self.url(), "licence": self.word,
            "doi": format!("10.1000/{}", self.slug()), "issuedOn": self.in_year(2018),
            "accessedOn": self.in_year(2019), "archivedUrl": self.url(), "nextExpectedOn": self.in_year(2029),
        })
    }

    /// The words of a service. Alert and confidentiality are given whole.
    pub(super) fn service(&self) -> Value {
        json!({
            "name": self.word, "slug": self.slug(), "summary": self.word, "body": self.word,
            "alert": { "text": self.word, "from": "2020-07-30T00:00:00Z" },
            "confidentiality": { "level": "ANONYMOUS", "statement": self.word },
        })
    }

    /// What a service is in every language.
    pub(super) fn service_facts(&self, topic: &Doc) -> Value {
        json!({
            "status": self.status, "audience": { "minAge": self.age, "maxAge": self.age, "roles": ["CHILD"] },
            "topicIds": [topic.id], "coverage": [{ "scheme": "ISO3166_1", "code": self.country }],
            "externalReference": self.slug(),
        })
    }

    pub(super) fn channel(&self) -> Value {
        json!({ "label": self.word, "slug": self.slug(), "safetyNotes": [self.word] })
    }

    pub(super) fn channel_facts(&self, service: &Doc) -> Value {
        json!({
            "serviceId": service.id, "kind": self.kind, "value": self.number, "priority": 3,
            "languages": [{ "language": self.answers_in }], "suspendedUntil": self.morning(2030),
            "externalReference": self.slug(),
        })
    }

    pub(super) fn statistic(&self) -> Value {
        json!({
            "name": self.word, "slug": self.slug(), "definition": self.word, "population": self.word,
            "statement": format!("{{ $value }} of {}", self.word),
        })
    }

    pub(super) fn statistic_facts(&self, topic: &Doc) -> Value {
        json!({ "unit": self.unit, "topicIds": [topic.id], "externalReference": self.slug() })
    }

    /// A figure; only the caveat belongs to a language.
    pub(super) fn figure(&self, source: &Doc, year: i32) -> Value {
        json!({
            "value": self.value.to_string(), "sourceId": source.id, "locator": self.word, "quote": self.word,
            "period": { "label": year.to_string(), "start": self.in_year(year), "end": format!("{year}-12-31") },
            "area": { "scheme": "ISO3166_1", "code": self.country }, "reviewDueOn": self.in_year(2027),
            "caveat": self.word,
        })
    }

    pub(super) fn set(&self, part: &Doc) -> Value {
        json!({
            "title": self.word, "slug": self.slug(), "subtitle": self.word,
            "parts": [{ "label": self.word, "statisticId": part.id }],
        })
    }

    pub(super) fn campaign(&self) -> Value {
        json!({
            "name": self.word, "slug": self.slug(), "summary": self.word, "body": self.word,
            "seo": { "title": self.word, "description": self.word },
        })
    }

    pub(super) fn campaign_facts(&self, topic: &Doc, links: &Everything) -> Value {
        let (month, day) = self.day.split_once('-').expect("a day has a month");
        let number = |digits: &str| digits.parse::<i64>().expect("it has digits only");
        json!({
            "organiser": self.word, "organiserUrl": self.url(), "externalReference": self.slug(),
            "observance": { "kind": "FIXED", "month": number(month), "day": number(day) },
            "topicIds": [topic.id], "statisticIds": [links.statistic.id], "channelIds": [links.channel.id],
        })
    }

    pub(super) fn edition(&self, channel: &Doc) -> Value {
        json!({
            "theme": self.word, "summary": self.word, "body": self.word, "hashtags": [self.word],
            "actions": [
                { "kind": "SIGN", "label": self.word, "url": self.url() },
                { "kind": "GET_HELP", "label": self.word, "channelIds": [channel.id] },
            ],
            "shareMessages": [{ "network": "X", "text": self.word, "url": self.url() }],
        })
    }

    pub(super) fn edition_facts(&self, year: i32, post: &Doc) -> Value {
        json!({
            "startsOn": self.in_year(year), "endsOn": self.in_year(year), "dateSource": self.url(),
            "postIds": [post.id],
            "goals": [{
                "metric": self.word, "target": 100_000, "current": self.value, "asOf": self.morning(2025),
            }],
        })
    }

    pub(super) fn post(&self) -> Value {
        json!({
            "title": self.word, "slug": self.slug(), "summary": self.word, "body": self.text(),
            "contentNotes": [{ "topic": "SLAVERY", "strength": "MENTIONS", "text": self.word }],
            "exitLink": { "url": self.url(), "label": self.word },
            "seo": { "title": self.word, "description": self.word },
        })
    }

    pub(super) fn post_facts(&self, topic: &Doc, links: &Everything) -> Value {
        json!({
            "authorIds": [links.person.id], "topicIds": [topic.id], "campaignIds": [links.campaign.id],
            "channelIds": [links.channel.id], "externalReference": self.slug(), "reviewDueOn": self.in_year(2028),
            "publishedAt": self.morning(2019), "oldPaths": [format!("/old/{}", self.slug())],
        })
    }
}

/// Both inputs in one; the second counts where both say something.
pub(super) fn with(mut input: Value, more: Value) -> Value {
    let (Value::Object(fields), Value::Object(more)) = (&mut input, more) else {
        panic!("inputs are objects")
    };
    fields.extend(more);
    input
}
