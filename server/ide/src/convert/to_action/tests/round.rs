//! Handlers that people wrote, to actions and back.

use std::path::PathBuf;

use expect_test::expect;
use next::Method;
use syntax::TextRange;

use crate::{
    convert::{Way, tests::apply, thin::bare, written::GUARD},
    tests::Opened,
};

/// A handler's file and others to an action and back: which lines aren't as before, up to formatting; `None`
/// where it is no action at first.
pub(super) fn back(files: &str) -> Option<String> {
    let opened = Opened::scanned(files);
    opened.snap.find_carriers();
    let before = opened.project.files();
    let at = opened.cursor();
    let handlers = opened.snap.endpoints(at.file);
    let method = handlers.iter().find(|e| e.range.covers(TextRange::new(at.offset, at.offset)))?.method?;
    let public = !opened.snap.text(at.file)?.contains(GUARD);
    let there = crate::convert::convert(&opened.snap, at, Way::ToAction)?.ok()?;
    let created = apply(&opened, &there);
    let action: PathBuf =
        created.into_iter().find(|path| path.to_string_lossy().contains("actions")).expect("an action");
    let again = opened.again();
    again.snap.find_carriers();
    let file = again.snap.file(&action).expect("the file");
    let at = again.snap.endpoints(file).iter().find(|e| !e.implicit).expect("an endpoint").range.start;
    let at = crate::FilePosition { file, offset: at };
    match crate::convert::convert(&again.snap, at, Way::ToRoute { method, public }) {
        Some(Ok(conversion)) => drop(apply(&again, &conversion)),
        other => return Some(format!("{other:?}")),
    }
    let now = again.project.files();
    let mut out = String::new();
    for (path, text) in &now {
        let then = before.iter().find(|(known, _)| known == path).map(|(_, then)| then.as_str());
        if then.map(bare) != Some(bare(text)) {
            out.push_str(&format!("{} {}\n", if then.is_some() { "//~" } else { "//+" }, again.project.shown(path)));
            out.push_str(&differing(then.unwrap_or_default(), text));
        }
    }
    for (path, _) in before.iter().filter(|(path, _)| !now.iter().any(|(known, _)| known == path)) {
        out.push_str(&format!("//x {}\n", again.project.shown(path)));
    }
    Some(out)
}

/// The lines that only one of two texts has.
fn differing(then: &str, now: &str) -> String {
    let has = |text: &str, line: &str| text.lines().any(|other| bare(other) == bare(line));
    let gone = then.lines().filter(|line| !has(now, line)).map(|line| format!("- {line}\n"));
    let new = now.lines().filter(|line| !has(then, line)).map(|line| format!("+ {line}\n"));
    gone.chain(new).collect()
}

const NEXT: &str = "//- /package.json
{ \"dependencies\": { \"next\": \"16.4.6\" } }
//- /app/page.tsx
import { Form } from './form';
export default function Page() {
  return <Form />;
}
";

fn same(handler: &str, form: &str) {
    let (path, handler) = handler.split_once('\n').unwrap_or_default();
    let files =
        format!("{NEXT}//- {path}\n{handler}\n//- /app/form.tsx\n'use client';\n{form}\nexport function Form() {{}}\n");
    assert_eq!(back(&files).as_deref(), Some(""));
}

#[test]
fn results_with_the_dance_around() {
    let handler = "/app/api/posts/[id]/route.ts
import { NextRequest, NextResponse } from 'next/server';
import { db } from '@/lib/db';

export async function PAT$0CH(request: NextRequest, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { title } = await request.json();
  if (!title) {
    return NextResponse.json({ error: 'A title, please' }, { status: 400 });
  }
  const post = await db.posts.update(id, title);
  return NextResponse.json(post, { status: post.isNew ? 201 : 200 });
}";
    let form = "import { toast } from 'sonner';

export async function save(id: string, title: string) {
  const res = await fetch(`/api/posts/${encodeURIComponent(id)}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      title,
    }),
  });
  if (!res.ok) {
    const { error } = await res.json();
    toast.error(error);
    return;
  }
  const post = await res.json();
  toast(post.title);
}
export const again = (id: number) =>
  fetch(`/api/posts/${encodeURIComponent(id)}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: 'x' }),
  })
    .then((res) => res.json())
    .then((post) => toast(post.title));
export async function ask() {
  const title = (await (await fetch('/api/posts/one', {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: 'y' }),
  })).json()).title;
  return title;
}";
    let other = "//- /app/api/other/route.ts
import { NextRequest, NextResponse } from 'next/server';
export async function POST(request: NextRequest) {
  return NextResponse.json({ a: await request.json() });
}
export async function PUT(request: NextRequest) {
  return NextResponse.json({ a: await request.json() });
}
";
    let (path, handler) = handler.split_once('\n').unwrap_or_default();
    let files = format!(
        "{NEXT}{other}//- {path}\n{handler}\n//- /app/form.tsx\n'use client';\n{form}\nexport function Form() {{}}\n"
    );
    assert_eq!(back(&files).as_deref(), Some(""));
}

#[test]
fn what_is_taken_for_a_body_that_cannot_be_read() {
    let handler = "/app/api/posts/route.ts
export async function PO$0ST(request: Request) {
  const body = await request.json().catch(() => ({}));
  if (!body.title) {
    return Response.json({ error: 'A title, please' }, { status: 400 });
  }
  return Response.json({ id: await insert(body.title) });
}";
    let form = "export async function save(title: string) {
  const response = await fetch('/api/posts', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ title }),
  });
  if (!response.ok) {
    const data = await response.json().catch(() => ({}));
    throw new Error(data.error || (await retry()));
  }
  return (await response.json().catch(() => null))?.id;
}
export async function quietly(title: string) {
  const response = await fetch('/api/posts', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ title }),
  });
  return response.json().catch(() => ({}));
}";
    same(handler, form);
    let files =
        format!("{NEXT}//- {}\n//- /app/form.tsx\n'use client';\n{form}\n", handler.replacen('\n', "\n//\n", 1));
    let there = crate::convert::tests::converted(&files, Way::ToAction);
    for line in [
        "  const body = input ?? {};",
        "    const data = response.data ?? {};",
        "  return (response.data ?? null)?.id;",
        "  return response.data ?? {};",
    ] {
        assert!(there.contains(line), "{line}\n{there}");
    }
    // `null` is no missing body: of it, `??` would make something else
    let null = files
        .replace("JSON.stringify({ title })", "JSON.stringify(title)")
        .replace("{ id: await insert(body.title) }", "await find(body)");
    let there = crate::convert::tests::converted(&null, Way::ToAction);
    for line in ["  const body = input;", "    const data = response.data;"] {
        assert!(there.contains(line), "{line}\n{there}");
    }
}

#[test]
fn who_shows_the_page_anew_goes_on_doing_so() {
    let handler = "/app/api/posts/[id]/route.ts
import { revalidatePath } from 'next/cache';
import { db } from '@/lib/db';

export async function DEL$0ETE(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await db.posts.remove(id);
  revalidatePath('/posts');
  return new Response(null, { status: 204 });
}";
    let form = "import { useRouter } from 'next/navigation';

export function Remove({ id }: { id: string }) {
  const router = useRouter();
  async function remove() {
    await fetch(`/api/posts/${encodeURIComponent(id)}`, { method: 'DELETE' });
    router.refresh();
  }
  return <button onClick={remove} />;
}";
    same(handler, form);
    // an action's answer brings the page along: who relied on that has to be given something for it
    let (path, handler) = handler.split_once('\n').unwrap_or_default();
    let form = form.replace("router.refresh()", "close()");
    let back = back(&format!("{NEXT}//- {path}\n{handler}\n//- /app/form.tsx\n'use client';\n{form}\n"));
    assert!(back.as_deref().is_some_and(|back| back.contains("useDeletePost")), "{back:?}");
}

#[test]
fn forms_that_are_sent_elsewhere() {
    let files = format!(
        "{NEXT}//- /app/api/posts/[id]/publish/route.ts
import {{ type NextRequest, NextResponse }} from 'next/server';

export async function PO$0ST(request: NextRequest, {{ params }}: {{ params: Promise<{{ id: string }}> }}) {{
  const {{ id }} = await params;
  const form = await request.formData();
  if (!(await publish(id, form.get('when')))) {{
    return NextResponse.redirect(new URL('/posts', request.url), 303);
  }}
  return NextResponse.redirect(new URL(`/posts/${{id}}`, request.url), 303);
}}
//- /app/api/other/route.ts
import {{ type NextRequest, NextResponse }} from 'next/server';
export async function POST(request: NextRequest) {{
  return NextResponse.json(await request.json());
}}
//- /app/publish.tsx
export const Publish = ({{ id }}: {{ id: string }}) => (
  <form action={{`/api/posts/${{encodeURIComponent(id)}}/publish`}} method=\"post\" encType=\"multipart/form-data\">
    <input name=\"when\" />
  </form>
);
"
    );
    assert_eq!(back(&files).as_deref(), Some(""));
}

#[test]
fn what_is_asked_of_the_request() {
    let route = |body: &str| {
        format!(
            "{NEXT}//- /app/api/votes/route.ts
import {{ type NextRequest, NextResponse }} from 'next/server';
import {{ cookies }} from 'next/headers';

export async function PO$0ST(req: NextRequest) {{
  {body}
}}
//- /app/api/votes/mine/route.ts
import {{ type NextRequest, NextResponse }} from 'next/server';

export async function GET(req: NextRequest) {{
  const searchParams = req.nextUrl.searchParams;
  return NextResponse.json([searchParams.get('a'), req.cookies.get('b'), req.headers.get('host')]);
}}
//- /app/form.tsx
'use client';
import {{ useRouter }} from 'next/navigation';

export function Form() {{
  const router = useRouter();
  return async () => {{
    await fetch('/api/votes?of=tea', {{ method: 'POST' }});
    router.refresh();
  }};
}}
"
        )
    };
    let asks = "const searchParams = req.nextUrl.searchParams;
  const of = searchParams.get('of');
  await vote(of, req.cookies.get('name')?.value, await session({ headers: req.headers }));
  return new NextResponse(null, { status: 204 });";
    let without = |files: String| files.replace("import { cookies } from 'next/headers';\n", "");
    assert_eq!(back(&without(route(asks))).as_deref(), Some(""));
    // what is set a moment before is read, which the request doesn't know
    let sets = "(await cookies()).set('name', 'ann');
  await vote((await cookies()).get('name')?.value);
  return new NextResponse(null, { status: 204 });";
    expect![[r#"
        //~ /app/api/votes/route.ts
        - import { type NextRequest, NextResponse } from 'next/server';
        - export async function POST(req: NextRequest) {
        + import { NextResponse } from 'next/server';
        + export async function POST() {
    "#]]
    .assert_eq(&back(&route(sets).replace("?of=tea", "")).expect("an action"));
}

#[test]
fn urls_as_they_are_requested() {
    let files = "//- /package.json
{ \"dependencies\": { \"next\": \"16.4.6\" } }
//- /next.config.mjs
export default { basePath: '/base', trailingSlash: true };
//- /app/api/votes/route.ts
export async function PO$0ST(request: Request) {
  const input = await request.json();
  return Response.json({ count: Number(input.count) });
}
//- /app/form.tsx
'use client';
export async function save(count: number) {
  const response = await fetch('/base/api/votes/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ count }),
  });
  const { count: now } = await response.json();
  return now;
}
";
    assert_eq!(back(files).as_deref(), Some(""));
}

#[test]
fn a_guard_goes_and_comes() {
    let handler = "/app/api/votes/route.ts
export async function PO$0ST(request: Request) {
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  const form = await request.formData();
  await vote(form.get('for'));
  return new Response(null, { status: 204 });
}

async function vote(what) {}

// Next compares Origin with Host for server actions only: a handler does it by itself.
function isSameOrigin(request: Request) {
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  return origin === null || origin.split('://')[1] === host;
}";
    let form = "export async function send(data: FormData) {
  await fetch('/api/votes', {
    method: 'POST',
    body: data,
  });
}";
    same(handler, form);
}

#[test]
fn values() {
    let handler = "/app/api/posts/route.ts
import { z } from 'zod';

const schema = z.object({ title: z.string() });

export const PO$0ST = async (request: Request) => {
  const data = schema.parse(await request.json());
  return Response.json({ id: await insert(data) });
};
async function insert(data) {}";
    let form = "export async function save() {
  const response = await fetch('/api/posts', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: 'a' }),
  });
  const { id } = await response.json();
  return id;
}";
    same(handler, form);
}

#[test]
fn what_a_request_says_beside_its_meaning_is_lost() {
    let files = format!(
        "{NEXT}//- /app/api/posts/route.ts
import {{ NextResponse }} from 'next/server';

export async function PO$0ST(req: Request): Promise<NextResponse> {{
  const session = await auth();
  const body = await req.json();
  if (!session) return new NextResponse('No', {{ status: 401, statusText: 'No' }});
  return NextResponse.json(body, {{ status: 201 }});
}}
//- /app/form.tsx
'use client';
export async function save() {{
  const res = await fetch('/api/posts', {{ method: 'POST', credentials: 'include', body: JSON.stringify({{ a: 1 }}) }});
  if (!res.ok) throw new Error('No');
}}
export function Form() {{}}
"
    );
    expect![[r#"
        //~ /app/api/posts/route.ts
        - import { NextResponse } from 'next/server';
        - 
        - export async function POST(req: Request): Promise<NextResponse> {
        -   const body = await req.json();
        -   if (!session) return new NextResponse('No', { status: 401, statusText: 'No' });
        -   return NextResponse.json(body, { status: 201 });
        + export async function POST(request: Request) {
        +   if (!session) return new Response('No', { status: 401 });
        +   const body = await request.json();
        +   return Response.json(body, { status: 201 });
        //~ /app/form.tsx
        -   const res = await fetch('/api/posts', { method: 'POST', credentials: 'include', body: JSON.stringify({ a: 1 }) });
        + 
        +   const res = await fetch('/api/posts', {
        +     method: 'POST',
        +     headers: { 'Content-Type': 'application/json' },
        +     body: JSON.stringify({ a: 1 }),
        +   });
    "#]]
    .assert_eq(&back(&files).expect("an action"));
}

#[test]
fn other_actions_go_the_common_way() {
    let route = |action: &str, caller: &str| {
        let files = format!(
            "{NEXT}//- /app/api/posts/actions.ts\n{action}\n//- /app/form.tsx\n'use client';\nimport {{ postPosts }} from './api/posts/actions';\n{caller}\nexport function Form() {{}}\n"
        );
        crate::convert::tests::converted(&files, Way::ToRoute { method: Method::Post, public: true })
    };
    let call = "export const go = async () => { await postPosts({ a: 1 }); };";
    let result = "{ ok: boolean; status: number; data: any }";
    let is_common = |text: &str| !text.contains("//+ /app/api/posts/route.ts");
    for (action, caller) in [
        // an ok that isn't the status'
        (
            format!(
                "'use server';\nexport async function post$0Posts(input: any): Promise<{result}> {{\n  return {{ ok: false, status: 200, data: input }};\n}}"
            ),
            call,
        ),
        // more members than a response tells
        (
            format!(
                "'use server';\nexport async function post$0Posts(input: any): Promise<{result}> {{\n  return {{ ok: true, status: 200, data: input, more: 1 }};\n}}"
            ),
            call,
        ),
        // the body would be read twice
        (
            format!(
                "'use server';\nexport async function post$0Posts(input: any): Promise<{result}> {{\n  return {{ ok: true, status: 200, data: input }};\n}}"
            ),
            "export const go = async () => { const res = await postPosts({ a: 1 }); log(res.data); log(res.data); };",
        ),
        (
            format!(
                "'use server';\nexport async function post$0Posts(input: any): Promise<{result}> {{\n  return {{ ok: true, status: 200, data: input }};\n}}"
            ),
            "export const go = async () => { const res = await postPosts({ a: 1 }); for (const x of res.data) log(res.data); };",
        ),
        // another type
        (
            "'use server';\nexport async function post$0Posts(input: any): Promise<number> {\n  return 1;\n}"
                .to_owned(),
            call,
        ),
        // given to somebody
        (
            "'use server';\nexport async function post$0Posts(input: any): Promise<any> {\n  return 'a';\n}".to_owned(),
            "export const go = { postPosts };",
        ),
    ] {
        let said = route(&action, caller);
        assert!(is_common(&said), "{action}\n{caller}\n{said}");
    }
    let plain = "'use server';\nexport async function post$0Posts(input: any): Promise<any> {\n  return 'a';\n}";
    assert!(!is_common(&route(plain, call)), "{}", route(plain, call));
}
