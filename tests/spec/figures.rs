//! Figures: written as the reader's language writes them, put right at once, superseded, cited and compared.

use serde_json::{Value, json};

use super::support::verbs::Doc;
use super::support::{Person, World};

specs! {
    in_a_world {
        a_correction_shows_at_once,
        a_later_period_supersedes,
        a_figure_is_due_and_then_stale,
        a_moment_out_of_bounds_is_refused,
        numbers_have_the_code_points_of_the_language_asked_for,
        a_published_digit_is_never_lost,
        a_statement_is_in_the_language_of_its_words,
        a_statement_is_safe_html,
        a_pattern_that_cannot_be_filled_is_refused,
        percentages_change_in_points,
        money_changes_in_per_cent,
        a_figure_is_cited_with_its_source,
        a_source_goes_to_reference_managers,
    }
}

async fn a_correction_shows_at_once(world: &World) {
    let ada = world.editor("ada").await;
    let women = publishes_women(&ada).await;
    let asked = r#"{ statistic(slug: "women-share") { figure(period: "2016") { id value formatted statement { text } corrections { previousValue reason } } } }"#;
    let before = world.reader().ask(asked).await.expect_ok();

    let correction = json!({ "figureId": before.data("/statistic/figure/id"), "expectedVersion": women.version,
        "value": "48", "reason": "Misread" });
    ada.does("figureCorrect", correction).await;

    let after = world.reader().ask(asked).await;
    insta::assert_snapshot!(after.expect_ok().told(), @r#"
    {
      "data": {
        "statistic": {
          "figure": {
            "id": "[id 1]",
            "value": "48",
            "formatted": "48%",
            "statement": {
              "text": "48% of detected victims were women"
            },
            "corrections": [
              {
                "previousValue": "49",
                "reason": "Misread"
              }
            ]
          }
        }
      }
    }
    "#);
}

async fn a_later_period_supersedes(world: &World) {
    let ada = world.editor("ada").await;

    publishes_women(&ada).await;

    let asked = r#"{ statistic(slug: "women-share") {
        latest: figure { formatted isLatest freshness }
        pinned: figure(period: "2016") { formatted isLatest freshness }
    } }"#;
    insta::assert_snapshot!(world.reader().ask(asked).await.expect_ok().told(), @r#"
    {
      "data": {
        "statistic": {
          "latest": {
            "formatted": "39%",
            "isLatest": true,
            "freshness": "FRESH"
          },
          "pinned": {
            "formatted": "49%",
            "isLatest": false,
            "freshness": "SUPERSEDED"
          }
        }
      }
    }
    "#);
}

async fn a_figure_is_due_and_then_stale(world: &World) {
    let ada = world.editor("ada").await;
    publishes_women(&ada).await;

    let asked = r#"{ statistic(slug: "women-share") { figure {
        last: freshness(at: "2026-12-31T23:59:59Z") due: freshness(at: "2027-01-01T00:00:00Z")
        late: freshness(at: "2027-06-30T12:00:00Z") stale: freshness(at: "2027-07-01T00:00:00Z")
    } } }"#;
    let answer = world.reader().ask(asked).await.expect_ok();

    let expected = json!({ "last": "FRESH", "due": "DUE", "late": "DUE", "stale": "STALE" });
    assert_eq!(answer.data("/statistic/figure"), &expected);
}

async fn a_moment_out_of_bounds_is_refused(world: &World) {
    let ada = world.editor("ada").await;
    publishes_women(&ada).await;

    let asked = |at: &str| {
        format!(r#"{{ statistic(slug: "women-share") {{ figure {{ freshness(at: "{at}") }} }} }}"#)
    };
    let early = world.reader().ask(&asked("1969-12-31T23:59:59Z")).await;
    let late = world.reader().ask(&asked("2201-01-01T00:00:00Z")).await;

    assert_eq!((early.error_code(), late.error_code()), ("BAD_INPUT", "BAD_INPUT"));
}

async fn numbers_have_the_code_points_of_the_language_asked_for(world: &World) {
    let ada = world.editor("ada").await;
    publishes_women(&ada).await;

    let asked = r#"
        query { en: statistic(slug: "women-share", languages: ["en"]) { ...F } cy: statistic(slug: "women-share", languages: ["cy"]) { ...F }
        pl: statistic(slug: "women-share", languages: ["pl"]) { ...F } fr: statistic(slug: "women-share", languages: ["fr"]) { ...F }
        de: statistic(slug: "women-share", languages: ["de"]) { ...F } tr: statistic(slug: "women-share", languages: ["tr"]) { ...F }
        fa: statistic(slug: "women-share", languages: ["fa"]) { ...F } ps: statistic(slug: "women-share", languages: ["ps"]) { ...F }
        ar: statistic(slug: "women-share", languages: ["ar-EG"]) { ...F } }
        fragment F on Statistic { figure(period: "2016") { formatted } }"#;
    let answer = world.reader().ask(asked).await.expect_ok();

    let told = |alias: &str| answer.text(&format!("/{alias}/figure/formatted")).to_owned();
    assert_eq!([told("en"), told("cy"), told("pl"), told("tr")], ["49%", "49%", "49%", "%49"]);
    assert_eq!([told("fr"), told("de")], ["49\u{a0}%", "49\u{a0}%"]);
    assert_eq!([told("fa"), told("ps")], ["\u{6f4}\u{6f9}\u{66a}", "\u{6f4}\u{6f9}\u{66a}"]);
    assert_eq!(told("ar"), "\u{664}\u{669}\u{66a}\u{61c}");
}

async fn a_published_digit_is_never_lost(world: &World) {
    let ada = world.editor("ada").await;
    let costs = writes_statistic(&ada, json!({ "unit": "CURRENCY", "currency": "GBP" })).await;
    let costs = says(&ada, &costs, "2016", "1234567890123456.7890").await;
    ada.publishes(&costs).await;

    let answer =
        world.reader().ask(r#"{ statistic(slug: "women-share") { figure { value formatted } } }"#).await;

    let expected = json!({ "value": "1234567890123456.7890", "formatted": "£1,234,567,890,123,456.7890" });
    assert_eq!(answer.expect_ok().data("/statistic/figure"), &expected);
}

async fn a_statement_is_in_the_language_of_its_words(world: &World) {
    let ada = world.editor("ada").await;
    publishes_women(&ada).await;

    let asked = r#"{ statistic(slug: "women-share", languages: ["fa"]) {
        isFallback statement(period: "2016") { text } figure(period: "2016") { formatted } } }"#;
    let answer = world.reader().ask(asked).await.expect_ok();

    let expected = json!({ "isFallback": true, "statement": { "text": "49% of detected victims were women" },
        "figure": { "formatted": "\u{6f4}\u{6f9}\u{66a}" } });
    assert_eq!(answer.data("/statistic"), &expected);
}

async fn a_statement_is_safe_html(world: &World) {
    let ada = world.editor("ada").await;
    let pattern = "{ $value } of detected victims <script>alert(\"1\")</script> & more";
    let women = writes_statistic(&ada, json!({ "statement": pattern })).await;
    let women = says(&ada, &women, "2016", "49").await;
    ada.publishes(&women).await;

    let answer =
        world.reader().ask(r#"{ statistic(slug: "women-share") { statement { text html } } }"#).await;

    let expected = json!({ "text": "49% of detected victims <script>alert(\"1\")</script> & more",
        "html": "49% of detected victims &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more" });
    assert_eq!(answer.expect_ok().data("/statistic/statement"), &expected);
}

async fn a_pattern_that_cannot_be_filled_is_refused(world: &World) {
    let ada = world.editor("ada").await;

    let broken =
        ada.tries("statisticCreate", json!({ "input": statistic(json!({ "statement": "{ $value" })) })).await;
    let foreign = json!({ "input": statistic(json!({ "statement": "{ $value } of { $area }" })) });
    let foreign = ada.tries("statisticCreate", foreign).await;

    assert_eq!(broken.user_errors(), ["INVALID input.statement"]);
    assert_eq!(foreign.user_errors(), ["INVALID input.statement"]);
}

async fn percentages_change_in_points(world: &World) {
    let ada = world.editor("ada").await;
    publishes_women(&ada).await;

    let asked = r#"{ statistic(slug: "women-share") {
        change(from: "2016", to: "2022") { difference text reason from { value } to { value } }
        missing: change(from: "2016", to: "1999") { text } } }"#;
    let answer = world.reader().ask(asked).await.expect_ok();

    let expected = json!({ "difference": "-10", "text": "\u{2212}10 percentage points", "reason": null,
        "from": { "value": "49" }, "to": { "value": "39" } });
    assert_eq!(answer.data("/statistic/change"), &expected);
    assert_eq!(answer.data("/statistic/missing"), &Value::Null);
}

async fn money_changes_in_per_cent(world: &World) {
    let ada = world.editor("ada").await;
    let costs = writes_statistic(&ada, json!({ "unit": "CURRENCY", "currency": "GBP" })).await;
    let costs = says(&ada, &costs, "2016", "250").await;
    let costs = says(&ada, &costs, "2022", "200").await;
    ada.publishes(&costs).await;

    let asked =
        r#"{ statistic(slug: "women-share") { change(from: "2016", to: "2022") { difference text } } }"#;
    let answer = world.reader().ask(asked).await.expect_ok();

    assert_eq!(answer.data("/statistic/change"), &json!({ "difference": "-20", "text": "\u{2212}20%" }));
}

async fn a_figure_is_cited_with_its_source(world: &World) {
    let ada = world.editor("ada").await;
    publishes_women(&ada).await;

    let asked = r#"{ statistic(slug: "women-share") { figure {
        citation full: citation(style: FULL) source { citation full: citation(style: FULL) } } } }"#;
    let answer = world.reader().ask(asked).await.expect_ok();

    insta::assert_snapshot!(answer.told(), @r#"
    {
      "data": {
        "statistic": {
          "figure": {
            "citation": "UNODC, 2018",
            "full": "United Nations Office on Drugs and Crime, Global Report on Trafficking in Persons 2018, 2018-12-01, Page 25, https://example.org/report.pdf",
            "source": {
              "citation": "UNODC, 2018",
              "full": "United Nations Office on Drugs and Crime, Global Report on Trafficking in Persons 2018, 2018-12-01, https://example.org/report.pdf"
            }
          }
        }
      }
    }
    "#);
}

async fn a_source_goes_to_reference_managers(world: &World) {
    let ada = world.editor("ada").await;
    publishes_women(&ada).await;

    let answer =
        world.reader().ask(r#"{ statistic(slug: "women-share") { figure { source { id csl } } } }"#).await;

    insta::assert_snapshot!(answer.expect_ok().told(), @r#"
    {
      "data": {
        "statistic": {
          "figure": {
            "source": {
              "id": "[id 1]",
              "csl": {
                "id": "[id 1]",
                "type": "report",
                "title": "Global Report on Trafficking in Persons 2018",
                "author": [
                  {
                    "literal": "United Nations Office on Drugs and Crime"
                  }
                ],
                "publisher": "United Nations Office on Drugs and Crime",
                "issued": {
                  "date-parts": [
                    [
                      2018,
                      12,
                      1
                    ]
                  ]
                },
                "URL": "https://example.org/report.pdf"
              }
            }
          }
        }
      }
    }
    "#);
}

/// The share of women among detected victims, 49% in 2016 and 39% in 2022.
async fn publishes_women(ada: &Person) -> Doc {
    let women = writes_statistic(ada, json!({})).await;
    let women = says(ada, &women, "2016", "49").await;
    let women = says(ada, &women, "2022", "39").await;
    ada.publishes(&women).await
}

async fn writes_statistic(ada: &Person, more: Value) -> Doc {
    ada.creates_in("en", "statisticCreate", statistic(more)).await
}

/// What an editor says about a statistic; `more` over the rest.
fn statistic(more: Value) -> Value {
    let mut input = json!({
        "slug": "women-share", "name": "Women among detected victims", "definition": "Women as a share of victims.",
        "unit": "PERCENT", "population": "detected victims", "statement": "{ $value } of detected victims were women",
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        input[field] = value.clone();
    }
    input
}

/// Adds the figure of a year.
async fn says(ada: &Person, statistic: &Doc, year: &str, value: &str) -> Doc {
    let source = json!({
        "title": "Global Report on Trafficking in Persons 2018", "publisher": "United Nations Office on Drugs and Crime",
        "kind": "INTERNATIONAL_BODY", "url": "https://example.org/report.pdf", "issuedOn": "2018-12-01",
    });
    let source = ada.creates("sourceCreate", source).await;
    let figure = json!({
        "value": value, "sourceId": source.id, "locator": "Page 25", "reviewDueOn": "2026-12-31",
        "period": { "label": year, "start": format!("{year}-01-01"), "end": format!("{year}-12-31") },
        "area": { "scheme": "M49", "code": "001" },
    });
    let arguments =
        json!({ "statisticId": statistic.id, "expectedVersion": statistic.version, "input": figure });
    ada.does("figureUpsert", arguments).await
}
