//! Actions that a function makes of another one: `authActionClient.inputSchema(s).action(async …)`,
//! `withUser(async …)`. What comes out is called like any function, so all of it moves, and its arguments
//! travel as one JSON array. What the schema says of them is looked at; what it doesn't say is a note.

use next::Method;
use syntax::{
    TextRange,
    anatomy::{Anatomy, Statement},
};
use workspace::{FileId, Snapshot};

use super::{
    Note, Refusal,
    carry::{Answer, Argument, ArgumentKind, Carry, Sent},
    draft::Source,
};

/// Calls in schemas that describe what JSON doesn't carry, in zod, valibot, yup and arktype alike.
const NEVER: &[&str] = &["date", "map", "set", "bigint", "instanceof", "file", "blob", "function", "promise", "symbol"];

/// Words by which a wrapper says that it takes more than what its callers give, or a form.
const OTHERWISE: &[&str] = &["stateAction", "bindArgsSchemas", "FormData", "formData", "zfd", "formDataInput"];

/// Why an action can't be called by a request, as the end of a sentence.
pub(super) fn unfit(
    snap: &Snapshot,
    source: &Source,
    anatomy: &Anatomy,
    statement: &Statement,
    wrapper: &str,
) -> Option<(&'static str, String)> {
    if let Some(word) = OTHERWISE.iter().find(|word| anatomy.mentions_word(statement.range, word)) {
        return Some((
            "wrapped",
            format!("is made by {wrapper} and speaks of {word}: what it takes is no plain input"),
        ));
    }
    let schema = statement.uses.iter().find_map(|name| never_in(snap, source, anatomy, name, 0));
    let own = anatomy.calls_within(statement.range).into_iter().find(|call| is_never(call)).map(str::to_owned);
    own.or(schema)
        .map(|what| ("argument", format!("may take a {what}, which JSON doesn't carry: take its parts as text")))
}

fn is_never(call: &str) -> bool {
    let mut parts = call.rsplit('.');
    let (last, before) = (parts.next().unwrap_or_default(), parts.next());
    if (last, before) == ("date", Some("coerce")) {
        return false; // it reads the text that a Date becomes
    }
    NEVER.contains(&last) && before.is_some_and(|library| matches!(library, "z" | "v" | "yup" | "type" | "coerce"))
}

/// What a schema of that name describes that JSON doesn't carry. Only what is made of a schema's calls is
/// looked into.
fn never_in(snap: &Snapshot, source: &Source, anatomy: &Anatomy, name: &str, depth: u32) -> Option<String> {
    if depth > 6 {
        return None;
    }
    if let Some((module, imported)) = imported(snap, source, anatomy, name) {
        let source = Source::read(snap, module).ok()?;
        if source.path.components().any(|part| part.as_os_str() == "node_modules") {
            return None;
        }
        let anatomy = Anatomy::new(&source.text, source.grammar)?;
        return never_in(snap, &source, &anatomy, &imported, depth + 1);
    }
    let statement = anatomy.module.statements.get(anatomy.module.declaring(name)?)?;
    let calls = anatomy.calls_within(statement.range);
    let is_schema = calls
        .iter()
        .any(|call| call.split('.').next().is_some_and(|l| matches!(l, "z" | "v" | "yup" | "type")))
        || calls.iter().any(|call| call.ends_with(".extend") || call.ends_with(".merge") || call.ends_with(".pick"));
    if !is_schema {
        return None;
    }
    let own = calls.iter().find(|call| is_never(call)).map(|call| (*call).to_owned());
    own.or_else(|| statement.uses.iter().find_map(|used| never_in(snap, source, anatomy, used, depth + 1)))
}

fn imported(snap: &Snapshot, source: &Source, anatomy: &Anatomy, name: &str) -> Option<(FileId, String)> {
    let (_, import) = anatomy.module.imports().find(|(_, i)| i.named.iter().any(|n| &*n.local == name))?;
    let named = import.named.iter().find(|n| &*n.local == name)?;
    Some((snap.resolve(source.file, &import.specifier)?, named.imported.to_string()))
}

/// All arguments as one array, whatever they are.
pub(super) fn carry(
    source: &Source,
    name: &str,
    wrapper: &str,
    statement: TextRange,
    method: Method,
) -> Result<Carry, Refusal> {
    if method == Method::Get {
        let text = format!("a query carries words only, and what {wrapper} takes isn't told here: take POST");
        return Err(Refusal::new("query", text).at(source.file, statement));
    }
    let text = format!("what {wrapper} takes and gives travels as JSON: a Date arrives as text, a Map or Set empty");
    Ok(Carry {
        arguments: vec![Argument {
            name: "args".to_owned(),
            ty: Some(format!("Parameters<typeof {name}>")),
            optional: false,
            rest: true,
            kind: ArgumentKind::Json,
        }],
        sent: Sent::Whole(0),
        answer: Answer::Maybe,
        never: false,
        notes: vec![Note { text, at: Some((source.file, statement)) }],
    })
}
