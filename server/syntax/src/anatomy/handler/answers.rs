//! What a handler answers: each `return` of a response as a value and a status.

use tree_sitter::Node;

use super::{Answer, Handler, Made, MadeElsewhere, ObstacleKind, Says, Status, two};
use crate::{
    anatomy::{
        Anatomy, Carried,
        bindings::{inside_parentheses, member_of, undressed},
        range_of,
    },
    text::TextRange,
};

type Read = (Says, Status, Made);

/// What makes a response.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// The fetch standard's.
    Response,
    /// `NextResponse` of `next/server`.
    NextResponse,
}

impl Anatomy<'_> {
    pub(super) fn read_answers(&self, handler: &mut Handler) {
        let returned = handler.function.returns.clone();
        if returned.is_empty() && !handler.redirects {
            handler.hinder(ObstacleKind::Answer, "nothing", handler.function.range);
        }
        for one in returned {
            match one.value.and_then(|value| self.outermost(value)) {
                Some(value) => self.answer(handler, value, one.range == range_of(value)),
                None => handler.hinder(ObstacleKind::Answer, "nothing", one.range),
            }
        }
    }

    /// The outermost node with that range that is an expression.
    pub(super) fn outermost(&self, range: TextRange) -> Option<Node<'_>> {
        let mut at = self.node(range)?;
        while let Some(parent) = at.parent().filter(|p| range_of(*p) == range && p.kind() != "statement_block") {
            at = parent;
        }
        Some(at)
    }

    pub(super) fn answer(&self, handler: &mut Handler, value: Node, is_arrow_body: bool) {
        let inner = inside_parentheses(value);
        let is_arrow_body = is_arrow_body && inner == value;
        if inner.kind() == "ternary_expression" {
            for branch in ["consequence", "alternative"].iter().filter_map(|f| inner.child_by_field_name(f)) {
                self.answer(handler, branch, false);
            }
            return;
        }
        let says = match inner.kind() {
            "call_expression" => self.called(handler, inner),
            "new_expression" => self.made(inner),
            // a response that is kept is changed before it is sent
            "identifier" if self.holds_response(inner) => Err(ObstacleKind::ResponseHeaders),
            _ => Err(ObstacleKind::Answer),
        };
        match says {
            Ok(Some((says, status, made))) => {
                handler.answers.push(Answer { range: range_of(inner), says, status, is_arrow_body, made });
            }
            Ok(None) => {}
            Err(ObstacleKind::Answer) => {
                handler.made_elsewhere.extend(self.made_elsewhere(inner, is_arrow_body));
                handler.hinder(ObstacleKind::Answer, self.slice(range_of(inner)), range_of(inner));
            }
            Err(kind) => handler.hinder(kind, self.slice(range_of(inner)), range_of(inner)),
        }
    }

    /// `errorResponse('No', 400)`, `await check()`, `checked` of `const checked = await check()`
    fn made_elsewhere(&self, value: Node, is_arrow_body: bool) -> Option<MadeElsewhere> {
        let mut call = value;
        if value.kind() == "identifier" {
            let declared =
                self.meant_by(value).and_then(|b| self.scopes.binding(b)).map(|b| self.flat.range(b.declaration));
            let declarator = declared
                .and_then(|d| self.node(d))
                .and_then(|node| if node.kind() == "variable_declarator" { Some(node) } else { node.parent() })?;
            let is_const = declarator.parent().is_some_and(|p| self.slice(range_of(p)).starts_with("const "));
            let is_name = declarator.child_by_field_name("name").is_some_and(|n| n.kind() == "identifier");
            // what is set on it would be lost
            let is_changed = |mention: &Node| {
                let name = member_of(*mention).map(|(_, name)| self.slice(range_of(name)));
                matches!(name, Some("headers" | "cookies"))
            };
            if self.meant_by(value).is_some_and(|binding| self.references_to(binding).iter().any(is_changed)) {
                return None;
            }
            call = declarator.child_by_field_name("value").filter(|_| is_const && is_name)?;
        }
        let is_awaited = call.kind() == "await_expression";
        let call = if is_awaited { inside_parentheses(call.named_child(0)?) } else { call };
        let callee = self.called_name(call)?.into();
        Some(MadeElsewhere { range: range_of(value), callee, is_awaited, is_arrow_body })
    }

    /// The name of a function of the module that a call names.
    pub(super) fn called_name(&self, call: Node) -> Option<&str> {
        let callee = call.child_by_field_name("function").filter(|_| call.kind() == "call_expression")?;
        let name = self.slice(range_of(callee));
        let is_module = self.meant_by(callee).and_then(|b| self.scopes.binding(b)).is_some_and(|b| b.scope == 0);
        (callee.kind() == "identifier" && is_module).then_some(name)
    }

    fn holds_response(&self, name: Node) -> bool {
        let declared = self.meant_by(name).and_then(|b| self.scopes.binding(b)).map(|b| self.flat.range(b.declaration));
        let value = declared.and_then(|d| self.node(d)?.child_by_field_name("value"));
        value.is_some_and(|value| match value.kind() {
            "call_expression" => {
                let object = value.child_by_field_name("function").and_then(|f| f.child_by_field_name("object"));
                object.is_some_and(|o| self.class(o).is_some())
            }
            "new_expression" => value.child_by_field_name("constructor").is_some_and(|c| self.class(c).is_some()),
            _ => false,
        })
    }

    fn class(&self, node: Node) -> Option<Class> {
        if self.is_global(node, "Response") {
            return Some(Class::Response);
        }
        (self.imported(node)? == ("next/server", "NextResponse")).then_some(Class::NextResponse)
    }

    /// `NextResponse.json(…)`, `Response.redirect(…)`, `redirect(…)`
    fn called(&self, handler: &mut Handler, call: Node) -> Result<Option<Read>, ObstacleKind> {
        let callee = call.child_by_field_name("function").ok_or(ObstacleKind::Answer)?;
        if let Some(("next/navigation", "redirect" | "permanentRedirect")) = self.imported(callee) {
            return Ok(None); // it throws; nothing is answered here
        }
        let object = callee.child_by_field_name("object").ok_or(ObstacleKind::Answer)?;
        let class = self.class(object).ok_or(ObstacleKind::Answer)?;
        let mut made = Made { class: self.slice(range_of(object)).into(), ..Made::default() };
        let property = callee.child_by_field_name("property").map(|p| self.slice(range_of(p)));
        let (first, second) = two(call);
        match (property, first) {
            (Some("json"), Some(value)) if value.kind() != "spread_element" => {
                let status = self.init(second, 200, &mut made)?;
                Ok(Some((self.json(value), status, made)))
            }
            (Some("redirect"), Some(to)) => {
                if self.is_caught(call, handler.function.body) {
                    return Err(ObstacleKind::CaughtRedirect);
                }
                let path = self.own_path(to).ok_or(ObstacleKind::Answer)?;
                let status = match second {
                    Some(number) if number.kind() == "number" => self.number(number)?,
                    other => self.init(other, if class == Class::Response { 302 } else { 307 }, &mut made)?,
                };
                Ok(Some((Says::Redirect(range_of(path)), status, made)))
            }
            _ => Err(ObstacleKind::Answer),
        }
    }

    /// `new Response(…)`
    fn made(&self, new: Node) -> Result<Option<Read>, ObstacleKind> {
        let constructor = new.child_by_field_name("constructor").ok_or(ObstacleKind::Answer)?;
        self.class(constructor).ok_or(ObstacleKind::Answer)?;
        let (first, second) = two(new);
        let mut made = Made { class: self.slice(range_of(constructor)).into(), ..Made::default() };
        let status = self.init(second, 200, &mut made)?;
        let Some(body) = first else { return Ok(Some((Says::Nothing, status, made))) };
        made.is_stringified = self.stringified(body).is_some();
        let says = match body.kind() {
            "null" | "undefined" => Says::Nothing,
            "identifier" if self.slice(range_of(body)) == "undefined" => Says::Nothing,
            "string" if range_of(body).end - range_of(body).start == 2 => Says::Nothing,
            "string" | "template_string" => Says::Text(range_of(body)),
            "call_expression" if self.stringified(body).is_some() => self.json(self.stringified(body).unwrap_or(body)),
            _ if self.is_text(range_of(body)) || self.is_message(body) => Says::Text(range_of(body)),
            _ if self.slice(range_of(body)).to_ascii_lowercase().contains("stream") => {
                return Err(ObstacleKind::Stream);
            }
            _ => return Err(ObstacleKind::Answer),
        };
        made.body = (says == Says::Nothing).then(|| range_of(body));
        Ok(Some((says, status, made)))
    }

    /// `error.message`
    pub(in crate::anatomy) fn is_message(&self, node: Node) -> bool {
        let property = node.child_by_field_name("property").filter(|_| node.kind() == "member_expression");
        property.is_some_and(|p| self.slice(range_of(p)) == "message")
    }

    fn json(&self, value: Node) -> Says {
        let plain = matches!(self.carried(range_of(value)), Carried::Json);
        Says::Json { value: range_of(value), plain }
    }

    /// The status in `{ status: 404 }`.
    fn init(&self, init: Option<Node>, default: u16, made: &mut Made) -> Result<Status, ObstacleKind> {
        let Some(init) = init else { return Ok(Status::Known(default)) };
        if init.kind() != "object" {
            return Err(ObstacleKind::Answer);
        }
        let mut status = Status::Known(default);
        for member in init.named_children(&mut init.walk()).filter(|c| c.kind() != "comment") {
            let (key, value) = match member.kind() {
                "pair" => (member.child_by_field_name("key"), member.child_by_field_name("value")),
                "shorthand_property_identifier" => (Some(member), Some(member)),
                _ => return Err(ObstacleKind::Answer),
            };
            let (Some(key), Some(value)) = (key, value) else { return Err(ObstacleKind::Answer) };
            match self.slice(range_of(key)).trim_matches(['"', '\'']) {
                "status" if value.kind() == "number" => status = self.number(value)?,
                "status" if is_pure(value, 0) => status = Status::Written(range_of(value)),
                "status" => return Err(ObstacleKind::Status),
                "statusText" => made.also.push(range_of(member)),
                "headers" => {
                    self.response_headers(value)?;
                    made.also.push(range_of(member));
                }
                _ => return Err(ObstacleKind::Answer),
            }
        }
        Ok(status)
    }

    fn number(&self, node: Node) -> Result<Status, ObstacleKind> {
        self.slice(range_of(node)).parse().map(Status::Known).map_err(|_| ObstacleKind::Status)
    }

    /// Headers may say what goes without saying: that JSON is JSON.
    fn response_headers(&self, headers: Node) -> Result<(), ObstacleKind> {
        let text = self.slice(range_of(headers)).to_ascii_lowercase();
        if text.contains("access-control-") || text.contains("cors") {
            return Err(ObstacleKind::Cors);
        }
        if text.contains("text/event-stream") {
            return Err(ObstacleKind::Stream);
        }
        let mut cursor = headers.walk();
        let mut members = headers.named_children(&mut cursor).filter(|c| c.kind() != "comment");
        let is_content_type = |member: Node| {
            let part = |field| member.child_by_field_name(field).map(|n| self.slice(range_of(n)).to_ascii_lowercase());
            let value = part("value").unwrap_or_default();
            part("key").is_some_and(|k| k.trim_matches(['"', '\'']) == "content-type")
                && ["application/json", "text/plain"].iter().any(|t| value.trim_matches(['"', '\'']).starts_with(t))
        };
        match headers.kind() == "object" && members.all(is_content_type) {
            true => Ok(()),
            false => Err(ObstacleKind::ResponseHeaders),
        }
    }

    /// The path in `new URL('/login', request.url)`, or in a path by itself.
    fn own_path<'n>(&self, to: Node<'n>) -> Option<Node<'n>> {
        let path = match to.kind() {
            "new_expression" => {
                let is_url = to.child_by_field_name("constructor").is_some_and(|c| self.is_global(c, "URL"));
                let (first, second) = two(to);
                let base = second.map(|b| self.slice(range_of(b))).unwrap_or_default();
                let is_own = ["url", "nextUrl", "nextUrl.origin", "nextUrl.href"]
                    .iter()
                    .any(|end| base.strip_suffix(end).is_some_and(|of| of.ends_with('.')));
                first.filter(|_| is_url && is_own)?
            }
            _ => return None,
        };
        let text = self.slice(range_of(path));
        let is_path = text.get(1..).is_some_and(|t| t.starts_with('/') && !t.starts_with("//"));
        (matches!(path.kind(), "string" | "template_string") && is_path).then_some(path)
    }

    /// Whether a node stands in an answer that redirects: `request.url` in `new URL('/x', request.url)`.
    pub(super) fn is_base_of_redirect(&self, handler: &Handler, node: Node) -> bool {
        let range = range_of(undressed(node));
        let redirects = handler.answers.iter().filter(|a| matches!(a.says, Says::Redirect(_)));
        redirects.into_iter().any(|a| a.range.covers(range))
    }
}

/// Whether an expression can be said twice: names, members, numbers, and choices of them.
fn is_pure(node: Node, depth: u32) -> bool {
    let all = |fields: &[&str]| {
        fields.iter().all(|f| node.child_by_field_name(f).is_some_and(|part| depth < 8 && is_pure(part, depth + 1)))
    };
    match node.kind() {
        "identifier"
        | "number"
        | "string"
        | "shorthand_property_identifier"
        | "null"
        | "undefined"
        | "true"
        | "false" => true,
        "member_expression" => all(&["object"]),
        "parenthesized_expression" | "non_null_expression" => {
            node.named_child(0).is_some_and(|inner| depth < 8 && is_pure(inner, depth + 1))
        }
        "ternary_expression" => all(&["condition", "consequence", "alternative"]),
        "binary_expression" => all(&["left", "right"]),
        _ => false,
    }
}
