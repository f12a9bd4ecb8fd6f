//! What a handler reads of its request: the body, dynamic segments, the query, headers and cookies. What
//! no argument can stand for is an obstacle.

use tree_sitter::Node;

use super::{Handed, Handler, Input, ObstacleKind, RequestPart, Site};
use crate::{
    anatomy::{
        Anatomy,
        bindings::{arguments_of, call_of, fills, member_of, undressed},
        range_of,
    },
    scope::BindingId,
};

/// Headers that browsers and proxies send by themselves: an action's request has them, too.
pub(super) fn comes_by_itself(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    matches!(
        &*header,
        "user-agent" | "referer" | "host" | "origin" | "cookie" | "accept-language" | "x-real-ip" | "true-client-ip"
    ) || ["x-forwarded-", "x-vercel-ip", "cf-", "sec-ch-"].iter().any(|prefix| header.starts_with(prefix))
}

impl Anatomy<'_> {
    pub(super) fn read_request(&self, handler: &mut Handler) {
        let parameters = handler.function.parameters.clone();
        if let Some(request) = parameters.first() {
            match self.node(request.pattern).filter(|_| request.name.is_some()).and_then(|n| self.declared_by(n)) {
                Some(binding) => self.references_to(binding).into_iter().for_each(|node| self.request(handler, node)),
                None => handler.hinder(ObstacleKind::Request, self.slice(request.pattern), request.range),
            }
        }
        if let Some(context) = parameters.get(1) {
            self.context(handler, context.pattern, context.name.is_some());
        }
        if let Some(more) = parameters.get(2) {
            handler.hinder(ObstacleKind::Request, self.slice(more.range), more.range);
        }
    }

    fn text_of(&self, node: Node) -> &str {
        self.slice(range_of(node))
    }

    /// The names in a string: its text.
    fn string(&self, node: &Node) -> Option<&str> {
        let text = self.text_of(*node);
        (node.kind() == "string").then(|| text.get(1..text.len().saturating_sub(1))).flatten()
    }

    /// One mention of the request.
    fn request(&self, handler: &mut Handler, node: Node) {
        let Some((member, property)) = member_of(node) else {
            let around = node.parent().filter(|p| p.kind() == "arguments").and_then(|p| p.parent()).unwrap_or(node);
            let index = arguments_of(around).iter().position(|argument| *argument == node);
            if let (Some(callee), Some(index)) = (self.called_name(around), index)
                && self.can_wait(node)
            {
                handler.handed.push(Handed { range: range_of(node), callee: callee.into(), index });
            }
            handler.hinder(ObstacleKind::Request, self.text_of(around), range_of(node));
            return;
        };
        let found = match self.text_of(property) {
            "json" => self.body(handler, member, RequestPart::Json),
            "formData" => self.body(handler, member, RequestPart::Form),
            "text" | "arrayBuffer" | "blob" | "bytes" | "body" => {
                handler.hinder(ObstacleKind::RawBody, self.text_of(member), range_of(member));
                return;
            }
            "headers" => self.header(handler, member),
            "cookies" => self.cookies(handler, member),
            "nextUrl" => self.url(handler, member),
            "url" if self.is_base_of_redirect(handler, member) => Some(()),
            "url" => self.parsed(member).and_then(|url| self.url(handler, url)),
            _ => None,
        };
        if found.is_none() {
            handler.hinder(ObstacleKind::Request, self.text_of(member), range_of(member));
        }
    }

    /// `await request.json()`, with `.catch(…)` behind it or not.
    fn body(&self, handler: &mut Handler, member: Node, part: RequestPart) -> Option<()> {
        let (mut call, arguments) = call_of(member)?;
        if !arguments.is_empty() {
            return None;
        }
        let caught = member_of(call).filter(|(_, name)| self.text_of(*name) == "catch").and_then(|(m, _)| call_of(m));
        if let Some((outer, _)) = &caught {
            call = *outer;
        }
        let parent = call.parent()?;
        // the grammar reads `await request.json() as T` so
        let cast = parent.parent().filter(|p| p.kind() == "await_expression" && parent.kind() == "as_expression");
        let caught_as = caught.as_ref().and_then(|(_, arguments)| self.caught(arguments));
        let otherwise = caught_as.filter(|_| cast.is_none());
        let awaited = cast.or(Some(parent)).filter(|p| p.kind() == "await_expression")?;
        if handler.inputs.iter().any(|i| matches!(i.part, RequestPart::Json | RequestPart::Form)) {
            handler.hinder(ObstacleKind::RawBody, self.text_of(call), range_of(call));
            return Some(());
        }
        let site = match cast {
            Some(awaited) => Site::Expression(crate::TextRange::new(range_of(awaited).start, range_of(call).end)),
            // what it is otherwise has to be said still
            None if otherwise.is_some() => Site::Expression(range_of(awaited)),
            None => self.site(handler, awaited, part == RequestPart::Json),
        };
        let call = range_of(member.parent()?);
        handler.inputs.push(Input {
            part,
            sites: vec![site],
            has_fallback: caught.is_some(),
            otherwise,
            call: Some(call),
        });
        Some(())
    }

    /// `new URL(request.url)` around `request.url`.
    fn parsed<'n>(&self, url: Node<'n>) -> Option<Node<'n>> {
        let new = url.parent().and_then(|list| list.parent()).filter(|n| n.kind() == "new_expression")?;
        let constructor = new.child_by_field_name("constructor")?;
        (self.is_global(constructor, "URL") && arguments_of(new).len() == 1).then_some(new)
    }

    /// Something that is the request's URL: only its query is read.
    fn url(&self, handler: &mut Handler, url: Node) -> Option<()> {
        if self.is_base_of_redirect(handler, url) {
            return Some(());
        }
        if let Some((member, property)) = member_of(url) {
            return (self.text_of(property) == "searchParams").then(|| self.query(handler, member))?;
        }
        let (statement, pattern) = self.declared_with(url)?;
        if pattern.kind() == "identifier" {
            let mentions = self.references_to(self.declared_by(pattern)?);
            for mention in mentions {
                if self.is_base_of_redirect(handler, mention) {
                    return None; // the variable would have to stay
                }
                let (member, property) = member_of(mention)?;
                (self.text_of(property) == "searchParams").then(|| self.query(handler, member))??;
            }
        } else {
            for (key, local) in self.taken(pattern)? {
                if key != "searchParams" {
                    return None;
                }
                self.references_to(local).into_iter().try_for_each(|mention| self.query(handler, mention))?;
            }
        }
        handler.spent.push(range_of(statement));
        Some(())
    }

    /// Something that is the query: `.get('name')`.
    fn query(&self, handler: &mut Handler, query: Node) -> Option<()> {
        if let Some((member, property)) = member_of(query) {
            let (call, arguments) = call_of(member).filter(|_| self.text_of(property) == "get")?;
            let name = self.string(arguments.first()?)?.to_owned();
            let site = self.site(handler, call, false);
            handler.add(RequestPart::Query(name.into()), site);
            return Some(());
        }
        let (statement, pattern) = self.declared_with(query).filter(|(_, p)| p.kind() == "identifier")?;
        let mentions = self.references_to(self.declared_by(pattern)?);
        mentions.into_iter().try_for_each(|mention| self.query(handler, mention))?;
        handler.spent.push(range_of(statement));
        Some(())
    }

    /// `request.headers.get('user-agent')`
    fn header(&self, handler: &mut Handler, headers: Node) -> Option<()> {
        let Some((member, property)) = member_of(headers) else {
            // `auth.api.getSession({ headers: request.headers })`: whoever looks for a session gets them all
            let is_given = headers.parent().is_some_and(|p| p.kind() == "pair" && fills(headers, p, "value"));
            if !is_given || !self.can_wait(headers) {
                return None;
            }
            handler.add(RequestPart::Headers("".into()), Site::Expression(range_of(headers)));
            return Some(());
        };
        let (_, arguments) = call_of(member).filter(|_| matches!(self.text_of(property), "get" | "has"))?;
        let name = self.string(arguments.first()?)?.to_owned();
        if !comes_by_itself(&name) || !self.can_wait(headers) {
            handler.hinder(ObstacleKind::RequestHeader, &name, range_of(headers));
            return Some(());
        }
        handler.add(RequestPart::Headers(name.into()), Site::Expression(range_of(headers)));
        Some(())
    }

    /// `request.cookies.get('session')`
    fn cookies(&self, handler: &mut Handler, cookies: Node) -> Option<()> {
        let (member, property) = member_of(cookies)?;
        call_of(member).filter(|_| matches!(self.text_of(property), "get" | "has" | "getAll"))?;
        if !self.can_wait(cookies) {
            return None;
        }
        handler.add(RequestPart::Cookies, Site::Expression(range_of(cookies)));
        Some(())
    }

    /// Whether `await` may stand there: the function right around it is the handler, or `async`.
    pub(in crate::anatomy) fn can_wait(&self, node: Node) -> bool {
        let mut at = node;
        while let Some(parent) = at.parent() {
            if super::super::function::is_function(parent) || parent.kind() == "method_definition" {
                let is_async = parent.children(&mut parent.walk()).any(|c| c.kind() == "async");
                return is_async && (parent.kind() != "method_definition");
            }
            at = parent;
        }
        false
    }

    /// The second parameter.
    fn context(&self, handler: &mut Handler, pattern: crate::TextRange, is_name: bool) {
        let Some(node) = self.node(pattern) else { return };
        let hinder = |handler: &mut Handler, node: Node| {
            handler.hinder(ObstacleKind::Request, self.text_of(node), range_of(node));
        };
        if is_name {
            let Some(binding) = self.declared_by(node) else { return };
            for mention in self.references_to(binding) {
                let segments = member_of(mention).filter(|(_, name)| self.text_of(*name) == "params");
                if segments.and_then(|(member, _)| self.segments(handler, member, 0)).is_none() {
                    hinder(handler, mention.parent().unwrap_or(mention));
                }
            }
            return;
        }
        match self.taken(node) {
            Some(taken) if taken.iter().all(|(key, _)| *key == "params") => {
                for mention in taken.into_iter().flat_map(|(_, local)| self.references_to(local)) {
                    if self.segments(handler, mention, 0).is_none() {
                        hinder(handler, mention.parent().unwrap_or(mention));
                    }
                }
            }
            _ => hinder(handler, node),
        }
    }

    /// Something that is the dynamic segments, or the promise of them.
    fn segments(&self, handler: &mut Handler, node: Node, depth: u32) -> Option<()> {
        let awaited = node.parent().filter(|p| p.kind() == "await_expression").unwrap_or(node);
        let whole = undressed(awaited);
        if let Some((member, property)) = member_of(whole) {
            let name = self.text_of(property).to_owned();
            let site = self.site(handler, member, false);
            handler.add(RequestPart::Segment(name.into()), site);
            return Some(());
        }
        let (statement, pattern) = self.declared_with(whole)?;
        if pattern.kind() == "identifier" && depth < 4 {
            let mentions = self.references_to(self.declared_by(pattern)?);
            mentions.into_iter().try_for_each(|mention| self.segments(handler, mention, depth + 1))?;
        } else {
            for (key, local) in self.taken(pattern)? {
                let name = self.flat.text_of(self.scopes.binding(local)?.name);
                if !self.can_belong_to(handler.function.range, name, Some(local)) {
                    return None;
                }
                let site = Site::Variable {
                    pattern: self.flat.range(self.scopes.binding(local)?.name),
                    name: Some(name.into()),
                    statement: range_of(statement),
                };
                handler.add(RequestPart::Segment(key.into()), site);
            }
        }
        handler.spent.push(range_of(statement));
        Some(())
    }

    /// Where a part is read: by a variable of its own, or anywhere else.
    fn site(&self, handler: &Handler, value: Node, may_be_pattern: bool) -> Site {
        // the parentheses of `(await request.json()) as T` go, too
        let plain = || {
            let around =
                value.parent().filter(|p| p.kind() == "parenthesized_expression" && value.kind() == "await_expression");
            Site::Expression(range_of(around.unwrap_or(value)))
        };
        let Some(parent) = value.parent().filter(|p| fills(value, *p, "value")) else { return plain() };
        let Some((statement, pattern)) = self.declared_with(value) else { return plain() };
        if parent.child_by_field_name("type").is_some() {
            return plain(); // what it is declared as has to be said still
        }
        let names = match pattern.kind() {
            "identifier" => self.declared_by(pattern).into_iter().collect(),
            "object_pattern" if may_be_pattern => self.names_in(pattern),
            _ => return plain(),
        };
        let can_move = |own: &BindingId| {
            let name = self.scopes.binding(*own).map(|b| self.flat.text_of(b.name)).unwrap_or_default();
            self.can_belong_to(handler.function.range, name, Some(*own))
        };
        if names.is_empty() || !names.iter().all(can_move) || self.mentions_module(pattern) {
            return plain();
        }
        let name = (pattern.kind() == "identifier").then(|| self.text_of(pattern).into());
        Site::Variable { pattern: range_of(pattern), name, statement: range_of(statement) }
    }

    /// Whether a pattern's defaults mention anything: the head of a function is another place.
    fn mentions_module(&self, pattern: Node) -> bool {
        let range = range_of(pattern);
        self.scopes.references.iter().any(|(node, _)| range.covers(self.flat.range(*node)))
            || self.text_of(pattern).contains('(')
    }

    fn names_in(&self, pattern: Node) -> Vec<BindingId> {
        let range = range_of(pattern);
        let all = self.scopes.bindings.iter().enumerate();
        all.filter(|(_, b)| range.covers(self.flat.range(b.name))).map(|(id, _)| id as BindingId).collect()
    }

    /// The statement that declares one variable and nothing else, with that value; casts and the like may
    /// stand around the value.
    fn declared_with<'n>(&self, value: Node<'n>) -> Option<(Node<'n>, Node<'n>)> {
        let value = undressed(value);
        let declarator = value.parent().filter(|p| p.kind() == "variable_declarator" && fills(value, *p, "value"))?;
        let statement = declarator.parent().filter(|p| p.kind() == "lexical_declaration")?;
        let mut cursor = statement.walk();
        let declarators = statement.named_children(&mut cursor).filter(|c| c.kind() == "variable_declarator").count();
        let is_in_block =
            statement.parent().is_some_and(|p| matches!(p.kind(), "statement_block" | "switch_case" | "program"));
        (declarators == 1 && is_in_block).then_some((statement, declarator.child_by_field_name("name")?))
    }

    /// `{ a, b: c }`: keys with the names that they are given; `None` for defaults, rest and depth.
    fn taken(&self, pattern: Node) -> Option<Vec<(&str, BindingId)>> {
        if pattern.kind() != "object_pattern" {
            return None;
        }
        let mut cursor = pattern.walk();
        let members = pattern.named_children(&mut cursor).filter(|c| c.kind() != "comment");
        let members: Vec<Node> = members.collect();
        let one = |member: &Node| match member.kind() {
            "shorthand_property_identifier_pattern" => {
                Some((self.slice(range_of(*member)), self.declared_by(*member)?))
            }
            "pair_pattern" => {
                let value = member.child_by_field_name("value").filter(|v| v.kind() == "identifier")?;
                let key = member.child_by_field_name("key").filter(|k| k.kind() == "property_identifier")?;
                Some((self.slice(range_of(key)), self.declared_by(value)?))
            }
            _ => None,
        };
        members.iter().map(one).collect()
    }
}
