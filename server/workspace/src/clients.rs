//! Clients that can't be looked into: what people say of them in the setting `httpClients`. Each is
//! an export of a module, never a mere name.

use std::path::{Path, PathBuf};

use syntax::facts::Imported;

use crate::{paths::FileId, scan::normal, snapshot::Snapshot};

/// A function or an object with HTTP's methods that sends requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpClient {
    /// The module as it is imported (`@acme/http`) or, with a `.` in front, its path from a workspace
    /// folder (`./lib/api.ts`; the extension can be left out).
    pub module: String,
    /// What of it: `default` for the default export.
    pub export: String,
    /// What it puts in front of every URL; empty for nothing.
    pub base: String,
    /// Which argument holds the URL, from 0.
    pub argument: usize,
    /// The method that it always sends.
    pub method: Option<String>,
    /// Which argument holds the method, from 0.
    pub method_argument: Option<usize>,
}

impl HttpClient {
    /// Whether the module is named by its path.
    pub(crate) fn is_file(&self) -> bool {
        self.module.starts_with('.')
    }

    /// Where the module may be.
    pub(crate) fn paths<'c>(&'c self, folders: &'c [PathBuf]) -> impl Iterator<Item = PathBuf> + 'c {
        folders.iter().filter(|_| self.is_file()).map(|folder| normal(&folder.join(&self.module)))
    }

    fn is_in(&self, path: &Path, folders: &[PathBuf]) -> bool {
        self.paths(folders).any(|module| {
            let bare = path.with_extension("");
            module == path || module == bare || (bare.ends_with("index") && path.parent() == Some(&*module))
        })
    }
}

impl Snapshot {
    /// What is said of an import by its specifier, or by the file that it leads to.
    pub(crate) fn client_of_import(&self, file: FileId, specifier: &str, imported: &Imported) -> Option<&HttpClient> {
        if self.clients.is_empty() {
            return None;
        }
        let Imported::Name(name) = imported else { return None };
        let named = self.clients.iter().find(|c| c.module == specifier && *c.export == **name);
        named.or_else(|| self.client_of_export(self.resolve(file, specifier)?, name))
    }

    /// What is said of an export.
    pub(crate) fn client_of_export(&self, file: FileId, name: &str) -> Option<&HttpClient> {
        let mut named = self.clients.iter().filter(|c| c.export == name && c.is_file()).peekable();
        named.peek()?;
        let path = self.path(file);
        named.find(|client| client.is_in(&path, &self.folders))
    }

    /// Whether a file is named as a client's module.
    pub(crate) fn holds_client(&self, file: FileId) -> bool {
        let path = self.path(file);
        self.clients.iter().any(|client| client.is_in(&path, &self.folders))
    }
}
