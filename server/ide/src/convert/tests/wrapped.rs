//! Actions that a function of the workspace makes: what comes out of it is seen there.

use expect_test::expect;

use super::{POST, check, converted, round_trip};

fn files(maker: &str, action: &str) -> String {
    format!(
        "//- /app/actions.ts
'use server';
import {{ made }} from '@/lib/made';
{action}
export async function other() {{}}
//- /lib/made.ts
import {{ redirect }} from 'next/navigation';
import {{ user }} from './user';
export type State = {{ error?: string }};
{maker}
//- /app/form.tsx
'use client';
import {{ useActionState }} from 'react';
import {{ save }} from './actions';
export function Form() {{
  const [state, action] = useActionState(save, {{}});
  return <form action={{action}}>{{state.error}}</form>;
}}
//- /tsconfig.json
{{ \"compilerOptions\": {{ \"paths\": {{ \"@/*\": [\"./*\"] }} }} }}
"
    )
}

const MAKER: &str =
    "export function made<T>(schema: Schema<T>, action: (data: T, form: FormData) => Promise<unknown>) {
  return async (prev: State, form: FormData) => {
    if (!(await user())) redirect('/sign-in');
    const read = schema.safeParse(Object.fromEntries(form));
    return read.success ? action(read.data, form) : { error: 'no' };
  };
}";

const ACTION: &str =
    "export const sa$0ve = made(z.object({ at: z.date() }), async (data, formData) => {\n  put(data, formData);\n});";

#[test]
fn a_form_and_a_state() {
    let files = files(MAKER, ACTION);
    check(
        &files,
        POST,
        expect![[r#"
        //+ /app/api/save/route.ts
        import { made } from '@/lib/made';

        export async function POST(request: Request) {
          if (!isSameOrigin(request)) return new Response(null, { status: 403 });
          const form = await request.formData();
          try {
            const result = await save(undefined as never, form);
            if (result === undefined) return new Response(null, { status: 204 });
            return Response.json(result);
          } catch (error) {
            // 307, which redirect() means in a handler, would have the browser send the request again
            const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
            if (!digest.startsWith('NEXT_REDIRECT;')) throw error;
            return new Response(null, { status: 303, headers: { Location: digest.split(';').slice(2, -2).join(';') } });
          }
        }

        const save = made(z.object({ at: z.date() }), async (data, formData) => {
          put(data, formData);
        });

        export type Save = typeof save;

        // Next compares Origin with Host for server actions only: a handler does it by itself.
        function isSameOrigin(request: Request) {
          const origin = request.headers.get('origin');
          const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
          return origin === null || origin.split('://')[1] === host;
        }
        //+ /app/api/save/client.ts
        import type { Save } from './route';

        /** Sends POST /api/save. */
        export const save: Save = async (_prev, form) => {
          const response = await fetch('/api/save', { method: 'POST', body: form });
          if (response.redirected) {
            window.location.assign(response.url);
            return new Promise<never>(() => {});
          }
          if (!response.ok) throw new Error(`POST /api/save answered ${response.status}`);
          return response.status === 204 ? undefined : response.json();
        };
        //~ /app/actions.ts
        'use server';
        export async function other() {}
        //~ /app/form.tsx
        'use client';
        import { useActionState } from 'react';
        import { save } from './api/save/client';
        export function Form() {
          const [state, action] = useActionState(save, {});
          return <form action={action}>{state.error}</form>;
        }
        # what it returns (action(read.data, form)) travels as JSON: a Date in it arrives as text, a Map or Set empty (/lib/made.ts)
        # POST /api/save takes bodies of any size: an action took 1 MB
        # forms of client components wait for JavaScript: an action took them without it, too
    "#]],
    );
    expect![[r#"
        //~ /app/actions.ts
        'use server';
        export async function other() {}
        //~ /app/form.tsx
        'use client';
        import { useActionState } from 'react';
        import { save } from './actions/save';
        export function Form() {
          const [state, action] = useActionState(save, {});
          return <form action={action}>{state.error}</form>;
        }
        //+ /app/actions/save.ts
        'use server';

        import { made } from '@/lib/made';

        export const save = made(z.object({ at: z.date() }), async (data, formData) => {
          put(data, formData);
        });
    "#]]
    .assert_eq(&round_trip(&files));
}

/// What a maker has to say of what comes out of it.
#[test]
fn contracts() {
    let makers = [
        "export const made = (action: Action) => async (form: FormData) => action(form);",
        "export const made = (action: Action) => async (id: string, form: FormData) => action(id, form);",
        "export const made = (action: Action) => async (state: State) => action(state);",
        "export const made = (action: Action) => async (state: State, form) => action(form);",
        "export const made = (action: Action) => (form: FormData) => action(form);",
        "export const made = (action: Action) => action;",
        "export function made(action: Action) {\n  if (!action) return async (form: FormData) => {};\n  return async (form: FormData) => action(form);\n}",
        "export const made = (action: Action) => async (file: File) => action(file);",
        "export const made = <A extends unknown[]>(action: Action<A>) => async (...args: A) => action(...args);",
    ];
    let action = "export const sa$0ve = made(async (formData: FormData) => {\n  put(formData);\n});";
    let all: String = makers
        .iter()
        .map(|maker| {
            let said = converted(&files(maker, action), POST);
            let lines = said.lines().map(str::trim);
            let kept = lines
                .filter(|l| ["request.", "save(", "refused"].iter().any(|p| l.contains(p)) && !l.contains("isSame"));
            let kept = kept.filter(|line| !line.contains("headers") && !line.contains("useActionState"));
            format!("{maker}\n{}", kept.map(|line| format!("  {line}\n")).collect::<String>())
        })
        .collect();
    expect![[r#"
        export const made = (action: Action) => async (form: FormData) => action(form);
          const form = await request.formData();
          const result = await save(form);
        export const made = (action: Action) => async (id: string, form: FormData) => action(id, form);
          const form = await request.formData();
          const result = await save(id, form);
        export const made = (action: Action) => async (state: State) => action(state);
          refused (wrapped): a form gets it, and what made makes of a form isn't told here /app/form.tsx:154
        export const made = (action: Action) => async (state: State, form) => action(form);
          refused (wrapped): save is made by made and speaks of FormData: what it takes is no plain input /app/actions.ts:62
        export const made = (action: Action) => (form: FormData) => action(form);
          refused (wrapped): save is made by made and speaks of FormData: what it takes is no plain input /app/actions.ts:62
        export const made = (action: Action) => action;
          refused (wrapped): save is made by made and speaks of FormData: what it takes is no plain input /app/actions.ts:62
        export function made(action: Action) {
          if (!action) return async (form: FormData) => {};
          return async (form: FormData) => action(form);
        }
          refused (wrapped): save is made by made and speaks of FormData: what it takes is no plain input /app/actions.ts:62
        export const made = (action: Action) => async (file: File) => action(file);
          refused (argument): file holds a File, which JSON doesn't carry: take its parts as text instead /lib/made.ts:162
        export const made = <A extends unknown[]>(action: Action<A>) => async (...args: A) => action(...args);
          refused (wrapped): save is made by made and speaks of FormData: what it takes is no plain input /app/actions.ts:62
    "#]]
    .assert_eq(&all);
}

#[test]
fn a_field_that_is_called_like_a_form() {
    let files = "//- /app/actions.ts\n'use server';\n\
         export const sa$0ve = client.inputSchema(schema).action(async ({ parsedInput: { formData } }) => formData);\n";
    assert!(converted(files, POST).contains("const args = (await request.json()) as Parameters<typeof save>;"));
}
