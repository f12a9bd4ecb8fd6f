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
use workspace::{ActionScope, App, Endpoint, EndpointKind, FileId, Link, Snapshot, segment_config, shown};

use crate::{FilePosition, place::Spot};

/// What a hover shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Hover {
    /// What it is about, in bytes.
    pub range: TextRange,
    /// Short Markdown.
    pub markdown: String,
}

impl Hover {
    /// The Markdown with places as plain code, for editors that can't open a link, or that wrap
    /// lines as if a hidden address took room (Neovim).
    #[must_use]
    pub fn unlinked(&self) -> String {
        let mut out = String::with_capacity(self.markdown.len());
        let mut rest = self.markdown.as_str();
        while let Some((before, (text, after))) =
            rest.split_once("[`").and_then(|(b, r)| Some((b, r.split_once("`](file://")?)))
        {
            out.push_str(&format!("{before}`{text}`"));
            // addresses hold no bracket: `file_uri` escapes them
            rest = after.split_once(')').map_or("", |(_, rest)| rest);
        }
        out + rest
    }
}

/// So many lines of a list are read at a glance; the rest is counted.
const LONGEST_LIST: usize = 12;

/// Shows the endpoint under the cursor.
#[must_use]
pub fn hover(snap: &Snapshot, at: FilePosition) -> Option<Hover> {
    match Spot::find(snap, at)? {
        Spot::Declaration { range, endpoints } => {
            let cards = grouped(&endpoints).iter().map(|same| card(snap, at.file, same, None)).collect::<Vec<_>>();
            Some(Hover { range, markdown: cards.join("\n\n---\n\n") })
        }
        Spot::Import { range, endpoint } => Some(Hover { range, markdown: card(snap, at.file, &[&endpoint], None) }),
        Spot::Link { link, endpoints } => {
            Some(Hover { range: link.range, markdown: of_link(snap, at.file, &link, &endpoints)? })
        }
        Spot::Directive { range, kind, endpoints } => {
            Some(Hover { range, markdown: of_directive(snap, kind, &endpoints)? })
        }
    }
}

/// The methods of one URL in one file belong together; everything else stands alone.
fn grouped(endpoints: &[Endpoint]) -> Vec<Vec<&Endpoint>> {
    let mut groups: Vec<Vec<&Endpoint>> = vec![];
    for endpoint in endpoints {
        let same = |g: &&mut Vec<&Endpoint>| {
            g.first().is_some_and(|f| {
                f.url.is_some() && f.file == endpoint.file && f.url == endpoint.url && f.kind == endpoint.kind
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(endpoint),
            None => groups.push(vec![endpoint]),
        }
    }
    groups
}

/// One endpoint in full, or several methods of the same URL.
fn card(snap: &Snapshot, from: FileId, same: &[&Endpoint], link: Option<&Link>) -> String {
    let Some(&endpoint) = same.first() else { return String::new() };
    let app = app_of(snap, endpoint);
    let facts = snap.facts(endpoint.file);
    let sent = link.and_then(|l| l.method.as_deref());
    let absent = sent.filter(|sent| same.iter().all(|e| e.method.is_some_and(|m| m.as_str() != *sent)));
    let mut lines = vec![];
    if let Some(method) = absent {
        lines.push(format!(
            "**{method}** {} · {}, not exported (answers 405)",
            what(endpoint, app.as_deref()),
            kind_name(endpoint)
        ));
    } else {
        lines.push(headline(same, app.as_deref(), sent));
        lines.extend((same.len() > 1 && link.is_some()).then(|| "method not known here".to_owned()));
        lines.extend(facts.as_deref().filter(|_| same.len() == 1).and_then(|f| made_of(f, endpoint)));
    }
    lines.extend(link.and_then(|l| request(snap, from, l)));
    lines.extend(facts.as_deref().and_then(|f| behaviour(f, endpoint)));
    let shown: &[&Endpoint] = if absent.is_some() { &[] } else { same };
    lines.push(whereabouts(snap, from, endpoint, shown));
    lines.retain(|line| !line.is_empty());
    lines.join("  \n")
}

/// `**POST** createPost · Server Action`, `**GET** /api/users/[id] · Route Handler`
fn headline(same: &[&Endpoint], app: Option<&App>, sent: Option<&str>) -> String {
    let Some(endpoint) = same.first() else { return String::new() };
    let line = format!("**{}** {} · {}", methods(same, sent), what(endpoint, app), kind_name(endpoint));
    if endpoint.implicit { format!("{line}, answered by Next.js itself") } else { line }
}

/// `GET`, `GET, POST`; for a function that takes any method, the one that is sent.
fn methods(same: &[&Endpoint], sent: Option<&str>) -> String {
    let names: Vec<&str> =
        same.iter().map(|e| e.method.as_ref().map_or_else(|| sent.unwrap_or("ANY"), |m| m.as_str())).collect();
    names.join(", ")
}

fn what(endpoint: &Endpoint, app: Option<&App>) -> String {
    match &endpoint.url {
        Some(url) => format!("`{}`", full_url(url, app)),
        None => format!("`{}`", label(endpoint)),
    }
}

fn label(endpoint: &Endpoint) -> &str {
    endpoint.label.as_deref().unwrap_or(&endpoint.name)
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
    let slash = app.is_some_and(|a| a.config.trailing_slash)
        && !url.ends_with('/')
        && !url.rsplit('/').next().is_some_and(|s| s.contains('.') && !s.contains("[..."));
    let url = if url == "/" && !base.is_empty() { "" } else { url };
    format!("{base}{url}{}", if slash { "/" } else { "" })
}

/// What an action takes, what a handler is wrapped in. A handler's parameters are always the same
/// two, and the names of both stand in the first line: only what that doesn't tell.
fn made_of(facts: &FileFacts, endpoint: &Endpoint) -> Option<String> {
    let (signature, wrapper) = source(facts, endpoint);
    let mut said = vec![];
    match (endpoint.kind, signature) {
        (EndpointKind::Action, Some(s)) if s.parameters.is_empty() && s.returns.is_none() => {
            said.push("no parameters".to_owned())
        }
        (EndpointKind::Action, Some(s)) => said.push(format!("`{}`", parameters(s))),
        (_, Some(Signature { returns: Some(returns), .. })) => said.push(format!("returns `{}`", shortened(returns))),
        _ => {}
    }
    said.extend(wrapper.map(|wrapper| format!("wrapped in `{wrapper}`")));
    (!said.is_empty()).then(|| said.join(" · "))
}

/// What is known of the function behind an endpoint, and what it was handed to.
fn source<'f>(facts: &'f FileFacts, endpoint: &Endpoint) -> (Option<&'f Signature>, Option<&'f str>) {
    let export = endpoint.export.and_then(|e| facts.exports.get(e as usize));
    let inline = endpoint.inline_action.and_then(|a| facts.inline_actions.get(a as usize));
    let signature = inline.map(|a| &a.signature).or_else(|| export?.signature.as_ref());
    (signature, export.and_then(|e: &Export| e.wrapper.as_deref()))
}

fn parameters(signature: &Signature) -> String {
    let all = shortened(&signature.parameters.join(", "));
    match &signature.returns {
        Some(returns) if all.len() + returns.len() < LONGEST => format!("({all}): {returns}"),
        _ => format!("({all})"),
    }
}

/// So many characters of source fit on a line.
const LONGEST: usize = 76;

fn shortened(source: &str) -> String {
    match source.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", source.get(..end).unwrap_or_default()),
        None => source.to_owned(),
    }
}

/// ``requested as `/api/users/{id}` ``, unless that can be read where the cursor is.
fn request(snap: &Snapshot, from: FileId, link: &Link) -> Option<String> {
    let url = link.url.as_deref().filter(|url| url.contains('{'))?;
    let text = snap.text(from)?;
    let written = text.get(link.range.span())?.replace("${", "{");
    (!written.contains(url)).then(|| format!("requested as `{url}`"))
}

/// What the segment config says.
fn behaviour(facts: &FileFacts, endpoint: &Endpoint) -> Option<String> {
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
    (!said.is_empty()).then(|| said.join(" · "))
}

/// ``[`app/actions.ts:8`](file:///…#L8)``, and the other methods that the same URL has.
fn whereabouts(snap: &Snapshot, from: FileId, endpoint: &Endpoint, shown: &[&Endpoint]) -> String {
    let mut parts = vec![];
    if endpoint.file != from {
        parts.push(place(snap, endpoint.file, endpoint.range));
    }
    if endpoint.kind == EndpointKind::Route {
        let others: Vec<&str> = snap
            .endpoints(endpoint.file)
            .iter()
            .filter(|e| e.kind == EndpointKind::Route && !e.implicit && shown.iter().all(|s| s.method != e.method))
            .filter_map(|e| e.method.map(Method::as_str))
            .collect();
        if !others.is_empty() {
            parts.push(format!("{} {}", if shown.is_empty() { "has" } else { "also" }, others.join(", ")));
        }
    }
    parts.join(" · ")
}

/// A link to a line, shown relative to the application or folder.
fn place(snap: &Snapshot, file: FileId, range: TextRange) -> String {
    let path = snap.path(file);
    let root = snap.folders().iter().filter(|f| path.starts_with(f)).max_by_key(|f| f.as_os_str().len());
    let root = root.cloned().or_else(|| snap.app_of(file).map(|a| a.root.to_path_buf()));
    let at = snap.lines(file).map(|l| l.line_col(range.start, syntax::Encoding::Utf16));
    let (line, column) = at.map_or((1, 1), |at| (at.line + 1, at.col + 1));
    let text = root.map_or_else(|| path.to_string_lossy().into_owned(), |r| shown(&path, &r));
    // A code span, for `[id]` would end a link's plain text, and escapes show in a terminal.
    format!("[`{text}:{line}`]({}#L{line},{column})", file_uri(&path))
}

fn file_uri(path: &std::path::Path) -> String {
    let mut out = String::from("file://");
    let text = path.to_string_lossy().replace('\\', "/");
    if !text.starts_with('/') {
        out.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b'@' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// At a call: the endpoint, or the candidates.
fn of_link(snap: &Snapshot, from: FileId, link: &Link, endpoints: &[Endpoint]) -> Option<String> {
    let groups = grouped(endpoints);
    if let [same] = groups.as_slice() {
        return Some(card(snap, from, same, Some(link)));
    }
    let sent = link.method.as_deref();
    let mut lines = vec![format!("**{} routes fit**", groups.len())];
    for same in groups.iter().take(LONGEST_LIST) {
        let endpoint = same.first()?;
        let what = what(endpoint, app_of(snap, endpoint).as_deref());
        lines.push(format!("**{}** {what} · {}", methods(same, sent), place(snap, endpoint.file, endpoint.range)));
    }
    lines.extend(more(groups.len()));
    Some(lines.join("  \n"))
}

fn more(all: usize) -> Option<String> {
    (all > LONGEST_LIST).then(|| format!("and {} more", all - LONGEST_LIST))
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
    for endpoint in endpoints.iter().take(LONGEST_LIST) {
        let facts = snap.facts(endpoint.file);
        let (signature, wrapper) = facts.as_deref().map_or((None, None), |f| source(f, endpoint));
        let line =
            snap.lines(endpoint.file).map_or(1, |l| l.line_col(endpoint.range.start, syntax::Encoding::Utf8).line + 1);
        let wrapped = wrapper.map(|wrapper| format!(" · wrapped in `{wrapper}`")).unwrap_or_default();
        lines.push(format!(
            "`{}{}`{wrapped} · line {line}",
            label(endpoint),
            signature.map(parameters).unwrap_or_default()
        ));
    }
    lines.extend(more(endpoints.len()));
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
                `(title: string, tags: string[] = []): Promise<void>`
                [`actions.ts:3`](file:///actions.ts#L3,23)
            "#]],
        );
    }

    #[test]
    fn import_of_an_action() {
        check(
            "//- /app/page.tsx\nimport { remove$0Post } from '../actions';\n",
            expect![[r#"
            import { removePost } from '../actions';
                     ▔▔▔▔▔▔▔▔▔▔
            **POST** `removePost` · Server Action
            `({ parsedInput, ctx })` · wrapped in `actionClient.schema().action`
            [`actions.ts:4`](file:///actions.ts#L4,14)
        "#]],
        );
    }

    #[test]
    fn default_import() {
        check(
            "//- /app/page.tsx\nimport again from '../actions';\nconst x = { run: ag$0ain };\n",
            expect![[r#"
            const x = { run: again };
                             ▔▔▔▔▔
            **POST** `refresh` · Server Action
            no parameters
            [`actions.ts:7`](file:///actions.ts#L7,31)
        "#]],
        );
    }

    #[test]
    fn namespace_member_through_a_barrel() {
        check(
            "//- /lib/index.ts\nexport * as posts from '../actions';\n//- /app/page.tsx\nimport { posts } from '@/lib';\nposts.pub$0lish();\n",
            expect![[r#"
                posts.publish();
                      ▔▔▔▔▔▔▔
                **POST** `publish` · Server Action
                no parameters
                [`actions.ts:5`](file:///actions.ts#L5,16)
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
        check(
            "//- /more.ts\n'use ser$0ver';\nexport async function one(a: string) {}\nexport const two = async () => {};\nexport type T = string;\nexport const LIMIT = 3;\n",
            expect![[r#"
            'use server';
            ▔▔▔▔▔▔▔▔▔▔▔▔
            **2 Server Actions** that anyone can call by POST
            `one(a: string)` · line 2
            `two()` · line 3
        "#]],
        );
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
                no parameters
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
                `revalidate = 60`
                also POST
            "#]],
        );
    }

    #[test]
    fn literal_url() {
        check(
            "//- /lib/a.ts\nfetch('/api/us$0ers');\n",
            expect![[r#"
            fetch('/api/users');
                  ▔▔▔▔▔▔▔▔▔▔▔▔
            **GET** `/api/users` · Route Handler
            [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2,21) · also POST
        "#]],
        );
    }

    #[test]
    fn template_url_with_a_method() {
        check(
            "//- /lib/a.ts\nexport const del = (id: string) => fetch(`/api/us$0ers/${id}?force=1`, { method: 'DELETE' });\n",
            expect![[r#"
                export const del = (id: string) => fetch(`/api/users/${id}?force=1`, { method: 'DELETE' });
                                                         ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
                **DELETE** `/api/users/[id]` · Route Handler
                wrapped in `withAuth`
                `dynamic = 'force-dynamic'`
                [`app/api/users/[id]/route.ts:4`](file:///app/api/users/%5Bid%5D/route.ts#L4,14) · also GET
            "#]],
        );
    }

    #[test]
    fn url_with_a_method_that_is_not_there() {
        check(
            "//- /lib/a.ts\nfetch('/api/us$0ers', { method: 'PATCH' });\n",
            expect![[r#"
            fetch('/api/users', { method: 'PATCH' });
                  ▔▔▔▔▔▔▔▔▔▔▔▔
            **PATCH** `/api/users` · Route Handler, not exported (answers 405)
            [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2,21) · has GET, POST
        "#]],
        );
    }

    #[test]
    fn url_with_an_unknown_method() {
        check(
            "//- /lib/a.ts\nexport const f = (init: RequestInit) => fetch('/api/us$0ers/7', init);\n",
            expect![[r#"
            export const f = (init: RequestInit) => fetch('/api/users/7', init);
                                                          ▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **GET, DELETE** `/api/users/[id]` · Route Handler
            method not known here
            `dynamic = 'force-dynamic'`
            [`app/api/users/[id]/route.ts:3`](file:///app/api/users/%5Bid%5D/route.ts#L3,23)
        "#]],
        );
    }

    #[test]
    fn choice_of_two_urls() {
        check(
            "//- /lib/a.ts\nfetch(one ? '/api/us$0ers' : `/api/users/${id}`);\n",
            expect![[r#"
            fetch(one ? '/api/users' : `/api/users/${id}`);
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
            **2 routes fit**
            **GET** `/api/users` · [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2,21)
            **GET** `/api/users/[id]` · [`app/api/users/[id]/route.ts:3`](file:///app/api/users/%5Bid%5D/route.ts#L3,23)
        "#]],
        );
    }

    #[test]
    fn another_host() {
        check(
            "//- /lib/a.ts\nfetch('https://example.com/api/us$0ers');\n",
            expect![[r#"
            nothing
        "#]],
        );
    }

    #[test]
    fn page_and_asset_urls_are_no_endpoints() {
        check(
            "//- /app/users/page.tsx\nexport default () => null;\n//- /lib/a.ts\nfetch('/us$0ers');\n",
            expect![[r#"
            nothing
        "#]],
        );
    }

    #[test]
    fn base_path_and_trailing_slash() {
        check(
            "//- /next.config.mjs\nexport default { basePath: '/docs', trailingSlash: true };\n//- /lib/a.ts\nfetch('/docs/api/us$0ers/');\n",
            expect![[r#"
                fetch('/docs/api/users/');
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
                **GET** `/docs/api/users/` · Route Handler
                [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2,21) · also POST
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
                [`pages/api/legacy/[id].ts:1`](file:///pages/api/legacy/%5Bid%5D.ts#L1,31)
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
                `(title: string, tags: string[] = []): Promise<void>`
                [`actions.ts:3`](file:///actions.ts#L3,23)
            "#]],
        );
    }

    #[test]
    fn only_another_method_is_there() {
        check(
            "//- /app/feed/route.ts\nexport async function GET(): Promise<NextResponse<Feed>> {}\n//- /lib/a.ts\nfetch('/fe$0ed', { method: 'POST' });\n",
            expect![[r#"
                fetch('/feed', { method: 'POST' });
                      ▔▔▔▔▔▔▔
                **POST** `/feed` · Route Handler, not exported (answers 405)
                [`app/feed/route.ts:1`](file:///app/feed/route.ts#L1,23) · has GET
            "#]],
        );
    }

    #[test]
    fn return_type_of_a_handler() {
        check(
            "//- /app/feed/route.ts\nexport async function GET(): Promise<NextResponse<Feed>> {}\n//- /lib/a.ts\nfetch('/fe$0ed');\n",
            expect![[r#"
                fetch('/feed');
                      ▔▔▔▔▔▔▔
                **GET** `/feed` · Route Handler
                returns `Promise<NextResponse<Feed>>`
                [`app/feed/route.ts:1`](file:///app/feed/route.ts#L1,23)
            "#]],
        );
    }

    #[test]
    fn choice_of_two_urls_with_an_unknown_method() {
        check(
            "//- /lib/a.ts\nfetch(one ? '/api/us$0ers' : `/api/users/${id}`, { method: one ? 'POST' : 'DELETE' });\n",
            expect![[r#"
                fetch(one ? '/api/users' : `/api/users/${id}`, { method: one ? 'POST' : 'DELETE' });
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔
                **2 routes fit**
                **GET, POST** `/api/users` · [`app/api/users/route.ts:2`](file:///app/api/users/route.ts#L2,21)
                **GET, DELETE** `/api/users/[id]` · [`app/api/users/[id]/route.ts:3`](file:///app/api/users/%5Bid%5D/route.ts#L3,23)
            "#]],
        );
    }

    #[test]
    fn url_from_a_constant() {
        check(
            "//- /lib/a.ts\nconst url = '/api/users/' + user.id;\nfetch(u$0rl);\n",
            expect![[r#"
            fetch(url);
                  ▔▔▔
            **GET** `/api/users/[id]` · Route Handler
            requested as `/api/users/{user.id}`
            `dynamic = 'force-dynamic'`
            [`app/api/users/[id]/route.ts:3`](file:///app/api/users/%5Bid%5D/route.ts#L3,23) · also DELETE
        "#]],
        );
    }

    #[test]
    fn places_without_links() {
        let text = format!("//- /lib/a.ts\nfetch(one ? '/api/us$0ers' : `/api/users/${{id}}`);\n{SHOP}");
        let opened = Opened::scanned(&text);
        let hover = hover(&opened.snap, opened.cursor()).expect("a hover");
        expect![[r#"
            **2 routes fit**
            **GET** `/api/users` · `app/api/users/route.ts:2`
            **GET** `/api/users/[id]` · `app/api/users/[id]/route.ts:3`"#]]
        .assert_eq(&opened.portable(&hover.unlinked()));
    }

    #[test]
    fn a_long_list_is_cut() {
        let actions: String = (1..=20).map(|n| format!("export async function action{n}() {{}}\n")).collect();
        let text = format!("//- /many.ts\n'use ser$0ver';\n{actions}{SHOP}");
        let opened = Opened::scanned(&text);
        let hover = hover(&opened.snap, opened.cursor()).expect("a hover");
        let lines: Vec<&str> = hover.markdown.lines().map(str::trim_end).collect();
        assert_eq!(
            (lines.len(), lines.first(), lines.last()),
            (14, Some(&"**20 Server Actions** that anyone can call by POST"), Some(&"and 8 more"))
        );
    }
}
