//! One temporary directory for the whole run, removed at its end, however it ends.

use std::fs;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

/// Waits until its input ends, which it does when this process ends in whatever way; then stops the
/// database cluster, if one was started, and removes the directory.
const CLEAN_UP: &str = r#"
trap '' INT TERM HUP
read -r _
pid_file="$1/postgres/data/postmaster.pid"
if [ -f "$pid_file" ]; then
    pid=$(head -n 1 "$pid_file")
    kill -QUIT "$pid" 2>/dev/null
    tries=0
    while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
fi
rm -rf "$1"
"#;

static PLACE: OnceLock<PathBuf> = OnceLock::new();
static CLEANER: Mutex<Option<Child>> = Mutex::new(None);
static NAMES: AtomicU32 = AtomicU32::new(1);

/// The directory of this run.
pub(crate) fn directory() -> &'static Path {
    PLACE.get_or_init(|| {
        let path = std::env::temp_dir().join(format!("beacon-spec-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the temporary directory can be written to");
        let cleaner = Command::new("sh")
            .args(["-c", CLEAN_UP, "sh"])
            .arg(&path)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("there is a shell");
        *CLEANER.lock().expect("nobody panics holding it") = Some(cleaner);
        path
    })
}

/// A name that nothing else in this run has.
pub(crate) fn fresh_name() -> String {
    format!("beacon_spec_{}_{}", std::process::id(), NAMES.fetch_add(1, Ordering::Relaxed))
}

/// Removes the directory now.
pub(crate) fn leave() {
    let cleaner = CLEANER.lock().expect("nobody panics holding it").take();
    if let Some(mut cleaner) = cleaner {
        if let Some(mut input) = cleaner.stdin.take() {
            let _ = input.write_all(b"\n");
        }
        let _ = cleaner.wait();
    }
}
