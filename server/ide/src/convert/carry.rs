//! How an action's arguments and its answer travel as a request and a response.

use syntax::anatomy::{Anatomy, Carried, Function, Written};
use workspace::{Followed, Snapshot};

use super::{Note, Refusal, draft::Source};

/// One argument.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Argument {
    /// The name of its variable.
    pub name: String,
    /// The name it travels under: the author's.
    pub key: String,
    /// Its type as it is written.
    pub ty: Option<String>,
    pub optional: bool,
    pub rest: bool,
    /// What it is; unread ones aren't sent.
    pub kind: ArgumentKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArgumentKind {
    Json,
    Form,
    Unread,
}

/// What the request's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// There is none.
    Nothing,
    /// The only argument.
    Whole(usize),
    /// An object with the arguments by their names.
    Members,
    /// The form; other arguments in a field of their own.
    Form(usize),
    /// The query.
    Query,
}

/// What the response's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// There is none.
    Nothing,
    /// JSON.
    Json,
    /// JSON, or none where the function gave nothing.
    Maybe,
}

/// How a call of the action travels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Carry {
    pub arguments: Vec<Argument>,
    pub sent: Sent,
    pub answer: Answer,
    /// Its type is `never`, or may be: the function is written as an expression without a `return`.
    pub never: bool,
    pub notes: Vec<Note>,
}

/// Names that the handler or the client function needs for itself.
const TAKEN: &[&str] = &["request", "response", "result", "error", "digest", "query", "router", "body", "fields"];

impl Carry {
    /// Of an action's function, which is called `of`. A GET's arguments are its query.
    pub fn new(
        snap: &Snapshot,
        of: &str,
        source: &Source,
        anatomy: &Anatomy,
        function: &Function,
        is_get: bool,
    ) -> Result<Self, Refusal> {
        let mut notes = vec![];
        let mut arguments: Vec<Argument> = vec![];
        for parameter in &function.parameters {
            let written = parameter.annotation.map(|range| anatomy.slice(range).trim().to_owned());
            let carried = match parameter.annotation {
                Some(range) => followed(snap, source, anatomy, anatomy.carried_type(range), 0),
                None => match parameter.default.map(|range| anatomy.carried(range)) {
                    Some(Carried::Json) => Carried::Json,
                    _ => Carried::Unknown(anatomy.slice(parameter.pattern).into()),
                },
            };
            let fallback =
                if arguments.is_empty() { "input".to_owned() } else { format!("input{}", arguments.len() + 1) };
            let key = parameter.name.as_deref().map_or(fallback, str::to_owned);
            let is_taken = TAKEN.contains(&&*key) || key == of;
            let name = if is_taken { format!("{key}Input") } else { key.clone() };
            let is_form = written.as_deref() == Some("FormData");
            let kind = match &carried {
                _ if !parameter.is_read => ArgumentKind::Unread,
                _ if is_form => ArgumentKind::Form,
                Carried::Form | Carried::Never(_) => {
                    let what = match &carried {
                        Carried::Never(what) => what.to_string(),
                        _ => "FormData".to_owned(),
                    };
                    let text =
                        format!("{key} holds a {what}, which JSON doesn't carry: take its parts as text instead");
                    return Err(Refusal::new("argument", text).at(source.file, parameter.range));
                }
                Carried::Unknown(what) | Carried::Named(what) => {
                    let text = match parameter.annotation {
                        Some(_) => {
                            format!("{key} travels as JSON: check that its type ({what}) has no Date, Map, Set or File")
                        }
                        None => format!("{key} travels as JSON, and its type isn't written"),
                    };
                    notes.push(Note { text, at: Some((source.file, parameter.range)) });
                    ArgumentKind::Json
                }
                Carried::Json | Carried::Nothing => ArgumentKind::Json,
            };
            let (optional, rest) = (parameter.optional, parameter.rest);
            arguments.push(Argument { name, key, ty: written, optional, rest, kind });
        }
        let sent = sent(&arguments, is_get).map_err(|refusal| refusal.at(source.file, function.range))?;
        let answer = answer(snap, source, anatomy, function, &mut notes)?;
        let says_never = |range| anatomy.slice(anatomy.awaited_type(range)) == "never";
        let never = answer == Answer::Nothing
            && function.returns_type.map_or(function.written != Written::Declaration, says_never);
        Ok(Self { arguments, sent, answer, never, notes })
    }

    /// Those that are sent, as members of an object or in the query.
    pub fn members(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|argument| argument.kind == ArgumentKind::Json)
    }
}

impl Argument {
    /// As a member of an object, given or taken.
    pub fn member(&self) -> String {
        if self.key == self.name { self.name.clone() } else { format!("{}: {}", self.key, self.name) }
    }
}

fn sent(arguments: &[Argument], is_get: bool) -> Result<Sent, Refusal> {
    let of = |kind| arguments.iter().enumerate().filter(move |(_, a)| a.kind == kind).map(|(index, _)| index);
    let forms: Vec<usize> = of(ArgumentKind::Form).collect();
    let members: Vec<usize> = of(ArgumentKind::Json).collect();
    if is_get {
        let is_word = |a: &Argument| matches!(a.ty.as_deref(), Some("string" | "number" | "boolean")) && !a.rest;
        let all = forms.is_empty() && members.iter().all(|i| arguments.get(*i).is_some_and(is_word));
        return match (all, members.is_empty()) {
            (true, true) => Ok(Sent::Nothing),
            (true, false) => Ok(Sent::Query),
            _ => Err(Refusal::new("query", "a query carries text, numbers and truth values only: take POST")),
        };
    }
    match (&*forms, &*members) {
        ([], []) => Ok(Sent::Nothing),
        ([form], _) => Ok(Sent::Form(*form)),
        ([], [only]) if arguments.get(*only).is_some_and(|a| !a.rest && !a.optional && is_object(a.ty.as_deref())) => {
            Ok(Sent::Whole(*only))
        }
        ([], _) => Ok(Sent::Members),
        _ => Err(Refusal::new("forms", "it takes two forms, and a request has one body")),
    }
}

/// Whether a type is an object's, as far as one sees.
fn is_object(ty: Option<&str>) -> bool {
    ty.is_some_and(|ty| {
        let is_word = matches!(ty, "string" | "number" | "boolean" | "any" | "unknown" | "null" | "undefined");
        !is_word && !ty.contains('|') && !ty.ends_with(']') && !ty.starts_with(['"', '\'', '`'])
    })
}

fn answer(
    snap: &Snapshot,
    source: &Source,
    anatomy: &Anatomy,
    function: &Function,
    notes: &mut Vec<Note>,
) -> Result<Answer, Refusal> {
    let valued: Vec<_> = function.returns.iter().filter_map(|returned| returned.value).collect();
    let mut carried = Carried::Nothing;
    let mut gives_nothing = valued.len() < function.returns.len() || !ends_with_answer(anatomy, function);
    match function.returns_type {
        Some(range) => {
            let inner = anatomy.awaited_type(range);
            carried = followed(snap, source, anatomy, anatomy.carried_type(inner), 0);
            gives_nothing =
                anatomy.slice(inner).split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "undefined" | "void"))
                    || matches!(carried, Carried::Unknown(_) | Carried::Named(_));
        }
        None => {
            for value in &valued {
                let part = anatomy.carried(*value);
                gives_nothing |= !matches!(part, Carried::Json);
                carried = carried.and(part);
            }
        }
    }
    let place = valued.first().copied().or(function.returns_type).unwrap_or(function.range);
    match carried {
        Carried::Nothing => return Ok(Answer::Nothing),
        Carried::Never(what) => {
            let text = format!("it returns a {what}, which JSON doesn't carry: return its parts as text instead");
            return Err(Refusal::new("result", text).at(source.file, place));
        }
        Carried::Form => return Err(Refusal::new("result", "it returns a form").at(source.file, place)),
        Carried::Unknown(what) | Carried::Named(what) => {
            let text =
                format!("what it returns ({what}) travels as JSON: a Date in it arrives as text, a Map or Set empty");
            notes.push(Note { text, at: Some((source.file, place)) });
        }
        Carried::Json => {}
    }
    Ok(if gives_nothing { Answer::Maybe } else { Answer::Json })
}

/// Whether the last statement of a body is a `return` or `throw`: its end isn't reached.
fn ends_with_answer(anatomy: &Anatomy, function: &Function) -> bool {
    let body = anatomy.slice(function.body);
    if !body.starts_with('{') {
        return true;
    }
    let last = function.returns.iter().map(|returned| returned.range.end).max().unwrap_or_default();
    let rest = anatomy.slice(syntax::TextRange::new(last, function.body.end));
    last > 0 && rest.trim_matches(|c: char| c.is_whitespace() || c == ';') == "}"
}

/// Follows a type into the file that declares it.
fn followed(snap: &Snapshot, source: &Source, anatomy: &Anatomy, carried: Carried, depth: u32) -> Carried {
    let Carried::Named(name) = &carried else { return carried };
    let found = anatomy.module.imports().find_map(|(_, import)| {
        let named = import.named.iter().find(|n| n.local == *name)?;
        let file = snap.resolve(source.file, &import.specifier)?;
        declared(snap, file, &named.imported, depth)
    });
    found.unwrap_or(carried)
}

/// What becomes of a type that another file exports, there or by passing it on.
fn declared(snap: &Snapshot, file: workspace::FileId, name: &str, depth: u32) -> Option<Carried> {
    if depth > 4 {
        return None;
    }
    let source = Source::read(snap, file).ok()?;
    if workspace::is_dependency(&source.path) {
        return None;
    }
    // a barrel that passes all of it on doesn't say the name
    let anatomy = source.text.contains(name).then(|| Anatomy::new(&source.text, source.grammar)).flatten();
    if let Some(anatomy) = anatomy
        && let Some(carried) = anatomy.carried_named(name)
    {
        return Some(followed(snap, &source, &anatomy, carried, depth + 1));
    }
    // a schema's type, or a value: types that pass through a barrel are found by its values' way
    match snap.follow_export(file, name)? {
        Followed::Export(file, _) if file != source.file => declared(snap, file, name, depth + 1),
        _ => None,
    }
}
