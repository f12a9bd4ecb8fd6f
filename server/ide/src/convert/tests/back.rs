//! There and back: the function is what it was.

use expect_test::expect;

use super::{ONE, STATE, round_trip, round_trip_of_handler};

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
fn what_a_wrapper_made_comes_back_as_it_was() {
    let files = "
//- /app/actions.ts
'use server';

import { logged } from '@/lib/logged';

export const archive$0 = logged('archive', async (id: number) => ({ id }));

export async function other() {}
//- /lib/logged.ts
export const logged = (name: string, action: unknown) => action;
//- /app/form.tsx
'use client';
import { archive } from './actions';
export const Form = () => <button onClick={() => archive(1)} />;
";
    expect![[r#"
        //~ /app/actions.ts
        'use server';

        export async function other() {}
        //~ /app/form.tsx
        'use client';
        import { archive } from './actions/archive';
        export const Form = () => <button onClick={() => archive(1)} />;
        //+ /app/actions/archive.ts
        'use server';

        import { logged } from '@/lib/logged';

        export const archive = logged('archive', async (id: number) => ({ id }));
    "#]]
    .assert_eq(&round_trip(files));
}

#[test]
fn a_handler_is_what_it_was() {
    assert_eq!(round_trip_of_handler(ONE, "createPost"), "");
    assert_eq!(round_trip_of_handler(STATE, "save"), "");
}
