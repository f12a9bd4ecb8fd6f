//! Classes as values: an object of what is static, with the function that makes an instance under
//! `constructor`. Methods are functions inside of that one, so that what the constructor got is a
//! parameter of a function around them.

use super::{Reader, patterns::literal_types};
use crate::{
    flat::{Field, Flat, Kind, NodeId},
    value::{Call, Entry, Function, HoleKind, Lead, Parameter, Value},
};

/// How many arguments a class without a constructor passes on to the one it extends.
const PASSED_ON: u32 = 4;
/// Larger classes are services, not clients.
const MOST_MEMBERS: usize = 64;

impl Reader<'_> {
    /// A class.
    pub(super) fn class(&self, id: NodeId, depth: u32) -> Value {
        let flat = self.flat();
        let Some(body) = flat.child(id, Field::Body) else { return self.hole(id, HoleKind::Unknown, None) };
        let maker = maker(flat, id);
        if self.functions.borrow().contains(&maker) {
            return self.hole(id, HoleKind::Unknown, None);
        }
        let members: Vec<NodeId> = flat.children(body).take(MOST_MEMBERS).filter(|m| *m != maker).collect();
        let is_static = |m: &NodeId| flat.child_of_kind(*m, Kind::StaticKeyword).is_some();
        let mut statics: Vec<Entry> =
            members.iter().filter(|m| is_static(m)).filter_map(|m| self.class_member(*m, depth)).collect();

        self.functions.borrow_mut().push(maker);
        let mut entries = vec![];
        let parameters = if maker == id { vec![] } else { self.constructor_parameters(maker, &mut entries, depth) };
        // Long methods may use up what a value may take: what they build upon is read before them.
        let assigned = self.assigned_to_this(maker, id, depth);
        entries.extend(members.iter().filter(|m| !is_static(m)).filter_map(|m| self.class_member(*m, depth)));
        entries.extend(assigned);
        if let Some(base) = self.extended(id, maker, depth) {
            entries.insert(0, Entry::Spread(base));
        }
        self.functions.borrow_mut().pop();

        let parameters = if maker == id { vec![Parameter::default(); PASSED_ON as usize] } else { parameters };
        let constructor = Function {
            parameters: parameters.into(),
            returns: Value::Object(entries.into()),
            sends: Box::default(),
            hands_on: true,
        };
        statics.push(Entry::Member("constructor".into(), Value::Function(constructor.into())));
        Value::Object(statics.into())
    }

    /// A constructor's parameters; those that are members at once (`private base: string`) go to `entries`.
    fn constructor_parameters(&self, constructor: NodeId, entries: &mut Vec<Entry>, depth: u32) -> Vec<Parameter> {
        let flat = self.flat();
        let list = flat.child(constructor, Field::Parameters);
        let heads = list.into_iter().flat_map(|l| flat.children(l)).take(MOST_MEMBERS);
        heads
            .enumerate()
            .map(|(index, head)| {
                let written = flat.text_of(head);
                let is_member =
                    ["private ", "public ", "protected ", "readonly "].iter().any(|m| written.starts_with(m));
                if let Some(name) = flat.child(head, Field::Pattern).filter(|_| is_member) {
                    let lead = Lead::Parameter { up: 0, index: index as u32 };
                    let value = self.hole(name, HoleKind::Unknown, Some(lead));
                    entries.push(Entry::Member(flat.text_of(name).into(), value));
                }
                Parameter {
                    default: flat.child(head, Field::Value).map(|v| self.expression(v, depth + 1)),
                    texts: literal_types(flat, head).into(),
                    rest: written.starts_with("..."),
                }
            })
            .collect()
    }

    fn class_member(&self, id: NodeId, depth: u32) -> Option<Entry> {
        let flat = self.flat();
        let name = flat.text_of(flat.child(id, Field::Name)?);
        let value = match flat.kind(id) {
            Kind::Field => self.expression(flat.child(id, Field::Value)?, depth + 1),
            // what a getter gives back isn't known by calling it
            Kind::Method if !flat.text_of(id).trim_start_matches("static ").starts_with("get ") => {
                self.function(id, depth + 1)
            }
            _ => return None,
        };
        Some(Entry::Member(name.into(), value))
    }

    /// `this.base = base` in the constructor.
    fn assigned_to_this(&self, constructor: NodeId, class: NodeId, depth: u32) -> Vec<Entry> {
        let flat = self.flat();
        if constructor == class {
            return vec![];
        }
        (constructor..flat.get(constructor).after)
            .filter(|n| flat.kind(*n) == Kind::Assignment)
            .filter_map(|assignment| {
                let left = flat.child(assignment, Field::Left).filter(|l| flat.kind(*l) == Kind::Member)?;
                flat.child(left, Field::Object).filter(|o| flat.text_of(*o) == "this")?;
                let key = flat.text_of(flat.child(left, Field::Property)?);
                let value = self.expression(flat.child(assignment, Field::Right)?, depth + 1);
                Some(Entry::Member(key.into(), value))
            })
            .take(MOST_MEMBERS)
            .collect()
    }

    /// The instance of the class that this one extends.
    fn extended(&self, class: NodeId, maker: NodeId, depth: u32) -> Option<Value> {
        let flat = self.flat();
        let before = flat.child(class, Field::Body)?;
        let base =
            (class + 1..before).find(|n| flat.kind(*n) == Kind::Identifier && flat.get(*n).field == Field::Value)?;
        let passed_on =
            || (0..PASSED_ON).map(|index| self.hole(base, HoleKind::Unknown, Some(Lead::Parameter { up: 0, index })));
        let arguments = if maker == class {
            passed_on().collect()
        } else {
            let is_super = |n: &NodeId| {
                flat.kind(*n) == Kind::Call
                    && flat.child(*n, Field::Function).is_some_and(|f| flat.text_of(f) == "super")
            };
            let call = (maker..flat.get(maker).after).find(is_super)?;
            self.arguments(call, depth)
        };
        let call = Call { callee: self.expression(base, depth + 1), arguments, is_new: true, open: true };
        Some(self.hole(base, HoleKind::Unknown, Some(Lead::Call(Box::new(call)))))
    }

    /// `this`: inside of a class that is being read what its constructor makes, elsewhere an instance
    /// of which nobody tells what it was made with.
    pub(super) fn this(&self, id: NodeId) -> Value {
        let flat = self.flat();
        let lead = class_around(flat, id).and_then(|class| {
            let maker = maker(flat, class);
            if let Some(up) = self.functions.borrow().iter().rev().position(|f| *f == maker) {
                return Some(Lead::This { up: up as u32 });
            }
            if !self.functions.borrow().is_empty() {
                return None;
            }
            let name = flat.child(class, Field::Name).filter(|_| flat.kind(class) == Kind::ClassDeclaration)?;
            let callee = self.hole(name, HoleKind::Unknown, Some(Lead::Module(flat.text_of(name).into())));
            let arguments = (0..PASSED_ON).map(|_| Value::hole("…", HoleKind::Unknown)).collect();
            Some(Lead::Call(Box::new(Call { callee, arguments, is_new: true, open: true })))
        });
        self.hole(id, HoleKind::Unknown, lead)
    }
}

/// What makes an instance: the constructor, or the class itself.
fn maker(flat: &Flat, class: NodeId) -> NodeId {
    let body = flat.child(class, Field::Body);
    let is_constructor = |m: &NodeId| {
        flat.kind(*m) == Kind::Method && flat.child(*m, Field::Name).is_some_and(|n| flat.text_of(n) == "constructor")
    };
    body.and_then(|b| flat.children(b).take(MOST_MEMBERS).find(is_constructor)).unwrap_or(class)
}

/// The class whose instance `this` is.
fn class_around(flat: &Flat, this: NodeId) -> Option<NodeId> {
    const FARTHEST: u32 = 128;
    let mut at = this;
    for _ in 0..FARTHEST {
        let parent = flat.parent(at);
        if flat.kind(parent) == Kind::ClassBody {
            let is_static = flat.child_of_kind(at, Kind::StaticKeyword).is_some();
            return (!is_static).then(|| flat.parent(parent));
        }
        let binds_its_own =
            matches!(flat.kind(at), Kind::FunctionExpression | Kind::FunctionDeclaration | Kind::Method);
        if binds_its_own || parent == at {
            return None;
        }
        at = parent;
    }
    None
}
