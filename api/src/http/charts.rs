//! `/charts/SLUG.svg` and `/charts/SLUG.csv`: published sets as an image and as a table, for `<img>` and for spreadsheets.
//!
//! Everybody sees the same: credentials and headers are not looked at, and the language is in the URL.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

use super::validated::Validated;
use super::{Floor, viewer};
use crate::domain::chart::{self, Chart, Kind, WIDTH, WIDTHS};
use crate::domain::read;
use crate::domain::statistic_set::StatisticSet;
use crate::domain::view::{Asked, View, ViewError};

/// An image has its own styles and nothing else.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
const SVG: &str = "image/svg+xml; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// Answers for one file. Parameters: `kind` (`bar`, `waffle`), `width` (240 to 1600) and `languages` (or `lang`), a wish list.
pub(super) async fn chart(
    State(floor): State<Arc<Floor>>,
    Path(file): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let mut response = match answer(&floor, &file, &uri).await {
        Ok((text, slug)) => {
            let mut response = text.answer(&headers);
            if text.is(CSV)
                && let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{slug}.csv\""))
            {
                response.headers_mut().insert(CONTENT_DISPOSITION, name);
            }
            response
        }
        Err(refused) => refused.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Why there is no chart.
enum Refused {
    /// A parameter is wrong.
    Malformed(&'static str),
    /// Nothing published has this slug.
    NotFound,
    /// The database is away.
    Unavailable,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let uncached = [(CACHE_CONTROL, "no-store")];
        match self {
            Self::Malformed(message) => {
                (StatusCode::BAD_REQUEST, uncached, format!("{message}\n")).into_response()
            }
            Self::NotFound => (StatusCode::NOT_FOUND, uncached, "There is no such chart.\n").into_response(),
            Self::Unavailable => {
                let headers = [(CACHE_CONTROL, "no-store"), (RETRY_AFTER, "5")];
                (StatusCode::SERVICE_UNAVAILABLE, headers, "Try again shortly.\n").into_response()
            }
        }
    }
}

impl From<ViewError> for Refused {
    fn from(error: ViewError) -> Self {
        tracing::warn!(error = %error, "no chart");
        Self::Unavailable
    }
}

async fn answer(floor: &Floor, file: &str, uri: &Uri) -> Result<(Validated, String), Refused> {
    let (slug, ending) = file.rsplit_once('.').ok_or(Refused::NotFound)?;
    let is_image = match ending {
        "svg" => true,
        "csv" => false,
        _ => return Err(Refused::NotFound),
    };
    let kind = match parameter(uri, "kind").as_deref() {
        None | Some("bar" | "BAR") => Kind::Bar,
        Some("waffle" | "WAFFLE") => Kind::Waffle,
        Some(_) => return Err(Refused::Malformed("The parameter `kind` must be bar or waffle.")),
    };
    let width = parameter(uri, "width").map_or(Some(WIDTH), |width| width.parse().ok());
    let width = width
        .filter(|width| WIDTHS.contains(width))
        .ok_or(Refused::Malformed("The parameter `width` must be a whole number from 240 to 1600."))?;
    let languages = viewer::wish_list(uri, "languages")
        .and_then(|wishes| wishes.map_or_else(|| viewer::wish_list(uri, "lang"), |wishes| Ok(Some(wishes))))
        .map_err(|_| {
            Refused::Malformed("The parameter `languages` must hold BCP 47 tags such as `cy,en`.")
        })?;

    let app = &floor.app;
    let view = View::of(app, Asked { languages: languages.unwrap_or_default(), ..Asked::default() }).await?;
    let found = read::by_slug::<StatisticSet>(&app.db, &view.scope, slug).await.map_err(ViewError::from)?;
    let set = found.ok_or(Refused::NotFound)?;
    let shown = chart::shown(&app.db, &view.scope, &[set.id()]).await.map_err(ViewError::from)?;
    let shown = shown.get(&set.id()).map(Vec::as_slice).unwrap_or_default();
    let chart = Chart::of(&set, shown, kind);
    let text =
        if is_image { Validated::new(SVG, chart.image(width).svg) } else { Validated::new(CSV, chart.csv()) };
    Ok((text, set.name.slug))
}

/// A parameter of the URL; of several, the first.
fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    pairs.find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}
