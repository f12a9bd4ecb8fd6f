//! Reading TypeScript just well enough to find places worth measuring. Text only: a wrong guess
//! costs a flag on the command line (`--ts7-at`), nothing more.

use crate::lsp::place::Place;
use anyhow::Context;
use std::path::Path;

/// Where TypeScript can answer: `place` itself, or the first name that the file imports from the
/// project when `place` stands in a string.
pub fn typescript_place(dir: &Path, place: &Place) -> anyhow::Result<Place> {
    let path = dir.join(&place.file);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let line = text.lines().nth(place.line - 1).unwrap_or_default();
    if !in_string(line, place.column - 1) {
        return Ok(place.clone());
    }
    let (line, column) = first_import(&text)
        .with_context(|| format!("{place} is a string, which TypeScript can't follow; give --ts7-at a name it can"))?;
    Ok(Place { file: place.file.clone(), line, column })
}

/// Is the character at this 0-based column in a string or template, or at its opening quote?
fn in_string(line: &str, column: usize) -> bool {
    let mut open = None;
    let mut escaped = false;
    for c in line.chars().take(column + 1) {
        match open {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(quote) if c == quote => open = None,
            None if matches!(c, '\'' | '"' | '`') => open = Some(c),
            _ => {}
        }
    }
    open.is_some()
}

/// Line and column, both 1-based, of the first name imported from a relative path or an alias.
fn first_import(text: &str) -> Option<(usize, usize)> {
    text.lines().enumerate().find_map(|(index, line)| {
        let rest = line.strip_prefix("import {")?;
        let (names, source) = rest.split_once("} from ")?;
        let of_the_project = source
            .strip_prefix(['"', '\''])
            .is_some_and(|path| ["./", "../", "@/", "~/"].iter().any(|start| path.starts_with(start)));
        let name = names.trim_start();
        let is_value = !name.starts_with("type ") && !name.is_empty();
        let indent = names.len() - name.len();
        (of_the_project && is_value).then(|| (index + 1, "import {".len() + indent + 1))
    })
}

/// Where typing one letter keeps the program a program: line and column, both 1-based, behind the
/// name of the local `const` that is nearest to the middle of the file, off line `avoid`.
pub fn typing_place(text: &str, avoid: Option<usize>) -> Option<(usize, usize)> {
    let middle = text.lines().count() / 2;
    text.lines()
        .enumerate()
        .filter(|(index, _)| avoid != Some(index + 1))
        .filter_map(|(index, line)| {
            let declared = line.trim_start().strip_prefix("const ")?;
            let indent = line.len() - line.trim_start().len();
            let name = declared
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .filter(|&end| end > 0 && declared[end..].starts_with(" ="))?;
            (indent > 0).then(|| (index + 1, indent + "const ".len() + name + 1))
        })
        .min_by_key(|(line, _)| line.abs_diff(middle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_templates_are_seen() {
        let line = r#"const a = "it's", b = f(`/x/${id}`);"#;
        let at = |what: &str| line.find(what).unwrap_or_default();
        assert!(!in_string(line, 6));
        assert!(in_string(line, at("it's")));
        assert!(!in_string(line, at(", b")));
        assert!(in_string(line, at("`/x/")));
        assert!(!in_string(line, at(");")));
    }

    #[test]
    fn the_first_import_of_the_project_is_found() {
        let text = "import { a } from 'react'\nimport { type B } from './b'\nimport { getEnv } from '@/lib/env'\n";
        assert_eq!(first_import(text), Some((3, 10)));
        for none in ["import x from './x'", "import { a } from ", "import { a } from 'a'"] {
            assert_eq!(first_import(none), None, "{none}");
        }
    }

    #[test]
    fn typing_happens_behind_a_local_name_near_the_middle() {
        let text = "const top = 1;\nfunction f() {\n  const { a } = b;\n  const near = 2;\n  const far = 3;\n}\n\n";
        assert_eq!(typing_place(text, None), Some((4, 13)));
        assert_eq!(typing_place(text, Some(4)), Some((5, 12)));
        assert_eq!(typing_place("let x = 1", None), None);
    }
}
