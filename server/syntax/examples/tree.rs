//! Prints a file's tree: `cargo run -p syntax --example tree FILE`.
fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let grammar = syntax::parse::Grammar::for_file(&path).unwrap_or(syntax::parse::Grammar::Tsx);
    if let Some(tree) = syntax::parse::parse(&text, grammar, None) {
        print(tree.root_node(), None, 0, &text);
    }
}

#[allow(clippy::print_stdout)]
fn print(node: tree_sitter::Node, field: Option<&str>, depth: usize, text: &str) {
    let field = field.map(|f| format!("{f}: ")).unwrap_or_default();
    let leaf = if node.child_count() == 0 { format!(" {:?}", &text[node.byte_range()]) } else { String::new() };
    if node.is_named() || node.is_error() || node.is_missing() {
        println!(
            "{}{field}{}{}{leaf}",
            "  ".repeat(depth),
            node.kind(),
            if node.is_missing() { " MISSING" } else { "" }
        );
    }
    for i in 0..node.child_count() {
        if let Some(child) = node.child(i) {
            print(child, node.field_name_for_child(i), depth + 1, text);
        }
    }
}
