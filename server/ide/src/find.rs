//! Feature: Find. From what a log, a network panel or a terminal shows to the code behind it: an
//! action's ID, `Failed to find Server Action "60…"`, `POST /dashboard 200 in 34ms`, a `curl` line.

use next::{Method, action_id};
use workspace::{Endpoint, EndpointId, EndpointKind, Served, Serves, Snapshot};

/// What a piece of text is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The endpoints, best first.
    pub endpoints: Vec<EndpointId>,
    /// What is to be said of it, for people: what an ID's first byte means, why nothing is found.
    pub notes: Vec<String>,
}

/// Looks for an action's ID in a text, else for a request; `None` where it holds neither.
#[must_use]
pub fn find(snap: &Snapshot, text: &str) -> Option<Found> {
    if let Some(id) = id_in(text) {
        return Some(by_id(snap, &id));
    }
    Some(by_request(snap, &Request::read(text)?))
}

/// The first word that looks like an ID: 40 or 42 hexadecimal digits.
fn id_in(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.map(str::to_ascii_lowercase).find(|word| action_id::parse(word).is_some())
}

fn by_id(snap: &Snapshot, id: &str) -> Found {
    let mut found = Found::default();
    let mut ids = snap.action_ids();
    for file in snap.files() {
        for (index, endpoint) in snap.endpoints(file).iter().enumerate() {
            let is_it = endpoint.kind == EndpointKind::Action && ids.every(endpoint).iter().any(|known| known.id == id);
            found.endpoints.extend(is_it.then_some(EndpointId { file, index: index as u32 }));
        }
    }
    found.notes.extend(action_id::parse(id).and_then(|parsed| parsed.mask).map(|mask| {
        let what = if mask.is_cache() { "a cached function" } else { "an action" };
        let words = mask.words(false);
        let arguments = words.strip_prefix("cache, ").unwrap_or(&words);
        format!("{} stands for {what}, {arguments} sent", id.get(..2).unwrap_or_default())
    }));
    if found.endpoints.is_empty() {
        found.notes.push("nothing here has this ID: it is of another build, another key or other code".to_owned());
    }
    found
}

/// A request as people write it down.
#[derive(Debug, PartialEq)]
struct Request {
    method: Option<Method>,
    path: String,
}

impl Request {
    fn read(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().map(|w| w.trim_matches(['"', '\'', '`', ','])).collect();
        let path = words.iter().find_map(|word| path_in(word))?;
        let mut method = words.iter().find_map(|word| Method::parse(word.trim_start_matches("-X")));
        if method.is_none() && words.iter().any(|w| *w == "curl" || w.ends_with("/curl")) {
            let sends = |w: &&str| {
                w.starts_with("-d") || w.starts_with("--data") || w.starts_with("-F") || w.starts_with("--form")
            };
            method = Some(if words.iter().any(sends) { Method::Post } else { Method::Get });
        }
        Some(Self { method, path })
    }
}

/// The path of `/x`, `http://host/x`, `$BASE/x` and `${BASE:-http://host}/x`.
fn path_in(word: &str) -> Option<String> {
    if word.starts_with('/') && !word.starts_with("//") {
        return Some(word.to_owned());
    }
    let rest = match word.strip_prefix('$') {
        Some(variable) => variable.split_once('}').map_or(variable, |(_, rest)| rest),
        None => word.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?.1,
    };
    Some(rest.find('/').map_or_else(|| "/".to_owned(), |at| rest.get(at..).unwrap_or_default().to_owned()))
}

fn by_request(snap: &Snapshot, request: &Request) -> Found {
    let mut found = Found::default();
    for (_, served) in snap.served_at(&request.path) {
        match served.serves {
            Serves::Page => on_page(snap, &served, request, &mut found),
            _ => of_handler(snap, &served, request, &mut found),
        }
    }
    if found.endpoints.is_empty() && found.notes.is_empty() {
        found.notes.push(format!("nothing here serves {}", request.path));
    }
    found
}

/// The handler's method; all of them where none is said, or where it has no such one.
fn of_handler(snap: &Snapshot, served: &Served, request: &Request, found: &mut Found) {
    let endpoints = snap.endpoints(served.file);
    // What Next answers by itself is found where it is asked for.
    let is_meant =
        |e: &Endpoint| e.url.is_some() && (!e.implicit || (e.method.is_some() && e.method == request.method));
    let of_url = endpoints.iter().enumerate().filter(|(_, e)| is_meant(e));
    let all: Vec<(usize, Option<Method>)> = of_url.map(|(index, e)| (index, e.method)).collect();
    let is_asked = |method: &Option<Method>| request.method.is_none() || method.is_none() || *method == request.method;
    let mut rows: Vec<usize> = all.iter().filter(|(_, m)| is_asked(m)).map(|(index, _)| *index).collect();
    if let (true, Some(method)) = (rows.is_empty(), request.method) {
        found.notes.push(format!("{} answers 405 to {method}", served.url));
        rows = all.iter().map(|(index, _)| *index).collect();
    }
    found.endpoints.extend(rows.into_iter().map(|index| EndpointId { file: served.file, index: index as u32 }));
}

/// A POST to a page is an action's, though the page doesn't say which.
fn on_page(snap: &Snapshot, served: &Served, request: &Request, found: &mut Found) {
    if request.method.is_some_and(|method| method != Method::Post) {
        found.notes.push(format!("{} is a page", served.url));
        return;
    }
    let app = snap.app_of(served.file).map(|app| app.id);
    let before = found.endpoints.len();
    for file in snap.files() {
        for (index, action) in snap.endpoints(file).iter().enumerate() {
            if action.kind != EndpointKind::Action {
                continue;
            }
            let pages = snap.carriers(action).pages;
            let is_there = pages.iter().any(|page| Some(page.app) == app && page.url == served.url);
            found.endpoints.extend(is_there.then_some(EndpointId { file, index: index as u32 }));
        }
    }
    found.notes.push(match found.endpoints.len() - before {
        0 => format!("{} is a page that carries no action", served.url),
        1 => format!("{} is a page that carries one action", served.url),
        n => format!("{} is a page that carries {n} actions: the Next-Action header says which", served.url),
    });
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::find;
    use crate::{
        symbols,
        tests::{Opened, SHOP, TWO_APPS},
    };

    const BUILT: &str = r#"
//- /package-lock.json
{}
//- /.next/server/server-reference-manifest.json
{"node": {"60d91136f011987b09c22d9758457131a3152565c1": {"workers": {}, "filename": "actions.ts", "exportedName": "createPost"}}, "edge": {}, "encryptionKey": "c2VjcmV0IGtleSBvZiAzMiBieXRlcyBpbiBiYXNlNjQ="}
//- /app/page.tsx
import { createPost, removePost } from '@/actions';
export default () => <form action={createPost}><button formAction={removePost} /></form>;
//- /app/about/page.tsx
export default () => null;
"#;

    fn check(texts: &[&str], expected: Expect) {
        let opened = Opened::scanned(&format!("{BUILT}{SHOP}"));
        let mut out = String::new();
        for text in texts {
            out += &format!("{text}\n");
            let Some(found) = find(&opened.snap, text) else {
                out += "  neither an ID nor a request\n";
                continue;
            };
            for id in found.endpoints {
                let endpoints = opened.snap.endpoints(id.file);
                out += &format!("  {}\n", symbols::name(&endpoints[id.index as usize]));
            }
            found.notes.iter().for_each(|note| out += &format!("  ({note})\n"));
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn ids() {
        check(
            &[
                "60d91136f011987b09c22d9758457131a3152565c1",
                "Error: Failed to find Server Action \"60D91136F011987B09C22D9758457131A3152565C1\". This request might be from an older or newer deployment.",
                "curl http://localhost:3000/about -H 'Next-Action: 60d91136f011987b09c22d9758457131a3152565c1' --data '[]'",
                "c0d91136f011987b09c22d9758457131a3152565c1",
                "d91136f011987b09c22d9758457131a3152565c1",
            ],
            expect![[r#"
                60d91136f011987b09c22d9758457131a3152565c1
                  POST createPost
                  (60 stands for an action, both arguments sent)
                Error: Failed to find Server Action "60D91136F011987B09C22D9758457131A3152565C1". This request might be from an older or newer deployment.
                  POST createPost
                  (60 stands for an action, both arguments sent)
                curl http://localhost:3000/about -H 'Next-Action: 60d91136f011987b09c22d9758457131a3152565c1' --data '[]'
                  POST createPost
                  (60 stands for an action, both arguments sent)
                c0d91136f011987b09c22d9758457131a3152565c1
                  (c0 stands for a cached function, one argument sent)
                  (nothing here has this ID: it is of another build, another key or other code)
                d91136f011987b09c22d9758457131a3152565c1
                  (nothing here has this ID: it is of another build, another key or other code)
            "#]],
        );
    }

    #[test]
    fn requests() {
        check(
            &[
                " POST / 200 in 34ms",
                " GET /about 200 in 4ms (compile: 2ms)",
                "POST /about",
                "DELETE /api/users/17?force=1",
                "PATCH /api/users/17",
                "/api/users/17",
                "curl -sS \"${BASE:-http://localhost:3000}/api/users\"",
                "curl -F a=b https://shop.example/api/users",
                "curl -XDELETE $BASE/api/users/3",
                "GET /nowhere",
                "create post",
            ],
            expect![[r#"
                 POST / 200 in 34ms
                  POST createPost
                  POST removePost
                  POST publish
                  POST refresh
                  (/ is a page that carries 4 actions: the Next-Action header says which)
                 GET /about 200 in 4ms (compile: 2ms)
                  (/about is a page)
                POST /about
                  (/about is a page that carries no action)
                DELETE /api/users/17?force=1
                  DELETE /api/users/[id]
                PATCH /api/users/17
                  GET /api/users/[id]
                  DELETE /api/users/[id]
                  (/api/users/[id] answers 405 to PATCH)
                /api/users/17
                  GET /api/users/[id]
                  DELETE /api/users/[id]
                curl -sS "${BASE:-http://localhost:3000}/api/users"
                  GET /api/users
                curl -F a=b https://shop.example/api/users
                  POST /api/users
                curl -XDELETE $BASE/api/users/3
                  DELETE /api/users/[id]
                GET /nowhere
                  (nothing here serves /nowhere)
                create post
                  neither an ID nor a request
            "#]],
        );
    }

    /// Each application that bundles a package's action calls it by its own ID.
    #[test]
    fn ids_of_two_applications() {
        let opened = Opened::scanned(TWO_APPS);
        let file = opened.snap.file(&opened.project.path("/packages/mail/actions.ts")).expect("the file");
        let mut ids = opened.snap.action_ids();
        let ids = ids.every(&opened.snap.endpoints(file)[0]);
        assert_eq!(ids.len(), 2);
        for known in ids {
            let found = find(&opened.snap, &known.id).expect("an ID");
            assert_eq!(found.endpoints.iter().map(|id| id.file).collect::<Vec<_>>(), [file], "{}", known.id);
            assert_eq!(symbols::workspace_symbols(&opened.snap, &known.id)[0].name, "POST send");
        }
    }
}
