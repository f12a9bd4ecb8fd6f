use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::cli::json::Action;
use expect_test::{Expect, expect};

fn row(kind: EndpointKind, app: &str, method: Option<&'static str>, url: &str, file: &str, line: u32) -> Endpoint {
    let site = Site { file: if app == "." { file.to_owned() } else { format!("{app}/{file}") }, line, column: 23 };
    let (app, name) = (Some(app.to_owned()), method.unwrap_or("default").into());
    Endpoint { kind, app, method, url: Some(url.into()), site, name, label: None, action: None, implicit: false }
}

fn action(app: Option<&str>, name: &str, label: Option<&str>, file: &str, line: u32) -> Endpoint {
    let scope = if label.is_some() { ActionScope::Inline } else { ActionScope::Module };
    let action = Some(Action {
        scope,
        pages: pages(name),
        pages_elsewhere: BTreeMap::new(),
        id: None,
        id_source: None,
        id_reason: Some("no build yet"),
        ids_elsewhere: BTreeMap::new(),
    });
    let (app, label) = (app.map(str::to_owned), label.map(Into::into));
    let site = Site { file: file.to_owned(), line, column: 23 };
    Endpoint {
        kind: EndpointKind::Action,
        app,
        method: Some("POST"),
        url: None,
        site,
        name: name.into(),
        label,
        action,
        implicit: false,
    }
}

/// By the action's name: on no page, on one, or on several.
fn pages(name: &str) -> Vec<Arc<str>> {
    let all = ["/_not-found", "/dashboard", "/settings"].map(Arc::from);
    all.into_iter().take(name.len() % 4).collect()
}

fn monorepo() -> Endpoints {
    use EndpointKind::{Metadata, PagesApi, Route};
    let app = |root: &str, next: Option<&str>, base: &str, routers: &[&'static str]| App {
        root: root.to_owned(),
        next: next.map(str::to_owned),
        base_path: base.to_owned(),
        src_dir: false,
        routers: routers.to_vec(),
    };
    let implicit = |method, url| Endpoint {
        implicit: true,
        ..row(Route, "apps/web", Some(method), url, "app/api/users/[id]/route.ts", 12)
    };
    let long = "/api/workspaces/[workspaceId]/projects/[projectId]/environments/[environmentId]/variables/[[...path]]";
    Endpoints::of(
        vec![app("apps/web", Some("16.4.6"), "/shop", &["app", "pages"]), app("docs", None, "", &["app"])],
        vec![
            row(Route, "apps/web", Some("GET"), "/api/users/[id]", "app/api/users/[id]/route.ts", 12),
            implicit("HEAD", "/api/users/[id]"),
            implicit("OPTIONS", "/api/users/[id]"),
            row(Route, "apps/web", Some("PATCH"), "/api/users/[id]", "app/api/users/[id]/route.ts", 31),
            row(Route, "apps/web", Some("DELETE"), "/api/users/[id]", "app/api/users/[id]/route.ts", 1040),
            row(Route, "apps/web", Some("PUT"), long, &format!("app/(dashboard){long}/route.ts"), 7),
            action(Some("apps/web"), "createPost", None, "apps/web/app/actions.ts", 8),
            action(
                Some("apps/web"),
                "$$RSC_SERVER_ACTION_0",
                Some("removeFromCart"),
                "apps/web/app/(shop)/cart/page.tsx",
                19,
            ),
            row(PagesApi, "apps/web", None, "/api/legacy", "pages/api/legacy.ts", 3),
            row(Metadata, "apps/web", Some("GET"), "/sitemap.xml", "app/sitemap.ts", 1),
            action(None, "sendMail", None, "packages/mail/src/actions.ts", 5),
        ],
    )
}

fn check(document: &Endpoints, width: usize, expected: Expect) {
    expected.assert_eq(&plain(&table(document, "shop", width, None)));
}

fn plain(lines: &[String]) -> String {
    lines.iter().map(|line| anstream::adapter::strip_str(line).to_string() + "\n").collect()
}

#[test]
fn at_60_columns() {
    check(
        &monorepo(),
        60,
        expect![[r#"
        apps/web  Next 16.4.6 · app + pages routers

          Route handlers  4
            GET     /api/users/[id]     apps/web/…/[id]/route.ts:12
            PATCH   /api/users/[id]     apps/web/…/[id]/route.ts:31
            DELETE  /api/users/[id]     apps/…/[id]/route.ts:1040
            PUT     /api/…/[[...path]]  …/[[...path]]/route.ts:7
            Next adds HEAD for 1 URL and OPTIONS for 1 URL

          Server actions  2
            POST    createPost          apps/web/app/actions.ts:8
            POST    removeFromCart      apps/web/…/cart/page.tsx:19

          pages/api  1
            any     /api/legacy         apps/web/…/api/legacy.ts:3

          Metadata  1
            GET     /sitemap.xml        apps/web/app/sitemap.ts:1

        docs  Next, version unknown · app router

          no endpoints yet

        Shared packages

          Server actions  1
            POST    sendMail            packages/…/src/actions.ts:5

        2 apps · 4 route handlers · 3 server actions · 1 pages/api
        1 metadata
    "#]],
    );
}

#[test]
fn at_80_columns() {
    check(
        &monorepo(),
        80,
        expect![[r#"
            apps/web  Next 16.4.6 · app + pages routers · base path /shop

              Route handlers  4
                GET     /api/users/[id]             apps/web/app/api/users/[id]/route.ts:12
                PATCH   /api/users/[id]             apps/web/app/api/users/[id]/route.ts:31
                DELETE  /api/users/[id]             apps/…/app/api/users/[id]/route.ts:1040
                PUT     /api/…/[[...path]]          apps/…/variables/[[...path]]/route.ts:7
                Next adds HEAD for 1 URL and OPTIONS for 1 URL

              Server actions  2
                POST    createPost  /dashboard      apps/web/app/actions.ts:8
                POST    removeFromCart  inline      apps/web/app/(shop)/cart/page.tsx:19

              pages/api  1
                any     /api/legacy                 apps/web/pages/api/legacy.ts:3

              Metadata  1
                GET     /sitemap.xml                apps/web/app/sitemap.ts:1

            docs  Next, version unknown · app router

              no endpoints yet

            Shared packages

              Server actions  1
                POST    sendMail  on no page        packages/mail/src/actions.ts:5

            2 apps · 4 route handlers · 3 server actions · 1 pages/api · 1 metadata
        "#]],
    );
}

#[test]
fn at_120_columns() {
    check(
        &monorepo(),
        120,
        expect![[r#"
            apps/web  Next 16.4.6 · app + pages routers · base path /shop

              Route handlers  4
                GET     /api/users/[id]                             apps/web/app/api/users/[id]/route.ts:12
                PATCH   /api/users/[id]                             apps/web/app/api/users/[id]/route.ts:31
                DELETE  /api/users/[id]                             apps/web/app/api/users/[id]/route.ts:1040
                PUT     /api/workspaces/…/variables/[[...path]]     apps/web/app/…/[environmentId]/variables/[[...path]]/route.ts:7
                Next adds HEAD for 1 URL and OPTIONS for 1 URL

              Server actions  2
                POST    createPost  /dashboard                      apps/web/app/actions.ts:8
                POST    removeFromCart  inline  /_not-found         apps/web/app/(shop)/cart/page.tsx:19

              pages/api  1
                any     /api/legacy                                 apps/web/pages/api/legacy.ts:3

              Metadata  1
                GET     /sitemap.xml                                apps/web/app/sitemap.ts:1

            docs  Next, version unknown · app router

              no endpoints yet

            Shared packages

              Server actions  1
                POST    sendMail  on no page                        packages/mail/src/actions.ts:5

            2 apps · 4 route handlers · 3 server actions · 1 pages/api · 1 metadata
        "#]],
    );
}

#[test]
fn an_app_without_endpoints() {
    let Endpoints { apps, .. } = monorepo();
    check(
        &Endpoints::of(apps.into_iter().skip(1).collect(), vec![]),
        80,
        expect![[r#"
        docs  Next, version unknown · app router

          no endpoints yet

        1 app · no endpoints
    "#]],
    );
}

#[test]
fn a_folder_without_an_app() {
    check(
        &Endpoints::of(vec![], vec![]),
        80,
        expect![[r#"
        No Next.js app here
        one has app/ or pages/ beside a package.json that depends on next
    "#]],
    );
}

#[test]
fn colour_marks_the_method() {
    let document = Endpoints::of(vec![], vec![action(None, "a", None, "a.ts", 5)]);
    let lines = table(&document, "shop", 80, Some(Duration::from_millis(123)));
    let escaped: String = lines.iter().map(|line| line.escape_debug().to_string() + "\n").collect();
    expect![[r#"
        \u{1b}[1mShared packages\u{1b}[0m

          Server actions\u{1b}[2m  1\u{1b}[0m
            \u{1b}[33mPOST\u{1b}[0m  a\u{1b}[2m  /_not-found\u{1b}[0m  \u{1b}[2ma.ts:5\u{1b}[0m

        1 server action\u{1b}[2m · \u{1b}[0m\u{1b}[2m0.12 s\u{1b}[0m
    "#]]
    .assert_eq(&escaped);
}

#[test]
fn the_contract() {
    let mut out = vec![];
    json::write(&mut out, &monorepo()).unwrap();
    expect![[r#"
        {
          "version": 1,
          "apps": [
            {"root": "apps/web", "next": "16.4.6", "basePath": "/shop", "srcDir": false, "routers": ["app", "pages"]},
            {"root": "docs", "next": null, "basePath": "", "srcDir": false, "routers": ["app"]}
          ],
          "endpoints": [
            {"kind": "route", "app": "apps/web", "method": "GET", "url": "/api/users/[id]", "file": "apps/web/app/api/users/[id]/route.ts", "line": 12, "column": 23, "name": "GET"},
            {"kind": "route", "app": "apps/web", "method": "HEAD", "url": "/api/users/[id]", "file": "apps/web/app/api/users/[id]/route.ts", "line": 12, "column": 23, "name": "HEAD", "implicit": true},
            {"kind": "route", "app": "apps/web", "method": "OPTIONS", "url": "/api/users/[id]", "file": "apps/web/app/api/users/[id]/route.ts", "line": 12, "column": 23, "name": "OPTIONS", "implicit": true},
            {"kind": "route", "app": "apps/web", "method": "PATCH", "url": "/api/users/[id]", "file": "apps/web/app/api/users/[id]/route.ts", "line": 31, "column": 23, "name": "PATCH"},
            {"kind": "route", "app": "apps/web", "method": "DELETE", "url": "/api/users/[id]", "file": "apps/web/app/api/users/[id]/route.ts", "line": 1040, "column": 23, "name": "DELETE"},
            {"kind": "route", "app": "apps/web", "method": "PUT", "url": "/api/workspaces/[workspaceId]/projects/[projectId]/environments/[environmentId]/variables/[[...path]]", "file": "apps/web/app/(dashboard)/api/workspaces/[workspaceId]/projects/[projectId]/environments/[environmentId]/variables/[[...path]]/route.ts", "line": 7, "column": 23, "name": "PUT"},
            {"kind": "action", "app": "apps/web", "method": "POST", "url": null, "file": "apps/web/app/actions.ts", "line": 8, "column": 23, "name": "createPost", "scope": "module", "pages": ["/_not-found", "/dashboard"], "id": null, "idReason": "no build yet"},
            {"kind": "action", "app": "apps/web", "method": "POST", "url": null, "file": "apps/web/app/(shop)/cart/page.tsx", "line": 19, "column": 23, "name": "$$RSC_SERVER_ACTION_0", "label": "removeFromCart", "scope": "inline", "pages": ["/_not-found"], "id": null, "idReason": "no build yet"},
            {"kind": "pages-api", "app": "apps/web", "method": null, "url": "/api/legacy", "file": "apps/web/pages/api/legacy.ts", "line": 3, "column": 23, "name": "default"},
            {"kind": "metadata", "app": "apps/web", "method": "GET", "url": "/sitemap.xml", "file": "apps/web/app/sitemap.ts", "line": 1, "column": 23, "name": "GET"},
            {"kind": "action", "app": null, "method": "POST", "url": null, "file": "packages/mail/src/actions.ts", "line": 5, "column": 23, "name": "sendMail", "scope": "module", "pages": [], "id": null, "idReason": "no build yet"}
          ]
        }
    "#]].assert_eq(&String::from_utf8(out).unwrap());
}
