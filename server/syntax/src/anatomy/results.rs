//! An action that answers as a handler would, `{ ok, status, data }`, and what its callers do with that: what
//! [`super::handler`] and [`super::request_site`] are for requests.

use tree_sitter::Node;

use super::{
    Anatomy, Carried, RequestSite, SentBody, Taken, UnreadableCall,
    bindings::{arguments_of, fills, inside_parentheses},
    function::is_function,
    range_of,
};
use crate::text::TextRange;

/// One way of what is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// A result, written there.
    Here(Report),
    /// A function gives it that takes a response: the call, and the response.
    Elsewhere {
        /// The call.
        range: TextRange,
        /// The response in it.
        response: TextRange,
    },
}

/// `{ ok: true, status: 200, data: value }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The object, with the parentheses around it.
    pub range: TextRange,
    /// How it went, as it is written.
    pub ok: TextRange,
    /// The status.
    pub status: TextRange,
    /// What is answered.
    pub data: Option<TextRange>,
}

/// A call of such an action.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportSite {
    /// The call.
    pub call: TextRange,
    /// Its arguments.
    pub arguments: Vec<Given>,
    /// Nobody takes what it yields.
    pub is_dropped: bool,
    /// `const x = await call()`: the statement, and the `await` in it.
    pub kept: Option<(TextRange, TextRange)>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The expression.
    pub range: TextRange,
    /// What JSON makes of it.
    pub carried: Carried,
    /// It is a string.
    pub is_text: bool,
}

/// How a read of `data` is written where it is the body of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// `await res.json()`
    Awaited,
    /// `(await res.json())`
    AwaitedInside,
    /// `res.json()`, where a promise does.
    Promise,
}

impl Anatomy<'_> {
    /// The results in a returned value, one for each of its ways; `None` if it is anything else. `from` is the
    /// function that makes one of a response.
    #[must_use]
    pub fn reported(&self, value: TextRange, from: &str) -> Option<Vec<Reported>> {
        let mut found = vec![];
        self.add_reported(self.widest(value)?, from, &mut found, 0).then_some(found)
    }

    pub(super) fn widest(&self, range: TextRange) -> Option<Node<'_>> {
        let mut at = self.node(range)?;
        while let Some(parent) = at.parent().filter(|p| range_of(*p) == range && p.kind() != "statement_block") {
            at = parent;
        }
        Some(at)
    }

    fn add_reported(&self, node: Node, from: &str, found: &mut Vec<Reported>, depth: u32) -> bool {
        let inner = inside_parentheses(node);
        if inner.kind() == "ternary_expression" && depth < 8 {
            let branch = |field| inner.child_by_field_name(field);
            let (Some(yes), Some(no)) = (branch("consequence"), branch("alternative")) else { return false };
            return self.add_reported(yes, from, found, depth + 1) && self.add_reported(no, from, found, depth + 1);
        }
        if let Some(response) = self.given_to(from, range_of(inner)) {
            found.push(Reported::Elsewhere { range: range_of(node), response });
            return true;
        }
        if inner.kind() != "object" {
            return false;
        }
        let mut cursor = inner.walk();
        let mut members = vec![];
        for member in inner.named_children(&mut cursor).filter(|c| c.kind() != "comment") {
            let key = member.child_by_field_name("key").filter(|_| member.kind() == "pair");
            let (Some(key), Some(value)) = (key, member.child_by_field_name("value")) else { return false };
            members.push((self.slice(range_of(key)), range_of(value)));
        }
        let data = match members.get(2) {
            Some(("data", range)) => Some(*range),
            Some(_) => return false,
            None => None,
        };
        match members.as_slice() {
            [("ok", ok), ("status", status), ..] if members.len() < 4 => {
                found.push(Reported::Here(Report { range: range_of(node), ok: *ok, status: *status, data }));
                true
            }
            _ => false,
        }
    }

    /// The argument of `name(value)`, if an expression is that call and nothing else.
    #[must_use]
    pub fn given_to(&self, name: &str, expression: TextRange) -> Option<TextRange> {
        let call = self.widest(expression).filter(|n| n.kind() == "call_expression")?;
        let callee = call.child_by_field_name("function").filter(|c| self.slice(range_of(*c)) == name)?;
        let arguments = arguments_of(call);
        (callee.kind() == "identifier" && arguments.len() == 1).then(|| arguments.first().map(|a| range_of(*a)))?
    }

    /// A call of an action, by the place of its name.
    pub fn report_site(&self, name: TextRange) -> Option<ReportSite> {
        let callee = self.node(name)?;
        let call = callee.parent().filter(|p| p.kind() == "call_expression" && fills(callee, *p, "function"))?;
        let given = |argument: &Node| {
            let range = range_of(*argument);
            let is_plain = argument.kind() != "spread_element";
            is_plain.then(|| Given { range, carried: self.carried(range), is_text: self.is_text(range) })
        };
        let arguments = arguments_of(call).iter().map(given).collect::<Option<Vec<Given>>>()?;
        let awaited = call.parent().filter(|p| p.kind() == "await_expression");
        let kept = awaited.and_then(|awaited| {
            let declarator = awaited.parent().filter(|p| p.kind() == "variable_declarator")?;
            let statement = declarator.parent().filter(|p| p.kind() == "lexical_declaration")?;
            let mut cursor = statement.walk();
            let count = statement.named_children(&mut cursor).filter(|c| c.kind() == "variable_declarator").count();
            let is_in_block = statement.parent().is_some_and(|p| matches!(p.kind(), "statement_block" | "program"));
            (count == 1 && is_in_block).then(|| (range_of(statement), range_of(awaited)))
        });
        let is_dropped = self.is_dropped(awaited.unwrap_or(call));
        Some(ReportSite { call: range_of(call), arguments, is_dropped, kept })
    }

    /// What is read of the result that a call yields: `res.ok`, `res.data`.
    ///
    /// # Errors
    /// Where something else becomes of it.
    pub fn report_taken(&self, call: TextRange) -> Result<RequestSite, UnreadableCall> {
        let mut site = RequestSite {
            call,
            url: vec![],
            method: None,
            body: SentBody::Nothing,
            taken: Taken::default(),
            annotations: vec![],
            is_report: true,
        };
        let unreadable = || UnreadableCall { why: "isn't there".to_owned(), range: call };
        let node = self.widest(call).ok_or_else(unreadable)?;
        self.response(&mut site, node)?;
        site.taken.reads.sort_by_key(|read| read.range.start);
        Ok(site)
    }

    /// How `res.data` becomes a read of the body there; `None` where nothing can wait for it.
    #[must_use]
    pub fn reading(&self, data: TextRange) -> Option<Reading> {
        let member = self.widest(data)?;
        let parent = member.parent()?;
        let is_in_try = self.is_caught(member, TextRange::new(0, u32::MAX));
        if self.ends_async(member, parent) && !is_in_try {
            return Some(Reading::Promise);
        }
        if !self.can_wait(member) {
            return None;
        }
        Some(if self.is_operand(data) { Reading::AwaitedInside } else { Reading::Awaited })
    }

    /// Whether at most one of some reads of one call's result happens, so that each may be the one that
    /// empties the response.
    #[must_use]
    pub fn are_exclusive(&self, call: TextRange, reads: &[TextRange]) -> bool {
        reads.iter().enumerate().all(|(index, read)| {
            let later = reads.get(index + 1..).unwrap_or_default();
            self.is_once(call, *read) && later.iter().all(|later| self.ends_before(*read, *later))
        })
    }

    /// Whether a read happens once for a call: no loop and no function but a `.then` stands between.
    fn is_once(&self, call: TextRange, read: TextRange) -> bool {
        let Some(mut at) = self.node(read) else { return false };
        while let Some(parent) = at.parent().filter(|p| !range_of(*p).covers(call)) {
            let is_loop =
                matches!(parent.kind(), "for_statement" | "for_in_statement" | "while_statement" | "do_statement");
            if is_loop || (is_function(parent) && self.then_of(parent).is_none()) {
                return false;
            }
            at = parent;
        }
        true
    }

    /// Whether the branch that a read stands in is over before a later one.
    fn ends_before(&self, read: TextRange, later: TextRange) -> bool {
        let Some(mut at) = self.node(read) else { return false };
        while let Some(parent) = at.parent().filter(|_| !range_of(at).covers(later)) {
            if parent.kind() == "if_statement" && fills(at, parent, "consequence") && self.ends(at, 0) {
                return !range_of(at).covers(later);
            }
            at = parent;
        }
        false
    }

    /// Whether an expression is a text that a response may have for its body.
    #[must_use]
    pub fn is_answered_as_text(&self, expression: TextRange) -> bool {
        self.node(expression).is_some_and(|node| {
            let is_empty = range_of(node).end - range_of(node).start == 2;
            !is_empty && (self.is_text(expression) || self.is_message(node))
        })
    }

    /// Where a name that is declared at a place is mentioned, the place aside.
    #[must_use]
    pub fn mentions_of_local(&self, declared: TextRange) -> Vec<TextRange> {
        let binding = self.node(declared).and_then(|node| self.declared_by(node));
        let mentions = binding.map(|binding| self.references_to(binding)).unwrap_or_default();
        mentions.into_iter().map(range_of).filter(|range| *range != declared).collect()
    }

    /// Whether `await` may stand there.
    #[must_use]
    pub fn is_awaitable(&self, place: TextRange) -> bool {
        self.node(place).is_some_and(|node| node.kind() == "identifier" && self.can_wait(node))
    }

    /// Whether an `await` in a place needs parentheses.
    #[must_use]
    pub fn is_operand(&self, place: TextRange) -> bool {
        let Some(node) = self.widest(place) else { return false };
        node.parent().is_some_and(|parent| match parent.kind() {
            "member_expression" | "subscript_expression" => fills(node, parent, "object"),
            "call_expression" => fills(node, parent, "function"),
            "as_expression" | "satisfies_expression" | "non_null_expression" => true,
            _ => false,
        })
    }

    /// Where statements go that say what some parameters of a function with that body are: in front of the first
    /// that mentions one of them, with the comments above it, and inside of a `try` that all of them stand in.
    #[must_use]
    pub fn first_use(&self, body: TextRange, parameters: &[TextRange]) -> Option<u32> {
        let mut block = self.widest(body).filter(|n| n.kind() == "statement_block")?;
        let declared = |id: &u32| self.scopes.binding(*id).is_some_and(|b| is_in(self.flat.range(b.name), parameters));
        let all = self.scopes.references.iter().filter(|(_, binding)| declared(binding));
        let mentions: Vec<TextRange> =
            all.map(|(node, _)| self.flat.range(*node)).filter(|r| body.covers(*r)).collect();
        loop {
            let mut cursor = block.walk();
            let statements: Vec<Node> = block.named_children(&mut cursor).collect();
            let is_using = |n: &Node| n.kind() != "comment" && mentions.iter().any(|m| range_of(*n).covers(*m));
            let code = statements.iter().position(|n| n.kind() != "comment");
            let Some(at) = statements.iter().position(is_using).or(code) else {
                return Some(range_of(block).start + 1);
            };
            let first = statements.get(at)?;
            let tried = first.child_by_field_name("body").filter(|_| first.kind() == "try_statement");
            match tried.filter(|tried| mentions.iter().all(|m| range_of(*tried).covers(*m))) {
                Some(tried) => block = tried,
                None => {
                    let above = statements.get(..at)?.iter().rev().take_while(|n| n.kind() == "comment");
                    let above: Vec<TextRange> = above.map(|n| range_of(*n)).collect();
                    return Some(self.headed(range_of(*first).start, &above));
                }
            }
        }
    }

    /// Where a statement starts with the comments right above it; they are given from below.
    fn headed(&self, statement: u32, comments: &[TextRange]) -> u32 {
        let mut start = statement;
        for comment in comments {
            let between = self.slice(TextRange::new(comment.end, start));
            let before = self.text.get(..comment.start as usize).unwrap_or_default();
            let has_own_line = before.trim_end_matches([' ', '\t']).ends_with(['\n', '{']);
            if between.matches('\n').count() != 1 || !has_own_line {
                break;
            }
            start = comment.start;
        }
        start
    }
}

fn is_in(range: TextRange, all: &[TextRange]) -> bool {
    all.iter().any(|one| one.covers(range))
}
