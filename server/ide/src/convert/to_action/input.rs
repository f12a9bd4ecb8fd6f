//! The action's parameters: what the handler read of its request.

use syntax::{
    TextRange,
    anatomy::{Input, Part, RequestPart, SentBody, Site, Style},
};

use super::{
    Aim, Subject, TextEdit,
    answer::Answers,
    callers::{CallSite, Caller, line_of},
};
use crate::convert::{
    Refusal,
    draft::name_of,
    moved::{lines, whole_lines},
};

/// The parameters, in order.
pub(super) struct Inputs {
    all: Vec<Parameter>,
    /// One of them is of type `any`.
    pub is_open: bool,
    /// `cookies` and `headers` of `next/headers` that the function needs.
    pub helpers: Vec<&'static str>,
    edits: Vec<TextEdit>,
    /// Statements that go.
    gone: Vec<TextRange>,
}

struct Parameter {
    part: RequestPart,
    /// Name or pattern.
    pattern: String,
    /// Its type.
    written: Option<&'static str>,
    /// A function that gives it: who asks first what is allowed hasn't read anything by then.
    is_later: bool,
}

/// An argument that a handler, or an action beside it, gives the function.
pub(super) struct Given<'a> {
    pub part: &'a RequestPart,
    /// The parameter's name; `None` for a pattern.
    pub name: Option<&'a str>,
    pub is_later: bool,
}

impl Inputs {
    pub fn of(subject: &Subject, callers: &[Caller]) -> Result<Self, Refusal> {
        let mut all = Self { all: vec![], is_open: false, helpers: vec![], edits: vec![], gone: vec![] };
        let inputs = &subject.handler.inputs;
        let rank = |part: &RequestPart| match part {
            RequestPart::Segment(name) => subject.url().find(&format!("[{name}]")).unwrap_or_default(),
            RequestPart::Query(_) => usize::MAX - 2,
            RequestPart::Json | RequestPart::Form => usize::MAX - 1,
            RequestPart::Headers(_) | RequestPart::Cookies => usize::MAX,
        };
        let mut order: Vec<_> = inputs.iter().collect();
        order.sort_by_key(|input| rank(&input.part));
        for input in order {
            let helper = match &input.part {
                RequestPart::Headers(_) => Some("headers"),
                RequestPart::Cookies => Some("cookies"),
                _ => None,
            };
            match helper {
                Some(helper) => all.helper(subject, helper, &input.sites)?,
                None if subject.aim == Aim::Beside && is_read_later(subject, input) => all.later(subject, input),
                None => all.parameter(subject, input, callers)?,
            }
        }
        all.stands(subject)?;
        for spent in &subject.handler.spent {
            all.gone.push(*spent);
        }
        for caller in callers {
            for site in &caller.sites {
                all.is_sent(subject, caller, site)?;
            }
        }
        Ok(all)
    }

    pub fn has_form(&self) -> bool {
        self.all.iter().any(|p| p.part == RequestPart::Form)
    }

    /// The request that a function reads headers of becomes something that has them.
    fn stands(&mut self, subject: &Subject) -> Result<(), Refusal> {
        if subject.stands.is_empty() {
            return Ok(());
        }
        let call = self.call_of(subject, "headers")?;
        let call = call.trim_start_matches('(').trim_end_matches("))").to_owned();
        let call = if call.starts_with("await ") { format!("{call})") } else { call };
        for (range, ty) in &subject.stands {
            let cast = if subject.is_typed() { format!(" as unknown as {ty}") } else { String::new() };
            self.edits.push(TextEdit { range: *range, text: format!("{{ headers: {call} }}{cast}") });
        }
        Ok(())
    }

    /// `request.cookies` becomes `(await cookies())`.
    fn helper(&mut self, subject: &Subject, helper: &'static str, sites: &[Site]) -> Result<(), Refusal> {
        let call = self.call_of(subject, helper)?;
        for site in sites {
            let Site::Expression(range) = site else { continue };
            // as a member's value it needs no parentheses
            let before = subject.source.text.get(..range.start as usize).unwrap_or_default().trim_end();
            let bare = call.trim_start_matches('(').trim_end_matches("))");
            let text = if before.ends_with(':') && call.starts_with('(') { format!("{bare})") } else { call.clone() };
            self.edits.push(TextEdit { range: *range, text });
        }
        Ok(())
    }

    /// `(await cookies())`, with what has to be imported for it noted.
    fn call_of(&mut self, subject: &Subject, helper: &'static str) -> Result<String, Refusal> {
        let function = subject.handler.function.range;
        let is_there = subject.imported("next/headers", helper).is_some();
        if !is_there && !subject.anatomy.is_free_within(TextRange::new(0, subject.source.text.len() as u32), helper) {
            let text = format!("{helper} means something else in this file");
            return Err(subject.refusal("names", text, function));
        }
        let local = subject.imported("next/headers", helper).unwrap_or_else(|| helper.into());
        let call = match subject.app.release().major {
            ..15 => format!("{local}()"),
            _ => format!("(await {local}())"),
        };
        if !is_there && !self.helpers.contains(&helper) {
            self.helpers.push(helper);
        }
        Ok(call)
    }

    /// `await request.json()` becomes `await input()`, where it stands.
    fn later(&mut self, subject: &Subject, input: &Input) {
        let name = self.free_name(subject, &input.part);
        self.edits.extend(input.call.map(|range| TextEdit { range, text: format!("{name}()") }));
        self.is_open |= input.part == RequestPart::Json && subject.is_typed();
        let written = if input.part == RequestPart::Form { "() => Promise<FormData>" } else { "() => Promise<any>" };
        let written = subject.is_typed().then_some(written);
        self.all.push(Parameter { part: input.part.clone(), pattern: name, written, is_later: true });
    }

    /// The written type of a part.
    pub fn type_of(&self, part: &RequestPart) -> Option<&'static str> {
        self.all.iter().find(|p| p.part == *part).and_then(|p| p.written)
    }

    /// What the function is given, in order.
    pub fn given(&self) -> impl Iterator<Item = Given<'_>> {
        let is_name = |p: &&str| p.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
        self.all.iter().map(move |p| Given {
            part: &p.part,
            name: Some(p.pattern.as_str()).filter(is_name),
            is_later: p.is_later,
        })
    }

    fn parameter(&mut self, subject: &Subject, input: &Input, callers: &[Caller]) -> Result<(), Refusal> {
        let (part, sites) = (&input.part, &input.sites);
        // the first variable that holds it gives the name; what reads it elsewhere reads the parameter
        let mut pattern: Option<String> = None;
        let mut name: Option<Box<str>> = None;
        for site in sites {
            let Site::Variable { pattern: range, name: own, statement } = site else { continue };
            if pattern.is_none() {
                pattern = Some(subject.anatomy.slice(*range).to_owned());
                name.clone_from(own);
                self.gone.push(*statement);
            } else if own.is_none() || own != &name {
                let text = format!("{} has several names", subject.anatomy.slice(*range));
                return Err(subject.refusal("names", text, *range));
            } else {
                self.gone.push(*statement);
            }
        }
        let name = match (name, pattern.is_some()) {
            (Some(name), _) => name.into_string(),
            (None, false) => self.free_name(subject, part),
            (None, true) => String::new(),
        };
        for site in sites {
            let Site::Expression(range) = site else { continue };
            if name.is_empty() {
                return Err(subject.refusal("names", "what it reads is taken apart at once, and read again", *range));
            }
            let text = match input.otherwise.filter(|otherwise| *otherwise != "{}" || all_send_objects(callers)) {
                Some(otherwise) => subject.anatomy.chosen(*range, &name, otherwise),
                None => name.clone(),
            };
            self.edits.push(TextEdit { range: *range, text });
        }
        let written = match part {
            RequestPart::Form => "FormData",
            RequestPart::Query(_) => "string | null",
            RequestPart::Segment(segment) if subject.is_string(segment) => "string",
            _ => "any",
        };
        self.is_open |= written == "any" && subject.is_typed();
        let written = subject.is_typed().then_some(written);
        let pattern = pattern.unwrap_or(name);
        self.all.push(Parameter { part: part.clone(), pattern, written, is_later: false });
        Ok(())
    }

    fn free_name(&self, subject: &Subject, part: &RequestPart) -> String {
        let wished = match part {
            RequestPart::Json => "input".to_owned(),
            RequestPart::Form => "formData".to_owned(),
            RequestPart::Segment(name) | RequestPart::Query(name) => camel(name),
            RequestPart::Headers(_) | RequestPart::Cookies => "value".to_owned(),
        };
        let function = subject.handler.function.range;
        let is_taken = |name: &str| {
            !subject.anatomy.is_free_within(function, name)
                || self.all.iter().any(|p| p.pattern == name)
                || super::name::is_reserved(name)
        };
        let mut numbered = (2..).map(|n| format!("{wished}{n}"));
        let mut candidates = [wished.clone(), format!("{wished}Value")].into_iter().chain(numbered.by_ref());
        candidates.find(|name| !is_taken(name)).unwrap_or(wished)
    }

    /// Takes out the statements that go: neighbours together, with the empty line that would be left.
    fn remove_statements(&self, subject: &Subject, edits: &mut Vec<TextEdit>) {
        let text = &subject.source.text;
        let mut gone = self.gone.clone();
        gone.sort();
        gone.dedup();
        let mut merged: Vec<TextRange> = vec![];
        for range in gone {
            let touches = |last: &&mut TextRange| {
                text.get(last.end as usize..range.start as usize).is_some_and(|between| between.trim().is_empty())
            };
            match merged.last_mut().filter(touches) {
                Some(last) => last.end = range.end,
                None => merged.push(range),
            }
        }
        for range in merged {
            let before = text.get(..range.start as usize).unwrap_or_default().trim_end_matches([' ', '\t']);
            let is_first = before.ends_with("\n\n") || before.trim_end().ends_with('{');
            let range = if is_first { whole_lines(text, range) } else { lines(text, range) };
            edits.push(TextEdit { range, text: String::new() });
        }
    }

    /// Whether a request sends what the handler reads.
    fn is_sent(&self, subject: &Subject, caller: &Caller, site: &CallSite) -> Result<(), Refusal> {
        let place = format!("{}:{}", name_of(&caller.source.path), line_of(&caller.source.text, site.site.call));
        let refuse = |text: String| Err(Refusal::new("caller-body", text).at(caller.source.file, site.site.call));
        let reads = |part: RequestPart| subject.handler.inputs.iter().find(|i| i.part == part);
        match (&site.site.body, reads(RequestPart::Json), reads(RequestPart::Form)) {
            (SentBody::Json { .. }, Some(_), _) | (SentBody::Form(_), _, Some(_)) => Ok(()),
            (SentBody::Nothing, None, None) => Ok(()),
            (SentBody::Form(_), None, None) if site.form.is_some() => Ok(()),
            (SentBody::Nothing, Some(_), _) => refuse(format!("{place} sends no body, and the handler reads one")),
            (_, None, None) => refuse(format!("{place} sends a body that the handler doesn't read")),
            _ => refuse(format!("{place} sends another body than the handler reads")),
        }
    }

    /// The arguments of a call.
    pub fn arguments(&self, caller: &Caller, site: &CallSite, style: &Style) -> String {
        let text = |range: TextRange| caller.source.text.get(range.span()).unwrap_or_default();
        let call_indent = indent_at(&caller.source.text, site.site.call.start);
        let moved = |range: TextRange| {
            let own = indent_at(&caller.source.text, range.start);
            outdented(text(range), own.len().saturating_sub(call_indent.len()))
        };
        // React gives a form's action the form by itself
        let is_given = |p: &&Parameter| site.form.is_some() && p.part == RequestPart::Form;
        let written: Vec<String> = self
            .all
            .iter()
            .filter(|p| !is_given(p))
            .map(|parameter| match &parameter.part {
                RequestPart::Json | RequestPart::Form => match &site.site.body {
                    SentBody::Json { value, .. } | SentBody::Form(value) => moved(*value),
                    SentBody::Nothing => "undefined".to_owned(),
                },
                RequestPart::Segment(name) => {
                    let parts = site.segments.iter().find(|(n, _)| n == name).map(|(_, parts)| parts.as_slice());
                    said(parts.unwrap_or_default(), site, &text, style)
                }
                RequestPart::Query(name) => match site.query.iter().find(|(n, _)| n == name) {
                    Some((_, parts)) => said(parts, site, &text, style),
                    None => "null".to_owned(),
                },
                RequestPart::Headers(_) | RequestPart::Cookies => String::new(),
            })
            .collect();
        written.join(", ")
    }

    /// What changes in the function: its head, and where it read the request.
    pub fn write(&self, subject: &Subject, answers: &Answers, edits: &mut Vec<TextEdit>) {
        let parameters: Vec<String> = self
            .all
            .iter()
            .map(|p| match p.written {
                Some(written) => format!("{}: {written}", p.pattern),
                None => p.pattern.clone(),
            })
            .collect();
        let function = &subject.handler.function;
        let end = function.returns_type.map_or(subject.list.end, |t| t.end);
        let returns = answers.written_type(subject).map(|t| format!(": {t}")).unwrap_or_default();
        let range = TextRange::new(subject.list.start, end);
        edits.push(TextEdit { range, text: format!("({}){returns}", parameters.join(", ")) });
        if !function.is_async {
            let at = TextRange::new(function.range.start, function.range.start);
            edits.push(TextEdit { range: at, text: "async ".to_owned() });
        }
        edits.extend(self.edits.iter().cloned());
        self.remove_statements(subject, edits);
    }
}

/// Whether no caller sends `null`, of which `??` makes something else and `.catch` doesn't.
fn all_send_objects(callers: &[Caller]) -> bool {
    let mut sites = callers.iter().flat_map(|caller| caller.sites.iter().map(|site| (&caller.source.text, site)));
    sites.all(|(text, site)| match &site.site.body {
        SentBody::Json { value, .. } => text.get(value.span()).is_some_and(|t| t.starts_with('{')),
        _ => false,
    })
}

/// Whether a body is read when something has happened already, or where it is caught if it is no JSON.
fn is_read_later(subject: &Subject, input: &Input) -> bool {
    let [Site::Variable { statement, .. }] = input.sites.as_slice() else { return input.call.is_some() };
    if input.call.is_none() || input.has_fallback {
        return input.call.is_some();
    }
    // what leads to other inputs can't fail
    let others = subject.handler.inputs.iter().filter(|other| other.part != input.part).flat_map(|i| &i.sites);
    let leading = others.filter_map(|site| match site {
        Site::Variable { statement, .. } => Some(*statement),
        Site::Expression(_) => None,
    });
    let mut gone: Vec<TextRange> = leading.chain(subject.handler.spent.iter().copied()).collect();
    gone.sort();
    gone.dedup();
    let mut at = subject.handler.function.body.start + 1;
    let mut rest = String::new();
    for range in gone.iter().filter(|range| range.end <= statement.start) {
        rest.push_str(subject.anatomy.slice(TextRange::new(at.min(range.start), range.start)));
        at = range.end;
    }
    rest.push_str(subject.anatomy.slice(TextRange::new(at.min(statement.start), statement.start)));
    rest.lines().any(|line| !matches!(line.trim(), "" | ";") && !line.trim().starts_with("//"))
}

/// A part of a URL as an expression that is a string.
fn said<'t>(parts: &[Part], site: &CallSite, text: &dyn Fn(TextRange) -> &'t str, style: &Style) -> String {
    match parts {
        [] => style.quoted(""),
        [Part::Text(only)] => style.quoted(only),
        [Part::Hole(hole)] => {
            let inner = site.encoded.iter().find(|(whole, _)| whole == hole).map_or(*hole, |(_, inner)| *inner);
            let is_string = site.texts.contains(&inner);
            if is_string { text(inner).to_owned() } else { format!("String({})", text(inner)) }
        }
        several => {
            let parts = several.iter().map(|part| match part {
                Part::Text(text) => text.to_string(),
                Part::Hole(hole) => format!("${{{}}}", text(*hole)),
            });
            format!("`{}`", parts.collect::<String>())
        }
    }
}

/// The white space at the start of an offset's line.
pub(super) fn indent_at(text: &str, offset: u32) -> &str {
    let line = text.get(..offset as usize).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let rest = text.get(line..).unwrap_or_default();
    rest.get(..rest.len() - rest.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
}

/// Lines behind the first moved to the left, if all of them can be.
pub(super) fn outdented(text: &str, by: usize) -> String {
    let can = |line: &str| line.trim().is_empty() || line.len() - line.trim_start_matches([' ', '\t']).len() >= by;
    if by == 0 || text.contains('`') || !text.split('\n').skip(1).all(can) {
        return text.to_owned();
    }
    let moved = text.split('\n').enumerate();
    let lines: Vec<&str> =
        moved.map(|(n, line)| if n == 0 { line } else { line.get(by..).unwrap_or_default() }).collect();
    lines.join("\n")
}

/// `post-id` as `postId`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut out: String = words.next().unwrap_or_default().to_owned();
    if let Some(first) = out.get(..1) {
        out = first.to_lowercase() + out.get(1..).unwrap_or_default();
    }
    for word in words {
        let mut letters = word.chars();
        out.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
    }
    out
}

impl Subject<'_> {
    /// What a module's name is called here.
    pub(super) fn imported(&self, module: &str, name: &str) -> Option<String> {
        let mut imports = self.anatomy.module.imports().filter(|(_, i)| *i.specifier == *module && !i.type_only);
        imports.find_map(|(_, i)| {
            i.named.iter().find(|n| *n.imported == *name && !n.type_only).map(|n| n.local.to_string())
        })
    }

    /// Whether the signature, or a type that it names, says that a segment is a string.
    fn is_string(&self, segment: &str) -> bool {
        let Some(context) = self.handler.function.parameters.get(1).and_then(|p| p.annotation) else { return false };
        let says = |text: &str| {
            text.match_indices(segment).any(|(at, _)| {
                let before = text.get(..at).and_then(|t| t.chars().next_back()).unwrap_or(' ');
                let rest = text.get(at + segment.len()..).unwrap_or_default().trim_start();
                let kind = rest.strip_prefix(':').map(str::trim_start).and_then(|t| t.strip_prefix("string"));
                !before.is_alphanumeric()
                    && kind.is_some_and(|after| !after.trim_start().starts_with(['[', '|', '&', '.']))
            })
        };
        let written = self.anatomy.slice(context);
        if says(written) || written.starts_with("RouteContext<") {
            return true;
        }
        let named = self.anatomy.module.declaring(written.trim()).and_then(|i| self.anatomy.module.statements.get(i));
        named.is_some_and(|statement| says(self.anatomy.slice(statement.range)))
    }
}
