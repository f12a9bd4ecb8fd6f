//! What goes before a path: origins, `basePath`, other applications.

use expect_test::expect;

use crate::{check, check_alone};

#[test]
fn origins() {
    check(
        r#"
//- /lib/base.ts
export function getBaseUrl() {
  if (typeof window !== 'undefined') return '';
  if (process.env.VERCEL_URL) return `https://${process.env.VERCEL_URL}`;
  return `http://localhost:${process.env.PORT ?? 3000}`;
}
export const APP_URL = process.env.NEXT_PUBLIC_APP_URL ?? 'http://localhost:3000';
export const site = { url: process.env.SITE_URL };
//- /app/a.ts
import { APP_URL, getBaseUrl, site } from '@/lib/base';
import { env } from '@/env';
fetch(`${process.env.NEXT_PUBLIC_URL}/api/users`);
fetch(process.env.URL + '/api/users/' + id, { method: 'DELETE' });
fetch(`${env.NEXT_PUBLIC_URL}/api/users`);
fetch(`${getBaseUrl()}/api/users`);
fetch(`${APP_URL}/api/posts`, { method: 'POST' });
fetch(`${site.url}/api/posts`);
fetch('http://localhost:3000/api/users');
fetch(`http://localhost:${port}/api/users`);
fetch(`${window.location.origin}/api/users`);
fetch(location.origin + '/api/users');
fetch(`${location.protocol}//${location.host}/api/users`);
fetch(`${request.nextUrl.origin}/api/users`);
fetch(new URL('/api/users', process.env.URL));
fetch(new URL('/api/users', APP_URL));
export const load = (baseUrl: string) => fetch(`${baseUrl}/api/users`);
export const other = (origin, id) => fetch(origin + `/api/users/${id}`);
"#,
        expect![[r#"
            app/a.ts:3:7 fetch GET /api/users pattern -> GET app/api/users
            app/a.ts:4:7 fetch DELETE /api/users/{id} pattern -> DELETE app/api/users/[id]
            app/a.ts:5:7 fetch GET /api/users pattern -> GET app/api/users
            app/a.ts:6:7 fetch GET /api/users pattern -> GET app/api/users
            app/a.ts:7:7 fetch POST /api/posts pattern -> POST app/api/posts
            app/a.ts:8:7 fetch GET /api/posts pattern -> GET app/api/posts
            app/a.ts:9:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:10:7 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:11:7 fetch GET /api/users pattern -> GET app/api/users
            app/a.ts:12:7 fetch GET /api/users pattern -> GET app/api/users
            app/a.ts:13:7 fetch GET /api/users pattern -> GET app/api/users
            app/a.ts:14:7 fetch GET /api/users pattern -> GET app/api/users
            app/a.ts:15:15 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:16:15 fetch GET /api/users exact -> GET app/api/users
            app/a.ts:17:48 fetch GET /api/users pattern -> GET app/api/users
            app/a.ts:18:44 fetch GET /api/users/{id} pattern -> GET app/api/users/[id]
        "#]],
    );
}

#[test]
fn a_constant_says_which_host() {
    check(
        r#"
//- /lib/base.ts
export const BASE_URL = 'https://api.example.com';
export const baseUrl = process.env.NODE_ENV === 'production' ? 'https://example.com' : 'http://localhost:3000';
export const getBaseUrl = () => 'https://api.example.com';
//- /app/a.ts
import { BASE_URL, baseUrl, getBaseUrl } from '@/lib/base';
fetch(`${BASE_URL}/api/users`);
fetch(`${getBaseUrl()}/api/users`);
fetch(`${baseUrl}/api/users`);
fetch('https://example.com/api/users');
fetch(`https://${region}.example.com/api/users`);
fetch(`https://api.${process.env.REGION}.example.com/api/users`);
"#,
        expect![[r#"
            app/a.ts:4:7 fetch GET /api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn base_path() {
    check(
        r#"
//- /next.config.ts
export default { basePath: '/docs' };
//- /lib/a.ts
import { basePath } from './config';
fetch('/docs/api/users');
fetch('/api/users');
fetch(`${basePath}/api/users`);
//- /lib/config.ts
export const basePath = '/docs';
"#,
        expect![[r#"
            lib/a.ts:2:7 fetch GET /docs/api/users exact -> GET app/api/users
            lib/a.ts:3:7 fetch GET /api/users exact -> GET app/api/users
            lib/a.ts:4:7 fetch GET /docs/api/users exact -> GET app/api/users
        "#]],
    );
}

#[test]
fn the_nearest_application() {
    check_alone(
        r#"
//- /apps/web/package.json
{ "name": "web", "dependencies": { "next": "16.0.0", "shared": "workspace:*" } }
//- /apps/web/app/api/users/route.ts
export async function GET() {}
//- /apps/web/app/a.ts
import { users } from 'shared';
fetch('/api/users');
fetch('/api/posts');
fetch(users);
//- /apps/admin/package.json
{ "name": "admin", "dependencies": { "next": "16.0.0" } }
//- /apps/admin/app/api/users/route.ts
export async function GET() {}
//- /apps/admin/app/api/posts/route.ts
export async function GET() {}
//- /apps/admin/app/a.ts
fetch('/api/users');
//- /packages/shared/package.json
{ "name": "shared", "main": "./index.ts" }
//- /packages/shared/index.ts
export const users = '/api/users';
export const load = () => fetch('/api/users');
export const posts = () => fetch('/api/posts');
//- /package.json
{ "name": "root", "workspaces": ["apps/*", "packages/*"] }
"#,
        expect![[r#"
            apps/web/app/a.ts:2:7 fetch GET /api/users exact -> GET apps/web/app/api/users
            apps/web/app/a.ts:4:7 fetch GET /api/users exact -> GET apps/web/app/api/users
            apps/admin/app/a.ts:1:7 fetch GET /api/users exact -> GET apps/admin/app/api/users
            packages/shared/index.ts:2:33 fetch GET /api/users ambiguous -> GET apps/web/app/api/users, GET apps/admin/app/api/users
            packages/shared/index.ts:3:34 fetch GET /api/posts exact -> GET apps/admin/app/api/posts
        "#]],
    );
}

/// A client library asks the host that its package calls its homepage: what the repository serves.
#[test]
fn the_homepage_of_a_package() {
    check_alone(
        r#"
//- /apps/web/package.json
{ "name": "web", "dependencies": { "next": "16.0.0" } }
//- /apps/web/app/api/jobs/[id]/route.ts
export async function GET() {}
export async function DELETE() {}
//- /apps/web/app/api/v1/[...rest]/route.ts
export async function GET() {}
//- /apps/web/app/a.ts
fetch('/api/jobs/1');
//- /packages/sdk/package.json
{ "name": "acme-sdk", "homepage": "https://acme.dev/" }
//- /packages/sdk/index.ts
function trimmed(url: string) {
  let rest = url;
  while (rest.endsWith('/')) {
    rest = rest.slice(0, -1);
  }
  return rest;
}
export class Acme {
  private baseUrl: string;
  constructor(options: Options) {
    this.baseUrl = trimmed(options.baseUrl || 'https://acme.dev');
  }
  job(id: string) {
    const url = `${this.baseUrl}/api/jobs/${id}`;
    return fetch(url);
  }
  stop(id: string) {
    return fetch(`${this.baseUrl}/api/jobs/${id}`, { method: 'DELETE' });
  }
  users() {
    return fetch(`${this.baseUrl}/api/v1/users`);
  }
}
fetch('https://acme.dev/api/jobs/1');
fetch('https://www.acme.dev/api/jobs/1');
fetch('https://acme.dev.example.com/api/jobs/1');
//- /packages/tools/package.json
{ "name": "tools", "homepage": "https://github.com/acme/acme#readme" }
//- /packages/tools/index.ts
fetch('https://github.com/api/jobs/1');
fetch('https://acme.dev/api/jobs/1');
//- /package.json
{ "name": "root", "workspaces": ["apps/*", "packages/*"] }
"#,
        expect![[r#"
            apps/web/app/a.ts:1:7 fetch GET /api/jobs/1 exact -> GET apps/web/app/api/jobs/[id]
            packages/sdk/index.ts:15:18 fetch GET /api/jobs/{id} pattern -> GET apps/web/app/api/jobs/[id]
            packages/sdk/index.ts:18:18 fetch DELETE /api/jobs/{id} pattern -> DELETE apps/web/app/api/jobs/[id]
            packages/sdk/index.ts:24:7 fetch GET /api/jobs/1 pattern -> GET apps/web/app/api/jobs/[id]
        "#]],
    );
}

/// What no application runs may ask another server of the repository; the port tells.
#[test]
fn the_port_of_another_server() {
    check_alone(
        r#"
//- /apps/web/package.json
{ "name": "web", "dependencies": { "next": "16.0.0" }, "scripts": { "dev": "run \"FLAG=1 next dev --turbo -p 3002\" other" } }
//- /apps/web/app/api/users/route.ts
export async function GET() {}
//- /apps/web/app/a.ts
fetch('http://localhost:3333/api/users'); // FIXME: here, too
//- /apps/site/package.json
{ "name": "site", "dependencies": { "next": "16.0.0" }, "scripts": { "dev": "next dev" } }
//- /apps/site/app/page.tsx
fetch('/api/nothing');
//- /packages/cli/package.json
{ "name": "cli" }
//- /packages/cli/index.ts
const base = process.env.API_URL ?? 'http://localhost:3333';
fetch(`${base}/api/users`);
fetch('http://localhost:3333/api/users');
fetch('http://localhost:3002/api/users');
fetch(`http://localhost:${port}/api/users`);
fetch(`${process.env.WEB_URL}/api/users`);
//- /package.json
{ "name": "root", "workspaces": ["apps/*", "packages/*"] }
"#,
        expect![[r#"
            apps/web/app/a.ts:1:7 fetch GET /api/users exact -> GET apps/web/app/api/users
            packages/cli/index.ts:4:7 fetch GET /api/users exact -> GET apps/web/app/api/users
            packages/cli/index.ts:5:7 fetch GET /api/users exact -> GET apps/web/app/api/users
            packages/cli/index.ts:6:7 fetch GET /api/users pattern -> GET apps/web/app/api/users
        "#]],
    );
}
