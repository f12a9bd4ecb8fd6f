//! Endpoints whose declaration doesn't look like one, and what looks like one and isn't.

use expect_test::expect;

use super::check;

/// Reading the directive from the first line misses it; reading `export async function` misses the
/// action, whose function stands at the end of a chain over several lines.
#[test]
fn a_directive_below_a_comment_and_an_action_at_the_end_of_a_chain() {
    check(
        r#"
//- /app/rooms/actions/rename-room.ts
// delete-room.ts

'use server';

import { staff } from '@/lib/clients';
import { roomSchema } from './schema';

export const renameRoom = staff
  .inputSchema(roomSchema)
  .metadata({
    name: 'rename-room',
    track: { event: 'room' },
  })
  .action(async ({ parsedInput, ctx }) => {
    await ctx.rooms.rename(parsedInput);
  });
//- /app/rooms/room-form.tsx
'use client';
import { useAction } from 'next-safe-action/hooks';
import { renameRoom } from './actions/rename-room';
export function RoomForm({ room }) {
  const rename = useAction(renameRoom, { onSuccess() {} });
  return <button onClick={() => rename.execute({ id: room.id })} />;
}
"#,
        expect![[r#"
            POST renameRoom at app/rooms/actions/rename-room.ts:8:14
            --
            app/rooms/room-form.tsx:5:28 `renameRoom` hook POST exact -> POST renameRoom in app/rooms/actions/rename-room.ts
            app/rooms/room-form.tsx:6:40 `execute` call POST pattern -> POST renameRoom in app/rooms/actions/rename-room.ts
        "#]],
    );
}

/// A search for the text finds a directive in the comment that says why there is none; the file's
/// name and its asynchronous exports say "actions" too.
#[test]
fn a_comment_that_says_why_there_is_no_directive() {
    check(
        r#"
//- /app/rooms/actions.ts
// Called by the server only. We don't mark this file "use server": every export would become
// an endpoint, and the owner comes from a parameter.
import { db } from '@/lib/db';
export async function roomsOf({ owner }) {
  return db.rooms(owner);
}
export const countRooms = async (owner) => db.count(owner);
//- /app/rooms/page.tsx
import { countRooms, roomsOf } from './actions';
export default async function Page() {
  const rooms = await roomsOf({ owner: 1 });
  return <List rooms={rooms} count={countRooms} />;
}
"#,
        expect![[r#"
            --
        "#]],
    );
}

/// Next's compiler doesn't see that a listed name is a plain function, and makes it an endpoint; a
/// reader that looks at `export` statements alone doesn't see it at all.
#[test]
fn a_plain_function_that_an_export_list_opens() {
    check(
        r#"
//- /lib/metrics.ts
'use server';
let client = null;
function getClient() {
  client ??= connect();
  return client;
}
// The way to the client.
export { getClient };
export async function track(event) {
  getClient()?.capture(event);
}
//- /app/page.tsx
import { getClient, track } from '@/lib/metrics';
export default async function Page() {
  await track('view');
  return getClient() ? 'on' : 'off';
}
"#,
        expect![[r#"
            POST getClient at lib/metrics.ts:3:10
            POST track at lib/metrics.ts:9:23
            --
            lib/metrics.ts:10:3 `getClient` call POST exact -> POST getClient in lib/metrics.ts
            app/page.tsx:3:9 `track` call POST exact -> POST track in lib/metrics.ts
            app/page.tsx:4:10 `getClient` call POST exact -> POST getClient in lib/metrics.ts
        "#]],
    );
}

/// A search for calls finds no reference: a component that was marked as an action is used as an
/// element.
#[test]
fn a_component_in_a_file_of_actions() {
    check(
        r#"
//- /app/rooms/components/room-board.tsx
'use server';
import { Board } from './board';
export async function RoomBoard({ owner }) {
  return <Board rooms={await load(owner)} />;
}
//- /app/rooms/page.tsx
import { RoomBoard } from '@/app/rooms/components/room-board';
export default async function Page({ owner }) {
  return (
    <main>
      <RoomBoard owner={owner} />
    </main>
  );
}
"#,
        expect![[r#"
            POST RoomBoard at app/rooms/components/room-board.tsx:3:23
            --
            app/rooms/page.tsx:5:8 `RoomBoard` element POST exact -> POST RoomBoard in app/rooms/components/room-board.tsx
        "#]],
    );
}

/// It has no name, no variable and no attribute: the action is the element's child.
#[test]
fn an_action_as_an_elements_child() {
    check(
        r#"
//- /app/[lang]/components/banner.tsx
import { Feed } from '@/cms/feed';
export const Banner = async ({ words }) => (
  <div>
    <Feed queries={[latest]}>
      {/* it has to be async */}
      {async ([data]) => {
        'use server';

        return <a href={`/news/${data.slug}`}>{words.more}</a>;
      }}
    </Feed>
  </div>
);
//- /cms/feed.tsx
export async function Feed({ queries, children }) {
  return children(await Promise.all(queries));
}
"#,
        expect![[r#"
            POST $$RSC_SERVER_ACTION_0 at app/[lang]/components/banner.tsx:6:8
            --
        "#]],
    );
}

/// One boilerplate line in many applications: an index by name leads every one to the first.
#[test]
fn one_local_name_in_every_application() {
    check(
        r#"
//- /apps/one/package.json
{ "name": "one", "dependencies": { "next": "16.4.6" } }
//- /apps/one/app/(admin)/layout.tsx
import type { RunOnServer } from 'cms';
import { Root, runOnServer } from 'cms/next';
const serverFunction: RunOnServer = async function (args) {
  'use server'
  return runOnServer({ ...args });
}
const Layout = ({ children }) => (
  <Root serverFunction={serverFunction}>
    {children}
  </Root>
);
export default Layout;
//- /apps/two/package.json
{ "name": "two", "dependencies": { "next": "16.4.6" } }
//- /apps/two/app/(admin)/layout.tsx
import type { RunOnServer } from 'cms';
import { Root, runOnServer } from 'cms/next';
const serverFunction: RunOnServer = async function (args) {
  'use server'
  return runOnServer({ ...args, two: true });
}
const Layout = ({ children }) => (
  <Root serverFunction={serverFunction}>
    {children}
  </Root>
);
export default Layout;
"#,
        expect![[r#"
            POST serverFunction at apps/one/app/(admin)/layout.tsx:3:7
            POST serverFunction at apps/two/app/(admin)/layout.tsx:3:7
            --
            apps/one/app/(admin)/layout.tsx:8:25 `serverFunction` prop POST exact -> POST serverFunction in apps/one/app/(admin)/layout.tsx
            apps/two/app/(admin)/layout.tsx:8:25 `serverFunction` prop POST exact -> POST serverFunction in apps/two/app/(admin)/layout.tsx
        "#]],
    );
}

/// Methods come out of an object, and one of them is a constant with a type: neither is a function
/// with the method's name.
#[test]
fn methods_out_of_an_object_of_handlers() {
    check(
        r#"
//- /app/api/session/[...all]/route.ts
import { toHandlers } from 'session/next';
import { config } from '@/lib/session';
const handlers = toHandlers(config);

export const maxDuration = 300;
export const { POST, PUT, PATCH, DELETE } = handlers;

export const GET: typeof handlers.GET = async (...args) => {
  const [request] = args;
  return once(request, () => handlers.GET(...args));
};
//- /lib/client.ts
export const signOut = () => fetch('/api/session/sign-out', { method: 'POST' });
export const session = () => fetch('/api/session/current');
export const forget = (id) => fetch(`/api/session/devices/${id}`, { method: 'DELETE' });
"#,
        expect![[r#"
            POST /api/session/[...all] at app/api/session/[...all]/route.ts:6:16
            PUT /api/session/[...all] at app/api/session/[...all]/route.ts:6:22
            PATCH /api/session/[...all] at app/api/session/[...all]/route.ts:6:27
            DELETE /api/session/[...all] at app/api/session/[...all]/route.ts:6:34
            GET /api/session/[...all] at app/api/session/[...all]/route.ts:8:14
            --
            lib/client.ts:1:36 `'/api/session/sign-out'` fetch POST /api/session/sign-out exact -> POST /api/session/[...all] in app/api/session/[...all]/route.ts
            lib/client.ts:2:36 `'/api/session/current'` fetch GET /api/session/current exact -> GET /api/session/[...all] in app/api/session/[...all]/route.ts
            lib/client.ts:3:37 ``/api/session/devices/${id}`` fetch DELETE /api/session/devices/{id} pattern -> DELETE /api/session/[...all] in app/api/session/[...all]/route.ts
        "#]],
    );
}
