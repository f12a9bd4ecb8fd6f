//! Traps in how a repository is laid out: names that several files share, configuration that leads
//! to other packages, several applications, directives in odd places.

use expect_test::expect;

use super::check;

/// Names don't identify: three files export the same one, and a renamed import sits on it.
#[test]
fn three_actions_with_one_name() {
    check(
        r#"
//- /app/a/actions.ts
'use server';
export async function removeNote(id) {}
//- /app/b/actions.ts
'use server';
export async function removeNote(id) {}
//- /lib/notes.ts
export async function removeNote(id) {}
//- /app/b/list.tsx
import { removeNote } from './actions';
import { removeNote as removeOther } from '../a/actions';
import { removeNote as removeRow } from '@/lib/notes';
export const List = () => <button onClick={() => { removeNote(1); removeOther(2); removeRow(3); }} />;
export const Row = ({ removeNote }) => <button onClick={() => removeNote(1)} />;
"#,
        expect![[r#"
            POST removeNote at app/a/actions.ts:2:23
            POST removeNote at app/b/actions.ts:2:23
            --
            app/b/list.tsx:4:52 `removeNote` call POST exact -> POST removeNote in app/b/actions.ts
            app/b/list.tsx:4:67 `removeOther` call POST exact -> POST removeNote in app/a/actions.ts
        "#]],
    );
}

/// Four ways to an action's file that no relative path shows: `extends` from a package of the
/// workspace, `baseUrl` alone, `paths` into another package, and a package's `exports`; and a
/// package of the workspace with the name of a public one.
#[test]
fn configuration_that_leads_to_other_packages() {
    check(
        r#"
//- /package.json
{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }
//- /packages/config/package.json
{ "name": "@shop/config" }
//- /packages/config/next.json
{ "compilerOptions": { "paths": { "@ui/*": ["../ui/src/*"] } } }
//- /packages/ui/package.json
{ "name": "@shop/ui" }
//- /packages/ui/src/actions.ts
'use server';
export async function like() {}
//- /packages/dayjs/package.json
{ "name": "dayjs", "exports": { "./save": "./src/save.ts" } }
//- /packages/dayjs/src/save.ts
"use server"
export const saveDate = async (date) => {};
//- /apps/web/package.json
{ "name": "web", "dependencies": { "next": "16.4.6", "dayjs": "workspace:*", "@shop/config": "workspace:*" } }
//- /apps/web/tsconfig.json
{ "compilerOptions": { "baseUrl": "." } }
//- /apps/web/lib/cart.ts
'use server';
export default async function addToCart(id) {}
//- /apps/web/app/page.tsx
import addToCart from 'lib/cart';
import { saveDate } from 'dayjs/save';
import dayjs from 'dayjs';
export default () => <form action={addToCart}><button onClick={() => saveDate(dayjs())} /></form>;
//- /apps/admin/package.json
{ "name": "admin", "dependencies": { "next": "16.4.6", "@shop/config": "workspace:*", "@shop/ui": "workspace:*" } }
//- /apps/admin/tsconfig.json
{ "extends": "@shop/config/next.json" }
//- /apps/admin/app/page.tsx
import { like } from '@ui/actions';
export default () => <form action={like} />;
"#,
        expect![[r#"
            POST like at packages/ui/src/actions.ts:2:23
            POST saveDate at packages/dayjs/src/save.ts:2:14
            POST addToCart at apps/web/lib/cart.ts:2:31
            --
            apps/web/app/page.tsx:4:36 `addToCart` form-action POST exact -> POST addToCart in apps/web/lib/cart.ts
            apps/web/app/page.tsx:4:70 `saveDate` call POST exact -> POST saveDate in packages/dayjs/src/save.ts
            apps/admin/app/page.tsx:2:36 `like` form-action POST exact -> POST like in packages/ui/src/actions.ts
        "#]],
    );
}

/// Actions inside JSX attributes, and a helper with the directive that no client ever gets.
#[test]
fn actions_inside_attributes() {
    check(
        r#"
//- /app/page.tsx
import { signOut } from '@/auth';
export default async function Page({ id }) {
  async function log(text) {
    'use server';
    console.log(text);
  }
  await log('shown');
  return (
    <>
      <form action={async () => {
        "use server"
        await signOut({ redirectTo: '/' });
      }} />
      <button formAction={async function leave(form) { 'use server'; }} />
      <Row items={[{ onRemove: async () => { 'use server'; } }]} />
    </>
  );
}
//- /auth.ts
export const signOut = async (options) => {};
"#,
        expect![[r#"
            POST log at app/page.tsx:3:18
            POST action at app/page.tsx:10:13
            POST leave at app/page.tsx:14:42
            POST onRemove at app/page.tsx:15:22
            --
            app/page.tsx:7:9 `log` call POST exact -> POST log in app/page.tsx
        "#]],
    );
}

/// The directive's text in comments, rules, strings and below an import is none; without a
/// semicolon and in a function's parentheses it is.
#[test]
fn the_directives_text_elsewhere() {
    check(
        r#"
//- /lib/a.ts
/* 'use server' */
const rule = { message: "'use server' files export functions only" };
export async function one() {}
//- /lib/b.ts
import { x } from './x';
'use server';
export async function two() { x(); }
//- /lib/c.ts
"use strict"
'use server'
export async function three() {}
//- /lib/d.ts
('use server');
export async function four() {}
//- /lib/e.ts
export const docs = `
'use server';
export async function five() {}
`;
export async function six() { return 'use server'; }
//- /app/page.tsx
import { one } from '@/lib/a';
import { two } from '@/lib/b';
import { three } from '@/lib/c';
import { four } from '@/lib/d';
import { six } from '@/lib/e';
export default () => { one(); two(); three(); four(); six(); };
"#,
        expect![[r#"
            POST three at lib/c.ts:3:23
            --
            app/page.tsx:6:38 `three` call POST exact -> POST three in lib/c.ts
        "#]],
    );
}

/// The handler's code lies outside the application; the file under `app/` only passes it on, and
/// some of it through `export *`.
#[test]
fn handlers_outside_the_application() {
    check(
        r#"
//- /features/users/api/route.ts
export async function GET() {}
export async function POST() {}
//- /features/posts/handlers.ts
const list = async () => {};
export { list as GET };
//- /app/api/users/route.ts
export { GET, POST } from '@/features/users/api/route';
//- /app/api/posts/route.ts
export * from '@/features/posts/handlers';
export const dynamic = 'force-dynamic';
//- /lib/a.ts
fetch('/api/users');
fetch('/api/users', { method: 'POST' });
fetch('/api/posts');
"#,
        expect![[r#"
            GET /api/users at app/api/users/route.ts:1:10
            POST /api/users at app/api/users/route.ts:1:15
            GET /api/posts at app/api/posts/route.ts:1:15
            --
            lib/a.ts:1:7 `'/api/users'` fetch GET /api/users exact -> GET /api/users in app/api/users/route.ts
            lib/a.ts:2:7 `'/api/users'` fetch POST /api/users exact -> POST /api/users in app/api/users/route.ts
            lib/a.ts:3:7 `'/api/posts'` fetch GET /api/posts exact -> GET /api/posts in app/api/posts/route.ts
        "#]],
    );
}

/// A literal segment goes to the static sibling, a hole to the dynamic one; each application asks
/// itself first, and a package that belongs to none asks the one that depends on it.
#[test]
fn static_and_dynamic_siblings_in_two_applications() {
    check(
        r#"
//- /package.json
{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }
//- /apps/one/package.json
{ "name": "one", "dependencies": { "next": "16.4.6", "api": "workspace:*" } }
//- /apps/one/app/api/users/[id]/route.ts
export async function GET() {}
//- /apps/one/app/api/users/me/route.ts
export async function GET() {}
//- /apps/one/lib/a.ts
export const one = (id) => fetch(`/api/users/${id}`);
export const me = () => fetch('/api/users/me');
export const third = () => fetch('/api/users/3');
//- /apps/two/package.json
{ "name": "two", "dependencies": { "next": "16.4.6" } }
//- /apps/two/app/api/users/[id]/route.ts
export async function GET() {}
//- /apps/two/lib/a.ts
export const me = () => fetch('/api/users/me');
//- /packages/api/package.json
{ "name": "api" }
//- /packages/api/index.ts
export const me = () => fetch('/api/users/me');
"#,
        expect![[r#"
            GET /api/users/[id] at apps/one/app/api/users/[id]/route.ts:1:23
            GET /api/users/me at apps/one/app/api/users/me/route.ts:1:23
            GET /api/users/[id] at apps/two/app/api/users/[id]/route.ts:1:23
            --
            apps/one/lib/a.ts:1:34 ``/api/users/${id}`` fetch GET /api/users/{id} pattern -> GET /api/users/[id] in apps/one/app/api/users/[id]/route.ts
            apps/one/lib/a.ts:2:31 `'/api/users/me'` fetch GET /api/users/me exact -> GET /api/users/me in apps/one/app/api/users/me/route.ts
            apps/one/lib/a.ts:3:34 `'/api/users/3'` fetch GET /api/users/3 exact -> GET /api/users/[id] in apps/one/app/api/users/[id]/route.ts
            apps/two/lib/a.ts:1:31 `'/api/users/me'` fetch GET /api/users/me exact -> GET /api/users/[id] in apps/two/app/api/users/[id]/route.ts
            packages/api/index.ts:1:31 `'/api/users/me'` fetch GET /api/users/me ambiguous -> GET /api/users/me in apps/one/app/api/users/me/route.ts, GET /api/users/[id] in apps/two/app/api/users/[id]/route.ts
        "#]],
    );
}
