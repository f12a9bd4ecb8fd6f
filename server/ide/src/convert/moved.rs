//! What goes along when a function leaves its file: the declarations that only it uses, the imports that
//! it needs, and what the file keeps.

use std::collections::BTreeSet;
use std::path::Path;

use syntax::{
    TextRange,
    anatomy::{Anatomy, Import, Statement, StatementKind},
};

use super::{
    Refusal,
    draft::{Draft, Source},
    specifier,
};

/// What a function takes along.
pub(super) struct Moved {
    /// Statements that go along, by their index: none that says `export`.
    along: BTreeSet<usize>,
    /// Statements that both sides need: they get a module of their own.
    shared: BTreeSet<usize>,
    /// Types that both sides need: the old file exports them.
    types: BTreeSet<usize>,
    /// Exported names of the old file that the function uses.
    exported: BTreeSet<Box<str>>,
    /// The names that what goes along mentions.
    names: Vec<Box<str>>,
    /// What leaves the file: the statement, or the function inside one.
    leaving: TextRange,
    /// The statement in which it stands.
    home: usize,
    /// The extension of relative imports.
    extension: &'static str,
}

impl Moved {
    /// Of a function of statement `home`: `taken` is written elsewhere, `leaving` stands here no longer.
    pub fn find(
        source: &Source,
        anatomy: &Anatomy,
        home: usize,
        taken: TextRange,
        leaving: TextRange,
        extension: &'static str,
    ) -> Result<Self, Refusal> {
        let module = &anatomy.module;
        let is_whole = module.statements.get(home).is_some_and(|s| leaving.covers(s.range));
        let own = anatomy.names_within(taken);
        let mut moved = Self {
            along: BTreeSet::new(),
            shared: BTreeSet::new(),
            types: BTreeSet::new(),
            exported: BTreeSet::new(),
            names: vec![],
            leaving,
            home,
            extension,
        };
        let needed = closure(module.statements.as_slice(), &own, home);
        // what others use stays, with all that it uses itself
        let rest = anatomy.names_around(module.statements.get(home).map(|s| s.range).unwrap_or_default(), leaving);
        let mut along = needed.clone();
        loop {
            let stays = |index: usize, statement: &Statement, along: &BTreeSet<usize>| {
                let is_used = |names: &[Box<str>]| names.iter().any(|n| statement.declares.contains(n));
                let others = module.statements.iter().enumerate().filter(|(i, _)| !along.contains(i) && *i != home);
                statement.export.is_some()
                    || is_listed(&module.statements, statement)
                    || (!is_whole && is_used(&rest))
                    || others.into_iter().any(|(i, other)| i != index && is_used(&other.uses))
            };
            let gone: Vec<usize> = along
                .iter()
                .copied()
                .filter(|i| module.statements.get(*i).is_some_and(|s| stays(*i, s, &along)))
                .collect();
            if gone.is_empty() {
                break;
            }
            gone.iter().for_each(|index| {
                along.remove(index);
            });
        }
        for (index, statement) in needed.iter().filter_map(|i| Some((*i, module.statements.get(*i)?))) {
            if along.contains(&index) {
                moved.along.insert(index);
            } else if statement.export.is_some() || is_listed(&module.statements, statement) {
                moved.exported.extend(statement.declares.iter().cloned());
            } else if statement.kind == StatementKind::Type {
                moved.types.insert(index);
            } else {
                moved.shared.insert(index);
            }
        }
        moved.keep_only_direct(&module.statements, &own);
        moved.share_whole(source, anatomy)?;
        Ok(moved)
    }

    /// Of what stays, only what the moved code names itself matters.
    fn keep_only_direct(&mut self, statements: &[Statement], own: &[Box<str>]) {
        let mut names: Vec<Box<str>> = own.to_vec();
        for statement in self.along.iter().filter_map(|i| statements.get(*i)) {
            names.extend(statement.uses.iter().filter(|used| !names.contains(used)).cloned().collect::<Vec<_>>());
        }
        let is_named = |index: &usize| {
            statements.get(*index).is_some_and(|s| s.declares.iter().any(|declared| names.contains(declared)))
        };
        self.shared.retain(is_named);
        self.types.retain(is_named);
        self.exported.retain(|name| names.contains(name));
        self.names = names;
    }

    /// What is shared takes along what it uses, and must be something that can be imported.
    fn share_whole(&mut self, source: &Source, anatomy: &Anatomy) -> Result<(), Refusal> {
        let statements = &anatomy.module.statements;
        if self.shared.is_empty() {
            return Ok(());
        }
        let mut open: Vec<usize> = self.shared.iter().copied().collect();
        while let Some(index) = open.pop() {
            let Some(statement) = statements.get(index) else { continue };
            let refused = |why: &str| {
                let name = statement.declares.first().map_or("code", |name| name);
                let text =
                    format!("{name} is used by what stays in {}, too, and {why}", super::draft::name_of(&source.path));
                Err(Refusal::new("shares", text).at(source.file, statement.range))
            };
            if matches!(statement.kind, StatementKind::Variables(_))
                && !anatomy.slice(statement.range).starts_with("const ")
            {
                return refused("can be assigned to, which an import can't");
            }
            for used in &statement.uses {
                let Some(owner) = statements.iter().position(|s| s.declares.contains(used)) else { continue };
                let other = statements.get(owner);
                let is_import = other.is_some_and(|s| matches!(s.kind, StatementKind::Import(_)));
                if is_import || owner == self.home && self.leaving.covers(other.map(|s| s.range).unwrap_or_default()) {
                    continue;
                }
                if other.is_some_and(|s| s.export.is_some() && s.kind != StatementKind::Type) || owner == self.home {
                    return refused("uses what can't leave the file");
                }
                if other.is_some_and(|s| s.export.is_some()) {
                    continue;
                }
                self.along.remove(&owner);
                if self.shared.insert(owner) {
                    open.push(owner);
                }
            }
        }
        // a type can be in one place only
        self.types = self.types.difference(&self.shared).copied().collect();
        Ok(())
    }

    /// Whether all of a statement leaves.
    pub fn is_whole(&self, statement: TextRange) -> bool {
        self.leaving.covers(statement)
    }

    /// Whether a statement leaves with the function, in its file or in one of its own.
    pub fn takes(&self, anatomy: &Anatomy, statement: TextRange) -> bool {
        let all = self.along.iter().chain(&self.shared);
        all.filter_map(|i| anatomy.module.statements.get(*i)).any(|s| s.range == statement)
    }

    /// The text of the declarations that go along, in their order, each with its comments.
    pub fn along(&self, anatomy: &Anatomy) -> String {
        let statements = self.along.iter().filter_map(|i| anatomy.module.statements.get(*i));
        statements.map(|s| format!("{}\n\n", anatomy.slice(s.full))).collect()
    }

    /// The import statements that the moved code needs in the file `to`.
    pub fn imports(&self, source: &Source, anatomy: &Anatomy, to: &Path) -> String {
        let mut out = imports_of(source, anatomy, &self.names, to);
        let quoted = |text: &str| anatomy.style.quoted(text);
        let end = if anatomy.style.semicolons { ";" } else { "" };
        let mut add = |names: Vec<&str>, from: &Path, types: bool| {
            if names.is_empty() {
                return;
            }
            let word = if types { "import type" } else { "import" };
            let from = quoted(&specifier::relative(to, from, self.extension));
            out.push_str(&format!("{word} {{ {} }} from {from}{end}\n", names.join(", ")));
        };
        let declared = |set: &BTreeSet<usize>| -> Vec<&str> {
            let statements = set.iter().filter_map(|i| anatomy.module.statements.get(*i));
            statements.flat_map(|s| s.declares.iter().map(|name| &**name)).collect()
        };
        let is_type = |name: &&str| {
            let index = anatomy.module.declaring(name);
            index.and_then(|i| anatomy.module.statements.get(i)).is_some_and(|s| s.kind == StatementKind::Type)
        };
        let (types, values): (Vec<&str>, Vec<&str>) = self.exported.iter().map(|name| &**name).partition(is_type);
        add(values, &source.path, false);
        add(declared(&self.types).into_iter().chain(types).collect(), &source.path, true);
        let shared: Vec<&str> =
            declared(&self.shared).into_iter().filter(|n| self.names.iter().any(|u| &**u == *n)).collect();
        let (types, values): (Vec<&str>, Vec<&str>) = shared.into_iter().partition(is_type);
        add(values, &shared_path(&source.path), false);
        add(types, &shared_path(&source.path), true);
        out
    }

    /// Takes what goes out of the old file, which is deleted if nothing of worth stays. `also` are names
    /// that the file goes on using in place of the function, if it does.
    pub fn leave(&self, draft: &mut Draft, source: &Source, anatomy: &Anatomy, also: &str) {
        let statements = &anatomy.module.statements;
        let is_whole = statements.get(self.home).is_some_and(|s| self.leaving.covers(s.range));
        let leaves = |index: usize| {
            self.along.contains(&index) || self.shared.contains(&index) || (is_whole && index == self.home)
        };
        let mut used: Vec<Box<str>> = vec![];
        for (index, statement) in statements.iter().enumerate().filter(|(index, _)| !leaves(*index)) {
            if index == self.home {
                used.extend(anatomy.names_around(statement.range, self.leaving));
            } else if !matches!(statement.kind, StatementKind::Import(_)) {
                used.extend(statement.uses.iter().cloned());
            }
        }
        let stays = |(index, statement): (usize, &Statement)| {
            !leaves(index)
                && match &statement.kind {
                    StatementKind::Directive => false,
                    StatementKind::Import(import) => {
                        is_for_effect(import) && import.specifier.as_ref() != "server-only"
                    }
                    _ => true,
                }
        };
        if also.is_empty() && !statements.iter().enumerate().any(stays) {
            return draft.delete(source);
        }
        for index in self.along.iter().chain(&self.shared) {
            if let Some(statement) = statements.get(*index) {
                draft.edit(source, whole_lines(&source.text, statement.full), "");
            }
        }
        let shared: Vec<&Statement> = self.shared.iter().filter_map(|i| statements.get(*i)).collect();
        let names_of_shared = shared.iter().flat_map(|s| &s.declares).filter(|name| used.contains(name));
        let still: Vec<&str> = names_of_shared.map(|name| &**name).collect();
        if !still.is_empty() {
            let from =
                anatomy.style.quoted(&specifier::relative(&source.path, &shared_path(&source.path), self.extension));
            let end = if anatomy.style.semicolons { ";" } else { "" };
            let line = format!("import {{ {} }} from {from}{end}\n", still.join(", "));
            draft.edit(source, import_place(source, anatomy), line);
        }
        for index in &self.types {
            if let Some(statement) = statements.get(*index) {
                draft.edit(source, TextRange::new(statement.range.start, statement.range.start), "export ");
            }
        }
        // imports that only what left has used
        let gone: Vec<&str> = {
            let shared = shared.iter().flat_map(|s| &s.uses);
            let all = self.names.iter().chain(shared);
            all.map(|name| &**name).filter(|name| !used.iter().any(|u| &**u == *name)).collect()
        };
        drop_imports(draft, source, anatomy, &gone);
    }

    /// The module for what both sides need, if there is any.
    pub fn shared(&self, source: &Source, anatomy: &Anatomy) -> Option<(std::path::PathBuf, String)> {
        if self.shared.is_empty() {
            return None;
        }
        let path = shared_path(&source.path);
        let statements: Vec<&Statement> =
            self.shared.iter().filter_map(|i| anatomy.module.statements.get(*i)).collect();
        let names: Vec<Box<str>> = statements.iter().flat_map(|s| s.uses.iter().cloned()).collect();
        let mut text = imports_of(source, anatomy, &names, &path);
        let kept: Vec<&str> = names
            .iter()
            .filter(|name| {
                let index = anatomy.module.declaring(name);
                index.and_then(|i| anatomy.module.statements.get(i)).is_some_and(|s| s.export.is_some())
            })
            .map(|name| &**name)
            .collect();
        let end = if anatomy.style.semicolons { ";" } else { "" };
        if !kept.is_empty() {
            let from = anatomy.style.quoted(&specifier::relative(&path, &source.path, self.extension));
            text.push_str(&format!("import type {{ {} }} from {from}{end}\n", kept.join(", ")));
        }
        for statement in statements {
            if !text.is_empty() {
                text.push('\n');
            }
            let comments = anatomy.slice(TextRange::new(statement.full.start, statement.range.start));
            text.push_str(&format!("{comments}export {}\n", anatomy.slice(statement.range)));
        }
        Some((path, text))
    }
}

/// All local declarations that these names lead to, imports aside.
fn closure(statements: &[Statement], names: &[Box<str>], home: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Box<str>> = names.iter().collect();
    while let Some(name) = open.pop() {
        let Some(index) = statements.iter().position(|s| s.declares.contains(name)) else { continue };
        let Some(statement) = statements.get(index) else { continue };
        if index != home && !matches!(statement.kind, StatementKind::Import(_)) && found.insert(index) {
            open.extend(&statement.uses);
        }
    }
    found
}

/// Whether `export { … }` names it.
fn is_listed(statements: &[Statement], statement: &Statement) -> bool {
    let lists = statements.iter().filter(|s| s.kind == StatementKind::List || (s.is_default && s.declares.is_empty()));
    lists.into_iter().any(|list| list.uses.iter().any(|used| statement.declares.contains(used)))
}

fn is_for_effect(import: &Import) -> bool {
    import.default.is_none() && import.namespace.is_none() && import.named.is_empty()
}

fn shared_path(path: &Path) -> std::path::PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!("{stem}.shared.{extension}"))
}

/// The imports of the old file that give these names, as `to` writes them.
fn imports_of(source: &Source, anatomy: &Anatomy, names: &[Box<str>], to: &Path) -> String {
    let mut out = String::new();
    let end = if anatomy.style.semicolons { ";" } else { "" };
    for (_, import) in anatomy.module.imports() {
        let is_used = |name: &str| names.iter().any(|used| &**used == name);
        let mut parts: Vec<String> = vec![];
        parts.extend(import.default.as_ref().filter(|name| is_used(name)).map(|name| name.to_string()));
        parts.extend(import.namespace.as_ref().filter(|name| is_used(name)).map(|name| format!("* as {name}")));
        let named: Vec<&str> =
            import.named.iter().filter(|n| is_used(&n.local)).map(|n| anatomy.slice(n.range)).collect();
        if !named.is_empty() {
            parts.push(format!("{{ {} }}", named.join(", ")));
        }
        if parts.is_empty() {
            continue;
        }
        let word = if import.type_only { "import type" } else { "import" };
        let from = anatomy.style.quoted(&specifier::moved(&source.path, &import.specifier, to));
        out.push_str(&format!("{word} {} from {from}{end}\n", parts.join(", ")));
    }
    out
}

/// Where a new import goes: behind the last one, or the directives.
pub(super) fn import_place(source: &Source, anatomy: &Anatomy) -> TextRange {
    let statements = &anatomy.module.statements;
    let last = statements.iter().rev().find(|s| matches!(s.kind, StatementKind::Import(_)));
    let last = last.or_else(|| statements.iter().take_while(|s| s.kind == StatementKind::Directive).last());
    let at = last.map_or(0, |s| s.range.end);
    let at = if last.is_some() { next_line(&source.text, at) } else { at };
    TextRange::new(at, at)
}

/// Takes names out of the import statements that give them.
pub(super) fn drop_imports(draft: &mut Draft, source: &Source, anatomy: &Anatomy, gone: &[&str]) {
    for (index, import) in anatomy.module.imports() {
        let Some(statement) = anatomy.module.statements.get(index) else { continue };
        let goes = |name: &str| gone.contains(&name);
        let locals: Vec<&str> = statement.declares.iter().map(|name| &**name).collect();
        if locals.is_empty() || !locals.iter().any(|name| goes(name)) {
            continue;
        }
        if locals.iter().all(|name| goes(name)) {
            draft.edit(source, lines(&source.text, statement.range), "");
            continue;
        }
        let mut parts: Vec<String> = vec![];
        parts.extend(import.default.as_ref().filter(|name| !goes(name)).map(|name| name.to_string()));
        parts.extend(import.namespace.as_ref().filter(|name| !goes(name)).map(|name| format!("* as {name}")));
        let named: Vec<&str> =
            import.named.iter().filter(|n| !goes(&n.local)).map(|n| anatomy.slice(n.range)).collect();
        let whole = anatomy.slice(statement.range);
        if !named.is_empty() {
            // one a line where they stood so
            let lines =
                whole.split_once('{').is_some_and(|(_, inside)| inside.trim_start_matches(' ').starts_with('\n'));
            parts.push(if lines && named.len() > 1 {
                let step = anatomy.style.step();
                let lines: String = named.iter().map(|name| format!("{step}{name},\n")).collect();
                format!("{{\n{lines}}}")
            } else {
                format!("{{ {} }}", named.join(", "))
            });
        }
        let word = if import.type_only { "import type" } else { "import" };
        let tail = anatomy.slice(TextRange::new(import.specifier_range.start, statement.range.end));
        draft.edit(source, statement.range, format!("{word} {} from {tail}", parts.join(", ")));
    }
}

/// A statement's lines; the statement, if something else stands in front of it.
pub(super) fn lines(text: &str, range: TextRange) -> TextRange {
    let line = text.get(..range.start as usize).and_then(|t| t.rfind('\n')).map_or(0, |at| at as u32 + 1);
    let before = text.get(line as usize..range.start as usize).unwrap_or_default();
    if before.trim().is_empty() { TextRange::new(line, next_line(text, range.end)) } else { range }
}

/// A statement's lines, with the empty one behind or before it.
pub(super) fn whole_lines(text: &str, range: TextRange) -> TextRange {
    let TextRange { start: line, end } = lines(text, range);
    if line == range.start && end == range.end {
        return range;
    }
    let behind = next_line(text, end);
    let is_blank = text.get(end as usize..behind as usize).is_some_and(|line| line.trim().is_empty());
    if is_blank && behind > end {
        return TextRange::new(line, behind);
    }
    // the last of a file takes the empty line in front of it
    let front = text.get(..line as usize).unwrap_or_default();
    if text.get(end as usize..).is_some_and(|rest| rest.trim().is_empty()) {
        let kept = front.trim_end().len();
        let newline = front.get(kept..).and_then(|rest| rest.find('\n')).map_or(0, |at| at + 1);
        return TextRange::new((kept + newline) as u32, end);
    }
    TextRange::new(line, end)
}

/// The start of the line behind an offset, if nothing but white space and a comment stands before it.
fn next_line(text: &str, offset: u32) -> u32 {
    let rest = text.get(offset as usize..).unwrap_or_default();
    match rest.find('\n') {
        Some(at) if rest.get(..at).is_some_and(|t| t.trim().is_empty() || t.trim_start().starts_with("//")) => {
            offset + at as u32 + 1
        }
        Some(_) => offset,
        None => offset + rest.len() as u32,
    }
}
