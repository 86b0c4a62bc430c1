//! The editors' list: drafts of all content, found, sorted and paged.

use serde_json::{Value, json};

use super::support::{Person, World};

specs! {
    in_a_world {
        the_list_has_drafts_of_all_content,
        the_list_is_filtered,
        the_list_is_sorted,
        a_state_in_the_filter_is_what_the_drafts_say,
        what_goes_to_readers_next_comes_first,
        the_list_is_read_page_by_page,
        the_list_is_for_those_who_may_read_drafts,
        a_null_in_the_filter_is_refused,
        the_list_takes_as_many_statements_however_long_it_is,
    }
}

/// The titles in the list with these arguments, and how many there are.
async fn listed(person: &Person, arguments: &str) -> Vec<String> {
    let question = format!("{{ editorialItems{arguments} {{ totalCount nodes {{ node {{ title }} editorial {{ version }} }} }} }}");
    let answer = person.ask(&question).await.expect_ok();
    let nodes = answer.data("/editorialItems/nodes").as_array().cloned().unwrap_or_default();
    assert_eq!(answer.data("/editorialItems/totalCount"), nodes.len());
    nodes.iter().map(|item| item["node"]["title"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Five drafts, a minute between each: the last published, the one before taken down again.
async fn filled(world: &World) -> (Person, Person) {
    let ada = world.editor("ada").await;
    let ben = world.author("ben").await;
    ada.creates("topicCreate", json!({ "name": "Slavery" })).await;
    ben.writes_post(json!({ "title": "Éclair" })).await;
    world.clock.advance(1);
    ada.writes_campaign().await;
    world.clock.advance(1);
    ada.writes_service().await;
    world.clock.advance(1);
    let gone = ada.publishes_post(json!({ "title": "Gone" })).await;
    ada.withdraws(&gone, "It was wrong").await;
    world.clock.advance(1);
    let shown = ada.publishes_post(json!({ "title": "Shown" })).await;
    ada.saves_in("cy", "postUpdate", &shown, json!({ "title": "Dangos" })).await;
    (ada, ben)
}

async fn the_list_has_drafts_of_all_content(world: &World) {
    let (ada, _) = filled(world).await;

    assert_eq!(listed(&ada, "").await, ["Shown", "Gone", "Safe team", "World Day", "Éclair"]);
}

async fn the_list_is_filtered(world: &World) {
    let (ada, ben) = filled(world).await;
    let id = ben.ask("{ editorialItems(filter: { text: \"eclair\" }) { nodes { editorial { savedBy { id } } } } }").await;
    let id = id.text("/editorialItems/nodes/0/editorial/savedBy/id").to_owned();

    assert_eq!(listed(&ada, "(filter: { types: [SERVICE, CAMPAIGN] })").await, ["Safe team", "World Day"]);
    assert_eq!(listed(&ada, "(filter: { types: [] })").await, [""; 0]);
    assert_eq!(listed(&ada, "(filter: { status: [WITHDRAWN] })").await, ["Gone"]);
    assert_eq!(listed(&ada, "(filter: { status: [] })").await, [""; 0]);
    assert_eq!(listed(&ada, "(filter: { status: [DRAFT] })").await, ["Safe team", "World Day", "Éclair"]);
    assert_eq!(listed(&ada, "(filter: { text: \"DANG\" })").await, ["Shown"]);
    assert_eq!(listed(&ada, "(filter: { text: \"%\" })").await, [""; 0]);
    assert_eq!(listed(&ada, "(filter: { savedBy: \"ben\" })").await, ["Éclair"]);
    assert_eq!(listed(&ada, &format!("(filter: {{ savedBy: {id:?}, types: [POST] }})")).await, ["Éclair"]);
}

async fn the_list_is_sorted(world: &World) {
    let (ada, _) = filled(world).await;

    let by_title = listed(&ada, "(sort: TITLE)").await;
    let in_welsh = listed(&ada.in_languages("cy"), "(sort: TITLE)").await;

    assert_eq!(by_title, ["Éclair", "Gone", "Safe team", "Shown", "World Day"]);
    assert_eq!(in_welsh, ["Dangos", "Éclair", "Gone", "Safe team", "World Day"]);
}

async fn a_state_in_the_filter_is_what_the_drafts_say(world: &World) {
    let (ada, ben) = filled(world).await;
    let in_review = ben.writes_post(json!({ "title": "In review" })).await;
    ben.does("contentSubmit", in_review.named()).await;
    let approved = ben.writes_post(json!({ "title": "Approved" })).await;
    ada.does("contentApprove", approved.approved("EDITORIAL")).await;
    schedules(&ada, "Scheduled", "2027-07-30T00:01:00+01:00").await;

    let mut said = Vec::new();
    for status in ["DRAFT", "IN_REVIEW", "APPROVED", "SCHEDULED", "PUBLISHED", "WITHDRAWN"] {
        let question = format!(
            "{{ editorialItems(filter: {{ status: [{status}] }}) {{ nodes {{ node {{ title }} editorial {{ status }} }} }} }}"
        );
        let answer = ada.ask(&question).await.expect_ok();
        let nodes = answer.data("/editorialItems/nodes").as_array().cloned().unwrap_or_default();
        let of = |item: &Value| format!("{} {}", item["editorial"]["status"], item["node"]["title"]).replace('"', "");
        said.push(nodes.iter().map(of).collect::<Vec<_>>().join(", "));
    }

    assert_eq!(
        said,
        [
            "DRAFT Safe team, DRAFT World Day, DRAFT Éclair",
            "IN_REVIEW In review",
            "APPROVED Approved",
            "SCHEDULED Scheduled",
            "PUBLISHED Shown",
            "WITHDRAWN Gone",
        ]
    );
}

async fn schedules(person: &Person, title: &str, publish_at: &str) {
    let post = person.writes_post(json!({ "title": title })).await;
    let when = json!({ "id": post.id, "expectedVersion": post.version, "publishAt": publish_at });
    person.does("contentSchedule", when).await;
}

async fn what_goes_to_readers_next_comes_first(world: &World) {
    let ada = world.editor("ada").await;
    schedules(&ada, "Later", "2027-07-30T00:01:00+01:00").await;
    ada.writes_post(json!({ "title": "Some day" })).await;
    ada.writes_post(json!({ "title": "One day" })).await;
    schedules(&ada, "Sooner", "2027-07-30T00:02:00+02:00").await;

    assert_eq!(paged(&ada, "sort: PUBLISH_AT").await, ["Sooner", "Later", "Some day", "One day"]);
    assert_eq!(listed(&ada, "(sort: PUBLISH_AT)").await, ["Sooner", "Later", "Some day", "One day"]);
}

async fn the_list_is_read_page_by_page(world: &World) {
    let (ada, _) = filled(world).await;

    assert_eq!(paged(&ada, "sort: TITLE").await, ["Éclair", "Gone", "Safe team", "Shown", "World Day"]);
    assert_eq!(paged(&ada, "sort: RECENTLY_EDITED").await, ["Shown", "Gone", "Safe team", "World Day", "Éclair"]);
}

async fn paged(person: &Person, sort: &str) -> Vec<String> {
    let (mut titles, mut after) = (Vec::new(), "null".to_owned());
    loop {
        let question = format!(
            "{{ editorialItems(first: 2, after: {after}, {sort}) {{ nodes {{ node {{ title }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let answer = person.ask(&question).await.expect_ok();
        let page = answer.data("/editorialItems");
        let nodes = page["nodes"].as_array().into_iter().flatten();
        titles.extend(nodes.map(|item| item["node"]["title"].as_str().unwrap_or_default().to_owned()));
        if page["pageInfo"]["hasNextPage"] != true {
            return titles;
        }
        after = page["pageInfo"]["endCursor"].to_string();
    }
}

async fn the_list_is_for_those_who_may_read_drafts(world: &World) {
    let (ada, _) = filled(world).await;
    let vera = world.viewer("vera").await;

    let refused = world.reader().ask("{ editorialItems { totalCount } }").await;
    let alone = vera.ask("{ editorialItems { totalCount } }").await.expect_ok();

    assert_eq!(refused.error_code(), "UNAUTHENTICATED");
    assert_eq!(refused.data("/editorialItems"), &Value::Null);
    assert_eq!(alone.data("/editorialItems/totalCount"), 5);
    drop(ada);
}

async fn a_null_in_the_filter_is_refused(world: &World) {
    let vera = world.viewer("vera").await;

    let answer = vera.ask("{ editorialItems(filter: { savedBy: null }) { totalCount } }").await;

    assert_eq!(answer.refused_argument(), "filter.savedBy");
}

async fn the_list_takes_as_many_statements_however_long_it_is(world: &World) {
    let ada = world.editor("ada").await;
    let question = "{ editorialItems { totalCount nodes { node { title } editorial { savedBy { name } revisions(first: 2) { totalCount nodes { version } } } } } }";
    ada.writes_post(json!({ "title": "One" })).await;
    let few = ada.ask(question).await.expect_ok();

    for number in ["Two", "Three", "Four", "Five"] {
        ada.writes_post(json!({ "title": number })).await;
    }

    let many = ada.ask(question).await.expect_ok();
    assert_eq!(many.data("/editorialItems/totalCount"), 5);
    assert_eq!(few.statements, many.statements);
}
