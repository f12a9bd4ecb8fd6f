//! How a Route Handler's function reads its request and answers: what changes in it if it gets arguments
//! and returns values instead.

mod answering;
mod answers;
mod reads;

pub use answering::Helper;

use tree_sitter::Node;

use super::{
    Anatomy, Function,
    bindings::{arguments_of, call_of},
    range_of, walk,
};
use crate::text::TextRange;

/// A handler's function taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Handler {
    /// The function.
    pub function: Function,
    /// What it reads of its request: each once.
    pub inputs: Vec<Input>,
    /// Statements that only lead to inputs (`const { searchParams } = new URL(request.url)`).
    pub spent: Vec<TextRange>,
    /// How it answers, by place.
    pub answers: Vec<Answer>,
    /// It calls `redirect()` of `next/navigation`.
    pub redirects: bool,
    /// Something in it can fail outside of a `try` around all.
    pub may_throw: bool,
    /// It can end without a `return`.
    pub falls_through: bool,
    /// What can't be had of arguments, or said by a value: the first in the source counts.
    pub obstacles: Vec<Obstacle>,
    /// Places that give the request to a function by its name: obstacles, too, unless it is known to read
    /// nothing but headers.
    pub handed: Vec<Handed>,
    /// Answers that a function makes: obstacles, too, unless it is known to answer plainly.
    pub made_elsewhere: Vec<MadeElsewhere>,
}

/// The request as an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The argument.
    pub range: TextRange,
    /// The function's name.
    pub callee: Box<str>,
    /// Which argument it is.
    pub index: usize,
}

/// An answer that isn't written in the handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeElsewhere {
    /// What is returned: `errorResponse('No', 400)`, or the name of what it gave.
    pub range: TextRange,
    /// The function's name.
    pub callee: Box<str>,
    /// It is waited for.
    pub is_awaited: bool,
    /// It stands right behind `=>`.
    pub is_arrow_body: bool,
}

/// A part of the request that a handler reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Which.
    pub part: RequestPart,
    /// Where.
    pub sites: Vec<Site>,
    /// What is read may be missing: a `.catch(…)` stands behind it.
    pub has_fallback: bool,
    /// What that gives, if it is `{}`, `null` or `undefined`.
    pub otherwise: Option<&'static str>,
    /// Where a body is read, `request.json()` by itself.
    pub call: Option<TextRange>,
}

/// A part of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestPart {
    /// The body as JSON.
    Json,
    /// The body as a form.
    Form,
    /// A dynamic segment, by its name.
    Segment(Box<str>),
    /// A member of the query, by its name.
    Query(Box<str>),
    /// `request.headers`, read by a name.
    Headers(Box<str>),
    /// `request.cookies`, read.
    Cookies,
}

/// A place that reads a part.
#[derive(Clone, Debug, PartialEq)]
pub enum Site {
    /// An expression, `await` and all.
    Expression(TextRange),
    /// A variable that is declared to hold the part and nothing else, and whose name no one else has.
    Variable {
        /// Its name or pattern.
        pattern: TextRange,
        /// Its name, if it is one.
        name: Option<Box<str>>,
        /// The declaration.
        statement: TextRange,
    },
}

/// An expression that answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The expression.
    pub range: TextRange,
    /// What it says.
    pub says: Says,
    /// Its status.
    pub status: Status,
    /// It stands right behind `=>`.
    pub is_arrow_body: bool,
    /// How it is made.
    pub made: Made,
}

/// How a response is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// `Response` or `NextResponse`, as it is called here.
    pub class: Box<str>,
    /// By `new`, with the text that is JSON.
    pub is_stringified: bool,
    /// The argument that says nothing (`null`), if it is written.
    pub body: Option<TextRange>,
    /// Members beside `status`, which change nothing but the wording.
    pub also: Vec<TextRange>,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// A value; `plain`: JSON carries it as it is.
    Json {
        /// The value.
        value: TextRange,
        /// JSON doesn't change it.
        plain: bool,
    },
    /// A string.
    Text(TextRange),
    /// Nothing.
    Nothing,
    /// Go there: a path of the application itself.
    Redirect(TextRange),
    /// What a response says that is made elsewhere.
    Elsewhere(TextRange),
}

/// An answer's status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// As a number, or the one that goes without saying.
    Known(u16),
    /// An expression without effects.
    Written(TextRange),
}

/// Something that only a request has, or only a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Obstacle {
    /// Which.
    pub kind: ObstacleKind,
    /// What it is, as short text.
    pub what: Box<str>,
    /// Where.
    pub range: TextRange,
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObstacleKind {
    /// The request goes to somebody, or something of it is read that no argument replaces.
    Request,
    /// The body is read as text or bytes, or more than once.
    RawBody,
    /// A header that only a program of its own sends.
    RequestHeader,
    /// The answer is a stream.
    Stream,
    /// The answer carries `Access-Control-…` headers.
    Cors,
    /// The answer carries headers or cookies of its own.
    ResponseHeaders,
    /// What is answered isn't written here.
    Answer,
    /// The status is computed by something with effects.
    Status,
    /// `notFound()` and the like: an action shows a page then.
    NotFound,
    /// A redirect in a `try`, which would catch it.
    CaughtRedirect,
    /// `this`, `arguments`, a generator.
    Bound,
}

impl Anatomy<'_> {
    /// Takes the handler apart whose declaration has that range; `None` if no function is there.
    #[must_use]
    pub fn handler(&self, declaration: TextRange) -> Option<Handler> {
        let mut handler = Handler::new(self.function(declaration)?);
        let node = self.node(handler.function.range)?;
        if handler.function.is_bound || handler.function.is_generator {
            handler.hinder(ObstacleKind::Bound, "this", handler.function.range);
        }
        self.read_calls(&mut handler, node);
        self.read_answers(&mut handler);
        self.read_request(&mut handler);
        handler.may_throw = may_throw(node);
        let block = node.child_by_field_name("body").filter(|body| body.kind() == "statement_block");
        handler.falls_through = block.is_some_and(|block| !self.ends(block, 0));
        handler.obstacles.sort_by_key(|o| o.range.start);
        handler.spent.sort();
        handler.spent.dedup();
        Some(handler)
    }

    /// What the function calls that means something else in an action.
    fn read_calls(&self, handler: &mut Handler, function: Node) {
        walk(function, &mut |node| {
            let callee = match node.kind() {
                "call_expression" => node.child_by_field_name("function"),
                "new_expression" => node.child_by_field_name("constructor"),
                _ => None,
            };
            let Some(callee) = callee else { return true };
            if ["ReadableStream", "TransformStream"].iter().any(|name| self.is_global(callee, name)) {
                handler.hinder(ObstacleKind::Stream, self.slice(range_of(callee)), range_of(node));
            }
            match self.imported(callee) {
                Some(("next/navigation", "redirect" | "permanentRedirect")) => handler.redirects = true,
                Some(("next/navigation", name @ ("notFound" | "forbidden" | "unauthorized"))) => {
                    handler.hinder(ObstacleKind::NotFound, name, range_of(node));
                }
                _ => {}
            }
            true
        });
    }

    /// Whether nothing comes behind a statement: it returns or throws on every way.
    pub(super) fn ends(&self, statement: Node, depth: u32) -> bool {
        if depth > 64 {
            return false;
        }
        let part = |field: &str| statement.child_by_field_name(field).is_some_and(|part| self.ends(part, depth + 1));
        match statement.kind() {
            "return_statement" | "throw_statement" => true,
            // it throws
            "expression_statement" => {
                let callee = statement.named_child(0).and_then(|call| call.child_by_field_name("function"));
                let imported = callee.and_then(|callee| self.imported(callee));
                matches!(imported, Some(("next/navigation", "redirect" | "permanentRedirect")))
            }
            "statement_block" | "else_clause" => last_of(statement).is_some_and(|last| self.ends(last, depth + 1)),
            "if_statement" => part("consequence") && part("alternative"),
            "try_statement" => {
                let is_caught = statement.child_by_field_name("handler").is_none() || part("handler");
                part("finalizer") || (part("body") && is_caught)
            }
            "catch_clause" | "finally_clause" => part("body"),
            "switch_statement" => {
                let Some(body) = statement.child_by_field_name("body") else { return false };
                let mut cursor = body.walk();
                let cases: Vec<Node> = body.named_children(&mut cursor).filter(|c| c.kind() != "comment").collect();
                let has_default = cases.iter().any(|case| case.kind() == "switch_default");
                has_default
                    && cases.last().and_then(|case| last_of(*case)).is_some_and(|last| self.ends(last, depth + 1))
            }
            _ => false,
        }
    }

    /// Whether a node stands in a `try` that catches what is thrown there, within a function.
    pub(super) fn is_caught(&self, node: Node, within: TextRange) -> bool {
        let mut at = node;
        while let Some(parent) = at.parent().filter(|p| within.covers(range_of(*p))) {
            if parent.kind() == "try_statement"
                && parent.child_by_field_name("body") == Some(at)
                && parent.child_by_field_name("handler").is_some()
            {
                return true;
            }
            at = parent;
        }
        false
    }

    /// `JSON.stringify(value)`: the value.
    pub(super) fn stringified<'n>(&self, node: Node<'n>) -> Option<Node<'n>> {
        let callee = node.child_by_field_name("function").filter(|_| node.kind() == "call_expression")?;
        let object = callee.child_by_field_name("object")?;
        let is_it = self.is_global(object, "JSON")
            && callee.child_by_field_name("property").is_some_and(|p| self.slice(range_of(p)) == "stringify");
        let (_, arguments) = call_of(callee).filter(|_| is_it)?;
        let only = arguments.first().copied().filter(|_| arguments.len() == 1);
        only.filter(|value| value.kind() != "spread_element")
    }
}

impl Handler {
    fn new(function: Function) -> Self {
        Self {
            function,
            inputs: vec![],
            spent: vec![],
            answers: vec![],
            redirects: false,
            may_throw: true,
            falls_through: false,
            obstacles: vec![],
            handed: vec![],
            made_elsewhere: vec![],
        }
    }

    fn hinder(&mut self, kind: ObstacleKind, what: &str, range: TextRange) {
        self.obstacles.push(Obstacle { kind, what: crate::extract::quote(what), range });
    }

    fn add(&mut self, part: RequestPart, site: Site) {
        match self.inputs.iter_mut().find(|input| input.part == part) {
            Some(input) => input.sites.push(site),
            None => {
                self.inputs.push(Input { part, sites: vec![site], has_fallback: false, otherwise: None, call: None })
            }
        }
    }
}

/// Whether anything that can fail stands outside of a `try` with a `catch`, on the function's first level.
fn may_throw(function: Node) -> bool {
    let Some(body) = function.child_by_field_name("body") else { return true };
    if body.kind() != "statement_block" {
        return true;
    }
    let calls = |node: Node| {
        let mut found = false;
        walk(node, &mut |part| {
            let is_answer = part.kind() == "return_statement";
            found |= !is_answer && matches!(part.kind(), "call_expression" | "new_expression" | "throw_statement");
            !is_answer && !found
        });
        found
    };
    let mut cursor = body.walk();
    body.named_children(&mut cursor).any(|statement| match statement.kind() {
        "try_statement" => match statement.child_by_field_name("handler") {
            Some(handler) => calls_but_log(handler),
            None => true,
        },
        _ => calls(statement),
    })
}

/// Whether a `catch` throws again.
fn calls_but_log(handler: Node) -> bool {
    let mut found = false;
    walk(handler, &mut |part| {
        found |= part.kind() == "throw_statement";
        !found
    });
    found
}

fn last_of(node: Node<'_>) -> Option<Node<'_>> {
    node.named_children(&mut node.walk()).filter(|c| c.kind() != "comment").last()
}

/// The arguments of a `new` or a call, the first and the second.
fn two<'n>(call: Node<'n>) -> (Option<Node<'n>>, Option<Node<'n>>) {
    let arguments = arguments_of(call);
    (arguments.first().copied(), arguments.get(1).copied())
}
