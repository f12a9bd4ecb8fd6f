//! Feature: Go to definition. From a call or import of an action to its declaration, from a URL
//! with its method to the handler's export.

use syntax::TextRange;
use workspace::{Endpoint, FileId, Link, Snapshot};

use crate::{Config, FilePosition, place::Spot};

/// A place to go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// What the cursor was on, in the file of the request.
    pub origin: TextRange,
    /// Where to.
    pub file: FileId,
    /// The whole declaration there.
    pub full: TextRange,
    /// Its name there.
    pub focus: TextRange,
    /// What people call it: `GET /api/users/[id]`, `createPost`.
    pub name: String,
}

/// From a use of an endpoint to its declaration; best first. Beside a TypeScript server, only from
/// URLs and from what hooks, props and arguments make of an action: names it follows itself, and
/// editors would show each place twice.
#[must_use]
pub fn goto_definition(snap: &Snapshot, config: &Config, at: FilePosition) -> Vec<Target> {
    let (origin, endpoints) = match Spot::find(snap, at) {
        Some(Spot::Import { .. } | Spot::Declaration { .. }) if config.typescript_server => return vec![],
        Some(Spot::Link { link, .. }) if config.typescript_server && is_name(snap, at.file, &link) => return vec![],
        Some(Spot::Import { range, endpoint }) => (range, vec![endpoint]),
        Some(Spot::Link { link, endpoints }) => (link.range, endpoints),
        // On the declaration itself editors show references instead; the answer is where we are.
        Some(Spot::Declaration { range, endpoints }) => (range, endpoints),
        Some(Spot::Directive { .. }) | None => return vec![],
    };
    let mut targets: Vec<Target> = vec![];
    for target in endpoints.iter().map(|e| behind(snap, origin, e).unwrap_or_else(|| target(origin, e))) {
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    targets
}

/// A handler that a thin file only passes on leads to the function itself; hover shows both.
fn behind(snap: &Snapshot, origin: TextRange, endpoint: &Endpoint) -> Option<Target> {
    let export = snap.behind(endpoint)?;
    let (focus, full) = snap.declared_at(export)?;
    let full = if full.covers(focus) { full } else { focus };
    Some(Target { file: export.file, full, focus, ..target(origin, endpoint) })
}

/// Whether a link begins at a name that is bound to the action itself.
fn is_name(snap: &Snapshot, file: FileId, link: &Link) -> bool {
    let names = |u: &syntax::facts::Use| u.range == link.range || u.head == link.range;
    link.url.is_none() && snap.facts(file).is_some_and(|facts| facts.uses.iter().any(names))
}

fn target(origin: TextRange, endpoint: &Endpoint) -> Target {
    // LSP wants the focus inside the whole.
    let full = if endpoint.full.covers(endpoint.range) { endpoint.full } else { endpoint.range };
    let name = match (&endpoint.url, endpoint.method) {
        (Some(url), Some(method)) => format!("{method} {url}"),
        (Some(url), None) => url.to_string(),
        (None, _) => endpoint.label.as_deref().unwrap_or(&endpoint.name).to_owned(),
    };
    Target { origin, file: endpoint.file, full, focus: endpoint.range, name }
}

#[cfg(test)]
mod actions;

#[cfg(test)]
mod tests {
    use super::goto_definition;
    use crate::{
        Config,
        tests::{Opened, SHOP},
    };

    /// The answer equals the places marked `^^^ 1`, `^^^ 2`, … in that order.
    fn check(text: &str) {
        let text = format!("{text}{SHOP}");
        for opened in [Opened::scanned(&text), Opened::unscanned(&text)] {
            let found: Vec<String> = goto_definition(&opened.snap, &Config::default(), opened.cursor())
                .iter()
                .map(|t| {
                    format!("{}:{}-{}", opened.project.shown(&opened.snap.path(t.file)), t.focus.start, t.focus.end)
                })
                .collect();
            let mut marks = opened.fixture.marks.clone();
            marks.sort_by(|(_, a), (_, b)| a.cmp(b));
            let wanted: Vec<String> = marks.iter().map(|(p, _)| format!("{}:{}-{}", p.path, p.start, p.end)).collect();
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn through_barrels_and_renames() {
        check(
            r#"
//- /lib/deep/save.ts
'use server';
export async function save() {}
                    //^^^^ 1
//- /lib/deep/index.ts
export { save as store } from './save';
//- /lib/index.ts
export * from './deep';
//- /app/page.tsx
import { store as keep } from '@/lib';
export default () => <form action={ke$0ep} />;
"#,
        );
    }

    #[test]
    fn beside_a_typescript_server_only_what_it_cannot_follow() {
        let config = Config { typescript_server: true };
        for (line, answers) in [
            ("import { createPost } from '@/actions'; create$0Post();", 0),
            ("import { createPost } from '@/actions'; const { execute } = useAction(createPost); exec$0ute();", 1),
            ("fetch('/api/us$0ers');", 1),
        ] {
            let opened = Opened::unscanned(&format!("//- /lib/a.ts\n{line}\n{SHOP}"));
            assert_eq!(goto_definition(&opened.snap, &config, opened.cursor()).len(), answers, "{line}");
        }
    }

    #[test]
    fn of_two_actions_with_one_name_the_imported_one() {
        check(
            r#"
//- /a/actions.ts
'use server';
export async function remove() {}
//- /b/actions.ts
'use server';
export const remove = async () => {};
           //^^^^^^ 1
//- /app/page.tsx
import { remove as removeA } from '@/a/actions';
import { remove } from '@/b/actions';
remo$0ve();
"#,
        );
    }

    #[test]
    fn url_to_the_method() {
        check(
            r#"
//- /app/api/posts/[...path]/route.ts
export async function GET() {}
export async function PUT() {}
                    //^^^ 1
//- /lib/a.ts
fetch(`/api/po$0sts/${year}/${slug}`, { method: 'put' });
"#,
        );
    }

    #[test]
    fn the_path_of_another_host_leads_nowhere() {
        check(
            r#"
//- /app/api/[...path]/route.ts
export async function GET() {}
//- /lib/vendor.ts
export const vendorUrl = (path: string) => `https://api.example.com${path}`;
//- /lib/a.ts
import { vendorUrl } from './vendor';
fetch(vendorUrl('/api/te$0ams/me'));
"#,
        );
    }

    #[test]
    fn fixed_before_dynamic_for_text() {
        check(
            r#"
//- /app/api/teams/[id]/route.ts
export async function GET() {}
//- /app/api/teams/me/route.ts
export async function GET() {}
                    //^^^ 1
//- /lib/a.ts
fetch('/api/te$0ams/me');
"#,
        );
    }

    #[test]
    fn dynamic_before_fixed_for_a_hole() {
        check(
            r#"
//- /app/api/teams/[id]/route.ts
export async function GET() {}
                    //^^^ 1
//- /app/api/teams/me/route.ts
export async function GET() {}
//- /lib/a.ts
fetch(`/api/te$0ams/${id}`);
"#,
        );
    }

    #[test]
    fn a_path_for_an_unknown_helper_is_no_catch_all() {
        check(
            r#"
//- /app/api/v2/[[...segments]]/route.ts
export async function GET() {}
//- /lib/a.ts
vendorUrl(site, '/api/v2/spa$0ns/search');
"#,
        );
    }

    #[test]
    fn past_a_thin_file_to_the_function() {
        for thin in [
            "export { GET } from '@/lib/impl';",
            "export * from '@/lib/impl';",
            "import { GET as get } from '@/lib/impl'; export { get as GET };",
            "import { GET as get } from '@/lib/impl'; export const GET = get;",
            "import * as impl from '@/lib/impl'; export const GET = impl.GET;",
        ] {
            check(&format!(
                r#"
//- /app/api/thin/route.ts
{thin}
//- /lib/impl.ts
export async function GET() {{}}
                    //^^^ 1
//- /lib/a.ts
fetch('/api/th$0in');
"#
            ));
        }
    }

    #[test]
    fn unknown_method_gives_all() {
        check(
            r#"
//- /app/api/teams/route.ts
export async function GET() {}
                    //^^^ 1
export const POST = wrap(async () => {});
           //^^^^ 2
//- /lib/a.ts
api('/api/te$0ams', options);
"#,
        );
    }

    #[test]
    fn workspace_package_and_its_exports() {
        check(
            r#"
//- /package.json
{ "workspaces": ["apps/*", "packages/*"] }
//- /apps/web/package.json
{ "name": "web", "dependencies": { "next": "15.1.0", "@acme/billing": "workspace:*" } }
//- /packages/billing/package.json
{ "name": "@acme/billing", "exports": { "./do": "./src/server/run.ts" } }
//- /packages/billing/src/server/run.ts
"use server"
export async function charge() {}
                    //^^^^^^ 1
//- /apps/web/app/page.tsx
import { charge } from '@acme/billing/do';
await cha$0rge();
"#,
        );
    }

    /// A package that reaches for the application, which it doesn't list, as npm and yarn 1 let it.
    fn unlisted(root: &str, mark: &str) {
        check(&format!(
            r#"
//- /package.json
{root}
//- /apps/web/package.json
{{ "name": "@acme/web", "version": "2.0.0", "dependencies": {{ "next": "15.1.0", "@acme/ui": "*" }} }}
//- /apps/web/app/(main)/[id]/actions.ts
"use server"
export async function save() {{}}
{mark}
//- /packages/ui/package.json
{{ "name": "@acme/ui", "version": "1.0.0" }}
//- /packages/ui/button.tsx
import {{ save }} from '@acme/web/app/(main)/[id]/actions';
await sa$0ve();
"#
        ));
    }

    #[test]
    fn unlisted_workspace_package() {
        let found = "                    //^^^^ 1";
        unlisted(r#"{ "workspaces": ["apps/*", "packages/*"] }"#, found);
        unlisted(r#"{ "workspaces": ["apps/*", "packages/*"], "packageManager": "yarn@1.22.0" }"#, found);
        unlisted(r#"{ "workspaces": ["apps/*", "packages/*"], "packageManager": "yarn@4.1.0" }"#, "");
        unlisted(r#"{ "workspaces": ["apps/*", "packages/*"], "packageManager": "pnpm@9.1.0" }"#, "");
        // Someone wants another version: it may be the one that stands in the root.
        unlisted(r#"{ "workspaces": ["apps/*", "packages/*"], "dependencies": { "@acme/web": "^1.0.0" } }"#, "");
    }

    #[test]
    fn npm_package_with_the_name_of_a_workspace_one() {
        check(
            r#"
//- /package.json
{ "workspaces": ["apps/*", "packages/*"] }
//- /apps/web/package.json
{ "name": "web", "dependencies": { "next": "15.1.0", "dayjs": "^1.11.0" } }
//- /packages/dayjs/package.json
{ "name": "dayjs", "version": "0.0.0", "main": "./index.ts" }
//- /packages/dayjs/index.ts
"use server"
export async function now() {}
//- /apps/web/app/page.tsx
import { now } from 'dayjs';
await no$0w();
"#,
        );
    }

    #[test]
    fn jsconfig_and_missing_base_configuration() {
        check(
            r#"
//- /jsconfig.json
{ "extends": "@missing/config", "compilerOptions": { "baseUrl": ".", "paths": { "~/*": ["./src/*"] } } } // comment
//- /src/actions.js
'use server';
export async function go() {}
                    //^^ 1
//- /src/app/page.jsx
import { go } from '~/actions';
g$0o();
"#,
        );
    }

    #[test]
    fn base_url_without_paths() {
        check(
            r#"
//- /tsconfig.json
{ "compilerOptions": { "baseUrl": "./src" } }
//- /src/server/actions.ts
'use server';
export async function go() {}
                    //^^ 1
//- /src/app/page.tsx
import { go } from 'server/actions';
g$0o();
"#,
        );
    }

    #[test]
    fn solution_style_configuration() {
        check(
            r#"
//- /tsconfig.json
{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }
//- /tsconfig.app.json
{ "extends": ["./tsconfig.base.json"], "include": ["src"], "compilerOptions": { "composite": true } }
//- /tsconfig.base.json
{ "compilerOptions": { "paths": { "$/*": ["./src/*"] } } }
//- /src/actions.ts
'use server';
export async function go() {}
                    //^^ 1
//- /src/app/page.tsx
import { go } from '$/actions';
g$0o();
"#,
        );
    }

    #[test]
    fn extension_of_another_kind_and_dynamic_imports() {
        check(
            r#"
//- /go.ts
'use server';
export async function go() {}
                    //^^ 1
//- /app/page.tsx
const { go: run } = await import('../go.js');
r$0un();
"#,
        );
    }

    #[test]
    fn a_circle_of_re_exports() {
        check(
            r#"
//- /a.ts
export * from './b';
//- /b.ts
export * from './a';
//- /app/page.tsx
import { nothing } from '@/a';
noth$0ing();
"#,
        );
    }

    #[test]
    fn the_nearest_application_answers() {
        check(
            r#"
//- /apps/a/package.json
{ "dependencies": { "next": "15.0.0" } }
//- /apps/a/app/api/me/route.ts
export async function GET() {}
//- /apps/b/package.json
{ "dependencies": { "next": "15.0.0" } }
//- /apps/b/src/app/api/me/route.ts
export async function GET() {}
                    //^^^ 1
//- /apps/b/src/lib/a.ts
fetch('/api/m$0e');
"#,
        );
    }
}
