//! Literal values: what an expression says without being run, and what a configuration module
//! (`next.config.ts` and the like) exports.

mod results;

use std::cell::Cell;

use tree_sitter::{Node, Tree};

use crate::TextRange;
use crate::parse::{Grammar, parse};

pub use results::results;

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
mod tests;
