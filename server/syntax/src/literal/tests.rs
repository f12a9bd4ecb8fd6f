use super::*;

fn show(value: &Value) -> String {
    match value {
        Value::Str(text) => format!("{text:?}"),
        Value::Num(number) => number.to_string(),
        Value::Bool(bool) => bool.to_string(),
        Value::Null => "null".to_owned(),
        Value::Array(elements) => format!("[{}]", elements.iter().map(show).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<_> = members.iter().map(|(name, value)| format!("{name}: {}", show(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Opaque(text) => format!("<{text}>"),
    }
}

fn export(text: &str, file_name: &str) -> String {
    default_export(text, file_name).as_ref().map_or("-".to_owned(), show)
}

#[test]
fn values() {
    for (expression, expected) in [
        (r#"'a'"#, r#""a""#),
        (r#""""#, r#""""#),
        ("`a b`", r#""a b""#),
        ("`a${b}`", "<`a${b}`>"),
        (r#"'\n\x41\u0042\u{43}\'\é'"#, r#""\nABC'é""#),
        ("'a\\\nb'", r#""ab""#),
        (r#"'\uD83D'"#, "\"\u{fffd}\""),
        ("1", "1"),
        ("-1", "-1"),
        ("1_000", "1000"),
        ("0xff", "255"),
        (".5", "0.5"),
        ("1n", "<1n>"),
        ("!x", "<!x>"),
        ("true", "true"),
        ("null", "null"),
        ("undefined", "null"),
        ("(('a'))", r#""a""#),
        ("'a' as const", r#""a""#),
        ("{ a: 1 } satisfies T", "{a: 1}"),
        ("x!", "<x>"),
        ("[1, 'a', , [true]]", r#"[1, "a", [true]]"#),
        ("[1, ...known, ...unknown]", "[1, 2, <...unknown>]"),
        ("{ a: 1, 'b-c': 2, 3: 4, ['d']: 5 }", "{a: 1, b-c: 2, 3: 4, d: 5}"),
        ("{ [k]: 1 }", "{...: <[k]: 1>}"),
        ("{ name, other }", r#"{name: "n", other: <other>}"#),
        ("{ f() { return 1 }, async g() {}, h: () => 1 }", "{f: <f() { return 1 }>, g: <async g() {}>, h: <() => 1>}"),
        ("{ ...base, z: 1, ...base }", "{y: 2, z: 1, y: 2}"),
        ("{ ...other, a: 1 }", "{...: <other>, a: 1}"),
        ("{ a: 1, ...(x && { a: 2 }) }", "{a: 1, a: <(x && { a: 2 })>}"),
        ("{ ...(x ? { a: 1 } : {}) }", "{a: <(x ? { a: 1 } : {})>}"),
        ("{ ...(x ? { a: 1 } : other) }", "{...: <(x ? { a: 1 } : other)>}"),
        ("{ ...(x || { a: 1 }) }", "{...: <(x || { a: 1 })>}"),
        ("{ /* c */ a: 1, // d\n }", "{a: 1}"),
        ("loop", "<loop>"),
        ("changing", "<changing>"),
        ("{ ...changing }", "{...: <changing>}"),
        ("a.b", "<a.b>"),
        ("f()", "<f()>"),
    ] {
        let text = format!(
            "const name = 'n', known = [2]; export const base: B = {{ y: 2 }}; const loop = loop; let changing = {{}};\nexport default ({{ x: {expression} }})"
        );
        let exported = default_export(&text, "a.ts");
        let value = exported.as_ref().and_then(|exported| exported.get("x"));
        assert_eq!(value.map(show).as_deref(), Some(expected), "{expression}");
    }
}

#[test]
fn exports() {
    let known = r#"{basePath: "/x"}"#;
    let config = "const config: NextConfig = { basePath: '/x' };\n";
    for (file_name, export_text) in [
        ("next.config.ts", "export default { basePath: '/x' }"),
        ("next.config.ts", "export default { basePath: '/x' } satisfies NextConfig"),
        ("next.config.ts", "export default <NextConfig>{ basePath: '/x' }"),
        ("next.config.ts", "export default config"),
        ("next.config.ts", "export default config satisfies NextConfig"),
        ("next.config.mts", "export { config as default }"),
        ("next.config.cts", "export = config"),
        ("next.config.ts", "module.exports = config"),
        ("next.config.ts", "module.exports = exports.default = config;"),
        ("next.config.ts", "export default withBundleAnalyzer({ enabled: true })(config)"),
        ("next.config.ts", "const withMDX = createMDX({ extension: /x/ }); export default withMDX(config)"),
        ("next.config.ts", "export default createMDX()(config)"),
        ("next.config.ts", "export default withA(withB(config), { silent: true })"),
        ("next.config.ts", "export default withPlugins([[withA], withB], config)"),
        ("next.config.ts", "export default () => plugins.reduce((acc, plugin) => plugin(acc), config)"),
        ("next.config.ts", "const wrapped = withA(config); export default wrapped"),
        ("next.config.ts", "export default withA(() => config)"),
        ("next.config.ts", "export default analyze ? withA(config) : config"),
        ("next.config.ts", "export default (phase, { defaultConfig }) => ({ basePath: '/x' })"),
        ("next.config.ts", "export default async () => { const config = { basePath: '/x' }; return config }"),
        ("next.config.ts", "export default async function (phase) { return await withA(config) }"),
        ("next.config.ts", "export default function make() { if (dev) { return { a: 1 } } return config }"),
        (
            "next.config.ts",
            "function make() { const f = () => { return { a: 1 } }; return config } export default make",
        ),
        ("next.config.ts", "function make() { return config } export default make()"),
        (
            "next.config.ts",
            "const make = (phase) => { switch (phase) { default: return config } }; export default make",
        ),
        ("next.config.ts", "export default (() => config)()"),
        ("next.config.js", "let a = { basePath: '/x' }; a = withA(a); module.exports = a"),
        ("next.config.ts", "export default { basePath: '/y' }; module.exports = { basePath: '/x' }"),
    ] {
        assert_eq!(export(&format!("{config}{export_text}"), file_name), known, "{export_text}");
    }
    for file_name in ["next.config.js", "next.config.mjs", "next.config.cjs"] {
        let text =
            "/** @type {import('next').NextConfig} */\nconst config = { basePath: '/x' }\nmodule.exports = config\n";
        assert_eq!(export(text, file_name), known, "{file_name}");
    }
}

#[test]
fn unknown_exports() {
    for (text, expected) in [
        ("", "-"),
        ("const config = {}", "-"),
        ("export const a = 1", "-"),
        ("export { default } from './x'", "<export { default } from './x'>"),
        ("export { config as default } from './x'", "<export { config as default } from './x'>"),
        ("export * from './x'", "-"),
        ("export default imported", "<imported>"),
        ("export default withA(imported)", "<withA(imported)>"),
        ("export default (config) => config", "<config>"),
        ("const config = { a: 1 }; export default (config) => config", "<config>"),
        ("const config = { a: 1 }; export default ({ config }) => config", "<config>"),
        ("export default dev ? { a: 1 } : { a: 2 }", "<dev ? { a: 1 } : { a: 2 }>"),
        ("export default () => { }", "<() => { }>"),
    ] {
        assert_eq!(export(text, "next.config.js"), expected, "{text}");
    }
}

#[test]
fn broken_files_read_as_far_as_possible() {
    for text in [
        "export default { basePath: '/x', ",
        "export default { basePath: '/x', output: }",
        "export default { basePath: '/x', trail",
        "export default { basePath: '/x', trail\nreactStrictMode: true }",
        "module.exports = { basePath: '/x', experimental: { a: 1, ",
        "const config = { basePath: '/x', \nexport default config",
        "const config = { basePath: '/x' }\nconst = ;\nexport default config",
        "const config = { basePath: '/x' }\nexport default withA(config",
        "const config = { basePath: '/x' }\nmodule.exports = withA(config, { b: 1, ",
    ] {
        let exported = default_export(text, "next.config.ts");
        let path = exported.as_ref().and_then(|value| value.get("basePath"));
        assert_eq!(path.and_then(Value::as_str), Some("/x"), "{text}: {exported:?}");
    }
}

#[test]
fn errors() {
    for (text, expected) in [
        ("export default { a: 1 }", "-"),
        ("export default { a: 1, b: }", "25 ``: an expression is missing"),
        ("export default { a: [1, 2 }", "25 ``: `]` is missing"),
        ("export default { a: 1 }}", "23 `}`: syntax error"),
        ("export default { a: 1, \n", "0 `export default { a: 1,`: syntax error"),
        ("const x = {\n  a: 1\n  b: 2\n}", "21 `b: 2`: syntax error"),
        ("const é = 'abc\nexport default {}", "11 `'abc`: syntax error"),
    ] {
        let found = first_error(text, "next.config.ts")
            .map_or("-".to_owned(), |(range, message)| format!("{} `{}`: {message}", range.start, &text[range.span()]));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn hostile_files_end() {
    let doubling = (0..60).fold("const a0 = { x: 1 };".to_owned(), |text, n| {
        format!("{text}\nconst a{} = {{ ...a{n}, ...a{n} }};", n + 1)
    });
    let flat = (0..20_000).map(|n| format!("const a{n} = {n};\n")).collect::<String>();
    let names = (0..20_000).map(|n| format!("a{n}, ")).collect::<String>();
    let long = format!("const a0 = {{ x: f('{}') }};", "x".repeat(200_000));
    for text in [
        format!("{doubling}\nexport default a60"),
        format!("{}\nexport default a60", doubling.replace("const a0 = { x: 1 };", &long)),
        format!("{flat}export default {{ x: [{names}] }}"),
        "const a = { ...b }; const b = { ...a }; export default a".to_owned(),
        "const f = () => f(); export default f".to_owned(),
        format!("export default {}", "{a:".repeat(20_000)),
        format!("export default {}", "f(".repeat(20_000)),
        format!("export default {}1{}", "(".repeat(20_000), ")".repeat(20_000)),
        format!("export default {}", "({[`${".repeat(5_000)),
        "export default '\\".to_owned(),
        "\u{feff}export default { é: '\\u{110000}' }".to_owned(),
    ] {
        let _ = (default_export(&text, "next.config.ts"), first_error(&text, "next.config.js"));
    }
}
