//! The handler's file: the action's, with a request for arguments and responses for results.

use syntax::{
    TextRange,
    anatomy::{Anatomy, StandsFor, StatementKind},
};

use super::{Asked, Former, Role, Shape, callers::caught, manner::Manner};
use crate::convert::{
    TextEdit,
    draft::Source,
    moved::whole_lines,
    to_action::{
        answer::{FROM_RESPONSE, THROUGH_JSON},
        input::indent_at,
        leaving::{apply, with_import, without_unused_in},
        name::has_word,
    },
    written::{GUARD, guard_line, same_origin},
};

impl Former<'_> {
    /// Its text; `None` where it can't be said. A text that nobody reads as JSON is answered as text.
    pub(super) fn handler(&self, asked: Asked) -> Option<String> {
        let mut manner = Manner::of(self.snap, self.app, &self.route);
        let whole = TextRange::new(0, self.source.text.len() as u32);
        let is_free = |name: &str| self.anatomy.is_free_within(whole, name);
        let of_next = |name: &str| {
            let mut imports = self.anatomy.module.imports().filter(|(_, i)| &*i.specifier == "next/server");
            imports.any(|(_, i)| !i.type_only && i.named.iter().any(|n| &*n.local == name && n.imported == n.local))
        };
        if of_next("NextResponse") {
            manner.class = "NextResponse"; // it stands there already
        }
        let is_else = |name: &str| self.anatomy.module.declaring(name).is_some() && !of_next(name);
        let is_free_inside = |name: &str| self.anatomy.is_free_within(self.function.range, name);
        let request = if is_free_inside(manner.request) { manner.request } else { "request" };
        if !is_free_inside(request) || !is_free_inside("params") || !is_free(GUARD) || is_else(manner.class) {
            return None;
        }
        let mut edits = vec![TextEdit { range: self.endpoint.range, text: self.method.as_str().to_owned() }];
        let inline = self.inline();
        let asks = self.ask_request(&mut manner, request, &mut edits) || self.shape == Shape::Redirect;
        if manner.query.contains("nextUrl") && self.reads_query() {
            manner.ty = "NextRequest"; // the platform's has none
        }
        self.head(&manner, request, asks, &mut edits);
        self.read(&manner, request, inline.as_ref(), asked, &mut edits)?;
        match self.shape {
            Shape::Redirect => self.send(manner.class, request, &mut edits)?,
            _ => self.answer(manner.class, asked.body, &mut edits)?,
        }
        self.drop_brought(&mut edits);
        let mut text = apply(&self.source.text, edits, 0)?;
        if !self.public {
            let guard = self.anatomy.style.dress(&same_origin(self.source.is_typed()));
            text = format!("{}\n\n{guard}", text.trim_end());
        }
        let mut source =
            Source { text: text.trim_start().into(), path: self.route.as_path().into(), ..self.source.clone() };
        for (name, module) in [(manner.class, "NextResponse"), (manner.ty, "NextRequest")] {
            if name == module && has_word(&source.text, name) && !of_next(name) {
                let imported = if name == "NextRequest" && manner.marks_types { "type NextRequest" } else { name };
                source.text = self.with_import_of_next(&source, imported, manner.leads)?.into();
            }
        }
        without_unused_in(self.snap, &source, None).ok().map(|text| text.trim_end().to_owned() + "\n")
    }

    /// The directive goes, and the functions that the conversion brought.
    fn drop_brought(&self, edits: &mut Vec<TextEdit>) {
        let is_brought = |name: &str| [THROUGH_JSON, FROM_RESPONSE].contains(&name);
        let mut end = 0;
        for statement in &self.anatomy.module.statements {
            if statement.kind == StatementKind::Directive || statement.declares.iter().any(|n| is_brought(n)) {
                // two of them share the empty line between
                let lines = whole_lines(&self.source.text, statement.full);
                let range = TextRange::new(lines.start.max(end), lines.end);
                end = range.end;
                edits.push(TextEdit { range, text: String::new() });
            }
        }
    }

    fn with_import_of_next(&self, source: &Source, name: &str, leads: bool) -> Option<String> {
        let anatomy = Anatomy::new(&source.text, source.grammar)?;
        let is_there = anatomy.module.imports().any(|(_, import)| &*import.specifier == "next/server");
        let first = anatomy.module.imports().next().and_then(|(index, _)| anatomy.module.statements.get(index));
        match first.filter(|_| leads && !is_there) {
            Some(first) => {
                let end = if anatomy.style.semicolons { ";" } else { "" };
                let text = format!("import {{ {name} }} from {}{end}\n", anatomy.style.quoted("next/server"));
                let at = TextRange::new(first.range.start, first.range.start);
                apply(&source.text, vec![TextEdit { range: at, text }], 0)
            }
            None => with_import(source, "next/server", name).ok(),
        }
    }

    fn reads_query(&self) -> bool {
        self.parameters.iter().any(|p| p.role == Role::Query)
    }

    /// Whether the request itself is looked at.
    fn needs_request(&self) -> bool {
        !self.public || self.parameters.iter().any(|p| !matches!(p.role, Role::Segment(_)))
    }

    fn segments(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().filter_map(|p| match &p.role {
            Role::Segment(segment) => Some((segment.as_str(), p.name.as_deref()?)),
            _ => None,
        })
    }

    /// `await headers()` becomes `request.headers`, where the application's handlers ask so; whether there is any.
    fn ask_request(&self, manner: &mut Manner, request: &str, edits: &mut Vec<TextEdit>) -> bool {
        let typed = self.source.is_typed();
        let before = edits.len();
        for one in self.anatomy.stand_ins(self.function.body, typed) {
            let text = match one.what {
                StandsFor::Request(ty) => {
                    if ty.as_deref() == Some("NextRequest") {
                        manner.ty = "NextRequest";
                    }
                    request.to_owned()
                }
                StandsFor::Headers if manner.asks_headers => format!("{request}.headers"),
                // what was set a moment ago is there for cookies() only
                StandsFor::Cookies if manner.asks_cookies && !self.writes => {
                    manner.ty = "NextRequest"; // the platform's has none
                    format!("{request}.cookies")
                }
                StandsFor::Headers | StandsFor::Cookies => continue,
            };
            edits.push(TextEdit { range: one.range, text });
        }
        edits.len() > before
    }

    /// `(request: Request, { params }: { params: Promise<{ id: string }> })`
    fn head(&self, manner: &Manner, request: &str, asks: bool, edits: &mut Vec<TextEdit>) {
        let typed = self.source.is_typed();
        let mut takes: Vec<String> = vec![];
        let segments: Vec<String> = self.segments().map(|(segment, _)| format!("{}: string", key(segment))).collect();
        if asks || self.needs_request() || !segments.is_empty() {
            takes.push(if typed { format!("{request}: {}", manner.ty) } else { request.to_owned() });
        }
        if !segments.is_empty() {
            let all = format!("{{ {} }}", segments.join("; "));
            let all = if self.are_promised() { format!("Promise<{all}>") } else { all };
            takes.push(if typed { format!("{{ params }}: {{ params: {all} }}") } else { "{ params }".to_owned() });
        }
        let end = self.function.returns_type.map_or(self.list.end, |ty| ty.end);
        let range = TextRange::new(self.list.start, end);
        edits.push(TextEdit { range, text: format!("({})", takes.join(", ")) });
    }

    fn are_promised(&self) -> bool {
        self.app.release().major >= 15
    }

    /// The place that reads the body where it stands: a name that the conversion gave, mentioned once.
    fn inline(&self) -> Option<TextRange> {
        let body = self.parameters.last().filter(|p| matches!(p.role, Role::Json | Role::Form))?;
        let name = body.name.as_deref()?;
        let given = if body.role == Role::Form { "formData" } else { "input" };
        let rest = name.strip_prefix(given)?;
        let is_given = matches!(rest, "" | "Value") || rest.parse::<u32>().is_ok();
        let within = self.anatomy.mentions_of_local(body.pattern);
        // who takes a member of it at once has given it that name more often than not
        let behind = |place: &TextRange| self.source.text.get(place.end as usize..).unwrap_or_default();
        let is_kept = |place: &TextRange| {
            rest.is_empty() && (behind(place).starts_with(['.', '[']) || behind(place).starts_with("?."))
        };
        match within.as_slice() {
            [only] if is_given && !is_kept(only) && self.anatomy.is_awaitable(*only) => Some(*only),
            _ => None,
        }
    }

    fn read(
        &self,
        manner: &Manner,
        request: &str,
        inline: Option<&TextRange>,
        asked: Asked,
        edits: &mut Vec<TextEdit>,
    ) -> Option<()> {
        let mut lines: Vec<String> = vec![];
        let promised = if self.are_promised() { "await " } else { "" };
        let segments: Vec<String> = self
            .segments()
            .map(|(segment, name)| if segment == name { name.to_owned() } else { format!("{}: {name}", key(segment)) })
            .collect();
        if !segments.is_empty() {
            lines.push(format!("const {{ {} }} = {promised}params;", segments.join(", ")));
        }
        let queries: Vec<&str> =
            self.parameters.iter().filter(|p| p.role == Role::Query).filter_map(|p| p.name.as_deref()).collect();
        if !queries.is_empty() {
            self.anatomy.is_free_within(self.function.range, "searchParams").then_some(())?;
            lines.push(manner.query.replace("request", request));
        }
        lines.extend(queries.iter().map(|name| format!("const {name} = searchParams.get('{name}');")));
        if let Some(body) = self.parameters.last().filter(|p| matches!(p.role, Role::Json | Role::Form)) {
            let call = if body.role == Role::Form { "formData" } else { "json" };
            match inline {
                Some(place) => {
                    let otherwise = self.anatomy.otherwise(*place).filter(|(_, o)| *o != "{}" || !asked.gives_null);
                    let (whole, caught) = match otherwise {
                        Some((whole, otherwise)) => (whole, caught(otherwise)),
                        None => (*place, String::new()),
                    };
                    let text = format!("await {request}.{call}(){caught}");
                    let text = if self.anatomy.is_operand(whole) { format!("({text})") } else { text };
                    edits.push(TextEdit { range: whole, text });
                }
                None => {
                    let pattern = self.anatomy.slice(body.pattern);
                    lines.push(format!("const {pattern} = await {request}.{call}();"));
                }
            }
        }
        let text = &self.source.text;
        let dress = |line: &str| self.anatomy.style.dress(line);
        if !self.public {
            self.anatomy.slice(self.function.body).starts_with('{').then_some(())?;
            let at = self.function.body.start + 1;
            let rest = text.get(at as usize..).unwrap_or_default();
            let next = rest.len() - rest.trim_start().len();
            let guard = format!("\n{}{}", indent_at(text, at + next as u32), dress(&guard_line(request)));
            edits.push(TextEdit { range: TextRange::new(at, at), text: guard });
        }
        if !lines.is_empty() {
            let patterns: Vec<TextRange> = self.parameters.iter().map(|p| p.pattern).collect();
            let at = self.anatomy.first_use(self.function.body, &patterns)?;
            let is_empty = text.get(..at as usize).is_some_and(|t| t.ends_with('{'));
            let indent = indent_at(text, at);
            let lines = lines.iter().map(|line| dress(line));
            let text: String = match is_empty {
                true => lines.map(|line| format!(" {line} ")).collect(),
                false => lines.map(|line| format!("{line}\n{indent}")).collect(),
            };
            edits.push(TextEdit { range: TextRange::new(at, at), text });
        }
        Some(())
    }
}

/// A segment as a key.
fn key(segment: &str) -> String {
    let is_name = segment.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
    if is_name { segment.to_owned() } else { format!("'{segment}'") }
}
