//! What stands on the server: callers, forms, actions inside pages.

use expect_test::expect;

use super::{POST, check};

#[test]
fn code_on_the_server_calls_the_function() {
    check(
        "//- /app/actions.ts
'use server';
import { cookies } from 'next/headers';
const limit = 3;
export async function sa$0ve(title: string): Promise<number> {
  (await cookies()).set('last', title);
  return title.length > limit ? 1 : 0;
}
export async function twice(title: string): Promise<number> {
  if (title.length > limit) return 0;
  return (await save(title)) + (await save(title));
}
//- /app/page.tsx
import { save } from './actions';
export default async function Page() {
  return <p>{await save('a')}</p>;
}
//- /app/button.tsx
'use client';
import { save } from './actions';
export function Button() {
  return <button onClick={() => save('b')}>b</button>;
}
",
        POST,
        expect![[r#"
            //+ /app/api/save/save.ts
            import { cookies } from 'next/headers';
            import { limit } from '../../actions.shared';

            export async function save(title: string): Promise<number> {
              (await cookies()).set('last', title);
              return title.length > limit ? 1 : 0;
            }
            //+ /app/api/save/route.ts
            import { save } from './save';

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 });
              const { title } = (await request.json()) as { title: Parameters<typeof save>[0] };
              return Response.json(await save(title));
            }

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get('origin');
              const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
              return origin === null || origin.split('://')[1] === host;
            }
            //+ /app/api/save/client.ts
            import { useCallback } from 'react';
            import { useRouter } from 'next/navigation';
            import type { save as saveFunction } from './save';

            type Save = typeof saveFunction;

            /** Sends POST /api/save. */
            export const save: Save = async (title) => {
              const response = await fetch('/api/save', {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ title }),
              });
              if (!response.ok) throw new Error(`POST /api/save answered ${response.status}`);
              return response.json();
            };

            /** save, with the page shown anew afterwards. */
            export function useSave() {
              const router = useRouter();
              return useCallback<Save>(
                async (title) => {
                  const result = await save(title);
                  router.refresh();
                  return result;
                },
                [router],
              );
            }
            //+ /app/actions.shared.ts
            export const limit = 3;
            //~ /app/actions.ts
            'use server';
            import { limit } from './actions.shared';
            import { save } from './api/save/save';
            export async function twice(title: string): Promise<number> {
              if (title.length > limit) return 0;
              return (await save(title)) + (await save(title));
            }
            //~ /app/button.tsx
            'use client';
            import { useSave } from './api/save/client';
            export function Button() {
              const save = useSave();
              return <button onClick={() => save('b')}>b</button>;
            }
            //~ /app/page.tsx
            import { save } from './api/save/save';
            export default async function Page() {
              return <p>{await save('a')}</p>;
            }
            # POST /api/save takes bodies of any size: an action took 1 MB
        "#]],
    );
}

#[test]
fn a_form_of_the_server_posts() {
    check(
        "//- /app/actions.ts
'use server';
import { revalidatePath } from 'next/cache';
export async function sa$0ve(form: FormData) {
  await put(String(form.get('title')));
  revalidatePath('/');
}
//- /app/page.tsx
import { save } from './actions';

export default function Page() {
  return (
    <form action={save} className=\"wide\">
      <input name=\"title\" />
    </form>
  );
}
",
        POST,
        expect![[r#"
            //+ /app/api/save/route.ts
            import { revalidatePath } from 'next/cache';

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 });
              const form = await request.formData();
              await save(form);
              if (request.headers.get('accept')?.includes('text/html')) {
                return new Response(null, { status: 303, headers: { Location: request.headers.get('referer') ?? '/' } });
              }
              return new Response(null, { status: 204 });
            }

            async function save(form: FormData) {
              await put(String(form.get('title')));
              revalidatePath('/');
            }

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get('origin');
              const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
              return origin === null || origin.split('://')[1] === host;
            }
            //~ /app/page.tsx
            export default function Page() {
              return (
                <form action="/api/save" method="post" encType="multipart/form-data" className="wide">
                  <input name="title" />
                </form>
              );
            }
            //x /app/actions.ts
            # POST /api/save takes bodies of any size: an action took 1 MB
            # a form posts and loads its page anew: what the function returns isn't shown, and what components keep is lost
        "#]],
    );
}

#[test]
fn inside_a_page() {
    check(
        "//- /app/page.tsx
import { revalidatePath } from 'next/cache';
import { db } from './db';

export default function Page() {
  async function sa$0ve(form: FormData) {
    'use server';
    await db.put(form.get('title'));
    revalidatePath('/');
  }

  return <form action={save} />;
}
",
        POST,
        expect![[r#"
            //+ /app/api/save/route.ts
            import { revalidatePath } from 'next/cache';
            import { db } from '../../db';

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 });
              const form = await request.formData();
              try {
                await save(form);
                if (request.headers.get('accept')?.includes('text/html')) {
                  return new Response(null, { status: 303, headers: { Location: request.headers.get('referer') ?? '/' } });
                }
                return new Response(null, { status: 204 });
              } catch (error) {
                // 307, which redirect() means in a handler, would have the browser send the request again
                const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
                if (!digest.startsWith('NEXT_REDIRECT;')) throw error;
                return new Response(null, { status: 303, headers: { Location: digest.split(';').slice(2, -2).join(';') } });
              }
            }

            async function save(form: FormData) {
              await db.put(form.get('title'));
              revalidatePath('/');
            }

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get('origin');
              const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
              return origin === null || origin.split('://')[1] === host;
            }
            //~ /app/page.tsx
            export default function Page() {
              return <form action="/api/save" method="post" encType="multipart/form-data" />;
            }
            # POST /api/save takes bodies of any size: an action took 1 MB
            # a form posts and loads its page anew: what the function returns isn't shown, and what components keep is lost
        "#]],
    );
    check(
        "//- /app/nav.tsx
import { signOut } from './auth';
export function Nav() {
  return (
    <nav>
      <form
        action={as$0ync () => {
          'use server';
          await signOut();
        }}
      >
        <button>Sign out</button>
      </form>
    </nav>
  );
}
",
        POST,
        expect![[r#"
            //+ /app/api/submit-nav/route.ts
            import { signOut } from '../../auth';

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 });
              try {
                await submitNav();
                if (request.headers.get('accept')?.includes('text/html')) {
                  return new Response(null, { status: 303, headers: { Location: request.headers.get('referer') ?? '/' } });
                }
                return new Response(null, { status: 204 });
              } catch (error) {
                // 307, which redirect() means in a handler, would have the browser send the request again
                const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
                if (!digest.startsWith('NEXT_REDIRECT;')) throw error;
                return new Response(null, { status: 303, headers: { Location: digest.split(';').slice(2, -2).join(';') } });
              }
            }

            const submitNav = async () => {
              await signOut();
            };

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get('origin');
              const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
              return origin === null || origin.split('://')[1] === host;
            }
            //~ /app/nav.tsx
            export function Nav() {
              return (
                <nav>
                  <form
                    action="/api/submit-nav" method="post" encType="multipart/form-data"
                  >
                    <button>Sign out</button>
                  </form>
                </nav>
              );
            }
            # POST /api/submit-nav takes bodies of any size: an action took 1 MB
            # a form posts and loads its page anew: what the function returns isn't shown, and what components keep is lost
        "#]],
    );
}
