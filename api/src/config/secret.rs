//! The secret that signs access tokens, given or made once, and those before it.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, SecondsFormat, Utc};

/// Fewest bytes of a secret: as many as SHA-256 gives (RFC 7518 §3.2).
const MIN_BYTES: usize = 32;
/// Where a made one is kept, in the data directory.
pub const FILE: &str = "jwt-secret";

/// Text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The secret that signs, and those whose tokens may still be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    /// Signs.
    pub current: Secret,
    /// Each signed until a moment, the latest first.
    pub former: Vec<(DateTime<Utc>, Secret)>,
}

/// `None` for what is too short.
pub(super) fn parse(text: &str) -> Option<Secret> {
    (text.len() >= MIN_BYTES).then(|| Secret(text.to_owned()))
}

/// The secrets kept in the data directory, one made with mode 0600 if there is none yet. Processes that start
/// together agree: the first to finish wins, and the others read what it wrote.
///
/// # Errors
/// When the file cannot be read or written, or holds a line that is no secret.
pub fn kept(data_dir: &Path) -> io::Result<Secrets> {
    let path = data_dir.join(FILE);
    match read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        found => return found,
    }
    let draft = drafted(data_dir, &random::<32>()?)?;
    // Unlike a rename, a link fails where another process was faster.
    let linked = fs::hard_link(&draft, &path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => read(&path),
    }
}

/// Puts a new secret before those kept in the data directory, in one step; forgets those that signed until before a
/// moment.
///
/// # Errors
/// As [`kept`].
pub fn rotate(data_dir: &Path, now: DateTime<Utc>, forget_before: DateTime<Utc>) -> io::Result<()> {
    let Secrets { current, former } = kept(data_dir)?;
    let former = former.into_iter().filter(|(until, _)| *until >= forget_before);
    let line = |(until, secret): (DateTime<Utc>, Secret)| {
        format!("{} {}", until.to_rfc3339_opts(SecondsFormat::Micros, true), secret.0)
    };
    let lines =
        std::iter::once(random::<32>()?).chain(std::iter::once((now, current)).chain(former).map(line));
    let text = lines.collect::<Vec<_>>().join("\n");
    fs::rename(drafted(data_dir, &text)?, data_dir.join(FILE))
}

/// A file beside the real one with a text, for the owner's eyes only.
fn drafted(data_dir: &Path, text: &str) -> io::Result<PathBuf> {
    let draft = data_dir.join(format!("{FILE}.{}", random::<9>()?));
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(draft)
}

/// The first line is the secret that signs; each further one begins with the moment until which its secret did.
fn read(path: &Path) -> io::Result<Secrets> {
    let mut text = String::new();
    File::open(path)?.read_to_string(&mut text)?;
    let refused = || {
        let why = format!("it holds less than {MIN_BYTES} bytes, or a line that is no secret");
        io::Error::new(io::ErrorKind::InvalidData, why)
    };
    let mut lines = text.trim().lines();
    let current = lines.next().and_then(parse).ok_or_else(refused)?;
    let former = lines.map(|line| {
        let (until, secret) = line.split_once(' ')?;
        Some((DateTime::parse_from_rfc3339(until).ok()?.to_utc(), parse(secret)?))
    });
    Ok(Secrets { current, former: former.collect::<Option<_>>().ok_or_else(refused)? })
}

/// Random bytes as URL-safe text.
fn random<const BYTES: usize>() -> io::Result<String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
