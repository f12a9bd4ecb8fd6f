//! The method that a function writes beside a URL that it gets, where nothing is sent: definitions of
//! requests (`define({ method: 'DELETE', path, … })`), which other code sends later.

use std::rc::Rc;

use syntax::value::Entry;

use super::{
    Evaluator,
    known::{Frame, Given, Known, Scope, is_marked},
    texts::whole,
};

const MOST_WRAPPERS: u32 = 4;

impl Evaluator<'_> {
    /// The one method that stands beside what is marked in every object that a call of `callee` makes.
    pub(super) fn method_beside(&mut self, callee: &Known, given: Given) -> Option<String> {
        let mut found = vec![];
        self.collect_beside(callee, given, 0, &mut found);
        let first = found.first()?;
        found.iter().all(|m| m == first).then(|| first.clone())?
    }

    fn collect_beside(&mut self, callee: &Known, given: Given, depth: u32, found: &mut Vec<Option<String>>) {
        if depth > MOST_WRAPPERS || !self.step() {
            return;
        }
        let (scope, function) = match callee {
            Known::Function(scope, function) => (scope, function),
            Known::Wrapped(inner) | Known::Marked(inner) => return self.collect_beside(inner, given, depth, found),
            _ => return,
        };
        let frame = Frame { function: function.clone(), given: given.clone(), outer: scope.frame.clone() };
        let inner = Scope { file: scope.file, frame: Some(Rc::new(frame)) };
        for send in &function.sends {
            let list: Vec<Known> = send.call.arguments.iter().map(|a| self.value(a, &inner, 1)).collect();
            if list.iter().any(|argument| self.add_beside(argument, found)) {
                continue;
            }
            if list.iter().any(|argument| is_marked(argument, 0)) {
                let callee = self.value(&send.call.callee, &inner, 1);
                self.collect_beside(&callee, Given { list, all: !send.call.open }, depth + 1, found);
            }
        }
        let returned = self.value(&function.returns, &inner, 1);
        self.add_beside(&returned, found);
    }

    /// Whether an object holds what is marked; the method beside it is added, or that none can be told.
    fn add_beside(&mut self, known: &Known, found: &mut Vec<Option<String>>) -> bool {
        let Known::Object(scope, entries) = known else { return false };
        const MOST_ENTRIES: usize = 16;
        let holds = entries.iter().take(MOST_ENTRIES).any(|entry| match entry {
            Entry::Member(key, value) if matches!(&**key, "url" | "path") => {
                let value = self.value(value, scope, 1);
                is_marked(&value, 0)
            }
            _ => false,
        });
        if holds {
            let method = self.member(known, "method", 1);
            found.push(whole(&method));
        }
        holds
    }
}
