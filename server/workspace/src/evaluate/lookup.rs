//! Members whose name is an expression: `PATHS[mode]`.

use syntax::value::{Entry, Lookup, Value};

use super::{
    Evaluator,
    known::{Known, Scope},
};

/// Larger objects are data: nobody reads so many candidates.
const MOST_MEMBERS: usize = 6;

impl Evaluator<'_> {
    pub(super) fn lookup(&mut self, lookup: &Lookup, scope: &Scope, depth: u32) -> Option<Known> {
        let of = self.value(&lookup.of, scope, depth + 1);
        let key = self.value(&lookup.key, scope, depth + 1);
        self.named_by(&of, &key, &lookup.said, depth)
    }

    fn named_by(&mut self, of: &Known, key: &Known, said: &str, depth: u32) -> Option<Known> {
        match key {
            Known::Text(name) => Some(self.member(of, name, depth + 1)).filter(|m| !matches!(m, Known::Absent)),
            Known::Marked(key) => self.named_by(of, key, said, depth),
            Known::Either(keys) if !keys.is_empty() => {
                let members: Vec<Known> = keys.iter().filter_map(|k| self.named_by(of, k, said, depth)).collect();
                (!members.is_empty()).then_some(Known::Either(members))
            }
            Known::Choice { condition, yes, no } => {
                let yes = self.named_by(of, yes, said, depth)?;
                let no = self.named_by(of, no, said, depth)?;
                Some(Known::Choice { condition: *condition, yes: yes.into(), no: no.into() })
            }
            _ => self.any_member(of, said, depth),
        }
    }

    /// One of an object's members, by the condition that the key is that member's name.
    fn any_member(&mut self, of: &Known, said: &str, depth: u32) -> Option<Known> {
        let Known::Object(scope, entries) = of else { return None };
        if entries.len() > MOST_MEMBERS {
            return None;
        }
        let is_member = |entry: &Entry| matches!(entry, Entry::Member(..));
        if !entries.iter().all(is_member) {
            return None;
        }
        let members = entries.iter().filter_map(|entry| match entry {
            Entry::Member(name, value) => Some((name.clone(), value.clone())),
            Entry::Spread(_) => None,
        });
        Some(self.value(&Value::named_by(said, members.collect()), scope, depth + 1))
    }
}
