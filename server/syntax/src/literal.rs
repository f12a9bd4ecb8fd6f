//! Literal values: what an expression says without being run, and what a configuration module
//! (`next.config.ts` and the like) exports.

use std::cell::Cell;

use tree_sitter::{Node, Tree};

use crate::TextRange;
use crate::parse::{Grammar, parse};

/// The value of an expression, as far as the source alone tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string, or a template without holes.
    Str(String),
    /// A number.
    Num(f64),
    /// `true` or `false`.
    Bool(bool),
    /// `null` or `undefined`.
    Null,
    /// An array.
    Array(Vec<Value>),
    /// The members of an object in source order, those of spread constants among them, and opaque
    /// those that a condition adds (`...(dev && { output: 'export' })`). Where the source does not
    /// tell the name (a spread of something unknown, a computed key), the name is [`SPREAD`] and the
    /// value opaque.
    Object(Vec<(String, Value)>),
    /// Any other expression, as its source text.
    Opaque(String),
}

/// The name of members that may have any name: see [`Value::Object`].
pub const SPREAD: &str = "...";

impl Value {
    /// A member of an object; the last of a name counts.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Str(text) = self { Some(text) } else { None }
    }
}

/// The value of an expression. Names are looked up in the same file.
#[must_use]
pub fn value(expression: Node<'_>, text: &str) -> Value {
    Reader::new(text).value(expression, DEPTH)
}

/// The value that a configuration module exports: `export default` or `module.exports`, given as an
/// object, by the name of a constant, through the calls of plugins (`withMDX(config)`) or as the
/// result of a function. `None` where nothing is exported.
#[must_use]
pub fn default_export(text: &str, file_name: &str) -> Option<Value> {
    let tree = tree(text, file_name)?;
    let reader = Reader::new(text);
    let root = tree.root_node();
    match reader.exported(root) {
        Some(expression) => Some(reader.config(expression, DEPTH)),
        None => reader.half_typed(root),
    }
}

/// The first syntax error of a file: its place, on one line, and what to say about it.
#[must_use]
pub fn first_error(text: &str, file_name: &str) -> Option<(TextRange, String)> {
    let tree = tree(text, file_name)?;
    let mut node = tree.root_node();
    while !node.is_error() && !node.is_missing() {
        node = children(node).into_iter().find(|child| child.has_error())?;
    }
    let range = node.byte_range();
    let source = text.get(range.clone()).unwrap_or_default();
    let line = source.lines().next().unwrap_or_default().trim_end();
    let message = match node.kind() {
        _ if node.is_error() => "syntax error".to_owned(),
        token if token.starts_with(char::is_alphabetic) => "an expression is missing".to_owned(),
        token => format!("`{token}` is missing"),
    };
    Some((TextRange::new(range.start as u32, (range.start + line.len()) as u32), message))
}

/// How deep values, calls and constants may nest: enough for any configuration, and a stop to
/// constants that name each other.
const DEPTH: u32 = 48;

/// How many nodes are looked at before the rest is opaque, as `{ ...a, ...a }` doubles at every step.
/// Texts count by their length.
const FUEL: usize = 200_000;

/// A larger file is no configuration.
const MAX_LEN: usize = 1 << 20;

fn tree(text: &str, file_name: &str) -> Option<Tree> {
    if text.len() > MAX_LEN {
        return None;
    }
    parse(text, Grammar::for_file(file_name).unwrap_or(Grammar::Tsx), None)
}

fn children(node: Node<'_>) -> Vec<Node<'_>> {
    node.children(&mut node.walk()).collect()
}

fn is_function(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "arrow_function"
            | "function_expression"
            | "function_declaration"
            | "generator_function"
            | "generator_function_declaration"
            | "method_definition"
    )
}

/// Whether this is the value of a `const`, which nothing can change.
fn is_constant(value: &Node<'_>) -> bool {
    let declaration = value.parent().and_then(|declarator| declarator.parent());
    declaration.and_then(|declaration| declaration.child(0)).is_some_and(|keyword| keyword.kind() == "const")
}

/// The text, and how much more of it may be read.
struct Reader<'t> {
    text: &'t str,
    fuel: Cell<usize>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, fuel: Cell::new(FUEL) }
    }

    fn burn(&self, fuel: usize) {
        self.fuel.set(self.fuel.get().saturating_sub(fuel));
    }

    fn is_spent(&self, depth: u32) -> bool {
        depth == 0 || self.fuel.get() == 0
    }

    fn text_of(&self, node: Node<'_>) -> &'t str {
        let text = self.text.get(node.byte_range()).unwrap_or_default();
        self.burn(1 + text.len() / 16);
        text
    }

    fn opaque(&self, node: Node<'_>) -> Value {
        Value::Opaque(self.text_of(node).to_owned())
    }

    /// The named children without comments.
    fn operands<'n>(&self, node: Node<'n>) -> Vec<Node<'n>> {
        self.burn(1 + node.named_child_count());
        if self.is_spent(1) {
            return Vec::new();
        }
        node.named_children(&mut node.walk()).filter(|child| child.kind() != "comment").collect()
    }

    /// What parentheses, `await` and type operators enclose.
    fn unwrapped<'n>(&self, mut node: Node<'n>) -> Node<'n> {
        loop {
            let inner = match node.kind() {
                "parenthesized_expression"
                | "as_expression"
                | "satisfies_expression"
                | "non_null_expression"
                | "await_expression" => self.operands(node).into_iter().next(),
                "type_assertion" => self.operands(node).pop(),
                _ => None,
            };
            match inner {
                Some(inner) => node = inner,
                None => return node,
            }
        }
    }

    fn value(&self, node: Node<'_>, depth: u32) -> Value {
        if self.is_spent(depth) {
            return self.opaque(node);
        }
        let node = self.unwrapped(node);
        match node.kind() {
            "string" => Value::Str(self.string(node)),
            "template_string" if self.operands(node).iter().all(|part| part.kind() != "template_substitution") => {
                Value::Str(self.string(node))
            }
            "number" | "unary_expression" => number(self.text_of(node)).map_or_else(|| self.opaque(node), Value::Num),
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" | "undefined" => Value::Null,
            "array" => Value::Array(self.array(node, depth)),
            "object" => Value::Object(self.object(node, depth)),
            "identifier" | "shorthand_property_identifier" => match self.declaration(node).filter(is_constant) {
                Some(value) => self.value(value, depth - 1),
                None => self.opaque(node),
            },
            _ => self.opaque(node),
        }
    }

    /// What `...` spreads.
    fn spread<'n>(&self, element: Node<'n>) -> Option<Node<'n>> {
        if element.kind() == "spread_element" { self.operands(element).pop() } else { None }
    }

    fn array(&self, node: Node<'_>, depth: u32) -> Vec<Value> {
        let mut elements = Vec::new();
        for element in self.operands(node) {
            match self.spread(element).map(|inner| self.value(inner, depth - 1)) {
                Some(Value::Array(inner)) => elements.extend(inner),
                _ => elements.push(self.value(element, depth - 1)),
            }
        }
        elements
    }

    fn object(&self, node: Node<'_>, depth: u32) -> Vec<(String, Value)> {
        let mut members = Vec::new();
        for member in self.operands(node) {
            match member.kind() {
                "pair" => members.extend(self.pair(member, depth)),
                "method_definition" => {
                    if let Some(name) = member.child_by_field_name("name") {
                        members.push((self.key(name), self.opaque(member)));
                    }
                }
                "shorthand_property_identifier" => {
                    members.push((self.text_of(member).to_owned(), self.value(member, depth - 1)));
                }
                _ => {
                    let Some(inner) = self.spread(member) else { continue };
                    match self.value(inner, depth - 1) {
                        Value::Object(spread) => members.extend(spread),
                        // Spreading nothing adds nothing.
                        Value::Null | Value::Bool(false) => {}
                        _ => match self.conditional(inner, depth) {
                            Some(names) => members.extend(names.into_iter().map(|name| (name, self.opaque(inner)))),
                            None => members.push((SPREAD.to_owned(), self.opaque(inner))),
                        },
                    }
                }
            }
        }
        members
    }

    /// The names of the members that `...(dev && { output: 'export' })` may add.
    fn conditional(&self, node: Node<'_>, depth: u32) -> Option<Vec<String>> {
        let node = self.unwrapped(node);
        let branches: &[&str] = match node.kind() {
            "ternary_expression" => &["consequence", "alternative"],
            "binary_expression" if node.child_by_field_name("operator")?.kind() == "&&" => &["right"],
            _ => return None,
        };
        let mut names = Vec::new();
        for branch in branches {
            match self.value(node.child_by_field_name(branch)?, depth - 1) {
                Value::Object(members) => names.extend(members.into_iter().map(|(name, _)| name)),
                Value::Null | Value::Bool(false) => {}
                _ => return None,
            }
        }
        Some(names)
    }

    fn pair(&self, pair: Node<'_>, depth: u32) -> Option<(String, Value)> {
        let key = self.key(pair.child_by_field_name("key")?);
        let value = pair.child_by_field_name("value")?;
        let value = if key == SPREAD { self.opaque(pair) } else { self.value(value, depth - 1) };
        Some((key, value))
    }

    /// The name of a member; [`SPREAD`] for a computed one.
    fn key(&self, key: Node<'_>) -> String {
        match key.kind() {
            "string" => self.string(key),
            "computed_property_name" => match self.operands(key).first() {
                Some(inner) if inner.kind() == "string" => self.string(*inner),
                _ => SPREAD.to_owned(),
            },
            _ => self.text_of(key).to_owned(),
        }
    }

    fn string(&self, node: Node<'_>) -> String {
        let mut string = String::new();
        for part in self.operands(node) {
            match part.kind() {
                "escape_sequence" => string.extend(unescaped(self.text_of(part))),
                _ => string.push_str(self.text_of(part)),
            }
        }
        string
    }

    /// What an identifier stands for: the initial value of the variable or the function that is
    /// declared in the nearest block around it. `None` for parameters and imports.
    fn declaration<'n>(&self, identifier: Node<'n>) -> Option<Node<'n>> {
        let name = self.text_of(identifier);
        let mut scope = identifier;
        while let Some(parent) = scope.parent() {
            match parent.kind() {
                "program" | "statement_block" | "ERROR" => {
                    if let Some(found) = self.declared_in(parent, name) {
                        return Some(found);
                    }
                }
                _ if is_function(parent) && self.has_parameter(parent, name) => return None,
                _ => {}
            }
            scope = parent;
        }
        None
    }

    fn declared_in<'n>(&self, block: Node<'n>, name: &str) -> Option<Node<'n>> {
        self.operands(block).into_iter().find_map(|statement| {
            let statement = match statement.kind() {
                "export_statement" => statement.child_by_field_name("declaration")?,
                _ => statement,
            };
            let named =
                |node: Node<'_>| node.child_by_field_name("name").is_some_and(|found| self.text_of(found) == name);
            match statement.kind() {
                "lexical_declaration" | "variable_declaration" => {
                    let declarator = self.operands(statement).into_iter().find(|declarator| named(*declarator))?;
                    declarator.child_by_field_name("value")
                }
                _ => (is_function(statement) && named(statement)).then_some(statement),
            }
        })
    }

    fn has_parameter(&self, function: Node<'_>, name: &str) -> bool {
        let mut open: Vec<Node<'_>> =
            ["parameter", "parameters"].into_iter().filter_map(|field| function.child_by_field_name(field)).collect();
        while let Some(node) = open.pop() {
            let is_name = matches!(node.kind(), "identifier" | "shorthand_property_identifier_pattern");
            if is_name && self.text_of(node) == name {
                return true;
            }
            open.extend(self.operands(node));
        }
        false
    }

    /// The expression that a module exports as its whole; the last one counts.
    fn exported<'n>(&self, root: Node<'n>) -> Option<Node<'n>> {
        self.operands(root).into_iter().rev().find_map(|statement| match statement.kind() {
            "export_statement" => self.exported_by(statement),
            "expression_statement" => {
                let mut assignment = *self.operands(statement).first()?;
                let mut is_export = false;
                // `module.exports = exports.default = config`
                while assignment.kind() == "assignment_expression" {
                    let target = assignment.child_by_field_name("left")?;
                    is_export |=
                        matches!(self.text_of(target), "module.exports" | "module.exports.default" | "exports.default");
                    assignment = assignment.child_by_field_name("right")?;
                }
                is_export.then_some(assignment)
            }
            _ => None,
        })
    }

    fn exported_by<'n>(&self, statement: Node<'n>) -> Option<Node<'n>> {
        // `export default {…}`, `export default function () {…}`
        let has_token = |token| children(statement).iter().any(|child| child.kind() == token);
        if has_token("default") {
            return ["value", "declaration"].into_iter().find_map(|field| statement.child_by_field_name(field));
        }
        // `export = {…}`
        if has_token("=") {
            return self.operands(statement).into_iter().next();
        }
        // `export { config as default }`; one of another file is not known.
        let clause = self.operands(statement).into_iter().find(|child| child.kind() == "export_clause")?;
        let local = self.operands(clause).into_iter().find_map(|specifier| {
            let name = specifier.child_by_field_name("name")?;
            let exported = specifier.child_by_field_name("alias").unwrap_or(name);
            (self.text_of(exported) == "default").then_some(name)
        })?;
        Some(if statement.child_by_field_name("source").is_some() { statement } else { local })
    }

    /// The value of an expression that is meant to be a configuration.
    fn config(&self, node: Node<'_>, depth: u32) -> Value {
        if self.is_spent(depth) {
            return self.opaque(node);
        }
        let node = self.unwrapped(node);
        match node.kind() {
            // `let config = {…}` is still the configuration after `config = withA(config)`.
            "identifier" => match self.declaration(node) {
                Some(value) => self.config(value, depth - 1),
                None => self.opaque(node),
            },
            "call_expression" => self.call(node, depth).unwrap_or_else(|| self.opaque(node)),
            "assignment_expression" => match node.child_by_field_name("right") {
                Some(right) => self.config(right, depth - 1),
                None => self.opaque(node),
            },
            // The same configuration either way: `analyze ? withBundleAnalyzer(config) : config`.
            "ternary_expression" => {
                let branches = ["consequence", "alternative"]
                    .map(|field| node.child_by_field_name(field).map(|branch| self.config(branch, depth - 1)));
                match branches {
                    [Some(one), Some(other)] if one == other => one,
                    _ => self.opaque(node),
                }
            }
            _ if is_function(node) => self.result(node, depth).unwrap_or_else(|| self.opaque(node)),
            _ => self.value(node, depth),
        }
    }

    /// A plugin returns the configuration that it is given: the first argument that is one. A call
    /// without such an argument yields what the called function returns.
    fn call(&self, call: Node<'_>, depth: u32) -> Option<Value> {
        let object = |node: Node<'_>| {
            let value = self.config(node, depth - 1);
            matches!(value, Value::Object(_)).then_some(value)
        };
        let arguments = self.operands(call.child_by_field_name("arguments")?);
        arguments.into_iter().find_map(object).or_else(|| {
            let callee = self.unwrapped(call.child_by_field_name("function")?);
            (callee.kind() == "identifier" || is_function(callee)).then(|| object(callee)).flatten()
        })
    }

    /// What a function returns: of several objects the last, with which it ends.
    fn result(&self, function: Node<'_>, depth: u32) -> Option<Value> {
        let body = function.child_by_field_name("body")?;
        if body.kind() != "statement_block" {
            return Some(self.config(body, depth - 1));
        }
        let mut returned = Vec::new();
        let mut open = vec![body];
        while let Some(node) = open.pop() {
            if node.kind() == "return_statement" {
                returned.extend(self.operands(node).first());
            } else if !is_function(node) && !node.kind().starts_with("class") {
                open.extend(self.operands(node)); // the last statement is looked at first
            }
        }
        let values = returned.into_iter().map(|node| self.config(node, depth - 1));
        values.into_iter().find(|value| matches!(value, Value::Object(_)))
    }

    /// A file whose export does not parse yet, as a bracket is missing: at the broken place stands
    /// the name of the configuration, or its members.
    fn half_typed(&self, root: Node<'_>) -> Option<Value> {
        let mut broken = vec![root];
        broken.extend(self.operands(root));
        broken.into_iter().filter(Node::is_error).find_map(|error| {
            let parts = self.operands(error);
            let named = parts.iter().filter(|part| part.kind() == "identifier");
            let object = |value: &Value| matches!(value, Value::Object(_));
            named.map(|name| self.config(*name, DEPTH)).find(object).or_else(|| {
                let pairs = parts.iter().filter(|part| part.kind() == "pair");
                let members: Vec<_> = pairs.filter_map(|pair| self.pair(*pair, DEPTH)).collect();
                (!members.is_empty()).then_some(Value::Object(members))
            })
        })
    }
}

/// `-1`, `1_000`, `0xff`, `.5`; `None` for what no configuration writes.
fn number(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits.trim_start()),
        None => (1.0, text),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let digits = digits.replace('_', "").to_ascii_lowercase();
    let radix = |prefix: &str, radix| digits.strip_prefix(prefix).map(|digits| i64::from_str_radix(digits, radix));
    match radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2)) {
        Some(number) => number.ok().map(|number| sign * number as f64),
        None => digits.parse().ok().map(|number: f64| sign * number),
    }
}

/// The character that an escape sequence stands for; none for a continued line.
fn unescaped(sequence: &str) -> Option<char> {
    let code = sequence.strip_prefix('\\')?;
    let hex = |digits: &str| {
        let code = u32::from_str_radix(digits, 16).ok();
        Some(code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER))
    };
    match code.chars().next()? {
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'v' => Some('\u{b}'),
        '0' => Some('\0'),
        'x' => hex(&code[1..]),
        'u' => hex(code[1..].trim_start_matches('{').trim_end_matches('}')),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => None,
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(value: &Value) -> String {
        match value {
            Value::Str(text) => format!("{text:?}"),
            Value::Num(number) => number.to_string(),
            Value::Bool(bool) => bool.to_string(),
            Value::Null => "null".to_owned(),
            Value::Array(elements) => format!("[{}]", elements.iter().map(show).collect::<Vec<_>>().join(", ")),
            Value::Object(members) => {
                let members: Vec<_> = members.iter().map(|(name, value)| format!("{name}: {}", show(value))).collect();
                format!("{{{}}}", members.join(", "))
            }
            Value::Opaque(text) => format!("<{text}>"),
        }
    }

    fn export(text: &str, file_name: &str) -> String {
        default_export(text, file_name).as_ref().map_or("-".to_owned(), show)
    }

    #[test]
    fn values() {
        for (expression, expected) in [
            (r#"'a'"#, r#""a""#),
            (r#""""#, r#""""#),
            ("`a b`", r#""a b""#),
            ("`a${b}`", "<`a${b}`>"),
            (r#"'\n\x41\u0042\u{43}\'\é'"#, r#""\nABC'é""#),
            ("'a\\\nb'", r#""ab""#),
            (r#"'\uD83D'"#, "\"\u{fffd}\""),
            ("1", "1"),
            ("-1", "-1"),
            ("1_000", "1000"),
            ("0xff", "255"),
            (".5", "0.5"),
            ("1n", "<1n>"),
            ("!x", "<!x>"),
            ("true", "true"),
            ("null", "null"),
            ("undefined", "null"),
            ("(('a'))", r#""a""#),
            ("'a' as const", r#""a""#),
            ("{ a: 1 } satisfies T", "{a: 1}"),
            ("x!", "<x>"),
            ("[1, 'a', , [true]]", r#"[1, "a", [true]]"#),
            ("[1, ...known, ...unknown]", "[1, 2, <...unknown>]"),
            ("{ a: 1, 'b-c': 2, 3: 4, ['d']: 5 }", "{a: 1, b-c: 2, 3: 4, d: 5}"),
            ("{ [k]: 1 }", "{...: <[k]: 1>}"),
            ("{ name, other }", r#"{name: "n", other: <other>}"#),
            (
                "{ f() { return 1 }, async g() {}, h: () => 1 }",
                "{f: <f() { return 1 }>, g: <async g() {}>, h: <() => 1>}",
            ),
            ("{ ...base, z: 1, ...base }", "{y: 2, z: 1, y: 2}"),
            ("{ ...other, a: 1 }", "{...: <other>, a: 1}"),
            ("{ a: 1, ...(x && { a: 2 }) }", "{a: 1, a: <(x && { a: 2 })>}"),
            ("{ ...(x ? { a: 1 } : {}) }", "{a: <(x ? { a: 1 } : {})>}"),
            ("{ ...(x ? { a: 1 } : other) }", "{...: <(x ? { a: 1 } : other)>}"),
            ("{ ...(x || { a: 1 }) }", "{...: <(x || { a: 1 })>}"),
            ("{ /* c */ a: 1, // d\n }", "{a: 1}"),
            ("loop", "<loop>"),
            ("changing", "<changing>"),
            ("{ ...changing }", "{...: <changing>}"),
            ("a.b", "<a.b>"),
            ("f()", "<f()>"),
        ] {
            let text = format!(
                "const name = 'n', known = [2]; export const base: B = {{ y: 2 }}; const loop = loop; let changing = {{}};\nexport default ({{ x: {expression} }})"
            );
            let exported = default_export(&text, "a.ts");
            let value = exported.as_ref().and_then(|exported| exported.get("x"));
            assert_eq!(value.map(show).as_deref(), Some(expected), "{expression}");
        }
    }

    #[test]
    fn exports() {
        let known = r#"{basePath: "/x"}"#;
        let config = "const config: NextConfig = { basePath: '/x' };\n";
        for (file_name, export_text) in [
            ("next.config.ts", "export default { basePath: '/x' }"),
            ("next.config.ts", "export default { basePath: '/x' } satisfies NextConfig"),
            ("next.config.ts", "export default <NextConfig>{ basePath: '/x' }"),
            ("next.config.ts", "export default config"),
            ("next.config.ts", "export default config satisfies NextConfig"),
            ("next.config.mts", "export { config as default }"),
            ("next.config.cts", "export = config"),
            ("next.config.ts", "module.exports = config"),
            ("next.config.ts", "module.exports = exports.default = config;"),
            ("next.config.ts", "export default withBundleAnalyzer({ enabled: true })(config)"),
            ("next.config.ts", "const withMDX = createMDX({ extension: /x/ }); export default withMDX(config)"),
            ("next.config.ts", "export default createMDX()(config)"),
            ("next.config.ts", "export default withA(withB(config), { silent: true })"),
            ("next.config.ts", "export default withPlugins([[withA], withB], config)"),
            ("next.config.ts", "export default () => plugins.reduce((acc, plugin) => plugin(acc), config)"),
            ("next.config.ts", "const wrapped = withA(config); export default wrapped"),
            ("next.config.ts", "export default withA(() => config)"),
            ("next.config.ts", "export default analyze ? withA(config) : config"),
            ("next.config.ts", "export default (phase, { defaultConfig }) => ({ basePath: '/x' })"),
            ("next.config.ts", "export default async () => { const config = { basePath: '/x' }; return config }"),
            ("next.config.ts", "export default async function (phase) { return await withA(config) }"),
            ("next.config.ts", "export default function make() { if (dev) { return { a: 1 } } return config }"),
            (
                "next.config.ts",
                "function make() { const f = () => { return { a: 1 } }; return config } export default make",
            ),
            ("next.config.ts", "function make() { return config } export default make()"),
            (
                "next.config.ts",
                "const make = (phase) => { switch (phase) { default: return config } }; export default make",
            ),
            ("next.config.ts", "export default (() => config)()"),
            ("next.config.js", "let a = { basePath: '/x' }; a = withA(a); module.exports = a"),
            ("next.config.ts", "export default { basePath: '/y' }; module.exports = { basePath: '/x' }"),
        ] {
            assert_eq!(export(&format!("{config}{export_text}"), file_name), known, "{export_text}");
        }
        for file_name in ["next.config.js", "next.config.mjs", "next.config.cjs"] {
            let text = "/** @type {import('next').NextConfig} */\nconst config = { basePath: '/x' }\nmodule.exports = config\n";
            assert_eq!(export(text, file_name), known, "{file_name}");
        }
    }

    #[test]
    fn unknown_exports() {
        for (text, expected) in [
            ("", "-"),
            ("const config = {}", "-"),
            ("export const a = 1", "-"),
            ("export { default } from './x'", "<export { default } from './x'>"),
            ("export { config as default } from './x'", "<export { config as default } from './x'>"),
            ("export * from './x'", "-"),
            ("export default imported", "<imported>"),
            ("export default withA(imported)", "<withA(imported)>"),
            ("export default (config) => config", "<config>"),
            ("const config = { a: 1 }; export default (config) => config", "<config>"),
            ("const config = { a: 1 }; export default ({ config }) => config", "<config>"),
            ("export default dev ? { a: 1 } : { a: 2 }", "<dev ? { a: 1 } : { a: 2 }>"),
            ("export default () => { }", "<() => { }>"),
        ] {
            assert_eq!(export(text, "next.config.js"), expected, "{text}");
        }
    }

    #[test]
    fn broken_files_read_as_far_as_possible() {
        for text in [
            "export default { basePath: '/x', ",
            "export default { basePath: '/x', output: }",
            "export default { basePath: '/x', trail",
            "export default { basePath: '/x', trail\nreactStrictMode: true }",
            "module.exports = { basePath: '/x', experimental: { a: 1, ",
            "const config = { basePath: '/x', \nexport default config",
            "const config = { basePath: '/x' }\nconst = ;\nexport default config",
            "const config = { basePath: '/x' }\nexport default withA(config",
            "const config = { basePath: '/x' }\nmodule.exports = withA(config, { b: 1, ",
        ] {
            let exported = default_export(text, "next.config.ts");
            let path = exported.as_ref().and_then(|value| value.get("basePath"));
            assert_eq!(path.and_then(Value::as_str), Some("/x"), "{text}: {exported:?}");
        }
    }

    #[test]
    fn errors() {
        for (text, expected) in [
            ("export default { a: 1 }", "-"),
            ("export default { a: 1, b: }", "25 ``: an expression is missing"),
            ("export default { a: [1, 2 }", "25 ``: `]` is missing"),
            ("export default { a: 1 }}", "23 `}`: syntax error"),
            ("export default { a: 1, \n", "0 `export default { a: 1,`: syntax error"),
            ("const x = {\n  a: 1\n  b: 2\n}", "21 `b: 2`: syntax error"),
            ("const é = 'abc\nexport default {}", "11 `'abc`: syntax error"),
        ] {
            let found = first_error(text, "next.config.ts").map_or("-".to_owned(), |(range, message)| {
                format!("{} `{}`: {message}", range.start, &text[range.span()])
            });
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn hostile_files_end() {
        let doubling = (0..60).fold("const a0 = { x: 1 };".to_owned(), |text, n| {
            format!("{text}\nconst a{} = {{ ...a{n}, ...a{n} }};", n + 1)
        });
        let flat = (0..20_000).map(|n| format!("const a{n} = {n};\n")).collect::<String>();
        let names = (0..20_000).map(|n| format!("a{n}, ")).collect::<String>();
        let long = format!("const a0 = {{ x: f('{}') }};", "x".repeat(200_000));
        for text in [
            format!("{doubling}\nexport default a60"),
            format!("{}\nexport default a60", doubling.replace("const a0 = { x: 1 };", &long)),
            format!("{flat}export default {{ x: [{names}] }}"),
            "const a = { ...b }; const b = { ...a }; export default a".to_owned(),
            "const f = () => f(); export default f".to_owned(),
            format!("export default {}", "{a:".repeat(20_000)),
            format!("export default {}", "f(".repeat(20_000)),
            format!("export default {}1{}", "(".repeat(20_000), ")".repeat(20_000)),
            format!("export default {}", "({[`${".repeat(5_000)),
            "export default '\\".to_owned(),
            "\u{feff}export default { é: '\\u{110000}' }".to_owned(),
        ] {
            let _ = (default_export(&text, "next.config.ts"), first_error(&text, "next.config.js"));
        }
    }
}
