//! Functions that a handler calls with its request, or for its answers.

use expect_test::expect;

use super::{check, pair};
use crate::convert::{Way, tests::converted};

const PERMISSIONS: &str = "//- /lib/permissions.ts
import { NextResponse } from 'next/server';
export async function requirePermission(req: Request, action: string) {
  const session = await auth.getSession({ headers: req.headers });
  if (!session) return NextResponse.json({ error: 'Unauthorized' }, { status: 401 });
  return { userId: session.user.id };
}
";

#[test]
fn a_check_that_answers_itself() {
    let handler = "//- /app/api/posts/[id]/route.ts
import { NextRequest, NextResponse } from 'next/server';
import { requirePermission } from '@/lib/permissions';

export async function POS$0T(req: NextRequest, { params }: { params: Promise<{ id: string }> }) {
  try {
    const context = await requirePermission(req, 'update');
    if (context instanceof NextResponse) return context;
    const { id } = await params;
    const { title } = await req.json() as { title: string };
    return NextResponse.json({ id, title, by: context.userId });
  } catch (error) {
    return NextResponse.json({ error: 'Failed' }, { status: 500 });
  }
}
//- /app/form.tsx
'use client';
export async function save(id: string) {
  const response = await fetch(`/api/posts/${id}`, { method: 'POST', body: JSON.stringify({ title: 'a' }) });
  if (!response.ok) throw new Error((await response.json()).error);
  return response.json();
}
//- /tsconfig.json
{ \"compilerOptions\": { \"paths\": { \"@/*\": [\"./*\"] } } }
";
    check(
        &format!("{handler}{PERMISSIONS}"),
        expect![[r#"
            //+ /app/api/posts/[id]/actions.ts
            'use server';

            import { NextResponse } from 'next/server';
            import { requirePermission } from '@/lib/permissions';
            import { headers } from 'next/headers';

            export async function postPost(id: string, input: any): Promise<{ ok: boolean; status: number; data?: any }> {
              try {
                const context = await requirePermission({ headers: await headers() } as unknown as Request, 'update');
                if (context instanceof NextResponse) return fromResponse(context);
                const { title } = input as { title: string };
                return { ok: true, status: 200, data: throughJson({ id, title, by: context.userId }) };
              } catch (error) {
                return { ok: false, status: 500, data: { error: 'Failed' } };
              }
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value));
            }

            // What a response says, as its caller would read it.
            async function fromResponse(response: Response): Promise<{ ok: boolean; status: number; data?: any }> {
              const text = await response.text();
              return { ok: response.ok, status: response.status, data: text === '' ? undefined : JSON.parse(text) };
            }
            //~ /app/form.tsx
            'use client';

            import { postPost } from './api/posts/[id]/actions';
            export async function save(id: string) {
              const response = await postPost(id, { title: 'a' });
              if (!response.ok) throw new Error(response.data.error);
              return response.data;
            }
            //x /app/api/posts/[id]/route.ts
            # Nobody answers POST /api/posts/[id] any more: code outside of this workspace that asks for it fails
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/posts/[id]/route.ts)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/api/posts/[id]/route.ts
            - import { NextRequest, NextResponse } from 'next/server';
            - export async function POST(req: NextRequest, { params }: { params: Promise<{ id: string }> }) {
            -     const context = await requirePermission(req, 'update');
            -     const { title } = await req.json() as { title: string };
            + import { NextResponse } from 'next/server';
            + export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
            +     const context = await requirePermission(request, 'update');
            +     const { title } = (await request.json()) as { title: string };
            //~ /app/form.tsx
            -   const response = await fetch(`/api/posts/${id}`, { method: 'POST', body: JSON.stringify({ title: 'a' }) });
            + 
            +   const response = await fetch(`/api/posts/${encodeURIComponent(id)}`, {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify({ title: 'a' }),
            +   });
        "#]],
    );
}

#[test]
fn answers_of_a_function() {
    pair(
        "export async function PO$0ST(request: Request) {
  const { title } = await request.json();
  if (!title) return problem('A title, please', 400);
  return Response.json({ title: String(title) });
}

function problem(error: string, status: number) {
  return new Response(JSON.stringify({ error }), { status, headers: { 'Content-Type': 'application/json' } });
}",
        "export async function save(title: string) {
  const res = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify({ title }) });
  const data = await res.json();
  return res.ok ? data.title : data.error;
}",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            'use server';

            export async function createPost({ title }: any): Promise<{ ok: boolean; status: number; data?: any }> {
              if (!title) return fromResponse(problem('A title, please', 400));
              return { ok: true, status: 200, data: { title: String(title) } };
            }

            function problem(error: string, status: number) {
              return new Response(JSON.stringify({ error }), { status, headers: { 'Content-Type': 'application/json' } });
            }

            // What a response says, as its caller would read it.
            async function fromResponse(response: Response): Promise<{ ok: boolean; status: number; data?: any }> {
              const text = await response.text();
              return { ok: response.ok, status: response.status, data: text === '' ? undefined : JSON.parse(text) };
            }
            //~ /app/form.tsx
            import { createPost } from './api/create-post/actions';

            export async function save(title: string) {
              const res = await createPost({ title });
              const data = res.data;
              return res.ok ? data.title : data.error;
            }
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/create-post/route.ts)
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/create-post/route.ts)
            # Calls of actions wait for each other, where requests ran side by side
            => and back
            //~ /app/form.tsx
            -   const res = await fetch('/api/create-post', { method: 'POST', body: JSON.stringify({ title }) });
            +   const res = await fetch('/api/create-post', {
            +     method: 'POST',
            +     headers: { 'Content-Type': 'application/json' },
            +     body: JSON.stringify({ title }),
            +   });
        "#]],
    );
}

#[test]
fn a_helper_that_gives_what_is_no_response() {
    let handler = "//- /app/api/create-post/route.ts
export async function PO$0ST(request: Request) {
  const who = await voter(request);
  if (who instanceof Response) return who;
  return Response.json({ who: String(who) });
}
async function voter(request: Request) {
  const agent = request.headers.get('user-agent');
  if (!agent) return Response.json({ error: 'nobody' }, { status: 401 });
  return agent.includes('Mozilla') ? 'a browser' : GIVEN;
}
//- /app/form.tsx
export const save = async () => (await (await fetch('/api/create-post', { method: 'POST' })).json()).who;
";
    for (given, is_taken) in
        [("`a program`", true), ("(agent ? 'a' : ['b'])", true), ("lookUp(agent)", false), ("new Response('?')", false)]
    {
        let said = converted(&handler.replace("GIVEN", given), Way::ToAction);
        assert_eq!(!said.starts_with("refused"), is_taken, "{given}\n{said}");
    }
}

#[test]
fn refusals() {
    let caller = "export const save = () => { fetch('/api/create-post', { method: 'POST' }); };";
    for (reason, handler) in [
        // it looks at more than headers
        ("request", "await audit(request); return Response.json(1); }\nfunction audit(of: Request) { log(of.url); }"),
        (
            "request",
            "await audit(request); return Response.json(1); }\nfunction audit(of: Request) { log(of.headers.get('x-key')); }",
        ),
        ("request", "await audit(request); return Response.json(1); }\nfunction audit(of: Request) { later(of); }"),
        (
            "request",
            "await audit(request); return Response.json(1); }\nfunction audit(of: Incoming) { log(of.headers.get('host')); }",
        ),
        ("request", "await lib.audit(request); return Response.json(1); }"),
        // its answers have headers of their own, or are made by somebody else again
        (
            "answer",
            "return limited(); }\nfunction limited() { return Response.json(1, { headers: { 'X-Left': '0' } }); }",
        ),
        ("answer", "return limited(); }\nfunction limited() { return other(); }"),
        ("answer", "return limited(); }\nfunction limited() { return new Response('text'); }"),
        // what it rejects with isn't caught today
        ("answer", "return limited(); }\nasync function limited() { return Response.json(1); }"),
        (
            "answer",
            "const made = limited(); made.headers.set('x', '1'); return made; }\nfunction limited() { return Response.json(1); }",
        ),
        (
            "answer",
            "let made = limited(); made = other; return made; }\nfunction limited() { return Response.json(1); }",
        ),
    ] {
        let files = format!(
            "//- /app/api/create-post/route.ts\nexport async function PO$0ST(request: Request) {{ {handler}\n//- /app/form.tsx\n{caller}\n"
        );
        let said = converted(&files, Way::ToAction);
        assert!(said.starts_with(&format!("refused ({reason}): ")), "{reason} was expected of {handler}\n{said}");
    }
}
