//! A unified diff, as `git apply` and `patch -p1` take it.

use anstyle::{AnsiColor, Color, Style};
use similar::{ChangeTag, TextDiff};

use crate::cli::color::{BOLD, PLAIN};

/// A line with its end, if it has one, and how it looks.
pub type Line = (Style, String);

/// One file's part of the patch; `None` where there is no file, before or after.
pub fn lines(name: &str, old: Option<&str>, new: Option<&str>) -> Vec<Line> {
    let side = |prefix: &str, text: Option<&str>| match text {
        // without the tab, a name ends at its first blank
        Some(_) if name.contains(char::is_whitespace) => format!("{prefix}/{name}\t\n"),
        Some(_) => format!("{prefix}/{name}\n"),
        None => "/dev/null\n".to_owned(),
    };
    let mut lines = vec![(BOLD, format!("--- {}", side("a", old))), (BOLD, format!("+++ {}", side("b", new)))];
    let (old, new) = (split(old), split(new));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        lines.push((HUNK, format!("{}\n", hunk.header())));
        for change in hunk.iter_changes() {
            let (style, sign) = match change.tag() {
                ChangeTag::Equal => (PLAIN, ' '),
                ChangeTag::Delete => (REMOVED, '-'),
                ChangeTag::Insert => (ADDED, '+'),
            };
            let text = change.value();
            lines.push((style, format!("{sign}{text}{}", if text.ends_with('\n') { "" } else { "\n" })));
            if !text.ends_with('\n') {
                lines.push((PLAIN, "\\ No newline at end of file\n".to_owned()));
            }
        }
    }
    lines
}

const HUNK: Style = colored(AnsiColor::Cyan);
const REMOVED: Style = colored(AnsiColor::Red);
const ADDED: Style = colored(AnsiColor::Green);

const fn colored(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(color)))
}

/// Only `\n` ends a line of a patch: a lone `\r` is part of it.
fn split(text: Option<&str>) -> Vec<&str> {
    text.unwrap_or_default().split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn shown(name: &str, old: Option<&str>, new: Option<&str>) -> String {
        lines(name, old, new).into_iter().map(|(_, line)| line).collect()
    }

    #[test]
    fn patches() {
        let ten = |five: &str| format!("1\n2\n3\n4\n{five}\n6\n7\n8\n9\n10\n");
        expect![[r"
            --- a/app/[id]/route.ts
            +++ b/app/[id]/route.ts
            @@ -2,7 +2,7 @@
             2
             3
             4
            -5
            +five
             6
             7
             8
        "]]
        .assert_eq(&shown("app/[id]/route.ts", Some(&ten("5")), Some(&ten("five"))));
        expect![[r"
            --- /dev/null
            +++ b/new.ts
            @@ -0,0 +1,2 @@
            +one
            +two
            \ No newline at end of file
        "]]
        .assert_eq(&shown("new.ts", None, Some("one\ntwo")));
        expect![[r"
            --- a/old.ts
            +++ /dev/null
            @@ -1 +0,0 @@
            -one
        "]]
        .assert_eq(&shown("old.ts", Some("one\n"), None));
    }

    #[test]
    fn ends_of_lines_and_of_names() {
        let text = shown("a b.ts", Some("x\r\ny\rz\n"), Some("x\r\ny\rZ"));
        assert_eq!(
            text,
            "--- a/a b.ts\t\n+++ b/a b.ts\t\n@@ -1,2 +1,2 @@\n x\r\n-y\rz\n+y\rZ\n\\ No newline at end of file\n"
        );
    }
}
