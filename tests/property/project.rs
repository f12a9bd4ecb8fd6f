//! What random projects are made of: files, and lines for them.

/// Files that come, go and change.
pub const FILES: [&str; 10] = [
    "/actions.ts",
    "/lib/actions.ts",
    "/lib/index.ts",
    "/lib/client.ts",
    "/app/page.tsx",
    "/app/form.tsx",
    "/app/api/users/route.ts",
    "/app/api/users/[id]/route.ts",
    "/pages/api/old.ts",
    "/lib/handlers.ts",
];

/// Lines that files are made of. Each is whole by itself, so that a file always parses.
pub const LINES: [&str; 26] = [
    "'use server';",
    "'use client';",
    "export async function save(a: string) {}",
    "export const remove = async () => {};",
    "export const GET = wrap(async (request) => {});",
    "export async function POST() {}",
    "export { save as store } from './actions';",
    "export * from './actions';",
    "export * from '../actions';",
    "export * from './index';",
    "export * as all from './actions';",
    "import { save } from '@/actions';",
    "import { store, remove } from '@/lib';",
    "import { all } from '../lib';",
    "import * as ns from '@/lib/actions';",
    "export default () => <form action={save} />;",
    "all.save('x'); ns.remove(); store('y');",
    "remove(); useAction(save);",
    "fetch('/api/users', { method: 'POST' });",
    "fetch(`/api/users/${id}`); fetch('/api/old');",
    "export default function handler(req, res) { async function go() { 'use server'; } go(); }",
    "const é = '😀'; // not ASCII",
    "export async function go() {}",
    "import { go } from '@/lib/client'; go();",
    "export * from '@/lib/handlers';",
    "export const PUT = async () => {};",
];

/// What the files hold at first, so that what follows has something to break.
pub const BEGIN: [&[usize]; 10] = [
    &[0, 2, 3],
    &[2, 3],
    &[6, 7],
    &[11, 12, 14, 16, 17, 22],
    &[11, 15, 20],
    &[12, 13, 16, 23],
    &[24],
    &[4, 5, 18],
    &[20, 19],
    &[4, 25],
];
