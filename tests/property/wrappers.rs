//! Chains of wrappers: each layer puts a piece of the path in front or says the method, in one of the
//! ways in which people write that. URL and method are known by construction, and nothing else may be
//! found.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use fixture::Fixture;
use proptest::{prelude::*, sample::select};
use workspace::{Certainty, World, shown};

/// How a function wants URL and method.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wants {
    /// `f(url, { method })`
    Options,
    /// `f(method, url)`
    MethodFirst,
    /// `f({ url, method })`
    Object,
    /// `f(url)`: the method is said inside.
    Url(&'static str),
}

/// How a layer is written.
#[derive(Clone, Debug)]
struct Layer {
    wants: Wants,
    prefix: Prefix,
    body: Body,
    exported: Exported,
    /// Segments of the path that it puts in front.
    adds: usize,
}

/// How a piece of the path gets in front of a URL.
#[derive(Clone, Copy, Debug)]
enum Prefix {
    Template,
    Sum,
    Constant,
    Imported,
    Helper,
}

#[derive(Clone, Copy, Debug)]
enum Body {
    Arrow,
    Block,
    Declaration,
    Awaited,
    Variable,
}

#[derive(Clone, Copy, Debug)]
enum Exported {
    Named,
    Default,
    Member,
    Renamed,
    Hook,
    Class,
}

/// The way to the sender at the end: `fetch`, or a client of a package.
#[derive(Clone, Copy, Debug)]
enum Sender {
    Fetch,
    Axios,
    AxiosVerbs,
    Request,
}

const METHODS: [&str; 4] = ["GET", "POST", "PATCH", "DELETE"];

fn layer() -> impl Strategy<Value = Layer> {
    let wants = prop_oneof![
        3 => Just(Wants::Options),
        1 => Just(Wants::MethodFirst),
        1 => Just(Wants::Object),
        2 => select(&METHODS[..]).prop_map(Wants::Url),
    ];
    let prefix = select(vec![Prefix::Template, Prefix::Sum, Prefix::Constant, Prefix::Imported, Prefix::Helper]);
    let body = select(vec![Body::Arrow, Body::Block, Body::Declaration, Body::Awaited, Body::Variable]);
    let exported = select(vec![
        Exported::Named,
        Exported::Default,
        Exported::Member,
        Exported::Renamed,
        Exported::Hook,
        Exported::Class,
    ]);
    (wants, prefix, body, exported, 0..3_usize).prop_map(|(wants, prefix, body, exported, adds)| Layer {
        wants,
        prefix,
        body,
        exported,
        adds,
    })
}

/// A call of something that wants URL and method in that way.
fn call(callee: &str, wants: Wants, url: &str, method: &str) -> String {
    match wants {
        Wants::Options => format!("{callee}({url}, {{ method: {method} }})"),
        Wants::MethodFirst => format!("{callee}({method}, {url})"),
        Wants::Object => format!("{callee}({{ url: {url}, method: {method} }})"),
        Wants::Url(_) => format!("{callee}({url})"),
    }
}

/// The files of one layer, and how the next one calls it: imports, what goes before the call, and the callee.
fn written(number: usize, layer: &Layer, path: &str, below: &[String; 3], wanted: Wants) -> (String, [String; 3]) {
    let [imports, before, callee] = below;
    let mut file = format!("//- /lib/layer{number}.ts\n{imports}");
    let mut beside = String::new();
    let is_class = matches!(layer.exported, Exported::Class);
    let url = match layer.prefix {
        Prefix::Sum if is_class => "this.base + url".to_owned(),
        _ if is_class => "`${this.base}${url}`".to_owned(),
        _ if path.is_empty() => "url".to_owned(),
        Prefix::Template => format!("`{path}${{url}}`"),
        Prefix::Sum => format!("'{path}' + url"),
        Prefix::Constant => {
            writeln!(file, "const PREFIX = '{path}';").unwrap();
            "`${PREFIX}${url}`".to_owned()
        }
        Prefix::Imported => {
            writeln!(beside, "//- /lib/prefix{number}.ts\nexport const PREFIX = '{path}';").unwrap();
            writeln!(file, "import {{ PREFIX as BASE }} from './prefix{number}';").unwrap();
            "BASE + url".to_owned()
        }
        Prefix::Helper => {
            writeln!(file, "const full = (path: string) => `{path}${{path}}`;").unwrap();
            "full(url)".to_owned()
        }
    };
    let (parameters, method) = match layer.wants {
        Wants::Options => ("url: string, options: Options = {}", "options.method".to_owned()),
        Wants::MethodFirst => ("method: string, url: string", "method".to_owned()),
        Wants::Object => ("{ url, method }: Request", "method".to_owned()),
        Wants::Url(method) => ("url: string", format!("'{method}'")),
    };
    let inner = |url: &str| call(callee, wanted, url, &method);
    let block = match layer.body {
        Body::Arrow | Body::Block | Body::Declaration => format!("{{ {before} return {}; }}", inner(&url)),
        Body::Awaited => format!("{{ {before} const response = await {}; return response.json(); }}", inner(&url)),
        Body::Variable => format!("{{ {before} const target = {url}; return {}; }}", inner("target")),
    };
    let function = match layer.body {
        Body::Arrow if before.is_empty() => format!("({parameters}) => {}", inner(&url)),
        Body::Awaited => format!("async ({parameters}) => {block}"),
        _ => format!("({parameters}) => {block}"),
    };
    let next = match layer.exported {
        Exported::Named if matches!(layer.body, Body::Declaration) => {
            writeln!(file, "export function send{number}({parameters}) {block}").unwrap();
            [format!("import {{ send{number} }} from './layer{number}';\n"), String::new(), format!("send{number}")]
        }
        Exported::Named => {
            writeln!(file, "export const send{number} = {function};").unwrap();
            [format!("import {{ send{number} }} from './layer{number}';\n"), String::new(), format!("send{number}")]
        }
        Exported::Default => {
            writeln!(file, "const passOn = {function};\nexport default passOn;").unwrap();
            [format!("import send{number} from './layer{number}';\n"), String::new(), format!("send{number}")]
        }
        Exported::Member => {
            writeln!(file, "export const http = {{ other: () => null, send: {function} }};").unwrap();
            [
                format!("import {{ http as http{number} }} from './layer{number}';\n"),
                String::new(),
                format!("http{number}.send"),
            ]
        }
        Exported::Renamed => {
            writeln!(file, "const passOn = {function};\nexport {{ passOn as request }};").unwrap();
            writeln!(
                beside,
                "//- /lib/barrel{number}.ts\nexport {{ request as send{number} }} from './layer{number}';"
            )
            .unwrap();
            [format!("import {{ send{number} }} from './barrel{number}';\n"), String::new(), format!("send{number}")]
        }
        Exported::Hook => {
            writeln!(
                file,
                "export function useSender() {{ const run = useCallback({function}, []); return {{ run }}; }}"
            )
            .unwrap();
            file = file.replacen('\n', "\nimport { useCallback } from 'react';\n", 1);
            [
                format!("import {{ useSender as useSender{number} }} from './layer{number}';\n"),
                format!("const {{ run: send{number} }} = useSender{number}();"),
                format!("send{number}"),
            ]
        }
        Exported::Class => {
            let marker = if matches!(layer.body, Body::Awaited) { "async " } else { "" };
            writeln!(
                file,
                "class Sender {{ constructor(private base: string) {{}} {marker}send({parameters}) {block} }}\nexport const sender = new Sender('{path}');"
            )
            .unwrap();
            [
                format!("import {{ sender as sender{number} }} from './layer{number}';\n"),
                String::new(),
                format!("sender{number}.send"),
            ]
        }
    };
    file.push_str(&beside);
    (file, next)
}

fn check(layers: &[Layer], sender: Sender, method: &str, dynamic: bool) -> Result<(), TestCaseError> {
    let segments = ["api", "teams", "members", "roles", "all"];
    let mut files = String::new();
    let mut used = 0;
    let (imports, mut wanted) = match sender {
        Sender::Fetch => (String::new(), Wants::Options),
        Sender::Axios => ("import axios from 'axios';\n".to_owned(), Wants::Object),
        Sender::AxiosVerbs => {
            files += "//- /lib/client.ts\nimport axios from 'axios';\nconst client = axios.create({ baseURL: '/api' });\n\
                      export const send = (url, { method }) => client.request({ url, method });\n";
            used = 1;
            ("import { send } from './client';\n".to_owned(), Wants::Options)
        }
        Sender::Request => {
            files += "//- /lib/client.ts\nexport const send = (url, init) => fetch(new Request(url, init));\n";
            ("import { send } from './client';\n".to_owned(), Wants::Options)
        }
    };
    let callee = match sender {
        Sender::Fetch => "fetch",
        Sender::Axios => "axios",
        Sender::AxiosVerbs | Sender::Request => "send",
    };
    let mut below = [imports, String::new(), callee.to_owned()];
    let mut sent = method;
    // The innermost layer comes first: it puts the beginning of the path in front. The innermost one
    // that says a method itself has the last word.
    let mut is_said = false;
    for (number, layer) in layers.iter().enumerate() {
        let adds = layer.adds.min(segments.len() - 1 - used);
        let path: String = segments[used..used + adds].iter().map(|s| format!("/{s}")).collect();
        used += adds;
        let (file, next) = written(number, layer, &path, &below, wanted);
        files += &file;
        below = next;
        if let (Wants::Url(own), false) = (layer.wants, is_said) {
            (sent, is_said) = (own, true);
        }
        wanted = layer.wants;
    }
    let mut rest: Vec<&str> = segments[used..].to_vec();
    let mut all = segments.to_vec();
    if dynamic {
        *rest.last_mut().unwrap() = "${id}";
        *all.last_mut().unwrap() = "{id}";
    }
    let rest: String = rest.iter().map(|s| format!("/{s}")).collect();
    let url = if dynamic { format!("`{rest}`") } else { format!("'{rest}'") };
    let [imports, before, callee] = &below;
    let site = call(callee, wanted, &url, &format!("'{method}'"));
    files += &format!("//- /lib/site.tsx\n{imports}export function Site({{ id }}) {{ {before} return {site}; }}\n");
    let last = if dynamic { "[id]" } else { "all" };
    for route in [format!("api/teams/members/roles/{last}"), "api/teams".to_owned(), "api/teams/members".to_owned()] {
        files += &format!("//- /app/{route}/route.ts\n");
        files += &METHODS.map(|m| format!("export async function {m}() {{}}\n")).concat();
    }

    let project = Fixture::parse(&files).write();
    let mut world = World::new();
    world.set_folders(vec![project.root.clone()]);
    let on_demand = world.snapshot();
    let scanned = world.scan().run(1, &|_| {});
    world.adopt(scanned);
    let url: String = all.iter().map(|s| format!("/{s}")).collect();
    let certainty = if dynamic { Certainty::Pattern } else { Certainty::Exact };
    let wanted = format!("{sent} {url} {certainty:?} -> {sent} app/api/teams/members/roles/{last}/route.ts");
    for snap in [on_demand, world.snapshot()] {
        let file = snap.file(&project.path("/lib/site.tsx")).unwrap();
        let found: Vec<String> = snap
            .links(file)
            .iter()
            .filter(|link| link.is_call())
            .map(|link| {
                let targets: Vec<String> = link
                    .targets
                    .iter()
                    .map(|t| {
                        let method = snap.endpoints(t.file)[t.index as usize].method;
                        format!("{} {}", method.map_or("*", |m| m.as_str()), shown(&snap.path(t.file), &project.root))
                    })
                    .collect();
                let (method, url) = (link.method.as_deref().unwrap_or("-"), link.url.as_deref().unwrap_or("-"));
                format!("{method} {url} {:?} -> {}", link.certainty, targets.join(", "))
            })
            .collect();
        prop_assert_eq!(found, vec![wanted.clone()], "{}", files);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn end_where_they_were_built_to(
        layers in prop::collection::vec(layer(), 0..4),
        sender in select(vec![Sender::Fetch, Sender::Axios, Sender::AxiosVerbs, Sender::Request]),
        method in select(&METHODS[..]),
        dynamic: bool,
    ) {
        check(&layers, sender, method, dynamic)?;
    }
}
