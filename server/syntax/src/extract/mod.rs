//! From a tree to facts. Each file here answers one part of [`FileFacts`]; all of them read the
//! same [`Flat`] tree and [`Scopes`].

mod bundled;
mod callables;
mod captures;
mod consumer;
mod declarations;
mod derived;
mod directives;
mod effects;
mod expected;
mod exports;
mod flow;
mod functions;
mod gives;
mod hooks;
mod imports;
mod patterns;
mod receivers;
mod requests;
mod server_functions;
mod urls;
mod uses;
mod values;

use tree_sitter::Tree;

use crate::{
    facts::{FileFacts, Origin, Specifier, UrlSite},
    flat::{Flat, NodeId},
    parse::Grammar,
    queries::Statements,
    scope::Scopes,
    text::TextRange,
};

/// Reads all facts of one file. Broken trees are read as far as they go.
#[must_use]
pub fn facts(tree: &Tree, grammar: Grammar, text: &str) -> FileFacts {
    let flat = Flat::new(tree, grammar, text);
    let scopes = Scopes::new(&flat);
    let file = Source { tree, grammar, flat: &flat, scopes: &scopes };
    let statements = Statements::new(tree, grammar, text);

    let mut facts = FileFacts { broken: flat.broken, ..FileFacts::default() };
    let erased = imports::erased(&file);
    facts.directives = directives::of_module(&file, &statements, &erased);
    imports::read(&file, &statements, &mut facts);
    let headed = functions::headed(&file, &facts.directives);
    let actions = functions::inline_actions(&file, &headed, &mut facts);
    let exported = exports::read(&file, &statements, &actions, &mut facts);
    facts.server = server_functions::read(&file, &headed, &actions, &facts);
    let targets = uses::read(&file, &actions, &mut facts);
    facts.flow = derived::read(&file, &actions, &targets, &mut facts);
    facts.urls = urls::read(&file, &facts);
    let (values, looking) = values::of_module(&file, &facts);
    facts.values = values;
    for export in facts.exports.iter_mut().filter(|e| e.origin == Origin::Here) {
        let name = export.local.as_ref().unwrap_or(&export.name);
        export.looks = looking.contains(name);
    }
    declarations::read(&file, &mut facts);
    bundled::read(&file, &erased, &mut facts);
    facts.effects = effects::read(&file, &actions, &exported, &facts);
    facts
}

/// The places that may send a request, by a callee's name and whether it is constructed: the URL sites
/// of `facts`, and the arguments of such calls about which facts say nothing, since nobody could follow
/// them (`fetch(url)`). Parameters of functions around a place are leads here. Read anew when somebody
/// asks why a jump is missing; nothing of it is kept.
#[must_use]
pub fn requests(
    tree: &Tree,
    grammar: Grammar,
    text: &str,
    facts: &FileFacts,
    sends: &dyn Fn(&str, bool) -> bool,
) -> Vec<UrlSite> {
    let flat = Flat::new(tree, grammar, text);
    let scopes = Scopes::new(&flat);
    requests::read(&Source { tree, grammar, flat: &flat, scopes: &scopes }, facts, sends)
}

/// One file as the extractors see it.
struct Source<'a> {
    tree: &'a Tree,
    grammar: Grammar,
    flat: &'a Flat<'a>,
    scopes: &'a Scopes,
}

impl FileFacts {
    /// The index of a module specifier, which is added if it is new.
    fn intern_specifier(&mut self, text: &str, range: TextRange) -> u32 {
        let at = self.specifiers.iter().position(|s| &*s.text == text).unwrap_or_else(|| {
            self.specifiers.push(Specifier { text: text.into(), range });
            self.specifiers.len() - 1
        });
        at as u32
    }
}

/// The longest piece of source that facts quote.
const LONGEST_QUOTE: usize = 72;

/// Source on one line: white space folded, shortened in the middle of nothing but the end.
pub(crate) fn quote(text: &str) -> Box<str> {
    // Most are one word: every hole quotes its expression.
    if text.len() <= LONGEST_QUOTE && text.bytes().all(|b| b.is_ascii_graphic()) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len().min(LONGEST_QUOTE + 4));
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        if out.len() > LONGEST_QUOTE {
            let cut = out.floor_char_boundary(LONGEST_QUOTE);
            out.truncate(cut);
            out.push('…');
            break;
        }
    }
    out.into()
}

/// A callee as people would say it: names and members; calls in a chain lose their arguments
/// (`client.schema(x).action` is `client.schema().action`).
fn callee_text(flat: &Flat, id: NodeId) -> Box<str> {
    let mut parts: Vec<&str> = vec![];
    let mut at = id;
    for _ in 0..16 {
        use crate::flat::{Field, Kind};
        at = flat.unwrapped(at);
        match flat.kind(at) {
            Kind::Member => {
                if let Some(property) = flat.child(at, Field::Property) {
                    parts.push(flat.text_of(property));
                    parts.push(".");
                }
                match flat.child(at, Field::Object) {
                    Some(object) => at = object,
                    None => break,
                }
            }
            Kind::Call => {
                parts.push("()");
                match flat.child(at, Field::Function) {
                    Some(function) => at = function,
                    None => break,
                }
            }
            Kind::Await => match flat.children(at).next() {
                Some(inner) => at = inner,
                None => break,
            },
            _ => {
                let text = flat.text_of(at);
                parts.push(if text.len() <= 40 && !text.contains('\n') { text } else { "…" });
                break;
            }
        }
    }
    parts.reverse();
    quote(&parts.concat())
}
