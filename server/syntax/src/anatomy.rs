//! How one file is built, as far as somebody needs to know who rewrites it: its statements with what
//! each declares and uses, its functions with their parameters and answers, the style of its author.
//!
//! Read on demand from text. Nobody keeps it but for the [`Outline`]. Ranges count bytes.

mod bindings;
mod bound;
mod carried;
mod function;
mod handler;
mod mentioned;
mod module;
mod otherwise;
mod outline;
mod redirects;
mod refreshed;
mod request_site;
mod results;
mod stand_in;
mod style;
mod texts;
mod types;

pub use bound::{Bound, Held, HiddenField, Opened};
pub use carried::Carried;
pub use function::{Function, Parameter, Returned, Written};
pub use handler::{
    Answer, Handed, Handler, Helper, Input, Made, MadeElsewhere, Obstacle, ObstacleKind, RequestPart, Says, Site,
    Status,
};
pub use mentioned::Mention;
pub use module::{Import, ImportedName, Module, Statement, StatementKind};
pub use outline::Outline;
pub use redirects::RedirectSite;
pub use request_site::{
    Detour, FormSite, Part, RequestSite, ResponsePart, ResponseRead, SentBody, Taken, UnreadableCall,
};
pub use results::{Given, Reading, Report, ReportSite, Reported};
pub use stand_in::{StandIn, StandsFor};
pub use style::{Quote, Style};

use tree_sitter::{Node, Tree};

use crate::{
    flat::{Flat, NodeId},
    parse::{Grammar, parse},
    scope::Scopes,
    text::TextRange,
};

/// A file taken apart.
pub struct Anatomy<'t> {
    text: &'t str,
    tree: Tree,
    flat: Flat<'t>,
    scopes: Scopes,
    /// Where names stand that the module may declare, in order.
    mentions: Vec<(u32, &'t str)>,
    /// Its statements.
    pub module: Module,
    /// How its author writes.
    pub style: Style,
}

impl<'t> Anatomy<'t> {
    /// Takes a file apart; `None` if it can't be parsed in time.
    #[must_use]
    pub fn new(text: &'t str, grammar: Grammar) -> Option<Self> {
        let tree = parse(text, grammar, None)?;
        let flat = Flat::new(&tree, grammar, text);
        let scopes = Scopes::new(&flat);
        let mentions = module::mentions(&tree, &flat, &scopes);
        let module = module::read(&tree, &flat, &mentions);
        let style = style::of(text, &tree);
        Some(Self { text, tree, flat, scopes, mentions, module, style })
    }

    /// Whether it has syntax errors.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.flat.broken
    }

    /// The text of a range.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &'t str {
        self.text.get(range.span()).unwrap_or_default()
    }

    /// The smallest named node of the tree around a range.
    fn node(&self, range: TextRange) -> Option<Node<'_>> {
        self.tree.root_node().named_descendant_for_byte_range(range.start as usize, range.end as usize)
    }

    /// The node of `flat` for a node of the tree.
    fn flat_id(&self, node: Node) -> Option<NodeId> {
        self.flat.find(range_of(node))
    }
}

fn range_of(node: Node) -> TextRange {
    TextRange::new(node.start_byte() as u32, node.end_byte() as u32)
}

/// A node and all below it, in source order; `enter` says whether to go into one.
fn walk<'t>(root: Node<'t>, visit: &mut dyn FnMut(Node<'t>) -> bool) {
    let mut cursor = root.walk();
    let mut depth = 0_u32;
    loop {
        if visit(cursor.node()) && cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        loop {
            if depth == 0 {
                return;
            }
            if cursor.goto_next_sibling() {
                break;
            }
            cursor.goto_parent();
            depth -= 1;
        }
    }
}

#[cfg(test)]
mod tests;
