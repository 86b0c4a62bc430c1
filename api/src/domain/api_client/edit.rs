//! Carrying an input into a client.

use chrono::{DateTime, Utc};
use entity::value::List;
use url::Url;

use super::{ApiClient, ClientPatch};
use crate::domain::access::{self, Scope};
use crate::domain::edit::{MAX_LIST, Parsed, Patch};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::view::Role;
use crate::domain::{text, value};

/// Names are one line of at most 120 characters.
const NAME: text::Kind = text::Kind { max: 120, multiline: false, markdown: false };

/// A client under change.
pub(super) struct Edit {
    pub(super) client: ApiClient,
    /// What its owner may do.
    pub(super) owner: Role,
    pub(super) problems: Vec<Problem>,
    /// Which input fields really change something.
    pub(super) fields: Vec<String>,
}

impl Edit {
    pub(super) fn of(client: ApiClient, owner: Role) -> Self {
        Self { client, owner, problems: Vec::new(), fields: Vec::new() }
    }

    /// Carries the patch in, gathering what is wrong with it.
    pub(super) fn carry(&mut self, patch: ClientPatch, now: DateTime<Utc>) {
        let ClientPatch { name, scopes, origins, expires_at } = patch;
        let owner = self.owner;
        self.put("name", |client| &mut client.name, required(name, |name| text::parse(&name, NAME)));
        self.put("scopes", |client| &mut client.scopes, required(scopes, |scopes| lendable(scopes, owner)));
        let origins = self.origins(origins);
        self.put("origins", |client| &mut client.origins, origins.map(Ok));
        let expires_at = clearable(expires_at, |at| future(&at, now));
        self.put("expiresAt", |client| &mut client.expires_at, expires_at);
    }

    fn put<T: PartialEq>(
        &mut self,
        field: &str,
        slot: impl FnOnce(&mut ApiClient) -> &mut T,
        parsed: Option<Parsed<T>>,
    ) {
        match parsed {
            None => {}
            Some(Err((code, message))) => self.problems.push(Problem::at(&["input", field], code, message)),
            Some(Ok(value)) => {
                let slot = slot(&mut self.client);
                if *slot != value {
                    *slot = value;
                    self.fields.push(field.to_owned());
                }
            }
        }
    }

    /// The origins that a patch sets, each once; what is wrong with one of them is noted at its place.
    fn origins(&mut self, patch: Patch<Vec<String>>) -> Option<List<String>> {
        let texts = match patch {
            Patch::Absent => return None,
            Patch::Clear => Vec::new(),
            Patch::Set(texts) => texts,
        };
        if texts.len() > MAX_LIST {
            let message = format!("Name at most {MAX_LIST} origins.");
            self.problems.push(Problem::at(&["input", "origins"], ProblemCode::TooLong, message));
            return None;
        }
        let mut origins = Vec::new();
        for (place, text) in texts.iter().enumerate() {
            match origin(text) {
                Ok(origin) if origins.contains(&origin) => {}
                Ok(origin) => origins.push(origin),
                Err((code, message)) => {
                    let path = ["input", "origins", &place.to_string()];
                    self.problems.push(Problem::at(&path, code, message));
                }
            }
        }
        Some(List(origins))
    }
}

fn required<I, T>(patch: Patch<I>, parse: impl FnOnce(I) -> Parsed<T>) -> Option<Parsed<T>> {
    match patch {
        Patch::Absent => None,
        Patch::Clear => Some(Err((ProblemCode::Required, "This cannot be cleared.".to_owned()))),
        Patch::Set(input) => Some(parse(input)),
    }
}

fn clearable<I, T>(patch: Patch<I>, parse: impl FnOnce(I) -> Parsed<T>) -> Option<Parsed<Option<T>>> {
    match patch {
        Patch::Absent => None,
        Patch::Clear => Some(Ok(None)),
        Patch::Set(input) => Some(parse(input).map(Some)),
    }
}

/// Scopes in their order, each once, none beyond the owner's rights.
fn lendable(mut scopes: Vec<Scope>, owner: Role) -> Parsed<List<Scope>> {
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err((ProblemCode::Required, "Name at least one scope.".to_owned()));
    }
    let is_beyond = |scope: &&Scope| access::least_lender(**scope).is_some_and(|least| owner < least);
    match scopes.iter().find(is_beyond) {
        Some(scope) => {
            Err((ProblemCode::OutOfRange, format!("{} goes beyond the owner's own rights.", scope.as_str())))
        }
        None => Ok(List(scopes)),
    }
}

/// An origin as browsers write it: a URL that `value::url` takes, with nothing behind the host and port.
fn origin(text: &str) -> Parsed<String> {
    let url = value::url(text)?;
    match Url::parse(&url) {
        Ok(url) if url.path() == "/" && url.query().is_none() && url.fragment().is_none() => {
            Ok(url.origin().ascii_serialization())
        }
        _ => Err((ProblemCode::Invalid, "This is no origin, such as https://www.example.org.".to_owned())),
    }
}

fn future(text: &str, now: DateTime<Utc>) -> Parsed<DateTime<Utc>> {
    let at = value::instant(text)?;
    if at > now { Ok(at) } else { Err((ProblemCode::OutOfRange, "This lies in the past.".to_owned())) }
}
