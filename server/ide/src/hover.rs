//! Feature: Hover. What endpoint is under the cursor: method, URL, kind, parameters, where it is.
//!
//! Short, the endpoint first, the same order everywhere; what isn't known is left out. It reads
//! well without Markdown, too.

use std::sync::Arc;

use next::Method;
use syntax::{
    TextRange,
    facts::{DirectiveKind, Export, FileFacts, Signature},
};
use workspace::{ActionScope, App, Certainty, Endpoint, EndpointKind, FileId, Link, Snapshot, segment_config, shown};

use crate::{FilePosition, place::Spot};

/// What a hover shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    /// What it is about, in bytes.
    pub range: TextRange,
    /// Short Markdown.
    pub markdown: String,
}

/// Shows the endpoint under the cursor.
#[must_use]
pub fn hover(snap: &Snapshot, at: FilePosition) -> Option<Hover> {
    match Spot::find(snap, at)? {
        Spot::Declaration { range, endpoints } => {
            let lines = endpoints.iter().map(|e| card(snap, at.file, e, None)).collect::<Vec<_>>();
            Some(Hover { range, markdown: lines.join("\n\n---\n\n") })
        }
        Spot::Import { range, endpoint } => Some(Hover { range, markdown: card(snap, at.file, &endpoint, None) }),
        Spot::Link { link, endpoints } => Some(Hover { range: link.range, markdown: of_link(snap, at.file, &link, &endpoints) }),
        Spot::Directive { range, kind, endpoints } => Some(Hover { range, markdown: of_directive(snap, kind, &endpoints)? }),
    }
}

/// One endpoint, in full.
fn card(snap: &Snapshot, from: FileId, endpoint: &Endpoint, link: Option<&Link>) -> String {
    let app = app_of(snap, endpoint);
    let facts = snap.facts(endpoint.file);
    let mut lines = vec![headline(endpoint, app.as_deref(), link)];
    if let Some(signature) = facts.as_deref().and_then(|f| signature_line(f, endpoint)) {
        lines.push(signature);
    }
    lines.extend(link.and_then(holes));
    lines.extend(facts.as_deref().and_then(|f| behaviour(f, endpoint, app.as_deref())));
    lines.push(whereabouts(snap, from, endpoint));
    lines.retain(|line| !line.is_empty());
    lines.join("  \n")
}

/// `**POST** createPost — Server Action`, `**GET** /api/users/[id] — Route Handler`
fn headline(endpoint: &Endpoint, app: Option<&App>, link: Option<&Link>) -> String {
    let method = match (endpoint.method, link.and_then(|l| l.method.as_deref())) {
        (Some(method), _) => method.as_str(),
        (None, Some(sent)) => sent,
        (None, None) => "ANY",
    };
    let what = match &endpoint.url {
        Some(url) => format!("`{}`", full_url(url, app)),
        None => format!("`{}`", endpoint.label.as_deref().unwrap_or(&endpoint.name)),
    };
    let kind = kind_name(endpoint);
    match endpoint.implicit {
        true => format!("**{method}** {what} · {kind}, answered by Next.js itself"),
        false => format!("**{method}** {what} · {kind}"),
    }
}

fn kind_name(endpoint: &Endpoint) -> &'static str {
    match (endpoint.kind, endpoint.scope) {
        (EndpointKind::Route, _) => "Route Handler",
        (EndpointKind::Action, Some(ActionScope::Inline)) => "inline Server Action",
        (EndpointKind::Action, _) => "Server Action",
        (EndpointKind::PagesApi, _) => "API Route (`pages/api`)",
        (EndpointKind::Metadata, _) => "Metadata Route",
    }
}

/// The URL as it is requested: with `basePath` and, where Next adds it, the trailing slash.
/// (`normalizeTrailingSlash`: never behind a last segment with a dot.)
fn full_url(url: &str, app: Option<&App>) -> String {
    let base = app.and_then(|a| a.config.base_path.as_deref()).unwrap_or_default();
    let slash = app.is_some_and(|a| a.config.trailing_slash) && !url.ends_with('/') && !url.rsplit('/').next().is_some_and(|s| s.contains('.') && !s.contains("[..."));
    let url = if url == "/" && !base.is_empty() { "" } else { url };
    format!("{base}{url}{}", if slash { "/" } else { "" })
}

/// `` `createPost(title: string, tags: string[])` ``
fn signature_line(facts: &FileFacts, endpoint: &Endpoint) -> Option<String> {
    let export = endpoint.export.and_then(|e| facts.exports.get(e as usize));
    let signature = match endpoint.inline_action.and_then(|a| facts.inline_actions.get(a as usize)) {
        Some(action) => &action.signature,
        None => export?.signature.as_ref()?,
    };
    let name = match endpoint.kind {
        EndpointKind::Action => endpoint.label.as_deref().unwrap_or(&endpoint.name),
        _ => export.and_then(|e| e.local.as_deref()).unwrap_or(&endpoint.name),
    };
    let text = format!("{name}{}", parameters(signature));
    Some(match export.and_then(|e: &Export| e.wrapper.as_deref()) {
        Some(wrapper) => format!("`{text}` · in `{wrapper}`"),
        None => format!("`{text}`"),
    })
}

fn parameters(signature: &Signature) -> String {
    const LONGEST: usize = 76;
    let all = signature.parameters.join(", ");
    let all = if all.chars().count() > LONGEST {
        format!("{}…", all.chars().take(LONGEST).collect::<String>())
    } else {
        all
    };
    match &signature.returns {
        Some(returns) if all.len() + returns.len() < LONGEST => format!("({all}): {returns}"),
        _ => format!("({all})"),
    }
}

/// ``sent as `/api/users/{id}` `` where holes met parameters.
fn holes(link: &Link) -> Option<String> {
    let url = link.url.as_deref()?;
    url.contains('{').then(|| format!("requested as `{url}`"))
}

/// What the segment config says.
fn behaviour(facts: &FileFacts, endpoint: &Endpoint, app: Option<&App>) -> Option<String> {
    if endpoint.kind != EndpointKind::Route {
        return None;
    }
    let config = segment_config(facts);
    let mut said = vec![];
    for (name, value) in [
        ("dynamic", &config.dynamic),
        ("revalidate", &config.revalidate),
        ("runtime", &config.runtime),
        ("maxDuration", &config.max_duration),
    ] {
        if let Some(value) = value {
            said.push(format!("`{name} = {value}`"));
        }
    }
    let _ = app;
    (!said.is_empty()).then(|| said.join(" · "))
}

/// ``[`app/actions.ts:8`](file:///…#L8)``, and the other methods that the same URL has.
fn whereabouts(snap: &Snapshot, from: FileId, endpoint: &Endpoint) -> String {
    let mut parts = vec![];
    if endpoint.file != from {
        parts.push(place(snap, endpoint.file, endpoint.range));
    }
    if endpoint.kind == EndpointKind::Route {
        let others: Vec<&str> = snap
            .endpoints(endpoint.file)
            .iter()
            .filter(|e| e.kind == EndpointKind::Route && !e.implicit && e.method != endpoint.method)
            .filter_map(|e| e.method.map(Method::as_str))
            .collect();
        if !others.is_empty() {
            parts.push(format!("also {}", others.join(", ")));
        }
    }
    parts.join(" · ")
}

/// A link to a line, shown relative to the application or folder.
fn place(snap: &Snapshot, file: FileId, range: TextRange) -> String {
    let path = snap.path(file);
    let root = snap.folders().iter().filter(|f| path.starts_with(f)).max_by_key(|f| f.as_os_str().len());
    let root = root.cloned().or_else(|| snap.app_of(file).map(|a| a.root.to_path_buf()));
    let line = snap.lines(file).map_or(1, |l| l.line_col(range.start, syntax::Encoding::Utf8).line + 1);
    let text = root.map_or_else(|| path.to_string_lossy().into_owned(), |r| shown(&path, &r));
    // A code span, for `[id]` would end a link's plain text, and escapes show in a terminal.
    format!("[`{text}:{line}`]({}#L{line})", file_uri(&path))
}

fn file_uri(path: &std::path::Path) -> String {
    let mut out = String::from("file://");
    let text = path.to_string_lossy().replace('\\', "/");
    if !text.starts_with('/') {
        out.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b'@' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// At a call: the endpoint, or the candidates.
fn of_link(snap: &Snapshot, from: FileId, link: &Link, endpoints: &[Endpoint]) -> String {
    match endpoints {
        [one] => card(snap, from, one, Some(link)),
        many => {
            let files: Vec<FileId> = many.iter().fold(vec![], |mut files, e| {
                if !files.contains(&e.file) {
                    files.push(e.file);
                }
                files
            });
            let head = match (link.certainty, files.len()) {
                (Certainty::Ambiguous, n) if n > 1 => format!("**{n} endpoints fit**"),
                _ => {
                    let url = many.first().and_then(|e| e.url.as_deref()).unwrap_or_default();
                    match &link.method {
                        Some(method) => format!("`{url}` · Route Handler without **{method}**"),
                        None => format!("`{url}` · Route Handler, method not known here"),
                    }
                }
            };
            let mut lines = vec![head];
            for endpoint in many.iter().take(8) {
                let app = app_of(snap, endpoint);
                let url = endpoint.url.as_deref().map_or_else(|| endpoint.name.to_string(), |u| full_url(u, app.as_deref()));
                let method = endpoint.method.map_or("ANY", Method::as_str);
                lines.push(format!("**{method}** `{url}` · {}", place(snap, endpoint.file, endpoint.range)));
            }
            if many.len() > 8 {
                lines.push(format!("and {} more", many.len() - 8));
            }
            lines.join("  \n")
        }
    }
}

/// At a directive: what it exposes.
fn of_directive(snap: &Snapshot, kind: DirectiveKind, endpoints: &[Endpoint]) -> Option<String> {
    if kind != DirectiveKind::UseServer {
        return None;
    }
    let mut lines = vec![match endpoints {
        [] => "**No Server Action**: this file exports no function".to_owned(),
        [_] => "**1 Server Action** that anyone can call by POST".to_owned(),
        many => format!("**{} Server Actions** that anyone can call by POST", many.len()),
    }];
    for endpoint in endpoints {
        let facts = snap.facts(endpoint.file);
        let signature = facts.as_deref().and_then(|f| signature_line(f, endpoint));
        let line = snap.lines(endpoint.file).map_or(1, |l| l.line_col(endpoint.range.start, syntax::Encoding::Utf8).line + 1);
        let text = signature.unwrap_or_else(|| format!("`{}`", endpoint.label.as_deref().unwrap_or(&endpoint.name)));
        lines.push(format!("{text} · line {line}"));
    }
    Some(lines.join("  \n"))
}

fn app_of(snap: &Snapshot, endpoint: &Endpoint) -> Option<Arc<App>> {
    endpoint.app.and_then(|_| snap.app_of(endpoint.file))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::hover;
    use crate::tests::{Opened, SHOP};

    /// The fixture's cursor is in `text`; `SHOP` lies beside it.
    fn check(text: &str, expected: Expect) {
        let text = format!("{text}{SHOP}");
        let answers: Vec<String> = [Opened::scanned(&text), Opened::unscanned(&text)]
            .iter()
            .map(|opened| match hover(&opened.snap, opened.cursor()) {
                Some(hover) => {
                    format!("{}\n{}\n", opened.under(opened.cursor(), hover.range), opened.portable(&hover.markdown))
                }
                None => "nothing\n".to_owned(),
            })
            .collect();
        // Demand first: the answer doesn't wait for the scan, and isn't another one after it.
        assert_eq!(answers[0], answers[1], "scanned and unscanned differ");
        expected.assert_eq(&answers[0]);
    }

    #[test]
    fn call_of_an_action() {
        check(
            "//- /app/page.tsx\nimport { createPost as make } from '@/actions';\nexport default () => <b onClick={() => ma$0ke('x')} />;\n",
            expect![[r#"
                export default () => <b onClick={() => make('x')} />;
                                                       ▔▔▔▔
                **POST** `createPost` · Server Action
                `createPost(title: string, tags: string[] = []): Promise<void>`
                [`actions.ts:3`](file:///actions.ts#L3)
            "#]],
        );
    }

    #[test]
    fn import_of_an_action() {
        check("//- /app/page.tsx\nimport { remove$0Post } from '../actions';\n", expect![[r#"
            import { removePost } from '../actions';
                     ▔▔▔▔▔▔▔▔▔▔
            **POST** `removePost` · Server Action
            `removePost({ parsedInput, ctx })` · in `actionClient.schema().action`
            [`actions.ts:4`](file:///actions.ts#L4)
        "#]]);
    }

    #[test]
    fn default_import() {
        check("//- /app/page.tsx\nimport again from '../actions';\nconst x = { run: ag$0ain };\n", expect![[r#"
            const x = { run: again };
                             ▔▔▔▔▔
            **POST** `refresh` · Server Action
            `refresh()`
            [`actions.ts:7`](file:///actions.ts#L7)
        "#]]);
    }

    #[test]
    fn namespace_member_through_a_barrel() {
        check(
            "//- /lib/index.ts\nexport * as posts from '../actions';\n//- /app/page.tsx\nimport { posts } from '@/lib';\nposts.pub$0lish();\n",
            expect![[r#"
                posts.publish();
                      ▔▔▔▔▔▔▔
                **POST** `publish` · Server Action
                `publish()`
                [`actions.ts:5`](file:///actions.ts#L5)
            "#]],
        );
    }

    #[test]
    fn shadowed_name_is_no_call() {
        check(
            "//- /app/page.tsx\nimport { createPost } from '@/actions';\nfunction f(createPost: () => void) { create$0Post(); }\n",
            expect![[r#"
                nothing
            "#]],
        );
    }

    #[test]
    fn file_directive_lists_what_it_exposes() {
        check("//- /more.ts\n'use ser$0ver';\nexport async function one(a: string) {}\nexport const two = async () => {};\nexport type T = string;\nexport const LIMIT = 3;\n", expect![[r#"
            'use server';
            ▔▔▔▔▔▔▔▔▔▔▔▔
            **2 Server Actions** that anyone can call by POST
            `one(a: string)` · line 2
            `two()` · line 3
        "#]]);
    }

    #[test]
    fn inline_action_and_its_directive() {
        check(
            "//- /app/page.tsx\nexport default function Page() {\n  async function save(data: FormData) {\n    'use ser$0ver';\n  }\n  return <form action={save} />;\n}\n",
            expect![[r#"
                    'use server';
                    ▔▔▔▔▔▔▔▔▔▔▔▔
                **1 Server Action** that anyone can call by POST
                `save(data: FormData)` · line 2
            "#]],
        );
    }

    #[test]
    fn inline_action_in_an_attribute() {
        check(
            "//- /app/page.tsx\nexport default () => <form action={as$0ync () => { 'use server'; }} />;\n",
            expect![[r#"
                export default () => <form action={async () => { 'use server'; }} />;
                                                   ▔▔▔▔▔
                **POST** `action` · inline Server Action
                `action()`

            "#]],
        );
    }

    #[test]
    fn name_of_a_method() {
        check(
            "//- /app/feed.xml/route.ts\nexport const revalidate = 60;\nexport async function G$0ET() { return new Response(''); }\nexport async function POST() {}\n",
            expect![[r#"
                export async function GET() { return new Response(''); }
                                      ▔▔▔
                **GET** `/feed.xml` · Route Handler
                `GET()`
                `revalidate = 60`
                also POST
            "#]],
        );
    }

    #[test]
    fn literal_url() {
        check("//- /lib/a.ts\nfetch('/api/us$0ers');\n", expect![[r#"
            fetch('/api/users');
                  ▔▔▔▔▔▔▔▔▔▔▔▔
            **GET** `/api/users` · Route Handler
            `handler()`
            [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2) · also POST
        "#]]);
    }

    #[test]
    fn template_url_with_a_method() {
        check(
            "//- /lib/a.ts\nexport const del = (id: string) => fetch(`/api/us$0ers/${id}?force=1`, { method: 'DELETE' });\n",
            expect![[r#"
                export const del = (id: string) => fetch(`/api/users/${id}?force=1`, { method: 'DELETE' });
                                                         ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
                **DELETE** `/api/users/[id]` · Route Handler
                `DELETE(request, context)` · in `withAuth`
                requested as `/api/users/{id}`
                `dynamic = 'force-dynamic'`
                [`app/api/users/[id]/route.ts:4`](file:///app/api/users/%5Bid%5D/route.ts#L4) · also GET
            "#]],
        );
    }

    #[test]
    fn url_with_a_method_that_is_not_there() {
        check("//- /lib/a.ts\nfetch('/api/us$0ers', { method: 'PATCH' });\n", expect![[r#"
            fetch('/api/users', { method: 'PATCH' });
                  ▔▔▔▔▔▔▔▔▔▔▔▔
            `/api/users` · Route Handler without **PATCH**
            **GET** `/api/users` · [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2)
            **POST** `/api/users` · [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2)
        "#]]);
    }

    #[test]
    fn url_with_an_unknown_method() {
        check("//- /lib/a.ts\nexport const f = (init: RequestInit) => fetch('/api/us$0ers/7', init);\n", expect![[r#"
            export const f = (init: RequestInit) => fetch('/api/users/7', init);
                                                          ▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            `/api/users/[id]` · Route Handler, method not known here
            **GET** `/api/users/[id]` · [`app/api/users/[id]/route.ts:3`](file:///app/api/users/%5Bid%5D/route.ts#L3)
            **DELETE** `/api/users/[id]` · [`app/api/users/[id]/route.ts:4`](file:///app/api/users/%5Bid%5D/route.ts#L4)
        "#]]);
    }

    #[test]
    fn choice_of_two_urls() {
        check("//- /lib/a.ts\nfetch(one ? '/api/us$0ers' : `/api/users/${id}`);\n", expect![[r#"
            fetch(one ? '/api/users' : `/api/users/${id}`);
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **2 endpoints fit**
            **GET** `/api/users` · [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2)
            **GET** `/api/users/[id]` · [`app/api/users/[id]/route.ts:3`](file:///app/api/users/%5Bid%5D/route.ts#L3)
        "#]]);
    }

    #[test]
    fn another_host() {
        check("//- /lib/a.ts\nfetch('https://example.com/api/us$0ers');\n", expect![[r#"
            nothing
        "#]]);
    }

    #[test]
    fn page_and_asset_urls_are_no_endpoints() {
        check("//- /app/users/page.tsx\nexport default () => null;\n//- /lib/a.ts\nfetch('/us$0ers');\n", expect![[r#"
            nothing
        "#]]);
    }

    #[test]
    fn base_path_and_trailing_slash() {
        check(
            "//- /next.config.mjs\nexport default { basePath: '/docs', trailingSlash: true };\n//- /lib/a.ts\nfetch('/docs/api/us$0ers/');\n",
            expect![[r#"
                fetch('/docs/api/users/');
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
                **GET** `/docs/api/users/` · Route Handler
                `handler()`
                [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2) · also POST
            "#]],
        );
    }

    #[test]
    fn pages_api() {
        check(
            "//- /pages/api/legacy/[id].ts\nexport default async function handler(req: NextApiRequest, res: NextApiResponse) {}\n//- /lib/a.ts\nfetch(`/api/leg$0acy/${id}`, { method: 'PUT' });\n",
            expect![[r#"
                fetch(`/api/legacy/${id}`, { method: 'PUT' });
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
                **PUT** `/api/legacy/[id]` · API Route (`pages/api`)
                `handler(req: NextApiRequest, res: NextApiResponse)`
                requested as `/api/legacy/{id}`
                [`pages/api/legacy/[id].ts:1`](file:///pages/api/legacy/%5Bid%5D.ts#L1)
            "#]],
        );
    }

    #[test]
    fn broken_file() {
        check(
            "//- /app/page.tsx\nimport { createPost } from '@/actions';\nexport function f() { create$0Post('a'); const x = }\n",
            expect![[r#"
                export function f() { createPost('a'); const x = }
                                      ▔▔▔▔▔▔▔▔▔▔
                **POST** `createPost` · Server Action
                `createPost(title: string, tags: string[] = []): Promise<void>`
                [`actions.ts:3`](file:///actions.ts#L3)
            "#]],
        );
    }
}
