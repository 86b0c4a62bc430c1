//! Who is asking, and what they ask to see.

use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE};
use axum::http::{HeaderMap, HeaderName, Uri};
use url::form_urlencoded;

use super::refusal::Refusal;
use crate::domain::language::{self, LanguageTag};
use crate::domain::view::Asked;

/// Works whatever the Authorization header holds: with an expired token there one could not get a new one.
const SESSION_FIELDS: [&str; 3] = ["sessionCreate", "sessionRefresh", "sessionRevoke"];
/// Headers by which a request may be somebody's in particular, whatever they hold.
const PERSONAL: [HeaderName; 4] =
    [AUTHORIZATION, COOKIE, INCLUDE_DRAFTS, HeaderName::from_static("idempotency-key")];
/// Switches to drafts.
const INCLUDE_DRAFTS: HeaderName = HeaderName::from_static("x-include-drafts");
/// Longest access token that is looked at, in bytes.
const MAX_TOKEN: usize = 8 * 1024;
/// Most languages in a wish list.
const MAX_LANGUAGES: usize = 10;

/// Whether an operation does nothing but open, renew or end a session.
pub(super) fn is_about_sessions(root_fields: &[&str]) -> bool {
    !root_fields.is_empty() && root_fields.iter().all(|field| SESSION_FIELDS.contains(field))
}

/// Whether a request could be anybody's but an anonymous reader's of what is published.
pub(super) fn says_who(headers: &HeaderMap) -> bool {
    PERSONAL.iter().any(|name| headers.contains_key(name))
}

/// What a request says of itself. Credentials and drafts are not looked at where all root fields are session mutations.
///
/// # Errors
/// 401 for an Authorization header that holds no bearer token, 400 for a draft switch or a
/// language list that cannot be read. An Accept-Language header that cannot be read is as good as none.
pub(super) fn asked(headers: &HeaderMap, uri: &Uri, root_fields: &[&str]) -> Result<Asked, Refusal> {
    let languages = match wish_list(uri, "languages")? {
        Some(wishes) => wishes,
        None => accepted(headers),
    };
    if is_about_sessions(root_fields) {
        return Ok(Asked { languages, ..Asked::default() });
    }
    Ok(Asked { token: token(headers)?, drafts: drafts(headers)?, languages })
}

fn token(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let mut lines = headers.get_all(AUTHORIZATION).iter();
    let Some(line) = lines.next() else { return Ok(None) };
    let refused = || {
        Refusal::unauthenticated("Bearer", "The Authorization header must be `Bearer` and an access token.")
    };
    if lines.next().is_some() {
        return Err(refused());
    }
    let (scheme, token) = line.to_str().ok().and_then(|line| line.split_once(' ')).ok_or_else(refused)?;
    let token = token.trim();
    let readable =
        !token.is_empty() && token.len() <= MAX_TOKEN && token.bytes().all(|byte| byte.is_ascii_graphic());
    if scheme.eq_ignore_ascii_case("bearer") && readable {
        Ok(Some(token.to_owned()))
    } else {
        Err(refused())
    }
}

fn drafts(headers: &HeaderMap) -> Result<bool, Refusal> {
    let mut lines = headers.get_all(INCLUDE_DRAFTS).iter();
    let Some(line) = lines.next() else { return Ok(false) };
    let value = line.as_bytes().trim_ascii();
    if lines.next().is_none() && value.eq_ignore_ascii_case(b"true") {
        Ok(true)
    } else if value.eq_ignore_ascii_case(b"false") {
        Ok(false)
    } else {
        Err(Refusal::parameter("X-Include-Drafts", "The header X-Include-Drafts must be `true` or `false`."))
    }
}

/// The wish list that a parameter of the URL holds; `None` where it has none.
///
/// # Errors
/// 400 for what cannot be read.
pub(super) fn wish_list(uri: &Uri, parameter: &'static str) -> Result<Option<Vec<LanguageTag>>, Refusal> {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut lists = pairs.filter(|(name, _)| name == parameter).map(|(_, list)| list);
    let Some(list) = lists.next() else { return Ok(None) };
    let refused = |message: &str| Refusal::parameter(parameter, &message.replace("languages", parameter));
    if lists.next().is_some() {
        return Err(refused("The parameter `languages` is given twice; separate tags by commas."));
    }
    let tags = list.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    let wishes: Option<Vec<LanguageTag>> = tags.map(LanguageTag::parse).collect();
    let wishes =
        wishes.ok_or_else(|| refused("The parameter `languages` must hold BCP 47 tags such as `cy,en`."))?;
    if wishes.len() > MAX_LANGUAGES {
        return Err(refused("The parameter `languages` holds too many tags: at most 10."));
    }
    Ok((!wishes.is_empty()).then_some(wishes))
}

/// The languages that a request accepts, as one text: the same for headers that mean the same.
pub(super) fn accepted_text(headers: &HeaderMap) -> String {
    if !headers.contains_key(ACCEPT_LANGUAGE) {
        return String::new();
    }
    accepted(headers).iter().map(LanguageTag::as_str).collect::<Vec<_>>().join(",")
}

fn accepted(headers: &HeaderMap) -> Vec<LanguageTag> {
    let lines: Vec<&str> =
        headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok()).collect();
    language::accept_language(&lines.join(","))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue, StatusCode};

    use super::*;

    fn ask(
        uri: &'static str,
        headers: &[(&'static str, &'static str)],
        fields: &[&str],
    ) -> Result<Asked, StatusCode> {
        let headers = headers
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        asked(&headers, &Uri::from_static(uri), fields).map_err(|refusal| refusal.status.unwrap_or_default())
    }

    #[test]
    fn a_bearer_token_is_taken_and_nothing_else() {
        let token = |line| ask("/graphql", &[("authorization", line)], &["post"]).map(|asked| asked.token);
        assert_eq!(token("Bearer abc.def"), Ok(Some("abc.def".to_owned())));
        assert_eq!(token("bearer  abc"), Ok(Some("abc".to_owned())));
        for line in ["", "Bearer", "Bearer ", "Basic abc", "abc", "Bearer a b"] {
            assert_eq!(token(line), Err(StatusCode::UNAUTHORIZED), "{line:?}");
        }
    }

    #[test]
    fn session_mutations_work_with_any_header() {
        let headers = [("authorization", "nonsense"), ("x-include-drafts", "true")];
        assert!(
            ask("/graphql", &headers, &["sessionCreate"])
                .is_ok_and(|asked| asked.token.is_none() && !asked.drafts)
        );
        assert!(ask("/graphql", &headers, &["sessionCreate", "postCreate"]).is_err());
    }

    #[test]
    fn drafts_are_asked_for_by_one_word() {
        let drafts =
            |line| ask("/graphql", &[("x-include-drafts", line)], &["post"]).map(|asked| asked.drafts);
        assert_eq!(drafts("TRUE"), Ok(true));
        assert_eq!(drafts("false"), Ok(false));
        assert_eq!(drafts("1"), Err(StatusCode::BAD_REQUEST));
    }

    #[test]
    fn the_url_decides_the_languages_before_the_header() {
        let accept = [("accept-language", "fr, de;q=0.5")];
        let tags = |uri| {
            ask(uri, &accept, &["post"])
                .map(|asked| asked.languages.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(tags("/graphql?languages=cy,EN-gb"), Ok(vec!["cy".to_owned(), "en-GB".to_owned()]));
        assert_eq!(tags("/graphql?languages="), Ok(vec!["fr".to_owned(), "de".to_owned()]));
        assert_eq!(tags("/graphql"), Ok(vec!["fr".to_owned(), "de".to_owned()]));
        assert_eq!(tags("/graphql?languages=cy,!"), Err(StatusCode::BAD_REQUEST));
        assert_eq!(tags("/graphql?languages=cy&languages=en"), Err(StatusCode::BAD_REQUEST));
    }
}
