//! The order in which help is named, and that an open line is always there.

use entity::contact_channel::language;
use entity::document::{Model as Document, NodeKind, State};
use entity::service::area;
use entity::statistic::AreaScheme;

use super::words::Words;
use super::*;
use crate::domain::area as areas;
use crate::domain::content::Content;
use crate::domain::emergency::Emergency;
use crate::domain::message::Voice;

const NOON: &str = "2026-07-20T11:00:00Z";

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|error| panic!("{text:?} is no moment: {error}"))
}

fn number(of: u128) -> Id {
    Id(uuid::Uuid::from_u128(of))
}

fn document(id: Id, node_kind: NodeKind) -> Document {
    let epoch = DateTime::UNIX_EPOCH;
    Document {
        id,
        node_kind,
        version: 1,
        state: State::Published,
        published_version: Some(1),
        external_reference: None,
        published_reference: None,
        created_at: epoch,
        created_by: id,
        saved_at: epoch,
        saved_by: id,
        updated_at: epoch,
    }
}

fn name(id: Id, title: &str) -> crate::domain::read::Name {
    crate::domain::read::Name {
        document_id: id,
        stage: crate::store::Stage::Published,
        language: "en".into(),
        slug: String::new(),
        title: title.into(),
    }
}

/// A channel of a service of its own: `number`, answering in a language, at some hours or without any.
fn line(of: u128, language: &str, hours: Option<&str>, at: &str) -> Candidate {
    let (id, service_id) = (number(of), number(of + 1000));
    let mut row = ContactChannel::blank_row(id, DateTime::UNIX_EPOCH);
    row.service_id = service_id;
    row.display = "01632 960123".into();
    row.dial_string = Some("+441632960123".into());
    row.hours_expression = hours.map(str::to_owned);
    row.hours_time_zone = Some("Europe/London".into());
    let text = ContactChannel::blank_text(id, "en".into());
    let channel = Record::<ContactChannel> {
        document: document(id, NodeKind::ContactChannel).into(),
        name: name(id, &format!("Line {of}")),
        row,
        text: text.into(),
    };
    let service = Record::<Service> {
        document: document(service_id, NodeKind::Service).into(),
        name: name(service_id, &format!("Team {of}")),
        row: Service::blank_row(service_id, DateTime::UNIX_EPOCH),
        text: Service::blank_text(service_id, "en".into()).into(),
    };
    let languages = vec![language::Model {
        document_id: id,
        stage: crate::store::Stage::Published,
        position: 0,
        answers_in: language.into(),
        via_interpreter: false,
    }];
    let at = moment(at);
    let state = open_state::of(&channel.row, service.row.status, &Holidays::shipped(), Some(at), at);
    Candidate {
        channel: Arc::new(channel),
        service: Arc::new(service),
        languages: Arc::new(languages),
        coverage: Arc::default(),
        state,
        reason: Reason::SiteDefault,
    }
}

/// The same, for people from an age on.
fn from_age(mut candidate: Candidate, age: i32) -> Candidate {
    let service = Arc::get_mut(&mut candidate.service).expect("it is the only one");
    service.row.min_age = Some(age);
    candidate
}

/// The same, working in a part of the kingdom.
fn covering(mut candidate: Candidate, code: &str) -> Candidate {
    let area = area::Model {
        document_id: candidate.service.document.id,
        stage: crate::store::Stage::Published,
        position: 0,
        scheme: if code.contains('-') { AreaScheme::Iso3166_2 } else { AreaScheme::Iso3166_1 },
        code: code.into(),
    };
    candidate.coverage = Arc::new(vec![area]);
    candidate
}

fn asker(at: &str, languages: &[&str]) -> Asker {
    let languages = languages.iter().map(|&language| language.to_owned()).collect();
    Asker { at: moment(at), languages, areas: Vec::new(), age: None, role: None }
}

/// `Team 1 (SiteDefault), …`
fn told(items: &[Item]) -> String {
    let item = |item: &Item| format!("{} ({:?})", item.channels[0].service.name.title, item.reason);
    items.iter().map(item).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_language_decides_among_those_that_are_open() {
    let at = |at: &str| {
        let lines = vec![line(1, "en", Some("24/7"), at), line(2, "cy", Some("19:00-23:00"), at)];
        told(&ranked(lines, Vec::new(), &asker(at, &["cy", "en"]), 5))
    };
    assert_eq!(at("2026-07-20T11:00:00Z"), "Team 1 (SiteDefault), Team 2 (SiteDefault)");
    assert_eq!(at("2026-07-20T19:00:00Z"), "Team 2 (SiteDefault), Team 1 (SiteDefault)");
}

#[test]
fn an_interpreter_comes_after_those_who_speak_the_language() {
    let mut interpreted = line(1, "cy", Some("24/7"), NOON);
    let languages = Arc::get_mut(&mut interpreted.languages).expect("it is the only one");
    languages[0].via_interpreter = true;
    let lines = vec![interpreted, line(2, "cy", Some("24/7"), NOON), line(3, "pl", Some("24/7"), NOON)];
    let items = ranked(lines, Vec::new(), &asker(NOON, &["cy"]), 5);
    assert_eq!(told(&items), "Team 2 (SiteDefault), Team 1 (SiteDefault), Team 3 (SiteDefault)");
}

#[test]
fn the_narrowest_area_comes_first_and_others_are_left_out() {
    let lines = vec![
        line(1, "en", Some("24/7"), NOON),
        covering(line(2, "en", Some("24/7"), NOON), "GB"),
        covering(line(3, "en", Some("24/7"), NOON), "GB-WLS"),
        covering(line(4, "en", Some("24/7"), NOON), "GB-SCT"),
    ];
    let swansea = areas::Area { scheme: AreaScheme::OnsGss, code: "W06000011".into() };
    let asker = Asker { areas: areas::around(&swansea), ..asker(NOON, &["en"]) };
    let items = ranked(lines, Vec::new(), &asker, 5);
    assert_eq!(told(&items), "Team 3 (SiteDefault), Team 2 (SiteDefault), Team 1 (SiteDefault)");
}

#[test]
fn an_open_line_is_there_even_where_it_was_not_asked_for() {
    let closed = || vec![line(1, "en", Some("19:00-23:00"), NOON)];
    let adults = || from_age(line(2, "en", Some("24/7"), NOON), 18);
    let child = Asker { age: Some(12), ..asker(NOON, &["en"]) };
    assert_eq!(told(&ranked(closed(), vec![adults()], &child, 5)), "Team 2 (OpenNow), Team 1 (SiteDefault)");
    assert_eq!(told(&ranked(closed(), vec![adults()], &child, 1)), "Team 2 (OpenNow)");
    let anybody = line(3, "en", Some("24/7"), NOON);
    assert_eq!(
        told(&chosen(closed(), vec![adults(), anybody], &child)),
        "Team 1 (SiteDefault), Team 3 (OpenNow)"
    );
    assert_eq!(told(&ranked(vec![adults()], Vec::new(), &child, 5)), "");
}

#[test]
fn what_cannot_be_used_is_never_named() {
    let mut suspended = line(1, "en", None, NOON);
    Arc::get_mut(&mut suspended.channel).expect("it is the only one").row.suspended_until =
        Some(moment("2026-08-01T00:00:00Z"));
    let mut inactive = line(2, "en", Some("24/7"), NOON);
    Arc::get_mut(&mut inactive.service).expect("it is the only one").row.status = ServiceStatus::Inactive;
    let lines = || vec![suspended.clone(), inactive.clone()];
    assert_eq!(told(&ranked(lines(), lines(), &asker(NOON, &["en"]), 5)), "");
    assert_eq!(told(&chosen(lines(), lines(), &asker(NOON, &["en"]))), "");
}

#[test]
fn services_are_named_once_with_their_channels() {
    let (first, mut second) = (line(1, "en", None, NOON), line(2, "en", Some("24/7"), NOON));
    second.service = first.service.clone();
    let items = chosen(vec![first.clone(), second, first], Vec::new(), &asker(NOON, &["en"]));
    let labels: Vec<_> = items[0].channels.iter().map(|one| &*one.channel.name.title).collect();
    assert_eq!((items.len(), labels), (1, vec!["Line 2", "Line 1"]));
}

#[test]
fn the_answer_holds_until_something_changes() {
    let lines = [line(1, "en", Some("19:00-23:00"), NOON), line(2, "en", Some("09:00-17:00"), NOON)];
    let states = lines.iter().filter_map(|line| line.state.as_ref());
    assert_eq!(valid_until(states, moment(NOON)), moment("2026-07-20T16:00:00Z"));
    assert_eq!(valid_until([].into_iter(), moment(NOON)), moment("2026-07-21T11:00:00Z"));
}

#[test]
fn words_are_text_and_links() {
    let mut free = line(1, "en", Some("19:00-23:00"), NOON);
    let channel = Arc::get_mut(&mut free.channel).expect("it is the only one");
    channel.row.cost = entity::contact_channel::CallCost::Free;
    channel.row.text_relay = true;
    channel.name.title = "Call <us>".into();
    let items = vec![Item { channels: vec![free], reason: Reason::Chosen }];
    let (voice, emergency) = (Voice::of(["en"]), Emergency::of("GB"));
    let words = Words::new(&voice, moment(NOON));
    insta::assert_snapshot!(words.plain_text(&items, &emergency), @r"
    If you would like to talk to someone, these services can help.

    Team 1
    - Call <us>: 01632 960123 (free to call; opens at 19:00; text relay: 1800101632960123)

    In an emergency, call 999, or 18000 by text relay.
    ");
    insta::assert_snapshot!(words.html(&items, &emergency).replace("><", ">\n<"), @r#"
    <section class="signpost" lang="en" dir="ltr">
    <p>If you would like to talk to someone, these services can help.</p>
    <ul>
    <li>
    <strong>Team 1</strong>
    <ul>
    <li>
    <span>Call &lt;us&gt;</span>: <a href="tel:+441632960123" dir="ltr">01632 960123</a> (free to call; opens at 19:00; text relay: <a href="tel:1800101632960123" dir="ltr">1800101632960123</a>)</li>
    </ul>
    </li>
    </ul>
    <p>In an emergency, call <a href="tel:999" dir="ltr">999</a>, or <a href="tel:18000" dir="ltr">18000</a> by text relay.</p>
    </section>
    "#);
}

#[test]
fn every_language_has_its_signpost() {
    let items =
        vec![Item { channels: vec![line(1, "en", Some("19:00-23:00"), NOON)], reason: Reason::Chosen }];
    for language in ["cy", "de", "fr", "pl", "ar", "fa"] {
        let voice = Voice::of([language]);
        let text = Words::new(&voice, moment(NOON)).plain_text(&items, &Emergency::of("GB"));
        assert!(text.contains("01632 960123") && text.contains("999"), "{text}");
        assert_ne!(
            text.lines().next(),
            Some("If you would like to talk to someone, these services can help.")
        );
    }
    let voice = Voice::of(["fa"]);
    let text = Words::new(&voice, moment(NOON)).plain_text(&items, &Emergency::of("GB"));
    assert!(text.contains("\u{2066}01632 960123\u{2069} (ساعت ۱۹:۰۰ باز می‌شود)"), "{text}");
}
