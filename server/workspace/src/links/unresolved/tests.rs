use expect_test::{Expect, expect};
use fixture::Fixture;

use crate::{HttpClient, Snapshot, World};

const APP: &str = "
//- /package.json
{ \"name\": \"root\", \"workspaces\": [\"packages/*\"], \"dependencies\": { \"next\": \"16.1.0\" } }
//- /next.config.mjs
export default { rewrites: () => [{ source: '/api/away/:path*', destination: 'https://example.com/:path*' }] };
//- /app/api/users/route.ts
export async function GET() {}
//- /app/api/users/[id]/route.ts
export async function GET() {}
export async function DELETE() {}
//- /app/api/none/route.ts
export const dynamic = 'force-static';
//- /app/api/files/[...path]/route.ts
export async function GET() {}
//- /app/shop/page.tsx
export default () => null;
";

fn scanned(text: &str, clients: Vec<HttpClient>) -> (Snapshot, fixture::Project) {
    let project = Fixture::parse(&format!("{APP}{text}")).write();
    let mut world = World::new();
    world.set_http_clients(clients);
    world.set_folders(vec![project.root.clone()]);
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    (world.snapshot(), project)
}

/// Every request that reaches nothing: what is written, with the method, and why.
fn check(text: &str, expected: Expect) {
    let (snap, project) = scanned(text, vec![]);
    let mut lines = String::new();
    for (file, found) in snap.unresolved() {
        let text = snap.text(file).unwrap();
        for one in found {
            let written = &text[one.range.span()];
            let reason = match format!("{:?}", one.reason) {
                reason if reason.contains("FileId") => one.reason.as_str().to_owned(),
                reason => reason,
            };
            let method = one.method.as_deref().unwrap_or("?");
            lines += &format!("{} {method} {written} -> {} {reason}\n", one.kind, one.url);
        }
    }
    drop(project);
    expected.assert_eq(&lines);
}

#[test]
fn what_is_known_and_served_by_nobody() {
    check(
        "
//- /lib/a.ts
fetch('/api/users');
fetch('/api/gone', { method: 'POST' });
fetch('/api/none');
fetch('/api/away/x');
fetch('/shop');
fetch('http://localhost:4000/health');
fetch(`${process.env.URL}/health`);
fetch(`/api/users/${id}`);
",
        expect![[r#"
            fetch POST '/api/gone' -> /api/gone no-route
            fetch GET '/api/none' -> /api/none no-method
            fetch GET '/api/away/x' -> /api/away/x rewritten-away
            fetch GET '/shop' -> /shop page
            fetch GET 'http://localhost:4000/health' -> http://localhost:4000/health no-route
            fetch GET `${process.env.URL}/health` -> {process.env.URL}/health UnknownBase("process.env.URL")
        "#]],
    );
}

#[test]
fn what_is_not_known() {
    check(
        "
//- /lib/a.ts
import { load } from 'elsewhere';
export async function wrapper(url: string, options: { path: string }, { key } = {}) {
  await fetch(url);
  await fetch(`${url}/x`);
  await fetch(options.path);
  await fetch(key);
  const full = url + '?page=1';
  return fetch(full);
}
fetch(URLS.users);
fetch(makeUrl(1));
fetch(`${host}/api/gone`);
fetch(`/${slug}/x`);
fetch('data.json');
new EventSource(stream);
navigator.sendBeacon(collector, body);
xhr.open('POST', target);
new Request(target, { method: 'PUT' });
useSWR(ready ? key : null, load);
useSWR('user', load);
useSWR(null);
list.push(item);
map.get(key);
this.fetch('/sessions');
//- /lib/form.tsx
export const Form = ({ save }) => <><form action={save} /><form action=\"/api/gone\" method=\"post\" /></>;
",
        expect![[r#"
            fetch GET url -> {url} Parameter("url")
            fetch GET `${url}/x` -> {url}/x UnknownBase("url")
            fetch GET options.path -> {options.path} Parameter("options.path")
            fetch GET key -> {key} Parameter("key")
            fetch GET full -> {url}?page=1 Parameter("url")
            fetch GET URLS.users -> {URLS.users} UnknownVariable("URLS.users")
            fetch GET makeUrl(1) -> {makeUrl(1)} Computed("makeUrl(1)")
            fetch GET `${host}/api/gone` -> {host}/api/gone UnknownBase("host")
            fetch GET `/${slug}/x` -> /{slug}/x UnknownVariable("slug")
            fetch GET 'data.json' -> data.json NotAPath
            event-source GET stream -> {stream} UnknownVariable("stream")
            beacon POST collector -> {collector} UnknownVariable("collector")
            fetch POST target -> {target} UnknownVariable("target")
            fetch PUT target -> {target} UnknownVariable("target")
            swr GET ready ? key : null -> {key} UnknownVariable("key")
            fetch GET '/sessions' -> /sessions UnknownBase("this.fetch")
            form POST "/api/gone" -> /api/gone no-route
        "#]],
    );
}

#[test]
fn other_hosts_and_other_programs() {
    check(
        "
//- /lib/a.ts
fetch('https://api.example.com/v1/users');
fetch(`https://${region}.example.com/v1`);
fetch(`https://${host}/v1`);
fetch('//cdn.example.com/x.json');
fetch('data:text/plain,x');
fetch(new URL('/api/users', 'https://api.example.com'));
const vendorUrl = (path: string) => `https://api.example.com${path}`;
fetch(vendorUrl('/api/users'), { method: 'POST' });
//- /packages/server/package.json
{ \"name\": \"@x/server\" }
//- /packages/server/src/main.ts
fetch('/api/users');
fetch('http://localhost:3000/api/users');
fetch(`${process.env.WEB_URL}/api/users`);
//- /packages/server/src/main.test.ts
fetch('/api/users');
",
        expect![[r#"
            fetch GET 'https://api.example.com/v1/users' -> https://api.example.com/v1/users External("api.example.com")
            fetch GET `https://${region}.example.com/v1` -> https://{region}.example.com/v1 External("{region}.example.com")
            fetch GET `https://${host}/v1` -> https://{host}/v1 UnknownBase("host")
            fetch GET '//cdn.example.com/x.json' -> //cdn.example.com/x.json External("cdn.example.com")
            fetch GET 'data:text/plain,x' -> data:text/plain,x External("data:")
            fetch GET '/api/users' -> https://api.example.com/api/users External("api.example.com")
            fetch POST vendorUrl('/api/users') -> https://api.example.com/api/users External("api.example.com")
            fetch GET '/api/users' -> /api/users OtherProgram
            fetch GET '/api/users' -> /api/users OtherProgram
        "#]],
    );
}

#[test]
fn what_wrappers_send() {
    check(
        "
//- /lib/api.ts
export const api = (path: string, method = 'GET') => fetch(`/api/${path}`, { method });
//- /lib/a.ts
import { api } from './api';
api('users');
api('gone', 'DELETE');
export const url = `/api/${api}`;
",
        expect![[r#"
            fetch DELETE 'gone' -> /api/gone no-route
            fetch ? `/api/${path}` -> /api/{path} Parameter("path")
        "#]],
    );
}

/// Whoever asks gets the same with the file open, closed, scanned or not.
#[test]
fn clients_of_the_settings() {
    let client = |module: &str, export: &str| HttpClient {
        module: module.to_owned(),
        export: export.to_owned(),
        base: "/api".to_owned(),
        ..HttpClient::default()
    };
    let send = HttpClient { argument: 1, method_argument: Some(0), ..client("./lib/send", "send") };
    let remove = HttpClient { method: Some("DELETE".to_owned()), ..client("@x/http", "remove") };
    let (snap, project) = scanned(
        "
//- /lib/send.ts
export function send(method: string, url: string) { return go(method, url); }
export const mine = () => send('GET', 'users');
//- /lib/index.ts
export { send as passed } from './send';
//- /lib/a.ts
import http, { remove } from '@x/http';
import { passed } from '.';
http('users');
http.get('/users/1');
remove('/users/1');
passed('DELETE', '/users/1');
//- /lib/b.ts
const remove = (url: string) => url;
remove('/users/1');
",
        vec![client("@x/http", "default"), remove, send],
    );
    let mut lines = String::new();
    for file in ["/lib/a.ts", "/lib/b.ts", "/lib/send.ts"].map(|path| snap.file(&project.path(path)).unwrap()) {
        let text = snap.text(file).unwrap();
        for link in snap.links(file).iter() {
            assert_eq!(snap.link_at(file, link.range.start).as_ref(), Some(link));
            let methods: Vec<_> = link
                .targets
                .iter()
                .map(|id| snap.endpoints(id.file)[id.index as usize].method.unwrap().as_str())
                .collect();
            let url = link.url.as_deref().unwrap();
            lines += &format!("{} -> {} {url}\n", &text[link.range.span()], methods.join(", "));
        }
    }
    expect![[r#"
        'users' -> GET /api/users
        '/users/1' -> GET /api/users/1
        '/users/1' -> DELETE /api/users/1
        '/users/1' -> DELETE /api/users/1
        'users' -> GET /api/users
    "#]]
    .assert_eq(&lines);
}
