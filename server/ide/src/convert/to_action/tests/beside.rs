//! Handlers that stay, on top of a function that an action calls, too.

use expect_test::{Expect, expect};

use crate::convert::{Way, tests::converted};

fn check(files: &str, expected: Expect) {
    expected.assert_eq(&converted(files, Way::Both));
}

fn one(handler: &str, expected: Expect) {
    check(&format!("//- /app/api/create-post/route.ts\n{handler}\n"), expected);
}

#[test]
fn what_was_read_first_is_an_argument() {
    check(
        "//- /app/api/posts/[id]/route.ts
import { NextResponse, type NextRequest } from 'next/server';
import { cookies } from 'next/headers';
import { db } from '@/lib/db';

type Context = { params: Promise<{ id: string }> };

const fields = ['title'];

/** Renames a post. */
export async function PAT$0CH(req: NextRequest, { params }: Context): Promise<NextResponse> {
  const { id } = await params;
  // what it is called now
  const { title } = await req.json();
  const force = req.nextUrl.searchParams.get('force');
  if (!title) {
    return NextResponse.json({ error: fields }, { status: 400 });
  }
  const post = await db.posts.update(id, { title }, force, (await cookies()).get('session'));
  return NextResponse.json(post);
}

export async function DELETE(req: NextRequest, { params }: Context) {
  await db.posts.remove((await params).id);
  return new NextResponse(null, { status: 204 });
}
//- /lib/db.ts
export const db = {};
",
        expect![[r#"
            //+ /app/api/posts/[id]/update-post.ts
            import { cookies } from 'next/headers';
            import { db } from '@/lib/db';

            const fields = ['title'];

            /** Renames a post. */
            export async function updatePost(id: string, force: string | null, { title }: any): Promise<{ ok: boolean; status: number; data: any }> {
              // what it is called now
              if (!title) {
                return { ok: false, status: 400, data: { error: fields } };
              }
              const post = await db.posts.update(id, { title }, force, (await cookies()).get('session'));
              return { ok: true, status: 200, data: throughJson(post) };
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value));
            }
            //+ /app/api/posts/[id]/actions.ts
            'use server';

            import { updatePost as updatePostFunction } from './update-post';

            export async function updatePost(id: string, force: string | null, input: any) {
              return updatePostFunction(id, force, input);
            }
            //~ /app/api/posts/[id]/route.ts
            import { NextResponse, type NextRequest } from 'next/server';
            import { db } from '@/lib/db';
            import { updatePost } from './update-post';

            type Context = { params: Promise<{ id: string }> };

            /** Renames a post. */
            export async function PATCH(req: NextRequest, { params }: Context): Promise<NextResponse> {
              const result = await updatePost((await params).id, new URL(req.url).searchParams.get('force'), await req.json());
              return NextResponse.json(result.data, { status: result.status });
            }

            export async function DELETE(req: NextRequest, { params }: Context) {
              await db.posts.remove((await params).id);
              return new NextResponse(null, { status: 204 });
            }
            # updatePost is a way in of its own once somebody imports it: who may call it, it has to ask itself
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/posts/[id]/route.ts)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
        "#]],
    );
}

#[test]
fn what_is_read_behind_a_check_is_read_there_still() {
    one(
        "import { auth } from '../../auth'

export const PO$0ST = async (request: Request) => {
  try {
    if (!(await auth())) return new Response('Unauthorized', { status: 401 })
    const body = schema.parse(await request.json())
    return Response.json({ id: await save(body) }, { status: 201 })
  } catch (error) {
    return new Response(null, { status: 500 })
  }
}",
        expect![[r#"
            //+ /app/api/create-post/create-post.ts
            import { auth } from '../../auth'

            export const createPost = async (input: () => Promise<any>): Promise<{ ok: boolean; status: number; data?: any; text?: string }> => {
              try {
                if (!(await auth())) return { ok: false, status: 401, text: 'Unauthorized' }
                const body = schema.parse(await input())
                return { ok: true, status: 201, data: throughJson({ id: await save(body) }) }
              } catch (error) {
                return { ok: false, status: 500 }
              }
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value))
            }
            //+ /app/api/create-post/actions.ts
            'use server'

            import { createPost as createPostFunction } from './create-post'

            export async function createPost(input: any) {
              return createPostFunction(async () => input)
            }
            //~ /app/api/create-post/route.ts
            import { createPost } from './create-post'

            export const POST = async (request: Request) => {
              const result = await createPost(() => request.json())
              if ('text' in result) return new Response(result.text, { status: result.status })
              if ('data' in result) return Response.json(result.data, { status: result.status })
              return new Response(null, { status: result.status })
            }
            # createPost is a way in of its own once somebody imports it: who may call it, it has to ask itself
            # What it takes is of type any, as the body of a request was: say what it is (/app/api/create-post/route.ts)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
        "#]],
    );
    one(
        "export async function PO$0ST(request: Request) {
  const form = await request.formData();
  await save(form.get('title'));
  return new Response(null, { status: 204 });
}",
        expect![[r#"
            //+ /app/api/create-post/create-post.ts
            export async function createPost(form: FormData): Promise<void> {
              await save(form.get('title'));
              return;
            }
            //+ /app/api/create-post/actions.ts
            'use server';

            import { createPost as createPostFunction } from './create-post';

            export async function createPost(form: FormData) {
              return createPostFunction(form);
            }
            //~ /app/api/create-post/route.ts
            import { createPost } from './create-post';

            export async function POST(request: Request) {
              await createPost(await request.formData());
              return new Response(null, { status: 204 });
            }
            # createPost is a way in of its own once somebody imports it: who may call it, it has to ask itself
            # An action's body may have 1 MB, unless serverActions.bodySizeLimit says otherwise
        "#]],
    );
}

#[test]
fn a_get_that_answers_with_a_value() {
    one(
        "export const GE$0T = () => Response.json({ at: Date.now() }, { headers: { 'Content-Type': 'application/json' } });",
        expect![[r#"
            //+ /app/api/create-post/create-post.ts
            export const createPost = async (): Promise<any> => (throughJson({ at: Date.now() }));

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value));
            }
            //+ /app/api/create-post/actions.ts
            'use server';

            import { createPost as createPostFunction } from './create-post';

            export async function createPost() {
              return createPostFunction();
            }
            //~ /app/api/create-post/route.ts
            import { createPost } from './create-post';

            export const GET = async () => {
              return Response.json(await createPost(), { headers: { 'Content-Type': 'application/json' } });
            };
            # createPost is a way in of its own once somebody imports it: who may call it, it has to ask itself
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, and nothing keeps what they answer
        "#]],
    );
    check(
        "//- /app/api/posts/route.js
import { list } from \"@/lib/posts\"

export const revalidate = 60

export async function GE$0T(request) {
  const { searchParams } = new URL(request.url)
  return Response.json(await list(searchParams.get(\"q\"), searchParams.get(\"page\")))
}
",
        expect![[r#"
            //+ /app/api/posts/get-posts.js
            import { list } from "@/lib/posts"

            export async function getPosts(q, page) {
              return throughJson(await list(q, page))
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value) {
              return JSON.parse(JSON.stringify(value))
            }
            //+ /app/api/posts/actions.js
            "use server"

            import { getPosts as getPostsFunction } from "./get-posts"

            export async function getPosts(q, page) {
              return getPostsFunction(q, page)
            }
            //~ /app/api/posts/route.js
            import { getPosts } from "./get-posts"

            export const revalidate = 60

            export async function GET(request) {
              const { searchParams } = new URL(request.url)
              return Response.json(await getPosts(searchParams.get("q"), searchParams.get("page")))
            }
            # getPosts is a way in of its own once somebody imports it: who may call it, it has to ask itself
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, and nothing keeps what they answer
        "#]],
    );
}

#[test]
fn refusals() {
    for (reason, handler) in [
        ("wrapped", "import { auth } from './auth'; export const PO$0ST = auth(async () => Response.json(1));"),
        ("request", "export async function PO$0ST(r: Request) { await audit(r); return Response.json(1); }"),
        ("raw-body", "export async function PO$0ST(r: Request) { return Response.json(await r.text()); }"),
        ("stream", "export async function GE$0T() { return new Response(new ReadableStream({})); }"),
        ("reads", "export async function HE$0AD() { return new Response(null); }"),
        ("redirect", "import { redirect } from 'next/navigation';\nexport async function PO$0ST() { redirect('/'); }"),
        (
            "answers",
            "export async function PO$0ST() { if (a) return Response.json(1, { statusText: 'One' }); return Response.json(2); }",
        ),
        (
            "answers",
            "export async function PO$0ST() { if (a) return new Response(JSON.stringify(1)); return Response.json(2); }",
        ),
        ("answers", "export async function PO$0ST(r: Request) { return Response.json(2, { statusText: name() }); }"),
        ("falls-through", "export async function PO$0ST() { if (a) { return Response.json(1); } }"),
    ] {
        let said = converted(&format!("//- /app/api/save/route.ts\n{handler}\n"), Way::Both);
        assert!(said.starts_with(&format!("refused ({reason}): ")), "{reason} was expected of {handler}\n{said}");
    }
}
