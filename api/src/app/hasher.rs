//! Hashes passwords away from the async threads.

use std::sync::Arc;
use std::thread;

use argon2::password_hash::{self, PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::CryptoError;

/// What one hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCost {
    /// Memory in KiB, at least 8.
    pub memory_kib: u32,
    /// How often the memory is passed over, at least 1.
    pub passes: u32,
}

impl HashCost {
    /// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
    pub const OWASP: Self = Self { memory_kib: 19 * 1024, passes: 2 };
    /// The least that Argon2 allows: for tests, and for random passwords, which nobody can guess however fast they try.
    pub const CHEAP: Self = Self { memory_kib: 8, passes: 1 };
}

/// Hashes and verifies passwords with Argon2id, a few at once so that sign-ins cannot take all the memory.
pub struct Hasher {
    argon2: Argon2<'static>,
    slots: Arc<Semaphore>,
    queue: Semaphore,
}

/// Most passwords that wait for a hash or have one made: beyond that a sign-in is refused at once, so that a flood of
/// wrong ones keeps nobody waiting for long.
const MAX_QUEUE: usize = 64;
/// Most hashes at once: 76 MiB with the usual cost.
const MAX_SLOTS: usize = 4;

impl Hasher {
    /// A hasher of some cost.
    ///
    /// # Errors
    /// When Argon2 does not allow the cost.
    pub fn new(cost: HashCost) -> Result<Self, CryptoError> {
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(CryptoError::of)?;
        let slots = thread::available_parallelism().map_or(1, usize::from).min(MAX_SLOTS);
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Ok(Self { argon2, slots: Arc::new(Semaphore::new(slots)), queue: Semaphore::new(MAX_QUEUE) })
    }

    /// A password's hash with a random salt, in PHC format.
    ///
    /// # Errors
    /// When the operating system gives no randomness or no thread.
    pub async fn hash(&self, password: &str) -> Result<String, CryptoError> {
        let hashed = self
            .work(password, |argon2, password| argon2.hash_password(password).map(|hash| hash.to_string()));
        hashed.await?.map_err(CryptoError::of)
    }

    /// Whether a password belongs to a hash. Without a hash the answer is no, after the same work.
    ///
    /// # Errors
    /// When the hash is no PHC string, or the operating system gives no thread.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, CryptoError> {
        let verified = self.work(password, move |argon2, password| {
            if let Some(hash) = &hash {
                return argon2.verify_password(password, &PasswordHash::new(hash)?);
            }
            let mut unused = [0; Params::DEFAULT_OUTPUT_LEN];
            argon2.hash_password_into(password, b"nobody's account", &mut unused)?;
            Err(password_hash::Error::PasswordInvalid)
        });
        match verified.await? {
            Ok(()) => Ok(true),
            Err(password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(CryptoError::of(error)),
        }
    }

    /// Runs on the blocking pool. The slot goes along, so that a caller who gives up does not free it early.
    async fn work<T, F>(&self, password: &str, job: F) -> Result<T, CryptoError>
    where
        T: Send + 'static,
        F: FnOnce(&Argon2<'static>, &[u8]) -> T + Send + 'static,
    {
        let _place = self.queue.try_acquire().map_err(|_| CryptoError::Busy)?;
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(CryptoError::of)?;
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let done = tokio::task::spawn_blocking(move || {
            let _slot = slot;
            job(&argon2, password.as_bytes())
        });
        done.await.map_err(CryptoError::of)
    }
}
