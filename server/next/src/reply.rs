//! How arguments travel to a Server Action: React's `encodeReply`
//! (`react-server-dom-webpack/client`, `processReply` in `ReactFlightReplyClient.js`).
//!
//! All that is JSON is one JSON array; forms, files, maps and sets make it a multipart body, whose part
//! `0` holds the array and comes last. Measured against `next start` of 14.2.35, 15.5.29 and 16.4.6.

use crate::Version;

/// A value as it is given to an action.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number; those that JSON doesn't have are written as React does.
    Number(f64),
    /// A text.
    Text(String),
    /// A `bigint`, in decimal digits.
    BigInt(String),
    /// A `Date`, in ISO 8601 with milliseconds.
    Date(String),
    /// An array.
    List(Vec<Argument>),
    /// A plain object, in the order of its keys.
    Object(Vec<(String, Argument)>),
    /// A `Map`
    Map(Vec<(Argument, Argument)>),
    /// A `Set`
    Set(Vec<Argument>),
    /// A `FormData`
    Form(Vec<Part>),
    /// A `File` or `Blob`, by its path. Next 14 takes one only inside a form.
    File(String),
}

/// One part of a multipart body, or one field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: PartValue,
}

/// What a part holds.
#[derive(Clone, Debug, PartialEq)]
pub enum PartValue {
    /// Text.
    Text(String),
    /// The contents of a file, by its path.
    File(String),
}

/// A body that an action reads its arguments from.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// JSON, sent as `text/plain;charset=UTF-8`. As `application/x-www-form-urlencoded`, which many
    /// clients take by default, the action isn't run.
    Json(String),
    /// `multipart/form-data`, in this order.
    Parts(Vec<Part>),
}

/// Encodes an action's arguments.
#[must_use]
pub fn encode(arguments: &[Argument], version: Version) -> Reply {
    let mut encoder = Encoder { version, parts: vec![], next: 1 };
    let root = encoder.list(arguments);
    if encoder.next == 1 {
        return Reply::Json(root);
    }
    encoder.parts.push(Part { name: "0".to_owned(), value: PartValue::Text(root) });
    Reply::Parts(encoder.parts)
}

/// The name of a form's field among the parts of a body: `1_title` in 14, `_1_title` from 15 on.
/// Under the other release's name the form arrives empty, without an error.
#[must_use]
pub fn field_name(form: u32, field: &str, version: Version) -> String {
    if version.major < 15 { format!("{form}_{field}") } else { format!("_{form}_{field}") }
}

/// The parts with which a browser posts `<form action={action}>` where no JavaScript runs
/// (`encodeFormAction` in react-server-dom, decoded by `decodeAction`): the page's own URL takes them,
/// if the page carries the action. `None` where what is bound doesn't fit into one part.
#[must_use]
pub fn form_post(id: &str, bound: &[Argument], fields: &[Part], version: Version) -> Option<Vec<Part>> {
    let part = |name: &str, text: String| Part { name: name.to_owned(), value: PartValue::Text(text) };
    let mut parts = vec![];
    if bound.is_empty() {
        parts.push(part(&format!("$ACTION_ID_{id}"), String::new()));
    } else {
        let Reply::Json(bound) = encode(bound, version) else { return None };
        parts.push(part("$ACTION_REF_1", String::new()));
        parts.push(part("$ACTION_1:0", format!("{{\"id\":{},\"bound\":\"$@1\"}}", quoted(id))));
        parts.push(part("$ACTION_1:1", bound));
    }
    parts.extend_from_slice(fields);
    Some(parts)
}

struct Encoder {
    version: Version,
    parts: Vec<Part>,
    next: u32,
}

impl Encoder {
    fn value(&mut self, value: &Argument) -> String {
        match value {
            Argument::Undefined => quoted("$undefined"),
            Argument::Null => "null".to_owned(),
            Argument::Bool(value) => value.to_string(),
            Argument::Number(value) => number(*value),
            // `$` begins a token: a text that has one in front gets another
            Argument::Text(text) if text.starts_with('$') => quoted(&format!("${text}")),
            Argument::Text(text) => quoted(text),
            Argument::BigInt(digits) => quoted(&format!("$n{digits}")),
            Argument::Date(date) => quoted(&format!("$D{date}")),
            Argument::List(items) => self.list(items),
            Argument::Object(members) => {
                let members: Vec<String> =
                    members.iter().map(|(key, value)| format!("{}:{}", quoted(key), self.value(value))).collect();
                format!("{{{}}}", members.join(","))
            }
            Argument::Map(entries) => {
                let pairs: Vec<Argument> =
                    entries.iter().map(|(k, v)| Argument::List(vec![k.clone(), v.clone()])).collect();
                self.outlined('Q', &pairs)
            }
            Argument::Set(items) => self.outlined('W', items),
            Argument::Form(fields) => {
                let id = self.take();
                for field in fields {
                    let name = field_name(id, &field.name, self.version);
                    self.parts.push(Part { name, value: field.value.clone() });
                }
                quoted(&format!("$K{id:x}"))
            }
            Argument::File(path) => {
                let id = self.take();
                self.parts.push(Part { name: id.to_string(), value: PartValue::File(path.clone()) });
                quoted(&format!("$B{id:x}"))
            }
        }
    }

    fn list(&mut self, items: &[Argument]) -> String {
        let items: Vec<String> = items.iter().map(|item| self.value(item)).collect();
        format!("[{}]", items.join(","))
    }

    /// A part of its own, named in the root by a token.
    fn outlined(&mut self, token: char, items: &[Argument]) -> String {
        let id = self.take();
        let text = self.list(items);
        self.parts.push(Part { name: id.to_string(), value: PartValue::Text(text) });
        quoted(&format!("${token}{id:x}"))
    }

    fn take(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }
}

fn number(value: f64) -> String {
    if value.is_nan() {
        quoted("$NaN")
    } else if value.is_infinite() {
        quoted(if value > 0.0 { "$Infinity" } else { "$-Infinity" })
    } else if value == 0.0 && value.is_sign_negative() {
        quoted("$-0")
    } else {
        value.to_string()
    }
}

/// A JSON string.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const V14: Version = Version::new(14, 2, 35);

    fn shown(arguments: &[Argument], version: Version) -> String {
        match encode(arguments, version) {
            Reply::Json(text) => text,
            Reply::Parts(parts) => parts
                .iter()
                .map(|part| match &part.value {
                    PartValue::Text(text) => format!("{}={text}", part.name),
                    PartValue::File(path) => format!("{}=@{path}", part.name),
                })
                .collect::<Vec<_>>()
                .join(" "),
        }
    }

    fn text(text: &str) -> Argument {
        Argument::Text(text.to_owned())
    }

    fn field(name: &str, value: &str) -> Part {
        Part { name: name.to_owned(), value: PartValue::Text(value.to_owned()) }
    }

    #[test]
    fn json() {
        for (argument, expected) in [
            (text("abc"), r#""abc""#),
            (text("$5"), r#""$$5""#),
            (text("a\"\\\n\u{1}é"), r#""a\"\\\n\u0001é""#),
            (Argument::Number(5.0), "5"),
            (Argument::Number(-1.5), "-1.5"),
            (Argument::Number(-0.0), r#""$-0""#),
            (Argument::Number(f64::NAN), r#""$NaN""#),
            (Argument::Number(f64::NEG_INFINITY), r#""$-Infinity""#),
            (Argument::Undefined, r#""$undefined""#),
            (Argument::Null, "null"),
            (Argument::Bool(true), "true"),
            (Argument::BigInt("12".to_owned()), r#""$n12""#),
            (Argument::Date("2020-01-01T00:00:00.000Z".to_owned()), r#""$D2020-01-01T00:00:00.000Z""#),
            (Argument::List(vec![text("a"), Argument::Null]), r#"["a",null]"#),
            (
                Argument::Object(vec![("a b".to_owned(), text("c")), ("d".to_owned(), Argument::Object(vec![]))]),
                r#"{"a b":"c","d":{}}"#,
            ),
        ] {
            assert_eq!(shown(&[argument], Version::LATEST), format!("[{expected}]"));
        }
        assert_eq!(shown(&[], V14), "[]");
        assert_eq!(shown(&[text("abc"), Argument::Number(5.0)], V14), r#"["abc",5]"#);
    }

    #[test]
    fn multipart() {
        let form = Argument::Form(vec![
            field("msg", "hello"),
            Part { name: "file".to_owned(), value: PartValue::File("p.png".to_owned()) },
        ]);
        let state = Argument::Object(vec![("count".to_owned(), Argument::Number(41.0))]);
        for (arguments, in_14, since_15) in [
            (vec![form.clone()], r#"1_msg=hello 1_file=@p.png 0=["$K1"]"#, r#"_1_msg=hello _1_file=@p.png 0=["$K1"]"#),
            (
                vec![state, Argument::Form(vec![field("msg", "hi")])],
                r#"1_msg=hi 0=[{"count":41},"$K1"]"#,
                r#"_1_msg=hi 0=[{"count":41},"$K1"]"#,
            ),
            (
                vec![Argument::Set(vec![text("a")]), form],
                r#"1=["a"] 2_msg=hello 2_file=@p.png 0=["$W1","$K2"]"#,
                r#"1=["a"] _2_msg=hello _2_file=@p.png 0=["$W1","$K2"]"#,
            ),
            (
                vec![Argument::Map(vec![(text("k"), Argument::Set(vec![]))])],
                r#"2=[] 1=[["k","$W2"]] 0=["$Q1"]"#,
                r#"2=[] 1=[["k","$W2"]] 0=["$Q1"]"#,
            ),
            (vec![Argument::File("a.txt".to_owned())], r#"1=@a.txt 0=["$B1"]"#, r#"1=@a.txt 0=["$B1"]"#),
        ] {
            assert_eq!(shown(&arguments, V14), in_14);
            assert_eq!(shown(&arguments, Version::new(15, 5, 29)), since_15);
            assert_eq!(shown(&arguments, Version::LATEST), since_15);
        }
    }

    /// An empty form still has to be a multipart body: `$K1` alone says that there is one.
    #[test]
    fn an_empty_form() {
        assert_eq!(shown(&[Argument::Form(vec![])], Version::LATEST), r#"0=["$K1"]"#);
    }
}
