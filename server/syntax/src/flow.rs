//! Values on their way through one file: who stands for an imported function, who hands one on, and
//! what a function does with what it is given. Plain data, as all of [`facts`](crate::facts).
//!
//! The names of the parts: a *receiver* is a function that has a name, a *parameter* is what one
//! gets, a *derived* row is a place that stands for other bindings' values, a *pass* gives such a
//! value to a receiver.

use crate::{
    facts::{UseKind, Used},
    text::TextRange,
};

/// All that a file says about values on their way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// Functions with a name. Those that are exported come first, so that others know them by number.
    pub receivers: Vec<Receiver>,
    /// Parameters that are used, each once.
    pub parameters: Vec<Parameter>,
    /// Places that stand for values of other bindings, in source order.
    pub derived: Vec<Derived>,
    /// Values that are given to functions, in source order.
    pub passes: Vec<Pass>,
}

impl Flow {
    /// The receiver behind an export.
    #[must_use]
    pub fn receiver_of(&self, export: u32) -> Option<u32> {
        self.receivers.iter().position(|r| r.exports.contains(&export)).map(|at| at as u32)
    }

    /// What other files know of this one: its exported functions.
    pub(crate) fn face(&self) -> impl Iterator<Item = &Receiver> {
        self.receivers.iter().take_while(|r| !r.exports.is_empty())
    }
}

/// A function that has a name, in whatever scope.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Receiver {
    /// The exports that are this function, `memo` and `forwardRef` aside: indexes into
    /// [`FileFacts::exports`](crate::facts::FileFacts::exports).
    pub exports: Vec<u32>,
    /// What of its result calls what it is given.
    pub gives: Gives,
}

/// Which parts of a function's result call what the function is given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gives {
    /// The result itself, or some part of it that isn't told.
    pub any: bool,
    /// These members of it.
    pub members: Vec<Box<str>>,
}

impl Gives {
    /// Whether that member, or the result itself, may call what the function is given.
    #[must_use]
    pub fn may_call(&self, member: Option<&str>) -> bool {
        self.any || member.map_or(!self.members.is_empty(), |m| self.members.iter().any(|known| &**known == m))
    }
}

/// A function through which a value went, and what was taken of its result.
#[derive(Clone, Debug, PartialEq)]
pub struct Through {
    /// The hook.
    pub hook: Taker,
    /// The member; `None` for the result itself or an element of it.
    pub member: Option<Box<str>>,
}

/// What a receiver gets, or one property of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// An index into [`Flow::receivers`].
    pub receiver: u32,
    /// Which parameter, from 0.
    pub index: u32,
    /// The property that is taken of it; `None` for the parameter as a whole.
    pub property: Option<Box<str>>,
    /// Of a rest (`{ a, ...rest }`): the properties that aren't in it.
    pub except: Box<[Box<str>]>,
}

/// A value as it is taken: `save`, `ns.save`.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The binding.
    pub used: Used,
    /// The member taken of it.
    pub member: Option<Box<str>>,
}

/// A place that stands for other bindings' values: `save` behind
/// `const { execute: save } = useAction(saveAction)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// The identifier; of `x.execute` the member.
    pub range: TextRange,
    /// The identifier itself: `x` in `x.execute`.
    pub head: TextRange,
    /// What it can stand for, best first.
    pub values: Vec<Taken>,
    /// How it is used.
    pub kind: UseKind,
    /// The callee of a hook or argument, the attribute of a prop.
    pub via: Option<Box<str>>,
    /// No function in between whose body isn't seen.
    pub sure: bool,
    /// The hooks in between that can be looked into.
    pub through: Vec<Through>,
}

/// A value that is given to a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Pass {
    /// What is given, best first.
    pub values: Vec<Taken>,
    /// To whom.
    pub to: Taker,
    /// As which argument, from 0; attributes of an element are properties of its first.
    pub argument: u32,
    /// Under which property of it; `None` for the argument itself.
    pub property: Option<Box<str>>,
    /// Of a spread (`{...props}`): the properties that are given otherwise.
    pub except: Box<[Box<str>]>,
    /// No function in between whose body isn't seen.
    pub sure: bool,
    /// The hooks in between that can be looked into.
    pub through: Vec<Through>,
}

/// Who gets a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Taker {
    /// A function of this file: an index into [`Flow::receivers`].
    Here(u32),
    /// A function of another one.
    There(Taken),
}
