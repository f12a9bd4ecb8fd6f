//! Where a file mentions what it imports.

use super::{
    Anatomy,
    bindings::{call_of, member_of},
    range_of,
};
use crate::{scope::BindingKind, text::TextRange};

/// A mention of an imported name, in an import's braces aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The name as it stands there, behind the dot of a namespace.
    pub name: TextRange,
    /// The arguments, if it is called there and nothing else.
    pub arguments: Option<Vec<TextRange>>,
}

impl Anatomy<'_> {
    /// The mentions of what a module exports under a name, by whatever name it goes here, in order.
    #[must_use]
    pub fn mentions_of_import(&self, specifier: &str, imported: &str) -> Vec<Mention> {
        let of_module = || self.module.imports().filter(|(_, import)| &*import.specifier == specifier);
        let is_named = |name: &str| {
            let mut all = of_module().flat_map(|(_, import)| &import.named);
            all.any(|one| &*one.imported == imported && &*one.local == name)
        };
        let is_namespace = |name: &str| of_module().any(|(_, import)| import.namespace.as_deref() == Some(name));
        let mut found = vec![];
        for (id, binding) in &self.scopes.references {
            let declared = self.scopes.binding(*binding);
            if declared.is_none_or(|b| b.kind != BindingKind::Import || b.name == *id) {
                continue;
            }
            let Some(local) = self.node(self.flat.range(*id)) else { continue };
            let text = self.flat.text_of(*id);
            let (callee, name) = if is_named(text) {
                (local, local)
            } else {
                match member_of(local).filter(|_| is_namespace(text)) {
                    Some((whole, name)) if self.slice(range_of(name)) == imported => (whole, name),
                    _ => continue,
                }
            };
            let arguments = call_of(callee).map(|(_, arguments)| arguments.into_iter().map(range_of).collect());
            found.push(Mention { name: range_of(name), arguments });
        }
        found.sort_unstable_by_key(|mention| mention.name.start);
        found
    }
}
