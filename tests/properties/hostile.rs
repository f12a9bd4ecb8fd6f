//! No text makes the server panic, overflow a small stack or think for long.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use syntax::{
    Encoding, LineCol,
    document::{Document, Edit},
    parse::Grammar,
    sketch::Sketch,
};

use crate::TOKENS;

/// Far above what any case takes on an idle machine, far below a quadratic pass.
const PATIENCE: Duration = Duration::from_secs(20);

/// Opens a text, edits it in the middle, and takes a sketch of it.
fn read(text: &str, grammar: Grammar) {
    let mut document = Document::new(text, Some(grammar));
    let line = text.matches('\n').count() as u32 / 2;
    let col = text.lines().nth(line as usize).map_or(0, |l| l.len() as u32 / 2);
    let at = LineCol { line, col };
    document.edit(&[Edit { range: Some((at, at)), text: "x".into() }], Encoding::Utf8);
    let _ = Sketch::new(text.as_bytes());
}

/// On a stack of 2 MiB, as the threads of the pool have. `HOSTILE=20000` makes wide files wider
/// and shows what each takes.
fn read_on_a_small_stack(name: &str, text: String) {
    let (started, length) = (Instant::now(), text.len());
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(move || read(&text, Grammar::Tsx));
    assert!(thread.unwrap().join().is_ok(), "{name}: it panicked");
    let taken = started.elapsed();
    if std::env::var_os("HOSTILE").is_some() {
        eprintln!("{taken:>8.0?} {length:>7} {name}");
    } else {
        assert!(taken < PATIENCE, "{name}: it took {taken:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..800)) {
        let _ = Sketch::new(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        read(&text, Grammar::TypeScript);
        read(&text, Grammar::Tsx);
    }

    #[test]
    fn any_tokens(tokens in prop::collection::vec(0..TOKENS.len(), 0..400)) {
        let text: String = tokens.iter().map(|t| TOKENS[*t]).collect();
        read(&text, Grammar::TypeScript);
        read(&text, Grammar::Tsx);
    }
}

#[test]
fn any_cut_of_a_file() {
    for number in 0..4 {
        let (grammar, text) = crate::seed(2 * number);
        for at in (0..text.len()).step_by(37).filter(|at| text.is_char_boundary(*at)) {
            read(&text[..at], grammar);
            read(&text[at..], grammar);
        }
    }
}

#[test]
fn deep() {
    let n = 10_000;
    let nested = |open: &str, middle: &str, close: &str| format!("{}{middle}{}", open.repeat(n), close.repeat(n));
    for (name, text) in [
        ("unclosed", "{(".repeat(n)),
        ("closers", ")}".repeat(n)),
        ("blocks", nested("{", "", "}")),
        ("parentheses", format!("x = {}", nested("(", "'/api/x'", ")"))),
        ("arrays", format!("x = {}", nested("[", "'/api/x'", "]"))),
        ("array patterns", format!("const {} = y", nested("[a, ", "b", "]"))),
        ("objects", format!("x = {}", nested("{a:", "'/api/x'", "}"))),
        ("object patterns", format!("export const {} = y", nested("{a:", "b", "}"))),
        ("calls", format!("export const x = {}", nested("f('/api/x', a,", "g", ")"))),
        ("call chain", format!("export const x = f{}", "('/api/x')".repeat(n))),
        ("members", format!("fetch(a{})", ".b".repeat(n))),
        ("member calls", format!("export const x = a{}", ".b('/api/x')".repeat(n))),
        ("subscripts", format!("fetch(a{})", "['b']".repeat(n))),
        ("ternaries to the right", format!("fetch({}'/api/x')", "a ? '/api/y' : ".repeat(n))),
        ("ternaries to the left", format!("fetch({} a)", "a ? ".repeat(n) + &" '/api/y' :".repeat(n))),
        ("sums", format!("fetch('/api/x'{})", " + a".repeat(n))),
        ("sums of strings", format!("fetch('/api/x'{})", " + '/y'".repeat(n))),
        ("alternatives", format!("fetch(a{})", " || '/api/x'".repeat(n))),
        ("templates", format!("x = {}", nested("`/api/${", "a", "}`"))),
        ("arrows", format!("export const x = {}'/api/x'", "(a) => ".repeat(n))),
        ("functions", nested("function f(a) { a(b); ", "", "}")),
        ("actions", nested("async () => { 'use server'; ", "", "}")),
        ("classes", nested("class A { m() { ", "", "} }")),
        ("classes in fields", nested("class A { a = ", "", "}")),
        ("this", format!("class A {{ m(u) {{ fetch(this{} + u) }} }}", ".b".repeat(n))),
        ("callbacks", nested("useSWR(() => { return ", "'/api/x'", "})")),
        ("elements", format!("x = {}", nested("<a href='/api/x'>", "b", "</a>"))),
        ("elements in attributes", format!("x = {}", nested("<a b={", "c", "}/>"))),
        ("unclosed elements", format!("x = {}", "<a>".repeat(n))),
        ("types", format!("type A = {}", nested("B<", "C", ">"))),
        ("wrappers", format!("fetch('/api/x'{})", " as A".repeat(n))),
        ("bangs", format!("fetch(x{})", "!".repeat(n))),
        ("negations", format!("export const x = {}1", "-".repeat(n) + &"!".repeat(n))),
        ("awaits", format!("x = {}import('./a')", "await ".repeat(n))),
        ("labels", format!("{};", "a: ".repeat(n))),
        ("else ifs", format!("{} {{}}", "if (a) {} else ".repeat(n))),
        (
            "handlers of closures",
            format!("export const GET = (r) => {}", nested("f(() => { return ", "Response.json(r.json())", " })")),
        ),
        ("handlers of choices", format!("export const GET = (r) => {}r", "r ? r.json() : ".repeat(n))),
        ("handlers of members", format!("export const GET = (r) => r{}", ".nextUrl.searchParams".repeat(n))),
        ("namespaces", format!("export namespace A{} {{}}", ".B".repeat(n))),
    ] {
        read_on_a_small_stack(name, text);
    }
}

#[test]
fn wide() {
    let n = std::env::var("HOSTILE").map_or(1_000, |n| n.parse().unwrap());
    let rows = |row: &str| (0..n).map(|i| row.replace('N', &i.to_string())).collect::<String>();
    for (name, text) in [
        ("exports", rows("export const aN = 1;\n")),
        ("export list", format!("{}\nexport {{ {} }};", rows("let aN;"), rows("aN,"))),
        ("re-exports", rows("export * from './aN';\n")),
        ("imports", rows("import { aN } from './bN';\n")),
        ("dynamic imports", rows("import('./bN').then((m) => m.a);\n")),
        ("directives", "'use server';".repeat(n)),
        ("directives of a function", format!("async function f() {{ {} }}", "'use server';".repeat(n))),
        ("actions", rows("async function aN() { 'use server' }\n")),
        ("declarators", format!("let {} last;", rows("aN = 1,"))),
        ("object of paths", format!("x = {{ {} }}", rows("aN: '/api/N',"))),
        (
            "folded object",
            format!("const R = {{ {} }};\n{}", rows("aN: '/api/N',"), format!("fetch(R.a{});", n - 1).repeat(500)),
        ),
        ("arguments", format!("f({})", rows("'/api/N',"))),
        ("array", format!("x = [{}]", rows("'/api/N',"))),
        ("attributes", format!("x = <a {} />", rows("aN='/api/N' "))),
        ("calls", rows("fetch('/api/N', { method: 'POST' });\n")),
        ("parameters", format!("export function f({}) {{}}", rows("aN,"))),
        ("uses", format!("import a from './a';\n{}", "a();\n".repeat(n))),
        ("methods", format!("class A {{ {} }}", rows("mN(u) { this.a = u; return this.mN('/api/N' + this.b + u); }"))),
        ("constructor", format!("class A {{ constructor(u) {{ {} }} }}", rows("this.aN = this.aN + u;"))),
        ("returns", format!("export function f(u) {{ {} }}", rows("if (u) return '/api/N' + u;"))),
        ("tests of keys", format!("export const f = (p) => mutate((k) => {})", rows("k.startsWith(p) ||") + "p")),
        ("answers", format!("export function GET(r) {{ {} }}", rows("if (r) return Response.json(1, { status: N });"))),
        (
            "a variable of a handler",
            format!("export function GET(r) {{ let a; {} }}", rows("a = r.json(); g(a.N, a);")),
        ),
        (
            "patterns of actions",
            format!("'use server';\n{}", rows("export async function fN(a) { const { b, c } = a.get('d'); }\n")),
        ),
        ("assignments", rows("location.href = '/api/N';\n")),
        ("one line", "a".repeat(1 << 20)),
        ("slashes", "/".repeat(1 << 19)),
        ("paths", "'/".repeat(1 << 16)),
        ("hosts", "a/".repeat(1 << 16)),
        ("lines", "\n".repeat(1 << 19)),
    ] {
        read_on_a_small_stack(name, text);
    }
}

#[test]
fn sketches_are_linear() {
    for piece in ["from/*", "from//", "from ", "import(", "'/", "`/a", "a/", "://a", "use server", "}/"] {
        let text = piece.repeat((1 << 20) / piece.len());
        let started = Instant::now();
        let _ = Sketch::new(text.as_bytes());
        let taken = started.elapsed();
        assert!(taken < PATIENCE, "{piece}: it took {taken:?}");
    }
}

#[test]
fn constants_that_double() {
    let doubling = |form: &str| {
        (0..40).fold("const a0 = '/api';\n".to_owned(), |text, n| {
            text + &form.replace("NEXT", &format!("a{}", n + 1)).replace("LAST", &format!("a{n}"))
        })
    };
    for (name, text) in [
        ("sums", doubling("const NEXT = LAST + LAST;\n")),
        ("templates", doubling("const NEXT = `/x/${LAST}${LAST}`;\n")),
        ("choices", doubling("const NEXT = x ? LAST : LAST;\n")),
        ("members", doubling("const NEXT = { a: LAST.a + LAST.a };\nfetch(NEXT.a);\n")),
        ("members of choices", doubling("const NEXT = c ? { a: LAST } : { a: LAST };\nfetch(NEXT.a);\n")),
        ("lists of choices", doubling("const [NEXT] = c ? [LAST, LAST] : [LAST + LAST];\n")),
        (
            "wrapped",
            doubling(
                "export const NEXT = f(LAST, LAST, LAST, LAST, LAST, LAST, LAST, LAST, LAST, LAST, LAST, LAST);\n",
            ),
        ),
        (
            "what a handler answers",
            doubling("let NEXT = LAST;\n").replace("const a0 = '/api';", "export function GET(r) { let a0 = r.json();")
                + &"a40 = a39; a40 = a38; a39 = a40; a39 = a38; a38 = a40;".repeat(40)
                + "return x ? a40 : a39; }",
        ),
        (
            "circles",
            "const a = b + c; const b = a + c; const c = a + b; fetch(a); const d = { e: d.e }; fetch(d.e);".to_owned(),
        ),
    ] {
        read_on_a_small_stack(name, text + "fetch(a40);");
    }
}
