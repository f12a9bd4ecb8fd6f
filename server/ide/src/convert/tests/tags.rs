//! `updateTag`, there and back.

use expect_test::expect;

use super::{POST, Way, check, converted, round_trip};

/// A file of actions with `save` and another one, called by a client.
fn files(imports: &str, body: &str) -> String {
    format!(
        "//- /package.json
{{ \"dependencies\": {{ \"next\": \"16.4.6\" }} }}
//- /app/actions.ts
'use server';
{imports}
export async function sa$0ve(id: string) {{
{body}
}}

export async function other() {{}}
//- /app/form.tsx
'use client';
import {{ save }} from './actions';
export const Form = () => <button onClick={{() => save('1')}} />;
//- /app/mutations.ts
import {{ updateTag }} from 'next/cache';
export const put = () => updateTag('a');
"
    )
}

#[test]
fn expires_now() {
    let files = files(
        "import { revalidatePath, updateTag } from 'next/cache';\n\nconst tagOf = (id: string) => `post:${id}`;\n\
         const drop = (id: string) => {\n  updateTag(tagOf(id));\n};\n",
        "  drop(id);\n  revalidatePath('/');\n  updateTag(\n    'posts',\n  );",
    );
    check(
        &files,
        Way::ToRoute { method: next::Method::Post, public: true },
        expect![[r#"
            //+ /app/api/save/route.ts
            // { expire: 0 } does what updateTag() does, which works in server actions only
            import { revalidatePath, revalidateTag } from 'next/cache';

            const tagOf = (id: string) => `post:${id}`;

            const drop = (id: string) => {
              revalidateTag(tagOf(id), { expire: 0 });
            };

            export async function POST(request: Request) {
              const { id } = (await request.json()) as { id: string };
              await save(id);
              return new Response(null, { status: 204 });
            }

            async function save(id: string) {
              drop(id);
              revalidatePath('/');
              revalidateTag(
                'posts', { expire: 0 },
              );
            }

            export type Save = typeof save;
            //+ /app/api/save/client.ts
            import { useCallback } from 'react';
            import { useRouter } from 'next/navigation';
            import type { Save } from './route';

            /** Sends POST /api/save. */
            export const save: Save = async (id) => {
              const response = await fetch('/api/save', {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ id }),
              });
              if (response.redirected) {
                window.location.assign(response.url);
                return new Promise<never>(() => {});
              }
              if (!response.ok) throw new Error(`POST /api/save answered ${response.status}`);
            };

            /** save, with the page shown anew afterwards. */
            export function useSave() {
              const router = useRouter();
              return useCallback<Save>(
                async (id) => {
                  const result = await save(id);
                  router.refresh();
                  return result;
                },
                [router],
              );
            }
            //~ /app/actions.ts
            'use server';

            export async function other() {}
            //~ /app/form.tsx
            'use client';
            import { useSave } from './api/save/client';
            export const Form = () => {
              const save = useSave();
              return <button onClick={() => save('1')} />;
            };
            # POST /api/save takes calls from any origin, and bodies of any size: an action took 1 MB
        "#]],
    );
    check(
        &files,
        Way::Both,
        expect![[r#"
        //+ /app/api/save/save.ts
        // { expire: 0 } does what updateTag() does, which works in server actions only
        import { revalidatePath, revalidateTag } from 'next/cache';

        const tagOf = (id: string) => `post:${id}`;

        const drop = (id: string) => {
          revalidateTag(tagOf(id), { expire: 0 });
        };

        export async function save(id: string) {
          drop(id);
          revalidatePath('/');
          revalidateTag(
            'posts', { expire: 0 },
          );
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
        //~ /app/actions.ts
        'use server';
        import { save as saveFunction } from './api/save/save';

        export async function save(id: string) {
          return saveFunction(id);
        }

        export async function other() {}
        # POST /api/save takes bodies of any size: an action took 1 MB
    "#]],
    );
}

/// The lines of new files that say `Tag`, and the function's file after a way back.
#[test]
fn there_and_back() {
    let all: String = [
        ("import { updateTag } from 'next/cache';\n", "  updateTag('a');\n  if (id) updateTag(id);"),
        ("import { updateTag, revalidatePath } from 'next/cache';\n", "  updateTag('a');\n  revalidatePath('/');"),
        ("import { revalidateTag, updateTag } from 'next/cache';\n", "  updateTag('a');\n  revalidateTag('b', 'max');"),
        (
            "import { revalidateTag as stale, updateTag } from 'next/cache';\n",
            "  updateTag('a');\n  stale('b', 'max');",
        ),
        ("import { updateTag as fresh } from 'next/cache';\n", "  fresh('a');"),
        ("import * as cache from 'next/cache';\n", "  cache.updateTag('a');\n  cache.revalidateTag('b', 'max');"),
        ("import { revalidateTag } from 'next/cache';\n", "  revalidateTag('a', { expire: 0 });"),
    ]
    .iter()
    .map(|(imports, body)| {
        let files = files(imports, body);
        let tags = |text: &str| {
            let lines =
                text.lines().filter(|line| line.contains("Tag") || line.contains("'a'") || line.contains("//+"));
            let lines = lines.filter(|line| !line.contains("mutations") && !line.contains("client.ts"));
            lines.map(|line| format!("{line}\n")).collect::<String>()
        };
        format!("{}{}\n", tags(&converted(&files, POST)), tags(&round_trip(&files)))
    })
    .collect();
    expect![[r#"
        //+ /app/api/save/route.ts
        // { expire: 0 } does what updateTag() does, which works in server actions only
        import { revalidateTag } from 'next/cache';
          revalidateTag('a', { expire: 0 });
          if (id) revalidateTag(id, { expire: 0 });
        //+ /app/actions/save.ts
        import { updateTag } from 'next/cache';
          updateTag('a');
          if (id) updateTag(id);

        //+ /app/api/save/route.ts
        // { expire: 0 } does what updateTag() does, which works in server actions only
        import { revalidateTag, revalidatePath } from 'next/cache';
          revalidateTag('a', { expire: 0 });
        //+ /app/actions/save.ts
        import { updateTag, revalidatePath } from 'next/cache';
          updateTag('a');

        //+ /app/api/save/route.ts
        // { expire: 0 } does what updateTag() does, which works in server actions only
        import { revalidateTag } from 'next/cache';
          revalidateTag('a', { expire: 0 });
          revalidateTag('b', 'max');
        //+ /app/actions/save.ts
        import { revalidateTag, updateTag } from 'next/cache';
          updateTag('a');
          revalidateTag('b', 'max');

        //+ /app/api/save/route.ts
        // { expire: 0 } does what updateTag() does, which works in server actions only
        import { revalidateTag as stale } from 'next/cache';
          stale('a', { expire: 0 });
        //+ /app/actions/save.ts
        import { revalidateTag as stale, updateTag } from 'next/cache';
          updateTag('a');

        //+ /app/api/save/route.ts
        // { expire: 0 } does what updateTag() does, which works in server actions only
        import { revalidateTag as fresh } from 'next/cache';
          fresh('a', { expire: 0 });
        //+ /app/actions/save.ts
        import { updateTag as fresh } from 'next/cache';
          fresh('a');

        //+ /app/api/save/route.ts
        // { expire: 0 } does what updateTag() does, which works in server actions only
          cache.revalidateTag('a', { expire: 0 });
          cache.revalidateTag('b', 'max');
        //+ /app/actions/save.ts
          cache.updateTag('a');
          cache.revalidateTag('b', 'max');

        //+ /app/api/save/route.ts
        import { revalidateTag } from 'next/cache';
          revalidateTag('a', { expire: 0 });
        //+ /app/actions/save.ts
        import { revalidateTag } from 'next/cache';
          revalidateTag('a', { expire: 0 });

    "#]]
    .assert_eq(&all);
}

#[test]
fn what_is_called_elsewhere_changes_there() {
    let files = files("import { put } from './mutations';", "  put();");
    let all = converted(&files, POST);
    let changed = all.split_once("//~ /app/mutations.ts").map_or("", |(_, rest)| rest);
    expect![[r#"

        import { revalidateTag } from 'next/cache';
        export const put = () => revalidateTag('a', { expire: 0 });
        # mutations.ts calls revalidateTag(tag, { expire: 0 }) now, which does there what updateTag(tag) did (/app/mutations.ts)
        # POST /api/save takes bodies of any size: an action took 1 MB
    "#]]
    .assert_eq(changed);
}

#[test]
fn refusals() {
    let all: String = [
        ("import { updateTag } from 'next/cache';", "  ['a'].forEach(updateTag);"),
        ("import { updateTag } from 'next/cache';", "  updateTag(...id);"),
        ("import { updateTag } from 'next/cache';", "  const revalidateTag = 1;\n  updateTag(revalidateTag);"),
        (
            "import { updateTag, revalidateTag } from 'next/cache';",
            "  updateTag('a');\n  revalidateTag('b', { expire: 0 });",
        ),
        (
            "import { updateTag } from 'next/cache';",
            "  await drop();\n}\n\nexport async function drop() {\n  updateTag('a');",
        ),
        ("import { refresh } from 'next/cache';", "  refresh();"),
    ]
    .iter()
    .map(|(imports, body)| converted(&files(imports, body), POST))
    .collect();
    expect![[r#"
        refused (update-tag): save hands on updateTag, which works in server actions only: call it instead /app/actions.ts:54
        refused (update-tag): save hands on updateTag, which works in server actions only: call it instead /app/actions.ts:54
        refused (update-tag): save calls updateTag(), and revalidateTag, which it has to call instead, is something else here /app/actions.ts:54
        refused (update-tag): save calls both updateTag(tag) and revalidateTag(tag, { expire: 0 }), which is the same: take one first /app/actions.ts:69
        refused (update-tag): it calls an action in actions.ts that calls updateTag(), which works in server actions only: call revalidateTag(tag, { expire: 0 }) there first, which does the same /app/actions.ts:114
        refused (refresh): refresh() works in server actions only /app/actions.ts:74
    "#]]
    .assert_eq(&all);
}
