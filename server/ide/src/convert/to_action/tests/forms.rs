//! Forms: posted by browsers, and sent by `fetch`.

use expect_test::expect;

use super::{check, pair};

#[test]
fn a_form() {
    pair(
        "import { NextResponse } from 'next/server';
export async function PO$0ST(request: Request): Promise<NextResponse<{ name: string }>> {
  const formData = await request.formData();
  const file = formData.get('file') as File;
  return file ? NextResponse.json({ name: file.name }) : new NextResponse('No file', { status: 400 });
}",
        "export async function upload(file: File) {
  const data = new FormData();
  data.append('file', file);
  const response = await fetch('/api/create-post', { method: 'POST', body: data });
  const json = response.ok ? await response.json() : null;
  return json?.name;
}",
        expect![[r#"
            //+ /app/api/create-post/actions.ts
            'use server';

            export async function createPost(formData: FormData): Promise<{ ok: boolean; status: number; data: any }> {
              const file = formData.get('file') as File;
              return file ? { ok: true, status: 200, data: throughJson({ name: file.name }) } : { ok: false, status: 400, data: 'No file' };
            }

            // As a response carried it: a Date becomes text, and what is undefined is left out.
            function throughJson(value: unknown): any {
              return JSON.parse(JSON.stringify(value));
            }
            //~ /app/form.tsx
            import { createPost } from './api/create-post/actions';

            export async function upload(file: File) {
              const data = new FormData();
              data.append('file', file);
              const response = await createPost(data);
              const json = response.ok ? response.data : null;
              return json?.name;
            }
            //x /app/api/create-post/route.ts
            # Nobody answers POST /api/create-post any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/create-post/route.ts)
            # What is returned goes through JSON as before: take throughJson off where the value is plain
            # Calls of actions wait for each other, where requests ran side by side
            # An action's body may have 1 MB, unless serverActions.bodySizeLimit says otherwise
            => and back
            //~ /app/api/create-post/route.ts
            - import { NextResponse } from 'next/server';
            - export async function POST(request: Request): Promise<NextResponse<{ name: string }>> {
            -   return file ? NextResponse.json({ name: file.name }) : new NextResponse('No file', { status: 400 });
            + export async function POST(request: Request) {
            +   return file ? Response.json({ name: file.name }) : Response.json('No file', { status: 400 });
        "#]],
    );
}

#[test]
fn forms_that_the_browser_posts() {
    check(
        "//- /app/api/logout/route.ts
import { NextRequest, NextResponse } from 'next/server';
import { cookies } from 'next/headers';

export async function PO$0ST(request: NextRequest) {
  (await cookies()).delete('session');
  return NextResponse.redirect(new URL('/login', request.url), 303);
}
//- /app/header.tsx
export function Header() {
  return (
    <form action=\"/api/logout\" method=\"post\" className=\"out\">
      <button>Log out</button>
    </form>
  );
}
",
        expect![[r#"
            //+ /app/api/logout/actions.ts
            'use server';

            import { cookies } from 'next/headers';
            import { redirect } from 'next/navigation';

            export async function logout(): Promise<void> {
              (await cookies()).delete('session');
              return redirect('/login');
            }
            //~ /app/header.tsx
            import { logout } from './api/logout/actions';

            export function Header() {
              return (
                <form action={logout} className="out">
                  <button>Log out</button>
                </form>
              );
            }
            //x /app/api/logout/route.ts
            # Nobody answers POST /api/logout any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/logout/route.ts)
            # The browser goes on within the application, where the form's answer was a page loaded anew
            # The page is shown anew after the call, for an action that sets cookies or revalidates brings it along
            => and back
            //~ /app/api/logout/route.ts
            - import { NextRequest, NextResponse } from 'next/server';
            - export async function POST(request: NextRequest) {
            -   return NextResponse.redirect(new URL('/login', request.url), 303);
            + export async function POST(request: Request) {
            +   return Response.redirect(new URL('/login', request.url), 303);
        "#]],
    );
}

#[test]
fn a_form_with_a_segment_and_fields() {
    check(
        "//- /app/api/posts/[id]/rename/route.ts
import { redirect } from 'next/navigation';

export async function PO$0ST(request: Request, props: { params: Promise<{ id: string }> }) {
  const params = await props.params;
  const form = await request.formData();
  await rename(params.id, form.get('title'));
  redirect('/posts/' + params.id);
}
//- /app/rename.tsx
export const Rename = ({ id }: { id: string }) => (
  <form method=\"POST\" action={`/api/posts/${id}/rename`} encType=\"multipart/form-data\">
    <input name=\"title\" />
  </form>
);
",
        expect![[r#"
            //+ /app/api/posts/[id]/rename/actions.ts
            'use server';

            import { redirect } from 'next/navigation';

            export async function renamePost(id: string, form: FormData): Promise<void> {
              await rename(id, form.get('title'));
              redirect('/posts/' + id);
            }
            //~ /app/rename.tsx
            import { renamePost } from './api/posts/[id]/rename/actions';

            export const Rename = ({ id }: { id: string }) => (
              <form action={renamePost.bind(null, id)}>
                <input name="title" />
              </form>
            );
            //x /app/api/posts/[id]/rename/route.ts
            # Nobody answers POST /api/posts/[id]/rename any more: code outside of this workspace that asks for it fails
            # What it throws was a response with status 500; now the call rejects (/app/api/posts/[id]/rename/route.ts)
            # The browser goes on within the application, where the form's answer was a page loaded anew
            # An action's body may have 1 MB, unless serverActions.bodySizeLimit says otherwise
            => and back
            //~ /app/api/posts/[id]/rename/route.ts
            - import { redirect } from 'next/navigation';
            - 
            - export async function POST(request: Request, props: { params: Promise<{ id: string }> }) {
            -   const params = await props.params;
            -   await rename(params.id, form.get('title'));
            -   redirect('/posts/' + params.id);
            + export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }) {
            +   const { id } = await params;
            +   await rename(id, form.get('title'));
            +   return Response.redirect(new URL('/posts/' + id, request.url), 303);
            //~ /app/rename.tsx
            -   <form method="POST" action={`/api/posts/${id}/rename`} encType="multipart/form-data">
            +   <form action={`/api/posts/${encodeURIComponent(id)}/rename`} method="post" encType="multipart/form-data">
        "#]],
    );
}
