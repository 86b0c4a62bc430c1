//! Charts: a set of figures as a picture, in words, as a table and as files.

use reqwest::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG};
use serde_json::{Value, json};

use super::statistics::{figure, source, upsert};
use super::support::verbs::Doc;
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        the_alternative_text_says_what_the_chart_shows,
        the_table_beside_it_has_a_row_for_each_part,
        a_chart_is_told_in_the_language_of_its_words,
        a_caveat_in_another_language_says_so,
        the_image_carries_its_description_and_nothing_active,
        a_width_out_of_bounds_is_bad_input,
        parts_of_no_whole_are_drawn_as_bars,
        the_image_is_served_to_everybody,
        the_table_is_served_as_csv,
        a_cell_cannot_become_a_formula,
        a_corrected_figure_is_in_the_next_image,
        what_is_known_is_not_sent_again,
        a_draft_has_no_file,
        in_a_text_a_chart_is_a_picture_with_its_table,
        in_the_text_of_a_draft_a_chart_is_a_table,
        a_file_with_wrong_parameters_is_refused,
        charts_take_the_same_statements_however_many,
    }
}

const GROUPS: [(&str, &str); 4] = [("women", "49"), ("girls", "23"), ("men", "21"), ("boys", "7")];

/// The detected victims of 2016, published.
async fn victims(ada: &Person) -> Doc {
    parts(ada, &GROUPS, "PERCENT").await.1
}

/// A set of parts with these labels and values, published; and the statistic of the first.
async fn parts(ada: &Person, parts: &[(&str, &str)], unit: &str) -> (Doc, Doc) {
    let input = json!({
        "title": "Global Report on Trafficking in Persons 2018", "publisher": "UNODC", "kind": "INTERNATIONAL_BODY",
        "issuedOn": "2018-12-01",
    });
    let source = ada.creates("sourceCreate", input).await;
    let (mut of_set, mut first) = (Vec::new(), None);
    for (number, (label, value)) in parts.iter().enumerate() {
        let input = json!({
            "name": format!("Share {number}"), "definition": "A share.", "unit": unit, "population": "detected victims",
        });
        let statistic = ada.creates_in("en", "statisticCreate", input).await;
        let statistic = ada.does("figureUpsert", upsert(&statistic, &figure(value, "2016", &source))).await;
        let statistic = ada.publishes(&statistic).await;
        of_set.push(json!({ "label": label, "statisticId": statistic.id, "period": "2016" }));
        first = first.or(Some(statistic));
    }
    let input = json!({
        "title": "Who is found", "slug": "who", "subtitle": "Share of detected victims, world, 2016", "isComplete": true,
        "parts": of_set,
    });
    let set = ada.creates_in("en", "statisticSetCreate", input).await;
    (first.expect("a part"), ada.publishes(&set).await)
}

async fn told(world: &World, selection: &str) -> Value {
    let question = format!("{{ statisticSet(slug: \"who\") {{ {selection} }} }}");
    world.reader().ask(&question).await.expect_ok().data("/statisticSet").clone()
}

async fn file(world: &World, path: &str) -> Answer {
    world.reader().get(path).await.sent().await
}

async fn the_alternative_text_says_what_the_chart_shows(world: &World) {
    let ada = world.editor("ada").await;
    victims(&ada).await;

    let set = told(world, "chart { alt longDescription }").await;

    assert_eq!(
        set["chart"]["alt"],
        "Bar chart: women 49%, girls 23%, men 21%, boys 7% of detected victims, world, 2016. Source: UNODC, 2018."
    );
    assert_eq!(
        set["chart"]["longDescription"],
        "Who is found. Share of detected victims, world, 2016. Bar chart. women: 49%. girls: 23%. men: 21%. boys: 7%. \
         Together: 100%. Source: UNODC, Global Report on Trafficking in Persons 2018, 2018-12-01, Page 25."
    );
}

async fn the_table_beside_it_has_a_row_for_each_part(world: &World) {
    let ada = world.editor("ada").await;
    victims(&ada).await;

    let set = told(world, "chart { columns rows }").await;

    assert_eq!(set["chart"]["columns"], json!(["Part", "Value", "Period", "Area", "Source"]));
    assert_eq!(
        set["chart"]["rows"],
        json!([
            ["women", "49%", "2016", "world", "UNODC, 2018"],
            ["girls", "23%", "2016", "world", "UNODC, 2018"],
            ["men", "21%", "2016", "world", "UNODC, 2018"],
            ["boys", "7%", "2016", "world", "UNODC, 2018"],
        ])
    );
}

async fn a_chart_is_told_in_the_language_of_its_words(world: &World) {
    let ada = world.editor("ada").await;
    let set = victims(&ada).await;
    let input = json!({ "title": "Pwy a ganfuwyd", "slug": "pwy", "subtitle": "Y byd, 2016" });
    let set = ada.saves_in("cy", "statisticSetUpdate", &set, input).await;
    ada.publishes(&set).await;

    let question = |language: &str| {
        format!("{{ statisticSet(slug: \"who\", languages: [\"{language}\"]) {{ chart {{ alt url }} csvUrl }} }}")
    };
    let welsh = world.reader().ask(&question("cy")).await.expect_ok();
    let french = world.reader().ask(&question("fr")).await.expect_ok();

    assert!(welsh.text("/statisticSet/chart/alt").starts_with("Siart bar: women 49%"), "{welsh:?}");
    assert!(french.text("/statisticSet/chart/alt").starts_with("Bar chart: women 49%"), "{french:?}");
    let url = welsh.text("/statisticSet/chart/url");
    assert!(url.ends_with("/charts/pwy.svg?kind=bar&width=640&languages=cy"), "{url}");
    let csv = welsh.text("/statisticSet/csvUrl");
    assert!(csv.ends_with("/charts/pwy.csv?languages=cy"), "{csv}");
}

async fn a_caveat_in_another_language_says_so(world: &World) {
    let ada = world.editor("ada").await;
    let (statistic, set) = parts(&ada, &[("women", "49")], "PERCENT").await;
    let found = world.reader().ask(r#"{ statistic(slug: "share-0") { figure { source { id } } } }"#).await.expect_ok();
    let mut noted = figure("49", "2016", &statistic);
    noted["sourceId"] = found.data("/statistic/figure/source/id").clone();
    noted["caveat"] = "Detected victims only.".into();
    ada.publishes(&ada.does("figureUpsert", upsert(&statistic, &noted)).await).await;
    let input = json!({ "title": "Pwy a ganfuwyd", "slug": "pwy", "subtitle": "Y byd, 2016" });
    ada.publishes(&ada.saves_in("cy", "statisticSetUpdate", &set, input).await).await;

    let welsh = file(world, "/charts/pwy.svg?languages=cy").await;

    let line = "font-size=\"12\" lang=\"en\">Detected victims only.</text>";
    assert!(welsh.body.contains(line), "{}", welsh.body);
}

async fn the_image_carries_its_description_and_nothing_active(world: &World) {
    let ada = world.editor("ada").await;
    parts(&ada, &[("<script>alert(1)</script>", "49"), ("\" onload=\"x", "7")], "PERCENT").await;

    let set = told(world, "bars: chart(width: 320) { svg width height } squares: chart(kind: WAFFLE) { svg }").await;

    let bars = set["bars"]["svg"].as_str().expect("markup");
    let squares = set["squares"]["svg"].as_str().expect("markup");
    assert!(bars.contains("role=\"img\"") && bars.contains("<title>Who is found</title><desc>Who is found."), "{bars}");
    assert!(bars.contains("prefers-color-scheme:dark") && bars.contains("width=\"320\""), "{bars}");
    assert_eq!(set["bars"]["width"], 320);
    let active = |svg: &str| ["<script", "foreignObject", "href", "url(", "@import"].map(|part| svg.contains(part));
    assert_eq!((active(bars), active(squares)), ([false; 5], [false; 5]));
    assert!(squares.contains("class=\"mark\""), "{squares}");
}

async fn a_width_out_of_bounds_is_bad_input(world: &World) {
    let ada = world.editor("ada").await;
    victims(&ada).await;

    let narrow = world.reader().ask(r#"{ statisticSet(slug: "who") { chart(width: 239) { width } } }"#).await;
    let wide = world.reader().ask(r#"{ statisticSet(slug: "who") { chart(width: 1601) { width } } }"#).await;

    assert_eq!((narrow.error_code(), wide.error_code()), ("BAD_INPUT", "BAD_INPUT"));
}

async fn parts_of_no_whole_are_drawn_as_bars(world: &World) {
    let ada = world.editor("ada").await;
    parts(&ada, &[("2015", "-4.5"), ("2016", "12345678901234567890")], "OTHER").await;

    let set = told(world, "chart(kind: WAFFLE) { alt }").await;

    assert_eq!(
        set["chart"]["alt"],
        "Bar chart: 2015 -4.5, 2016 12,345,678,901,234,567,890. Share of detected victims, world, 2016. Source: UNODC, 2018."
    );
}

async fn the_image_is_served_to_everybody(world: &World) {
    let ada = world.editor("ada").await;
    victims(&ada).await;
    let svg = told(world, "chart(kind: WAFFLE, width: 320) { svg }").await["chart"]["svg"].clone();

    let image = file(world, "/charts/who.svg?kind=waffle&width=320&lang=en").await;

    assert_eq!((image.status, Some(image.body.as_str())), (200, svg.as_str()));
    assert_eq!(image.headers[CONTENT_TYPE], "image/svg+xml; charset=utf-8");
    assert_eq!(image.headers[CONTENT_SECURITY_POLICY], "default-src 'none'; style-src 'unsafe-inline'");
    assert_eq!(image.headers["x-content-type-options"], "nosniff");
    assert_eq!(image.headers[CACHE_CONTROL], "public, max-age=0, must-revalidate");
}

async fn the_table_is_served_as_csv(world: &World) {
    let ada = world.editor("ada").await;
    victims(&ada).await;

    let table = file(world, "/charts/who.csv").await;

    assert_eq!(table.headers[CONTENT_TYPE], "text/csv; charset=utf-8; header=present");
    assert_eq!(table.headers["content-disposition"], "attachment; filename=\"who.csv\"");
    assert_eq!(
        table.body,
        "label,value,unit,period,area,source,qualifier,lower,upper\r\n\
         women,49,%,2016,world,\"UNODC, 2018\",EXACT,,\r\n\
         girls,23,%,2016,world,\"UNODC, 2018\",EXACT,,\r\n\
         men,21,%,2016,world,\"UNODC, 2018\",EXACT,,\r\n\
         boys,7,%,2016,world,\"UNODC, 2018\",EXACT,,\r\n"
    );
}

async fn a_cell_cannot_become_a_formula(world: &World) {
    let ada = world.editor("ada").await;
    parts(&ada, &[("=HYPERLINK(1)", "-4.5"), ("@x", "7")], "OTHER").await;

    let table = file(world, "/charts/who.csv").await;

    assert!(table.body.contains("\r\n'=HYPERLINK(1),-4.5,other,"), "{}", table.body);
    assert!(table.body.contains("\r\n'@x,7,other,"), "{}", table.body);
}

async fn a_corrected_figure_is_in_the_next_image(world: &World) {
    let ada = world.editor("ada").await;
    let (women, _) = parts(&ada, &GROUPS, "PERCENT").await;
    let found = world.reader().ask(r#"{ statistic(slug: "share-0") { figure { id } } }"#).await.expect_ok();
    let id = found.text("/statistic/figure/id");

    let input = json!({ "figureId": id, "expectedVersion": women.version, "value": "48", "reason": "Typing error" });
    ada.tries("figureCorrect", input).await.expect_ok();

    assert!(file(world, "/charts/who.svg").await.body.contains("women 48%, girls 23%"));
    assert!(file(world, "/charts/who.csv").await.body.contains("women,48,%"));
}

async fn what_is_known_is_not_sent_again(world: &World) {
    let ada = world.editor("ada").await;
    victims(&ada).await;
    let first = file(world, "/charts/who.svg").await;
    let tag = first.headers[ETAG].to_str().expect("a tag").to_owned();

    let again = world.reader().get("/charts/who.svg").await.header("if-none-match", &tag).sent().await;

    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

async fn a_draft_has_no_file(world: &World) {
    let ada = world.editor("ada").await;
    let source = source(&ada).await;
    let input = json!({ "name": "Women", "slug": "women", "definition": "A share.", "unit": "PERCENT", "population": "all" });
    let women = ada.creates_in("en", "statisticCreate", input).await;
    let women = ada.does("figureUpsert", upsert(&women, &figure("49", "2016", &source))).await;
    let input = json!({
        "title": "Who", "slug": "who", "subtitle": "World", "parts": [{ "label": "women", "statisticId": women.id }],
    });
    ada.creates_in("en", "statisticSetCreate", input).await;

    let image = ada.with_drafts().get("/charts/who.svg").await.sent().await;
    let table = file(world, "/charts/who.csv").await;

    assert_eq!((image.status, table.status), (404, 404));
}

const IN_TEXT: &str = "{ post(slug: \"with-a-chart\") { body { html plainText } }
    statisticSet(slug: \"who\") { wide: chart(width: 640) { alt height } narrow: chart(width: 340) { height } } }";

async fn in_a_text_a_chart_is_a_picture_with_its_table(world: &World) {
    let ada = world.editor("ada").await;
    parts(&ada, &GROUPS[..2], "PERCENT").await;
    ada.publishes_post(json!({ "title": "With a chart", "body": "[[chart:who]]" })).await;

    let answer = world.reader().ask(IN_TEXT).await.expect_ok();

    let base = format!("{}/charts", world.app.config.public_url.as_str().trim_end_matches('/'));
    let chart = answer.data("/statisticSet");
    let (alt, wide, narrow) = (&chart["wide"]["alt"], &chart["wide"]["height"], &chart["narrow"]["height"]);
    let html = answer.text("/post/body/html").replace(&base, "BASE");
    assert_eq!(
        html,
        format!(
            "<div lang=\"en\" dir=\"ltr\"><figure data-chart=\"who\">\n<picture>\
             <source media=\"(max-width: 30em)\" srcset=\"BASE/who.svg?width=340&amp;languages=en\" width=\"340\" height=\"{narrow}\">\
             <img src=\"BASE/who.svg?width=640&amp;languages=en\" alt={alt} width=\"640\" height=\"{wide}\"></picture>\n\
             <details>\n<summary>The chart as a table</summary>\n<table>\n\
             <caption>Who is found<br>\nShare of detected victims, world, 2016</caption>\n<thead>\n<tr><th scope=\"col\">Part</th>\
             <th scope=\"col\">Value</th><th scope=\"col\">Period</th><th scope=\"col\">Area</th><th scope=\"col\">Source</th></tr>\n\
             </thead>\n<tbody>\n\
             <tr><th scope=\"row\">women</th><td>49%</td><td>2016</td><td>world</td><td>UNODC, 2018</td></tr>\n\
             <tr><th scope=\"row\">girls</th><td>23%</td><td>2016</td><td>world</td><td>UNODC, 2018</td></tr>\n\
             </tbody>\n</table>\n<p><a href=\"BASE/who.csv?languages=en\">Download as CSV</a></p>\n</details>\n\
             <figcaption>UNODC, 2018</figcaption>\n</figure>\n</div>"
        )
    );
    assert_eq!(
        answer.text("/post/body/plainText"),
        "Who is found\nShare of detected victims, world, 2016\nwomen\t49%\ngirls\t23%\nUNODC, 2018"
    );
    let files = ["/charts/who.svg?width=340&languages=en", "/charts/who.csv?languages=en"];
    assert_eq!([file(world, files[0]).await.status, file(world, files[1]).await.status], [200, 200]);
}

async fn in_the_text_of_a_draft_a_chart_is_a_table(world: &World) {
    let ada = world.editor("ada").await;
    parts(&ada, &GROUPS[..2], "PERCENT").await;
    ada.publishes_post(json!({ "title": "With a chart", "body": "[[chart:who]]" })).await;

    let answer = ada.with_drafts().ask(IN_TEXT).await.expect_ok();

    let html = answer.text("/post/body/html");
    assert!(html.contains("<figure data-chart=\"who\">\n<table>") && !html.contains("/charts/"), "{html}");
}

async fn a_file_with_wrong_parameters_is_refused(world: &World) {
    let ada = world.editor("ada").await;
    victims(&ada).await;

    let statuses = [
        file(world, "/charts/who.svg?width=10").await.status,
        file(world, "/charts/who.svg?width=x").await.status,
        file(world, "/charts/who.svg?kind=pie").await.status,
        file(world, "/charts/who.svg?languages=!").await.status,
        file(world, "/charts/who.png").await.status,
        file(world, "/charts/nobody.svg").await.status,
    ];

    assert_eq!(statuses, [400, 400, 400, 400, 404, 404]);
}

async fn charts_take_the_same_statements_however_many(world: &World) {
    let ada = world.editor("ada").await;
    let (women, first) = parts(&ada, &GROUPS, "PERCENT").await;
    let question = "{ statisticSets { nodes { chart { alt svg } } } }";
    let one = world.reader().ask(question).await.expect_ok();
    let another = json!({
        "title": "More", "subtitle": "World", "parts": [{ "label": "women", "statisticId": women.id }],
    });
    ada.publishes(&ada.creates_in("en", "statisticSetCreate", another).await).await;

    let two = world.reader().ask(question).await.expect_ok();

    assert_eq!((one.statements, two.statements), (5, 5));
    assert!(!first.id.is_empty());
}
