//! What a function of a configuration returns (`async rewrites() { return […] }`), read without
//! running it: lists and objects as far as they are written out.

use tree_sitter::Node;

use super::{DEPTH, Reader, Value, children, is_function, tree};

/// The values that a member of the exported configuration may have; a function's are what it may
/// return. More than one where it returns in several places. Lists hold what is pushed to them in the
/// same block; an opaque element stands for what is computed or pushed under a condition.
#[must_use]
pub fn results(text: &str, file_name: &str, member: &str) -> Vec<Value> {
    // Most configurations have none.
    if !text.contains(member) {
        return vec![];
    }
    let Some(tree) = tree(text, file_name) else { return vec![] };
    let reader = Reader::new(text);
    let root = tree.root_node();
    let object = reader.exported(root).and_then(|expression| reader.config_object(expression, DEPTH));
    let value = object.and_then(|object| reader.member(object, member, DEPTH));
    match value.or_else(|| reader.assigned(root, member)) {
        Some(value) => reader.results(value, DEPTH),
        None => vec![],
    }
}

impl Reader<'_> {
    /// As [`Reader::config`], but the object itself.
    fn config_object<'n>(&self, node: Node<'n>, depth: u32) -> Option<Node<'n>> {
        if self.is_spent(depth) {
            return None;
        }
        let node = self.unwrapped(node);
        let inner = |field: &str| self.config_object(node.child_by_field_name(field)?, depth - 1);
        match node.kind() {
            "object" => Some(node),
            "identifier" => self.config_object(self.declaration(node)?, depth - 1),
            "call_expression" => {
                let arguments = self.operands(node.child_by_field_name("arguments")?);
                let given = arguments.into_iter().find_map(|argument| self.config_object(argument, depth - 1));
                given.or_else(|| inner("function"))
            }
            "assignment_expression" => inner("right"),
            "ternary_expression" => inner("consequence").or_else(|| inner("alternative")),
            _ if is_function(node) => {
                let body = node.child_by_field_name("body")?;
                if body.kind() != "statement_block" {
                    return self.config_object(body, depth - 1);
                }
                self.returned(body).into_iter().find_map(|returned| self.config_object(returned, depth - 1))
            }
            _ => None,
        }
    }

    /// The value of an object's member, or the method; the last of a name counts.
    fn member<'n>(&self, object: Node<'n>, name: &str, depth: u32) -> Option<Node<'n>> {
        if self.is_spent(depth) {
            return None;
        }
        self.operands(object).into_iter().rev().find_map(|member| match member.kind() {
            "pair" => {
                let is_named = member.child_by_field_name("key").is_some_and(|key| self.key(key) == name);
                is_named.then(|| member.child_by_field_name("value")).flatten()
            }
            "method_definition" => {
                let is_named = member.child_by_field_name("name").is_some_and(|key| self.key(key) == name);
                is_named.then_some(member)
            }
            "shorthand_property_identifier" if self.text_of(member) == name => Some(member),
            "spread_element" => {
                let inner = self.config_object(self.spread(member)?, depth - 1)?;
                self.member(inner, name, depth - 1)
            }
            _ => None,
        })
    }

    /// `config.rewrites = async () => […]`, wherever it stands outside of functions.
    fn assigned<'n>(&self, root: Node<'n>, name: &str) -> Option<Node<'n>> {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let target = node.child_by_field_name("left").filter(|_| node.kind() == "assignment_expression");
            let property = target.and_then(|target| target.child_by_field_name("property"));
            if property.is_some_and(|property| self.text_of(property) == name) {
                return node.child_by_field_name("right");
            }
            if !is_function(node) && !self.is_spent(1) {
                open.extend(self.operands(node));
            }
        }
        None
    }

    /// What a function returns, the last first.
    fn returned<'n>(&self, body: Node<'n>) -> Vec<Node<'n>> {
        let mut returned = Vec::new();
        let mut open = vec![body];
        while let Some(node) = open.pop() {
            if node.kind() == "return_statement" {
                returned.extend(self.operands(node).first());
            } else if !is_function(node) && !node.kind().starts_with("class") {
                open.extend(self.operands(node));
            }
        }
        returned
    }

    fn results(&self, node: Node<'_>, depth: u32) -> Vec<Value> {
        if self.is_spent(depth) {
            return vec![self.opaque(node)];
        }
        let node = self.unwrapped(node);
        match node.kind() {
            "identifier" | "shorthand_property_identifier" => match self.declaration(node) {
                Some(declared) if is_function(declared) => self.results(declared, depth - 1),
                _ => vec![self.listed(node, depth)],
            },
            _ if is_function(node) => match node.child_by_field_name("body") {
                Some(body) if body.kind() == "statement_block" => {
                    let mut found: Vec<Value> =
                        self.returned(body).iter().map(|n| self.listed(*n, depth - 1)).collect();
                    found.reverse();
                    found
                }
                Some(body) => vec![self.listed(body, depth - 1)],
                None => vec![],
            },
            _ => vec![self.listed(node, depth)],
        }
    }

    /// A list or an object of lists; everything else as [`Reader::value`] reads it.
    fn listed(&self, node: Node<'_>, depth: u32) -> Value {
        if self.is_spent(depth) {
            return self.opaque(node);
        }
        let node = self.unwrapped(node);
        match node.kind() {
            "object" => {
                let mut members = self.object(node, depth);
                for (name, value) in &mut members {
                    if matches!(value, Value::Opaque(_))
                        && let Some(written) = self.member(node, name, depth - 1)
                        && !is_function(written)
                    {
                        *value = self.listed(written, depth - 1);
                    }
                }
                Value::Object(members)
            }
            "identifier" | "shorthand_property_identifier" => {
                let Some(declared) = self.declaration(node) else { return self.opaque(node) };
                if is_function(declared) {
                    return self.opaque(node);
                }
                match self.listed(declared, depth - 1) {
                    Value::Array(mut elements) => {
                        self.pushed(declared, self.text_of(node), depth, &mut elements);
                        Value::Array(elements)
                    }
                    _ => self.value(node, depth),
                }
            }
            // `[a, b].filter(Boolean)` holds no more than the list.
            "call_expression" => self.filtered(node, depth).unwrap_or_else(|| self.opaque(node)),
            _ => self.value(node, depth),
        }
    }

    fn filtered(&self, call: Node<'_>, depth: u32) -> Option<Value> {
        let callee = call.child_by_field_name("function")?;
        let is_filter = self.text_of(callee.child_by_field_name("property")?) == "filter";
        let is_plain = self.text_of(call.child_by_field_name("arguments")?) == "(Boolean)";
        let object = callee.child_by_field_name("object").filter(|_| is_filter && is_plain)?;
        Some(self.listed(object, depth - 1))
    }

    /// What is pushed to a list behind its declaration.
    fn pushed(&self, declared: Node<'_>, name: &str, depth: u32, elements: &mut Vec<Value>) {
        let Some(statement) = declared.parent().and_then(|declarator| declarator.parent()) else { return };
        let block = statement.parent();
        let mut open: Vec<Node<'_>> = block.map(children).unwrap_or_default();
        open.retain(|node| node.start_byte() >= statement.end_byte());
        open.reverse();
        while let Some(node) = open.pop() {
            if self.is_spent(1) {
                return;
            }
            let Some(call) = self.push_call(node, name) else {
                if !is_function(node) {
                    let mut inner = self.operands(node);
                    inner.reverse();
                    open.extend(inner);
                }
                continue;
            };
            let is_certain = call.parent().and_then(|statement| statement.parent()) == block;
            for argument in call.child_by_field_name("arguments").map(|list| self.operands(list)).unwrap_or_default() {
                elements.push(if is_certain { self.value(argument, depth - 1) } else { self.opaque(argument) });
            }
        }
    }

    /// `name.push(…)`
    fn push_call<'n>(&self, node: Node<'n>, name: &str) -> Option<Node<'n>> {
        let callee = node.child_by_field_name("function").filter(|_| node.kind() == "call_expression")?;
        let object = callee.child_by_field_name("object")?;
        let property = callee.child_by_field_name("property")?;
        (self.text_of(object) == name && self.text_of(property) == "push").then_some(node)
    }
}
