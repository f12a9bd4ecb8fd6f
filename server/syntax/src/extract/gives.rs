//! What of a function's result calls what the function is given: `run` of
//! `(action) => ({ run: () => action(), open: () => show(true) })`, `open` doesn't.

use super::{
    callables::{Callable, Callables, Value, key_text},
    hooks,
    receivers::function_behind,
};
use crate::{
    facts::Used,
    flat::{Field, Kind, NodeId},
    flow::Gives,
};

pub(super) fn read(callables: &mut Callables, function: NodeId, receiver: u32) -> Gives {
    let mut result = Result { callables, receiver, gives: Gives::default() };
    result.function(function, 0);
    let mut gives = result.gives;
    gives.members.sort();
    gives.members.dedup();
    gives
}

struct Result<'c, 'a> {
    callables: &'c mut Callables<'a>,
    receiver: u32,
    gives: Gives,
}

const DEEPEST: u32 = 4;

impl Result<'_, '_> {
    /// All that a function gives back.
    fn function(&mut self, function: NodeId, depth: u32) {
        let flat = self.callables.file.flat;
        let Some(body) = flat.child(function, Field::Body) else { return };
        if flat.kind(body) != Kind::Block {
            self.returned(body, depth);
            return;
        }
        let mut at = body + 1;
        while at < flat.get(body).after {
            if flat.is_function(at) || flat.kind(at) == Kind::ClassBody {
                at = flat.get(at).after;
                continue;
            }
            if flat.kind(at) == Kind::Return
                && let Some(value) = flat.children(at).next()
            {
                self.returned(value, depth);
            }
            at += 1;
        }
    }

    fn returned(&mut self, expression: NodeId, depth: u32) {
        let flat = self.callables.file.flat;
        let expression = flat.unwrapped(expression);
        if depth > DEEPEST {
            self.gives.any = true;
            return;
        }
        if flat.kind(expression) == Kind::Ternary {
            let branches = [flat.child(expression, Field::Consequence), flat.child(expression, Field::Alternative)];
            branches.into_iter().flatten().for_each(|b| self.returned(b, depth + 1));
            return;
        }
        if flat.kind(expression) == Kind::Call {
            // `useMemo(() => ({ … }), [])`
            let callee = flat.child(expression, Field::Function).map(|f| super::callee_text(flat, f));
            let first = flat.child(expression, Field::Arguments).and_then(|a| flat.children(a).next());
            if let (Some(hooks::Gives::Returned), Some(first)) = (callee.and_then(|c| hooks::gives(&c)), first) {
                self.function(flat.unwrapped(first), depth + 1);
                return;
            }
        }
        match self.callables.of(expression) {
            Value::Object(object) => self.object(object),
            _ => self.gives.any |= self.calls(expression),
        }
    }

    fn object(&mut self, object: NodeId) {
        let flat = self.callables.file.flat;
        for member in flat.children(object) {
            let (key, value) = match flat.kind(member) {
                Kind::Pair => (flat.child(member, Field::Key), flat.child(member, Field::Value)),
                Kind::Shorthand => (Some(member), Some(member)),
                Kind::Method => (flat.child(member, Field::Name), Some(member)),
                Kind::Spread => (None, flat.children(member).next()),
                _ => continue,
            };
            if !value.is_some_and(|v| self.calls(v)) {
                continue;
            }
            match key.filter(|k| flat.kind(*k) != Kind::ComputedKey) {
                Some(key) => self.gives.members.push(key_text(flat, key).into()),
                None => self.gives.any = true,
            }
        }
    }

    /// Whether a value calls what the function is given, or is it.
    fn calls(&mut self, value: NodeId) -> bool {
        let flat = self.callables.file.flat;
        let value = flat.unwrapped(value);
        if self.is_given(value) {
            return true;
        }
        match flat.kind(value) {
            _ if flat.is_function(value) => self.body_calls(value),
            Kind::Identifier | Kind::Shorthand => {
                let binding = self.callables.file.scopes.of(value);
                let binding = binding.and_then(|b| self.callables.file.scopes.binding(b)).copied();
                let function = binding.and_then(|b| function_behind(self.callables.file, &b));
                function.is_some_and(|f| self.body_calls(f))
            }
            // What a call or a list makes of it isn't told.
            Kind::Call | Kind::Array => {
                let list = flat.child(value, Field::Arguments).unwrap_or(value);
                let parts: Vec<NodeId> = flat.children(list).collect();
                parts.into_iter().any(|p| self.is_given(p) || (flat.is_function(p) && self.body_calls(p)))
            }
            _ => false,
        }
    }

    /// Whether a function's body calls or hands on what is given.
    fn body_calls(&mut self, function: NodeId) -> bool {
        let flat = self.callables.file.flat;
        let calls: Vec<NodeId> =
            (function..flat.get(function).after).filter(|id| flat.kind(*id) == Kind::Call).collect();
        calls.into_iter().any(|call| {
            let arguments = flat.child(call, Field::Arguments);
            let mut parts = flat
                .child(call, Field::Function)
                .into_iter()
                .chain(arguments.into_iter().flat_map(|a| flat.children(a)));
            parts.any(|p| self.is_given(p))
        })
    }

    fn is_given(&mut self, value: NodeId) -> bool {
        let (Value::Callable(callable) | Value::Calls(callable) | Value::Returns(callable) | Value::Given(callable, _)) =
            self.callables.of(value)
        else {
            return false;
        };
        self.is_of_receiver(&callable)
    }

    fn is_of_receiver(&self, callable: &Callable) -> bool {
        callable.values.iter().any(|taken| match taken.used {
            Used::Parameter(number) => self.callables.parameter(number).is_some_and(|p| p.receiver == self.receiver),
            _ => false,
        })
    }
}
