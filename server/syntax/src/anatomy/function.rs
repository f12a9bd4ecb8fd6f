//! A function: its head, and how it ends.

use tree_sitter::Node;

use super::{Anatomy, range_of, walk};
use crate::text::TextRange;

/// A function taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// All of it: `async function f() {}`, `async () => {}`.
    pub range: TextRange,
    /// How it is written.
    pub written: Written,
    /// `async`
    pub is_async: bool,
    /// `function*`
    pub is_generator: bool,
    /// `<T>`
    pub type_parameters: Option<TextRange>,
    /// In order.
    pub parameters: Vec<Parameter>,
    /// The written type of what it returns, without the colon.
    pub returns_type: Option<TextRange>,
    /// The block, or the expression behind `=>`.
    pub body: TextRange,
    /// A directive that heads its body, to the end of its line.
    pub directive: Option<TextRange>,
    /// Its answers, those of functions inside it aside.
    pub returns: Vec<Returned>,
    /// It speaks of `this` or `arguments`.
    pub is_bound: bool,
}

/// How a function is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// `function f() {}`
    Declaration,
    /// `() => …`
    Arrow,
    /// `function () {}`
    Expression,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// All of it.
    pub range: TextRange,
    /// Its name; `None` for a pattern.
    pub name: Option<Box<str>>,
    /// The name or pattern.
    pub pattern: TextRange,
    /// Its type, without the colon.
    pub annotation: Option<TextRange>,
    /// `?`, or a default value.
    pub optional: bool,
    /// `= …`
    pub default: Option<TextRange>,
    /// `...rest`
    pub rest: bool,
    /// The function mentions it, or takes it apart.
    pub is_read: bool,
}

/// A `return`.
#[derive(Clone, Debug, PartialEq)]
pub struct Returned {
    /// The statement, or the expression behind `=>`.
    pub range: TextRange,
    /// What is returned.
    pub value: Option<TextRange>,
}

impl Anatomy<'_> {
    /// The outermost function that lies inside `around` and holds `name` or is the value given to it.
    #[must_use]
    pub fn function(&self, around: TextRange) -> Option<Function> {
        let start = self.node(around)?;
        let mut found = None;
        walk(start, &mut |node| {
            if found.is_none() && is_function(node) && around.covers(range_of(node)) {
                found = Some(node);
            }
            found.is_none()
        });
        Some(self.take_apart(found?))
    }

    fn take_apart(&self, node: Node) -> Function {
        let body = node.child_by_field_name("body");
        let mut function = Function {
            range: range_of(node),
            written: match node.kind() {
                "arrow_function" => Written::Arrow,
                "function_declaration" | "generator_function_declaration" => Written::Declaration,
                _ => Written::Expression,
            },
            is_async: node.children(&mut node.walk()).any(|c| c.kind() == "async"),
            is_generator: node.kind().starts_with("generator"),
            type_parameters: node.child_by_field_name("type_parameters").map(range_of),
            parameters: vec![],
            returns_type: node.child_by_field_name("return_type").and_then(|t| t.named_child(0)).map(range_of),
            body: body.map(range_of).unwrap_or_default(),
            directive: None,
            returns: vec![],
            is_bound: false,
        };
        if let Some(list) = node.child_by_field_name("parameters") {
            let written = list.named_children(&mut list.walk()).filter(|c| c.kind() != "comment").collect::<Vec<_>>();
            function.parameters = written.into_iter().map(|p| self.parameter(p, function.body)).collect();
        } else if let Some(only) = node.child_by_field_name("parameter") {
            function.parameters.push(self.parameter(only, function.body));
        }
        let Some(body) = body else { return function };
        if body.kind() != "statement_block" {
            function.returns.push(Returned { range: range_of(body), value: Some(range_of(body)) });
        }
        let first = body.named_child(0).filter(|first| first.kind() == "expression_statement");
        let is_directive = |node: &Node| node.named_child(0).is_some_and(|c| c.kind() == "string");
        if body.kind() == "statement_block"
            && let Some(directive) = first.filter(is_directive)
        {
            let after = self.slice(TextRange::new(range_of(directive).end, function.body.end));
            let line = after.find('\n').filter(|end| after.get(..*end).is_some_and(|rest| rest.trim().is_empty()));
            let end = range_of(directive).end + line.map_or(0, |line| line as u32 + 1);
            let start = self.line_start(range_of(directive).start);
            function.directive = Some(TextRange::new(start, end));
        }
        walk(body, &mut |part| {
            match part.kind() {
                "return_statement" => {
                    let value = part.named_children(&mut part.walk()).find(|c| c.kind() != "comment").map(range_of);
                    function.returns.push(Returned { range: range_of(part), value });
                    // a function can stand in the value, and is passed over below
                }
                "this" => function.is_bound = true,
                "identifier" if self.slice(range_of(part)) == "arguments" => function.is_bound = true,
                _ => {}
            }
            part == body || !(is_function(part) || matches!(part.kind(), "class_body" | "method_definition"))
        });
        function
    }

    fn parameter(&self, node: Node, body: TextRange) -> Parameter {
        let pattern = node.child_by_field_name("pattern").unwrap_or(node);
        let (rest, pattern) = match pattern.kind() {
            "rest_pattern" => (true, pattern.named_child(0).unwrap_or(pattern)),
            _ => (false, pattern),
        };
        let default = node.child_by_field_name("value").map(range_of);
        let name = (pattern.kind() == "identifier").then(|| Box::<str>::from(self.slice(range_of(pattern))));
        Parameter {
            range: range_of(node),
            is_read: name.is_none() || self.is_mentioned(pattern, body),
            name,
            pattern: range_of(pattern),
            annotation: node.child_by_field_name("type").and_then(|t| t.named_child(0)).map(range_of),
            optional: node.kind() == "optional_parameter" || default.is_some(),
            default,
            rest,
        }
    }

    /// Whether a parameter is mentioned in the body.
    fn is_mentioned(&self, name: Node, body: TextRange) -> bool {
        let Some(id) = self.flat_id(name) else { return true };
        let binding = self.scopes.bindings.iter().position(|b| b.name == id);
        let Some(binding) = binding else { return true };
        let mentions = self.scopes.references.iter().filter(|(_, b)| *b as usize == binding);
        mentions.into_iter().any(|(node, _)| body.covers(self.flat.range(*node)) || !body.covers(range_of(name)))
            && self.scopes.references.iter().any(|(node, b)| *b as usize == binding && *node != id)
    }

    /// The names that the module may declare and a part of the file mentions, in order of first mention,
    /// once each.
    #[must_use]
    pub fn names_within(&self, part: TextRange) -> Vec<Box<str>> {
        self.names_where(|offset| part.start <= offset && offset < part.end)
    }

    /// The same for a part with a hole in it.
    #[must_use]
    pub fn names_around(&self, part: TextRange, hole: TextRange) -> Vec<Box<str>> {
        self.names_where(|at| part.start <= at && at < part.end && !(hole.start <= at && at < hole.end))
    }

    /// Where a name of the module is mentioned, its declaration and lists of imports aside.
    #[must_use]
    pub fn mentions_of(&self, name: &str) -> Vec<TextRange> {
        let own = self.module.declaring(name).and_then(|index| self.module.statements.get(index)).map(|s| s.range);
        let all = self.mentions.iter().copied();
        let places = all.filter(|(_, mentioned)| *mentioned == name);
        let ranges = places.map(|(start, name)| TextRange::new(start, start + name.len() as u32));
        ranges.filter(|range| own.is_none_or(|own| !own.covers(*range))).collect()
    }

    fn names_where(&self, counts: impl Fn(u32) -> bool) -> Vec<Box<str>> {
        let mut names: Vec<Box<str>> = vec![];
        for (offset, name) in self.mentions.iter().copied() {
            if counts(offset) && !names.iter().any(|known| &**known == name) {
                names.push(name.into());
            }
        }
        names
    }

    /// The callees of a part of the file as they are written, names and members only (`z.coerce.date`).
    #[must_use]
    pub fn calls_within(&self, part: TextRange) -> Vec<&str> {
        let mut found = vec![];
        walk(self.tree.root_node(), &mut |node| {
            let range = range_of(node);
            if node.kind() == "call_expression"
                && part.covers(range)
                && let Some(callee) = node.child_by_field_name("function")
            {
                // of a chain the end of it: what stands before is a call of its own
                let end = match (callee.child_by_field_name("object"), callee.child_by_field_name("property")) {
                    (Some(object), Some(property)) if object.kind() == "call_expression" => range_of(property),
                    _ => range_of(callee),
                };
                found.push(self.slice(end));
            }
            range.start < part.end && part.start < range.end
        });
        found
    }

    /// The name of the function that is called for the value of a declaration's first variable: `made` of
    /// `const save = made(…)`.
    #[must_use]
    pub fn called_for(&self, declaration: TextRange) -> Option<&str> {
        let mut value = None;
        walk(self.node(declaration)?, &mut |node| {
            if value.is_none() && node.kind() == "variable_declarator" {
                value = node.child_by_field_name("value");
            }
            value.is_none() && !is_function(node)
        });
        let callee = value.filter(|v| v.kind() == "call_expression")?.child_by_field_name("function")?;
        (callee.kind() == "identifier").then(|| self.slice(range_of(callee)))
    }

    /// Whether an identifier or property of that name stands in a part of the file.
    #[must_use]
    pub fn mentions_word(&self, part: TextRange, word: &str) -> bool {
        let mut found = false;
        walk(self.tree.root_node(), &mut |node| {
            let range = range_of(node);
            let is_word = node.kind().ends_with("identifier") && node.child_count() == 0;
            found |= is_word && part.covers(range) && self.slice(range) == word;
            !found && range.start < part.end && part.start < range.end
        });
        found
    }

    /// Whether elements stand in a part of the file.
    #[must_use]
    pub fn has_elements(&self, part: TextRange) -> bool {
        let mut found = false;
        walk(self.tree.root_node(), &mut |node| {
            let range = range_of(node);
            found |= part.covers(range) && node.kind().starts_with("jsx_");
            !found && range.start < part.end && part.start < range.end
        });
        found
    }

    /// The body of the component or hook around a place: the outermost function with a name that says
    /// so. A block, or the expression of an arrow function; parameters lie outside of it.
    #[must_use]
    pub fn component_around(&self, place: TextRange) -> Option<TextRange> {
        let mut at = self.node(place)?;
        let mut found = None;
        while let Some(parent) = at.parent() {
            if is_function(parent) && self.name_of(parent).is_some_and(is_component) {
                found = parent.child_by_field_name("body").map(range_of).filter(|body| body.covers(place));
            }
            at = parent;
        }
        found
    }

    /// The name of the outermost named function around a place.
    #[must_use]
    pub fn component_name_around(&self, place: TextRange) -> Option<&str> {
        let mut at = self.node(place)?;
        let mut found = None;
        while let Some(parent) = at.parent() {
            if is_function(parent) && range_of(parent) != place {
                found = self.name_of(parent).or(found);
            }
            at = parent;
        }
        found
    }

    /// The statement that declares a function, and nothing else, with the name that it gives.
    #[must_use]
    pub fn declaration_around(&self, function: TextRange) -> Option<(TextRange, &str)> {
        let mut at = self.node(function)?;
        while range_of(at) == function || !matches!(at.kind(), "lexical_declaration" | "function_declaration") {
            if at.kind() == "function_declaration" {
                return Some((function, self.name_of(at)?));
            }
            let parent = at.parent()?;
            if !matches!(parent.kind(), "variable_declarator" | "lexical_declaration") && range_of(parent) != function {
                return None;
            }
            at = parent;
        }
        let declarators = at.named_children(&mut at.walk()).filter(|c| c.kind() == "variable_declarator").count();
        let name = at.named_child(0)?.child_by_field_name("name").filter(|name| name.kind() == "identifier")?;
        (declarators == 1).then(|| (range_of(at), self.slice(range_of(name))))
    }

    /// A function's name, or that of the variable that holds it, wrapped (`memo(…)`) or not.
    fn name_of(&self, function: Node) -> Option<&str> {
        if let Some(name) = function.child_by_field_name("name") {
            return Some(self.slice(range_of(name)));
        }
        let mut at = function.parent()?;
        while matches!(at.kind(), "arguments" | "call_expression" | "parenthesized_expression" | "as_expression") {
            at = at.parent()?;
        }
        let name = at.child_by_field_name("name").filter(|_| at.kind() == "variable_declarator")?;
        Some(self.slice(range_of(name)))
    }

    /// Where the line of an offset starts, if nothing but white space stands before it; else the offset.
    #[must_use]
    pub fn line_start(&self, offset: u32) -> u32 {
        let before = self.slice(TextRange::new(0, offset));
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        match before.get(line..) {
            Some(indent) if indent.trim().is_empty() => line as u32,
            _ => offset,
        }
    }
}

pub(super) fn is_function(node: Node) -> bool {
    matches!(
        node.kind(),
        "function_declaration"
            | "generator_function_declaration"
            | "function_expression"
            | "generator_function"
            | "arrow_function"
    )
}

/// `Form`, `useForm`
fn is_component(name: &str) -> bool {
    let rest = name.strip_prefix("use").unwrap_or(name);
    rest.starts_with(|c: char| c.is_uppercase())
}
