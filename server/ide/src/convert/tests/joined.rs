//! A method in a `route.ts` that is there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use expect_test::expect;

use super::{POST, Way, apply, check, convert, convert_at, converted};
use crate::tests::Opened;

/// An action that a client calls, in an application that has its URL.
fn files(next: &str, route: &str, more: &str) -> String {
    format!(
        "//- /package.json
{{ \"dependencies\": {{ \"next\": \"{next}\" }} }}
//- /app/api/save/route.ts
{route}//- /app/actions.ts
'use server';
import {{ put }} from './db';
export async function sa$0veAction(id: string) {{
  await put(id);
}}
//- /app/db.ts
export const put = async (id: string) => void id;
//- /app/form.tsx
'use client';
import {{ saveAction }} from './actions';
export const Form = () => <button onClick={{() => saveAction('1')}} />;
{more}"
    )
}

const GET: &str = "// Who saved.\nimport { db } from \"@/lib/db\"\n\nexport async function GET(request: Request) {\n  return Response.json(await db.all(request.url))\n}\n";

#[test]
fn beside_a_get() {
    check(
        &files("16.4.6", GET, ""),
        POST,
        expect![[r#"
        //+ /app/api/save/save.ts
        import { put } from '../../db';

        export async function saveAction(id: string) {
          await put(id);
        }
        //+ /app/api/save/client.ts
        import type { saveAction as saveActionFunction } from './save';

        type SaveAction = typeof saveActionFunction;

        /** Sends POST /api/save. */
        export const saveAction: SaveAction = async (id) => {
          const response = await fetch('/api/save', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ id }),
          });
          if (response.redirected) {
            window.location.assign(response.url);
            return new Promise<never>(() => {});
          }
          if (!response.ok) throw new Error(`POST /api/save answered ${response.status}`);
        };
        //~ /app/api/save/route.ts
        // Who saved.
        import { db } from "@/lib/db"
        import { saveAction } from "./save"

        export async function GET(request: Request) {
          return Response.json(await db.all(request.url))
        }

        export async function POST(request: Request) {
          if (!isSameOrigin(request)) return new Response(null, { status: 403 })
          const { id } = (await request.json()) as { id: Parameters<typeof saveAction>[0] }
          await saveAction(id)
          return new Response(null, { status: 204 })
        }

        // Next compares Origin with Host for server actions only: a handler does it by itself.
        function isSameOrigin(request: Request) {
          const origin = request.headers.get("origin")
          const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host")
          return origin === null || origin.split("://")[1] === host
        }
        //~ /app/form.tsx
        'use client';
        import { saveAction } from './api/save/client';
        export const Form = () => <button onClick={() => saveAction('1')} />;
        //x /app/actions.ts
        # POST /api/save takes bodies of any size: an action took 1 MB
    "#]],
    );
}

#[test]
fn beside_another_conversion() {
    let other =
        "//- /app/api/save/client.ts\nexport const save = () => {};\n//- /app/api/save/save.ts\nexport const x = 1;\n";
    let route = "import { save } from './save';\n\nexport async function PUT(request: Request) {\n  if (!isSameOrigin(request)) return new Response(null, { status: 403 });\n  await save();\n  return new Response(null, { status: 204 });\n}\n\n// Next compares Origin with Host for server actions only: a handler does it by itself.\nfunction isSameOrigin(request: Request) {\n  const origin = request.headers.get('origin');\n  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');\n  return origin === null || origin.split('://')[1] === host;\n}\n";
    check(
        &files("16.4.6", route, other),
        POST,
        expect![[r#"
        //+ /app/api/save/post-save.ts
        import { put } from '../../db';

        export async function saveAction(id: string) {
          await put(id);
        }
        //+ /app/api/save/post-client.ts
        import type { saveAction as saveActionFunction } from './post-save';

        type SaveAction = typeof saveActionFunction;

        /** Sends POST /api/save. */
        export const saveAction: SaveAction = async (id) => {
          const response = await fetch('/api/save', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ id }),
          });
          if (response.redirected) {
            window.location.assign(response.url);
            return new Promise<never>(() => {});
          }
          if (!response.ok) throw new Error(`POST /api/save answered ${response.status}`);
        };
        //~ /app/api/save/route.ts
        import { save } from './save';
        import { saveAction } from './post-save';

        export async function PUT(request: Request) {
          if (!isSameOrigin(request)) return new Response(null, { status: 403 });
          await save();
          return new Response(null, { status: 204 });
        }

        // Next compares Origin with Host for server actions only: a handler does it by itself.
        function isSameOrigin(request: Request) {
          const origin = request.headers.get('origin');
          const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
          return origin === null || origin.split('://')[1] === host;
        }

        export async function POST(request: Request) {
          if (!isSameOrigin(request)) return new Response(null, { status: 403 });
          const { id } = (await request.json()) as { id: Parameters<typeof saveAction>[0] };
          await saveAction(id);
          return new Response(null, { status: 204 });
        }
        //~ /app/form.tsx
        'use client';
        import { saveAction } from './api/save/post-client';
        export const Form = () => <button onClick={() => saveAction('1')} />;
        //x /app/actions.ts
        # POST /api/save takes bodies of any size: an action took 1 MB
    "#]],
    );
}

/// Where the handler goes, by what stands at its URL.
#[test]
fn who_has_room() {
    let cases = [
        ("16.4.6", "export async function POST() {}\n", ""),
        ("16.4.6", "export async function OPTIONS() {}\n", ""),
        ("16.4.6", "export const GET = withUser(async () => new Response());\n", ""),
        ("16.4.6", "export { GET } from './impl';\n", ""),
        ("16.4.6", "export * from './impl';\n", ""),
        ("16.4.6", "export const runtime = 'edge';\nexport async function PUT() {}\n", ""),
        ("16.4.6", "export const maxDuration = 5;\nexport async function PUT() {}\n", ""),
        ("16.4.6", "export const dynamic = 'force-dynamic';\nexport async function PUT() {}\n", ""),
        ("16.4.6", "export async function GET() { return new Response(); }\n", ""),
        (
            "16.4.6",
            "export async function GET() { return new Response(); }\n",
            "//- /next.config.ts\nexport default { cacheComponents: true };\n",
        ),
        ("14.2.35", "export async function GET() { return new Response(); }\n", ""),
        ("14.2.35", "export async function GET(request: Request) { return new Response(request.url); }\n", ""),
        ("16.4.6", "const saveAction = 1;\nexport async function PUT() {}\n", ""),
        ("16.4.6", "const Response = 1;\nexport async function PUT() {}\n", ""),
        ("16.4.6", "const isSameOrigin = () => true;\nexport async function PUT() {}\n", ""),
        ("16.4.6", "export async function PUT() {\n", ""),
        ("16.4.6", "const mine = 1;\n", ""),
    ];
    let all: String = cases
        .iter()
        .map(|(next, route, more)| {
            let said = converted(&files(next, route, more), POST);
            let line = said.lines().find(|line| line.contains("route.ts")).unwrap_or("nothing");
            format!("{next} {}: {line}\n", route.trim_end())
        })
        .collect();
    expect![[r#"
        16.4.6 export async function POST() {}: //+ /app/api/save-2/route.ts
        16.4.6 export async function OPTIONS() {}: //+ /app/api/save-2/route.ts
        16.4.6 export const GET = withUser(async () => new Response());: //+ /app/api/save-2/route.ts
        16.4.6 export { GET } from './impl';: //+ /app/api/save-2/route.ts
        16.4.6 export * from './impl';: //+ /app/api/save-2/route.ts
        16.4.6 export const runtime = 'edge';
        export async function PUT() {}: //+ /app/api/save-2/route.ts
        16.4.6 export const maxDuration = 5;
        export async function PUT() {}: //+ /app/api/save-2/route.ts
        16.4.6 export const dynamic = 'force-dynamic';
        export async function PUT() {}: //~ /app/api/save/route.ts
        16.4.6 export async function GET() { return new Response(); }: //~ /app/api/save/route.ts
        16.4.6 export async function GET() { return new Response(); }: //+ /app/api/save-2/route.ts
        14.2.35 export async function GET() { return new Response(); }: //+ /app/api/save-2/route.ts
        14.2.35 export async function GET(request: Request) { return new Response(request.url); }: //~ /app/api/save/route.ts
        16.4.6 const saveAction = 1;
        export async function PUT() {}: //+ /app/api/save-2/route.ts
        16.4.6 const Response = 1;
        export async function PUT() {}: //+ /app/api/save-2/route.ts
        16.4.6 const isSameOrigin = () => true;
        export async function PUT() {}: //+ /app/api/save-2/route.ts
        16.4.6 export async function PUT() {: //+ /app/api/save-2/route.ts
        16.4.6 const mine = 1;: //+ /app/api/save-2/route.ts
    "#]]
    .assert_eq(&all);
}

/// There and back: the files that differ from those at first.
fn back(files: &str) -> String {
    let opened = Opened::scanned(files);
    opened.snap.find_carriers();
    let then: BTreeMap<PathBuf, String> = opened.project.files().into_iter().collect();
    let Some(Ok(there)) = convert(&opened.snap, opened.cursor(), POST) else { return "refused".to_owned() };
    apply(&opened, &there);
    let route = opened.project.path("/app/api/save/route.ts");
    if let Err(other) = convert_at(&opened.again(), &route, "POST", Way::ToAction) {
        return other;
    }
    let now = opened.project.files().into_iter().filter(|(path, text)| then.get(path) != Some(text));
    now.map(|(path, text)| format!("//~ {}\n{text}", opened.project.shown(&path))).collect()
}

#[test]
fn it_is_taken_out_byte_for_byte() {
    let routes = [
        GET.to_owned(),
        GET.trim_end().to_owned() + "\n//- /app/x.ts\n",
        format!("{GET}\n\n// The end.\n\n"),
        "export async function PUT() {\n  return new Response();\n}\n".to_owned(),
        "// A comment.\n\n/** Another one. */\nexport async function PUT() {\n  return new Response();\n}\n".to_owned(),
    ];
    let all: Vec<String> = routes.iter().map(|route| back(&files("16.4.6", route, ""))).collect();
    assert!(all.iter().all(|text| *text == all[0]), "{all:#?}");
    expect![[r#"
        //~ /app/actions/save.ts
        'use server';

        import { put } from '../db';

        export async function saveAction(id: string) {
          await put(id);
        }
        //~ /app/form.tsx
        'use client';
        import { saveAction } from './actions/save';
        export const Form = () => <button onClick={() => saveAction('1')} />;
    "#]]
    .assert_eq(&all[0]);
}
