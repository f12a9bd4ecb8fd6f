use super::*;
use expect_test::{Expect, expect};

fn asked(kind: EndpointKind, method: Option<&'static str>, url: Option<&str>, name: &str) -> Asked {
    let site = Site { file: "apps/web/app/api/users/[id]/route.ts".to_owned(), line: 40, column: 23 };
    Asked { kind, method, url: url.map(Into::into), site, name: name.into(), label: None }
}

fn call(file: &str, kind: &'static str, sent: (Option<&str>, Option<&str>), certainty: Certainty) -> Reference {
    let site = Site { file: file.to_owned(), line: 31, column: 9 };
    let (method, url) = (sent.0.map(Into::into), sent.1.map(Into::into));
    Reference { site, kind, family: "request", method, url, certainty, test: file.contains(".test.") }
}

fn check(endpoints: Vec<Asked>, references: Vec<Reference>, width: usize, expected: Expect) {
    let all = lines_of(&References::of(endpoints, references), width);
    expected.assert_eq(&all);
}

fn lines_of(document: &References, width: usize) -> String {
    let text: String = table(document, width).iter().map(|line| format!("{line}\n")).collect();
    anstream::adapter::strip_str(&text).to_string()
}

fn user() -> Asked {
    asked(EndpointKind::Route, Some("DELETE"), Some("/api/users/[id]"), "DELETE")
}

#[test]
fn tests_apart() {
    let url = Some("/api/users/{user.profile.identifier ?? 'none'}");
    let calls = || {
        vec![
            call("apps/web/ui/user.tsx", "fetch", (Some("DELETE"), url), Certainty::Pattern),
            call("apps/web/ui/list.tsx", "argument", (None, Some("/api/users/7")), Certainty::Ambiguous),
            call("apps/web/ui/user.test.tsx", "fetch", (Some("DELETE"), Some("/api/users/1")), Certainty::Exact),
        ]
    };
    check(
        vec![user()],
        calls(),
        100,
        expect![[r#"
        DELETE /api/users/[id]  Route Handler · apps/web/app/api/users/[id]/route.ts:40

          apps/web/ui/user.tsx:31:9       fetch     DELETE  ~  /api/users/{…}
          apps/web/ui/list.tsx:31:9       argument  —       ?  /api/users/7

        In tests
          apps/web/ui/user.test.tsx:31:9  fetch     DELETE  →  /api/users/1

        2 call sites · 1 more in tests · 1 by pattern (~) · 1 ambiguous (?)
    "#]],
    );
    check(
        vec![user()],
        calls(),
        60,
        expect![[r#"
        DELETE /api/users/[id]

          apps/web/ui/user.tsx:31:9       fetch     DELETE  ~  …/{…}
          apps/web/ui/list.tsx:31:9       argument  —       ?  …/7

        In tests
          apps/web/ui/user.test.tsx:31:9  fetch     DELETE  →  …/1

        2 call sites · 1 more in tests · 1 by pattern (~)
        1 ambiguous (?)
    "#]],
    );
}

#[test]
fn few_or_none() {
    let action = || asked(EndpointKind::Action, Some("POST"), None, "createPost");
    check(
        vec![action()],
        vec![],
        80,
        expect![[r#"
            POST createPost  Server Action · apps/web/app/api/users/[id]/route.ts:40

            nothing in this workspace calls it
        "#]],
    );
    let test = call("a.test.ts", "call", (Some("POST"), None), Certainty::Exact);
    check(
        vec![action()],
        vec![test],
        80,
        expect![[r#"
        POST createPost  Server Action · apps/web/app/api/users/[id]/route.ts:40

        In tests
          a.test.ts:31:9  call  POST  →

        1 call site, in tests only
    "#]],
    );
    let any = asked(EndpointKind::PagesApi, None, Some("/api/old"), "default");
    check(
        vec![any, action()],
        vec![call("a.ts", "call", (Some("POST"), None), Certainty::Exact)],
        80,
        expect![[r#"
        any /api/old  pages/api · apps/web/app/api/users/[id]/route.ts:40
        POST createPost  Server Action · apps/web/app/api/users/[id]/route.ts:40

          a.ts:31:9  call  POST  →

        1 call site
    "#]],
    );
}
