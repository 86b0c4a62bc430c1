//! What is asked, of everything that there is, and whether the canary is heard in the answers.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::planted::Everything;
use super::voice::{ALOUD, CANARIES, HIDDEN};
use crate::support::walk::{self, NOT_FOR_READERS, Question, Sight};
use crate::support::{Answer, Person};

/// A question and what was answered.
pub(super) type Asked = (Question, Answer);

/// Fields that are null without the right to read drafts.
const RIGHTS: [&str; 5] = ["editorial", "isPseudonym", "reviewDueOn", "revisions", "statementPattern"];

/// Asks for every list in every order and from both ends, and for what is spoken aloud by id, slug and path.
pub(super) async fn everything(person: &Person, steps: usize, aloud: &Everything) -> Vec<Asked> {
    let mut questions = walk::questions(steps);
    for root in walk::roots() {
        let ids = aloud.all().map(|doc| doc.id.as_str());
        let arguments: Vec<String> = if root.argument_by_name("slug").is_some() {
            [ALOUD, HIDDEN].map(|voice| format!("slug: {:?}", voice.slug())).into()
        } else if root.argument_by_name("path").is_some() {
            ["posts", "campaigns", "topics"].map(|room| format!(r#"path: "/{room}/harbour""#)).into()
        } else if root.argument_by_name("id").is_some() {
            ids.iter().map(|id| format!("id: {id:?}")).collect()
        } else if root.argument_by_name("ids").is_some() {
            vec![format!("ids: {ids:?}")]
        } else if root.name == "search" {
            ["quokka", "harbour", "quokka or harbour"].map(|words| format!("first: 50, query: {words:?}")).into()
        } else {
            continue;
        };
        for lens in walk::lenses(root.ty.inner_named_type().as_str()) {
            // What is behind a result is asked for by its own lists.
            let steps = if root.name == "search" { 0 } else { steps.min(2) };
            let sight = Sight { steps, paging: "first: 50", lens };
            questions.extend(arguments.iter().map(|arguments| sight.question(root, arguments)));
        }
    }
    asked(person, questions).await
}

/// Asks every list for what only a filter that knows the canary could find: what it finds, what the opposite
/// finds, and what there is.
pub(super) async fn filtered(person: &Person) -> Vec<Asked> {
    let mut questions = Vec::new();
    for (root, input) in walk::filtered() {
        let (field, keys) = (&root.name, walk::keys(input).map(|(key, _)| key).collect::<Vec<_>>());
        for (key, ty) in walk::keys(input) {
            for condition in conditions(key, &ty.to_string(), input) {
                let opposite = if keys.contains(&"not") {
                    format!("rest: {field}(filter: {{ not: {{ {key}: {condition} }} }}) {{ totalCount }}")
                } else {
                    String::new()
                };
                let found = format!(
                    "found: {field}(filter: {{ {key}: {condition} }}) {{ totalCount nodes {{ id }} }}"
                );
                let document = format!("{{ all: {field} {{ totalCount }} {found} {opposite} }}");
                questions.push(Question { field: field.to_string(), document });
            }
        }
    }
    asked(person, questions).await
}

/// Conditions that hold for drafts alone.
fn conditions(key: &str, ty: &str, filter: &str) -> Vec<String> {
    let own = |ty: &str| ty.trim_matches(['[', ']', '!']) == filter;
    let texts: &[&str] = match (ty.trim_end_matches('!'), key) {
        // The slug and the reference of what never was published, and those that something published is to have.
        ("StringFilter", "slug") => &[
            r#"{ eq: "quokka" }"#,
            r#"{ in: ["quokka-2"] }"#,
            r#"{ contains: "uokk" }"#,
            r#"{ startsWith: "quo" }"#,
        ],
        ("String", "externalReference") => &[r#""quokka""#, r#""quokka-2""#],
        ("StringFilter", _) => &[
            r#"{ eq: "Quokka" }"#,
            r#"{ in: ["quokka"] }"#,
            r#"{ contains: "QUOK" }"#,
            r#"{ startsWith: "quo" }"#,
        ],
        ("SlugFilter", _) => &[r#"{ eq: "quokka" }"#, r#"{ in: ["quokka"] }"#],
        ("LanguageTag", "translatedInto") => &[r#""fa""#],
        ("LanguageTag", "answersIn") => &[r#""de""#],
        ("DateTimeRange", "publishedAt") => {
            &[r#"{ from: "2019-03-17T00:00:00Z", until: "2019-03-18T00:00:00Z" }"#]
        }
        ("DateTimeRange", "updatedAt") => {
            &[r#"{ from: "2027-03-17T00:00:00Z", until: "2027-03-18T00:00:00Z" }"#]
        }
        ("DateRange", "occursIn") => &[r#"{ from: "2031-03-17", until: "2031-03-17" }"#],
        ("Date", "activeOn") => &[r#""2031-03-17""#],
        ("Date", "reviewDueBefore") => &[r#""2027-03-18""#],
        ("[ChannelKind!]", _) => &["[SMS]"],
        ("[StatisticUnit!]", _) => &["[COUNT]"],
        ("[ServiceStatus!]", _) => &["[DEFUNCT]"],
        ("Int", "audienceAge") => &["105"],
        ("AreaInput", _) => &[r#"{ scheme: ISO3166_1, code: "NZ" }"#],
        (ty, _) if own(ty) => &[],
        (ty, key) => panic!("nothing hidden is known for {key}: {ty}"),
    };
    texts.iter().map(ToString::to_string).collect()
}

/// Knocks by slug, id and path; one alias each, so that a single answer says which are open.
pub(super) fn doors(ids: &[String], slugs: &[&str], paths: &[String]) -> String {
    let mut doors = Vec::new();
    for root in walk::roots().filter(|root| root.argument_by_name("slug").is_some()) {
        let of = |(number, slug)| format!("{0}_{number}: {0}(slug: {slug:?}) {{ id }}", root.name);
        doors.extend(slugs.iter().enumerate().map(of));
    }
    doors.extend(
        ids.iter().enumerate().map(|(number, id)| format!("node_{number}: node(id: {id:?}) {{ id }}")),
    );
    let of = |(number, path)| {
        format!("resolve_{number}: resolve(path: {path:?}) {{ status canonicalPath node {{ id }} }}")
    };
    doors.extend(paths.iter().enumerate().map(of));
    format!("{{ {} }}", doors.join(" "))
}

/// The doors that are open, by their aliases.
pub(super) fn open(answer: &Answer) -> Vec<&str> {
    answer
        .data("")
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, found)| !is_closed(found))
        .map(|(door, _)| door.as_str())
        .collect()
}

/// The doors that are closed.
pub(super) fn closed(answer: &Answer) -> Vec<&str> {
    answer
        .data("")
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, found)| is_closed(found))
        .map(|(door, _)| door.as_str())
        .collect()
}

/// Nothing there, or gone without a word.
fn is_closed(found: &Value) -> bool {
    found.is_null() || *found == json!({ "status": 410, "canonicalPath": null, "node": null })
}

async fn asked(person: &Person, questions: Vec<Question>) -> Vec<Asked> {
    let mut answers = Vec::with_capacity(questions.len());
    for question in questions {
        let answer = person.ask(&question.document).await;
        // What needs a right is refused, and that is an answer too.
        let is_refused = NOT_FOR_READERS.contains(&question.field.as_str());
        let answer = if is_refused { answer } else { answer.expect_ok() };
        answers.push((question, answer));
    }
    answers
}

/// Where the canary is heard, also inside cursors: the question's field and what is said around it.
pub(super) fn told(asked: &[Asked]) -> Vec<String> {
    let of = |(question, answer): &Asked| Some(format!("{}: {}", question.field, heard(answer)?));
    asked.iter().filter_map(of).collect()
}

/// Whether an answer has the canary in it, also inside cursors.
pub(super) fn is_heard(answer: &Answer) -> bool {
    heard(answer).is_some()
}

/// What is said around the canary.
fn heard(answer: &Answer) -> Option<String> {
    let texts = [answer.json.to_string(), cursors(&answer.json).concat()].map(|text| text.to_lowercase());
    texts.iter().find_map(|text| {
        let at = CANARIES.iter().find_map(|canary| text.find(canary))?;
        let around =
            text.char_indices().filter(|(place, _)| (at.saturating_sub(120)..at + 60).contains(place));
        Some(around.map(|(_, letter)| letter).collect())
    })
}

/// What cursors say, as far as it is text.
fn cursors(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
            Vec::from([String::from_utf8_lossy(&bytes).into_owned()])
        }
        Value::Array(items) => items.iter().flat_map(cursors).collect(),
        Value::Object(fields) => {
            fields.iter().filter(|(key, _)| *key != "id").flat_map(|(_, value)| cursors(value)).collect()
        }
        _ => Vec::new(),
    }
}

/// The fields none of whose answers has the canary in it.
pub(super) fn untold(asked: &[Asked]) -> Vec<&str> {
    let mut fields: Vec<&str> = asked.iter().map(|(question, _)| question.field.as_str()).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
        .retain(|field| !asked.iter().any(|(question, answer)| question.field == *field && is_heard(answer)));
    fields
}

/// What is answered in another way than before: the question's field, and the first place where it differs.
pub(super) fn changed(before: &[Asked], after: &[Asked]) -> Vec<String> {
    assert_eq!(before.len(), after.len());
    let pairs = before.iter().zip(after);
    let of = |((question, before), (_, after)): (&Asked, &Asked)| {
        Some(format!("{}{}", question.field, difference(&before.json, &after.json)?))
    };
    pairs.filter_map(of).collect()
}

fn difference(before: &Value, after: &Value) -> Option<String> {
    let within = |key: &str, before, after| Some(format!("/{key}{}", difference(before, after)?));
    match (before, after) {
        (Value::Object(before), Value::Object(after)) if before.len() == after.len() => {
            before.iter().find_map(|(key, value)| within(key, value, after.get(key).unwrap_or(&Value::Null)))
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let pairs = before.iter().zip(after).enumerate();
            pairs.into_iter().find_map(|(at, (before, after))| within(&at.to_string(), before, after))
        }
        _ if before == after => None,
        _ => Some(format!(": {before} became {after}")),
    }
}

/// The answers without what a right shows, and without those about the asker.
pub(super) fn without_rights(asked: Vec<Asked>) -> Vec<Asked> {
    let mut asked = asked;
    let is_of_asker = |field: &str| field == "viewer" || NOT_FOR_READERS.contains(&field);
    asked.retain(|(question, _)| !is_of_asker(&question.field));
    for (_, answer) in &mut asked {
        forget(&mut answer.json);
    }
    asked
}

fn forget(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(forget),
        Value::Object(fields) => {
            fields.retain(|key, _| !RIGHTS.contains(&key.as_str()));
            fields.values_mut().for_each(forget);
        }
        _ => {}
    }
}

/// The filters that found something or left something out.
pub(super) fn finding(asked: &[Asked]) -> Vec<&str> {
    asked.iter().filter(|(_, answer)| finds(answer)).map(|(question, _)| question.document.as_str()).collect()
}

/// The filters that found nothing and left nothing out.
pub(super) fn blind(asked: &[Asked]) -> Vec<&str> {
    asked
        .iter()
        .filter(|(_, answer)| !finds(answer))
        .map(|(question, _)| question.document.as_str())
        .collect()
}

fn finds(answer: &Answer) -> bool {
    let (all, found) = (answer.data("/all/totalCount"), answer.data("/found"));
    let rest = answer.json["data"]["rest"]["totalCount"].clone();
    found["totalCount"] != 0
        || found["nodes"] != Value::Array(Vec::new())
        || !(rest.is_null() || rest == *all)
}
