//! An app for unit tests: a database of its own, a clock that is moved by hand, cheap hashes.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::{App, Clock, HashCost, Ids, SystemIds};
use crate::config::{Config, Secret, Sources};
use crate::domain::session::{Credentials, SignInError, SignedIn, sign_in};
use crate::domain::user::{Manager, NewUser, User, create};
use crate::domain::view::Role;
use crate::store::Db;

/// The password of everybody in unit tests.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// Where they sit, unless it matters.
pub(crate) const HOME: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// An app and what moves it.
pub(crate) struct World {
    pub(crate) app: App,
    clock: Arc<HandClock>,
    directory: PathBuf,
}

struct HandClock(Mutex<DateTime<Utc>>);

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    /// An empty world.
    pub(crate) async fn new() -> Self {
        let directory = std::env::temp_dir().join(format!("beacon-test-{}", SystemIds.next()));
        std::fs::create_dir_all(&directory).expect("the temporary directory is writable");
        let environment = vec![("BEACON_DATA_DIR".into(), directory.clone().into())];
        let (mut config, _) =
            Config::load(&Sources { environment, ..Sources::default() }).expect("defaults are right");
        config.jwt_secret = Some(Secret("a secret for tests, 32 bytes long".to_owned()));
        let db = Db::connect(config.database_url.as_str()).await.expect("SQLite opens");
        migration::migrate(db.writer()).await.expect("migrations run");
        let start = DateTime::from_timestamp(1_785_412_800, 0).expect("in range");
        let clock = Arc::new(HandClock(Mutex::new(start)));
        let app = App::with(config, db, clock.clone(), Arc::new(SystemIds), HashCost::CHEAP)
            .expect("it fits together");
        Self { app, clock, directory }
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.clock.0.lock().unwrap_or_else(PoisonError::into_inner) += time;
    }

    /// Somebody with the password of everybody and the address `NAME@example.org`.
    pub(crate) async fn user(&self, name: &str, role: Role) -> User {
        let new = NewUser {
            email: format!("{name}@example.org"),
            name: name.to_owned(),
            role,
            password: Some(PASSWORD.to_owned()),
            is_active: true,
        };
        create(&self.app, &self.app.db, Manager::Operator, new).await.expect("the account is made")
    }

    /// Tries to sign in as `NAME@example.org`.
    pub(crate) async fn try_sign_in(
        &self,
        name: &str,
        password: &str,
        address: IpAddr,
    ) -> Result<SignedIn, SignInError> {
        let credentials =
            Credentials { email: format!("{name}@example.org"), password: password.to_owned(), address };
        sign_in(&self.app, &self.app.db, credentials).await
    }

    /// Signs in as `NAME@example.org`.
    pub(crate) async fn sign_in(&self, name: &str) -> SignedIn {
        self.try_sign_in(name, PASSWORD, HOME).await.expect("the password is right")
    }
}

impl Drop for World {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.directory));
    }
}
