//! Keep both: what a handler does becomes a function in a module of its own; the handler reads its request
//! for it and answers as before, and an action beside it calls it, too. No caller changes.

use syntax::{
    TextRange,
    anatomy::{Answer, RequestPart, Says, Status},
};
use workspace::{Endpoint, Snapshot};

use super::{
    Aim, Conversion, Draft, Method, Refusal, Source, Subject, TextEdit,
    answer::{Answers, Shape},
    callers::importers,
    input::{Given, Inputs},
    leaving::{apply, directive, free_file, write_beside},
    name::{self, has_word},
    obstacles, of_export, read,
    written::{import_in, relative_specifier},
};

/// A function, with a handler and an action on top.
pub(in crate::convert) fn beside(snap: &Snapshot, endpoint: &Endpoint) -> Result<Conversion, Refusal> {
    of_export(snap, endpoint, Aim::Beside)?;
    let source = Source::read(snap, endpoint.file)?;
    let anatomy = read(&source)?;
    let subject = Subject::new(snap, endpoint, &source, &anatomy, Aim::Beside)?;
    obstacles::of_configuration(&subject)?;
    if !subject.handler.function.is_async {
        importers(&subject)?; // they get a promise from now on
    }
    let answers = Answers::beside(&subject)?;
    let inputs = Inputs::of(&subject, &[])?;
    let name = name::of(&subject, &[]);
    let thin = thin(&subject, &name, &inputs, &answers)?;

    let mut draft = Draft::default();
    let mut edits: Vec<TextEdit> = vec![];
    inputs.write(&subject, &answers, &mut edits);
    answers.write(&subject, &mut edits);
    let home = write_beside(&subject, &name, edits, &inputs, &answers, &thin, &mut draft)?;
    let from = relative_specifier(snap, &source, &anatomy, &home);
    let (at, import) = import_in(&source, &anatomy, &name, &from);
    draft.edit(&source, at, import);
    draft.create(free_file(&subject, "actions")?, action(&subject, &name, &from, &inputs));
    notes(&subject, &name, &inputs, &answers, &mut draft);
    draft.finish(snap)
}

/// The handler's statement, with a call of the function for a body.
fn thin(subject: &Subject, name: &str, inputs: &Inputs, answers: &Answers) -> Result<String, Refusal> {
    let function = &subject.handler.function;
    let unwritable = || subject.refusal("overlap", "two changes touch the same place", subject.endpoint.range);
    let whole = subject.anatomy.module.statements.get(subject.statement).map(|s| s.range).ok_or_else(unwritable)?;
    let mut edits = vec![];
    if !function.is_async {
        let at = TextRange::new(function.range.start, function.range.start);
        edits.push(TextEdit { range: at, text: "async ".to_owned() });
        if let Some(range) = function.returns_type.filter(|t| !subject.anatomy.slice(*t).starts_with("Promise<")) {
            edits.push(TextEdit { range, text: format!("Promise<{}>", subject.anatomy.slice(range)) });
        }
    }
    let head = TextRange::new(whole.start, function.body.start);
    let head = apply(subject.anatomy.slice(head), edits, head.start).ok_or_else(unwritable)?;
    let mut lines: Vec<String> = vec![];
    let asks_often = inputs.given().filter(|given| matches!(given.part, RequestPart::Query(_))).count() > 1;
    if asks_often && !has_word(&head, "searchParams") {
        lines.push(format!("const {{ searchParams }} = {};", url(subject)));
    }
    let is_taken = !lines.is_empty();
    let given: Vec<String> = inputs.given().map(|given| read_by(subject, &given, is_taken)).collect();
    let call = format!("await {name}({})", given.join(", "));
    let respond = |one: fn(&Says) -> bool, value: &str, status: Option<&str>| {
        let all: Vec<&Answer> = subject.handler.answers.iter().filter(|a| one(&a.says)).collect();
        respond(subject, &all, value, status)
    };
    let is_json = |says: &Says| matches!(says, Says::Json { .. });
    let is_text = |says: &Says| matches!(says, Says::Text(_));
    let is_nothing = |says: &Says| matches!(says, Says::Nothing);
    match answers.shape {
        Shape::Nothing | Shape::Redirect => {
            lines.push(format!("{call};"));
            lines.extend(respond(is_nothing, "", None)?.map(|answer| format!("return {answer};")));
        }
        Shape::Value => {
            let one = if answers.says(subject, is_json) { is_json } else { is_text };
            lines.extend(respond(one, &call, None)?.map(|answer| format!("return {answer};")));
        }
        Shape::Result => {
            let result = if has_word(&head, "result") { "answer" } else { "result" };
            let status = format!("{result}.status");
            lines.push(format!("const {result} = {call};"));
            let held = if answers.tells_text { "text" } else { "data" };
            let text = respond(is_text, &format!("{result}.{held}"), Some(&status))?;
            let nothing = respond(is_nothing, "", Some(&status))?;
            let json = respond(is_json, &format!("{result}.data"), Some(&status))?;
            let mut ways: Vec<(String, String)> = vec![];
            ways.extend(text.map(|answer| (format!("'{held}' in {result}"), answer)));
            ways.extend(json.map(|answer| (format!("'data' in {result}"), answer)));
            ways.extend(nothing.map(|answer| (String::new(), answer)));
            let last = ways.len().saturating_sub(1);
            for (index, (when, answer)) in ways.into_iter().enumerate() {
                let when = if index == last { String::new() } else { format!("if ({when}) ") };
                lines.push(format!("{when}return {answer};"));
            }
        }
    }
    let body: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    let body = subject.anatomy.style.dress(&format!("{{\n{body}}}"));
    let tail = subject.anatomy.slice(TextRange::new(function.body.end, whole.end));
    Ok(format!("{head}{body}{tail}"))
}

/// How a handler reads what its function is given.
fn read_by(subject: &Subject, given: &Given, is_query_taken: bool) -> String {
    let request = request(subject);
    let text = match given.part {
        RequestPart::Json => format!("{request}.json()"),
        RequestPart::Form => format!("{request}.formData()"),
        RequestPart::Query(name) if is_query_taken => return format!("searchParams.get('{name}')"),
        RequestPart::Query(name) => return format!("{}.searchParams.get('{name}')", url(subject)),
        RequestPart::Segment(name) => return segment(subject, name),
        RequestPart::Headers(_) | RequestPart::Cookies => return String::new(),
    };
    if given.is_later { format!("() => {text}") } else { format!("await {text}") }
}

fn request<'a>(subject: &'a Subject) -> &'a str {
    subject.handler.function.parameters.first().and_then(|p| p.name.as_deref()).unwrap_or("request")
}

fn url(subject: &Subject) -> String {
    format!("new URL({}.url)", request(subject))
}

/// `(await params).id`
fn segment(subject: &Subject, name: &str) -> String {
    let context = subject.handler.function.parameters.get(1);
    let params = match context.map(|c| (c, c.name.as_deref())) {
        Some((_, Some(name))) => format!("{name}.params"),
        Some((context, None)) => {
            // the pattern takes `params` and nothing else
            let pattern = subject.anatomy.slice(context.pattern).trim_matches(['{', '}', ' ', '\n', ',']);
            pattern.rsplit(':').next().unwrap_or(pattern).trim().to_owned()
        }
        None => "params".to_owned(),
    };
    let body = subject.anatomy.slice(subject.handler.function.body);
    let is_promise = subject.app.release().major >= 15 || body.contains(&format!("await {params}"));
    let params = if is_promise { format!("(await {params})") } else { params };
    match super::name::is_reserved(name) || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        true => format!("{params}['{name}']"),
        false => format!("{params}.{name}"),
    }
}

/// An answer as all of a kind are made, with the value and status of any; `None` if there is none.
fn respond(
    subject: &Subject,
    answers: &[&Answer],
    value: &str,
    status: Option<&str>,
) -> Result<Option<String>, Refusal> {
    let Some(first) = answers.first() else { return Ok(None) };
    let text = |range: &TextRange| subject.anatomy.slice(*range);
    let manner = |answer: &Answer| {
        let also: Vec<&str> = answer.made.also.iter().map(text).collect();
        // what isn't written says as much as `null`
        let body = answer.made.body.as_ref().map(text).filter(|b| *b != "undefined").unwrap_or("null");
        (answer.made.is_stringified, also, body)
    };
    let (is_stringified, also, body) = manner(first);
    if let Some(other) = answers.iter().find(|a| manner(a) != manner(first)) {
        let text = "answers are made in several ways, which what a function gives back doesn't tell apart";
        return Err(subject.refusal("answers", text, other.range));
    }
    let is_literal = |member: &&str| {
        let value = member.split_once(':').map(|(_, value)| value.trim()).unwrap_or_default();
        let has_both = value.contains('\'') && value.contains('"');
        value.starts_with(['\'', '"', '{']) && !value.contains('`') && !has_both
    };
    if !also.iter().all(is_literal) {
        return Err(subject.refusal("answers", "the wording of an answer is computed", first.range));
    }
    let mut init: Vec<String> = vec![];
    match (status, &first.status) {
        (Some(status), _) => init.push(format!("status: {status}")),
        (None, Status::Known(200)) => {}
        (None, Status::Known(known)) => init.push(format!("status: {known}")),
        (None, Status::Written(range)) => init.push(format!("status: {}", text(range))),
    }
    init.extend(also.iter().map(|&member| member.to_owned()));
    let init = if init.is_empty() { String::new() } else { format!(", {{ {} }}", init.join(", ")) };
    let class = &first.made.class;
    Ok(Some(match first.says {
        Says::Json { .. } if is_stringified => format!("new {class}(JSON.stringify({value}){init})"),
        Says::Json { .. } => format!("{class}.json({value}{init})"),
        Says::Nothing => format!("new {class}({body}{init})"),
        Says::Text(_) | Says::Redirect(_) | Says::Elsewhere(_) => format!("new {class}({value}{init})"),
    }))
}

impl Answers {
    fn says(&self, subject: &Subject, one: fn(&Says) -> bool) -> bool {
        subject.handler.answers.iter().any(|a| one(&a.says))
    }
}

/// The file of the action.
fn action(subject: &Subject, name: &str, from: &str, inputs: &Inputs) -> String {
    let style = subject.anatomy.style;
    let mut takes: Vec<String> = vec![];
    let mut gives: Vec<String> = vec![];
    for given in inputs.given() {
        let stem = if given.part == &RequestPart::Form { "formData" } else { "input" };
        let is_free = |name: &&str| inputs.given().all(|other| other.name != Some(name));
        let stem = [stem, "body", "data"].into_iter().find(is_free).unwrap_or(stem);
        let local = given.name.unwrap_or(stem);
        let ty = match given.part {
            RequestPart::Form => "FormData",
            RequestPart::Query(_) => "string | null",
            RequestPart::Segment(_) => inputs.type_of(given.part).unwrap_or("any"),
            _ => "any",
        };
        takes.push(if subject.is_typed() { format!("{local}: {ty}") } else { local.to_owned() });
        gives.push(if given.is_later { format!("async () => {local}") } else { local.to_owned() });
    }
    let end = if style.semicolons { ";" } else { "" };
    let import = format!("import {{ {name} as {name}Function }} from {}{end}\n", style.quoted(from));
    let code = format!(
        "\nexport async function {name}({}) {{\n  return {name}Function({});\n}}\n",
        takes.join(", "),
        gives.join(", ")
    );
    directive(subject) + &import + &style.dress(&code)
}

fn notes(subject: &Subject, name: &str, inputs: &Inputs, answers: &Answers, draft: &mut Draft) {
    let (file, range) = (subject.source.file, subject.endpoint.range);
    draft
        .note(format!("{name} is a way in of its own once somebody imports it: who may call it, it has to ask itself"));
    if inputs.is_open {
        let text = "What it takes is of type any, as the body of a request was: say what it is";
        draft.note_at(file, range, text);
    }
    if answers.goes_through_json {
        draft.note("What is returned goes through JSON as before: take throughJson off where the value is plain");
    }
    if subject.method() == Method::Get {
        draft.note("Calls of actions wait for each other, and nothing keeps what they answer");
    }
    if inputs.has_form() {
        draft.note("An action's body may have 1 MB, unless serverActions.bodySizeLimit says otherwise");
    }
}
