//! What is asked about: the uses of actions that lead through an import, ours and the listing's.

use super::imports::{Import, imports, is_name};
use crate::corpora::answer::Call;
use crate::corpora::listing::Listing;
use crate::lsp::place::Place;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The places of one file.
#[derive(Default)]
pub struct File {
    /// In order, each once.
    pub places: Vec<Asked>,
    /// What the file imports.
    pub imports: Vec<Import>,
}

/// A place that is asked about.
pub struct Asked {
    /// The name's first character.
    pub at: Place,
    /// The name.
    pub name: String,
}

/// Everything that is asked about in one repository.
#[derive(Default)]
pub struct Questions {
    /// By path relative to the repository.
    pub files: BTreeMap<String, File>,
    /// What is not asked, for people: rows of ours that a local binding stands before (an inline
    /// action, an alias, a prop, what a hook returned), and the listing's without a name on their line.
    pub left_out: Vec<String>,
}

/// Gathers the questions: our rows whose name is an import's, and the listing's that we don't have.
pub fn questions(dir: &Path, listing: &Listing, calls: &[Call]) -> Questions {
    let mut questions = Questions::default();
    let mut texts: BTreeMap<&str, (String, Vec<Import>)> = BTreeMap::new();
    let actions = || {
        calls
            .iter()
            .filter(|call| !call.targets.is_empty() && call.targets.iter().all(|target| target.kind == "action"))
    };
    for file in actions().map(|call| call.file.as_str()).chain(listing.uses.iter().map(|site| site.file.as_str())) {
        texts.entry(file).or_insert_with(|| {
            let text = fs::read_to_string(dir.join(file)).unwrap_or_default();
            let imports = imports(&text);
            (text, imports)
        });
    }
    let mut add = |file: &str, line: u32, column: usize, name: &str, imports: &[Import]| {
        let entry = questions.files.entry(file.to_owned()).or_default();
        if entry.imports.is_empty() {
            entry.imports = imports.to_vec();
        }
        let at = Place { file: file.into(), line: line as usize, column };
        if !entry.places.iter().any(|asked| asked.at == at) {
            entry.places.push(Asked { at, name: name.to_owned() });
        }
    };
    let mut left_out = Vec::new();
    for call in actions() {
        let (text, imports) = &texts[call.file.as_str()];
        let content = text.lines().nth(call.line as usize - 1).unwrap_or_default();
        let (before, name) = name_at(content, call.column as usize);
        if imports.iter().any(|import| import.local == name || is_member_of(&before, &import.local)) {
            add(&call.file, call.line, call.column as usize, &name, imports);
        } else {
            left_out.push(format!("{}:{}:{} {name} ({}) is no import", call.file, call.line, call.column, call.kind));
        }
    }
    for site in listing.uses.iter().filter(|site| site.counts()) {
        let known = calls.iter().any(|call| {
            call.file == site.file
                && call.line == site.line
                && call.targets.iter().any(|target| target.kind == "action" && target.file == site.declared_in())
        });
        if known {
            continue;
        }
        let (text, imports) = &texts[site.file.as_str()];
        let content = text.lines().nth(site.line as usize - 1).unwrap_or_default();
        let of_action = imports.iter().filter(|import| import.imported == site.action || import.local == site.action);
        let place = of_action.filter_map(|import| Some((column_of(content, &import.local)?, &import.local))).next();
        match place {
            Some((column, name)) => add(&site.file, site.line, column, name, imports),
            None => {
                left_out.push(format!("{}:{} {} of the listing has no name there", site.file, site.line, site.action))
            }
        }
    }
    questions.left_out = left_out;
    questions
}

/// What stands before a column (1-based, in characters), and the name that begins there.
fn name_at(line: &str, column: usize) -> (String, String) {
    let before = line.chars().take(column - 1).collect();
    let name = line.chars().skip(column - 1).take_while(|c| is_name(*c)).collect();
    (before, name)
}

/// Whether what stands before a name ends in `object.`
fn is_member_of(before: &str, object: &str) -> bool {
    let before = before.trim_end().trim_end_matches(['.', '?']);
    before.strip_suffix(object).is_some_and(|rest| !rest.ends_with(is_name))
}

/// The column (1-based, in characters) at which a name stands as a word of its own.
fn column_of(line: &str, name: &str) -> Option<usize> {
    let is_word = |at: usize| !line[..at].ends_with(is_name) && !line[at + name.len()..].starts_with(is_name);
    let (at, _) = line.match_indices(name).find(|(at, _)| is_word(*at))?;
    Some(line[..at].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_words() {
        assert_eq!(column_of("é saveAll(); save();", "save"), Some(14));
        assert_eq!(column_of("saveAll()", "save"), None);
        assert_eq!(name_at("é ns.save()", 6), ("é ns.".to_owned(), "save".to_owned()));
        assert!(is_member_of("x = ns.", "ns"));
        assert!(!is_member_of("x = fins.", "ns"));
    }
}
