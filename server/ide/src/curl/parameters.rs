//! What a function's parameters look like, as values to fill in: read from the text of its head. A type
//! that isn't written out, in the head or under its name in the same file, isn't known.

use next::reply::{Argument, Part, PartValue};

/// No one nests types deeper in a function's head.
const DEEPEST: u32 = 6;

/// One parameter's value to fill in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Filled {
    /// Its name, or `a, b` of a pattern.
    pub name: String,
    /// What to send for it.
    pub value: Argument,
    /// What its type says is all that is sent.
    pub known: bool,
    /// It has no type.
    pub bare: bool,
}

/// The values of a parameter list, with its parentheses; `file` is the text that it stands in.
pub(super) fn filled(list: &str, file: &str) -> Vec<Filled> {
    let list = list.trim();
    let inside = list.strip_prefix('(').unwrap_or(list);
    let inside = inside.strip_suffix(')').unwrap_or(inside);
    split(inside, &[','])
        .into_iter()
        .filter(|p| !p.starts_with("this:") && *p != "this")
        .map(|p| one(p, file))
        .collect()
}

fn one(parameter: &str, file: &str) -> Filled {
    let (rest, parameter) = match parameter.strip_prefix("...") {
        Some(parameter) => (true, parameter),
        None => (false, parameter),
    };
    let (head, default) = parted(parameter, '=');
    let (pattern, written) = parted(head, ':');
    let optional = pattern.trim_end().ends_with('?');
    let pattern = pattern.trim().trim_end_matches('?').trim();
    let names = keys_of(pattern);
    let name = if names.is_empty() { pattern.to_owned() } else { names.join(", ") };
    let type_name = written.map(str::trim);
    let found = type_name.and_then(|t| value(t, &name, file, 0));
    let by_default = default.and_then(|d| literal(d.trim()));
    let known = found.is_some() || by_default.is_some() || (type_name.is_none() && names.is_empty());
    let found = match (found, rest) {
        (Some(Argument::List(items)), true) => items.into_iter().next(), // `...ids`: one of them
        (found, _) => found,
    };
    let value = match (by_default, found) {
        (Some(value), None) => value,
        (_, Some(value)) => value,
        (None, None) if optional || default.is_some() => Argument::Undefined,
        (None, None) if !names.is_empty() => {
            Argument::Object(names.iter().map(|key| (key.clone(), placeholder(key))).collect())
        }
        (None, None) if type_name.is_none() => placeholder(&name),
        (None, None) => Argument::Object(vec![]),
    };
    Filled { name, value, known, bare: type_name.is_none() && default.is_none() && names.is_empty() }
}

/// A text that says what belongs in its place.
pub(super) fn placeholder(name: &str) -> Argument {
    Argument::Text(format!("<{name}>"))
}

/// A value of a type, named after what it is for; `None` where the type isn't written out.
fn value(written: &str, name: &str, file: &str, depth: u32) -> Option<Argument> {
    let written = written.trim().trim_start_matches('|').trim();
    if depth > DEEPEST || written.is_empty() {
        return None;
    }
    let deeper = |t: &str| value(t, name, file, depth + 1);
    let options = split(written, &['|']);
    if options.len() > 1 {
        let told = options.iter().filter(|o| !matches!(**o, "null" | "undefined" | "void"));
        return told.clone().find_map(|o| deeper(o)).or_else(|| told.count().eq(&0).then_some(Argument::Null));
    }
    let parts = split(written, &['&']);
    if parts.len() > 1 {
        return merged(parts.iter().map(|p| deeper(p)));
    }
    if let Some(inner) = written.strip_prefix('(').and_then(|w| w.strip_suffix(')')) {
        return if written.contains("=>") { None } else { deeper(inner) };
    }
    if let Some(element) = written.strip_suffix("[]") {
        let element = element.trim_start_matches("readonly ");
        return Some(Argument::List(deeper(element).into_iter().collect()));
    }
    if let Some(inner) = written.strip_prefix('[').and_then(|w| w.strip_suffix(']')) {
        return split(inner, &[',']).into_iter().map(deeper).collect::<Option<Vec<_>>>().map(Argument::List);
    }
    if let Some(inner) = written.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
        return Some(Argument::Object(members(inner, file, depth)));
    }
    if let Some((head, inner)) = written.strip_suffix('>').and_then(|w| w.split_once('<')) {
        let first = split(inner, &[',']).first().and_then(|t| deeper(t));
        return match head.trim() {
            "Array" | "ReadonlyArray" => Some(Argument::List(first.into_iter().collect())),
            "Set" | "ReadonlySet" => Some(Argument::Set(first.into_iter().collect())),
            "Map" | "ReadonlyMap" => Some(Argument::Map(vec![])),
            "Record" => Some(Argument::Object(vec![])),
            "Readonly" | "Required" | "NonNullable" | "Partial" => first,
            _ => None,
        };
    }
    simple(written, name).or_else(|| named(written, name, file, depth))
}

fn simple(written: &str, name: &str) -> Option<Argument> {
    Some(match written {
        "string" => placeholder(name),
        "number" => Argument::Number(0.0),
        "boolean" => Argument::Bool(true),
        "bigint" => Argument::BigInt("0".to_owned()),
        "Date" => Argument::Date("2025-01-01T00:00:00.000Z".to_owned()),
        "FormData" => Argument::Form(vec![]),
        "File" | "Blob" => Argument::File(format!("<{name}>")),
        "undefined" | "void" => Argument::Undefined,
        "object" => Argument::Object(vec![]),
        other => return literal(other),
    })
}

/// `'draft'`, `5`, `true`, `[]`
fn literal(written: &str) -> Option<Argument> {
    Some(match written {
        "true" => Argument::Bool(true),
        "false" => Argument::Bool(false),
        "null" => Argument::Null,
        "[]" => Argument::List(vec![]),
        "{}" => Argument::Object(vec![]),
        _ => {
            let quote = written.chars().next().filter(|q| matches!(q, '\'' | '"' | '`'));
            match quote {
                Some(quote) => {
                    let inside = written.strip_prefix(quote)?.strip_suffix(quote)?;
                    if inside.contains([quote, '\\', '$']) {
                        return None;
                    }
                    Argument::Text(inside.to_owned())
                }
                None => Argument::Number(written.replace('_', "").parse().ok().filter(|n: &f64| n.is_finite())?),
            }
        }
    })
}

/// A type that the same file declares under its name.
fn named(written: &str, name: &str, file: &str, depth: u32) -> Option<Argument> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    if !written.chars().all(is_name) {
        return None;
    }
    for keyword in ["type", "interface"] {
        let head = format!("{keyword} {written}");
        for (at, _) in file.match_indices(&head) {
            let (before, after) = (file.get(..at)?, file.get(at + head.len()..)?.trim_start());
            // at the beginning of a line, so that no comment or text is taken for it
            let line = before.rsplit('\n').next().unwrap_or_default();
            if !matches!(line.trim(), "" | "export" | "declare" | "export declare") {
                continue;
            }
            let body = if keyword == "type" { after.strip_prefix('=').map(str::trim_start) } else { Some(after) };
            if let Some(body) = body.filter(|b| b.starts_with('{')) {
                let end = closing(body)?;
                let rest = body.get(end..)?.trim_start();
                // `{ … } & More`, `{ … } | null` say more than the braces
                if keyword == "type" && rest.starts_with(['&', '|', '[']) {
                    return None;
                }
                return value(body.get(..end)?, name, file, depth + 1);
            }
            if let Some(body) = body.filter(|_| keyword == "type") {
                let end = body.find([';', '\n']).unwrap_or(body.len());
                return value(body.get(..end)?, name, file, depth + 1);
            }
        }
    }
    None
}

/// The members of an object type, in order.
fn members(inside: &str, file: &str, depth: u32) -> Vec<(String, Argument)> {
    let mut all = vec![];
    for member in split(inside, &[',', ';', '\n']) {
        let (key, written) = parted(member.trim_start_matches("readonly "), ':');
        let Some(written) = written else { continue };
        let key = key.trim().trim_end_matches('?').trim_matches(['\'', '"']);
        if key.is_empty() || key.starts_with('[') || key.contains('(') {
            continue; // `[key: string]: …`, `method(): …`
        }
        let filled = value(written, key, file, depth + 1).unwrap_or_else(|| placeholder(key));
        all.push((key.to_owned(), filled));
    }
    all
}

/// The keys of an object pattern; a nested pattern is its key.
fn keys_of(pattern: &str) -> Vec<String> {
    let Some(inside) = pattern.strip_prefix('{').and_then(|p| p.strip_suffix('}')) else { return vec![] };
    let key = |entry: &str| {
        let (entry, _) = parted(entry, '=');
        parted(entry, ':').0.trim().to_owned()
    };
    split(inside, &[',']).into_iter().filter(|e| !e.starts_with("...")).map(key).filter(|k| !k.is_empty()).collect()
}

/// `A & B`: the members of all that are known; `None` where none is.
fn merged(parts: impl Iterator<Item = Option<Argument>>) -> Option<Argument> {
    let mut members = vec![];
    let mut any = false;
    for part in parts.flatten() {
        let Argument::Object(more) = part else { return None };
        any = true;
        members.extend(more);
    }
    any.then_some(Argument::Object(members))
}

/// The fields of a form, as parts to fill in.
pub(super) fn fields(names: &syntax::effects::Names) -> Vec<Part> {
    let one = |field: &syntax::effects::Field| {
        let hole = format!("<{}>", field.name);
        Part {
            name: field.name.to_string(),
            value: if field.file { PartValue::File(hole) } else { PartValue::Text(hole) },
        }
    };
    names.fields.iter().map(one).collect()
}

/// The pieces between separators that stand outside of brackets and quotes, trimmed; empty ones and
/// comments are left out.
fn split<'t>(text: &'t str, separators: &[char]) -> Vec<&'t str> {
    let mut pieces = vec![];
    let mut start = 0;
    for (at, c) in outside(text) {
        if separators.contains(&c) {
            pieces.push(text.get(start..at).unwrap_or_default());
            start = at + c.len_utf8();
        }
    }
    pieces.push(text.get(start..).unwrap_or_default());
    pieces.into_iter().map(without_comments).filter(|p| !p.is_empty()).collect()
}

/// Leading comments are dropped; others stand where nothing reads them.
fn without_comments(piece: &str) -> &str {
    let mut piece = piece.trim();
    loop {
        let rest = match () {
            () if piece.starts_with("//") => piece.split_once('\n').map_or("", |(_, rest)| rest),
            () if piece.starts_with("/*") => piece.split_once("*/").map_or("", |(_, rest)| rest),
            () => return piece,
        };
        piece = rest.trim();
    }
}

/// What stands before the first such character outside of brackets, and behind it.
fn parted(text: &str, separator: char) -> (&str, Option<&str>) {
    match outside(text).find(|(_, c)| *c == separator) {
        Some((at, c)) => (text.get(..at).unwrap_or_default(), text.get(at + c.len_utf8()..)),
        None => (text, None),
    }
}

/// One past the bracket that closes the one that the text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// The characters outside of brackets, quotes and comments, with their places. `=>` is neither `=` nor
/// a closing bracket.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut depth = 0_u32;
    let mut quote: Option<char> = None;
    let mut before = ' ';
    let mut all = vec![];
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        if let Some(open) = quote {
            if c == open && before != '\\' {
                quote = None;
            }
            before = c;
            continue;
        }
        match c {
            '\'' | '"' | '`' => quote = Some(c),
            '/' if letters.peek().is_some_and(|(_, n)| *n == '/') => {
                while letters.peek().is_some_and(|(_, n)| *n != '\n') {
                    letters.next();
                }
            }
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if before == '=' => {
                all.pop(); // the `=` of `=>`
            }
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => all.push((at, c)),
            _ => {}
        }
        before = c;
    }
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use next::{Version, reply};

    use super::*;

    fn shown(list: &str, file: &str) -> String {
        let filled = filled(list, file);
        let arguments: Vec<Argument> = filled.iter().map(|f| f.value.clone()).collect();
        let unknown: Vec<&str> = filled.iter().filter(|f| !f.known).map(|f| &*f.name).collect();
        let text = match reply::encode(&arguments, Version::LATEST) {
            reply::Reply::Json(text) => text,
            reply::Reply::Parts(parts) => parts.last().map(|p| format!("{:?}", p.value)).unwrap_or_default(),
        };
        if unknown.is_empty() { text } else { format!("{text} but {}", unknown.join(" and ")) }
    }

    #[test]
    fn heads() {
        let file = "type Post = {\n  title: string; // with a comment, too\n  tags?: string[]\n}\n// type Other = { no: string }\nexport interface Page { at: number }\ntype Id = string;\ntype Both = { a: string } & More;\n";
        for (list, expected) in [
            ("()", "[]"),
            ("(id: string, count: number, on: boolean)", r#"["<id>",0,true]"#),
            ("id", r#"["<id>"]"#),
            ("(id, data)", r#"["<id>","<data>"]"#),
            ("(at: Date, big: bigint)", r#"["$D2025-01-01T00:00:00.000Z","$n0"]"#),
            ("(ids: string[], pairs: Array<[string, number]>)", r#"[["<ids>"],[["<pairs>",0]]]"#),
            ("(...ids: string[])", r#"["<ids>"]"#),
            ("(state: 'draft' | 'done', id: string | null, none: null | undefined)", r#"["draft","<id>",null]"#),
            (
                "({ id, name }: { id: string; name: { first: string } })",
                r#"[{"id":"<id>","name":{"first":"<first>"}}]"#,
            ),
            ("({ id, tags: { all }, ...rest })", r#"[{"id":"<id>","tags":"<tags>"}] but id, tags"#),
            ("(limit = 20, page?: number, sort: string = 'new', x?: Sort)", r#"[20,0,"<sort>","$undefined"] but x"#),
            ("(post: Post, page: Page, id: Id)", r#"[{"title":"<title>","tags":["<tags>"]},{"at":0},"<id>"]"#),
            ("(post: Other, both: Both, x: z.infer<typeof schema>)", r#"[{},{},{}] but post and both and x"#),
            ("(input: Post & { id: string })", r#"[{"title":"<title>","tags":["<tags>"],"id":"<id>"}]"#),
            ("(this: void, done: (x: string) => void, id: string)", r#"[{},"<id>"] but done"#),
            ("(/* first */ id: string,\n  // second\n  n: number,\n)", r#"["<id>",0]"#),
            ("(set: Set<string>)", r#"Text("[\"$W1\"]")"#),
            ("(half: {", r#"[{}] but half"#),
        ] {
            assert_eq!(shown(list, file), expected, "{list}");
        }
    }
}
