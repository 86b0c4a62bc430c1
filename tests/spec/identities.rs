//! People of an identity provider: their tokens are believed as far as the issuer is trusted, and no further.

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::support::issuer::{Issuer, Says, Signer};
use super::support::{Answer, Person, World};

specs! {
    in_a_world {
        tokens_are_signed_with_rsa_ecdsa_or_eddsa,
        whoever_comes_has_an_account_from_then_on,
        two_first_requests_at_once_make_one_account,
        the_same_address_is_not_the_same_person,
        whose_subject_is_the_same_at_another_issuer_is_another,
        the_issuer_says_the_role_at_each_request,
        whom_the_issuer_gives_no_role_may_nothing,
        an_account_that_is_switched_off_is_refused,
        nobody_signs_in_with_the_address_that_an_issuer_told,
        whoever_wrote_does_not_approve,
        new_keys_are_found_when_they_are_used,
        a_key_that_is_taken_back_ends_within_the_hour,
        known_keys_go_on_while_the_issuer_is_away,
        an_unknown_key_is_looked_for_once_a_minute,
        keys_are_not_fetched_from_elsewhere,
        an_endless_answer_is_not_read,
        tokens_for_others_are_refused,
        tokens_of_others_are_refused,
        tokens_are_good_for_their_time,
        an_id_token_is_no_access_token,
        no_token_chooses_how_it_is_verified,
        no_token_brings_its_own_key,
        what_must_be_understood_and_is_not_is_refused,
    }
}

const WHO: &str = "{ viewer { name role scopes } }";

/// The status of an answer, and the code of its error.
fn refusal(answer: &Answer) -> (u16, &str) {
    (answer.status, answer.error_code())
}

const REFUSED: (u16, &str) = (401, "UNAUTHENTICATED");

/// What somebody is told who brings a token.
async fn bringing(site: &World, token: &str) -> Answer {
    site.reader().with_token(token).ask(WHO).await
}

async fn accounts(admin: &Person) -> Vec<Value> {
    let listed = admin.ask("{ users { nodes { id email name role isActive } } }").await.expect_ok();
    listed.data("/users/nodes").as_array().cloned().unwrap_or_default()
}

async fn tokens_are_signed_with_rsa_ecdsa_or_eddsa(world: &World) {
    let rsa = Signer::new("r", Algorithm::RS256);
    let ecdsa = Signer::new("e", Algorithm::ES256);
    let eddsa = Signer::new("d", Algorithm::EdDSA);
    let (issuer, site) = Issuer::beside(world, &[&rsa, &ecdsa, &eddsa]).await;

    let one = issuer.person(&site, &rsa, &json!({})).ask(WHO).await.expect_ok();
    let two = issuer.person(&site, &ecdsa, &json!({})).ask(WHO).await.expect_ok();
    let three = issuer.person(&site, &eddsa, &json!({})).ask(WHO).await.expect_ok();

    assert_eq!(one.data("/viewer"), &json!({ "name": "Ada", "role": "AUTHOR", "scopes": ["CONTENT_READ", "DRAFT_READ", "CONTENT_WRITE"] }));
    assert_eq!([&one.json, &two.json], [&two.json, &three.json]);
    assert_eq!(issuer.asked(), 1);
    site.end().await;
}

async fn whoever_comes_has_an_account_from_then_on(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let root = site.admin("root").await;
    let ada = issuer.person(&site, &signer, &json!({}));

    let post = ada.writes_post(json!({ "title": "A day" })).await;
    ada.saves("postUpdate", &post, json!({ "title": "Another" })).await;

    let found = accounts(&root).await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!((&found[1]["name"], &found[1]["email"]), (&json!("Ada"), &json!("ada@charity.example")));
    let history = root.reads(&post, "... on Post { editorial { revisions { nodes { savedBy { name kind } } } } }").await;
    assert_eq!(history.data("/node/editorial/revisions/nodes/0/savedBy"), &json!({ "name": "Ada", "kind": "USER" }));
    site.end().await;
}

async fn two_first_requests_at_once_make_one_account(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let root = site.admin("root").await;
    let ada = issuer.person(&site, &signer, &json!({}));

    let (one, other) = tokio::join!(ada.ask("{ viewer { id } }"), ada.ask("{ viewer { id } }"));

    assert_eq!(one.expect_ok().json, other.expect_ok().json);
    assert_eq!(accounts(&root).await.len(), 2);
    site.end().await;
}

async fn the_same_address_is_not_the_same_person(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let root = site.admin("root").await;

    let claims = json!({ "email": "root@charity.example", "email_verified": true });
    let stranger = issuer.person(&site, &signer, &claims).ask(WHO).await.expect_ok();

    assert_eq!(stranger.data("/viewer/role"), "AUTHOR");
    assert_eq!(accounts(&root).await.len(), 2);
    site.end().await;
}

async fn whose_subject_is_the_same_at_another_issuer_is_another(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, other) = (Issuer::begin(&[&signer]).await, Issuer::begin(&[&signer]).await);
    let site = Issuer::all_trusted(world, &[&issuer, &other]).await;
    let root = site.admin("root").await;

    issuer.person(&site, &signer, &json!({})).ask(WHO).await.expect_ok();
    other.person(&site, &signer, &json!({})).ask(WHO).await.expect_ok();

    assert_eq!(accounts(&root).await.len(), 3);
    site.end().await;
}

async fn the_issuer_says_the_role_at_each_request(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let role = async |groups: &[&str]| {
        let answer = issuer.person(&site, &signer, &json!({ "groups": groups })).ask(WHO).await.expect_ok();
        answer.text("/viewer/role").to_owned()
    };

    let roles = [role(&["writers"]).await, role(&["cooks", "readers", "leads"]).await, role(&["readers"]).await];

    assert_eq!(roles, ["AUTHOR", "SAFEGUARDING_LEAD", "VIEWER"]);
    let root = site.admin("root").await;
    assert_eq!(accounts(&root).await[0]["role"], "VIEWER");
    site.end().await;
}

async fn whom_the_issuer_gives_no_role_may_nothing(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;

    let cook = issuer.person(&site, &signer, &json!({ "groups": ["cooks"] })).ask(WHO).await;
    let nobody = issuer.person(&site, &signer, &json!({ "groups": null })).ask("{ posts { totalCount } }").await;

    assert_eq!(refusal(&cook), (403, "FORBIDDEN"));
    assert_eq!(refusal(&nobody), (403, "FORBIDDEN"));
    assert_eq!(accounts(&site.admin("root").await).await.len(), 1);
    site.end().await;
}

async fn an_account_that_is_switched_off_is_refused(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let root = site.admin("root").await;
    let ada = issuer.person(&site, &signer, &json!({}));
    ada.ask(WHO).await.expect_ok();

    let id = accounts(&root).await[1]["id"].clone();
    root.does("userUpdate", json!({ "id": id, "input": { "isActive": false } })).await;

    let promoted = issuer.person(&site, &signer, &json!({ "groups": ["leads"] }));
    assert_eq!(refusal(&ada.ask(WHO).await), REFUSED);
    assert_eq!(refusal(&promoted.ask(WHO).await), REFUSED);
    site.end().await;
}

async fn nobody_signs_in_with_the_address_that_an_issuer_told(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let root = site.admin("root").await;
    issuer.person(&site, &signer, &json!({})).ask(WHO).await.expect_ok();

    let id = accounts(&root).await[1]["id"].clone();
    root.does("userUpdate", json!({ "id": id, "input": { "password": "ada rows across the lake" } })).await;

    let refused = site.reader().signs_in_as("ada@charity.example", "ada rows across the lake").await;
    assert_eq!(refused.user_errors(), ["INVALID_CREDENTIALS"]);
    site.end().await;
}

async fn whoever_wrote_does_not_approve(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let ada = issuer.person(&site, &signer, &json!({ "groups": ["leads"] }));
    let cara = issuer.person(&site, &signer, &json!({ "sub": "81c2", "name": "Cara", "groups": ["leads"] }));
    let post = ada.writes_post(json!({ "title": "A day" })).await;

    let own = ada.tries("contentApprove", post.approved("SAFEGUARDING")).await;
    let second = cara.tries("contentApprove", post.approved("SAFEGUARDING")).await;

    assert_eq!(own.user_errors(), ["APPROVER_IS_AUTHOR id"]);
    second.expect_ok();
    site.end().await;
}

async fn new_keys_are_found_when_they_are_used(world: &World) {
    let (former, next) = (Signer::new("former", Algorithm::ES256), Signer::new("next", Algorithm::EdDSA));
    let (issuer, site) = Issuer::beside(world, &[&former]).await;
    issuer.person(&site, &former, &json!({})).ask(WHO).await.expect_ok();
    site.clock.advance(1);

    issuer.says(Says::Keys(vec![former.published(), next.published()]));

    issuer.person(&site, &next, &json!({})).ask(WHO).await.expect_ok();
    issuer.person(&site, &former, &json!({})).ask(WHO).await.expect_ok();
    assert_eq!(issuer.asked(), 2);
    site.end().await;
}

async fn a_key_that_is_taken_back_ends_within_the_hour(world: &World) {
    let (leaked, next) = (Signer::new("leaked", Algorithm::ES256), Signer::new("next", Algorithm::ES256));
    let (issuer, site) = Issuer::beside(world, &[&leaked]).await;
    let claims = json!({ "exp": 1_800_000_000 });
    issuer.person(&site, &leaked, &claims).ask(WHO).await.expect_ok();
    issuer.says(Says::Keys(vec![next.published()]));

    site.clock.set("2026-07-01T09:59:59Z");
    let before = issuer.person(&site, &leaked, &claims).ask(WHO).await;
    site.clock.set("2026-07-01T10:00:00Z");
    let after = issuer.person(&site, &leaked, &claims).ask(WHO).await;

    before.expect_ok();
    assert_eq!(refusal(&after), REFUSED);
    site.end().await;
}

async fn known_keys_go_on_while_the_issuer_is_away(world: &World) {
    let (known, unknown) = (Signer::new("known", Algorithm::ES256), Signer::new("unknown", Algorithm::ES256));
    let (mut issuer, site) = Issuer::beside(world, &[&known]).await;
    let claims = json!({ "exp": 1_800_000_000 });
    issuer.person(&site, &known, &claims).ask(WHO).await.expect_ok();
    site.clock.set("2026-07-02T09:00:00Z");

    issuer.says(Says::Nothing);
    let broken = issuer.person(&site, &known, &claims).ask(WHO).await;
    issuer.leaves().await;
    site.clock.advance(1);
    let gone = issuer.person(&site, &known, &claims).ask(WHO).await;
    site.clock.advance(1);
    let not_known = issuer.person(&site, &unknown, &claims).ask(WHO).await;

    broken.expect_ok();
    gone.expect_ok();
    assert_eq!(refusal(&not_known), REFUSED);
    site.end().await;
}

async fn an_unknown_key_is_looked_for_once_a_minute(world: &World) {
    let (known, unknown) = (Signer::new("known", Algorithm::ES256), Signer::new("unknown", Algorithm::ES256));
    let (issuer, site) = Issuer::beside(world, &[&known]).await;
    let stranger = issuer.person(&site, &unknown, &json!({}));

    let (one, two) = tokio::join!(stranger.ask(WHO), stranger.ask(WHO));
    site.clock.set("2026-07-01T09:00:59Z");
    stranger.ask(WHO).await;
    let within_a_minute = issuer.asked();
    site.clock.set("2026-07-01T09:01:00Z");
    stranger.ask(WHO).await;

    assert_eq!((refusal(&one), refusal(&two)), (REFUSED, REFUSED));
    assert_eq!((within_a_minute, issuer.asked()), (1, 2));
    issuer.person(&site, &known, &json!({})).ask(WHO).await.expect_ok();
    site.end().await;
}

async fn keys_are_not_fetched_from_elsewhere(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let elsewhere = Issuer::begin(&[&signer]).await;
    let (issuer, site) = Issuer::beside(world, &[]).await;
    issuer.says(Says::Elsewhere(elsewhere.url()));

    let refused = issuer.person(&site, &signer, &json!({})).ask(WHO).await;

    assert_eq!(refusal(&refused), REFUSED);
    assert_eq!((issuer.asked(), elsewhere.asked()), (1, 0));
    site.end().await;
}

async fn an_endless_answer_is_not_read(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[]).await;
    issuer.says(Says::TooMuch(vec![signer.published()]));

    let refused = issuer.person(&site, &signer, &json!({})).ask(WHO).await;

    assert_eq!((refusal(&refused), issuer.asked()), (REFUSED, 1));
    site.end().await;
}

async fn tokens_for_others_are_refused(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let audience = async |aud: Value| issuer.person(&site, &signer, &json!({ "aud": aud })).ask(WHO).await;

    let (other, none) = (audience(json!("https://shop.example")).await, audience(Value::Null).await);
    let several = audience(json!(["https://shop.example", "https://content.example"])).await;

    assert_eq!((refusal(&other), refusal(&none)), (REFUSED, REFUSED));
    several.expect_ok();
    site.end().await;
}

async fn tokens_of_others_are_refused(world: &World) {
    let (signer, stranger) = (Signer::new("one", Algorithm::ES256), Signer::new("one", Algorithm::ES256));
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let named = async |iss: Value| issuer.person(&site, &signer, &json!({ "iss": iss })).ask(WHO).await;

    let (other, ours, none) =
        (named(json!("https://id.example")).await, named(json!(site.app.config.public_url.as_str())).await, named(Value::Null).await);
    let forged = issuer.person(&site, &stranger, &json!({})).ask(WHO).await;

    assert_eq!((refusal(&other), refusal(&ours), refusal(&none)), (REFUSED, REFUSED, REFUSED));
    assert_eq!(refusal(&forged), REFUSED);
    site.end().await;
}

/// Half a minute for clocks that differ.
async fn tokens_are_good_for_their_time(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let ada = issuer.person(&site, &signer, &json!({ "nbf": 1_782_896_400, "exp": 1_782_900_000 }));
    let at = async |moment: &str| {
        site.clock.set(moment);
        ada.ask(WHO).await
    };

    let (early, first) = (at("2026-07-01T08:59:29Z").await, at("2026-07-01T08:59:30Z").await);
    let (last, late) = (at("2026-07-01T10:00:29Z").await, at("2026-07-01T10:00:30Z").await);
    let endless = issuer.person(&site, &signer, &json!({ "exp": null })).ask(WHO).await;

    assert_eq!((refusal(&early), refusal(&late), refusal(&endless)), (REFUSED, REFUSED, REFUSED));
    first.expect_ok();
    last.expect_ok();
    site.end().await;
}

async fn an_id_token_is_no_access_token(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let typed = async |typ: Option<&str>| {
        let header = Header { typ: typ.map(str::to_owned), ..signer.header() };
        bringing(&site, &signer.signs(&header, &issuer.claims(&json!({ "nonce": "n" })))).await
    };

    let (id_token, untyped, spelled_out) =
        (typed(Some("JWT")).await, typed(None).await, typed(Some("application/AT+JWT")).await);

    assert_eq!((refusal(&id_token), refusal(&untyped)), (REFUSED, REFUSED));
    spelled_out.expect_ok();
    site.end().await;
}

async fn no_token_chooses_how_it_is_verified(world: &World) {
    let signer = Signer::new("one", Algorithm::RS256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let claims = issuer.claims(&json!({}));
    let good = signer.vouches(&claims);
    let modulus = signer.published()["n"].as_str().expect("it is RSA").to_owned();
    let confused = async |algorithm| {
        let header = Header { alg: algorithm, ..signer.header() };
        let key = EncodingKey::from_secret(modulus.as_bytes());
        bringing(&site, &jsonwebtoken::encode(&header, &claims, &key).expect("it signs")).await
    };
    let (_, payload) = good.rsplit_once('.').map(|(signed, _)| signed.split_once('.').expect("three parts")).expect("three parts");
    let unsigned = format!("{}.{payload}.", encoded(&json!({ "alg": "none", "typ": "at+jwt", "kid": "one" })));

    let hmac = confused(Algorithm::HS256).await;
    let none = bringing(&site, &unsigned).await;
    let longer = bringing(&site, &signer.signs(&Header { alg: Algorithm::RS512, ..signer.header() }, &claims)).await;

    assert_eq!((refusal(&hmac), refusal(&none), refusal(&longer)), (REFUSED, REFUSED, REFUSED));
    bringing(&site, &good).await.expect_ok();
    site.end().await;
}

fn encoded(json: &Value) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json.to_string())
}

async fn no_token_brings_its_own_key(world: &World) {
    let (signer, stranger) = (Signer::new("one", Algorithm::ES256), Signer::new("mine", Algorithm::ES256));
    let elsewhere = Issuer::begin(&[&stranger]).await;
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let jwk: Jwk = serde_json::from_value(stranger.published()).expect("it is a key");
    let header = Header { jku: Some(elsewhere.url()), x5u: Some(elsewhere.url()), jwk: Some(jwk), ..stranger.header() };
    let named = Header { kid: Some("one".to_owned()), ..header.clone() };
    let claims = issuer.claims(&json!({}));

    let refused = bringing(&site, &stranger.signs(&header, &claims)).await;
    let refused_too = bringing(&site, &stranger.signs(&named, &claims)).await;
    let ignored = Header { kid: Some("one".to_owned()), ..header };
    let good = bringing(&site, &signer.signs(&ignored, &claims)).await;

    assert_eq!((refusal(&refused), refusal(&refused_too)), (REFUSED, REFUSED));
    good.expect_ok();
    assert_eq!(elsewhere.asked(), 0);
    site.end().await;
}

async fn what_must_be_understood_and_is_not_is_refused(world: &World) {
    let signer = Signer::new("one", Algorithm::ES256);
    let (issuer, site) = Issuer::beside(world, &[&signer]).await;
    let header = Header { crit: Some(vec!["exp".to_owned()]), ..signer.header() };

    let refused = bringing(&site, &signer.signs(&header, &issuer.claims(&json!({})))).await;

    assert_eq!(refusal(&refused), REFUSED);
    site.end().await;
}
