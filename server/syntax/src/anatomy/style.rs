//! How an author writes: what generated code has to look like.

use tree_sitter::Tree;

use super::walk;

/// Which quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    #[default]
    Single,
}

/// The marks of an author's hand, by majority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Around strings.
    pub quote: Quote,
    /// Statements end with `;`.
    pub semicolons: bool,
    /// Spaces for one step; `None` for tabs.
    pub indent: Option<u8>,
}

impl Default for Style {
    fn default() -> Self {
        Self { quote: Quote::Single, semicolons: true, indent: Some(2) }
    }
}

impl Style {
    /// One step of indentation.
    #[must_use]
    pub fn step(&self) -> String {
        self.indent.map_or_else(|| "\t".to_owned(), |width| " ".repeat(width as usize))
    }

    /// Brings code that is written with `'`, `;` and two spaces into this style. No string in it may hold
    /// a quote.
    #[must_use]
    pub fn dress(&self, code: &str) -> String {
        let mut out = String::with_capacity(code.len());
        for line in code.split_inclusive('\n') {
            let body = line.trim_start_matches("  ");
            out.push_str(&self.step().repeat((line.len() - body.len()) / 2));
            let is_comment = body.starts_with("//");
            let end = body.trim_end_matches('\n').len();
            let (body, newline) = body.split_at(end);
            let body = if self.semicolons || is_comment { body } else { body.strip_suffix(';').unwrap_or(body) };
            if self.quote == Quote::Double && !is_comment {
                out.push_str(&body.replace('\'', "\""));
            } else {
                out.push_str(body);
            }
            out.push_str(newline);
        }
        out
    }

    /// A string in quotes.
    #[must_use]
    pub fn quoted(&self, text: &str) -> String {
        match self.quote {
            Quote::Double => format!("\"{text}\""),
            Quote::Single => format!("'{text}'"),
        }
    }
}

pub(super) fn of(text: &str, tree: &Tree) -> Style {
    let (mut single, mut double, mut ended, mut open) = (0_u32, 0_u32, 0_u32, 0_u32);
    walk(tree.root_node(), &mut |node| {
        match node.kind() {
            "string" => {
                let is_attribute = node.parent().is_some_and(|p| p.kind() == "jsx_attribute");
                match text.as_bytes().get(node.start_byte()) {
                    Some(b'"') if !is_attribute => double += 1,
                    Some(b'\'') => single += 1,
                    _ => {}
                }
                return false;
            }
            "import_statement" | "expression_statement" | "return_statement" | "lexical_declaration" => {
                match text.as_bytes().get(node.end_byte().saturating_sub(1)) {
                    Some(b';') => ended += 1,
                    _ => open += 1,
                }
            }
            _ => {}
        }
        true
    });
    let quote = if double > single { Quote::Double } else { Quote::Single };
    Style { quote, semicolons: ended >= open, indent: indent(text) }
}

/// The smallest step by which lines are further in than the line before.
fn indent(text: &str) -> Option<u8> {
    let mut steps = [0_u32; 9];
    let (mut tabs, mut before) = (0_u32, 0_usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if line.starts_with('\t') {
            tabs += 1;
            continue;
        }
        let depth = line.len() - line.trim_start_matches(' ').len();
        if let Some(step) = steps.get_mut(depth.saturating_sub(before)) {
            *step += u32::from(depth > before);
        }
        before = depth;
    }
    let best = steps.iter().enumerate().max_by_key(|(width, count)| (**count, std::cmp::Reverse(*width)));
    match best {
        Some((width, count)) if *count >= tabs && *count > 0 => Some(width as u8),
        _ if tabs > 0 => None,
        _ => Some(2),
    }
}
