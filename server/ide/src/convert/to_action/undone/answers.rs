//! Results become responses.

use syntax::{
    TextRange,
    anatomy::{Report, Reported},
};

use super::{Former, Shape};
use crate::convert::{
    TextEdit,
    to_action::{
        answer::{THROUGH_JSON, both_ways},
        input::indent_at,
    },
};

impl Former<'_> {
    /// Each `return`, and the end; `None` where one isn't a result of the conversion.
    pub(super) fn answer(&self, class: &str, is_read: bool, edits: &mut Vec<TextEdit>) -> Option<()> {
        let anatomy = self.anatomy;
        let falls = anatomy.handler(self.function.range).is_none_or(|handler| handler.falls_through);
        let nothing = format!("new {class}(null, {{ status: 204 }})");
        if falls && self.shape != Shape::Nothing {
            return None;
        }
        for returned in &self.function.returns {
            match (self.shape, returned.value) {
                (Shape::Nothing, None) => {
                    let text = anatomy.slice(returned.range);
                    let end = if text.ends_with(';') { ";" } else { "" };
                    edits.push(TextEdit { range: returned.range, text: format!("return {nothing}{end}") });
                }
                (Shape::Value, Some(value)) if self.says_text => {
                    self.wrap(value, value, &format!("new {class}("), ")", edits);
                }
                (Shape::Value, Some(value)) => {
                    self.wrap(value, value, &format!("{class}.json("), ")", edits);
                }
                (Shape::Result, Some(value)) => {
                    for reported in self.reported(value)? {
                        match reported {
                            Reported::Here(report) => self.respond(&report, class, is_read, edits)?,
                            Reported::Elsewhere { range, response } => unwrap(range, response, edits),
                        }
                    }
                }
                _ => return None,
            }
        }
        if falls {
            let body = self.function.body;
            let step = self.anatomy.style.step();
            let outer = indent_at(&self.source.text, body.end - 1);
            let line = self.anatomy.style.dress(&format!("return {nothing};"));
            let is_line = self.source.text.get(..body.end as usize - 1)?.trim_end_matches([' ', '\t']).ends_with('\n');
            let at = if is_line { body.end - 1 - outer.len() as u32 } else { body.end - 1 };
            let text = if is_line { format!("{outer}{step}{line}\n") } else { format!("{line} ") };
            edits.push(TextEdit { range: TextRange::new(at, at), text });
        }
        let mentions = anatomy.mentions_of(THROUGH_JSON).len();
        let unwrapped = self.function.returns.iter().filter_map(|r| r.value);
        let unwrapped = unwrapped.flat_map(|value| match self.reported(value) {
            Some(all) => {
                all.into_iter().filter_map(|r| if let Reported::Here(r) = r { r.data } else { None }).collect()
            }
            None => vec![value],
        });
        let unwrapped = unwrapped.filter(|data| anatomy.given_to(THROUGH_JSON, *data).is_some()).count();
        (mentions == unwrapped).then_some(())
    }

    /// `{ ok: false, status: 404, data: value }` becomes `Response.json(value, { status: 404 })`.
    fn respond(&self, reported: &Report, class: &str, is_read: bool, edits: &mut Vec<TextEdit>) -> Option<()> {
        let (ok, status) = (self.anatomy.slice(reported.ok), self.anatomy.slice(reported.status));
        let is_ok = match status.parse::<u16>() {
            Ok(number) => ok == if (200..300).contains(&number) { "true" } else { "false" },
            Err(_) => {
                let plain = format!("{status} >= 200 && {status} < 300");
                let grouped = format!("({status}) >= 200 && ({status}) < 300");
                ok == plain
                    || ok == grouped
                    || both_ways(status).is_some_and(|both| ok == if both { "true" } else { "false" })
            }
        };
        is_ok.then_some(())?;
        let init = if status == "200" { String::new() } else { format!(", {{ status: {status} }}") };
        match reported.data {
            Some(data) => {
                let is_text = self.says_text || !is_read && self.anatomy.is_answered_as_text(data);
                let before = if is_text { format!("new {class}(") } else { format!("{class}.json(") };
                self.wrap(reported.range, data, &before, &format!("{init})"), edits);
            }
            None => {
                let text = format!("new {class}(null, {{ status: {status} }})");
                edits.push(TextEdit { range: reported.range, text });
            }
        }
        Some(())
    }

    /// Replaces what stands around a value, `throughJson` included.
    fn wrap(&self, whole: TextRange, value: TextRange, before: &str, after: &str, edits: &mut Vec<TextEdit>) {
        let inner = self.anatomy.given_to(THROUGH_JSON, value).unwrap_or(value);
        edits.push(TextEdit { range: TextRange::new(whole.start, inner.start), text: before.to_owned() });
        edits.push(TextEdit { range: TextRange::new(inner.end, whole.end), text: after.to_owned() });
    }
}

/// Takes off what stands around a part.
fn unwrap(whole: TextRange, part: TextRange, edits: &mut Vec<TextEdit>) {
    edits.push(TextEdit { range: TextRange::new(whole.start, part.start), text: String::new() });
    edits.push(TextEdit { range: TextRange::new(part.end, whole.end), text: String::new() });
}
