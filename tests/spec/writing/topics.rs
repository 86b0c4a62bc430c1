//! Writing topics, people, sources and the site: they have no drafts, each save is live at once.

use serde_json::{Value, json};

use crate::support::verbs::nulls;
use crate::support::{Person, World};

specs! {
    in_a_world {
        a_topic_keeps_all_that_it_is_given,
        what_an_update_of_a_topic_leaves_out_stays,
        null_clears_a_topic_but_not_its_name,
        a_person_keeps_all_that_is_said_of_them,
        what_an_update_of_a_person_leaves_out_stays,
        null_clears_a_person_but_not_their_name,
        a_source_keeps_all_that_it_is_given,
        what_an_update_of_a_source_leaves_out_stays,
        null_clears_a_source_but_not_what_it_must_have,
        the_site_keeps_all_that_it_is_given,
        what_an_update_of_the_site_leaves_out_stays,
        null_clears_the_site,
    }
}

const TOPIC: &str =
    "... on Topic { version name slug language description isSensitive channels { label } path }";
const PERSON: &str = "... on Person { version name slug role bio { markdown } isPseudonym path }";
const SOURCE: &str = "... on Source {
  version title slug publisher kind url doi issuedOn accessedOn archivedUrl licence nextExpectedOn
}";
const SITE: &str = "site { organisation { name url registrations { scheme number } } exitLink { url label } channels { label } }";

fn person() -> Value {
    json!({ "name": "Rosa", "slug": "rosa-l", "role": "Caseworker", "bio": "Twenty **years** of it.",
        "isPseudonym": true })
}

fn source() -> Value {
    json!({
        "title": "Global Report on Trafficking in Persons",
        "publisher": "UNODC",
        "kind": "INTERNATIONAL_BODY",
        "slug": "unodc-2018",
        "url": "https://www.unodc.org/glotip",
        "doi": "https://doi.org/10.18356/abc",
        "issuedOn": "2019-01-07",
        "accessedOn": "2026-06-30",
        "archivedUrl": "https://web.archive.org/glotip",
        "licence": "CC BY 4.0",
        "nextExpectedOn": "2027-01-01",
    })
}

async fn a_topic_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;
    let input = topic(&ada).await;

    let selection = format!("topic {{ {TOPIC} }} userErrors {{ code path }}");
    let answer = ada.tries_for("topicCreate", json!({ "input": input }), &selection).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "topicCreate": {
          "topic": {
            "version": 1,
            "name": "Modern slavery",
            "slug": "slavery",
            "language": "en",
            "description": "People held in it today.",
            "isSensitive": true,
            "channels": [
              {
                "label": "Safe line"
              }
            ],
            "path": "/topics/slavery"
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn what_an_update_of_a_topic_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let input = topic(&ada).await;
    let topic = ada.creates("topicCreate", input).await;
    let before = ada.reads(&topic, TOPIC).await;

    ada.tries_by_variables("topicUpdate", topic.named(), json!({})).await.expect_ok();

    let after = ada.reads(&topic, TOPIC).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 1"#, r#""version": 2"#));
}

async fn null_clears_a_topic_but_not_its_name(world: &World) {
    // A lead: the topic is sensitive.
    let ada = world.lead("ada").await;
    let input = topic(&ada).await;
    let topic = ada.creates("topicCreate", input).await;

    let refused = ada.tries("topicUpdate", topic.with(nulls("TopicUpdateInput", &[]))).await;
    ada.saves("topicUpdate", &topic, nulls("TopicUpdateInput", &["name"])).await;

    assert_eq!(refused.user_errors(), ["REQUIRED input.name"]);
    insta::assert_snapshot!(ada.reads(&topic, TOPIC).await.told(), @r#"
    {
      "data": {
        "node": {
          "version": 2,
          "name": "Modern slavery",
          "slug": "modern-slavery",
          "language": "en",
          "description": null,
          "isSensitive": false,
          "channels": [],
          "path": "/topics/modern-slavery"
        }
      }
    }
    "#);
}

async fn a_person_keeps_all_that_is_said_of_them(world: &World) {
    let ada = world.editor("ada").await;

    let selection = format!("person {{ {PERSON} }} userErrors {{ code path }}");
    let answer = ada.tries_for("personCreate", json!({ "input": person() }), &selection).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "personCreate": {
          "person": {
            "version": 1,
            "name": "Rosa",
            "slug": "rosa-l",
            "role": "Caseworker",
            "bio": {
              "markdown": "Twenty **years** of it."
            },
            "isPseudonym": true,
            "path": "/people/rosa-l"
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn what_an_update_of_a_person_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let rosa = ada.creates("personCreate", person()).await;
    let before = ada.reads(&rosa, PERSON).await;

    ada.tries_by_variables("personUpdate", rosa.named(), json!({})).await.expect_ok();

    let after = ada.reads(&rosa, PERSON).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 1"#, r#""version": 2"#));
}

async fn null_clears_a_person_but_not_their_name(world: &World) {
    let ada = world.editor("ada").await;
    let rosa = ada.creates("personCreate", person()).await;

    let refused = ada.tries("personUpdate", rosa.with(nulls("PersonUpdateInput", &[]))).await;
    ada.saves("personUpdate", &rosa, nulls("PersonUpdateInput", &["name"])).await;

    assert_eq!(refused.user_errors(), ["REQUIRED input.name"]);
    insta::assert_snapshot!(ada.reads(&rosa, PERSON).await.told(), @r#"
    {
      "data": {
        "node": {
          "version": 2,
          "name": "Rosa",
          "slug": "rosa",
          "role": null,
          "bio": null,
          "isPseudonym": false,
          "path": "/people/rosa"
        }
      }
    }
    "#);
}

async fn a_source_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;

    let selection = format!("source {{ {SOURCE} }} userErrors {{ code path }}");
    let answer = ada.tries_for("sourceCreate", json!({ "input": source() }), &selection).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "sourceCreate": {
          "source": {
            "version": 1,
            "title": "Global Report on Trafficking in Persons",
            "slug": "unodc-2018",
            "publisher": "UNODC",
            "kind": "INTERNATIONAL_BODY",
            "url": "https://www.unodc.org/glotip",
            "doi": "10.18356/abc",
            "issuedOn": "2019-01-07",
            "accessedOn": "2026-06-30",
            "archivedUrl": "https://web.archive.org/glotip",
            "licence": "CC BY 4.0",
            "nextExpectedOn": "2027-01-01"
          },
          "userErrors": []
        }
      }
    }
    "#);
}

async fn what_an_update_of_a_source_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let report = ada.creates("sourceCreate", source()).await;
    let before = ada.reads(&report, SOURCE).await;

    ada.tries_by_variables("sourceUpdate", report.named(), json!({})).await.expect_ok();

    let after = ada.reads(&report, SOURCE).await;
    assert_eq!(after.told(), before.told().replace(r#""version": 1"#, r#""version": 2"#));
}

async fn null_clears_a_source_but_not_what_it_must_have(world: &World) {
    let ada = world.editor("ada").await;
    let report = ada.creates("sourceCreate", source()).await;
    let must_have = ["title", "publisher", "kind"];

    let refused = ada.tries("sourceUpdate", report.with(nulls("SourceUpdateInput", &[]))).await;
    ada.saves("sourceUpdate", &report, nulls("SourceUpdateInput", &must_have)).await;

    assert_eq!(
        refused.user_errors(),
        ["REQUIRED input.kind", "REQUIRED input.title", "REQUIRED input.publisher"]
    );
    insta::assert_snapshot!(ada.reads(&report, SOURCE).await.told(), @r#"
    {
      "data": {
        "node": {
          "version": 2,
          "title": "Global Report on Trafficking in Persons",
          "slug": "global-report-on-trafficking-in-persons",
          "publisher": "UNODC",
          "kind": "INTERNATIONAL_BODY",
          "url": null,
          "doi": null,
          "issuedOn": null,
          "accessedOn": null,
          "archivedUrl": null,
          "licence": null,
          "nextExpectedOn": null
        }
      }
    }
    "#);
}

async fn the_site_keeps_all_that_it_is_given(world: &World) {
    let ada = world.editor("ada").await;
    let root = world.admin("root").await;
    let input = site(&ada).await;

    root.tries("siteUpdate", json!({ "input": input })).await.expect_ok();

    let answer = root.with_drafts().ask(&format!("{{ {SITE} }}")).await.expect_ok();
    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "site": {
          "organisation": {
            "name": "The Charity Trust",
            "url": "https://charity.example/about",
            "registrations": [
              {
                "scheme": "GB-CHC",
                "number": "1234567"
              }
            ]
          },
          "exitLink": {
            "url": "https://www.bbc.co.uk/weather",
            "label": "Weather"
          },
          "channels": [
            {
              "label": "Safe line"
            }
          ]
        }
      }
    }
    "#);
}

async fn what_an_update_of_the_site_leaves_out_stays(world: &World) {
    let ada = world.editor("ada").await;
    let root = world.admin("root").await;
    let input = site(&ada).await;
    root.tries("siteUpdate", json!({ "input": input })).await.expect_ok();
    let before = root.with_drafts().ask(&format!("{{ {SITE} }}")).await.expect_ok();

    root.tries_by_variables("siteUpdate", json!({}), json!({})).await.expect_ok();

    let after = root.with_drafts().ask(&format!("{{ {SITE} }}")).await.expect_ok();
    assert_eq!(after.body, before.body);
}

async fn null_clears_the_site(world: &World) {
    let ada = world.editor("ada").await;
    let root = world.admin("root").await;
    let input = site(&ada).await;
    root.tries("siteUpdate", json!({ "input": input })).await.expect_ok();

    root.tries("siteUpdate", json!({ "input": nulls("SiteInput", &[]) })).await.expect_ok();

    let answer = root.with_drafts().ask(&format!("{{ {SITE} }}")).await.expect_ok();
    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "site": {
          "organisation": {
            "name": "The Charity",
            "url": null,
            "registrations": []
          },
          "exitLink": null,
          "channels": []
        }
      }
    }
    "#);
}

/// A topic with every field, and the channel that it shows.
async fn topic(ada: &Person) -> Value {
    let service = ada.writes_service().await;
    let channel = ada.writes_channel(&service).await;
    json!({ "name": "Modern slavery", "slug": "slavery", "description": "People held in it today.",
        "isSensitive": true, "channelIds": [channel.id] })
}

/// The site's settings, every one, and the channel that it shows.
async fn site(ada: &Person) -> Value {
    let service = ada.writes_service().await;
    let channel = ada.writes_channel(&service).await;
    json!({
        "channelIds": [channel.id],
        "exitLink": { "url": "https://www.bbc.co.uk/weather", "label": "Weather" },
        "organisationName": "The Charity Trust",
        "organisationUrl": "https://charity.example/about",
        "registrations": [{ "scheme": "GB-CHC", "number": "1234567" }],
    })
}
