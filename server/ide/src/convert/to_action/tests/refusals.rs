//! What stays a handler, by reason.

use crate::convert::{Way, tests::converted};

/// A handler's file, a caller's, and the reason.
fn refused(reason: &str, handler: &str, caller: &str) {
    let files = format!("//- /app/api/save/route.ts\n{handler}\n//- /app/form.tsx\n{caller}\n");
    refused_of(reason, &files);
}

fn refused_of(reason: &str, files: &str) {
    let said = converted(files, Way::ToAction);
    assert!(said.starts_with(&format!("refused ({reason}): ")), "{reason} was expected of {files}\n{said}");
}

const CALL: &str = "export const save = () => { fetch('/api/save', { method: 'POST' }); };";
const SEND: &str = "export const save = (x) => { fetch('/api/save', { method: 'POST', body: JSON.stringify(x) }); };";
const HANDLER: &str = "export async function PO$0ST() { return Response.json({ a: 1 }); }";
const READER: &str =
    "export async function PO$0ST(req: Request) { const x = await req.json(); return Response.json({ a: x }); }";

#[test]
fn by_how_it_is_exported() {
    for (reason, handler) in [
        ("reads", "export async function GE$0T() { return Response.json(1); }"),
        ("reads", "export async function OPTI$0ONS() { return new Response(null); }"),
        ("wrapped", "import { auth } from './auth'; export const PO$0ST = auth(async () => Response.json(1));"),
        ("elsewhere", "const handler = async () => Response.json(1); export { handler as PO$0ST };"),
        ("elsewhere", "async function POST() { return Response.json(1); } export { PO$0ST };"),
        ("typed", "export const PO$0ST: Handler = async () => Response.json(1);"),
        ("directive", "'use cache'; export async function PO$0ST() { return Response.json(1); }"),
        (
            "overloads",
            "export async function POST(): Promise<Response>;\nexport async function PO$0ST() { return Response.json(1); }",
        ),
        (
            "segment-config",
            "export const runtime = 'edge'; export async function PO$0ST() { return Response.json(1); }",
        ),
        (
            "segment-config",
            "export const maxDuration = 60; export async function PO$0ST() { return Response.json(1); }",
        ),
        ("exports", "export const limit = 5; export async function PO$0ST() { return Response.json(limit); }"),
        (
            "cors",
            "export async function OPTIONS() { return new Response(null); }\nexport async function PO$0ST() { return Response.json(1); }",
        ),
        (
            "used-here",
            "export async function PO$0ST() { return Response.json(1); }\nexport const PUT = (request) => POST(request);",
        ),
        ("syntax-errors", "export async function PO$0ST() { return Response.json(1); }\nconst = ;"),
    ] {
        refused(reason, handler, CALL);
    }
}

#[test]
fn by_what_it_reads() {
    for (reason, body) in [
        ("request", "await audit(request); return Response.json(1);"),
        ("request", "return Response.json({ url: request.url });"),
        ("request", "const { pathname } = new URL(request.url); return Response.json({ pathname });"),
        ("request", "const all = Object.fromEntries(new URL(request.url).searchParams); return Response.json(all);"),
        ("request", "return request.method === 'POST' ? Response.json(1) : Response.json(2);"),
        ("raw-body", "const text = await request.text(); return Response.json({ text });"),
        ("raw-body", "return Response.json({ size: (await request.arrayBuffer()).byteLength });"),
        ("raw-body", "const a = await request.json(); const b = await request.json(); return Response.json([a, b]);"),
        ("webhook", "verify(request.headers.get('stripe-signature')); return Response.json(1);"),
        ("request-header", "check(request.headers.get('authorization')); return Response.json(1);"),
        ("bound", "return Response.json({ me: this });"),
    ] {
        refused(reason, &format!("export async function PO$0ST(request: Request) {{ {body} }}"), CALL);
    }
}

#[test]
fn by_what_it_answers() {
    for (reason, body) in [
        ("stream", "return new Response(new ReadableStream({}));"),
        ("stream", "return new Response(makeStream());"),
        ("stream", "return new Response(JSON.stringify(1), { headers: { 'Content-Type': 'text/event-stream' } });"),
        ("cors", "return Response.json(1, { headers: { 'Access-Control-Allow-Origin': '*' } });"),
        ("cors", "return Response.json(1, { headers: corsHeaders });"),
        ("response-headers", "return Response.json(1, { headers: { 'X-Total': '5' } });"),
        ("response-headers", "const res = NextResponse.json(1); res.cookies.set('a', 'b'); return res;"),
        ("answer", "return reply();"),
        ("answer", "return NextResponse.next();"),
        ("answer", "const init = { status: 400 }; return Response.json(1, init);"),
        ("answer", "await touch();"),
        ("status", "return Response.json(1, { status: next() });"),
        ("falls-through", "if (a) { return Response.json(1); }"),
        ("not-found", "if (a) notFound(); return Response.json(1);"),
        ("redirect", "redirect('/login');\nreturn Response.json(1);"),
        ("redirect", "return NextResponse.redirect(new URL('/login', request.url));"),
        (
            "caught-redirect",
            "try { return NextResponse.redirect(new URL('/a', request.url)); } catch { return Response.json(1); }",
        ),
    ] {
        let imports =
            "import { NextResponse } from 'next/server'; import { notFound, redirect } from 'next/navigation';";
        refused(reason, &format!("{imports}\nexport async function PO$0ST(request: Request) {{ {body} }}"), CALL);
    }
}

#[test]
fn by_its_callers() {
    for (reason, handler, caller) in [
        ("no-caller", HANDLER, "export {};"),
        ("caller-kind", HANDLER, "import axios from 'axios';\nexport const save = () => axios.post('/api/save');"),
        ("caller-kind", HANDLER, "export const save = () => navigator.sendBeacon('/api/save');"),
        ("caller-form", HANDLER, "export const Form = () => <form action=\"/api/save\" method=\"post\" />;"),
        ("caller", HANDLER, "export const save = () => fetch('/api/save', { method: 'POST' });"),
        (
            "caller",
            HANDLER,
            "export const save = async () => { const r = await fetch('/api/save', { method: 'POST' }); return r; };",
        ),
        (
            "caller",
            HANDLER,
            "export const save = async () => { const r = await fetch('/api/save', { method: 'POST' }); log(r.headers); };",
        ),
        ("caller", HANDLER, "export const save = () => { fetch('/api/save', { method: 'POST', keepalive: true }); };"),
        ("caller", HANDLER, "export const save = (signal) => { fetch('/api/save', { method: 'POST', signal }); };"),
        (
            "caller",
            HANDLER,
            "export const save = () => { fetch('/api/save', { method: 'POST', headers: { 'X-Team': '1' } }); };",
        ),
        (
            "caller",
            HANDLER,
            "export const save = async () => { const r = (await fetch('/api/save', { method: 'POST' })) as Response; log(r.ok); };",
        ),
        ("caller", HANDLER, "export const save = (init) => { fetch('/api/save', { ...init, method: 'POST' }); };"),
        (
            "caller",
            READER,
            "export const save = (body) => { fetch('/api/save', { method: 'POST', body: `${body}` }); };",
        ),
        (
            "caller-body",
            READER,
            "export const save = () => { fetch('/api/save', { method: 'POST', body: JSON.stringify({ at: new Date() }) }); };",
        ),
        ("caller-body", READER, CALL),
        ("caller-body", HANDLER, SEND),
        (
            "caller-body",
            READER,
            "export const save = () => { fetch('/api/save', { method: 'POST', body: new FormData() }); };",
        ),
        (
            "caller-answer",
            HANDLER,
            "export const save = async () => (await fetch('/api/save', { method: 'POST' })).text();",
        ),
        (
            "caller-answer",
            "export async function PO$0ST() { return new Response(null, { status: 500 }); }",
            "export const save = async () => { const r = await fetch('/api/save', { method: 'POST' }); log(await r.json()); };",
        ),
        (
            "caller-url",
            HANDLER,
            "const base = process.env.NEXT_PUBLIC_URL;\nexport const save = () => { fetch(`${base}/api/save`, { method: 'POST' }); };",
        ),
    ] {
        refused(reason, handler, caller);
    }
}

#[test]
fn by_who_calls_from_where() {
    let with = |path: &str, text: &str| format!("//- /app/api/save/route.ts\n{HANDLER}\n//- {path}\n{text}\n");
    for (reason, files) in [
        ("caller-test", with("/app/form.test.ts", CALL)),
        ("caller-server", with("/app/actions.ts", "'use server';\nexport async function save() { await fetch('/api/save', { method: 'POST' }); }")),
        ("caller-server", with("/app/api/other/route.ts", "export async function GET() { await fetch('/api/save', { method: 'POST' }); return Response.json(1); }")),
        ("caller-pages-router", with("/pages/old.tsx", CALL)),
        ("caller-pages-router", format!("{}//- /pages/old.tsx\nexport default function Old() {{}}\n", with("/lib/api.ts", CALL))),
        ("imported", format!("{}//- /app/api/save/route.test.ts\nimport {{ POST }} from './route';\nPOST();\n", with("/app/form.tsx", CALL))),
        ("compared", format!("{}//- /app/log.ts\nexport const isSave = (url) => url === '/api/save';\n", with("/app/form.tsx", CALL))),
        ("middleware", format!("{}//- /middleware.ts\nexport const config = {{ matcher: ['/api/:path*'] }};\n", with("/app/form.tsx", CALL))),
        ("configured", format!("{}//- /next.config.js\nmodule.exports = {{ async headers() {{ return [{{ source: '/api/(.*)', headers: [] }}]; }} }};\n", with("/app/form.tsx", CALL))),
        ("static-export", format!("{}//- /next.config.js\nmodule.exports = {{ output: 'export' }};\n", with("/app/form.tsx", CALL))),
        ("release", format!("//- /package.json\n{{ \"dependencies\": {{ \"next\": \"13.4.0\" }} }}\n{}", with("/app/form.tsx", CALL))),
        ("catch-all", "//- /app/api/files/[...path]/route.ts\nexport async function PO$0ST(r: Request, { params }) { const { path } = await params; return Response.json(path.length); }\n//- /app/form.tsx\nexport const save = () => { fetch('/api/files/a/b', { method: 'POST' }); };\n".to_owned()),
        ("shares", format!("//- /app/api/save/route.ts\nlet count = 0;\nexport async function GET() {{ return Response.json({{ count }}); }}\nexport async function PO$0ST() {{ count += 1; return Response.json({{ a: 1 }}); }}\n//- /app/form.tsx\n{CALL}\n")),
        ("names", "//- /app/api/save/[id]/route.ts\nexport async function PO$0ST(r: Request, { params }) { const { id } = await params; { const { id: other } = await params; log(other); } return Response.json(id.length); }\n//- /app/form.tsx\nexport const save = () => { fetch('/api/save/a', { method: 'POST' }); };\n".to_owned()),
    ] {
        refused_of(reason, &files);
    }
}
