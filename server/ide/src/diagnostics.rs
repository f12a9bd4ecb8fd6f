//! Feature: Diagnostics. Today: configuration files that Routewright can't read, said where they
//! are written. What depends on them is then as if they were empty.

use syntax::TextRange;
use workspace::{FileId, Snapshot};

/// How bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// An error.
    Error,
    /// A warning.
    Warning,
}

/// A problem in a file of the user's.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// A stable code in kebab-case.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// Where, in bytes.
    pub range: TextRange,
    /// What, and what to do.
    pub message: String,
}

/// The problems of one file.
#[must_use]
pub fn diagnostics(snap: &Snapshot, file: FileId) -> Vec<Diagnostic> {
    let path = snap.path(file);
    let Some(name) = path.file_name().and_then(|n| n.to_str()) else { return vec![] };
    if name.starts_with("next.config.") {
        next_config(snap, file, name)
    } else if name == "jsconfig.json" || (name.starts_with("tsconfig") && name.ends_with(".json")) {
        tsconfig(snap, file)
    } else {
        vec![]
    }
}

fn next_config(snap: &Snapshot, file: FileId, name: &str) -> Vec<Diagnostic> {
    let Some(text) = snap.text(file) else { return vec![] };
    let problem = next::config::problem(&text, name).map(|(range, message)| Diagnostic {
        code: "config-syntax",
        severity: Severity::Error,
        range,
        message,
    });
    problem.into_iter().collect()
}

fn tsconfig(snap: &Snapshot, file: FileId) -> Vec<Diagnostic> {
    let problem = snap.config_problem(file).map(|(range, message)| Diagnostic {
        code: "config-syntax",
        severity: Severity::Warning,
        range,
        message: format!("{message}. Routewright reads this file as if it were empty: aliases in it don't resolve."),
    });
    problem.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::diagnostics;
    use crate::tests::Opened;

    fn check(path: &str, text: &str, expected: Expect) {
        let opened = Opened::scanned(&format!("//- {path}\n{text}\n"));
        let file = opened.snap.file(&opened.project.path(path)).unwrap();
        let lines: Vec<String> = diagnostics(&opened.snap, file)
            .iter()
            .map(|d| format!("{:?} {} {}..{}: {}\n", d.severity, d.code, d.range.start, d.range.end, d.message))
            .collect();
        expected.assert_eq(&lines.concat());
    }

    #[test]
    fn configuration_that_cannot_be_read() {
        check(
            "/tsconfig.json",
            "{ \"compilerOptions\": { \"paths\": } }",
            expect![[r#"
            Warning config-syntax 32..33: Not valid JSON: expected value. Routewright reads this file as if it were empty: aliases in it don't resolve.
        "#]],
        );
        check(
            "/next.config.mjs",
            "export default { basePath: '/a' ",
            expect![[r#"
            Error config-syntax 0..31: syntax error
        "#]],
        );
    }

    #[test]
    fn configuration_that_can() {
        check("/tsconfig.json", "// a comment\n{ \"compilerOptions\": {}, }", expect![[r#""#]]);
        check(
            "/next.config.ts",
            "export default { basePath: process.env.BASE } satisfies NextConfig",
            expect![[r#""#]],
        );
        check("/app/page.tsx", "const x = ;", expect![[r#""#]]);
    }
}
