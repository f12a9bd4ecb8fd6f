//! What the action returns: what was answered, as a value, or as a result that says how it went where
//! callers can be told of errors.

use syntax::{
    TextRange,
    anatomy::{ResponsePart, Says, Status},
};

use super::{
    Aim, Subject, TextEdit,
    callers::{CallSite, Caller, line_of},
    input::{indent_at, outdented},
};
use crate::convert::{Refusal, draft::name_of};

/// How the action answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing.
    Nothing,
    /// The value itself.
    Value,
    /// `{ ok, status, data }`
    Result,
    /// Nothing: it redirects who posts a form.
    Redirect,
}

pub(super) struct Answers {
    pub shape: Shape,
    /// `throughJson` is needed.
    pub goes_through_json: bool,
    /// `fromResponse` is needed.
    pub comes_from_response: bool,
    /// What is answered is never `null`, as far as it is written here.
    pub is_never_null: bool,
    /// Text is told from JSON by the member that holds it.
    pub tells_text: bool,
}

/// The function that answers go through, where JSON may change them.
pub(super) const THROUGH_JSON: &str = "throughJson";

/// The function that responses go through which are made elsewhere.
pub(super) const FROM_RESPONSE: &str = "fromResponse";

impl Answers {
    pub fn of(subject: &Subject, callers: &[Caller]) -> Result<Self, Refusal> {
        let answers = &subject.handler.answers;
        let mut sites = callers.iter().flat_map(|c| &c.sites);
        if let Some(form) = sites.clone().find(|s| s.form.is_some()) {
            return Self::of_forms(subject, form, sites.all(|s| s.form.is_some()));
        }
        let redirect = answers.iter().find(|a| matches!(a.says, Says::Redirect(_))).map(|a| a.range);
        if let Some(range) = redirect.or_else(|| subject.handler.redirects.then_some(subject.endpoint.range)) {
            let text = "it redirects: fetch follows without leaving the page, an action's caller leaves it";
            return Err(subject.refusal("redirect", text, range));
        }
        let is_error = |status: &Status| !matches!(status, Status::Known(200..=299));
        let reads = || callers.iter().flat_map(|c| &c.sites).flat_map(|s| &s.site.taken.reads);
        let asks_how = reads().any(|r| matches!(r.what, ResponsePart::Ok | ResponsePart::Status));
        let texts = answers.iter().filter(|a| matches!(a.says, Says::Text(_))).count();
        let nothings = answers.iter().filter(|a| matches!(a.says, Says::Nothing)).count();
        let shape = if asks_how || answers.iter().any(|a| is_error(&a.status)) {
            Shape::Result
        } else if nothings == answers.len() && reads().next().is_none() {
            Shape::Nothing
        } else if nothings == 0 {
            Shape::Value
        } else {
            Shape::Result
        };
        let jsons = answers.len() - texts - nothings;
        for caller in callers {
            for site in &caller.sites {
                let place = |range| format!("{}:{}", name_of(&caller.source.path), line_of(&caller.source.text, range));
                for read in &site.site.taken.reads {
                    let refuse = |text: String| Refusal::new("caller-answer", text).at(caller.source.file, read.range);
                    if read.what == ResponsePart::Text && texts != answers.len() {
                        return Err(refuse(format!("{} reads as text what is answered as JSON", place(read.range))));
                    }
                    if read.has_fallback && jsons != answers.len() {
                        let text = format!("{} has a fallback for answers that aren't JSON", place(read.range));
                        return Err(refuse(text));
                    }
                    if read.what == ResponsePart::Json && jsons == 0 {
                        return Err(refuse(format!("{} reads JSON, and none is answered", place(read.range))));
                    }
                }
            }
        }
        let goes_through_json =
            shape != Shape::Nothing && answers.iter().any(|a| matches!(a.says, Says::Json { plain: false, .. }));
        if goes_through_json && super::name::has_word(&subject.source.text, THROUGH_JSON) {
            return Err(subject.refusal("names", "throughJson is declared here", subject.endpoint.range));
        }
        let comes_from_response = answers.iter().any(|a| matches!(a.says, Says::Elsewhere(_)));
        if comes_from_response && super::name::has_word(&subject.source.text, FROM_RESPONSE) {
            return Err(subject.refusal("names", "fromResponse is declared here", subject.endpoint.range));
        }
        let is_never_null = answers.iter().all(|a| match a.says {
            Says::Json { value, .. } => subject.anatomy.is_made_here(value),
            Says::Elsewhere(_) => true,
            _ => false,
        });
        Ok(Self { shape, goes_through_json, is_never_null, tells_text: false, comes_from_response })
    }

    /// For a handler that stays: it has to answer as before with what the function gives back.
    pub fn beside(subject: &Subject) -> Result<Self, Refusal> {
        let answers = &subject.handler.answers;
        let redirect = answers.iter().find(|a| matches!(a.says, Says::Redirect(_))).map(|a| a.range);
        if let Some(range) = redirect.or_else(|| answers.is_empty().then_some(subject.endpoint.range)) {
            let text = "it redirects, and nothing else tells where to";
            return Err(subject.refusal("redirect", text, range));
        }
        let has = |one: fn(&Says) -> bool| answers.iter().any(|a| one(&a.says));
        let (text, nothing) = (has(|s| matches!(s, Says::Text(_))), has(|s| matches!(s, Says::Nothing)));
        let json = has(|s| matches!(s, Says::Json { .. }));
        let is_one =
            |status: &Status| matches!(status, Status::Known(_)) && answers.iter().all(|a| a.status == *status);
        let is_uniform = answers.first().is_some_and(|first| is_one(&first.status));
        let shape = match (is_uniform, json, text, nothing) {
            (true, false, false, true) => Shape::Nothing,
            (true, true, false, false) | (true, false, true, false) => Shape::Value,
            _ => Shape::Result,
        };
        let goes_through_json = answers.iter().any(|a| matches!(a.says, Says::Json { plain: false, .. }));
        if goes_through_json && super::name::has_word(&subject.source.text, THROUGH_JSON) {
            return Err(subject.refusal("names", "throughJson is declared here", subject.endpoint.range));
        }
        let tells_text = json && text;
        Ok(Self { shape, goes_through_json, is_never_null: false, tells_text, comes_from_response: false })
    }

    /// Forms that a browser posts by itself are sent elsewhere by every answer.
    fn of_forms(subject: &Subject, form: &CallSite, all: bool) -> Result<Self, Refusal> {
        let refuse = |text: &str| Err(Refusal::new("caller-form", text).at(form.file, form.site.call));
        if !all {
            return refuse("a form posts to it, and other code asks for it, too");
        }
        if subject.handler.answers.iter().any(|a| !matches!(a.says, Says::Redirect(_))) {
            return refuse("a form posts to it, and the browser shows what is answered");
        }
        let is_elsewhere = subject.handler.answers.iter().any(|a| matches!(a.says, Says::Redirect(_)));
        if is_elsewhere && subject.redirect().is_none() {
            return Err(subject.refusal("names", "redirect means something else in this file", subject.endpoint.range));
        }
        Ok(Self {
            shape: Shape::Redirect,
            goes_through_json: false,
            is_never_null: false,
            tells_text: false,
            comes_from_response: false,
        })
    }

    /// What has to be imported of `next/navigation`.
    pub fn needs_redirect(&self, subject: &Subject) -> bool {
        self.shape == Shape::Redirect
            && subject.handler.answers.iter().any(|a| matches!(a.says, Says::Redirect(_)))
            && subject.imported("next/navigation", "redirect").is_none()
    }

    /// The type that the action gives back, where types are written.
    pub fn written_type(&self, subject: &Subject) -> Option<&'static str> {
        if !subject.is_typed() {
            return None;
        }
        let answers = &subject.handler.answers;
        let all_say = answers.iter().all(|a| !matches!(a.says, Says::Nothing | Says::Elsewhere(_)));
        let are_texts = subject.aim == Aim::Instead && answers.iter().all(|a| matches!(a.says, Says::Text(_)));
        Some(match self.shape {
            Shape::Nothing | Shape::Redirect => "Promise<void>",
            Shape::Value if are_texts => "Promise<string>",
            Shape::Result if are_texts => "Promise<{ ok: boolean; status: number; data: string }>",
            Shape::Value => "Promise<any>",
            Shape::Result if self.tells_text => "Promise<{ ok: boolean; status: number; data?: any; text?: string }>",
            Shape::Result if all_say => "Promise<{ ok: boolean; status: number; data: any }>",
            Shape::Result => "Promise<{ ok: boolean; status: number; data?: any }>",
        })
    }

    /// `NextResponse.json(value, { status: 404 })` becomes `{ ok: false, status: 404, data: value }`.
    pub fn write(&self, subject: &Subject, edits: &mut Vec<TextEdit>) {
        for answer in &subject.handler.answers {
            if let Says::Redirect(path) = answer.says {
                let redirect = subject.redirect().unwrap_or_default();
                let text = format!("{redirect}({})", subject.anatomy.slice(path));
                edits.push(TextEdit { range: answer.range, text });
                continue;
            }
            if let Says::Elsewhere(value) = answer.says {
                edits.push(TextEdit {
                    range: TextRange::new(value.start, value.start),
                    text: format!("{FROM_RESPONSE}("),
                });
                edits.push(TextEdit { range: TextRange::new(value.end, value.end), text: ")".to_owned() });
                continue;
            }
            let (value, plain) = match &answer.says {
                Says::Json { value, plain } => (Some(*value), *plain),
                Says::Text(value) => (Some(*value), true),
                Says::Nothing | Says::Redirect(_) | Says::Elsewhere(_) => (None, true),
            };
            let (before, after) = if plain { ("", "") } else { ("throughJson(", ")") };
            let how = match &answer.status {
                Status::Known(status) => format!("ok: {}, status: {status}", (200..300).contains(status)),
                Status::Written(range) => {
                    let status = subject.anatomy.slice(*range);
                    let ok = both_ways(status);
                    let is_simple = status.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '$'));
                    let named = if is_simple { status.to_owned() } else { format!("({status})") };
                    match ok {
                        Some(ok) => format!("ok: {ok}, status: {status}"),
                        None => format!("ok: {named} >= 200 && {named} < 300, status: {status}"),
                    }
                }
            };
            let (open, close) = match (self.shape, value.is_some(), answer.is_arrow_body) {
                (Shape::Nothing | Shape::Redirect, ..) => ("", ""),
                (Shape::Value, true, true) => ("(", ")"),
                (Shape::Result, _, true) => ("({ ", " })"),
                (Shape::Result, _, false) => ("{ ", " }"),
                (Shape::Value, ..) => ("", ""),
            };
            let Some(value) = value else {
                let text = match self.shape {
                    Shape::Result => format!("{open}{how}{close}"),
                    _ if answer.is_arrow_body => "undefined".to_owned(),
                    _ => String::new(),
                };
                // the space behind `return` goes, too
                let space = subject.source.text.get(..answer.range.start as usize).is_some_and(|t| t.ends_with(' '));
                let start = answer.range.start - u32::from(text.is_empty() && space);
                edits.push(TextEdit { range: TextRange::new(start, answer.range.end), text });
                continue;
            };
            let front = match self.shape {
                Shape::Result if self.tells_text && matches!(answer.says, Says::Text(_)) => {
                    format!("{open}{how}, text: {before}")
                }
                Shape::Result => format!("{open}{how}, data: {before}"),
                _ => format!("{open}{before}"),
            };
            // a value on lines of its own moves to where the answer begins
            let text = &subject.source.text;
            let by = indent_at(text, value.start).len().saturating_sub(indent_at(text, answer.range.start).len());
            let moved = outdented(subject.anatomy.slice(value), by);
            if moved != subject.anatomy.slice(value) && !edits.iter().any(|e| value.covers(e.range)) {
                edits.push(TextEdit { range: answer.range, text: format!("{front}{moved}{after}{close}") });
                continue;
            }
            edits.push(TextEdit { range: TextRange::new(answer.range.start, value.start), text: front });
            edits
                .push(TextEdit { range: TextRange::new(value.end, answer.range.end), text: format!("{after}{close}") });
        }
    }
}

/// Whether `isNew ? 201 : 200` is fine both ways; `None` if it depends, or is no such choice.
pub(super) fn both_ways(status: &str) -> Option<bool> {
    let (_, ways) = status.rsplit_once('?')?;
    let (yes, no) = ways.split_once(':')?;
    let is_ok = |text: &str| text.trim().parse::<u16>().ok().map(|status| (200..300).contains(&status));
    let (yes, no) = (is_ok(yes)?, is_ok(no)?);
    (yes == no).then_some(yes)
}

impl Subject<'_> {
    /// What `redirect` is called here; `None` if its name means something else.
    fn redirect(&self) -> Option<String> {
        let whole = TextRange::new(0, self.source.text.len() as u32);
        let is_free = self.anatomy.is_free_within(whole, "redirect");
        self.imported("next/navigation", "redirect").or_else(|| is_free.then(|| "redirect".to_owned()))
    }
}
