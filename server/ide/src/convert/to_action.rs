//! Route Handler to action: the function moves into a module of actions, takes what it read of its request
//! as arguments and returns what it answered; every `fetch` of it becomes a call.

mod answer;
mod beside;
mod callers;
mod elsewhere;
mod get_stays;
mod guard;
mod input;
mod leaving;
mod name;
mod obstacles;
mod undone;
mod written;

use std::sync::Arc;

use next::{Method, Version};
use syntax::{
    TextRange,
    anatomy::{Anatomy, Handler, Statement, StatementKind},
    facts::{FileFacts, Origin},
};
use workspace::{App, Endpoint, EndpointId, Snapshot};

use super::{
    Conversion, Refusal, TextEdit,
    draft::{Draft, Source, name_of},
};

pub(super) use beside::beside;
pub(super) use undone::undone;

/// What becomes of the handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    /// It goes, and callers call the action.
    Instead,
    /// It stays, and so do its callers.
    Beside,
}

/// The handler that is converted.
struct Subject<'a> {
    aim: Aim,
    snap: &'a Snapshot,
    endpoint: &'a Endpoint,
    id: EndpointId,
    app: Arc<App>,
    facts: Arc<FileFacts>,
    source: &'a Source,
    anatomy: &'a Anatomy<'a>,
    handler: Handler,
    /// Arguments that were the request.
    stands: Vec<elsewhere::Stand>,
    /// Its statement's index.
    statement: usize,
    /// Its parameters, with the parentheses.
    list: TextRange,
}

/// The conversion of a handler's method.
pub(super) fn to_action(snap: &Snapshot, endpoint: &Endpoint) -> Result<Conversion, Refusal> {
    of_export(snap, endpoint, Aim::Instead)?;
    let source = Source::read(snap, endpoint.file)?;
    let anatomy = read(&source)?;
    let subject = Subject::new(snap, endpoint, &source, &anatomy, Aim::Instead)?;
    let callers = callers::find(&subject)?;
    obstacles::of_configuration(&subject)?;
    let answers = answer::Answers::of(&subject, &callers)?;
    let inputs = input::Inputs::of(&subject, &callers)?;
    let name = name::of(&subject, &callers);

    let mut draft = Draft::default();
    let mut edits: Vec<TextEdit> = vec![];
    inputs.write(&subject, &answers, &mut edits);
    answers.write(&subject, &mut edits);
    let home = leaving::write(&subject, &name, edits, &inputs, &answers, &mut draft)?;
    for caller in &callers {
        written::rewrite(&subject, caller, &name, &home, &inputs, &answers, &mut draft)?;
    }
    get_stays::keep(&subject, &mut draft)?;
    notes(&subject, &callers, &inputs, &answers, &mut draft);
    draft.finish(snap)
}

fn read(source: &Source) -> Result<Anatomy<'_>, Refusal> {
    let unreadable = || Refusal::new("unreadable", format!("{} can't be parsed", name_of(&source.path)));
    Anatomy::new(&source.text, source.grammar).ok_or_else(unreadable)
}

/// What the endpoint's kind and the way it is exported allow for; asks for no tree.
fn of_export(snap: &Snapshot, endpoint: &Endpoint, aim: Aim) -> Result<(), Refusal> {
    let refuse = |reason, text: String| Err(Refusal::new(reason, text).at(endpoint.file, endpoint.range));
    let name = name_of(&snap.path(endpoint.file));
    let (Some(method), Some(url)) = (endpoint.method, endpoint.url.as_deref()) else {
        return refuse("elsewhere", "it is no method of a Route Handler".to_owned());
    };
    let stays = aim == Aim::Beside && method == Method::Get;
    if matches!(method, Method::Get | Method::Head | Method::Options) && !stays {
        let text = format!("{method} {url} reads: a request can be cached, prefetched and opened; an action can't");
        return refuse("reads", text);
    }
    let Some(app) = snap.app_of(endpoint.file) else {
        return refuse("elsewhere", "no application serves it".to_owned());
    };
    if app.release() < Version::new(14, 0, 0) {
        return refuse("release", "Server Actions are stable from Next.js 14 on".to_owned());
    }
    if app.config.output_export {
        return refuse("static-export", "the application is exported as static files (output: 'export')".to_owned());
    }
    let facts = snap.facts(endpoint.file);
    let export = facts.as_ref().and_then(|facts| facts.exports.get(endpoint.export? as usize));
    let Some(export) = export else { return refuse("elsewhere", format!("{method} isn't declared in {name}")) };
    if facts.as_ref().is_some_and(|facts| !facts.directives.is_empty()) {
        return refuse("directive", format!("{name} has a directive of its own at its head"));
    }
    if let Some(wrapper) = &export.wrapper {
        let text = format!("{wrapper} wraps it: what that does before and after isn't known here");
        return refuse("wrapped", text);
    }
    if export.origin != Origin::Here || export.is_apart() || !export.form.is_function() {
        return refuse("elsewhere", format!("{method} isn't written as a function of its own here"));
    }
    Ok(())
}

impl<'a> Subject<'a> {
    fn new(
        snap: &'a Snapshot,
        endpoint: &'a Endpoint,
        source: &'a Source,
        anatomy: &'a Anatomy<'a>,
        aim: Aim,
    ) -> Result<Self, Refusal> {
        let refuse = |reason, text: String| Err(Refusal::new(reason, text).at(endpoint.file, endpoint.range));
        let method = endpoint.method.unwrap_or(Method::Post);
        let Some(app) = snap.app_of(endpoint.file) else {
            return refuse("elsewhere", "no application serves it".to_owned());
        };
        let facts = snap.facts(endpoint.file);
        let (Some(facts), Some(index)) = (facts, endpoint.export) else {
            return refuse("elsewhere", format!("{method} isn't declared in {}", name_of(&source.path)));
        };
        let id = snap.endpoints(endpoint.file).iter().position(|e| e.export == Some(index) && e.method == Some(method));
        let (Some(export), Some(id)) = (facts.exports.get(index as usize), id) else {
            return refuse("elsewhere", format!("{method} isn't declared in {}", name_of(&source.path)));
        };
        if anatomy.is_broken() {
            return refuse("syntax-errors", format!("{} has syntax errors", name_of(&source.path)));
        }
        let statement = anatomy.module.around(endpoint.range);
        let at = statement.and_then(|index| anatomy.module.statements.get(index));
        let (Some(statement), Some(of)) = (statement, at) else {
            return refuse("elsewhere", format!("{method} isn't a statement of its own"));
        };
        let is_one = matches!(of.kind, StatementKind::Function | StatementKind::Variables(1)) && of.export.is_some();
        let (Some(mut handler), Some(signature), true) = (anatomy.handler(of.range), &export.signature, is_one) else {
            return refuse("elsewhere", format!("{method} isn't written as a function of its own here"));
        };
        if aim == Aim::Instead {
            guard::take_off(anatomy, &mut handler, source.is_typed());
        }
        let stands = elsewhere::look_into(snap, source, anatomy, &mut handler, aim);
        let head =
            anatomy.slice(TextRange::new(endpoint.range.end, handler.function.range.start.max(endpoint.range.end)));
        if head.contains(':') {
            return refuse(
                "typed",
                format!("{method} is declared with the type of a handler, which an action isn't of"),
            );
        }
        if anatomy
            .module
            .statements
            .iter()
            .any(|s| matches!(s.kind, StatementKind::Function) && s.range != of.range && s.declares == of.declares)
        {
            return refuse("overloads", format!("{method} is declared more than once"));
        }
        let name = anatomy.slice(endpoint.range);
        let is_used = |s: &Statement| s.uses.iter().any(|used| &**used == name);
        if anatomy.module.statements.iter().any(is_used)
            || anatomy.names_within(handler.function.body).iter().any(|used| &**used == name)
        {
            return refuse("used-here", format!("{name} is used by other code of its file"));
        }
        let id = EndpointId { file: endpoint.file, index: id as u32 };
        let list = signature.list;
        let subject = Self { aim, snap, endpoint, id, app, facts, source, anatomy, handler, stands, statement, list };
        obstacles::of_function(&subject)?;
        Ok(subject)
    }

    fn method(&self) -> Method {
        self.endpoint.method.unwrap_or(Method::Post)
    }

    fn url(&self) -> &str {
        self.endpoint.url.as_deref().unwrap_or_default()
    }

    fn is_typed(&self) -> bool {
        self.source.is_typed()
    }

    fn refusal(&self, reason: &'static str, text: impl Into<String>, at: TextRange) -> Refusal {
        Refusal::new(reason, text).at(self.source.file, at)
    }
}

/// What a person has to look at.
fn notes(
    subject: &Subject,
    callers: &[callers::Caller],
    inputs: &input::Inputs,
    answers: &answer::Answers,
    draft: &mut Draft,
) {
    let (method, url) = (subject.method(), subject.url());
    draft
        .note(format!("Nobody answers {method} {url} any more: code outside of this workspace that asks for it fails"));
    if subject.handler.may_throw {
        draft.note_at(
            subject.source.file,
            subject.endpoint.range,
            "What it throws was a response with status 500; now the call rejects",
        );
    }
    if inputs.is_open {
        draft.note_at(
            subject.source.file,
            subject.endpoint.range,
            "What it takes is of type any, as the body of a request was: say what it is",
        );
    }
    let as_it_is = callers.iter().flat_map(|c| &c.sites).find(|s| s.may_differ);
    if let Some(site) = as_it_is {
        draft.note_at(
            site.file,
            site.site.call,
            "Arguments don't go through JSON: a Date arrives as a Date, and undefined as undefined",
        );
    }
    if answers.goes_through_json {
        draft.note("What is returned goes through JSON as before: take throughJson off where the value is plain");
    }
    if answers.shape != answer::Shape::Redirect {
        // React's client sends them so, and holds navigation back meanwhile
        draft.note("Calls of actions wait for each other, where requests ran side by side");
    }
    if answers.shape == answer::Shape::Redirect {
        draft.note("The browser goes on within the application, where the form's answer was a page loaded anew");
    }
    if inputs.has_form() {
        draft.note("An action's body may have 1 MB, unless serverActions.bodySizeLimit says otherwise");
    }
    let effects =
        subject.facts.effects.iter().find(|e| subject.endpoint.export.is_some_and(|x| e.exports.contains(&x)));
    if effects.is_some_and(|e| !e.revalidates.is_empty() || e.sets_cookies.is_some() || e.deletes_cookies.is_some()) {
        draft.note(
            "The page is shown anew after the call, for an action that sets cookies or revalidates brings it along",
        );
    }
}

#[cfg(test)]
mod tests;
