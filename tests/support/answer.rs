//! What a person is told.

use std::collections::HashMap;
use std::fmt;

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer over HTTP.
#[derive(Clone)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body as it came.
    pub(crate) body: String,
    /// The body read as JSON; null where it is none.
    pub(crate) json: Value,
    /// How many SQL statements it took.
    pub(crate) statements: u32,
}

impl Answer {
    /// A header's value; empty where it was not sent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// What stands in `data` at a JSON pointer: `/posts/nodes/0/title`.
    #[track_caller]
    pub(crate) fn data(&self, pointer: &str) -> &Value {
        let found = self.json.get("data").and_then(|data| data.pointer(pointer));
        found.unwrap_or_else(|| panic!("there is no {pointer} in {self:?}"))
    }

    /// The text at a JSON pointer into `data`.
    #[track_caller]
    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.data(pointer).as_str().unwrap_or_else(|| panic!("{pointer} is no text in {self:?}"))
    }

    /// The top-level errors.
    pub(crate) fn errors(&self) -> &[Value] {
        self.json["errors"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The code of the only top-level error.
    #[track_caller]
    pub(crate) fn error_code(&self) -> &str {
        let [error] = self.errors() else { panic!("one error expected in {self:?}") };
        error["extensions"]["code"].as_str().unwrap_or_else(|| panic!("an error without a code in {self:?}"))
    }

    /// The argument that the only error refuses, as `filter.title.eq`.
    #[track_caller]
    pub(crate) fn refused_argument(&self) -> String {
        assert_eq!(self.error_code(), "BAD_INPUT", "{self:?}");
        let path = self.errors()[0]["extensions"]["argumentPath"].as_array();
        path.into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(".")
    }

    /// The `userErrors` of the only mutation, as `CODE input.path`.
    #[track_caller]
    pub(crate) fn user_errors(&self) -> Vec<String> {
        let payloads = self.json["data"].as_object().unwrap_or_else(|| panic!("no data in {self:?}"));
        let errors = payloads.values().find_map(|payload| payload["userErrors"].as_array());
        let errors = errors.unwrap_or_else(|| panic!("no userErrors in {self:?}"));
        errors.iter().map(user_error).collect()
    }

    /// The answer, if it is a whole success: 200, no errors, and no user errors where there could be any.
    #[track_caller]
    pub(crate) fn expect_ok(self) -> Self {
        let refused = self.json["data"].as_object().is_some_and(|payloads| {
            payloads.values().any(|payload| payload["userErrors"].as_array().is_some_and(|e| !e.is_empty()))
        });
        assert!(
            self.status == 200 && self.errors().is_empty() && self.json["data"].is_object() && !refused,
            "a success was expected, but the answer is {self:?}"
        );
        self
    }

    /// The whole body for a snapshot: ids, cursors and tokens are numbered by their first appearance.
    pub(crate) fn told(&self) -> String {
        let mut names = HashMap::new();
        let json = redact(&self.json, "", &mut names);
        serde_json::to_string_pretty(&json).expect("JSON can be written")
    }
}

fn user_error(error: &Value) -> String {
    let path: Vec<&str> = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    format!("{} {}", error["code"].as_str().unwrap_or("?"), path.join(".")).trim_end().to_owned()
}

/// Replaces what differs from run to run, but keeps what is equal equal.
fn redact(value: &Value, key: &str, names: &mut HashMap<String, String>) -> Value {
    let kind = match key {
        "id" | "cacheKey" | "nodeId" | "deletedId" => "id",
        "cursor" | "startCursor" | "endCursor" | "latestChangeCursor" => "cursor",
        "accessToken" | "refreshToken" | "token" | "secret" => "secret",
        "requestId" => "request",
        _ => "",
    };
    match value {
        Value::String(text) if !kind.is_empty() => {
            let number = names.values().filter(|name| name.starts_with(&format!("[{kind} "))).count() + 1;
            let name = names.entry(text.clone()).or_insert_with(|| format!("[{kind} {number}]"));
            Value::String(name.clone())
        }
        Value::Array(items) => items.iter().map(|item| redact(item, key, names)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| (key.clone(), redact(value, key, names))).collect()
        }
        other => other.clone(),
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.status, if self.json.is_null() { self.body.clone() } else { self.told() })
    }
}
