//! Whole projects in, all changed files out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use expect_test::{Expect, expect};
use workspace::World;

use super::{Change, Conversion, Way, convert};
use crate::{FilePosition, tests::Opened};

/// What a conversion at `$0` comes to: new files in full, changed files in full, deleted ones by name,
/// then notes; or the refusal.
fn converted(files: &str, way: Way) -> String {
    let opened = Opened::scanned(files);
    opened.snap.find_carriers();
    match convert(&opened.snap, opened.cursor(), way) {
        None => "nothing to convert\n".to_owned(),
        Some(Err(refusal)) => {
            let at = refusal.at.map(|(file, range)| format!("{}:{}", place(&opened, file), range.start));
            format!("refused ({}): {} {}\n", refusal.reason, refusal.text, at.unwrap_or_default())
        }
        Some(Ok(conversion)) => opened.portable(&said(&opened, &conversion)),
    }
}

fn place(opened: &Opened, file: workspace::FileId) -> String {
    opened.portable(&opened.snap.path(file).to_string_lossy())
}

fn said(opened: &Opened, conversion: &Conversion) -> String {
    let mut out = String::new();
    for change in &conversion.changes {
        let _ = match change {
            Change::Create { path, text } => write!(out, "//+ {}\n{text}", path.display()),
            Change::Delete { file, .. } => writeln!(out, "//x {}", place(opened, *file)),
            Change::Edit { file, before, edits } => {
                let mut text = before.to_string();
                edits.iter().rev().for_each(|edit| text.replace_range(edit.range.span(), &edit.text));
                write!(out, "//~ {}\n{text}", place(opened, *file))
            }
        };
    }
    for note in &conversion.notes {
        let at = note.at.map(|(file, _)| format!(" ({})", place(opened, file))).unwrap_or_default();
        let _ = writeln!(out, "# {}{at}", note.text);
    }
    out
}

fn check(files: &str, way: Way, expected: Expect) {
    expected.assert_eq(&converted(files, way));
}

const POST: Way = Way::ToRoute { method: next::Method::Post, public: false };

/// Converts an action and the handler that comes of it; the files that differ from those at first.
fn round_trip(files: &str) -> String {
    let opened = Opened::scanned(files);
    opened.snap.find_carriers();
    let there = match convert(&opened.snap, opened.cursor(), POST) {
        Some(Ok(conversion)) => conversion,
        other => return format!("{other:?}"),
    };
    let mut out = String::new();
    let before: BTreeMap<PathBuf, String> =
        opened.fixture.files.iter().map(|(path, text)| (opened.project.path(path), text.clone())).collect();
    let route = apply(&opened, &there).into_iter().find(|path| path.ends_with("route.ts")).expect("a route");
    let mut world = World::new();
    world.set_folders(vec![opened.project.root.clone()]);
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    let snap = world.snapshot();
    snap.find_carriers();
    let file = snap.file(&route).expect("the route");
    let offset = snap.text(file).expect("its text").find("POST").expect("its method") as u32;
    let opened = Opened { snap, ..opened };
    match convert(&opened.snap, FilePosition { file, offset }, Way::ToAction) {
        Some(Ok(back)) => apply(&opened, &back),
        other => return format!("{other:?}"),
    };
    let now: BTreeMap<PathBuf, String> = opened.project.files().into_iter().collect();
    for path in before.keys().chain(now.keys().filter(|path| !before.contains_key(*path))) {
        let shown = opened.project.shown(path);
        match (before.get(path), now.get(path)) {
            (Some(then), Some(now)) if then == now => {}
            (Some(_), None) => out.push_str(&format!("//x {shown}\n")),
            (Some(_), Some(now)) => out.push_str(&format!("//~ {shown}\n{now}")),
            (None, Some(now)) => out.push_str(&format!("//+ {shown}\n{now}")),
            (None, None) => {}
        }
    }
    out
}

/// Writes a conversion to disk; the new files.
fn apply(opened: &Opened, conversion: &Conversion) -> Vec<PathBuf> {
    let mut created = vec![];
    for change in &conversion.changes {
        match change {
            Change::Create { path, text } => {
                opened.project.put(path, text);
                created.push(path.clone());
            }
            Change::Edit { file, before, edits } => {
                let mut text = before.to_string();
                edits.iter().rev().for_each(|edit| text.replace_range(edit.range.span(), &edit.text));
                opened.project.put(&opened.snap.path(*file), &text);
            }
            Change::Delete { file, .. } => opened.project.remove(&opened.snap.path(*file)),
        }
    }
    created
}

#[test]
fn there_and_back() {
    expect![[r#"
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
        import { createPost } from './actions/create-post';

        export function Form() {
          return <button onClick={async () => (await createPost('a')).id}>{removePost.name}</button>;
        }
        //+ /app/actions/create-post.ts
        'use server';

        import { db } from '@/lib/db';
        import { audit } from '../log';

        type Tag = { name: string };

        /** Makes a post. */
        export async function createPost(title: string, tags: Tag[] = []): Promise<{ id: string }> {
          audit(title);
          const id = await db.posts.insert({ title, tags });
          return { id };
        }
    "#]]
    .assert_eq(&round_trip(ONE));
    expect![[r#"
        //~ /app/actions.ts
        "use server"

        export type State = { error?: string }
        //~ /app/form.tsx
        "use client"
        import { useActionState } from "react"
        import { type State } from "@/app/actions"
        import { save } from "@/app/actions/save"

        export function Form() {
          const [state, action] = useActionState(save, {})
          return <form action={action}>{state.error}</form>
        }
        //+ /app/actions/save.ts
        "use server"

        import { revalidatePath } from "next/cache"
        import { redirect } from "next/navigation"
        import type { State } from "../actions"

        export async function save(prev: State, formData: FormData) {
          if (!formData.get("title")) return { error: "no title" }
          revalidatePath("/posts")
          redirect("/posts")
        }
    "#]]
    .assert_eq(&round_trip(STATE));
}

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
            //~ /app/form.tsx
            'use client';

            import { useState } from 'react';
            import { removePost } from './actions';
            import { createPost } from './api/create-post/client';

            export function Form() {
              return <button onClick={async () => (await createPost('a')).id}>{removePost.name}</button>;
            }
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
            //~ /app/actions.ts
            "use server"

            export type State = { error?: string }
            # POST /api/save takes bodies of any size: an action took 1 MB
        "#]],
    );
}

#[test]
fn both_ways() {
    check(
        ONE,
        Way::Both,
        expect![[r#"
        //+ /app/api/create-post/create-post.ts
        import { db } from '@/lib/db';
        import { audit } from '../../log';
        import type { Tag } from '../../actions';

        /** Makes a post. */
        export async function createPost(title: string, tags: Tag[] = []): Promise<{ id: string }> {
          audit(title);
          const id = await db.posts.insert({ title, tags });
          return { id };
        }
        //+ /app/api/create-post/route.ts
        import { createPost } from './create-post';

        export async function POST(request: Request) {
          if (!isSameOrigin(request)) return new Response(null, { status: 403 });
          const { title, tags } = (await request.json()) as { title: Parameters<typeof createPost>[0]; tags?: Parameters<typeof createPost>[1] };
          return Response.json(await createPost(title, tags));
        }

        // Next compares Origin with Host for server actions only: a handler does it by itself.
        function isSameOrigin(request: Request) {
          const origin = request.headers.get('origin');
          const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
          return origin === null || origin.split('://')[1] === host;
        }
        //~ /app/actions.ts
        'use server';

        import { revalidatePath } from 'next/cache';
        import { db } from '@/lib/db';
        import { log } from './log';
        import { createPost as createPostFunction } from './api/create-post/create-post';

        export type Tag = { name: string };

        /** Makes a post. */
        export async function createPost(title: string, tags?: Tag[]): Promise<{ id: string }> {
          return createPostFunction(title, tags);
        }

        export async function removePost(id: string) {
          log(id);
          await db.posts.remove(id);
          revalidatePath('/posts');
        }
        # POST /api/create-post takes bodies of any size: an action took 1 MB
    "#]],
    );
    check(
        "//- /app/actions.ts
'use server'
type Login = { email: string; password: string }
const attempts = new Map<string, number>()
export const lo$0gin = async ({ email, password }: Login) => sign(email, password)
export async function tries(email: string) { return attempts.get(email) ?? 0 }
",
        Way::Both,
        expect![[r#"
            //+ /app/api/login/login.ts
            import type { Login } from '../../actions'

            export const login = async ({ email, password }: Login) => sign(email, password)
            //+ /app/api/login/route.ts
            import { login } from './login'

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 })
              const input = (await request.json()) as Parameters<typeof login>[0]
              const result = await login(input)
              if (result === undefined) return new Response(null, { status: 204 })
              return Response.json(result)
            }

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get('origin')
              const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host')
              return origin === null || origin.split('://')[1] === host
            }
            //~ /app/actions.ts
            'use server'
            import { login as loginFunction } from './api/login/login'
            export type Login = { email: string; password: string }
            const attempts = new Map<string, number>()
            export const login = async (input: Login) => loginFunction(input)
            export async function tries(email: string) { return attempts.get(email) ?? 0 }
            # what it returns (sign(email, password)) travels as JSON: a Date in it arrives as text, a Map or Set empty (/app/actions.ts)
            # POST /api/login takes bodies of any size: an action took 1 MB
        "#]],
    );
}

const ONE: &str = "//- /package.json
{ \"dependencies\": { \"next\": \"16.4.6\" } }
//- /app/actions.ts
'use server';

import { revalidatePath } from 'next/cache';
import { db } from '@/lib/db';
import { audit, log } from './log';

type Tag = { name: string };

/** Makes a post. */
export async function cre$0atePost(title: string, tags: Tag[] = []): Promise<{ id: string }> {
  audit(title);
  const id = await db.posts.insert({ title, tags });
  return { id };
}

export async function removePost(id: string) {
  log(id);
  await db.posts.remove(id);
  revalidatePath('/posts');
}
//- /app/form.tsx
'use client';

import { useState } from 'react';
import { createPost, removePost } from './actions';

export function Form() {
  return <button onClick={async () => (await createPost('a')).id}>{removePost.name}</button>;
}
//- /app/page.tsx
import { Form } from './form';
export default function Page() {
  return <Form />;
}
";

const STATE: &str = "//- /package.json
{ \"dependencies\": { \"next\": \"16.4.6\" } }
//- /app/actions.ts
\"use server\"
import { revalidatePath } from \"next/cache\"
import { redirect } from \"next/navigation\"

export async function sa$0ve(prev: State, formData: FormData) {
  if (!formData.get(\"title\")) return { error: \"no title\" }
  revalidatePath(\"/posts\")
  redirect(\"/posts\")
}

export type State = { error?: string }
//- /app/form.tsx
\"use client\"
import { useActionState } from \"react\"
import { save, type State } from \"@/app/actions\"

export function Form() {
  const [state, action] = useActionState(save, {})
  return <form action={action}>{state.error}</form>
}
//- /app/page.tsx
import { Form } from './form';
export default function Page() {
  return <Form />;
}
//- /tsconfig.json
{ \"compilerOptions\": { \"paths\": { \"@/*\": [\"./*\"] } } }
";
