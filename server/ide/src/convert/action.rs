//! An action as conversions see it: the function, what of its file leaves with it, and what it is called.

use next::Method;
use syntax::{
    TextRange,
    anatomy::{Anatomy, Function, Statement, StatementKind},
};
use workspace::{ActionScope, Endpoint, Snapshot};

use super::{
    Refusal,
    carry::Carry,
    draft::{Source, name_of},
    forms::Form,
    inline, wrapped,
};

/// An action taken apart.
pub(super) struct Action<'s> {
    pub source: &'s Source,
    pub anatomy: Anatomy<'s>,
    pub function: Function,
    /// What makes it out of its function (`authActionClient.action`), if anything does.
    pub wrapper: Option<Box<str>>,
    /// Its statement, or the one that it stands in.
    pub home: usize,
    /// The name of its function in its file, or the one that it gets.
    pub name: Box<str>,
    /// What is written elsewhere.
    pub taken: TextRange,
    /// What stands in its file no longer.
    pub leaving: TextRange,
    /// Its whole declaration, without `export` and directive.
    pub text: String,
    /// The forms that it is given to by its own file, for one that stands inside other code.
    pub forms: Vec<Form>,
}

impl<'s> Action<'s> {
    /// Refuses what isn't a plain function of its file.
    pub fn new(snap: &Snapshot, source: &'s Source, endpoint: &Endpoint) -> Result<Self, Refusal> {
        let here = |reason, text: String| Err(Refusal::new(reason, text).at(endpoint.file, endpoint.range));
        let name = endpoint.label.as_deref().unwrap_or(&endpoint.name);
        if endpoint.scope == Some(ActionScope::Inline) && endpoint.export.is_none() {
            return inline::action(snap, source, endpoint);
        }
        let facts = snap.facts(endpoint.file);
        let export = facts.as_ref().and_then(|facts| facts.exports.get(endpoint.export? as usize));
        let Some(export) = export else { return here("not-exported", format!("{name} is no export of its file")) };
        let wrapper = export.wrapper.clone();
        if export.is_apart() || (wrapper.is_none() && !export.form.is_function()) {
            return here("not-a-function", format!("{name} isn't exported where its function is written"));
        }
        let Some(anatomy) = Anatomy::new(&source.text, source.grammar).filter(|a| !a.is_broken()) else {
            return here("syntax-error", format!("{} has syntax errors: mend them first", name_of(&source.path)));
        };
        let home = anatomy.module.around(endpoint.range);
        let statement = home.and_then(|home| anatomy.module.statements.get(home));
        let (Some(home), Some(statement)) = (home, statement) else {
            return here("not-a-function", format!("{name} isn't a statement of its file"));
        };
        let Some(local) = statement.declares.first().cloned() else {
            return here("no-name", "the default export has no name: give it one first".to_owned());
        };
        let is_one = matches!(statement.kind, StatementKind::Function | StatementKind::Variables(1));
        let overloads = anatomy.module.statements.iter().filter(|s| s.declares.contains(&local)).count();
        if !is_one || statement.declares.len() != 1 || overloads != 1 {
            return here("not-a-function", format!("{name} is declared together with others, or with overloads"));
        }
        let Some(function) = anatomy.function(statement.range) else {
            return here("not-a-function", format!("{name} isn't written as a function"));
        };
        let unfit = match &wrapper {
            Some(wrapper) => wrapped::unfit(snap, source, &anatomy, statement, wrapper),
            None => unfit(&function).map(|(reason, text)| (reason, text.to_owned())),
        };
        if let Some((reason, text)) = unfit {
            return here(reason, format!("{name} {text}"));
        }
        let taken = statement.range;
        let text = text(&anatomy, statement, &function);
        Ok(Self { source, function, home, name: local, wrapper, taken, leaving: taken, text, forms: vec![], anatomy })
    }

    /// How a call of it travels.
    pub fn carry(&self, snap: &Snapshot, method: Method) -> Result<Carry, Refusal> {
        match &self.wrapper {
            Some(wrapper) => {
                let is_get = method == Method::Get;
                let seen = wrapped::carry_by_contract(snap, &self.name, self.source, &self.anatomy, self.taken, is_get);
                seen.unwrap_or_else(|| wrapped::carry(self.source, &self.name, wrapper, self.taken, method))
            }
            None => Carry::new(snap, &self.name, self.source, &self.anatomy, &self.function, method == Method::Get),
        }
    }
}

/// A whole declaration, without `export` and directive.
fn text(anatomy: &Anatomy, statement: &Statement, function: &Function) -> String {
    let start = statement.export.map_or(statement.range.start, |export| export.end);
    let comments = anatomy.slice(TextRange::new(statement.full.start, statement.range.start));
    format!("{comments}{}", undirected(anatomy, TextRange::new(start, statement.range.end), function))
}

/// Code without the directive of the function in it.
pub(super) fn undirected(anatomy: &Anatomy, code: TextRange, function: &Function) -> String {
    match function.directive {
        Some(directive) => {
            let head = anatomy.slice(TextRange::new(code.start, directive.start));
            format!("{head}{}", anatomy.slice(TextRange::new(directive.end, code.end)))
        }
        None => anatomy.slice(code).to_owned(),
    }
}

/// Why a function can't be called by a request, as the end of a sentence.
pub(super) fn unfit(function: &Function) -> Option<(&'static str, &'static str)> {
    if function.is_generator {
        Some(("stream", "yields its answer in parts: a handler would have to stream it"))
    } else if !function.is_async {
        Some(("not-async", "isn't async: Next takes no such action"))
    } else if function.is_bound {
        Some(("this", "speaks of this or arguments, which another function has none of"))
    } else if function.type_parameters.is_some() {
        Some(("generic", "has type parameters, which no request tells"))
    } else {
        None
    }
}
