//! Actions that a function makes of another one: `authActionClient.inputSchema(s).action(async …)`,
//! `withUser(async …)`. What comes out is called like any function, so all of it moves, and its arguments
//! travel as one JSON array. What the schema says of them is looked at; what it doesn't say is a note.

use next::Method;
use syntax::{
    TextRange,
    anatomy::{Anatomy, Function, Outline, Statement, StatementKind},
    facts::Imported,
};
use workspace::{FileId, Followed, Snapshot};

use super::{
    Note, Refusal,
    carry::{Answer, Argument, ArgumentKind, Carry, Sent},
    draft::Source,
};

/// Calls in schemas that describe what JSON doesn't carry, in zod, valibot, yup and arktype alike.
const NEVER: &[&str] = &["date", "map", "set", "bigint", "instanceof", "file", "blob", "function", "promise", "symbol"];

/// The names that schema libraries go by where they are used.
const LIBRARIES: &[&str] = &["z", "v", "yup", "type", FORMS];
/// The one among them that describes forms (zod-form-data).
const FORMS: &str = "zfd";

/// Calls by which one schema is made of another one.
const EXTENDED: &[&str] = &[".extend", ".merge", ".pick"];

/// Words by which a wrapper says that it takes more than what its callers give, or a form.
const OTHERWISE: &[&str] = &["stateAction", "bindArgsSchemas", "FormData", FORMS, "formDataInput"];
/// What a form is usually called: of an action with a schema it may be the name of a field.
const FORM: &str = "formData";

/// Why an action can't be called by a request, as the end of a sentence.
pub(super) fn unfit(
    snap: &Snapshot,
    source: &Source,
    anatomy: &Anatomy,
    statement: &Statement,
    wrapper: &str,
) -> Option<(&'static str, String)> {
    let takes_form = contract(snap, source, anatomy, statement.range, |_, anatomy, function| {
        function.parameters.iter().filter_map(|p| p.annotation).any(|ty| anatomy.slice(ty).trim() == "FormData")
    });
    let is_seen = takes_form.is_some();
    let has_schema = wrapper.contains("chema(");
    let form = (!has_schema).then_some(&FORM);
    let mut words = OTHERWISE.iter().chain(form).filter(|_| !is_seen);
    if let Some(word) = words.find(|word| anatomy.mentions_word(statement.range, word)) {
        return Some((
            "wrapped",
            format!("is made by {wrapper} and speaks of {word}: what it takes is no plain input"),
        ));
    }
    if takes_form == Some(true) {
        return None; // what a schema reads is the form's text
    }
    let outline = anatomy.outline();
    let schema = statement.uses.iter().find_map(|name| never_in(snap, source.file, &outline, name, 0));
    let own = anatomy.calls_within(statement.range).into_iter().find(|call| is_never(call)).map(str::to_owned);
    own.or(schema)
        .map(|what| ("argument", format!("may take a {what}, which JSON doesn't carry: take its parts as text")))
}

fn is_never(call: &str) -> bool {
    if call.split('.').next() == Some(FORMS) {
        return true;
    }
    let mut parts = call.rsplit('.');
    let (last, before) = (parts.next().unwrap_or_default(), parts.next());
    if (last, before) == ("date", Some("coerce")) {
        return false; // it reads the text that a Date becomes
    }
    NEVER.contains(&last) && before.is_some_and(|library| LIBRARIES.contains(&library) || library == "coerce")
}

/// What a schema of that name describes that JSON doesn't carry. Only what is made of a schema's calls is
/// looked into.
fn never_in(snap: &Snapshot, file: FileId, outline: &Outline, name: &str, depth: u32) -> Option<String> {
    let statement = outline.module.statements.get(outline.module.declaring(name)?)?;
    if depth > 6 {
        return None;
    }
    if let StatementKind::Import(import) = &statement.kind {
        let named = import.named.iter().find(|n| &*n.local == name)?;
        let imported = Imported::Name(named.imported.clone());
        let Followed::Export(file, export) = snap.follow_import(file, &import.specifier, &imported)? else {
            return None;
        };
        let is_package = workspace::is_dependency(&snap.path(file));
        if is_package || !may_hold_schemas(&snap.text(file)?) {
            return None;
        }
        let facts = snap.facts(file)?;
        let export = facts.exports.get(export as usize)?;
        let name = export.local.as_ref().unwrap_or(&export.name);
        let outline = snap.outline(file)?;
        return never_in(snap, file, &outline, name, depth + 1);
    }
    let calls = outline.calls_of(name);
    let is_schema = calls.iter().any(|call| {
        call.split('.').next().is_some_and(|first| LIBRARIES.contains(&first))
            || EXTENDED.iter().any(|end| call.ends_with(end))
    });
    if !is_schema {
        return None;
    }
    let own = calls.iter().find(|call| is_never(call)).map(|call| call.to_string());
    own.or_else(|| statement.uses.iter().find_map(|used| never_in(snap, file, outline, used, depth + 1)))
}

/// Whether a file's text allows for schemas, so that it is worth a parse.
fn may_hold_schemas(text: &str) -> bool {
    let calls = |library: &&str| ['.', '('].iter().any(|end| text.contains(&format!("{library}{end}")));
    LIBRARIES.iter().any(calls) || EXTENDED.iter().any(|end| text.contains(end))
}

/// The export that makes an action of a function, where it is a function of the workspace and called by its
/// name: `validated` of `validated(schema, async …)`.
pub(super) fn maker(
    snap: &Snapshot,
    source: &Source,
    anatomy: &Anatomy,
    statement: TextRange,
) -> Option<(FileId, u32)> {
    let name = anatomy.called_for(statement)?;
    let declared = anatomy.module.statements.get(anatomy.module.declaring(name)?)?;
    let followed = match &declared.kind {
        StatementKind::Import(import) => {
            let named = import.named.iter().find(|n| &*n.local == name)?;
            snap.follow_import(source.file, &import.specifier, &Imported::Name(named.imported.clone()))?
        }
        _ => return None,
    };
    let Followed::Export(file, export) = followed else { return None };
    let is_package = workspace::is_dependency(&snap.path(file));
    (!is_package).then_some((file, export))
}

/// The function that comes out of such a maker: the only one that it returns, if all that it reads has a
/// written type.
fn contract<T>(
    snap: &Snapshot,
    source: &Source,
    anatomy: &Anatomy,
    statement: TextRange,
    read: impl FnOnce(&Source, &Anatomy, &Function) -> T,
) -> Option<T> {
    let (file, export) = maker(snap, source, anatomy, statement)?;
    let facts = snap.facts(file)?;
    let export = facts.exports.get(export as usize)?;
    let source = Source::read(snap, file).ok()?;
    let anatomy = Anatomy::new(&source.text, source.grammar).filter(|a| !a.is_broken())?;
    let declared = anatomy.module.statements.get(anatomy.module.around(export.declared)?)?;
    let maker = anatomy.function(declared.range).filter(|maker| !maker.is_async && !maker.is_generator)?;
    let [only] = maker.returns.as_slice() else { return None };
    let made = anatomy.function(only.value?).filter(|made| Some(made.range) == only.value)?;
    // a rest is as good as all arguments in one array
    let is_told = made.parameters.iter().all(|p| !p.rest && (!p.is_read || p.annotation.is_some()));
    (is_told && super::action::unfit(&made).is_none()).then(|| read(&source, &anatomy, &made))
}

/// How a call of such a function travels.
pub(super) fn carry_by_contract(
    snap: &Snapshot,
    name: &str,
    source: &Source,
    anatomy: &Anatomy,
    statement: TextRange,
    is_get: bool,
) -> Option<Result<Carry, Refusal>> {
    contract(snap, source, anatomy, statement, |source, anatomy, made| {
        let mut carry = Carry::new(snap, name, source, anatomy, made, is_get)?;
        // the types of another file mean nothing here
        for (index, argument) in carry.arguments.iter_mut().enumerate().filter(|(_, a)| a.kind == ArgumentKind::Json) {
            argument.ty = Some(format!("Parameters<typeof {name}>[{index}]"));
        }
        Ok(carry)
    })
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
            key: "args".to_owned(),
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
