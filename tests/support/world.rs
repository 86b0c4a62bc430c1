//! A server of its own for each test.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use api::app::{App, HashCost};
use api::config::{Config, Sources};
use api::domain::user::{Manager, NewUser, create};
use api::domain::view::Role;
use api::http::log::{Observer, RequestLine};
use api::http::serve::{Doors, serve};
use api::store::Db;
use tokio::net::TcpListener;
use tokio::sync::{OnceCell, oneshot, watch};
use tokio::task::JoinHandle;

use super::Person;
use super::chance::{TestClock, TestIds};
use super::database::{Backend, TestDatabase};
use super::person::Line;

/// Long enough for any request of a test.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running server over a database of its own, and a clock that can be moved.
pub(crate) struct World {
    /// The only clock of the server. It stands still.
    pub(crate) clock: Arc<TestClock>,
    /// Which database it keeps its content in.
    pub(crate) backend: Backend,
    /// What the server itself is made of, for what cannot be said over HTTP.
    pub(crate) app: Arc<App>,
    for_operators: Option<SocketAddr>,
    database: Arc<TestDatabase>,
    line: Line,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

impl World {
    /// Starts a world; `settings` are names and values as in the environment.
    pub(crate) async fn begin(backend: Backend, settings: &[(&str, &str)]) -> Self {
        let database = Arc::new(TestDatabase::migrated(backend).await);
        Self::over(database, Arc::new(TestClock::new()), backend, settings).await
    }

    /// A second instance over the same database and by the same clock. It is ended by the test.
    pub(crate) async fn another(&self) -> Self {
        self.another_with(&[]).await
    }

    /// A second instance with settings of its own.
    pub(crate) async fn another_with(&self, settings: &[(&str, &str)]) -> Self {
        Self::over(self.database.clone(), self.clock.clone(), self.backend, settings).await
    }

    async fn over(
        database: Arc<TestDatabase>,
        clock: Arc<TestClock>,
        backend: Backend,
        settings: &[(&str, &str)],
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let app = Arc::new(app(config(&database, address, settings), clock.clone()).await);
        let metrics = match app.config.metrics_listen {
            Some(address) => Some(TcpListener::bind(address).await.expect("the port is free")),
            None => None,
        };
        let for_operators = metrics.as_ref().and_then(|metrics| metrics.local_addr().ok());

        let observed = Arc::new(Observed::new());
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async {
            let _ = stopped.await;
        };
        let server = tokio::spawn(serve(
            app.clone(),
            Doors { public: listener, metrics },
            Some(observed.clone().observer()),
            shutdown,
        ));
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_mins(1));
        let client =
            client.redirect(reqwest::redirect::Policy::none()).build().expect("a client can be made");
        let deputy = Arc::new(Deputy { app: app.clone(), clock: clock.clone(), person: OnceCell::new() });
        let line = Line { address, client, observed: Some(observed), deputy: Some(deputy) };
        Self { clock, backend, app, for_operators, database, line, stop, server }
    }

    /// Stops the server; the last over a database removes it.
    pub(crate) async fn end(self) {
        let Self { app, database, line, stop, mut server, .. } = self;
        drop(line);
        let _ = stop.send(());
        // A test that failed in the middle of a request may have left it hanging.
        if tokio::time::timeout(PATIENCE, &mut server).await.is_err() {
            server.abort();
        }
        let _ = tokio::time::timeout(PATIENCE, app.db.close()).await;
        if let Some(database) = Arc::into_inner(database) {
            database.remove().await;
        }
    }

    /// Sets the clock to a moment, and lets the server do what is due by then.
    pub(crate) async fn reaches(&self, moment: &str) {
        self.clock.set(moment);
        let runner = self.app.ids.next();
        api::jobs::run_due(&self.app, runner)
            .await
            .unwrap_or_else(|error| panic!("what is due fails: {error}"));
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.line.address
    }

    /// Whoever operates the server, on the listener for metrics.
    pub(crate) fn operator(&self) -> Person {
        let address = self.for_operators.expect("BEACON_METRICS_LISTEN is set");
        Person::anonymous(Line { address, observed: None, ..self.line.clone() })
    }

    /// The value of a metric with its labels.
    pub(crate) async fn metric(&self, name: &str) -> Option<String> {
        let shown = self.operator().get("/metrics").await.sent().await.body;
        shown.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned))
    }

    /// Waits until a metric has a value.
    pub(crate) async fn comes_to_show(&self, name: &str, value: &str) {
        let shown = async {
            while self.metric(name).await.as_deref() != Some(value) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, shown)
            .await
            .unwrap_or_else(|_| panic!("{name} never becomes {value}"));
    }

    /// Somebody without an account.
    pub(crate) fn reader(&self) -> Person {
        Person::anonymous(self.line.clone())
    }

    /// Somebody who may read drafts.
    pub(crate) async fn viewer(&self, name: &str) -> Person {
        self.person(name, Role::Viewer).await
    }

    /// Somebody who may write drafts.
    pub(crate) async fn author(&self, name: &str) -> Person {
        self.person(name, Role::Author).await
    }

    /// Somebody who may publish.
    pub(crate) async fn editor(&self, name: &str) -> Person {
        self.person(name, Role::Editor).await
    }

    /// Somebody who signs off sensitive content.
    pub(crate) async fn lead(&self, name: &str) -> Person {
        self.person(name, Role::SafeguardingLead).await
    }

    /// Somebody who manages people and the site.
    pub(crate) async fn admin(&self, name: &str) -> Person {
        self.person(name, Role::Admin).await
    }

    /// Somebody with an account, which is made now: `ada` is `ada@charity.example`.
    pub(crate) async fn person(&self, name: &str, role: Role) -> Person {
        let (email, password) = (format!("{name}@charity.example"), format!("{name} walks by the harbour"));
        create_account(&self.app, name, &email, role, &password).await;
        Person::with_account(self.line.clone(), self.clock.clone(), &email, &password)
    }
}

/// The settings of every world, and then the test's own over them.
fn config(database: &TestDatabase, address: SocketAddr, settings: &[(&str, &str)]) -> Config {
    let (listen, data_dir) = (address.to_string(), database.directory.display().to_string());
    let usual = [
        ("BEACON_DATABASE_URL", database.url.as_str()),
        ("BEACON_DATA_DIR", &data_dir),
        ("BEACON_LISTEN", &listen),
        ("BEACON_SITE_URL", "https://charity.example"),
        ("BEACON_SITE_NAME", "The Charity"),
        ("BEACON_LANGUAGES", "en,cy,fa"),
        ("BEACON_TIME_ZONE", "Europe/London"),
        ("BEACON_JWT_SECRET", "a secret for tests that is long enough"),
        // So that people can speak from other addresses; see `Person::at_address`.
        ("BEACON_TRUSTED_PROXIES", "127.0.0.1"),
    ];
    let mut environment = BTreeMap::from(usual);
    environment.extend(settings.iter().copied());
    let environment = environment.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    let sources = Sources { environment, ..Sources::default() };
    Config::load(&sources).unwrap_or_else(|error| panic!("{error}")).0
}

/// The composition root, with time, chance and the cost of hashing in the hands of the test.
async fn app(config: Config, clock: Arc<TestClock>) -> App {
    let db = Db::connect(config.database_url.as_str()).await.expect("the database was made just now");
    let db = match &config.database_read_url {
        Some(replica) => db.with_replica(replica.as_str()).await.expect("a replica need not be there"),
        None => db,
    };
    App::with(config, db, clock, Arc::new(TestIds::new()), HashCost::CHEAP)
        .expect("the settings are complete")
}

/// Makes an account without anybody's permission, as `beacon user create` does.
async fn create_account(app: &App, name: &str, email: &str, role: Role, password: &str) {
    let (email, name, password) = (email.to_owned(), name.to_owned(), Some(password.to_owned()));
    let new = NewUser { email, name, role, password, is_active: true };
    create(app, &app.db, Manager::Operator, new).await.unwrap_or_else(|error| panic!("no account: {error}"));
}

/// Somebody who signs off what others write, with an account from the first time that one is needed.
pub(crate) struct Deputy {
    app: Arc<App>,
    clock: Arc<TestClock>,
    person: OnceCell<Person>,
}

impl Deputy {
    /// The person, who speaks over a line.
    pub(crate) async fn person(&self, line: Line) -> Person {
        let first_time = || async move {
            let (email, password) = ("deputy@charity.example", "deputy walks by the harbour");
            create_account(&self.app, "deputy", email, Role::SafeguardingLead, password).await;
            Person::with_account(line, self.clock.clone(), email, password)
        };
        self.person.get_or_init(first_time).await.clone()
    }
}

/// What the server noted of each request, by the id that its answer carries.
pub(crate) struct Observed(watch::Sender<HashMap<String, u32>>);

impl Observed {
    fn new() -> Self {
        Self(watch::Sender::new(HashMap::new()))
    }

    fn observer(self: Arc<Self>) -> Observer {
        Arc::new(move |line: &RequestLine| {
            self.0.send_modify(|seen| {
                seen.insert(line.request_id.clone(), line.statements);
            });
        })
    }

    /// The statements of a request, which may be noted a moment after it is answered.
    pub(crate) async fn statements_of(&self, request_id: &str) -> u32 {
        let mut seen = self.0.subscribe();
        match tokio::time::timeout(PATIENCE, seen.wait_for(|seen| seen.contains_key(request_id))).await {
            Ok(Ok(seen)) => seen[request_id],
            _ => panic!("nothing was noted of the request {request_id:?}"),
        }
    }
}
