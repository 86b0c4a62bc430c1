//! `beacon documents`: trusted documents that every server over the database knows without a restart.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::SecondsFormat;
use clap::Subcommand;
use thiserror::Error;

use super::{CliError, documents_are};
use crate::app::{self, App, HashCost, read_manifest};
use crate::config::Config;
use crate::domain::trusted_document::{
    ImportError, Imported, Misfit, RemoveError, TrustedDocument, all, import, remove,
};
use crate::graphql;
use crate::http::gate::{Gate, operation_names};
use crate::store::StoreError;

#[derive(Subcommand)]
pub(super) enum DocumentsCommand {
    /// Trusts the documents of a manifest from now on, all or none, and prints how many are new and how many there are.
    Import {
        /// A manifest as Apollo's tools, Relay's compiler or graphql-codegen write it.
        file: PathBuf,
    },
    /// Prints every document: id, when it was imported, the names of its operations.
    List,
    /// Trusts some documents no longer, all or none.
    Remove {
        /// Their ids, as `list` prints them.
        #[arg(required = true)]
        ids: Vec<String>,
    },
}

/// Why the documents are what they were.
#[derive(Debug, Error)]
pub(super) enum DocumentsError {
    #[error("The documents in {} cannot be used: {why}.", .path.display())]
    File { path: PathBuf, why: String },
    #[error("Nothing was imported.\nbeacon: {}", lines(.0))]
    Misfits(Vec<Misfit>),
    #[error("Nothing was removed: {0}.")]
    Remove(#[from] RemoveError),
    #[error("The database answered: {0}.")]
    Store(#[from] StoreError),
}

/// Does what a command about documents says.
pub(super) async fn run(config: Config, command: &DocumentsCommand) -> Result<(), CliError> {
    let app = App::build(config, HashCost::OWASP).await?;
    let mut out = io::stdout();
    match command {
        DocumentsCommand::Import { file } => {
            let Imported { new, all } = imported(&app, file).await?;
            writeln!(out, "{} new, of {all} in all.", documents_are(new))?;
        }
        DocumentsCommand::List => {
            for document in all(&app.db).await.map_err(DocumentsError::from)? {
                writeln!(out, "{}", row(&document))?;
            }
        }
        DocumentsCommand::Remove { ids } => remove(&app, ids).await.map_err(DocumentsError::from)?,
    }
    Ok(())
}

async fn imported(app: &App, file: &Path) -> Result<Imported, DocumentsError> {
    let manifest =
        app::read(file, read_manifest).map_err(|why| DocumentsError::File { path: file.to_owned(), why })?;
    let gate = Gate::new(&graphql::sdl());
    import(app, &manifest, |text| gate.fits(text)).await.map_err(|error| match error {
        ImportError::Misfits(misfits) => DocumentsError::Misfits(misfits),
        ImportError::Store(error) => DocumentsError::Store(error),
    })
}

fn row(document: &TrustedDocument) -> String {
    let imported = document.imported_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    [document.id.as_str(), &imported, &operation_names(&document.text).join(",")].join("\t")
}

fn lines(misfits: &[Misfit]) -> String {
    misfits.iter().map(ToString::to_string).collect::<Vec<_>>().join("\nbeacon: ")
}
