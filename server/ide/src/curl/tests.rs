use expect_test::{Expect, expect};

use super::curl;
use crate::tests::{Opened, TWO_APPS};

/// The commands for each `$0` of a fixture, with their notes.
fn check(files: &str, expected: Expect) {
    expected.assert_eq(&said(files, |request| request.curl()));
}

/// 14 hashes a file's whole path into an ID, and ours lie in another folder each time.
fn without_id(command: &str) -> String {
    let words = command.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let is_id = |word: &str| next::action_id::parse(word.trim_end_matches('\'')).is_some();
    words.map(|word| if is_id(word) { "<40 digits>'".to_owned() } else { word.to_owned() }).collect()
}

fn said(files: &str, written: impl Fn(&super::Request) -> String) -> String {
    let mut said = String::new();
    for (number, _) in files.match_indices("$0").enumerate() {
        let fixture: String = files
            .split("$0")
            .enumerate()
            .flat_map(|(i, part)| [if i > 0 && i - 1 == number { "$0" } else { "" }, part])
            .collect();
        let opened = Opened::unscanned(&fixture);
        let Some(found) = curl(&opened.snap, opened.cursor()) else {
            said.push_str("nothing\n");
            continue;
        };
        for request in &found.requests {
            said.push_str(&without_id(&written(request)));
            said.push('\n');
            request.notes.iter().for_each(|note| said.push_str(&format!("    # {note}\n")));
        }
        found.refused.iter().for_each(|reason| said.push_str(&format!("{reason}\n")));
    }
    said
}

#[test]
fn handlers() {
    check(
        "//- /app/api/users/[id]/route.ts
export async function G$0ET(request, { params }) {
  const url = new URL(request.url);
  return Response.json(await load((await params).id, url.searchParams.get('fields'), url.searchParams.get('a b')));
}
export async function P$0ATCH(request: Request) {
  const { name, tags } = await request.json();
  return new Response(request.headers.get('x-token') + request.headers.get('user-agent') + name + tags);
}
export async function D$0ELETE() {}
export async function P$0OST(request) {
  const form = await request.formData();
  save(form.get('photo') as File, form.get('caption'), rest(form));
}
export async function P$0UT(request) { verify(await request.text(), request.cookies.get('session')); }
//- /app/files/[...path]/route.ts
export async function H$0EAD() {}
//- /app/shop/[[...slug]]/route.ts
export const P$0OST = withAuth(async (request: Request) => { save(await request.json()); });
//- /lib/a.ts
fetch(`/api/us$0ers/${id}`, { method: 'DELETE' });
",
        expect![[r#"
            curl -sS "${BASE:-http://localhost:3000}/api/users/<id>?fields=<fields>&a%20b=<a b>"
            curl -sS -X PATCH "${BASE:-http://localhost:3000}/api/users/<id>" \
              -H 'Content-Type: application/json' \
              -H 'x-token: <x-token>' \
              --data-binary '{"name":"<name>","tags":"<tags>"}'
            curl -sS -X DELETE "${BASE:-http://localhost:3000}/api/users/<id>"
            curl -sS "${BASE:-http://localhost:3000}/api/users/<id>" \
              -F 'photo=@<photo>' \
              --form-string 'caption=<caption>'
                # which other fields the form has is not told here
            curl -sS -X PUT "${BASE:-http://localhost:3000}/api/users/<id>" \
              -H 'Content-Type: <type>' \
              -b 'session=<session>' \
              --data-binary '<body>'
            curl -sS -I "${BASE:-http://localhost:3000}/files/<path>"
            curl -sS "${BASE:-http://localhost:3000}/shop" \
              -H 'Content-Type: application/json' \
              --data-binary '{}'
                # withAuth runs first and may want a session or more
                # which fields the JSON body has is not told here
            curl -sS -X DELETE "${BASE:-http://localhost:3000}/api/users/<id>"
        "#]],
    );
}

#[test]
fn base_path_and_trailing_slash() {
    check(
        "//- /next.config.mjs
export default { basePath: '/docs', trailingSlash: true };
//- /app/api/users/route.ts
export async function G$0ET() {}
//- /app/actions.ts
'use server';
export async function sa$0ve() {}
",
        expect![[r#"
            curl -sS "${BASE:-http://localhost:3000}/docs/api/users/"
            curl -sS "${BASE:-http://localhost:3000}/docs" \
              -H 'Next-Action: <action id>' \
              -H 'Content-Type: text/plain;charset=UTF-8' \
              --data-binary '[]'
                # the action ID is not known here: no build yet
        "#]],
    );
}

#[test]
fn actions() {
    let files = "//- /app/actions.ts
'use server';
type Post = { title: string; count: number };
export async function pl$0ain(id: string, count: number) {}
export async function fo$0rm(form: FormData) { form.get('title'); form.get('photo') as File; }
export async function st$0ate(prev: State, form: FormData) { form.get('msg'); }
export async function un$0typed(prev, form) { form.get('it\\'s'); }
export async function bo$0und(id: string, form: FormData) {}
export async function ob$0ject(post: Post, other: Other) {}
export const wra$0pped = client.schema(x).action(async ({ parsedInput }) => {});
//- /app/page.tsx
export default function Page() {
  return <form action={as$0ync (form) => { 'use server'; form.get('title'); }} />;
}
";
    check(
        files,
        expect![[r#"
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <action id>' \
              -H 'Content-Type: text/plain;charset=UTF-8' \
              --data-binary '["<id>",0]'
                # the action ID is not known here: no build yet
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <action id>' \
              --form-string '_1_title=<title>' \
              -F '_1_photo=@<photo>' \
              --form-string '0=["$K1"]'
                # the action ID is not known here: no build yet
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <action id>' \
              --form-string '_1_msg=<msg>' \
              --form-string '0=[null,"$K1"]'
                # the action ID is not known here: no build yet
                # prev is the state before: null stands here
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <action id>' \
              --form-string '_1_it\'\''s=<it\'\''s>' \
              --form-string '0=["<prev>","$K1"]'
                # the action ID is not known here: no build yet
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <action id>' \
              --form-string '0=["<id>","$K1"]'
                # the action ID is not known here: no build yet
                # which fields the form has is not told here
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <action id>' \
              -H 'Content-Type: text/plain;charset=UTF-8' \
              --data-binary '[{"title":"<title>","count":0},{}]'
                # the action ID is not known here: no build yet
                # what other is made of is not told here
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <action id>' \
              -H 'Content-Type: text/plain;charset=UTF-8' \
              --data-binary '[{}]'
                # the action ID is not known here: no build yet
                # client.schema().action runs first and may want a session or more
                # what it takes is for its wrapper to say: one object stands here
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <action id>' \
              --form-string '_1_title=<title>' \
              --form-string '0=["$K1"]'
                # the action ID is not known here: no build yet
        "#]],
    );
    check(
        &format!(
            "//- /package.json\n{{ \"dependencies\": {{ \"next\": \"14.2.35\" }} }}\n{}",
            files.replace("fo$0rm", "form").replace("pl$0ain", "plain")
        ),
        expect![[r#"
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <40 digits>' \
              --form-string '1_msg=<msg>' \
              --form-string '0=[null,"$K1"]'
                # prev is the state before: null stands here
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <40 digits>' \
              --form-string '1_it\'\''s=<it\'\''s>' \
              --form-string '0=["<prev>","$K1"]'
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <40 digits>' \
              --form-string '0=["<id>","$K1"]'
                # which fields the form has is not told here
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <40 digits>' \
              -H 'Content-Type: text/plain;charset=UTF-8' \
              --data-binary '[{"title":"<title>","count":0},{}]'
                # what other is made of is not told here
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <40 digits>' \
              -H 'Content-Type: text/plain;charset=UTF-8' \
              --data-binary '[{}]'
                # client.schema().action runs first and may want a session or more
                # what it takes is for its wrapper to say: one object stands here
            curl -sS "${BASE:-http://localhost:3000}/" \
              -H 'Next-Action: <40 digits>' \
              --form-string '1_title=<title>' \
              --form-string '0=["$K1"]'
        "#]],
    );
}

#[test]
fn nowhere() {
    check(
        "//- /app/api/x/route.ts
const a$0 = 1;
export async function GET() {}
//- /app/actions.ts
'use ser$0ver';
",
        expect![[r#"
            nothing
            nothing
        "#]],
    );
}

#[test]
fn requests_of_http_files() {
    let files = "//- /app/api/users/[id]/route.ts
export async function P$0ATCH(request: Request) { const { name } = await request.json(); request.cookies.get('session'); }
export async function P$0OST(request) { const form = await request.formData(); save(form.get('photo') as File, form.get('caption')); }
export async function G$0ET() {}
//- /app/actions.ts
'use server';
export async function sa$0ve(id: string) {}
";
    expect![[r####"
        ### PATCH /api/users/[id]
        PATCH http://localhost:3000/api/users/<id>
        Content-Type: application/json
        Cookie: session=<session>

        {"name":"<name>"}

        ### POST /api/users/[id]
        POST http://localhost:3000/api/users/<id>
        Content-Type: multipart/form-data; boundary=routewright

        --routewright
        Content-Disposition: form-data; name="photo"; filename="<photo>"
        Content-Type: application/octet-stream

        < ./<photo>
        --routewright
        Content-Disposition: form-data; name="caption"

        <caption>
        --routewright--

        ### GET /api/users/[id]
        GET http://localhost:3000/api/users/<id>

        ### save
        # the action ID is not known here: no build yet
        POST http://localhost:3000/
        Next-Action: <action id>
        Content-Type: text/plain;charset=UTF-8

        ["<id>"]

            # the action ID is not known here: no build yet
    "####]]
    .assert_eq(&said(files, |request| request.http()));
}

#[test]
fn pages_that_take_an_action() {
    let files = "//- /next.config.mjs
export default { basePath: '/docs' };
//- /app/actions.ts
'use server';
export async function sa$0ve(id: string) {}
//- /app/unused.ts
'use server';
export async function unused() {}
//- /app/posts/[id]/page.tsx
import { save } from '../../actions';
export default () => <form action={save} />;
";
    let more = "//- /app/new/page.tsx\nexport { default } from '../posts/[id]/page';\n";
    for (files, path, note) in [
        (files.to_owned(), "/docs/posts/<id>", None),
        (format!("{files}{more}"), "/docs/new", None),
        (
            files.replace("sa$0ve", "save").replace("function unused", "function un$0used"),
            "/docs",
            Some("no page carries it: no server takes the call until one does"),
        ),
    ] {
        let opened = Opened::scanned(&files);
        opened.snap.find_carriers();
        let request = curl(&opened.snap, opened.cursor()).unwrap().requests.remove(0);
        assert_eq!((&*request.path, request.notes.get(1).map(|n| &**n)), (path, note));
    }
}

#[test]
fn forms_without_javascript() {
    let files = "//- /package.json
{ \"dependencies\": { \"next\": \"16.4.6\" } }
//- /app/actions.ts
'use server';
export async function sa$0ve(form: FormData) { form.get('title'); form.get('photo') as File; }
export async function bo$0und(id: string, form: FormData) { form.get('msg'); }
export async function pl$0ain(id: string) {}
export async function spa$0re(form: FormData) {}
//- /app/posts/[id]/page.tsx
import { bound, plain, save } from '../../actions';
export default async ({ params }) => <><form action={save} /><form action={bound.bind(null, 'x')} /><i onClick={plain} /></>;
//- /app/client/page.tsx
'use client';
export default () => null;
";
    let mut said = String::new();
    for number in 0..files.matches("$0").count() {
        let parts = files.split("$0").enumerate();
        let fixture: String =
            parts.flat_map(|(i, part)| [if i > 0 && i - 1 == number { "$0" } else { "" }, part]).collect();
        let opened = Opened::scanned(&fixture);
        opened.snap.find_carriers();
        let found = super::form_post(&opened.snap, opened.cursor()).unwrap();
        found.requests.iter().for_each(|request| said += &format!("{}\n", request.curl()));
        found.refused.iter().for_each(|reason| said += &format!("{reason}\n"));
    }
    expect![[r#"
        curl -sS "${BASE:-http://localhost:3000}/posts/<id>" \
          --form-string '$ACTION_ID_<action id>=' \
          --form-string 'title=<title>' \
          -F 'photo=@<photo>'
        curl -sS "${BASE:-http://localhost:3000}/posts/<id>" \
          --form-string '$ACTION_REF_1=' \
          --form-string '$ACTION_1:0={"id":"<action id>","bound":"$@1"}' \
          --form-string '$ACTION_1:1=["<id>"]' \
          --form-string 'msg=<msg>'
        plain takes no form
        curl -sS "${BASE:-http://localhost:3000}/posts/<id>" \
          --form-string '$ACTION_ID_<action id>='
    "#]]
    .assert_eq(&said);
}

/// The ID is that of the application whose page is asked.
#[test]
fn an_action_of_a_package() {
    let opened = Opened::scanned(&TWO_APPS.replace("function send", "function se$0nd"));
    opened.snap.find_carriers();
    let found = curl(&opened.snap, opened.cursor()).expect("an action");
    let said: String = found.requests.iter().map(|r| format!("{}\n{:?}\n", r.curl(), r.notes)).collect();
    expect![[r#"
        curl -sS "${BASE:-http://localhost:3000}/feedback" \
          -H 'Next-Action: 40cc86107a1168db634ceb9582ecce914768ed2aa6' \
          -H 'Content-Type: text/plain;charset=UTF-8' \
          --data-binary '["<to>"]'
        []
    "#]]
    .assert_eq(&said);
}
