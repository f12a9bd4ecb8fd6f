use super::*;
use crate::cli::json::Site;
use expect_test::{Expect, expect};
use workspace::EndpointKind::{Action, Route};

fn target(kind: workspace::EndpointKind, file: &str, line: u32, name: &'static str) -> Target {
    let method = (kind == Route).then_some(Some(name));
    Target { kind, file: file.to_owned(), line, name: name.into(), label: None, method }
}

fn call(
    at: (&str, u32, u32),
    kind: &'static str,
    sent: (Option<&str>, Option<&str>),
    certainty: Certainty,
    targets: Vec<Target>,
) -> Call {
    let site = Site { file: at.0.to_owned(), line: at.1, column: at.2 };
    let (method, url) = (sent.0.map(Into::into), sent.1.map(Into::into));
    Call {
        site,
        kind,
        method,
        url,
        certainty,
        reason: None,
        reason_detail: None,
        targets,
        method_missing: false,
        test: false,
    }
}

fn shop() -> Calls {
    let user = || target(Route, "apps/web/app/api/users/[id]/route.ts", 40, "DELETE");
    let posted = (Some("POST"), None);
    Calls::of(vec![
        call(
            ("apps/web/ui/user.tsx", 7, 22),
            "form-action",
            posted,
            Certainty::Exact,
            vec![target(Action, "apps/web/app/actions.ts", 8, "createPost")],
        ),
        call(
            ("apps/web/ui/user.tsx", 31, 9),
            "fetch",
            (Some("DELETE"), Some("/api/users/{id}")),
            Certainty::Pattern,
            vec![user()],
        ),
        call(
            ("apps/web/ui/user.tsx", 1204, 13),
            "fetch",
            (None, Some("/api/users/me")),
            Certainty::Ambiguous,
            vec![target(Route, "apps/web/app/api/users/me/route.ts", 3, "GET"), user(), user()],
        ),
        call(
            ("apps/web/app/(dashboard)/[workspace]/settings/billing/invoices/page-client.tsx", 88, 5),
            "cache-key",
            (
                Some("GET"),
                Some("/api/workspaces/{workspace.slug ??\n  'none'}/billing/invoices?start={start}&end={end}"),
            ),
            Certainty::Pattern,
            vec![target(Route, "apps/web/app/api/workspaces/[slug]/billing/invoices/route.ts", 12, "GET")],
        ),
        call(("docs/a.tsx", 1, 1), "fetch", (Some("GET"), Some("/api/gone")), Certainty::Unresolved, vec![]),
    ])
}

fn check(document: &Calls, width: usize, expected: Expect) {
    let lines = table(document, width, None);
    let plain: String = lines.iter().map(|line| anstream::adapter::strip_str(line).to_string() + "\n").collect();
    expected.assert_eq(&plain);
}

#[test]
fn at_60_columns() {
    check(
        &shop(),
        60,
        expect![[r#"
        apps/web/ui/user.tsx
             7:22  POST    createPost      →  …/app/actions.ts:8
             31:9  DELETE  /api/users/{…}  ~  …/[id]/route.ts:40
          1204:13  —       /api/users/me   ?  …/me/route.ts:3  +2

        apps/…/[workspace]/settings/billing/invoices/page-client.tsx
             88:5  GET     …/invoices?…    ~  …/route.ts:12

        docs/a.tsx
              1:1  GET     /api/gone       ×  no endpoint fits

        ~ fits a dynamic segment · ? several fit, the best is shown
        3 files · 5 calls · 1 exact · 2 by pattern · 1 ambiguous
        1 unresolved
    "#]],
    );
}

#[test]
fn at_80_columns() {
    check(
        &shop(),
        80,
        expect![[r#"
        apps/web/ui/user.tsx
             7:22  POST    createPost              →  apps/web/app/actions.ts:8
             31:9  DELETE  /api/users/{id}         ~  apps/…/api/users/[id]/route.ts:40
          1204:13  —       /api/users/me           ?  apps/…/users/me/route.ts:3  +2

        apps/web/app/(dashboard)/[workspace]/settings/billing/invoices/page-client.tsx
             88:5  GET     /api/…/invoices?…       ~  apps/web/…/invoices/route.ts:12

        docs/a.tsx
              1:1  GET     /api/gone               ×  no endpoint fits

        ~ fits a dynamic segment · ? several fit, the best is shown
        3 files · 5 calls · 1 exact · 2 by pattern · 1 ambiguous · 1 unresolved
    "#]],
    );
}

#[test]
fn at_120_columns() {
    check(
        &shop(),
        120,
        expect![[r#"
        apps/web/ui/user.tsx
             7:22  form-action  POST    createPost                         →  apps/web/app/actions.ts:8
             31:9  fetch        DELETE  /api/users/{id}                    ~  apps/web/app/api/users/[id]/route.ts:40
          1204:13  fetch        —       /api/users/me                      ?  apps/web/app/api/users/me/route.ts:3  +2

        apps/web/app/(dashboard)/[workspace]/settings/billing/invoices/page-client.tsx
             88:5  cache-key    GET     /api/…/{…}/billing/invoices?…      ~  apps/web/…/[slug]/billing/invoices/route.ts:12

        docs/a.tsx
              1:1  fetch        GET     /api/gone                          ×  no endpoint fits

        ~ fits a dynamic segment · ? several fit, the best is shown
        3 files · 5 calls · 1 exact · 2 by pattern · 1 ambiguous · 1 unresolved
    "#]],
    );
}

#[test]
fn nothing_is_called() {
    check(
        &Calls::of(vec![]),
        80,
        expect![[r#"
        No calls here · nothing uses a server action or an endpoint's URL
    "#]],
    );
}

#[test]
fn certain_calls_need_no_legend() {
    let Calls { calls, .. } = shop();
    check(
        &Calls::of(calls.into_iter().take(1).collect()),
        80,
        expect![[r#"
        apps/web/ui/user.tsx
          7:22  form-action  POST  createPost  →  apps/web/app/actions.ts:8

        1 file · 1 call
    "#]],
    );
}

#[test]
fn the_contract() {
    let mut out = vec![];
    json::write(&mut out, &shop()).unwrap();
    expect![[r#"
        {
          "version": 1,
          "calls": [
            {"file": "apps/web/ui/user.tsx", "line": 7, "column": 22, "kind": "form-action", "method": "POST", "certainty": "exact", "targets": [{"kind": "action", "file": "apps/web/app/actions.ts", "line": 8, "name": "createPost"}]},
            {"file": "apps/web/ui/user.tsx", "line": 31, "column": 9, "kind": "fetch", "method": "DELETE", "url": "/api/users/{id}", "certainty": "pattern", "targets": [{"kind": "route", "file": "apps/web/app/api/users/[id]/route.ts", "line": 40, "name": "DELETE", "method": "DELETE"}]},
            {"file": "apps/web/ui/user.tsx", "line": 1204, "column": 13, "kind": "fetch", "method": null, "url": "/api/users/me", "certainty": "ambiguous", "targets": [{"kind": "route", "file": "apps/web/app/api/users/me/route.ts", "line": 3, "name": "GET", "method": "GET"}, {"kind": "route", "file": "apps/web/app/api/users/[id]/route.ts", "line": 40, "name": "DELETE", "method": "DELETE"}, {"kind": "route", "file": "apps/web/app/api/users/[id]/route.ts", "line": 40, "name": "DELETE", "method": "DELETE"}]},
            {"file": "apps/web/app/(dashboard)/[workspace]/settings/billing/invoices/page-client.tsx", "line": 88, "column": 5, "kind": "cache-key", "method": "GET", "url": "/api/workspaces/{workspace.slug ??\n  'none'}/billing/invoices?start={start}&end={end}", "certainty": "pattern", "targets": [{"kind": "route", "file": "apps/web/app/api/workspaces/[slug]/billing/invoices/route.ts", "line": 12, "name": "GET", "method": "GET"}]},
            {"file": "docs/a.tsx", "line": 1, "column": 1, "kind": "fetch", "method": "GET", "url": "/api/gone", "certainty": "unresolved", "targets": []}
          ]
        }
    "#]].assert_eq(&String::from_utf8(out).unwrap());
}
