//! Prints a file's facts: `cargo run -p syntax --example facts FILE`.
#[allow(clippy::print_stdout)]
fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let document = syntax::document::Document::new(&text, syntax::parse::Grammar::for_file(&path));
    println!("{:#?}", document.facts());
}
