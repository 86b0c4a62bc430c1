//! What an edition asks of its readers: hashtags, calls to action and messages to share.

use std::ops::Range;

use entity::Id;
pub use entity::campaign::edition_text::{CallToAction as Action, ShareMessage};
pub use entity::campaign::{ActionKind, ShareNetwork};
use entity::document::NodeKind;
use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use super::edit::{Edit, MAX_LIST, Parsed, Patch, Reference};
use super::problem::{Problem, ProblemCode};
use super::{global_id, text, value};

/// A message to share: at most 5,000 characters, on as many lines as it needs.
const MESSAGE: text::Kind = text::Kind { max: 5_000, multiline: true, markdown: false };

/// A call to action, as an input has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionInput {
    /// What kind of thing.
    pub kind: ActionKind,
    /// What the button says.
    pub label: String,
    /// Where it leads; none for `GET_HELP`.
    pub url: Option<String>,
    /// For `GET_HELP`: which channels.
    #[serde(deserialize_with = "global_id::list")]
    pub channel_ids: Option<Vec<Reference>>,
}

/// A hashtag with its leading #: letters, digits and underscores of any script, not digits alone.
///
/// # Errors
/// Code and words for the person who typed it.
pub fn hashtag(input: &str) -> Parsed<String> {
    let input = text::parse(input, text::CODE)?;
    let word = input.strip_prefix('#').unwrap_or(&input);
    if word.chars().all(is_of_hashtag) && word.chars().any(char::is_alphabetic) {
        Ok(format!("#{word}"))
    } else {
        let message =
            "A hashtag is one word of letters, digits and underscores, such as #EndHumanTrafficking.";
        Err((ProblemCode::Invalid, message.into()))
    }
}

/// Where the next hashtag of a text stands, with its #; neither `C#` nor a part of an address is one.
#[must_use]
pub fn next_hashtag(text: &str) -> Option<Range<usize>> {
    text.match_indices('#').map(|(at, _)| text.split_at(at)).find_map(|(before, tag)| {
        let is_within = before.ends_with(|c| is_of_hashtag(c) || matches!(c, '#' | '&' | '/'));
        let end = tag[1..].find(|c| !is_of_hashtag(c)).map_or(tag.len(), |end| end + 1);
        let is_word = tag[1..end].contains(char::is_alphabetic);
        (is_word && !is_within).then(|| before.len()..before.len() + end)
    })
}

/// Joiners shape words of Persian and of Indian scripts.
fn is_of_hashtag(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '_' | '\u{200C}' | '\u{200D}')
}

/// Hashtags in the order of use; a repeated one is refused, whatever its case.
pub(super) fn apply_hashtags(
    edit: &mut Edit,
    patch: Patch<Vec<String>>,
    slot: &mut Vec<String>,
    most: usize,
) {
    let Some(inputs) = bounded(edit, "hashtags", patch, most) else { return };
    let mut hashtags: Vec<String> = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.into_iter().enumerate() {
        let parsed = hashtag(&input).and_then(|hashtag| {
            if hashtags.iter().any(|other| other.to_lowercase() == hashtag.to_lowercase()) {
                return Err((ProblemCode::Invalid, "This is in the list already.".into()));
            }
            Ok(hashtag)
        });
        match parsed {
            Ok(hashtag) => hashtags.push(hashtag),
            Err((code, message)) => {
                edit.problems.push(Problem::at(&["input", "hashtags", &index.to_string()], code, message));
            }
        }
    }
    edit.put("hashtags", slot, hashtags);
}

/// Calls to action in the order of use. `GET_HELP` leads to channels and never to a typed address, the others to a page.
pub(super) fn apply_actions(edit: &mut Edit, patch: Patch<Vec<ActionInput>>, slot: &mut Vec<Action>) {
    let Some(inputs) = bounded(edit, "actions", patch, MAX_LIST) else { return };
    let mut actions = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.into_iter().enumerate() {
        actions.extend(action(edit, index, input));
    }
    edit.put("actions", slot, actions);
}

fn action(edit: &mut Edit, index: usize, input: ActionInput) -> Option<Action> {
    let ActionInput { kind, label, url, channel_ids } = input;
    let index = index.to_string();
    let refuse = |edit: &mut Edit, part: &str, (code, message): (ProblemCode, String)| {
        edit.problems.push(Problem::at(&["input", "actions", &index, part], code, message));
    };
    let label = text::parse(&label, text::TITLE).map_err(|wrong| refuse(edit, "label", wrong)).ok();
    let channels = channel_ids.unwrap_or_default();
    let url = match url {
        Some(_) if kind == ActionKind::GetHelp => {
            refuse(
                edit,
                "url",
                (ProblemCode::Invalid, "GET_HELP leads to channels, never to a typed address.".into()),
            );
            None
        }
        Some(url) => value::url(&url).map_err(|wrong| refuse(edit, "url", wrong)).ok(),
        None => None,
    };
    if kind == ActionKind::GetHelp && channels.is_empty() {
        refuse(edit, "channelIds", (ProblemCode::Required, "GET_HELP needs at least one channel.".into()));
    } else if kind != ActionKind::GetHelp && !channels.is_empty() {
        refuse(edit, "channelIds", (ProblemCode::Invalid, "Only GET_HELP leads to channels.".into()));
    } else if channels.len() > MAX_LIST {
        refuse(
            edit,
            "channelIds",
            (ProblemCode::TooLong, format!("This list may have at most {MAX_LIST} entries.")),
        );
    }
    let channel_ids = channels_of(edit, &index, channels);
    Some(Action { kind, label: label?, url, channel_ids })
}

/// Channels that must exist, each once.
fn channels_of(edit: &mut Edit, action: &str, references: Vec<Reference>) -> Vec<Id> {
    let mut channels = Vec::new();
    for (position, reference) in references.into_iter().take(MAX_LIST).enumerate() {
        let path = ["actions", action, "channelIds", &position.to_string()].map(str::to_owned);
        let found = edit.reference(&path, reference, NodeKind::ContactChannel);
        if found.is_some_and(|id| channels.contains(&id)) {
            let path = ["input", "actions", action, "channelIds", &position.to_string()];
            edit.problems.push(Problem::at(&path, ProblemCode::Invalid, "This is in the list already."));
        }
        channels.extend(found);
    }
    channels
}

/// Messages to share in the order of use.
pub(super) fn apply_messages(edit: &mut Edit, patch: Patch<Vec<ShareMessage>>, slot: &mut Vec<ShareMessage>) {
    let Some(inputs) = bounded(edit, "shareMessages", patch, MAX_LIST) else { return };
    let mut messages = Vec::with_capacity(inputs.len());
    for (index, ShareMessage { network, text, url }) in inputs.into_iter().enumerate() {
        let mut refuse = |part: &str, (code, message): (ProblemCode, String)| {
            edit.problems.push(Problem::at(
                &["input", "shareMessages", &index.to_string(), part],
                code,
                message,
            ));
        };
        let text = text::parse(&text, MESSAGE).map_err(|wrong| refuse("text", wrong));
        let url = url.map(|url| value::url(&url)).transpose().map_err(|wrong| refuse("url", wrong));
        if let (Ok(text), Ok(url)) = (text, url) {
            messages.push(ShareMessage { network, text, url });
        }
    }
    edit.put("shareMessages", slot, messages);
}

/// The entries of a list that is not left out, unless there are too many.
pub(super) fn bounded<T>(
    edit: &mut Edit,
    field: &'static str,
    patch: Patch<Vec<T>>,
    most: usize,
) -> Option<Vec<T>> {
    match patch {
        Patch::Absent => None,
        Patch::Clear => Some(Vec::new()),
        Patch::Set(inputs) if inputs.len() > most => {
            edit.refuse(field, ProblemCode::TooLong, format!("This list may have at most {most} entries."));
            None
        }
        Patch::Set(inputs) => Some(inputs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::LanguageTag;

    fn edit() -> Edit {
        Edit::new(LanguageTag::parse("en").expect("a tag"))
    }

    fn paths(edit: &Edit) -> Vec<String> {
        edit.problems.iter().map(|problem| problem.path[1..].join(".")).collect()
    }

    #[test]
    fn hashtags_are_one_word_with_a_leading_hash() {
        assert_eq!(hashtag("EndHumanTrafficking").as_deref(), Ok("#EndHumanTrafficking"));
        assert_eq!(hashtag("#16Days_").as_deref(), Ok("#16Days_"));
        for text in ["#پایان\u{200C}قاچاق", "हिन्दी", "日本語"] {
            assert!(hashtag(text).is_ok(), "{text}");
        }
        for text in ["#end human trafficking", "#", "##a", "#2026", "#end-it", "a#b", ""] {
            assert!(hashtag(text).is_err(), "{text}");
        }
    }

    #[test]
    fn hashtags_are_found_in_a_text() {
        let found = |text: &'static str| next_hashtag(text).map(|tag| &text[tag]);
        assert_eq!(found("Use #EndHumanTrafficking, and (#Other)"), Some("#EndHumanTrafficking"));
        assert_eq!(found("(#پایان\u{200C}قاچاق)"), Some("#پایان\u{200C}قاچاق"));
        for text in ["C# is", "/page#part", "&#x41;", "# Title", "#2026", "##a", ""] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_wrong_hashtag_is_told_with_its_place_and_a_repeated_one_too() {
        let mut edit = edit();
        let mut slot = Vec::new();
        let tags = ["#EndHumanTrafficking", "#end human trafficking", "endhumantrafficking"]
            .map(str::to_owned)
            .to_vec();
        apply_hashtags(&mut edit, Patch::Set(tags), &mut slot, 30);
        assert_eq!(paths(&edit), ["hashtags.1", "hashtags.2"]);
        apply_hashtags(&mut edit, Patch::Set(vec!["a".into(); 31]), &mut slot, 30);
        assert_eq!(edit.problems.last().map(|problem| problem.code), Some(ProblemCode::TooLong));
    }

    #[test]
    fn getting_help_leads_to_channels_and_everything_else_to_a_page() {
        let mut edit = edit();
        let mut slot = Vec::new();
        let action = |kind, url: Option<&str>, channel_ids| ActionInput {
            kind,
            label: "Go".into(),
            url: url.map(str::to_owned),
            channel_ids,
        };
        let channel = Some((NodeKind::ContactChannel, Id(uuid::Uuid::nil())));
        let inputs = vec![
            action(ActionKind::GetHelp, None, Some(vec![channel])),
            action(ActionKind::GetHelp, Some("https://example.org"), None),
            action(ActionKind::Learn, Some("https://example.org"), Some(vec![channel, channel])),
            action(ActionKind::Learn, Some("javascript:alert(1)"), None),
        ];
        apply_actions(&mut edit, Patch::Set(inputs), &mut slot);
        assert_eq!(
            paths(&edit),
            [
                "actions.1.url",
                "actions.1.channelIds",
                "actions.2.channelIds",
                "actions.2.channelIds.1",
                "actions.3.url"
            ]
        );
        assert_eq!(edit.references.len(), 3);
    }
}
