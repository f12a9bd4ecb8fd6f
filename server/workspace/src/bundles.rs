//! Which pages carry which actions. A page's bundle is everything that can be reached from the files
//! that it is made of, by imports that are left once types are stripped (`FileFacts::bundled`); an
//! action of any module in it can be called by a POST to that page (`collectComponentInfoFromServerEntryDependency`
//! in build/webpack/plugins/flight-client-entry-plugin.ts).
//!
//! It is walked from the actions upwards, so that code without any costs nothing, when somebody asks
//! for the first time: the scan doesn't wait for it.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use syntax::{
    facts::FileFacts,
    sketch::{NameHash, module_stem, name_hash, package_of},
};

use crate::{paths::FileId, routes::Serves, snapshot::Snapshot};

/// Who bundles whom, as far as it is above an action.
#[derive(Debug, Default)]
pub(crate) struct Bundles {
    /// A module, and the files that bring it along.
    importers: FxHashMap<FileId, Vec<FileId>>,
    /// Files that declare actions, and everything above them.
    met: FxHashSet<FileId>,
}

/// A page or a Route Handler, in whose bundle an action is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Carrier {
    /// The application: its `App::id`.
    pub app: FileId,
    /// Next's route.
    pub url: Arc<str>,
}

impl Carrier {
    /// Whether people can go there: not so where no page is found, nor to a page that only stands in for
    /// another one (`/feed/(.)photo`).
    #[must_use]
    pub fn is_address(&self) -> bool {
        &*self.url != next::NOT_FOUND && !self.url.contains("/(.")
    }
}

/// Where an action can be called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carriers {
    /// Pages, by application and route.
    pub pages: Vec<Carrier>,
    /// Route Handlers whose code reaches it: they run it, but don't take calls of it.
    pub handlers: Vec<Carrier>,
}

impl Bundles {
    pub(crate) fn new(snap: &Snapshot) -> Self {
        let mut bundles = Self::default();
        let mut fresh: Vec<FileId> =
            snap.files().into_iter().filter(|file| snap.facts(*file).is_some_and(|f| declares_actions(&f))).collect();
        bundles.met.extend(&fresh);
        while !fresh.is_empty() {
            let edges = above(snap, &fresh);
            let importers = edges.iter().map(|(_, importer)| *importer);
            fresh = importers.filter(|importer| bundles.met.insert(*importer)).collect();
            for (module, importer) in edges {
                bundles.importers.entry(module).or_default().push(importer);
            }
        }
        bundles
    }

    /// Whether it is still true after a file has changed to these facts.
    pub(crate) fn hold(&self, snap: &Snapshot, file: FileId, facts: &FileFacts) -> bool {
        let mut now: Vec<FileId> = bundled(snap, file, facts).filter_map(|s| snap.resolve(file, s)).collect();
        now.retain(|module| self.met.contains(module));
        let mut then: Vec<FileId> = vec![];
        then.extend(
            self.importers.iter().filter(|(_, importers)| importers.contains(&file)).map(|(module, _)| *module),
        );
        for list in [&mut now, &mut then] {
            list.sort_unstable();
            list.dedup();
        }
        now == then && (!declares_actions(facts) || self.met.contains(&file))
    }

    /// A file and everything that brings it along. For browsers, a module of actions is a list of
    /// references, and what it imports stays behind: above one that isn't the first, client modules
    /// are no way up.
    pub(crate) fn reaching(&self, snap: &Snapshot, file: FileId) -> Vec<FileId> {
        let mut all = vec![(file, false)];
        let mut met = FxHashSet::from_iter([(file, false)]);
        let mut next = 0;
        while let Some((file, sealed)) = all.get(next).copied() {
            next += 1;
            for importer in self.importers.get(&file).into_iter().flatten() {
                let Some(facts) = snap.facts(*importer) else { continue };
                if sealed && facts.is_client_module() {
                    continue;
                }
                let step = (*importer, sealed || facts.is_server_module());
                if met.insert(step) {
                    all.push(step);
                }
            }
        }
        let mut files: Vec<FileId> = all.into_iter().map(|(file, _)| file).collect();
        files.sort_unstable();
        files.dedup();
        files
    }
}

fn declares_actions(facts: &FileFacts) -> bool {
    facts.is_server_module() || !facts.inline_actions.is_empty()
}

/// The edges that end at one of these modules: the module, and who brings it along.
fn above(snap: &Snapshot, modules: &[FileId]) -> Vec<(FileId, FileId)> {
    let names: FxHashSet<NameHash> = modules.iter().flat_map(|file| snap.names.of(&snap.path(*file))).collect();
    let modules: FxHashSet<FileId> = modules.iter().copied().collect();
    let candidates = snap.scouts.iter().filter(|(file, scouted)| {
        snap.names.any_module || snap.open.contains_key(file) || scouted.sketch.may_import(&names)
    });
    let mut candidates: Vec<FileId> = candidates.map(|(file, _)| *file).collect();
    candidates.extend(snap.open.keys().filter(|file| !snap.scouts.contains_key(file)));
    candidates
        .par_iter()
        .flat_map_iter(|file| {
            let found = snap.facts(*file).map(|facts| brought(snap, *file, &facts, &names)).unwrap_or_default();
            found.into_iter().filter(|module| modules.contains(module)).map(|module| (module, *file))
        })
        .collect()
}

/// The specifiers of what a file brings along. Only TypeScript leaves out what isn't used.
fn bundled<'f>(snap: &Snapshot, file: FileId, facts: &'f FileFacts) -> impl Iterator<Item = &'f str> {
    let path = snap.path(file);
    let is_script = path.extension().is_some_and(|e| ["js", "jsx", "mjs", "cjs"].iter().any(|js| e == *js));
    let unused: &[u32] = if is_script { &facts.unused } else { &[] };
    facts.bundled.iter().chain(unused).filter_map(|s| facts.specifier(*s))
}

/// The modules that a file brings along, of those that can be imported by one of these names.
fn brought(snap: &Snapshot, file: FileId, facts: &FileFacts, names: &FxHashSet<NameHash>) -> Vec<FileId> {
    let may_mean = |specifier: &str| {
        snap.names.any_module
            || names.contains(&name_hash(module_stem(specifier)))
            || package_of(specifier).is_some_and(|package| names.contains(&name_hash(package)))
    };
    bundled(snap, file, facts).filter(|s| may_mean(s)).filter_map(|s| snap.resolve(file, s)).collect()
}

impl Snapshot {
    /// The pages and handlers that carry a file's actions. The first to ask waits until all imports
    /// above actions are known.
    #[must_use]
    pub fn carriers(&self, file: FileId) -> Carriers {
        self.carriers_in(file, self.index.bundles.get_or_init(|| Bundles::new(self)))
    }

    /// Walks the imports above all actions, so that nobody has to wait for it later.
    pub fn find_carriers(&self) {
        self.index.bundles.get_or_init(|| Bundles::new(self));
    }

    /// The same without waiting: `None` until somebody has asked [`Self::carriers`].
    #[must_use]
    pub fn known_carriers(&self, file: FileId) -> Option<Carriers> {
        Some(self.carriers_in(file, self.index.bundles.get()?))
    }

    /// Whether a file that is above an action is, or may be, part of what browsers load: it or something
    /// that brings it along is a client module. Also `true` while that isn't known.
    #[must_use]
    pub fn may_run_in_browsers(&self, file: FileId) -> bool {
        let is_client = |file: FileId| self.facts(file).is_some_and(|facts| facts.is_client_module());
        let is_pages_router = |file: FileId| {
            let dir = self.app_of(file).and_then(|app| app.pages_dir.clone());
            dir.is_some_and(|dir| self.path(file).starts_with(dir))
        };
        let Some(bundles) = self.index.bundles.get() else { return true };
        is_client(file) || bundles.reaching(self, file).into_iter().any(|f| is_client(f) || is_pages_router(f))
    }

    fn carriers_in(&self, file: FileId, bundles: &Bundles) -> Carriers {
        let mut carriers = Carriers::default();
        for file in bundles.reaching(self, file) {
            let Some(app) = self.app_of(file) else { continue };
            let routes = app.routes(self.paths());
            let pages = routes.pages_with(file).iter();
            carriers.pages.extend(pages.map(|url| Carrier { app: app.id, url: url.clone() }));
            let handler = routes.of_file(file).filter(|served| served.serves == Serves::Route);
            carriers.handlers.extend(handler.map(|served| Carrier { app: app.id, url: served.url.clone() }));
        }
        for list in [&mut carriers.pages, &mut carriers.handlers] {
            list.sort_by(|a, b| (self.path(a.app), &a.url).cmp(&(self.path(b.app), &b.url)));
            list.dedup();
        }
        carriers
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use fixture::Fixture;

    use crate::World;

    const PACKAGE: &str = r#"
//- /package.json
{ "dependencies": { "next": "16.4.6" } }
//- /tsconfig.json
{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }
"#;

    /// A line a file with actions: its pages, and behind a bar the handlers that run it.
    fn check(text: &str, expected: Expect) {
        let project = Fixture::parse(&format!("{PACKAGE}{text}")).write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        let scanned = world.scan().run(1, &|_| {});
        world.adopt(scanned);
        let snap = world.snapshot();
        let mut out = String::new();
        for file in snap.files() {
            if snap.endpoints(file).iter().all(|e| e.scope.is_none()) {
                continue;
            }
            let carriers = snap.carriers(file);
            let urls = |list: &[super::Carrier]| list.iter().map(|c| c.url.to_string()).collect::<Vec<_>>().join(" ");
            out += &project.shown(&snap.path(file));
            out += &format!(": {}", urls(&carriers.pages));
            if !carriers.handlers.is_empty() {
                out += &format!(" | {}", urls(&carriers.handlers));
            }
            out.push('\n');
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn through_components_and_layouts() {
        check(
            "
//- /actions/cart.ts
'use server';
export async function add() {}
//- /actions/session.ts
'use server';
export async function leave() {}
//- /actions/nobody.ts
'use server';
export async function spare() {}
//- /ui/button.tsx
'use client';
import { add } from '@/actions/cart';
export const Button = () => <button onClick={() => add()} />;
//- /ui/index.ts
export * from './button';
//- /app/layout.tsx
import { leave } from '@/actions/session';
export default ({ children }) => <form action={leave}>{children}</form>;
//- /app/page.tsx
import { Button } from '@/ui';
export default () => <Button />;
//- /app/(shop)/shop/[slug]/page.tsx
import { Button } from '@/ui/button';
export default () => { async function inline() { 'use server'; } return <Button onClick={inline} />; };
//- /app/about/page.tsx
export default () => null;
//- /app/api/cart/route.ts
import { add } from '@/actions/cart';
export async function POST() { await add(); }
",
            expect![[r#"
                /actions/cart.ts: / /shop/[slug] | /api/cart
                /actions/nobody.ts: 
                /actions/session.ts: / /_not-found /about /shop/[slug]
                /app/(shop)/shop/[slug]/page.tsx: /shop/[slug]
            "#]],
        );
    }

    #[test]
    fn what_is_loaded_later_or_never() {
        check(
            "
//- /a/actions.ts
'use server';
export async function a() {}
//- /b/actions.ts
'use server';
export async function b() {}
//- /c/actions.ts
'use server';
export type C = string;
export async function c() {}
//- /d/actions.ts
'use server';
export async function d() {}
//- /a/chart.tsx
'use client';
import { a } from './actions';
export default () => <i onClick={a} />;
//- /app/page.tsx
import dynamic from 'next/dynamic';
import type { C } from '@/c/actions';
import { C as D, c } from '@/c/actions';
import { d } from '@/d/actions';
const Chart = dynamic(() => import('@/a/chart'), { ssr: false });
export default () => <Chart save={async (x: C | D | typeof c) => (await import('@/b/actions')).b()} />;
//- /app/other/page.jsx
const { d } = require('../../d/actions');
export default () => <form action={d} />;
",
            expect![[r#"
                /a/actions.ts: /
                /b/actions.ts: /
                /c/actions.ts: 
                /d/actions.ts: /other
            "#]],
        );
    }

    /// For browsers a module of actions is a list of references: what it imports doesn't come along.
    #[test]
    fn actions_behind_actions() {
        check(
            "
//- /actions/first.ts
'use server';
import { second } from './second';
export async function first() { await second(); }
//- /actions/second.ts
'use server';
import { third } from '@/lib/third';
export async function second() { await third(); }
//- /lib/third.ts
import { fourth } from '@/actions/fourth';
export const third = () => fourth();
//- /actions/fourth.ts
'use server';
export async function fourth() {}
//- /app/client/page.tsx
'use client';
import { first } from '@/actions/first';
export default () => <i onClick={first} />;
//- /app/server/page.tsx
import { first } from '@/actions/first';
export default () => <form action={first} />;
//- /app/script/page.jsx
import { fourth } from '@/actions/fourth';
export default () => null;
",
            expect![[r#"
                /actions/first.ts: /client /server
                /actions/fourth.ts: /script /server
                /actions/second.ts: /server
            "#]],
        );
    }

    #[test]
    fn packages_of_a_workspace() {
        check(
            r#"
//- /package.json
{ "workspaces": ["apps/*", "packages/*"] }
//- /apps/web/package.json
{ "name": "web", "dependencies": { "next": "16.4.6", "@x/actions": "*" } }
//- /apps/web/app/page.tsx
import { save } from '@x/actions';
export default () => <form action={save} />;
//- /apps/docs/package.json
{ "name": "docs", "dependencies": { "next": "16.4.6", "@x/actions": "*" } }
//- /apps/docs/app/guide/page.tsx
import { save } from '@x/actions';
export default () => <form action={save} />;
//- /packages/actions/package.json
{ "name": "@x/actions", "main": "./src/index.ts" }
//- /packages/actions/src/index.ts
export { save } from './save';
//- /packages/actions/src/save.ts
'use server';
export async function save() {}
"#,
            expect![[r#"
                /packages/actions/src/save.ts: /guide /
            "#]],
        );
    }
}
