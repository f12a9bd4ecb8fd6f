//! What holds for every text: edits equal a fresh read, sketches miss nothing, nothing panics or
//! thrashes. `PROPTEST_CASES=20000 cargo test -p syntax --test properties` looks longer.

#![allow(missing_docs, clippy::unwrap_used)]

mod edits;
mod hostile;
mod sketches;
mod trees;

/// Files as people write them, with what is wider than a byte and both kinds of line ends.
const SEEDS: [(&str, &str); 4] = [
    ("actions.ts", include_str!("seeds/actions.ts")),
    ("page.tsx", include_str!("seeds/page.tsx")),
    ("route.ts", include_str!("seeds/route.ts")),
    ("client.tsx", include_str!("seeds/client.tsx")),
];

/// The seed of that number; every other one with `\r\n`.
fn seed(number: usize) -> (syntax::parse::Grammar, String) {
    let (name, text) = SEEDS[number / 2 % SEEDS.len()];
    let text = if number.is_multiple_of(2) { text.to_owned() } else { text.replace('\n', "\r\n") };
    (syntax::parse::Grammar::for_file(name).unwrap(), text)
}

/// Pieces that change how everything behind them is read, and harmless ones.
const TOKENS: [&str; 44] = [
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    "`",
    "${",
    "'",
    "\"",
    "/*",
    "*/",
    "//",
    "\n",
    "\r\n",
    " ",
    ";",
    ",",
    "=",
    "=>",
    ".",
    "/",
    "é",
    "😀",
    "\u{2028}",
    "\u{feff}",
    "a",
    "0",
    "export ",
    "async ",
    "type ",
    "await ",
    "'use server';\n",
    "const x = 1;\n",
    "function f() {}\n",
    "import { a } from './a';\n",
    "export const b = () => '/api/b';\n",
    "<div>",
    "</div>",
    "/api/x",
    "\r",
    "using ",
];
