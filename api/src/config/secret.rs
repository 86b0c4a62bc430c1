//! The secret that signs access tokens, given or made once.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

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

/// `None` for what is too short.
pub(super) fn parse(text: &str) -> Option<Secret> {
    (text.len() >= MIN_BYTES).then(|| Secret(text.to_owned()))
}

/// The secret kept in the data directory, made with mode 0600 if there is none yet. Processes that start
/// together agree: the first to finish wins, and the others read what it wrote.
///
/// # Errors
/// When the file cannot be read or written, or holds less than 32 bytes.
pub fn kept(data_dir: &Path) -> io::Result<Secret> {
    let path = data_dir.join(FILE);
    match read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        found => return found,
    }
    let draft = data_dir.join(format!("{FILE}.{}", random::<9>()?));
    File::options().write(true).create_new(true).mode(0o600).open(&draft).and_then(|mut file| {
        file.write_all(random::<32>()?.as_bytes())?;
        file.sync_all()
    })?;
    // Unlike a rename, a link fails where another process was faster.
    let linked = fs::hard_link(&draft, &path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => read(&path),
    }
}

fn read(path: &Path) -> io::Result<Secret> {
    let mut text = String::new();
    File::open(path)?.read_to_string(&mut text)?;
    let text = text.trim();
    if text.len() < MIN_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("it holds less than {MIN_BYTES} bytes"),
        ));
    }
    Ok(Secret(text.to_owned()))
}

/// Random bytes as URL-safe text.
fn random<const BYTES: usize>() -> io::Result<String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
