//! The one list of functions that read a request or answer one, by module and name. Whoever imports
//! them may call them as they like.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Source;
use crate::{
    effects::Revalidation,
    facts::{FileFacts, Imported},
    flat::{Field, Kind, NodeId},
    text::TextRange,
};

/// What a name of theirs does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// `cookies()`
    Cookies,
    /// `headers()`
    Headers,
    /// Only a request has it; nothing is read by name.
    Request,
    /// Makes something stale.
    Revalidates(Revalidation),
    /// Sends the caller elsewhere; in a Route Handler with that status.
    Redirects(u16),
    /// Ends with that status.
    Ends(u16),
    /// The class that answers are made of, and the status of its `redirect`.
    Response(u16),
    /// A class whose instances are answers and nothing else.
    Answer,
}

const MODULES: [&str; 6] = ["next/headers", "next/cache", "next/navigation", "next/server", "next/og", "@vercel/og"];

fn known(module: &str, name: &str) -> Option<Known> {
    Some(match (module, name) {
        ("next/headers", "cookies") => Known::Cookies,
        ("next/headers", "headers") => Known::Headers,
        ("next/headers", "draftMode") | ("next/server", "connection") | ("next/cache", "unstable_noStore") => {
            Known::Request
        }
        ("next/cache", "revalidatePath") => Known::Revalidates(Revalidation::Path),
        ("next/cache", "revalidateTag") => Known::Revalidates(Revalidation::Tag),
        ("next/cache", "updateTag") => Known::Revalidates(Revalidation::Update),
        ("next/cache", "refresh") => Known::Revalidates(Revalidation::Refresh),
        ("next/navigation", "redirect") => Known::Redirects(307),
        ("next/navigation", "permanentRedirect") => Known::Redirects(308),
        ("next/navigation", "notFound") => Known::Ends(404),
        ("next/navigation", "forbidden") => Known::Ends(403),
        ("next/navigation", "unauthorized") => Known::Ends(401),
        ("next/server", "NextResponse") => Known::Response(307),
        ("next/server" | "next/og" | "@vercel/og", "ImageResponse") => Known::Answer,
        _ => return None,
    })
}

/// The names of one file that mean something of the list.
#[derive(Default)]
pub(super) struct KnownNames {
    /// By the place of the imported name.
    names: FxHashMap<TextRange, Known>,
    namespaces: FxHashMap<TextRange, &'static str>,
    /// The places of all other imported names.
    others: FxHashSet<TextRange>,
}

impl KnownNames {
    pub fn new(facts: &FileFacts) -> Self {
        let mut all = Self::default();
        for import in facts.imports.iter().filter(|i| !i.type_only) {
            let module = facts.specifier(import.specifier).and_then(|s| MODULES.iter().find(|m| **m == s));
            match (module, &import.imported) {
                (Some(module), Imported::Namespace) => {
                    all.namespaces.insert(import.range, module);
                }
                (Some(module), Imported::Name(name)) => {
                    if let Some(known) = known(module, name) {
                        all.names.insert(import.range, known);
                    }
                }
                (None, _) => {
                    all.others.insert(import.range);
                }
            }
        }
        all
    }

    /// What an expression names, if it is on the list.
    pub fn of(&self, file: &Source, id: NodeId) -> Option<Known> {
        let flat = file.flat;
        let id = flat.unwrapped(id);
        match flat.kind(id) {
            Kind::Identifier => match file.scopes.of(id) {
                // the fetch standard's own: `Response.redirect` is 302 there
                None => (flat.text_of(id) == "Response").then_some(Known::Response(302)),
                Some(binding) => self.names.get(&flat.range(file.scopes.binding(binding)?.name)).copied(),
            },
            Kind::Member => {
                let object = flat.unwrapped(flat.child(id, Field::Object)?);
                let binding = file.scopes.binding(file.scopes.of(object)?)?;
                let module = self.namespaces.get(&flat.range(binding.name))?;
                known(module, flat.text_of(flat.child(id, Field::Property)?))
            }
            _ => None,
        }
    }

    /// Whether a callee is, or is a member of, what another file exports.
    pub fn is_foreign(&self, file: &Source, callee: NodeId) -> bool {
        let flat = file.flat;
        let mut at = flat.unwrapped(callee);
        for _ in 0..16 {
            at = match flat.kind(at) {
                Kind::Member => match flat.child(at, Field::Object) {
                    Some(object) => flat.unwrapped(object),
                    None => return false,
                },
                Kind::Call => match flat.child(at, Field::Function) {
                    Some(function) => flat.unwrapped(function),
                    None => return false,
                },
                _ => break,
            };
        }
        file.scopes
            .of(at)
            .and_then(|b| file.scopes.binding(b))
            .is_some_and(|b| self.others.contains(&flat.range(b.name)))
    }
}
