//! The names that a file imports, read from its text alone: this task looks at the product from
//! outside, so it has no parser.

/// A name that an import binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// What it is called here.
    pub local: String,
    /// What it is called there: `default`, `*` for the whole module.
    pub imported: String,
    /// From where, as written.
    pub specifier: String,
    /// The line of the statement's first token and that of its last, from 1.
    pub lines: (usize, usize),
    /// `const { a } = await import('…')`
    pub dynamic: bool,
}

/// Every name that the file's imports bind, types among them.
pub fn imports(text: &str) -> Vec<Import> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("import") {
        let is_word = !text[..at].ends_with(is_name) && !text[at + 6..].starts_with(is_name);
        if !is_word {
            continue;
        }
        let rest = &text[at + 6..];
        if rest.trim_start().starts_with('(') {
            found.extend(dynamic(text, at));
        } else if text[..at].lines().next_back().is_none_or(|line| line.trim().is_empty() || text[..at].ends_with('\n'))
        {
            found.extend(fixed(text, at));
        }
    }
    found
}

/// What a name is made of.
pub fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// `import a, { b as c } from 'm'`, at the byte of `import`.
fn fixed(text: &str, at: usize) -> Vec<Import> {
    let rest = &text[at + 6..];
    let Some(quote) = rest.find(['"', '\'']) else { return vec![] };
    let Some(clause) = rest[..quote].trim_end().strip_suffix("from") else { return vec![] };
    if clause.contains([';', '=', '(']) {
        return vec![];
    }
    let Some((specifier, length)) = quoted(&rest[quote..]) else { return vec![] };
    let lines = (line(text, at), line(text, at + 6 + quote + length));
    names(clause)
        .into_iter()
        .map(|(imported, local)| Import { local, imported, specifier: specifier.clone(), lines, dynamic: false })
        .collect()
}

/// `const { a: b } = await import('m')`, at the byte of `import`.
fn dynamic(text: &str, at: usize) -> Vec<Import> {
    let Some(before) = text[..at].trim_end().strip_suffix("await").map(str::trim_end) else { return vec![] };
    let Some(pattern) = before.strip_suffix('=').map(str::trim_end) else { return vec![] };
    let Some(start) = pattern.strip_suffix('}').and_then(|pattern| pattern.rfind('{')) else { return vec![] };
    let rest = &text[at + 6..];
    let Some(quote) = rest.find(['"', '\'']) else { return vec![] };
    let Some((specifier, length)) = quoted(&rest[quote..]) else { return vec![] };
    let lines = (line(text, start), line(text, at + 6 + quote + length));
    names(&pattern[start..].replace(':', " as "))
        .into_iter()
        .map(|(imported, local)| Import { local, imported, specifier: specifier.clone(), lines, dynamic: true })
        .collect()
}

/// A string's content and its length with quotes.
fn quoted(text: &str) -> Option<(String, usize)> {
    let quote = text.chars().next()?;
    let end = text[1..].find(quote)?;
    Some((text[1..=end].to_owned(), end + 2))
}

/// The names of an import clause: there, and here.
fn names(clause: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut inside = false;
    for item in clause.split_inclusive([',', '{', '}']) {
        let words: Vec<&str> = item.trim_end_matches([',', '{', '}']).split_whitespace().collect();
        let words = match words.as_slice() {
            ["type", rest @ ..] if !rest.is_empty() && rest[0] != "as" => rest,
            all => all,
        };
        match (words, inside) {
            ([there, "as", here], _) => found.push(((*there).to_owned(), (*here).to_owned())),
            ([name], true) => found.push(((*name).to_owned(), (*name).to_owned())),
            ([name], false) => found.push(("default".to_owned(), (*name).to_owned())),
            _ => {}
        }
        inside = match item.chars().next_back() {
            Some('{') => true,
            Some('}') => false,
            _ => inside,
        };
    }
    found
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form() {
        let text = "import a, { b, c as d, type E } from 'm';\nimport * as ns from \"./n\"\nimport 'side';\n\
                    import {\n  x,\n} from '@/x';\nconst { save, drop: remove } = await import('./actions');\n\
                    important('y');\nconst z = import.meta.url;\n";
        let found: Vec<String> = imports(text)
            .iter()
            .map(|i| format!("{}={} {} {}-{}", i.local, i.imported, i.specifier, i.lines.0, i.lines.1))
            .collect();
        assert_eq!(
            found,
            [
                "a=default m 1-1",
                "b=b m 1-1",
                "d=c m 1-1",
                "E=E m 1-1",
                "ns=* ./n 2-2",
                "x=x @/x 4-6",
                "save=save ./actions 7-7",
                "remove=drop ./actions 7-7"
            ]
        );
    }
}
