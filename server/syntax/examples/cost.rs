//! What each step costs over files named on stdin: `rg -l x | cargo run --release -p syntax --example cost`.
use std::time::{Duration, Instant};
use syntax::{extract, flat::Flat, parse, queries::Statements, scope::Scopes, sketch::Sketch};

#[allow(clippy::print_stdout)]
fn main() {
    let mut total = [Duration::ZERO; 7];
    let mut bytes = 0;
    for path in std::io::stdin().lines().map_while(Result::ok) {
        let (Ok(text), Some(grammar)) = (std::fs::read_to_string(&path), parse::Grammar::for_file(&path)) else {
            continue;
        };
        bytes += text.len();
        let mut at = Instant::now();
        let mut lap = |i: usize| {
            total[i] += at.elapsed();
            at = Instant::now();
        };
        let _ = Sketch::new(text.as_bytes());
        lap(0);
        let Some(tree) = parse::parse(&text, grammar, None) else { continue };
        lap(1);
        let flat = Flat::new(&tree, grammar, &text);
        lap(2);
        let _ = Scopes::new(&flat);
        lap(3);
        let _ = Statements::new(&tree, grammar, &text);
        lap(4);
        let _ = extract::facts(&tree, grammar, &text);
        lap(5);
        drop(tree);
        lap(6);
    }
    println!("{bytes} bytes");
    for (name, time) in ["sketch", "parse", "flat", "scopes", "queries", "facts in all", "drop"].iter().zip(total) {
        println!("{name:<14} {:8.1} ms", time.as_secs_f64() * 1000.0);
    }
}
