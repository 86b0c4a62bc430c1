//! What a page tells search engines and those who share it: meta tags, Open Graph and JSON-LD (schema.org).

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::{Value, json};

/// The longest description that is made from a text, in characters: about what search engines show.
const MAX_DESCRIPTION: usize = 155;

/// A page, as others see it.
pub struct Page<'a> {
    /// What it is called there.
    pub title: &'a str,
    /// One or two sentences; may be empty.
    pub description: &'a str,
    /// Where it is at home.
    pub url: &'a str,
    /// BCP 47.
    pub language: &'a str,
    /// What the site is called.
    pub site: &'a str,
    /// Whether search engines may keep it.
    pub robots: &'a str,
    /// For an article: when it was published, and last changed.
    pub dates: Option<(Option<DateTime<Utc>>, DateTime<Utc>)>,
}

/// An element of a page's head.
pub struct Tag {
    /// `title`, `meta` or `link`.
    pub name: &'static str,
    /// Its attributes.
    pub attributes: Value,
    /// Its text; `None` for elements without.
    pub content: Option<String>,
}

/// Who publishes, with the ways to reach them.
pub struct Publisher<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their page.
    pub url: &'a str,
    /// Telephone lines: what each is called, and its number.
    pub contacts: Vec<(&'a str, String)>,
}

/// The head of a page: title, description, canonical link, robots and Open Graph.
#[must_use]
pub fn tags(page: &Page<'_>) -> Vec<Tag> {
    let named = |name: &str, content: &str| Tag {
        name: "meta",
        attributes: json!({ "name": name, "content": content }),
        content: None,
    };
    let property = |property: &str, content: &str| Tag {
        name: "meta",
        attributes: json!({ "property": property, "content": content }),
        content: None,
    };
    let mut tags = vec![Tag { name: "title", attributes: json!({}), content: Some(page.title.to_owned()) }];
    if !page.description.is_empty() {
        tags.push(named("description", page.description));
    }
    tags.push(named("robots", page.robots));
    tags.push(Tag {
        name: "link",
        attributes: json!({ "rel": "canonical", "href": page.url }),
        content: None,
    });
    tags.push(property("og:title", page.title));
    if !page.description.is_empty() {
        tags.push(property("og:description", page.description));
    }
    tags.push(property("og:type", if page.dates.is_some() { "article" } else { "website" }));
    tags.push(property("og:url", page.url));
    tags.push(property("og:site_name", page.site));
    tags.push(property("og:locale", &page.language.replace('-', "_")));
    if let Some((published, modified)) = page.dates {
        if let Some(published) = published {
            tags.push(property("article:published_time", &instant(published)));
        }
        tags.push(property("article:modified_time", &instant(modified)));
    }
    tags.push(named("twitter:card", "summary"));
    tags
}

/// An Article of schema.org.
#[must_use]
pub fn article(
    page: &Page<'_>,
    authors: &[String],
    publisher: &Publisher<'_>,
    licence: Option<&str>,
) -> Value {
    let mut article = thing(page, "Article", "headline");
    article["mainEntityOfPage"] = page.url.into();
    if let Some((published, modified)) = page.dates {
        if let Some(published) = published {
            article["datePublished"] = instant(published).into();
        }
        article["dateModified"] = instant(modified).into();
    }
    if !authors.is_empty() {
        let authors = authors.iter().map(|name| json!({ "@type": "Person", "name": name }));
        article["author"] = authors.collect();
    }
    article["publisher"] = organisation(publisher);
    if let Some(licence) = licence {
        article["license"] = licence.into();
    }
    inert(article)
}

/// An Event of schema.org; without days while none are known.
#[must_use]
pub fn event(
    page: &Page<'_>,
    days: Option<(NaiveDate, NaiveDate)>,
    organiser: Option<(&str, Option<&str>)>,
    publisher: &Publisher<'_>,
) -> Value {
    let mut event = thing(page, "Event", "name");
    if let Some((first, last)) = days {
        event["startDate"] = first.to_string().into();
        event["endDate"] = last.to_string().into();
    }
    event["eventAttendanceMode"] = "https://schema.org/OnlineEventAttendanceMode".into();
    event["location"] = json!({ "@type": "VirtualLocation", "url": page.url });
    event["organizer"] = match organiser {
        Some((name, Some(url))) => json!({ "@type": "Organization", "name": name, "url": url }),
        Some((name, None)) => json!({ "@type": "Organization", "name": name }),
        None => organisation(publisher),
    };
    inert(event)
}

/// The first words of a text, on one line.
#[must_use]
pub fn excerpt(plain_text: &str) -> String {
    let mut excerpt = String::new();
    let mut length = 0;
    for word in plain_text.split_whitespace() {
        let longer = length + word.chars().count() + usize::from(length > 0);
        if longer > MAX_DESCRIPTION {
            if excerpt.is_empty() {
                excerpt = word.chars().take(MAX_DESCRIPTION).collect();
            }
            return excerpt.trim_end_matches([',', ';', ':', '.', '–', '-']).to_owned() + "…";
        }
        if length > 0 {
            excerpt.push(' ');
        }
        excerpt.push_str(word);
        length = longer;
    }
    excerpt
}

fn thing(page: &Page<'_>, kind: &str, name: &str) -> Value {
    let mut thing = json!({ "@context": "https://schema.org", "@type": kind });
    thing[name] = page.title.into();
    if !page.description.is_empty() {
        thing["description"] = page.description.into();
    }
    thing["inLanguage"] = page.language.into();
    thing["url"] = page.url.into();
    thing
}

fn organisation(publisher: &Publisher<'_>) -> Value {
    let mut organisation = json!({ "@type": "Organization", "name": publisher.name, "url": publisher.url });
    if !publisher.contacts.is_empty() {
        let contacts = publisher.contacts.iter().map(|(label, number)| {
            json!({ "@type": "ContactPoint", "contactType": "customer support", "name": label, "telephone": number })
        });
        organisation["contactPoint"] = contacts.collect();
    }
    organisation
}

/// The same with ‹ for every `<` in a text: however a website writes it into a script element, it cannot end that.
fn inert(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace('<', "‹")),
        Value::Array(values) => values.into_iter().map(inert).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, inert(value))).collect(),
        other => other,
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_after_a_word() {
        assert_eq!(excerpt("One\n\ntwo  three."), "One two three.");
        let long = excerpt(&"word, ".repeat(60));
        assert!(long.ends_with("word…") && long.chars().count() <= MAX_DESCRIPTION + 1, "{long}");
        assert_eq!(excerpt(&"x".repeat(400)).chars().count(), MAX_DESCRIPTION + 1);
    }

    #[test]
    fn json_ld_cannot_end_a_script() {
        let publisher = Publisher {
            name: "Trust",
            url: "https://example.org/",
            contacts: vec![("Line", "116123".into())],
        };
        let page = Page {
            title: "</script><script>alert(1)",
            description: "",
            url: "https://example.org/posts/a",
            language: "en",
            site: "Trust",
            robots: "index, follow",
            dates: None,
        };
        let written = article(&page, &["<!--".into()], &publisher, None).to_string();
        assert!(!written.contains('<'), "{written}");
        assert!(written.contains("\"telephone\":\"116123\""), "{written}");
    }
}
