//! Actions that stand inside other code. What they capture travels encrypted in the page that renders
//! them, and no request could bring it: only those that capture nothing can leave, and only forms may have
//! them.

use syntax::{TextRange, anatomy::Anatomy};
use workspace::{Endpoint, Snapshot};

use super::{
    Refusal,
    action::{Action, undirected, unfit},
    draft::{Draft, Source, name_of},
    forms::Form,
    moved::whole_lines,
    place::pascal,
};
use crate::asked;

/// Refuses what captures something, or is given to anything but forms.
pub(super) fn action<'s>(snap: &Snapshot, source: &'s Source, endpoint: &Endpoint) -> Result<Action<'s>, Refusal> {
    let label = endpoint.label.as_deref().unwrap_or("the action");
    let here = |reason, text: String| Err(Refusal::new(reason, text).at(endpoint.file, endpoint.range));
    let facts = snap.facts(endpoint.file);
    let inline = facts.as_ref().and_then(|facts| facts.inline_actions.get(endpoint.inline_action? as usize));
    let Some((facts, inline)) = facts.as_ref().zip(inline) else {
        return here("gone", "the action isn't there any more".to_owned());
    };
    let server =
        facts.server.as_ref().and_then(|s| s.functions.iter().find(|f| f.inline_action == endpoint.inline_action));
    if let Some(capture) = server.and_then(|function| function.captures.first()) {
        let text = format!(
            "{label} captures {}, which travels encrypted with the page: give it as a field first",
            capture.name
        );
        return here("captures", text);
    }
    let Some(anatomy) = Anatomy::new(&source.text, source.grammar).filter(|a| !a.is_broken()) else {
        return here("syntax-error", format!("{} has syntax errors: mend them first", name_of(&source.path)));
    };
    let (Some(home), Some(function)) = (anatomy.module.around(inline.full), anatomy.function(inline.full)) else {
        return here("inline", format!("{label} isn't written as a function"));
    };
    if let Some((reason, text)) = unfit(&function) {
        return here(reason, format!("{label} {text}"));
    }
    let id = asked::id(snap, endpoint);
    let uses: Vec<_> = id.map(|id| snap.callers(id)).unwrap_or_default();
    if let Some((file, link)) = uses.iter().find(|(file, link)| *file != source.file || link.kind != "form-action") {
        let text = format!(
            "{label} stands inside other code and isn't given to a form only: move it to a file with 'use server' first"
        );
        return Err(Refusal::new("inline", text).at(*file, link.range));
    }
    let form = |range: TextRange| {
        Form::around(&source.text, range).map_err(|text| Refusal::new("form", text).at(source.file, range))
    };
    let made = Action {
        source,
        wrapper: None,
        home,
        name: "".into(),
        taken: inline.full,
        leaving: inline.full,
        text: String::new(),
        forms: vec![],
        function: function.clone(),
        anatomy,
    };
    let anatomy = &made.anatomy;
    if uses.is_empty() || uses.iter().all(|(_, link)| inline.full.covers(link.range)) {
        // written where it is given: `action={async () => { 'use server'; … }}`
        let forms = vec![form(inline.full)?];
        let around = anatomy.component_name_around(inline.full).unwrap_or_default().to_owned();
        let name: Box<str> = format!("submit{}", pascal(&around)).into();
        let end = if anatomy.style.semicolons { ";" } else { "" };
        let text = format!("const {name} = {}{end}", outdented(&undirected(anatomy, inline.full, &function)));
        return Ok(Action { name, text, forms, ..made });
    }
    let forms = uses.iter().map(|(_, link)| form(link.range)).collect::<Result<Vec<_>, _>>()?;
    let Some((statement, name)) = anatomy.declaration_around(inline.full) else {
        return here("inline", format!("{label} isn't declared on its own"));
    };
    let (name, leaving): (Box<str>, TextRange) = (name.into(), statement);
    let whole = undirected(anatomy, statement, &function);
    let text = outdented(&whole);
    Ok(Action { name, text, leaving, forms, ..made })
}

/// The function leaves, and its forms post.
pub(super) fn leave(draft: &mut Draft, action: &Action, url: &str) {
    for form in &action.forms {
        form.post(draft, action.source, url);
    }
    if action.leaving != action.taken || !action.forms.iter().any(|form| form.holds(action.taken)) {
        draft.edit(action.source, whole_lines(&action.source.text, action.leaving), "");
    }
}

/// Code one level out: its other lines lose the white space that they share. Text over several lines would
/// change with them, so such code stays as it is.
fn outdented(code: &str) -> String {
    let more = || code.lines().skip(1).filter(|line| !line.trim().is_empty());
    let shared = more().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let is_text = code.split('`').skip(1).step_by(2).any(|text| text.contains('\n'));
    if is_text || shared == 0 {
        return code.to_owned();
    }
    let lines =
        code.split('\n').enumerate().map(|(i, line)| if i == 0 { line } else { line.get(shared..).unwrap_or("") });
    lines.collect::<Vec<_>>().join("\n")
}
