//! Files that are read only because of what they import, and from where: the names of modules and of
//! what they export have to say so, whatever an alias or a package makes of them.

use expect_test::expect;

use crate::check;

#[test]
fn barrels_that_list_names() {
    check(
        r#"
//- /lib/urls.ts
export const USERS = '/api/users';
export default USERS;
//- /lib/save.ts
'use server';
export async function save() {}
export default save;
//- /lib/listed.ts
export { USERS as LIST, default as main } from './urls';
export { save as store, default as keep } from './save';
//- /lib/all.ts
export * from './listed';
export * as inner from './listed';
//- /app/a.ts
import { LIST } from '@/lib/listed';
import { /* {braces} */ main, store } from '@/lib/listed';
fetch(LIST);
fetch(main);
store();
//- /app/b.ts
import { keep, LIST } from '@/lib/all';
fetch(LIST);
keep();
//- /app/c.ts
import * as all from '@/lib/listed';
fetch(all.LIST);
all.store();
"#,
        expect![[r#"
            lib/save.ts:3:16 mention POST - exact -> POST lib/save.ts
            app/a.ts:3:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:4:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:5:1 call POST - exact -> POST lib/save.ts
            app/b.ts:2:7 fetch GET /api/users exact -> GET app/api/users
            app/b.ts:3:1 call POST - exact -> POST lib/save.ts
            app/c.ts:2:7 fetch GET /api/users exact -> GET app/api/users
            app/c.ts:3:5 call POST - exact -> POST lib/save.ts
        "#]],
    );
}

#[test]
fn aliases_that_change_the_last_segment() {
    check(
        r##"
//- /tsconfig.json
{ "compilerOptions": { "paths": {
  "@/*": ["./*"], "@actions/*": ["./features/*/actions"], "@urls-*": ["./features/*/index.ts"], "#one": ["./lib/two"]
} } }
//- /features/cart/actions.ts
'use server';
export async function add() {}
//- /features/cart/index.ts
export const USERS = '/api/users';
//- /lib/two.ts
export const POSTS = '/api/posts';
//- /app/a.ts
import { add } from '@actions/cart';
import { USERS } from '@urls-cart';
import { POSTS } from '#one';
add();
fetch(USERS);
fetch(POSTS);
"##,
        expect![[r#"
            app/a.ts:4:1 call POST - exact -> POST features/cart/actions.ts
            app/a.ts:5:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:6:7 fetch GET /api/posts exact -> GET app/api/posts
        "#]],
    );
}

#[test]
fn packages() {
    check(
        r#"
//- /package.json
{ "name": "root", "workspaces": ["packages/*"], "dependencies": { "next": "16.1.0", "@x/data": "*", "plain": "*" } }
//- /packages/data/package.json
{ "name": "@x/data", "exports": {
  ".": "./src/main.ts", "./client": { "import": ["./src/browser/entry.ts"] }, "./on/*": "./src/*/entry.ts"
} }
//- /packages/data/src/main.ts
export const USERS = '/api/users';
//- /packages/data/src/browser/entry.ts
export const POSTS = '/api/posts';
//- /packages/data/src/server/entry.ts
'use server';
export async function save() {}
//- /packages/plain/package.json
{ "name": "plain", "main": "./urls/all.ts" }
//- /packages/plain/urls/all.ts
export const USERS = '/api/users';
//- /packages/plain/deep/index.ts
export const POSTS = '/api/posts';
//- /app/a.ts
import { USERS } from '@x/data';
import { POSTS } from '@x/data/client';
import { save } from '@x/data/on/server';
fetch(USERS);
fetch(POSTS);
save();
//- /app/b.ts
import { USERS } from 'plain';
import { POSTS } from 'plain/deep';
fetch(USERS);
fetch(POSTS);
"#,
        expect![[r#"
            app/a.ts:4:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:5:7 fetch GET /api/posts exact -> GET app/api/posts
            app/a.ts:6:1 call POST - exact -> POST packages/data/src/server/entry.ts
            app/b.ts:3:7 fetch GET /api/users exact -> GET app/api/users
            app/b.ts:4:7 fetch GET /api/posts exact -> GET app/api/posts
        "#]],
    );
}
