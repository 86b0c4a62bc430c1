//! How long a long text takes from `CommonMark` to sanitised HTML, once what its references show is there: `bench/texts/run`.
//!
//! Prints the median and what 19 of 20 runs stay below, in milliseconds.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;
use std::{env, fs, process};

use api::app::{App, HashCost};
use api::config::{Config, Sources};
use api::demo;
use api::domain::edit::Patch;
use api::domain::post::{Post, PostPatch};
use api::domain::rich_text::{Reading, RichText, Setting, words};
use api::domain::save::{Manner, Target, save};
use api::domain::text_reference::targets;
use api::domain::user;
use api::domain::view::{Moment, Scope, Stage, View, Viewer};

const LANGUAGE: &str = "en";
const WORDS: usize = 2_000;
const REFERENCES: usize = 20;
const RUNS: usize = 1_000;

/// Three times in it: every kind of reference in sentences.
const PART: &str = "\
## What we know

Of all victims who were found, [[statistic:women-share]] were women, and [[statistic:women-share@2016]] were at first. If this is \
about you, call [[contact:safe-phone]] or write to [[service:safe-team|our team]]; we **listen** and we *never* judge. There is more \
about it on [[campaign:world-day-against-trafficking-in-persons]] and in [[post:how-to-spot-a-fake-job-advert|another text]].

- Somebody takes your [documents](https://www.gov.uk/report-suspicious-emails-websites-phishing).
- You may not leave, or you are told what happens if you do.
- Your pay goes to somebody else.

";
/// Once: references that are blocks, one of them a chart.
const ALONE: &str = "[[chart:detected-victims-by-age-and-sex]]\n\n[[contact:safe-phone]]\n\n";
/// Until it is long enough.
const FILLER: &str = "\
Nobody has to decide anything in a first conversation, and nobody has to give a name. We ask what is safe today, explain what \
you can expect, and stay beside you for as long as you like, whether that is one evening or a whole year.

";

fn main() -> Result<(), Box<dyn Error>> {
    let place = env::temp_dir().join(format!("beacon-texts-{}", process::id()));
    let measured = tokio::runtime::Runtime::new()?.block_on(async {
        let environment = vec![("BEACON_DATA_DIR".into(), place.clone().into())];
        let (config, _) = Config::load(&Sources { environment, demo: true, ..Sources::default() })?;
        measure(App::build(config, HashCost::CHEAP).await?).await
    });
    fs::remove_dir_all(place)?;
    let [median, most] = measured?;
    println!("{median:.2} {most:.2}");
    Ok(())
}

/// Writes the text into the demonstration, and reads it as often as it takes.
async fn measure(app: std::sync::Arc<App>) -> Result<[f64; 2], Box<dyn Error>> {
    demo::prepare(&app).await?;
    let mut markdown = format!("{}{ALONE}", PART.repeat(3));
    while words(&markdown) < WORDS {
        markdown.push_str(FILLER);
    }
    let editor =
        user::by_email(&app.db, "editor@demo.example").await?.ok_or("the demonstration has an editor")?;
    let at = Moment::new(app.now());
    let scope = Scope::new(Stage::Draft, [LANGUAGE.to_owned()].into(), at);
    let view = View { viewer: Some(Viewer::of_user(editor, None)), scope };
    let patch = PostPatch {
        title: Patch::Set("A long text".into()),
        body: Patch::Set(markdown.clone()),
        ..PostPatch::default()
    };
    let manner = Manner { language: None, dry_run: false };
    let saved = save::<Post>(&app, &app.db, &view, Target::New, patch, manner).await?;
    let id = saved.id.ok_or("the text is saved")?;

    let text = RichText::parse(&markdown);
    let targets = targets(&app.db, &view.scope, (id, LANGUAGE.into()), &text).await?;
    let setting = Setting::of(&app, LANGUAGE, 1);
    let reading = Reading { app: &app, language: LANGUAGE, wish: LANGUAGE, targets: &targets };
    let html = text.html(&setting, &reading);
    assert_eq!(text.references().len(), REFERENCES);
    assert!(text.references().into_iter().all(|reference| targets.find(reference).is_some()), "{html}");

    let mut took = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        black_box(RichText::parse(black_box(&markdown)).html(&setting, &reading));
        took.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    took.sort_by(f64::total_cmp);
    Ok([took[RUNS / 2], took[RUNS * 19 / 20]])
}
