//! What all feature tests share: a fixture becomes a workspace, and answers become text.

use fixture::{Fixture, Project};
use workspace::{Snapshot, World};

use crate::FilePosition;

/// A fixture on disk with a snapshot of it.
pub(crate) struct Opened {
    pub fixture: Fixture,
    pub project: Project,
    pub snap: Snapshot,
}

impl Opened {
    /// Writes a fixture and scans it.
    pub(crate) fn scanned(text: &str) -> Self {
        let fixture = Fixture::parse(text);
        let project = fixture.write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        let scanned = world.scan().run(1, &|_| {});
        world.adopt(scanned);
        Self { fixture, project, snap: world.snapshot() }
    }

    /// Writes a fixture and scans nothing: what an editor sees in the first moment.
    pub(crate) fn unscanned(text: &str) -> Self {
        let fixture = Fixture::parse(text);
        let project = fixture.write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        Self { fixture, project, snap: world.snapshot() }
    }

    /// The same project as it is on disk now.
    pub(crate) fn again(&self) -> Self {
        let mut world = World::new();
        world.set_folders(vec![self.project.root.clone()]);
        let scanned = world.scan().run(1, &|_| {});
        world.adopt(scanned);
        let snap = world.snapshot();
        snap.find_carriers();
        Self { fixture: self.fixture.clone(), project: self.project.clone(), snap }
    }

    /// Where `$0` stood.
    pub(crate) fn cursor(&self) -> FilePosition {
        let place = self.fixture.cursor.as_ref().expect("a $0 in the fixture");
        let file = self.snap.file(&self.project.path(&place.path)).expect("the cursor's file");
        FilePosition { file, offset: place.start as u32 }
    }

    /// An answer without the temporary folder's name.
    pub(crate) fn portable(&self, text: &str) -> String {
        text.replace(&self.project.root.to_string_lossy().into_owned(), "").replace("  \n", "\n")
    }

    /// The text that a range covers, drawn under its line.
    pub(crate) fn under(&self, at: FilePosition, range: syntax::TextRange) -> String {
        let text = self.snap.text(at.file).unwrap_or_default();
        let start = text.get(..range.start as usize).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
        let line = text.get(start..).and_then(|t| t.lines().next()).unwrap_or_default();
        let blank = text.get(start..range.start as usize).unwrap_or_default().chars().count();
        let width = text.get(range.span()).unwrap_or_default().chars().count();
        format!("{line}\n{}{}", " ".repeat(blank), "▔".repeat(width))
    }
}

/// The actions and handlers that most tests need.
pub(crate) const SHOP: &str = r#"
//- /actions.ts
'use server';
import { z } from 'zod';
export async function createPost(title: string, tags: string[] = []): Promise<void> {}
export const removePost = actionClient.schema(z.string()).action(async ({ parsedInput, ctx }) => {});
async function hidden() {}
export { hidden as publish };
export default async function refresh() {}
//- /app/api/users/[id]/route.ts
import { withAuth } from '@/auth';
export const dynamic = 'force-dynamic';
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {}
export const DELETE = withAuth(async (request, context) => {});
//- /app/api/users/route.ts
const handler = async () => {};
export { handler as GET, handler as POST };
//- /auth.ts
export const withAuth = (handler) => handler;
"#;

/// A package with an action, for two applications that have a key each.
pub(crate) const TWO_APPS: &str = r#"
//- /pnpm-workspace.yaml
packages: ['apps/*', 'packages/*']
//- /pnpm-lock.yaml
lockfileVersion: '9.0'
//- /packages/mail/package.json
{ "name": "mail", "main": "actions.ts" }
//- /packages/mail/actions.ts
'use server';
export async function send(to: string) {}
//- /apps/docs/package.json
{ "dependencies": { "next": "16.4.6", "mail": "workspace:*" } }
//- /apps/docs/.env
NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=ZG9jcw==
//- /apps/docs/app/feedback/page.tsx
import { send } from 'mail';
export default () => <form action={send} />;
//- /apps/web/package.json
{ "dependencies": { "next": "16.4.6", "mail": "workspace:*" } }
//- /apps/web/.env
NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=d2Vi
//- /apps/web/app/page.tsx
import { send } from 'mail';
export default () => <form action={send} />;
"#;
