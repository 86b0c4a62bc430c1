//! Operations over connections that stay open: subscriptions, and whatever else is sent there.
//!
//! ```text
//! ws  (graphql-transport-ws) ─┐
//!                             ├─► operation ── gate ──► one answer, or one for each event of a feed
//! sse (graphql-sse)          ─┘
//! ```
//!
//! An operation is a stream that does nothing unless it is asked for more. So a reader who is slow makes nobody keep
//! more than one answer: the next page of changes is read when the last one was sent. Each answer is made in a task of its
//! own, which goes on while another is being sent: what is under way may hold a connection to the database.

pub(super) mod sse;
pub(super) mod ws;

use std::sync::Arc;
use std::time::Duration;

use async_graphql::Response;
use axum::http::header::{AUTHORIZATION, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use futures_util::{Stream, stream};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::task::JoinSet;
use tracing::Instrument;

use super::fault::Fault;
use super::gate::{Kind, Prepared};
use super::graphql::{self as requests, Parameters, Wanted, reply};
use super::log::Caller;
use super::refusal::Refusal;
use super::room::Places;
use super::{Floor, cors, viewer};
use crate::domain::change::Feed;
use crate::domain::view::{View, ViewError};
use crate::graphql::error::{Code, GqlError};
use crate::graphql::subscription::{self, NotOpened};

/// How often a connection on which nothing happens shows that it lives, and whether its token still does.
const KEEP_ALIVE: Duration = Duration::from_secs(12);
/// Most connections that stay open at a time.
const MAX_OPEN: u32 = 10_000;
/// How long a reader may leave one message untaken.
const SLOW: Duration = Duration::from_secs(30);

/// The connections that stay open: room for some, and an end for all. Clones are the same.
#[derive(Clone)]
pub(super) struct Live {
    stopping: watch::Sender<bool>,
    places: Places,
}

impl Live {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { stopping: watch::Sender::new(false), places: Places::new(MAX_OPEN) }
    }

    /// A place for one more, until it is dropped.
    fn enter(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        self.places.enter().ok_or_else(|| {
            let fault = Fault::new(Code::RateLimited, "Too many connections are open. Try again later.");
            Refusal::with(StatusCode::SERVICE_UNAVAILABLE, fault)
        })
    }

    /// How many there are.
    pub(super) fn open(&self) -> u32 {
        self.places.taken()
    }

    /// Comes when the server is to stop.
    async fn stopped(&self) {
        // No sender is left only after the last of these is.
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }

    /// Lets all of them end, and waits until they did.
    pub(super) async fn stop(&self) {
        self.stopping.send_replace(true);
        self.places.emptied().await;
    }
}

/// Who asks: the request that opened the connection, with what was said of credentials since.
pub(super) struct Asking {
    floor: Arc<Floor>,
    head: Parts,
}

/// What is sent about an operation, before it is complete.
enum Told {
    /// An answer, as JSON.
    Answer(Vec<u8>),
    /// Nothing was carried out, or no more can be.
    Refused(Vec<Value>),
    /// The credentials are no longer good.
    SignedOut,
}

/// An operation, and the view of whoever asks for it, where that is made already.
type Asked = (Parameters, Option<View>);

/// Where an operation stands.
enum Step {
    Begin(Box<Asked>),
    Follow(Box<Following>),
}

/// A subscription that is under way.
struct Following {
    prepared: Arc<Prepared>,
    parameters: Parameters,
    is_trusted: bool,
    feed: Feed,
}

impl Asking {
    /// Whether the credentials, if any, are still good.
    async fn is_welcome(&self) -> bool {
        !matches!(self.view().await, Err(Denied::SignedOut))
    }

    /// Whether there are any.
    fn is_signed_in(&self) -> bool {
        self.head.headers.contains_key(AUTHORIZATION)
    }

    fn request_id(&self) -> &str {
        &Caller::of(&self.head.extensions).request_id
    }

    fn refused(&self, faults: &[Fault]) -> Told {
        Told::Refused(faults.iter().map(|fault| fault.to_json(self.request_id())).collect())
    }

    fn denied(&self, denied: Denied) -> Told {
        match denied {
            Denied::SignedOut => Told::SignedOut,
            Denied::Refused(refusal) => self.refused(&refusal.faults),
        }
    }

    fn answered(&self, response: Response) -> Told {
        match reply::written(response, self.request_id()) {
            Ok(body) => Told::Answer(body),
            Err(refusal) => self.refused(&refusal.faults),
        }
    }

    /// The view at this moment. Credentials and role are looked at anew.
    async fn view(&self) -> Result<View, Denied> {
        let asked = viewer::asked(&self.head.headers, &self.head.uri, &[]).map_err(Denied::Refused)?;
        View::of(&self.floor.app, asked).await.map_err(|error| match error {
            ViewError::Store(_) => Denied::Refused(error.into()),
            _ => Denied::SignedOut,
        })
    }
}

/// Why there is no view.
enum Denied {
    SignedOut,
    Refused(Refusal),
}

/// Whether a page of this origin may connect: browsers open sockets to anywhere and ask nobody. Other programs send none.
async fn is_allowed(floor: &Floor, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let own = floor.app.config.public_url.origin().ascii_serialization();
    own.as_bytes() == origin.as_bytes() || cors::is_allowed(&floor.app, origin).await
}

/// What is told of an operation until it is complete.
fn operation(asking: Arc<Asking>, asked: Asked) -> impl Stream<Item = Told> + Send {
    stream::unfold(Some(Step::Begin(Box::new(asked))), move |step| {
        let asking = asking.clone();
        async move {
            let (step, steps) = (step?, asking.clone());
            // Ends with whoever waits for it.
            let mut task = JoinSet::new();
            let work = async move {
                match step {
                    Step::Begin(asked) => begin(&steps, *asked).await,
                    Step::Follow(following) => follow(&steps, following).await,
                }
            };
            task.spawn(work.in_current_span());
            match task.join_next().await {
                Some(Ok(next)) => next,
                _ => Some((asking.refused(&[Fault::internal()]), None)),
            }
        }
    })
}

type Next = Option<(Told, Option<Step>)>;

async fn begin(asking: &Asking, (parameters, view): Asked) -> Next {
    let refused = |faults: Vec<Fault>| Some((asking.refused(&faults), None));
    let (prepared, is_trusted) = match requests::prepare(&asking.floor, &asking.head, &parameters).await {
        Ok(prepared) => prepared,
        Err(refusal) => return refused(refusal.faults),
    };
    let chosen = match prepared.choose(parameters.operation_name.as_deref()) {
        Ok(chosen) => chosen,
        Err(fault) => return refused(vec![fault]),
    };
    let wanted = Wanted { prepared: &prepared, chosen: &chosen, parameters: &parameters, is_trusted };
    if let Err(refusal) = requests::charge(&asking.floor, &asking.head, wanted) {
        return refused(refusal.faults);
    }
    if chosen.kind != Kind::Subscription {
        return match requests::respond(&asking.floor, &asking.head, wanted, view).await {
            Ok(answer) => Some((asking.answered(answer), None)),
            Err(refusal) => refused(refusal.faults),
        };
    }
    let view = match view {
        Some(view) => Ok(view),
        None => asking.view().await,
    };
    let view = match view {
        Ok(view) => view,
        Err(denied) => return Some((asking.denied(denied), None)),
    };
    let (gate, standing) = (&asking.floor.gate, wanted.standing(&view));
    if let Err(faults) = gate.check_variables((&prepared, chosen.operation), &parameters.variables, standing)
    {
        return refused(faults);
    }
    if let Err(refusal) = wanted.is_allowed(&asking.floor, &view) {
        return refused(refusal.faults);
    }
    let operation = requests::operation(&asking.floor, &asking.head, view, wanted);
    let floor = &asking.floor;
    match subscription::open(&floor.events, &floor.app, operation).await {
        Ok(feed) => {
            follow(asking, Box::new(Following { prepared: prepared.clone(), parameters, is_trusted, feed }))
                .await
        }
        Err(NotOpened::Error(error)) => refused(vec![error.into()]),
        Err(NotOpened::Answer(answer)) => {
            Some((Told::Refused(reply::errors(answer.errors, asking.request_id())), None))
        }
    }
}

async fn follow(asking: &Asking, mut following: Box<Following>) -> Next {
    let changed = match following.feed.next().await {
        Ok(changed) => changed,
        Err(error) => return Some((asking.refused(&[GqlError::from(error).into()]), None)),
    };
    let view = match asking.view().await {
        Ok(view) => view,
        Err(denied) => return Some((asking.denied(denied), None)),
    };
    let Following { prepared, parameters, is_trusted, .. } = following.as_ref();
    let chosen = prepared.choose(parameters.operation_name.as_deref()).ok()?;
    let wanted = Wanted { prepared, chosen: &chosen, parameters, is_trusted: *is_trusted };
    let operation = requests::operation(&asking.floor, &asking.head, view, wanted);
    let floor = &asking.floor;
    // Everybody hears of a change at the same moment, and nobody may miss it.
    let _place = floor.room.operations.wait().await;
    let event = async { Ok(subscription::event(&floor.events, &floor.app, operation, changed).await) };
    match requests::in_time(floor, Box::pin(event)).await {
        Ok(answer) => Some((asking.answered(answer), Some(Step::Follow(following)))),
        Err(refusal) => Some((asking.refused(&refusal.faults), None)),
    }
}

/// What a reader is told who is too slow.
fn too_slow() -> Fault {
    let message =
        "You read too slowly and were dropped. Come back with the cursor of the last change that you have.";
    Fault::new(Code::Timeout, message)
}
