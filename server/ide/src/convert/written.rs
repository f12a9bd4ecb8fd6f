//! The code of a handler that was an action, and of the client function in front of it. Written with
//! `'`, `;` and two spaces, and brought into the author's style by `Style::dress`.

use next::Method;

use super::carry::{Answer, Argument, ArgumentKind, Carry, Sent};

/// What a handler and its client are made from.
pub(super) struct Parts<'a> {
    /// The action's name: that of the function behind the handler, and of the client function.
    pub name: &'a str,
    /// The type that the handler's file exports of it.
    pub type_name: &'a str,
    pub method: Method,
    /// As it is requested, with `basePath` and trailing slash.
    pub url: &'a str,
    pub base_path: &'a str,
    pub carry: &'a Carry,
    /// Types can be written.
    pub typed: bool,
    /// The function stands in the handler's file, where the names of its types mean something.
    pub at_home: bool,
    /// Other origins are welcome.
    pub public: bool,
    /// It sends its caller elsewhere.
    pub redirects: bool,
    /// What it calls may send its caller elsewhere.
    pub may_redirect: bool,
    /// Forms without JavaScript post to it.
    pub forms: bool,
    /// Callers see the page anew afterwards.
    pub refreshes: bool,
    /// It may say that there is nothing.
    pub not_found: bool,
    /// The release answers a GET at build time, if it may: Next.js 14.
    pub still: bool,
}

/// The function that compares origins.
pub(super) const GUARD: &str = "isSameOrigin";

/// The field in which what is no form travels beside one.
pub(super) const BESIDE: &str = "$arguments";

impl Parts<'_> {
    /// The exported method, without its imports.
    pub fn handler(&self) -> String {
        let mut lines: Vec<String> = vec![];
        if !self.public {
            lines.push(guard_line("request"));
        }
        lines.extend(self.read());
        let mut answer = self.answer();
        if self.redirects {
            answer = answer.into_iter().map(|line| format!("  {line}")).collect();
            answer.insert(0, "try {".to_owned());
            answer.extend(self.redirected());
        }
        lines.extend(answer);
        let takes = match (self.needs_request(), self.typed) {
            (false, _) => "",
            (true, true) => "request: Request",
            (true, false) => "request",
        };
        let mut out = format!("export async function {}({takes}) {{\n", self.method.as_str());
        for line in lines {
            out.push_str(&format!("  {line}\n"));
        }
        out.push_str("}\n");
        out
    }

    /// The function that compares origins, where the handler uses it.
    pub fn guard(&self) -> Option<String> {
        (!self.public).then(|| same_origin(self.typed))
    }

    /// What keeps a GET from being answered at build time, once and for all, because it doesn't look at the
    /// request.
    pub fn config(&self) -> &'static str {
        let is_still = self.method == Method::Get && !self.needs_request();
        if is_still && self.still { "export const dynamic = 'force-dynamic';\n\n" } else { "" }
    }

    fn needs_request(&self) -> bool {
        !self.public || self.carry.sent != Sent::Nothing || self.forms
    }

    /// The statements that read the arguments.
    fn read(&self) -> Vec<String> {
        match self.carry.sent {
            Sent::Nothing => vec![],
            Sent::Whole(_) | Sent::Members if self.forms => {
                let text = if self.typed { " as string" } else { "" };
                vec![
                    "const fields = await request.formData();".to_owned(),
                    self.taken_apart(&format!("JSON.parse(fields.get('{BESIDE}'){text})")),
                ]
            }
            Sent::Whole(index) => {
                let argument = self.carry.arguments.get(index);
                let name = argument.map_or("input", |a| &a.name);
                let ty = argument.and_then(|a| self.type_of(index, a));
                vec![format!("const {name} = {};", self.cast("await request.json()", ty))]
            }
            Sent::Members => vec![self.taken_apart("await request.json()")],
            Sent::Form(index) => {
                let form = self.carry.arguments.get(index).map_or("formData", |a| &a.name);
                let mut lines = vec![format!("const {form} = await request.formData();")];
                if self.carry.members().next().is_some() {
                    let text = if self.typed { " as string" } else { "" };
                    lines.push(self.taken_apart(&format!("JSON.parse({form}.get('{BESIDE}'){text})")));
                    lines.push(format!("{form}.delete('{BESIDE}');"));
                }
                lines
            }
            Sent::Query => {
                let mut lines = vec!["const query = new URL(request.url).searchParams;".to_owned()];
                for argument in self.carry.members() {
                    let (name, key) = (&argument.name, &argument.key);
                    let read = match argument.ty.as_deref() {
                        Some("number") => format!("Number(query.get('{key}'))"),
                        Some("boolean") => format!("query.get('{key}') === 'true'"),
                        _ if argument.optional => format!("query.get('{key}') ?? undefined"),
                        _ => format!("query.get('{key}') ?? ''"),
                    };
                    let is_text = argument.ty.as_deref() == Some("string");
                    let read = if argument.optional && !is_text {
                        format!("query.has('{key}') ? {read} : undefined")
                    } else {
                        read
                    };
                    lines.push(format!("const {name} = {read};"));
                }
                lines
            }
        }
    }

    fn taken_apart(&self, from: &str) -> String {
        let names: Vec<String> = self.carry.members().map(Argument::member).collect();
        let mut members = vec![];
        for (index, argument) in self.carry.arguments.iter().enumerate().filter(|(_, a)| a.kind == ArgumentKind::Json) {
            let Some(ty) = self.type_of(index, argument) else { continue };
            let mark = if argument.optional { "?" } else { "" };
            members.push(format!("{}{mark}: {ty}", argument.key));
        }
        let ty = (members.len() == names.len()).then(|| format!("{{ {} }}", members.join("; ")));
        format!("const {{ {} }} = {};", names.join(", "), self.cast(from, ty))
    }

    fn cast(&self, value: &str, ty: Option<String>) -> String {
        match ty.filter(|_| self.typed) {
            Some(ty) if value.starts_with("await ") => format!("({value}) as {ty}"),
            Some(ty) => format!("{value} as {ty}"),
            None => value.to_owned(),
        }
    }

    /// A type as the handler's file can name it.
    fn type_of(&self, index: usize, argument: &Argument) -> Option<String> {
        let written = argument.ty.as_ref()?;
        if (self.at_home && !written.contains('\n')) || written.starts_with("Parameters<typeof ") {
            return Some(written.clone());
        }
        let whole = format!("Parameters<typeof {}>[{index}]", self.name);
        Some(if argument.rest { format!("{whole}[]") } else { whole })
    }

    fn call(&self) -> String {
        let arguments = self.carry.arguments.iter().map(|argument| match argument.kind {
            ArgumentKind::Unread if self.typed => "undefined as never".to_owned(),
            ArgumentKind::Unread => "undefined".to_owned(),
            _ if argument.rest => format!("...{}", argument.name),
            _ => argument.name.clone(),
        });
        format!("await {}({})", self.name, arguments.collect::<Vec<_>>().join(", "))
    }

    /// The statements that call the function and answer.
    fn answer(&self) -> Vec<String> {
        let call = self.call();
        let nothing = "return new Response(null, { status: 204 });";
        let mut lines = vec![];
        let back = [
            "if (request.headers.get('accept')?.includes('text/html')) {".to_owned(),
            "  return new Response(null, { status: 303, headers: { Location: request.headers.get('referer') ?? '/' } });"
                .to_owned(),
            "}".to_owned(),
        ];
        match self.carry.answer {
            Answer::Nothing => {
                lines.push(format!("{call};"));
                if self.forms {
                    lines.extend(back);
                }
                lines.push(nothing.to_owned());
            }
            Answer::Json if !self.forms => lines.push(format!("return Response.json({call});")),
            Answer::Json | Answer::Maybe => {
                lines.push(format!("const result = {call};"));
                if self.forms {
                    lines.extend(back);
                }
                if self.carry.answer == Answer::Maybe {
                    lines.push(format!("if (result === undefined) {nothing}"));
                }
                lines.push("return Response.json(result);".to_owned());
            }
        }
        lines
    }

    fn redirected(&self) -> Vec<String> {
        let mut lines = vec![
            "} catch (error) {".to_owned(),
            "  // 307, which redirect() means in a handler, would have the browser send the request again".to_owned(),
            "  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';".to_owned(),
            "  if (!digest.startsWith('NEXT_REDIRECT;')) throw error;".to_owned(),
        ];
        let to = "digest.split(';').slice(2, -2).join(';')";
        if self.base_path.is_empty() {
            lines.push(format!("  return new Response(null, {{ status: 303, headers: {{ Location: {to} }} }});"));
        } else {
            lines.push(format!("  const to = {to};"));
            lines.push(format!("  const Location = to.startsWith('/') ? '{}' + to : to;", self.base_path));
            lines.push("  return new Response(null, { status: 303, headers: { Location } });".to_owned());
        }
        lines.push("}".to_owned());
        lines
    }

    /// The client function's file; `from` is where its type comes from.
    pub fn client(&self, from: &str) -> String {
        let mut out = String::new();
        if self.refreshes {
            out.push_str("import { useCallback } from 'react';\n");
        }
        let names = [(self.not_found, "notFound"), (self.refreshes, "useRouter")];
        let names: Vec<&str> = names.into_iter().filter(|(is_used, _)| *is_used).map(|(_, name)| name).collect();
        if !names.is_empty() {
            out.push_str(&format!("import {{ {} }} from 'next/navigation';\n", names.join(", ")));
        }
        if self.typed {
            out.push_str(&format!("import type {{ {} }} from '{from}';\n", self.type_name));
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let (annotation, open, close) = self.typing();
        out.push_str(&format!("/** Sends {} {}. */\n", self.method.as_str(), self.url));
        out.push_str(&format!(
            "export const {}{annotation} = {open}async ({}) => {{\n",
            self.name,
            self.typed_parameters()
        ));
        for line in self.request() {
            out.push_str(&format!("  {line}\n"));
        }
        out.push_str(&format!("}}{close};\n"));
        if self.refreshes {
            out.push_str(&self.hook());
        }
        out
    }

    fn parameters(&self) -> String {
        let names = self.carry.arguments.iter().map(|argument| {
            let name = if argument.kind == ArgumentKind::Unread {
                format!("_{}", argument.name.trim_start_matches('_'))
            } else {
                argument.name.clone()
            };
            if argument.rest { format!("...{name}") } else { name }
        });
        names.collect::<Vec<_>>().join(", ")
    }

    /// How the client function gets its type: declared so, or where the action is more than a function to
    /// the compiler (wrappers brand what they make), told so.
    fn typing(&self) -> (String, &'static str, String) {
        match (self.typed, self.is_whole_call()) {
            (false, _) => (String::new(), "", String::new()),
            (true, false) => (format!(": {}", self.type_name), "", String::new()),
            (true, true) => (String::new(), "(", format!(") as {}", self.type_name)),
        }
    }

    /// The arguments travel as they are, in one array.
    fn is_whole_call(&self) -> bool {
        matches!(self.carry.sent, Sent::Whole(index) if self.carry.arguments.get(index).is_some_and(|a| a.rest))
    }

    fn typed_parameters(&self) -> String {
        let whole = self.typed && self.is_whole_call();
        let ty = if whole { format!(": Parameters<{}>", self.type_name) } else { String::new() };
        format!("{}{ty}", self.parameters())
    }

    /// The hook by which components get the client function where the page has to be shown anew.
    fn hook(&self) -> String {
        let (name, parameters) = (self.name, self.parameters());
        let whole = self.is_whole_call();
        let generic = if self.typed && !whole { format!("<{}>", self.type_name) } else { String::new() };
        let told = if self.typed && whole { format!(" as {}", self.type_name) } else { String::new() };
        let taken = self.typed_parameters();
        format!(
            "\n/** {name}, with the page shown anew afterwards. */\n\
             export function {}() {{\n\
             \x20 const router = useRouter();\n\
             \x20 return useCallback{generic}(\n\
             \x20   async ({taken}) => {{\n\
             \x20     const result = await {name}({parameters});\n\
             \x20     router.refresh();\n\
             \x20     return result;\n\
             \x20   }},\n\
             \x20   [router],\n\
             \x20 ){told};\n\
             }}\n",
            hook_name(name)
        )
    }

    fn request(&self) -> Vec<String> {
        let mut lines = vec![];
        let members: Vec<String> = self.carry.members().map(Argument::member).collect();
        let object = format!("{{ {} }}", members.join(", "));
        let mut init = vec![format!("method: '{}'", self.method.as_str())];
        let json = "headers: { 'Content-Type': 'application/json' }".to_owned();
        let mut url = format!("'{}'", self.url);
        match self.carry.sent {
            Sent::Nothing => {}
            Sent::Whole(_) | Sent::Members if self.forms => {
                lines.push("const body = new FormData();".to_owned());
                lines.push(format!("body.set('{BESIDE}', JSON.stringify({object}));"));
                init.push("body".to_owned());
            }
            Sent::Whole(index) => {
                let name = self.carry.arguments.get(index).map_or("input", |a| &a.name);
                init.extend([json, format!("body: JSON.stringify({name})")]);
            }
            Sent::Members => init.extend([json, format!("body: JSON.stringify({object})")]),
            Sent::Form(index) => {
                let form = self.carry.arguments.get(index).map_or("formData", |a| &a.name);
                if members.is_empty() {
                    init.push(format!("body: {form}"));
                } else {
                    lines.push("const body = new FormData();".to_owned());
                    lines.push(format!("{form}.forEach((value, name) => body.append(name, value));"));
                    lines.push(format!("body.set('{BESIDE}', JSON.stringify({object}));"));
                    init.push("body".to_owned());
                }
            }
            Sent::Query => {
                lines.push("const query = new URLSearchParams();".to_owned());
                for argument in self.carry.members() {
                    let (name, key) = (&argument.name, &argument.key);
                    let is_text = argument.ty.as_deref() == Some("string");
                    let value = if is_text { name.clone() } else { format!("String({name})") };
                    let only = if argument.optional { format!("if ({name} !== undefined) ") } else { String::new() };
                    lines.push(format!("{only}query.set('{key}', {value});"));
                }
                url = format!("`{}?${{query}}`", self.url);
            }
        }
        if self.method == Method::Get {
            init.remove(0);
        }
        match (init.len(), init.concat().len() > 60) {
            (0, _) => lines.push(format!("const response = await fetch({url});")),
            (_, false) => lines.push(format!("const response = await fetch({url}, {{ {} }});", init.join(", "))),
            _ => {
                lines.push(format!("const response = await fetch({url}, {{"));
                lines.extend(init.iter().map(|line| format!("  {line},")));
                lines.push("});".to_owned());
            }
        }
        if self.redirects || self.may_redirect {
            let never = if self.typed { "<never>" } else { "" };
            lines.push("if (response.redirected) {".to_owned());
            lines.push("  window.location.assign(response.url);".to_owned());
            lines.push(format!("  return new Promise{never}(() => {{}});"));
            lines.push("}".to_owned());
        }
        if self.not_found {
            lines.push("if (response.status === 404) notFound();".to_owned());
        }
        let what = format!("{} {}", self.method.as_str(), self.url);
        lines.push(format!("if (!response.ok) throw new Error(`{what} answered ${{response.status}}`);"));
        match self.carry.answer {
            Answer::Nothing if self.carry.never && self.typed => lines.push("return undefined as never;".to_owned()),
            Answer::Nothing => {}
            Answer::Json => lines.push("return response.json();".to_owned()),
            Answer::Maybe => lines.push("return response.status === 204 ? undefined : response.json();".to_owned()),
        }
        lines
    }
}

/// What a handler begins with that is for its own origin only.
pub(super) fn guard_line(request: &str) -> String {
    format!("if (!{GUARD}({request})) return new Response(null, {{ status: 403 }});")
}

/// The function that compares origins.
pub(super) fn same_origin(typed: bool) -> String {
    let takes = if typed { "request: Request" } else { "request" };
    format!(
        "// Next compares Origin with Host for server actions only: a handler does it by itself.\n\
         function {GUARD}({takes}) {{\n\
         \x20 const origin = request.headers.get('origin');\n\
         \x20 const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');\n\
         \x20 return origin === null || origin.split('://')[1] === host;\n\
         }}\n"
    )
}

/// `createPost` as `useCreatePost`.
pub(super) fn hook_name(name: &str) -> String {
    format!("use{}", super::place::pascal(name))
}
