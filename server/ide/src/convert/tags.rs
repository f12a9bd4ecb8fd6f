//! `updateTag(tag)` works in server actions only and throws elsewhere. `revalidateTag(tag, { expire: 0 })`
//! is the same everywhere, in actions, too: both make the tag expire now and mark the path as changed
//! (`revalidate()` in next/src/server/web/spec-extension/revalidate.ts, 16.0 and later). So code that leaves
//! a file of actions gets the one for the other, and gets it back when it returns. A comment says so, and is
//! what the way back knows it by: somebody may have written the second form himself.

use syntax::{
    TextRange,
    anatomy::{Anatomy, ImportedName, Mention},
    parse::Grammar,
};

use workspace::{FileId, Snapshot};

use super::{
    Refusal, TextEdit,
    action::Action,
    draft::{Draft, Source, name_of},
    moved::Moved,
    reach::Updates,
    thin::bare,
};

pub(super) const MODULE: &str = "next/cache";
pub(super) const HERE: &str = "updateTag";
const THERE: &str = "revalidateTag";
/// The second argument, without white space.
const NOW: &str = "{expire:0}";
/// Stands above the import.
const MARK: &str = "// { expire: 0 } does what updateTag() does, which works in server actions only";

/// The files that call `updateTag` in code which the action runs and which doesn't move: they get the other
/// call, too, for good, as that is right for whoever else runs them. Refused where they are other actions.
pub(super) fn elsewhere(
    snap: &Snapshot,
    action: &Action,
    moved: &Moved,
    updates: &Updates,
) -> Result<Vec<Source>, Refusal> {
    let moves = |file: FileId, part: TextRange| {
        file == action.source.file && (part == action.function.range || moved.takes(&action.anatomy, part))
    };
    let mut files: Vec<(FileId, TextRange)> = updates.iter().copied().filter(|(f, part)| !moves(*f, *part)).collect();
    files.dedup_by_key(|(file, _)| *file);
    let source = |(file, part): (FileId, TextRange)| {
        if file == action.source.file || snap.facts(file).is_some_and(|facts| facts.is_server_module()) {
            let text = format!(
                "it calls an action in {} that calls updateTag(), which works in server actions only: \
                 call revalidateTag(tag, {{ expire: 0 }}) there first, which does the same",
                name_of(&snap.path(file))
            );
            return Err(Refusal::new("update-tag", text).at(file, part));
        }
        Source::read(snap, file)
    };
    files.into_iter().map(source).collect()
}

/// Makes one call of the other in code that stays where it is.
pub(super) fn change(draft: &mut Draft, sources: &[Source]) -> Result<(), Refusal> {
    for source in sources {
        let name = name_of(&source.path);
        let refused = |text: &str| {
            let text = format!("it calls updateTag() in {name}, which works in server actions only: {text}");
            Refusal { at: Some((source.file, TextRange::default())), ..Refusal::new("update-tag", text) }
        };
        let anatomy = Anatomy::new(&source.text, source.grammar).filter(|a| !a.is_broken());
        let anatomy = anatomy.ok_or_else(|| refused("it has syntax errors"))?;
        let edits = edits(&anatomy, &source.text).map_err(|text| refused(&format!("the file {text}")))?;
        let place = edits.first().map(|edit| edit.range).unwrap_or_default();
        edits.into_iter().for_each(|edit| draft.edit(source, edit.range, edit.text));
        let text =
            format!("{name} calls revalidateTag(tag, {{ expire: 0 }}) now, which does there what updateTag(tag) did");
        draft.note_at(source.file, place, text);
    }
    Ok(())
}

/// A new file's text as it has to be outside of actions; the end of a sentence where it can't be.
pub(super) fn outside_of_actions(text: String, grammar: Grammar) -> Result<String, &'static str> {
    if !text.contains(HERE) {
        return Ok(text);
    }
    let Some(anatomy) = Anatomy::new(&text, grammar) else { return Ok(text) };
    let mut edits = edits(&anatomy, &text)?;
    if edits.is_empty() {
        return Ok(text);
    }
    let start = named(&anatomy, HERE).1.map_or(0, |range| range.start);
    edits.push(edit(TextRange::new(start, start), &format!("{MARK}\n")));
    Ok(applied(&text, edits))
}

/// What makes one call of the other.
fn edits(anatomy: &Anatomy, text: &str) -> Result<Vec<TextEdit>, &'static str> {
    let mentions = anatomy.mentions_of_import(MODULE, HERE);
    if anatomy.mentions_of_import(MODULE, THERE).iter().any(|mention| is_now(anatomy, mention)) && !mentions.is_empty()
    {
        return Err(
            "calls both updateTag(tag) and revalidateTag(tag, { expire: 0 }), which is the same: take one first",
        );
    }
    let mut edits = vec![];
    let (names, _) = named(anatomy, HERE);
    let known = named(anatomy, THERE).0.first().map(|one| one.local.to_string());
    let to = known.clone().unwrap_or_else(|| THERE.to_owned());
    let is_whole = TextRange::new(0, text.len() as u32);
    if known.is_none() && !mentions.is_empty() && !anatomy.is_free_within(is_whole, THERE) {
        return Err("calls updateTag(), and revalidateTag, which it has to call instead, is something else here");
    }
    for mention in &mentions {
        let tag = mention.arguments.as_deref().and_then(|all| if let [tag] = all { Some(tag) } else { None });
        let Some(tag) = tag.filter(|tag| !anatomy.slice(**tag).starts_with("...")) else {
            return Err("hands on updateTag, which works in server actions only: call it instead");
        };
        // an alias stays, and is another's from now on
        if anatomy.slice(mention.name) == HERE {
            let is_member = names.is_empty();
            edits.push(edit(mention.name, if is_member { THERE } else { &to }));
        }
        edits.push(edit(TextRange::new(tag.end, tag.end), ", { expire: 0 }"));
    }
    for name in &names {
        match (&*name.local == HERE, &known) {
            (true, Some(_)) => edits.push(edit(with_comma(text, name.range), "")),
            (true, None) => edits.push(edit(name.range, THERE)),
            (false, _) => edits.push(edit(name.range, &format!("{THERE} as {}", name.local))),
        }
    }
    Ok(edits)
}

/// Whether a file has code that came out of a file of actions in this way.
pub(super) fn is_marked(anatomy: &Anatomy) -> bool {
    anatomy.module.statements.iter().any(|statement| {
        let above = anatomy.slice(TextRange::new(statement.full.start, statement.range.start));
        above.contains(MARK)
    })
}

/// The text of a file of actions whose code was marked: what it was before.
pub(super) fn in_actions(text: String, grammar: Grammar) -> String {
    let Some(anatomy) = Anatomy::new(&text, grammar) else { return text };
    if !anatomy.is_free_within(TextRange::new(0, text.len() as u32), HERE) {
        return text; // both forms do the same
    }
    let mentions = anatomy.mentions_of_import(MODULE, THERE);
    let is_member = |mention: &Mention| text.get(..mention.name.start as usize).is_some_and(|t| t.ends_with('.'));
    let mut edits = vec![];
    let mut back = |mention: &Mention, renamed: bool| {
        if renamed {
            edits.push(edit(mention.name, HERE));
        }
        if let Some([tag, now]) = mention.arguments.as_deref() {
            edits.push(edit(TextRange::new(tag.end, now.end), ""));
        }
    };
    for mention in mentions.iter().filter(|mention| is_member(mention) && is_now(&anatomy, mention)) {
        back(mention, true);
    }
    let mut imports = vec![];
    for name in named(&anatomy, THERE).0 {
        let is_it = |mention: &&Mention| !is_member(mention) && anatomy.slice(mention.name) == &*name.local;
        let (now, other): (Vec<&Mention>, Vec<&Mention>) =
            mentions.iter().filter(is_it).partition(|mention| is_now(&anatomy, mention));
        let is_alias = &*name.local != THERE;
        now.iter().for_each(|mention| back(mention, !is_alias || !other.is_empty()));
        match (now.is_empty(), other.is_empty()) {
            (true, _) => {}
            (false, true) if is_alias => imports.push(edit(name.range, &format!("{HERE} as {}", name.local))),
            (false, true) => imports.push(edit(name.range, HERE)),
            (false, false) => {
                imports.push(edit(TextRange::new(name.range.end, name.range.end), &format!(", {HERE}")));
            }
        }
    }
    edits.extend(imports);
    applied(&text, edits)
}

fn is_now(anatomy: &Anatomy, mention: &Mention) -> bool {
    matches!(mention.arguments.as_deref(), Some([_, now]) if bare(anatomy.slice(*now)) == NOW)
}

/// The names that a file has for what next/cache exports under one, and the first import of that module.
fn named<'a>(anatomy: &'a Anatomy, imported: &str) -> (Vec<&'a ImportedName>, Option<TextRange>) {
    let of_module = || anatomy.module.imports().filter(|(_, import)| &*import.specifier == MODULE);
    let names = of_module().flat_map(|(_, import)| &import.named).filter(|one| &*one.imported == imported);
    let first = of_module().next().and_then(|(index, _)| anatomy.module.statements.get(index));
    (names.collect(), first.map(|statement| statement.range))
}

/// A name in braces with the comma in front of it or behind.
fn with_comma(text: &str, name: TextRange) -> TextRange {
    let before = text.get(..name.start as usize).unwrap_or_default().trim_end();
    if let Some(front) = before.strip_suffix(',') {
        return TextRange::new(front.len() as u32, name.end);
    }
    let after = text.get(name.end as usize..).unwrap_or_default();
    let rest = after.trim_start();
    let rest = rest.strip_prefix(',').map_or(after, str::trim_start);
    TextRange::new(name.start, (text.len() - rest.len()) as u32)
}

fn edit(range: TextRange, text: &str) -> TextEdit {
    TextEdit { range, text: text.to_owned() }
}

fn applied(text: &str, mut edits: Vec<TextEdit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut text = text.to_owned();
    edits.iter().rev().for_each(|edit| text.replace_range(edit.range.span(), &edit.text));
    text
}
