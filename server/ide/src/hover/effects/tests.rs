use expect_test::{Expect, expect};

use crate::{Config, hover, tests::Opened};

/// What is said of each endpoint of a fixture that has a `$0`, without first line and place. The same
/// lines stand at a call.
fn check(files: &str, expected: Expect) {
    let mut said = String::new();
    for (number, _) in files.match_indices("$0").enumerate() {
        let mut at = 0;
        let fixture: String = files
            .split("$0")
            .enumerate()
            .flat_map(|(i, part)| [if i > 0 && i - 1 == number { "$0" } else { "" }, part])
            .collect();
        let opened = Opened::unscanned(&fixture);
        let shown = hover(&opened.snap, &Config { typescript_server: true }, opened.cursor()).expect("a hover");
        for line in opened.portable(&shown.markdown).lines() {
            let is_place = line.starts_with("[`") || line.starts_with("also ") || line.starts_with("→");
            if !is_place && !line.starts_with("wrapped in") {
                said.push_str(if at > 0 { "    " } else { "" });
                said.push_str(line);
                said.push('\n');
                at += 1;
            }
        }
    }
    expected.assert_eq(&said);
}

const VERSION_14: &str = "//- /package.json\n{ \"dependencies\": { \"next\": \"14.2.35\" } }\n";

#[test]
fn handlers() {
    check(
        "//- /app/api/posts/[id]/route.ts
import { cookies } from 'next/headers';
import { NextResponse } from 'next/server';
export async function G$0ET(request: Request, { params }: Context) {
  const { id } = await params;
  const page = new URL(request.url).searchParams.get('page');
  if (!id) return NextResponse.json({}, { status: 404 });
  return NextResponse.json(await load(id, page));
}
export async function P$0ATCH(request: Request) {
  const { title, tags } = await request.json();
  (await cookies()).set('edited', title);
  return new Response(null, { status: 204 });
}
export async function P$0OST(request: Request) {
  const form = await request.formData();
  await store(form.get('photo') as File, form.get('caption'));
  return request.headers.get('accept') === 'text/html' ? NextResponse.redirect(new URL('/photos', request.url), 303) : respond();
}
export async function D$0ELETE() {}
//- /lib/a.ts
fetch(`/api/po$0sts/${id}`, { method: 'PATCH' });
",
        expect![[r#"
            **GET** `/api/posts/[id]` · Route Handler
                answers 200, 404 · reads `params`, `?page` · dynamic
            **PATCH** `/api/posts/[id]` · Route Handler
                answers 204 · reads JSON `{ title, tags }` · sets cookie `edited`
            **POST** `/api/posts/[id]` · Route Handler
                answers 303, others · reads form `photo, caption`, header `accept` · redirects to `/photos`
            **DELETE** `/api/posts/[id]` · Route Handler
            **PATCH** `/api/posts/[id]` · Route Handler
                `id` ← `${id}`
                answers 204 · reads JSON `{ title, tags }` · sets cookie `edited`
        "#]],
    );
}

#[test]
fn actions() {
    check(
        "//- /app/actions.ts
'use server';
import { revalidatePath, revalidateTag, updateTag, refresh } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect, notFound } from 'next/navigation';
export async function sa$0ve(prev: State, form: FormData) {
  const id = await insert(form.get('title'), form.get('body'));
  revalidatePath('/posts');
  (await cookies()).set('last', id);
  redirect(`/posts/${id}`);
}
export async function re$0move(id: string) {
  if (!(await find(id))) notFound();
  revalidateTag('posts'); revalidateTag(`post-${id}`);
  (await cookies()).delete(id);
  redirect(target);
}
export async function re$0name() { updateTag('posts'); refresh(); revalidatePath(path); }
export async function no$0thing() {}
//- /app/page.tsx
import { save } from './actions';
export default () => <form action={sa$0ve} />;
",
        expect![[r#"
            **POST** `save` · Server Action
                ID: no build yet
                reads form `title, body` · revalidates `/posts` · sets cookie `last` · redirects to `/posts/{id}`
            **POST** `remove` · Server Action
                ID: no build yet
                can answer 404 · revalidates tag `posts`, `post-{id}` · deletes a cookie · redirects
            **POST** `rename` · Server Action
                ID: no build yet
                revalidates a path · updates tag `posts` · refreshes the page
            **POST** `nothing` · Server Action
                ID: no build yet
            **POST** `save` · Server Action
                ID: no build yet
                reads form `title, body` · revalidates `/posts` · sets cookie `last` · redirects to `/posts/{id}`
        "#]],
    );
}

#[test]
fn when_it_runs() {
    let handler = "export async function G$0ET() { return Response.json(1); }\n";
    let files = format!(
        "//- /app/plain/route.ts\n{handler}
//- /app/renewed/route.ts\nexport const revalidate = 600;\n{handler}
//- /app/forced/route.ts\nexport const dynamic = 'force-static';\nexport const maxDuration = 5;\n{handler}
//- /app/unread/route.ts\nexport const revalidate = TEN * 60;\n{handler}
//- /app/reads/route.ts\nexport async function G$0ET(request) {{ return Response.json(request.nextUrl.searchParams.get('q')); }}
//- /app/calls/route.ts\nimport {{ load }} from 'db';\nexport async function G$0ET() {{ return Response.json(await load()); }}
//- /app/listed/[id]/route.ts\nexport function generateStaticParams() {{ return [{{ id: '1' }}]; }}\n{handler}
//- /app/open/[id]/route.ts\n{handler}
//- /app/both/route.ts\n{handler}export async function POST() {{}}\n"
    );
    check(
        &files,
        expect![[r#"
            **GET** `/plain` · Route Handler
                answers 200 · dynamic
            **GET** `/renewed` · Route Handler
                answers 200 · static, renewed every 10 min
            **GET** `/forced` · Route Handler
                answers 200 · static · `maxDuration = 5`
            **GET** `/unread` · Route Handler
                answers 200
            **GET** `/reads` · Route Handler
                answers 200 · reads `?q` · dynamic
            **GET** `/calls` · Route Handler
                answers 200 · dynamic
            **GET** `/listed/[id]` · Route Handler
                answers 200 · static
            **GET** `/open/[id]` · Route Handler
                answers 200 · dynamic
            **GET** `/both` · Route Handler
                answers 200 · dynamic
        "#]],
    );
    check(
        &format!("{VERSION_14}{files}"),
        expect![[r#"
            **GET** `/plain` · Route Handler
                answers 200 · static
            **GET** `/renewed` · Route Handler
                answers 200 · static, renewed every 10 min
            **GET** `/forced` · Route Handler
                answers 200 · static · `maxDuration = 5`
            **GET** `/unread` · Route Handler
                answers 200
            **GET** `/reads` · Route Handler
                answers 200 · reads `?q` · dynamic
            **GET** `/calls` · Route Handler
                answers 200 · static by default
            **GET** `/listed/[id]` · Route Handler
                answers 200 · static
            **GET** `/open/[id]` · Route Handler
                answers 200 · dynamic
            **GET** `/both` · Route Handler
                answers 200 · dynamic
        "#]],
    );
    check(
        &format!("//- /next.config.mjs\nexport default {{ cacheComponents: true }};\n{files}"),
        expect![[r#"
            **GET** `/plain` · Route Handler
                answers 200
            **GET** `/renewed` · Route Handler
                answers 200
            **GET** `/forced` · Route Handler
                answers 200 · `maxDuration = 5`
            **GET** `/unread` · Route Handler
                answers 200
            **GET** `/reads` · Route Handler
                answers 200 · reads `?q` · dynamic
            **GET** `/calls` · Route Handler
                answers 200
            **GET** `/listed/[id]` · Route Handler
                answers 200
            **GET** `/open/[id]` · Route Handler
                answers 200
            **GET** `/both` · Route Handler
                answers 200
        "#]],
    );
}

#[test]
fn a_function_behind_a_thin_file() {
    check(
        "//- /lib/impl.ts
export async function GET() { return Response.json(1, { status: 201 }); }
//- /app/api/thin/route.ts
export { G$0ET } from '@/lib/impl';
//- /app/api/listed/route.ts
const handler = async (request: Request) => { const { a } = await request.json(); return new Response(a); };
export { handler as P$0OST, handler as PUT };
",
        expect![[r#"
            **GET** `/api/thin` · Route Handler
                answers 201 · dynamic
            **POST** `/api/listed` · Route Handler
                answers 200 · reads JSON `{ a }`
        "#]],
    );
}

#[test]
fn long_lines_and_long_holes() {
    check(
        "//- /app/api/long/route.ts
export async function P$0OST(request) {
  const { aaaaaaaa, bbbbbbbb, cccccccc, dddddddd, eeeeeeee, ffffffff, gggggggg } = await request.json();
  const u = request.nextUrl.searchParams; u.get('one'); u.get('two'); u.get('three');
  if (aaaaaaaa) return Response.redirect(`/x/${some.very.long(expression, with, many)}/y`);
  return Response.json(1);
}
",
        expect![[r#"
            **POST** `/api/long` · Route Handler
                answers 200, 302
                reads `?one&two&three`, JSON `{ aaaaaaaa, bbbbbbbb, cccccccc, dddddddd, eeeeeeee, ffffffff, … }`
                redirects to `/x/{…}/y`
        "#]],
    );
}
