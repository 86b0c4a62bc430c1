//! The pages for people: what this is, the explorer, and the schema as text. Nothing comes from elsewhere.

use std::sync::Arc;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::validated::Validated;
use crate::config::Config;
use crate::domain::html::escaped;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The pages, their assets, and the schema. Without `config.explorer` there is no explorer, nor a link to it.
pub(super) fn router(config: &Config, sdl: String) -> Router {
    let site = escaped(&config.site_name);
    let home = include_str!("pages/home.html").replace("{{site}}", &site);
    let link = if config.explorer {
        r#"<li><a href="/explorer">Explorer</a>: write your own queries</li>"#
    } else {
        ""
    };
    let mut router = Router::new();
    let mut pages = vec![
        ("/", HTML, home.replace("{{explorer}}", link)),
        ("/schema.graphql", TEXT, sdl),
        ("/assets/style.css", CSS, include_str!("pages/style.css").to_owned()),
        ("/assets/home.js", SCRIPT, include_str!("pages/home.js").to_owned()),
    ];
    if config.explorer {
        pages.extend([
            ("/explorer", HTML, include_str!("pages/explorer.html").replace("{{site}}", &site)),
            ("/assets/explorer.js", SCRIPT, include_str!("pages/explorer.js").to_owned()),
            ("/assets/schema-browser.js", SCRIPT, include_str!("pages/schema-browser.js").to_owned()),
        ]);
    }
    for (path, content_type, text) in pages {
        let page = Arc::new(Validated::new(content_type, text));
        let answer = move |headers: HeaderMap| std::future::ready(with_policy(page.answer(&headers)));
        router = router.route(path, get(answer));
    }
    router
}

/// What answers any other path.
pub(super) async fn not_found() -> Response {
    with_policy(
        (StatusCode::NOT_FOUND, [(CACHE_CONTROL, "no-store")], "Nothing lives here.\n").into_response(),
    )
}

fn with_policy(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(escaped("<b>&\"x\"</b>"), "&lt;b&gt;&amp;&quot;x&quot;&lt;/b&gt;");
    }

    #[test]
    fn pages_name_no_other_origin() {
        for text in [
            include_str!("pages/home.html"),
            include_str!("pages/explorer.html"),
            include_str!("pages/style.css"),
            include_str!("pages/home.js"),
            include_str!("pages/explorer.js"),
            include_str!("pages/schema-browser.js"),
        ] {
            assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("src=\"//"));
        }
    }
}
