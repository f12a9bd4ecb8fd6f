//! What JSON carries, how a file is built, how its author writes.

use expect_test::expect;

use super::{Anatomy, Carried, Outline, StatementKind};
use crate::{parse::Grammar, text::TextRange};

fn anatomy(text: &str) -> Anatomy<'_> {
    Anatomy::new(text, Grammar::Tsx).expect("parsed")
}

fn find(text: &str, what: &str) -> TextRange {
    let start = text.find(what).expect("it is there") as u32;
    TextRange::new(start, start + what.len() as u32)
}

fn word(carried: &Carried) -> String {
    match carried {
        Carried::Json => "json".to_owned(),
        Carried::Nothing => "nothing".to_owned(),
        Carried::Form => "form".to_owned(),
        Carried::Never(what) => format!("never: {what}"),
        Carried::Named(what) => format!("elsewhere: {what}"),
        Carried::Unknown(what) => format!("unknown: {what}"),
    }
}

#[test]
fn types() {
    let declared = "import { z } from 'zod';\nimport { Other, otherSchema } from './x';\n\
         const inner = z.object({ at: z.date() });\nconst good = z.object({ a: z.string().optional(), b: z.array(z.number()) });\n\
         const bad = z.object({ inner });\nconst far = z.object({ o: otherSchema });\nconst odd = z.string().transform(f);\n\
         type Row = { id: string; at: Date };\ninterface Item { tags: string[]; next?: Item }\nenum Kind { A }\n\
         interface More extends Item {}\ntype Loop = Loop | string;\n";
    let all: String = [
        "string",
        "number | null",
        "'a' | 'b'",
        "true",
        "void",
        "undefined",
        "bigint",
        "symbol",
        "any",
        "unknown",
        "string[]",
        "[string, Date]",
        "{ a: string; b?: { c: number[] } }",
        "{ run(): void }",
        "() => void",
        "Record<string, number>",
        "Partial<Row>",
        "Promise<void>",
        "Map<string, number>",
        "File",
        "FormData",
        "FormData | string",
        "Row",
        "Item",
        "Kind",
        "More",
        "Other",
        "Other<string>",
        "Missing",
        "Loop",
        "z.infer<typeof good>",
        "z.infer<typeof bad>",
        "z.infer<typeof far>",
        "z.infer<typeof odd>",
        "z.infer<typeof otherSchema>",
        "typeof good",
        "React.ReactNode",
        "`/${string}`",
        "readonly string[]",
    ]
    .iter()
    .map(|ty| {
        let text = format!("{declared}let x: {ty};");
        let start = (declared.len() + "let x: ".len()) as u32;
        let carried = anatomy(&text).carried_type(TextRange::new(start, start + ty.len() as u32));
        format!("{ty:36} {}\n", word(&carried))
    })
    .collect();
    expect![[r#"
        string                               json
        number | null                        json
        'a' | 'b'                            json
        true                                 json
        void                                 nothing
        undefined                            nothing
        bigint                               never: bigint
        symbol                               never: symbol
        any                                  unknown: any
        unknown                              unknown: unknown
        string[]                             json
        [string, Date]                       never: Date
        { a: string; b?: { c: number[] } }   json
        { run(): void }                      never: function
        () => void                           never: function
        Record<string, number>               json
        Partial<Row>                         never: Date
        Promise<void>                        nothing
        Map<string, number>                  never: Map
        File                                 never: File
        FormData                             form
        FormData | string                    form
        Row                                  never: Date
        Item                                 json
        Kind                                 json
        More                                 unknown: More
        Other                                elsewhere: Other
        Other<string>                        elsewhere: Other
        Missing                              unknown: Missing
        Loop                                 json
        z.infer<typeof good>                 json
        z.infer<typeof bad>                  never: date
        z.infer<typeof far>                  unknown: otherSchema
        z.infer<typeof odd>                  unknown: odd
        z.infer<typeof otherSchema>          elsewhere: otherSchema
        typeof good                          unknown: typeof good
        React.ReactNode                      unknown: React.ReactNode
        `/${string}`                         json
        readonly string[]                    json
    "#]]
    .assert_eq(&all);
}

#[test]
fn values() {
    let declared = "const LIMIT = 3;\nconst row = { id: 'a', at: new Date() };\nlet count = 1;\nfunction f(id: string, at: Date, rest) {\n return ";
    let all: String = [
        "'a'",
        "1",
        "1n",
        "-1",
        "NaN",
        "undefined",
        "null",
        "`a${b}`",
        "!x",
        "a === b",
        "1 + 2",
        "'a' + b",
        "id",
        "at",
        "rest",
        "LIMIT",
        "count",
        "row",
        "row.id",
        "[1, 'a']",
        "[undefined]",
        "{ a: 1, b: undefined }",
        "{ id, at }",
        "{ ...row }",
        "{ f() {} }",
        "() => 1",
        "new Map()",
        "new FormData()",
        "/a/",
        "<p />",
        "a ? 1 : at",
        "a ?? 1",
        "a && { ok: true }",
        "await db.find()",
        "String(x)",
        "x.toISOString()",
        "list.length",
        "(await f()) as Row[]",
        "x as const",
        "void 0",
        "JSON.stringify(x)",
    ]
    .iter()
    .map(|value| {
        let text = format!("{declared}{value};\n}}");
        let start = declared.len() as u32;
        let carried = anatomy(&text).carried(TextRange::new(start, start + value.len() as u32));
        format!("{value:24} {}\n", word(&carried))
    })
    .collect();
    expect![[r#"
        'a'                      json
        1                        json
        1n                       never: bigint
        -1                       json
        NaN                      never: NaN
        undefined                nothing
        null                     json
        `a${b}`                  json
        !x                       json
        a === b                  json
        1 + 2                    json
        'a' + b                  unknown: 'a' + b
        id                       json
        at                       never: Date
        rest                     unknown: rest
        LIMIT                    json
        count                    unknown: count
        row                      never: Date
        row.id                   unknown: row.id
        [1, 'a']                 json
        [undefined]              never: undefined
        { a: 1, b: undefined }   json
        { id, at }               never: Date
        { ...row }               never: Date
        { f() {} }               never: function
        () => 1                  never: function
        new Map()                never: Map
        new FormData()           form
        /a/                      never: RegExp
        <p />                    never: JSX
        a ? 1 : at               never: Date
        a ?? 1                   unknown: a
        a && { ok: true }        unknown: a
        await db.find()          unknown: await db.find()
        String(x)                json
        x.toISOString()          json
        list.length              json
        (await f()) as Row[]     unknown: Row
        x as const               unknown: x
        void 0                   nothing
        JSON.stringify(x)        json
    "#]]
    .assert_eq(&all);
}

#[test]
fn statements() {
    let text = "'use server';\n// about a\nimport a, { b as c, type D } from './a'; // first\nimport * as all from 'all';\n\n\
         // apart\n\n/** of f */\nexport async function f(x: D) { return c(x, all); }\nconst { g, h: [i] } = f;\n\
         export default class K {}\nexport { g as j };\nexport * from './z';\ntype T = typeof i;\ninterface U { t: T }\n";
    let anatomy = anatomy(text);
    let all: String = anatomy
        .module
        .statements
        .iter()
        .map(|s| {
            let kind = match &s.kind {
                StatementKind::Import(import) => format!("Import {}", import.specifier),
                kind => format!("{kind:?}"),
            };
            let export = if s.export.is_some() { " exported" } else { "" };
            let first = anatomy.slice(s.full).lines().next().unwrap_or_default();
            format!("{kind}{export} declares [{}] uses [{}] from {first:?}\n", s.declares.join(" "), s.uses.join(" "))
        })
        .collect();
    expect![[r#"
        Directive declares [] uses [] from "'use server';"
        Import ./a declares [a c D] uses [] from "// about a"
        Import all declares [all] uses [] from "import * as all from 'all';"
        Function exported declares [f] uses [D c all] from "/** of f */"
        Variables(1) declares [g i] uses [f] from "const { g, h: [i] } = f;"
        Other exported declares [K] uses [] from "export default class K {}"
        List declares [] uses [g] from "export { g as j };"
        Reexport declares [] uses [] from "export * from './z';"
        Type declares [T] uses [i] from "type T = typeof i;"
        Type declares [U] uses [T] from "interface U { t: T }"
    "#]]
    .assert_eq(&all);
}

#[test]
fn functions() {
    let text = "export async function save(this: X, { a }: Props, b?: string, c = 1, ...d: string[]): Promise<T> {\n  \
         'use server';\n  const inner = () => { return 1; };\n  if (a) return;\n  return b;\n}\n";
    let anatomy = anatomy(text);
    let function = anatomy.function(find(text, text.trim_end())).expect("a function");
    let mut said = String::new();
    for p in &function.parameters {
        let annotation = p.annotation.map(|range| anatomy.slice(range));
        said.push_str(&format!(
            "{} name {:?} type {annotation:?} optional {} rest {} read {}\n",
            anatomy.slice(p.range),
            p.name,
            p.optional,
            p.rest,
            p.is_read
        ));
    }
    let returns: Vec<&str> = function.returns.iter().map(|r| anatomy.slice(r.range)).collect();
    said.push_str(&format!(
        "async {} returns {returns:?} type {:?}\n",
        function.is_async,
        function.returns_type.map(|r| anatomy.slice(r))
    ));
    said.push_str(&format!("directive {:?}\n", function.directive.map(|r| anatomy.slice(r))));
    expect![[r#"
        this: X name None type Some("X") optional false rest false read true
        { a }: Props name None type Some("Props") optional false rest false read true
        b?: string name Some("b") type Some("string") optional true rest false read true
        c = 1 name Some("c") type None optional true rest false read false
        ...d: string[] name Some("d") type Some("string[]") optional false rest true read false
        async true returns ["return;", "return b;"] type Some("Promise<T>")
        directive Some("  'use server';\n")
    "#]]
    .assert_eq(&said);
}

#[test]
fn styles() {
    let all: String = [
        "import a from 'a';\nf({\n  b,\n});\n",
        "import a from \"a\"\nf({\n\tb,\n})\n",
        "f({\n    b: 'x',\n    c: {\n        d,\n    },\n})\n",
        "const a = <p className=\"x\">it's</p>;\nlog('y');\n",
        "",
    ]
    .iter()
    .map(|text| format!("{:?}\n", anatomy(text).style))
    .collect();
    expect![[r#"
        Style { quote: Single, semicolons: true, indent: Some(2) }
        Style { quote: Double, semicolons: false, indent: None }
        Style { quote: Single, semicolons: false, indent: Some(4) }
        Style { quote: Single, semicolons: true, indent: Some(2) }
        Style { quote: Single, semicolons: true, indent: Some(2) }
    "#]]
    .assert_eq(&all);
    let style = anatomy("f(\"a\")\n\tg(\"b\")\n").style;
    expect![[r#"
        if (a) {
        	// it's; fine;
        	b("c")
        }
    "#]]
    .assert_eq(&style.dress("if (a) {\n  // it's; fine;\n  b('c');\n}\n"));
}

#[test]
fn an_outline_is_an_anatomy_without_its_tree() {
    let text = "import { z } from 'zod';\nimport * as cache from './cache';\n\
         export const schema = z.object({ at: z.coerce.date(), all: z.array(row).min(1) });\n\
         const row = (schema ?? other)\n  .extend({});\n\
         async function save() {\n  cache.drop(schema.parse(await row));\n  (await cookies()).set('a', 'b');\n}\n";
    let anatomy = anatomy(text);
    let outline = Outline::new(text, Grammar::Tsx).expect("parsed");
    assert_eq!(anatomy.outline(), outline);
    assert_eq!(outline.module, anatomy.module);
    for (calls, statement) in outline.calls.iter().zip(&anatomy.module.statements) {
        let mut as_the_tree_tells = anatomy.calls_within(statement.range);
        let mut calls: Vec<&str> = calls.iter().map(|call| &**call).collect();
        calls.sort_unstable();
        as_the_tree_tells.sort_unstable();
        assert_eq!(calls, as_the_tree_tells);
    }
    assert_eq!(outline.calls_of("schema").len(), 4);
}
