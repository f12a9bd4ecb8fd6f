//! Actions that become handlers.

use expect_test::expect;

use super::{ONE, POST, STATE, check, converted};
use crate::convert::Way;

#[test]
fn an_action_among_others() {
    check(
        ONE,
        POST,
        expect![[r#"
            //+ /app/api/create-post/route.ts
            import { db } from '@/lib/db';
            import { audit } from '../../log';

            type Tag = { name: string };

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 });
              const { title, tags } = (await request.json()) as { title: string; tags?: Tag[] };
              return Response.json(await createPost(title, tags));
            }

            /** Makes a post. */
            async function createPost(title: string, tags: Tag[] = []): Promise<{ id: string }> {
              audit(title);
              const id = await db.posts.insert({ title, tags });
              return { id };
            }

            export type CreatePost = typeof createPost;

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get('origin');
              const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
              return origin === null || origin.split('://')[1] === host;
            }
            //+ /app/api/create-post/client.ts
            import type { CreatePost } from './route';

            /** Sends POST /api/create-post. */
            export const createPost: CreatePost = async (title, tags) => {
              const response = await fetch('/api/create-post', {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ title, tags }),
              });
              if (response.redirected) {
                window.location.assign(response.url);
                return new Promise<never>(() => {});
              }
              if (!response.ok) throw new Error(`POST /api/create-post answered ${response.status}`);
              return response.json();
            };
            //~ /app/actions.ts
            'use server';

            import { revalidatePath } from 'next/cache';
            import { db } from '@/lib/db';
            import { log } from './log';

            export async function removePost(id: string) {
              log(id);
              await db.posts.remove(id);
              revalidatePath('/posts');
            }
            //~ /app/form.tsx
            'use client';

            import { useState } from 'react';
            import { removePost } from './actions';
            import { createPost } from './api/create-post/client';

            export function Form() {
              return <button onClick={async () => (await createPost('a')).id}>{removePost.name}</button>;
            }
            # POST /api/create-post takes bodies of any size: an action took 1 MB
        "#]],
    );
}

#[test]
fn a_form_with_state_and_a_fresh_page() {
    check(
        STATE,
        POST,
        expect![[r#"
            //+ /app/api/save/route.ts
            import { revalidatePath } from "next/cache"
            import { redirect } from "next/navigation"
            import type { State } from "../../actions"

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 })
              const formData = await request.formData()
              try {
                const result = await save(undefined as never, formData)
                if (result === undefined) return new Response(null, { status: 204 })
                return Response.json(result)
              } catch (error) {
                // 307, which redirect() means in a handler, would have the browser send the request again
                const digest = error instanceof Error && "digest" in error ? String(error.digest) : ""
                if (!digest.startsWith("NEXT_REDIRECT;")) throw error
                return new Response(null, { status: 303, headers: { Location: digest.split(";").slice(2, -2).join(";") } })
              }
            }

            async function save(prev: State, formData: FormData) {
              if (!formData.get("title")) return { error: "no title" }
              revalidatePath("/posts")
              redirect("/posts")
            }

            export type Save = typeof save

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get("origin")
              const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host")
              return origin === null || origin.split("://")[1] === host
            }
            //+ /app/api/save/client.ts
            import { useCallback } from "react"
            import { useRouter } from "next/navigation"
            import type { Save } from "./route"

            /** Sends POST /api/save. */
            export const save: Save = async (_prev, formData) => {
              const response = await fetch("/api/save", { method: "POST", body: formData })
              if (response.redirected) {
                window.location.assign(response.url)
                return new Promise<never>(() => {})
              }
              if (!response.ok) throw new Error(`POST /api/save answered ${response.status}`)
              return response.status === 204 ? undefined : response.json()
            }

            /** save, with the page shown anew afterwards. */
            export function useSave() {
              const router = useRouter()
              return useCallback<Save>(
                async (_prev, formData) => {
                  const result = await save(_prev, formData)
                  router.refresh()
                  return result
                },
                [router],
              )
            }
            //~ /app/actions.ts
            "use server"

            export type State = { error?: string }
            //~ /app/form.tsx
            "use client"
            import { useActionState } from "react"
            import { type State } from "@/app/actions"
            import { useSave } from "@/app/api/save/client"

            export function Form() {
              const save = useSave()
              const [state, action] = useActionState(save, {})
              return <form action={action}>{state.error}</form>
            }
            # POST /api/save takes bodies of any size: an action took 1 MB
            # forms of client components wait for JavaScript: an action took them without it, too
        "#]],
    );
}

#[test]
fn arguments() {
    let said = |(parameters, body): &(&str, &str)| {
        let all = converted(
            &format!(
                "//- /app/actions.ts\n'use server';\nexport async function sa$0ve({parameters}) {{ use({body}); }}\n"
            ),
            POST,
        );
        let keep = |line: &&str| {
            ["request.json", "request.formData", "await save(", "JSON.parse", "body", "refused", "# "]
                .iter()
                .any(|p| line.contains(p))
        };
        all.lines().filter(keep).map(|line| format!("  {}\n", line.trim())).collect::<String>()
    };
    let all: String = [
        ("", ""),
        ("id: string", "id"),
        ("input: { id: string; at?: number }", "input"),
        ("{ id, name }: { id: string; name: string }", "id"),
        ("tags: string[]", "tags"),
        ("id: string, ...tags: string[]", "id, tags"),
        ("id?: string", "id"),
        ("data: FormData", "data"),
        ("id: string, data: FormData", "id, data"),
        ("_state: unknown, data: FormData", "data"),
        ("when: Date", "when"),
        ("request: string", "request"),
        ("save: string, body: number", "save, body"),
        ("input: Unseen", "input"),
        ("input", "input"),
    ]
    .iter()
    .map(|case| format!("({})\n{}", case.0, said(case)))
    .collect();
    expect![[r#"
        ()
          await save();
          # POST /api/save takes bodies of any size: an action took 1 MB
        (id: string)
          const { id } = (await request.json()) as { id: string };
          await save(id);
          # POST /api/save takes bodies of any size: an action took 1 MB
        (input: { id: string; at?: number })
          const input = (await request.json()) as { id: string; at?: number };
          await save(input);
          # POST /api/save takes bodies of any size: an action took 1 MB
        ({ id, name }: { id: string; name: string })
          const input = (await request.json()) as { id: string; name: string };
          await save(input);
          # POST /api/save takes bodies of any size: an action took 1 MB
        (tags: string[])
          const { tags } = (await request.json()) as { tags: string[] };
          await save(tags);
          # POST /api/save takes bodies of any size: an action took 1 MB
        (id: string, ...tags: string[])
          const { id, tags } = (await request.json()) as { id: string; tags: string[] };
          await save(id, ...tags);
          # POST /api/save takes bodies of any size: an action took 1 MB
        (id?: string)
          const { id } = (await request.json()) as { id?: string };
          await save(id);
          # POST /api/save takes bodies of any size: an action took 1 MB
        (data: FormData)
          const data = await request.formData();
          await save(data);
          # POST /api/save takes bodies of any size: an action took 1 MB
        (id: string, data: FormData)
          const data = await request.formData();
          const { id } = JSON.parse(data.get('$arguments') as string) as { id: string };
          await save(id, data);
          # POST /api/save takes bodies of any size: an action took 1 MB
        (_state: unknown, data: FormData)
          const data = await request.formData();
          await save(undefined as never, data);
          # POST /api/save takes bodies of any size: an action took 1 MB
        (when: Date)
          refused (argument): when holds a Date, which JSON doesn't carry: take its parts as text instead /app/actions.ts:41
        (request: string)
          const { request: requestInput } = (await request.json()) as { request: string };
          await save(requestInput);
          # POST /api/save takes bodies of any size: an action took 1 MB
        (save: string, body: number)
          const { save: saveInput, body: bodyInput } = (await request.json()) as { save: string; body: number };
          await save(saveInput, bodyInput);
          async function save(save: string, body: number) { use(save, body); }
          # POST /api/save takes bodies of any size: an action took 1 MB
        (input: Unseen)
          const input = (await request.json()) as Unseen;
          await save(input);
          # input travels as JSON: check that its type (Unseen) has no Date, Map, Set or File (/app/actions.ts)
          # POST /api/save takes bodies of any size: an action took 1 MB
        (input)
          const { input } = await request.json();
          await save(input);
          # input travels as JSON, and its type isn't written (/app/actions.ts)
          # POST /api/save takes bodies of any size: an action took 1 MB
    "#]]
    .assert_eq(&all);
}

#[test]
fn a_query() {
    check(
        "//- /app/actions.ts
'use server';
export async function li$0stItems(search: string, page: number = 1, all?: boolean) {
  return [{ name: search, page, all }];
}
//- /app/list.tsx
'use client';
import { listItems as list } from './actions';
export const List = () => <button onClick={() => list('a', 2)} />;
",
        Way::ToRoute { method: next::Method::Get, public: true },
        expect![[r#"
            //+ /app/api/list-items/route.ts
            export async function GET(request: Request) {
              const query = new URL(request.url).searchParams;
              const search = query.get('search') ?? '';
              const page = query.has('page') ? Number(query.get('page')) : undefined;
              const all = query.has('all') ? query.get('all') === 'true' : undefined;
              return Response.json(await listItems(search, page, all));
            }

            async function listItems(search: string, page: number = 1, all?: boolean) {
              return [{ name: search, page, all }];
            }

            export type ListItems = typeof listItems;
            //+ /app/api/list-items/client.ts
            import type { ListItems } from './route';

            /** Sends GET /api/list-items. */
            export const listItems: ListItems = async (search, page, all) => {
              const query = new URLSearchParams();
              query.set('search', search);
              if (page !== undefined) query.set('page', String(page));
              if (all !== undefined) query.set('all', String(all));
              const response = await fetch(`/api/list-items?${query}`);
              if (!response.ok) throw new Error(`GET /api/list-items answered ${response.status}`);
              return response.json();
            };
            //~ /app/list.tsx
            'use client';
            import { listItems as list } from './api/list-items/client';
            export const List = () => <button onClick={() => list('a', 2)} />;
            //x /app/actions.ts
            # GET /api/list-items takes calls from any origin
        "#]],
    );
}

#[test]
fn made_by_a_wrapper() {
    check(
        "//- /app/actions.ts
'use server';
import { authActionClient } from '@/lib/client';
import { schema } from './schema';

export const cre$0atePost = authActionClient.inputSchema(schema).action(async ({ parsedInput: { title } }) => {
  return { title };
});
//- /app/schema.ts
import { z } from 'zod';
export const schema = z.object({ title: z.string() });
//- /app/form.tsx
'use client';
import { useAction } from 'next-safe-action/hooks';
import { createPost } from './actions';
export function Form() {
  const { execute } = useAction(createPost);
  return <button onClick={() => execute({ title: 'a' })}>a</button>;
}
",
        POST,
        expect![[r#"
            //+ /app/api/create-post/route.ts
            import { authActionClient } from '@/lib/client';
            import { schema } from '../../schema';

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 });
              const args = (await request.json()) as Parameters<typeof createPost>;
              const result = await createPost(...args);
              if (result === undefined) return new Response(null, { status: 204 });
              return Response.json(result);
            }

            const createPost = authActionClient.inputSchema(schema).action(async ({ parsedInput: { title } }) => {
              return { title };
            });

            export type CreatePost = typeof createPost;

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get('origin');
              const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
              return origin === null || origin.split('://')[1] === host;
            }
            //+ /app/api/create-post/client.ts
            import type { CreatePost } from './route';

            /** Sends POST /api/create-post. */
            export const createPost = (async (...args: Parameters<CreatePost>) => {
              const response = await fetch('/api/create-post', {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify(args),
              });
              if (response.redirected) {
                window.location.assign(response.url);
                return new Promise<never>(() => {});
              }
              if (!response.ok) throw new Error(`POST /api/create-post answered ${response.status}`);
              return response.status === 204 ? undefined : response.json();
            }) as CreatePost;
            //~ /app/form.tsx
            'use client';
            import { useAction } from 'next-safe-action/hooks';
            import { createPost } from './api/create-post/client';
            export function Form() {
              const { execute } = useAction(createPost);
              return <button onClick={() => execute({ title: 'a' })}>a</button>;
            }
            //x /app/actions.ts
            # what authActionClient.inputSchema().action takes and gives travels as JSON: a Date arrives as text, a Map or Set empty (/app/actions.ts)
            # POST /api/create-post takes bodies of any size: an action took 1 MB
        "#]],
    );
}

#[test]
fn a_package_names_itself_where_its_exports_allow() {
    check(
        "//- /package.json
{ \"name\": \"@shop/web\", \"dependencies\": { \"next\": \"16.4.6\" }, \"exports\": { \"./save\": \"./lib/save.ts\" } }
//- /lib/save.ts
'use server';
export async function sa$0ve(id: string) {
  put(id);
}
//- /app/layout.tsx
export default function Layout() {}
//- /app/task.ts
import { save } from '@shop/web/save';
export const run = () => save('1');
",
        POST,
        expect![[r#"
            //+ /app/api/save/save.ts
            export async function save(id: string) {
              put(id);
            }
            //+ /app/api/save/route.ts
            import { save } from './save';

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 });
              const { id } = (await request.json()) as { id: Parameters<typeof save>[0] };
              await save(id);
              return new Response(null, { status: 204 });
            }

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get('origin');
              const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
              return origin === null || origin.split('://')[1] === host;
            }
            //~ /app/task.ts
            import { save } from './api/save/save';
            export const run = () => save('1');
            //x /lib/save.ts
            # POST /api/save takes bodies of any size: an action took 1 MB
        "#]],
    );
}
