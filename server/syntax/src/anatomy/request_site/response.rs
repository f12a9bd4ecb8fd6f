//! What becomes of a response: which of its members are read, and where.

use tree_sitter::Node;

use super::{Detour, RequestSite, ResponsePart, ResponseRead, UnreadableCall};
use crate::{
    anatomy::{
        Anatomy,
        bindings::{arguments_of, call_of, fills, member_of, undressed},
        function::is_function,
        range_of,
    },
    scope::BindingId,
    text::TextRange,
};

type Outcome = Result<(), UnreadableCall>;

fn refuse(node: Node, why: &str) -> Outcome {
    Err(UnreadableCall { why: why.to_owned(), range: range_of(node) })
}

const HANDED_ON: &str = "hands the response on";

impl Anatomy<'_> {
    /// Follows the promise that a call yields.
    pub(in crate::anatomy) fn response(&self, site: &mut RequestSite, call: Node) -> Outcome {
        if let Some((member, name)) = member_of(call) {
            return match (self.slice(range_of(name)), call_of(member)) {
                ("then", Some((then, arguments))) => self.then(site, then, &arguments),
                ("catch" | "finally", Some((outer, _))) if self.is_dropped(outer) => Ok(()),
                _ => refuse(member, HANDED_ON),
            };
        }
        match call.parent() {
            Some(parent) if parent.kind() == "await_expression" => self.awaited(site, parent),
            _ if self.is_dropped(call) => Ok(()),
            Some(parent) => refuse(parent, HANDED_ON),
            None => refuse(call, HANDED_ON),
        }
    }

    /// Whether nobody takes an expression's value: a statement, `void`, what an event handler gives back.
    pub(in crate::anatomy) fn is_dropped(&self, node: Node) -> bool {
        let mut at = node;
        while let Some(parent) = at.parent() {
            match parent.kind() {
                "expression_statement" => return true,
                "unary_expression" => {
                    let operator = parent.child_by_field_name("operator").map(|o| o.kind());
                    return operator == Some("void");
                }
                "await_expression" | "parenthesized_expression" => at = parent,
                "arrow_function" if fills(at, parent, "body") => {
                    let attribute = parent.parent().and_then(|e| e.parent()).filter(|a| a.kind() == "jsx_attribute");
                    let name = attribute.and_then(|a| a.named_child(0)).map(|n| self.slice(range_of(n)));
                    return name.and_then(|n| n.strip_prefix("on")).is_some_and(|n| n.starts_with(char::is_uppercase));
                }
                "member_expression" => {
                    // `.catch(report)` behind it
                    let name = parent.child_by_field_name("property").map(|p| self.slice(range_of(p)));
                    match call_of(parent) {
                        Some((outer, _)) if matches!(name, Some("catch" | "finally")) => at = outer,
                        _ => return false,
                    }
                }
                _ => return false,
            }
        }
        false
    }

    /// `await fetch(…)`
    fn awaited(&self, site: &mut RequestSite, awaited: Node) -> Outcome {
        if self.is_dropped(awaited) {
            return Ok(());
        }
        let whole = undressed(awaited);
        let Some(parent) = whole.parent() else { return refuse(whole, HANDED_ON) };
        let mut at = awaited;
        while let Some(around) = at.parent().filter(|_| at != whole) {
            if matches!(around.kind(), "as_expression" | "satisfies_expression") {
                return refuse(around, "says of what type the response is");
            }
            at = around;
        }
        match parent.kind() {
            "member_expression" => self.read(site, whole, None),
            "variable_declarator" if fills(whole, parent, "value") => {
                self.annotation(site, parent)?;
                let Some(name) = parent.child_by_field_name("name") else { return refuse(parent, HANDED_ON) };
                self.kept(site, name, parent.parent().filter(|s| s.kind() == "lexical_declaration"))
            }
            "assignment_expression" if fills(whole, parent, "right") => {
                let left = parent.child_by_field_name("left").filter(|l| l.kind() == "identifier");
                let Some(binding) = left.and_then(|l| self.meant_by(l)) else { return refuse(parent, HANDED_ON) };
                let declaration = self.scopes.binding(binding).map(|b| self.flat.range(b.declaration));
                let declarator = declaration
                    .and_then(|d| self.node(d))
                    .and_then(|d| if d.kind() == "variable_declarator" { Some(d) } else { d.parent() });
                if declarator
                    .is_none_or(|d| d.child_by_field_name("type").is_some() || d.kind() != "variable_declarator")
                {
                    return refuse(parent, "keeps the response in a variable that is declared to hold one");
                }
                self.mentions(site, binding, Some(parent), None)
            }
            _ => refuse(parent, HANDED_ON),
        }
    }

    /// `: Response`
    fn annotation(&self, site: &mut RequestSite, declared: Node) -> Outcome {
        let Some(annotation) = declared.child_by_field_name("type") else { return Ok(()) };
        let is_response = annotation.named_child(0).is_some_and(|t| self.slice(range_of(t)) == "Response");
        if !is_response {
            return refuse(annotation, "says of what type the response is");
        }
        site.annotations.push(range_of(annotation));
        Ok(())
    }

    /// The response gets a name, or is taken apart.
    fn kept(&self, site: &mut RequestSite, pattern: Node, statement: Option<Node>) -> Outcome {
        if pattern.kind() == "identifier" {
            let Some(binding) = self.declared_by(pattern) else { return refuse(pattern, HANDED_ON) };
            return self.mentions(site, binding, None, statement);
        }
        let mut cursor = pattern.walk();
        for member in pattern.named_children(&mut cursor) {
            let key = match member.kind() {
                "shorthand_property_identifier_pattern" => member,
                "pair_pattern" => member.child_by_field_name("key").unwrap_or(member),
                _ => member,
            };
            let what = match self.slice(range_of(key)) {
                "ok" => ResponsePart::Ok,
                "status" => ResponsePart::Status,
                _ => return refuse(member, "takes more of the response than `ok` and `status`"),
            };
            let (range, of) = (range_of(member), range_of(pattern));
            site.taken.reads.push(ResponseRead { range, of, what, has_fallback: false, otherwise: None, detour: None });
        }
        site.taken.by_pattern = true;
        Ok(())
    }

    fn mentions(&self, site: &mut RequestSite, of: BindingId, given: Option<Node>, statement: Option<Node>) -> Outcome {
        let mentions = self.references_to(of);
        let is_only = mentions.len() == 1;
        for mention in mentions {
            let assignment = mention.parent().filter(|p| {
                matches!(p.kind(), "assignment_expression" | "augmented_assignment_expression")
                    && fills(mention, *p, "left")
            });
            match (assignment, given) {
                (Some(assignment), Some(given)) if assignment == given => {}
                (Some(assignment), _) => {
                    return refuse(assignment, "keeps the response in a variable that holds others, too");
                }
                (None, _) => self.read(site, mention, statement.filter(|_| is_only))?,
            }
        }
        Ok(())
    }

    /// One mention of the response.
    fn read(&self, site: &mut RequestSite, response: Node, statement: Option<Node>) -> Outcome {
        let Some((member, property)) = member_of(response) else { return self.passed(response) };
        let (what, is_call) = match self.slice(range_of(property)) {
            "ok" => (ResponsePart::Ok, false),
            "status" => (ResponsePart::Status, false),
            "data" if site.is_report => (ResponsePart::Json, false),
            "json" if !site.is_report => (ResponsePart::Json, true),
            "text" if !site.is_report => (ResponsePart::Text, true),
            name => return refuse(member, &format!("reads `{name}` of the response")),
        };
        let of = range_of(response);
        if !is_call {
            let range = range_of(member);
            site.taken.reads.push(ResponseRead { range, of, what, has_fallback: false, otherwise: None, detour: None });
            return Ok(());
        }
        let Some((mut call, _)) = call_of(member) else { return refuse(member, HANDED_ON) };
        let (mut has_fallback, mut otherwise) = (false, None);
        if let Some((outer, name)) = member_of(call) {
            match (self.slice(range_of(name)), call_of(outer)) {
                ("catch", Some((caught, arguments))) => {
                    (call, has_fallback, otherwise) = (caught, true, self.caught(&arguments));
                }
                _ => return refuse(outer, "goes on with a promise of the response's body"),
            }
        }
        let parent = call.parent();
        let awaited = parent.filter(|p| p.kind() == "await_expression");
        let (value, detour) = match awaited {
            Some(awaited) => {
                // the parentheses of `(await res.json()).error` go, too
                let around = awaited.parent().filter(|p| p.kind() == "parenthesized_expression");
                let is_member = around.is_some_and(|p| member_of(p).is_some());
                let value = around.filter(|_| is_member).unwrap_or(awaited);
                (value, statement.and_then(|s| self.detour(s, value)))
            }
            None if parent.is_some_and(|p| self.ends_async(call, p)) => {
                (call, parent.and_then(|p| self.then_around(call, p, response)))
            }
            None => return refuse(call, "goes on with a promise of the response's body"),
        };
        site.taken.reads.push(ResponseRead { range: range_of(value), of, what, has_fallback, otherwise, detour });
        Ok(())
    }

    /// A mention that reads nothing: a test whether there is a response, something for the console.
    fn passed(&self, response: Node) -> Outcome {
        let Some(parent) = response.parent() else { return refuse(response, HANDED_ON) };
        let is_test = match parent.kind() {
            "unary_expression" => parent.child_by_field_name("operator").is_some_and(|o| o.kind() == "!"),
            "binary_expression" => {
                fills(response, parent, "left")
                    && parent.child_by_field_name("operator").is_some_and(|o| matches!(o.kind(), "&&" | "||"))
                    && !self.is_value(parent)
            }
            "parenthesized_expression" => parent.parent().is_some_and(|p| p.kind() == "if_statement"),
            "arguments" => {
                let callee = parent.parent().and_then(|call| call.child_by_field_name("function"));
                callee.and_then(|c| c.child_by_field_name("object")).is_some_and(|o| self.is_global(o, "console"))
            }
            _ => false,
        };
        if is_test { Ok(()) } else { refuse(parent, HANDED_ON) }
    }

    /// Whether the value of `res && …` is used as more than a condition.
    fn is_value(&self, binary: Node) -> bool {
        let mut at = binary;
        while let Some(parent) = at.parent() {
            match parent.kind() {
                "parenthesized_expression" | "binary_expression" => at = parent,
                "unary_expression" | "if_statement" => return false,
                _ => return true,
            }
        }
        true
    }

    /// Whether a promise may be a value there: what an `async` function or a `.then` callback returns.
    pub(in crate::anatomy) fn ends_async(&self, value: Node, parent: Node) -> bool {
        let function = match parent.kind() {
            "arrow_function" if fills(value, parent, "body") => parent,
            "return_statement" => {
                let mut at = parent;
                loop {
                    match at.parent() {
                        Some(up) if is_function(up) => break up,
                        Some(up) => at = up,
                        None => return false,
                    }
                }
            }
            _ => return false,
        };
        let is_async = function.children(&mut function.walk()).any(|c| c.kind() == "async");
        is_async || self.then_of(function).is_some()
    }

    /// The `.then(…)` call that takes a function.
    pub(in crate::anatomy) fn then_of<'n>(&self, function: Node<'n>) -> Option<Node<'n>> {
        let call = function.parent().filter(|p| p.kind() == "arguments").and_then(|p| p.parent())?;
        let callee = call.child_by_field_name("function")?;
        let is_first = arguments_of(call).first() == Some(&function);
        let name = callee.child_by_field_name("property").filter(|_| is_first)?;
        (self.slice(range_of(name)) == "then").then_some(call)
    }

    /// `.then((res) => res.json())`, with its dot.
    fn then_around(&self, value: Node, function: Node, response: Node) -> Option<Detour> {
        if function.kind() != "arrow_function" || !fills(value, function, "body") || response.kind() != "identifier" {
            return None;
        }
        let then = self.then_of(function)?;
        let of = then.child_by_field_name("function")?.child_by_field_name("object")?;
        (arguments_of(then).len() == 1).then(|| Detour::Then(TextRange::new(range_of(of).end, range_of(then).end)))
    }

    /// From `const res = await fetch(…)` to the statement right behind it, which declares the value.
    fn detour(&self, statement: Node, value: Node) -> Option<Detour> {
        let next = statement.next_named_sibling()?;
        let is_in_it = matches!(next.kind(), "lexical_declaration" | "return_statement" | "expression_statement")
            && range_of(next).covers(range_of(value));
        let mut cursor = statement.walk();
        let is_only = statement.named_children(&mut cursor).filter(|c| c.kind() == "variable_declarator").count() == 1;
        (is_in_it && is_only)
            .then(|| Detour::Statement(TextRange::new(range_of(statement).start, range_of(next).start)))
    }

    /// `fetch(…).then((res) => …)`
    fn then(&self, site: &mut RequestSite, then: Node, arguments: &[Node]) -> Outcome {
        let Some(callback) = arguments.first().filter(|c| is_function(**c)) else {
            return refuse(then, HANDED_ON);
        };
        if let Some(only) = callback.child_by_field_name("parameter") {
            return self.kept(site, only, None);
        }
        let Some(list) = callback.child_by_field_name("parameters") else { return refuse(then, HANDED_ON) };
        let mut cursor = list.walk();
        let Some(parameter) = list.named_children(&mut cursor).find(|c| c.kind() != "comment") else { return Ok(()) };
        self.annotation(site, parameter)?;
        match parameter.child_by_field_name("pattern") {
            Some(pattern) if parameter.child_by_field_name("value").is_none() => self.kept(site, pattern, None),
            _ => refuse(parameter, HANDED_ON),
        }
    }
}
