//! An action and a handler on top of one function.

use expect_test::expect;

use super::{ONE, check};
use crate::convert::Way;

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

#[test]
fn a_type_that_follows_from_a_default() {
    check(
        "//- /app/actions.ts
'use server';
export async function li$0st(from: string, offset = 0, limit: number = 50) {
  return db.list(from, offset.toFixed(), limit);
}
",
        Way::Both,
        expect![[r#"
            //+ /app/api/list/list.ts
            export async function list(from: string, offset = 0, limit: number = 50) {
              return db.list(from, offset.toFixed(), limit);
            }
            //+ /app/api/list/route.ts
            import { list } from './list';

            export async function POST(request: Request) {
              if (!isSameOrigin(request)) return new Response(null, { status: 403 });
              const { from, offset, limit } = await request.json();
              const result = await list(from, offset, limit);
              if (result === undefined) return new Response(null, { status: 204 });
              return Response.json(result);
            }

            // Next compares Origin with Host for server actions only: a handler does it by itself.
            function isSameOrigin(request: Request) {
              const origin = request.headers.get('origin');
              const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
              return origin === null || origin.split('://')[1] === host;
            }
            //~ /app/actions.ts
            'use server';
            import { list as listFunction } from './api/list/list';
            export async function list(from: string, offset?: Parameters<typeof listFunction>[1], limit?: number) {
              return listFunction(from, offset, limit);
            }
            # what it returns (db.list(from, offset.toFixed(), limit)) travels as JSON: a Date in it arrives as text, a Map or Set empty (/app/actions.ts)
            # POST /api/list takes bodies of any size: an action took 1 MB
        "#]],
    );
}
