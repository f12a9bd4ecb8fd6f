//! Where a handler that was an action goes: a URL that nobody has, and its files.

use std::path::{Path, PathBuf};

use next::Method;
use workspace::{App, FileId, Snapshot};

use super::{Refusal, joined};

/// The files of a new handler.
pub(super) struct Home {
    /// From the application's root, without `basePath`: `/api/create-post`.
    pub url: String,
    /// `…/app/api/create-post/route.ts`
    pub route: PathBuf,
    /// `…/client.ts` beside it.
    pub client: PathBuf,
    /// A module of its own for the function, beside it: `…/create-post.ts`.
    pub function: PathBuf,
    /// The handler's file is there and gets one method more.
    pub existing: Option<FileId>,
}

/// What a new handler brings along.
pub(super) struct Newcomer<'a> {
    /// The action's name.
    pub name: &'a str,
    pub method: Method,
    /// The ending of its files: `ts`.
    pub extension: &'a str,
    /// Other origins are welcome.
    pub public: bool,
    /// It has a segment config of its own.
    pub configured: bool,
}

impl Home {
    /// A free one under the application's `api`, or the one that would be natural, if its file can have one
    /// method more.
    pub fn find(snap: &Snapshot, app: &App, new: &Newcomer) -> Result<Self, Refusal> {
        let Some(app_dir) = &app.app_dir else {
            return Err(Refusal::new("no-app-router", "the application has no app folder, where Route Handlers live"));
        };
        if app.config.output_export {
            return Err(Refusal::new(
                "static-export",
                "the application is exported as static files (output: 'export')",
            ));
        }
        let (kebab, file) = (kebab(new.name), new.extension);
        let Some(extension) = app.config.page_extensions.iter().find(|e| e.rsplit('.').next() == Some(file)) else {
            let text = format!("pageExtensions has none that ends in {file}, so no Route Handler can be written");
            return Err(Refusal::new("page-extensions", text));
        };
        for number in 1..100_u32 {
            let segment = if number == 1 { kebab.clone() } else { format!("{kebab}-{number}") };
            let url = format!("/api/{segment}");
            let folder = app_dir.join("api").join(&segment);
            let home = Self {
                route: folder.join(format!("route.{extension}")),
                client: folder.join(format!("client.{}", file.trim_end_matches('x'))),
                function: folder.join(format!("{kebab}.{file}")),
                url,
                existing: None,
            };
            if home.is_free(snap, app, &folder) {
                return Ok(home);
            }
            if number == 1
                && let Some(existing) = joined::host(snap, app, &folder, &home.url, new)
            {
                let method = new.method.as_str().to_lowercase();
                let free = |name: &str, file: &str| {
                    let names = [name.to_owned(), format!("{method}-{name}")];
                    names
                        .map(|name| folder.join(format!("{name}.{file}")))
                        .into_iter()
                        .find(|path| !is_taken(snap, path))
                };
                let files = free("client", file.trim_end_matches('x')).zip(free(&kebab, file));
                if let Some((client, function)) = files {
                    let route = snap.path(existing).to_path_buf();
                    return Ok(Self { route, client, function, existing: Some(existing), ..home });
                }
            }
        }
        Err(Refusal::new("no-free-url", format!("/api/{kebab} and its like are all taken")))
    }

    /// Nothing stands in its folder, on disk or in an editor, and no other file serves its URL.
    fn is_free(&self, snap: &Snapshot, app: &App, folder: &Path) -> bool {
        let is_served = snap
            .served_at(&format!("{}{}", app.config.base_path.as_deref().unwrap_or_default(), self.url))
            .iter()
            .any(|(owner, served)| owner.id == app.id && &*served.url == self.url.as_str());
        // a conversion back leaves the folder empty
        let is_empty = folder.read_dir().is_ok_and(|mut entries| entries.next().is_none());
        !is_served
            && (is_empty || !folder.exists())
            && ![&self.route, &self.client, &self.function].into_iter().any(|p| is_taken(snap, p))
    }
}

fn is_taken(snap: &Snapshot, path: &Path) -> bool {
    snap.file(path).is_some() || path.exists()
}

/// `createPostAction` as `create-post`, `URLParser` as `url-parser`.
pub(super) fn kebab(name: &str) -> String {
    let name = name.strip_suffix("Action").filter(|rest| !rest.is_empty()).unwrap_or(name);
    let mut out = String::with_capacity(name.len() + 4);
    let letters: Vec<char> = name.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| letters.get(i));
        let after = letters.get(index + 1);
        let is_start = letter.is_uppercase()
            && before.is_some_and(|b| !b.is_uppercase() || after.is_some_and(|a| a.is_lowercase()));
        if (is_start || *letter == '_' || *letter == '$') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase());
        }
    }
    let trimmed = out.trim_matches('-');
    if trimmed.is_empty() { "action".to_owned() } else { trimmed.to_owned() }
}

/// `createPost` as `CreatePost`.
pub(super) fn pascal(name: &str) -> String {
    let mut letters = name.trim_start_matches(['_', '$']).chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{kebab, pascal};

    #[test]
    fn names() {
        for (name, expected) in [
            ("createPost", "create-post"),
            ("createPostAction", "create-post"),
            ("Action", "action"),
            ("save", "save"),
            ("parseURLNow", "parse-url-now"),
            ("save_all2", "save-all2"),
            ("$", "action"),
        ] {
            assert_eq!(kebab(name), expected);
        }
        assert_eq!(pascal("_createPost"), "CreatePost");
    }
}
