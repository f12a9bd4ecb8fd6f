//! Expressions as data, free of any tree: text, holes, joins, choices, and *leads*, by which a
//! reader that sees other files can find out more about a hole.
//!
//! What one file tells is folded in already: constants of any scope, conditions, members of objects
//! that are written out. A lead names what lies elsewhere: an import, a module-level name, a
//! parameter, a member or a call of one of these.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::Arc;

use crate::facts::Imported;

/// What stands in a place whose text is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HoleKind {
    /// `process.env.X`, `env.X`, `location.origin`, `req.nextUrl.origin`: an origin when it leads.
    Base,
    /// A name that people give to an origin (`baseUrl`, `origin`), of which nothing else is known.
    Named,
    /// `encodeURIComponent(…)`: never holds a slash.
    Encoded,
    /// A parameter of the function around it: who calls it knows more.
    Parameter,
    /// Anything else.
    Unknown,
}

/// An expression's value, as far as one file tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Known text.
    Text(Box<str>),
    /// Not known here.
    Hole(Box<Hole>),
    /// One text after the other.
    Join(Box<[Value]>),
    /// One of them.
    Either(Box<[Value]>),
    /// One of two, by a condition.
    Choice(Box<Choice>),
    /// `{ … }`; of two entries with one key the later one counts.
    Object(Arc<[Entry]>),
    /// `[ … ]`
    List(Arc<[Value]>),
    /// A function.
    Function(Arc<Function>),
}

/// A place whose text is not known here.
#[derive(Clone, Debug, PartialEq)]
pub struct Hole {
    /// As written, shortened.
    pub source: Box<str>,
    /// What is known all the same.
    pub kind: HoleKind,
    /// Where more can be found out.
    pub lead: Option<Lead>,
}

/// What a hole stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Lead {
    /// An imported value.
    Import {
        /// The module as it is written.
        specifier: Box<str>,
        /// What of it.
        imported: Imported,
    },
    /// A module-level name of this file (`FileFacts::values` holds what is known of it).
    Module(Box<str>),
    /// A name that no scope of this file binds: `fetch`, `axios` of a script.
    Global(Box<str>),
    /// `this`, in a class: what its constructor makes.
    This {
        /// How many functions further out the constructor is; 0 is the innermost one.
        up: u32,
    },
    /// A parameter of an enclosing function.
    Parameter {
        /// How many functions further out; 0 is the innermost one.
        up: u32,
        /// Which, from 0.
        index: u32,
    },
    /// `a.b`, `a['b']`, `a[0]`, and what a pattern takes of a value.
    Member(Value, Box<str>),
    /// `a[key]`, with a key that isn't written there.
    Lookup(Box<Lookup>),
    /// `{ a = 1 }`: the first, where it is there, else the second.
    Defaulted(Value, Value),
    /// `f(…)`, `new C(…)`
    Call(Box<Call>),
}

/// A member whose name is an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    /// What it is taken of.
    pub of: Value,
    /// Its name.
    pub key: Value,
    /// The key as it is written, without spaces: one key at two places names the same member.
    pub said: Box<str>,
}

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What is called.
    pub callee: Value,
    /// With what.
    pub arguments: Box<[Value]>,
    /// `new`
    pub is_new: bool,
    /// More may be given than `arguments` says: `f(...all)`.
    pub open: bool,
}

/// A choice between two values.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Equal for equal conditions; a negated one counts as the same with its sides swapped.
    pub condition: u64,
    /// The condition, where what is known of a value can decide it.
    pub test: Option<Test>,
    /// Where it holds.
    pub yes: Value,
    /// Where it doesn't.
    pub no: Value,
}

/// A condition that can be decided once a value is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Of a value.
    Of {
        /// What is looked at.
        subject: Value,
        /// What for.
        asked: Asked,
    },
    /// Whether [`Choice::yes`] itself is there: `yes || no`, `yes ?? no`.
    IsThere,
}

/// What a condition asks of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// `x.startsWith('…')`
    Begins(Box<str>),
    /// `x.endsWith('…')`
    Ends(Box<str>),
    /// `x.includes('…')`
    Holds(Box<str>),
    /// `x === '…'`
    Is(Box<str>),
    /// `x`
    There,
    /// `x === undefined`, `x == null`
    Missing,
}

/// An entry of an object.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// `key: value`
    Member(Box<str>, Value),
    /// `...value`
    Spread(Value),
}

/// What a function yields, and what it sends.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its parameters' defaults and, where the type says so, the only texts that it can be.
    pub parameters: Box<[Parameter]>,
    /// What it returns.
    pub returns: Value,
    /// The calls in it that take something of its parameters.
    pub sends: Box<[Send]>,
    /// It hands something of its parameters to a call that `sends` doesn't hold (`page.goto(url)` of a
    /// parameter `page`).
    pub hands_on: bool,
}

/// A parameter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameter {
    /// `= value`
    pub default: Option<Value>,
    /// `'a' | 'b'`
    pub texts: Box<[Box<str>]>,
    /// `...rest`
    pub rest: bool,
}

/// A call in a function's body, by which a URL can leave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Send {
    /// The callee as people would say it.
    pub callee: Box<str>,
    /// The call.
    pub call: Call,
    /// What it gets is the beginning of what it means: `mutate((key) => key.startsWith(prefix))`.
    pub is_beginning: bool,
}

/// One piece of an expanded URL.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Known text.
    Text(String),
    /// A hole.
    Hole {
        /// As written.
        source: Box<str>,
        /// What is known.
        kind: HoleKind,
    },
}

/// One text that an expression can yield, and which conditions have to hold (or not) for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Neighbouring texts are joined.
    pub pieces: Vec<Piece>,
    /// Conditions, by [`Choice::condition`].
    pub assumes: Vec<(u64, bool)>,
}

/// Hosts that are this machine: in a URL written out, an application's own.
pub const OWN_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "0.0.0.0"];

/// At most this many cases are kept: beyond it nobody reads a list of candidates.
const MOST_CASES: usize = 24;

impl Default for Value {
    fn default() -> Self {
        Self::Text("".into())
    }
}

impl Value {
    /// `null`, `undefined`, `false`: no text at all. What is made of it is none either.
    #[must_use]
    pub fn nothing() -> Self {
        Self::Either(Box::default())
    }

    /// What can't be: not even the empty text, which nothing is where a text is asked for.
    fn never() -> Self {
        Self::Join([Self::nothing()].into())
    }

    /// With the empty text for what is nothing.
    #[must_use]
    pub fn with_nothing_as_text(self) -> Self {
        match self {
            Self::Either(options) if options.is_empty() => Self::default(),
            Self::Either(options) => Self::Either(options.into_iter().map(Self::with_nothing_as_text).collect()),
            Self::Choice(mut choice) => {
                choice.yes = choice.yes.with_nothing_as_text();
                choice.no = choice.no.with_nothing_as_text();
                Self::Choice(choice)
            }
            value => value,
        }
    }

    /// The member that a key names, one of several: of all the conditions that the key is a certain
    /// text, one holds for each of them. `said` is the key as it is written, without spaces.
    #[must_use]
    pub fn named_by(said: &str, members: Vec<(Box<str>, Self)>) -> Self {
        let conditions: Vec<u64> = members.iter().map(|(name, _)| equality(said, name)).collect();
        let choice = |condition, yes, no| Self::Choice(Box::new(Choice { condition, test: None, yes, no }));
        let one = |(at, (_, value)): (usize, (Box<str>, Self))| {
            conditions.iter().enumerate().fold(value, |value, (other, condition)| match at == other {
                true => choice(*condition, value, Self::never()),
                false => choice(*condition, Self::never(), value),
            })
        };
        Self::Either(members.into_iter().enumerate().map(one).collect())
    }

    /// A member, where it is written out: through choices, but not through spreads.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<Self> {
        self.member_within(key, 16)
    }

    fn member_within(&self, key: &str, depth: u32) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        match self {
            Self::Object(entries) => entries.iter().rev().find_map(|entry| match entry {
                Entry::Member(name, value) if &**name == key => Some(Some(value.clone())),
                Entry::Member(..) => None,
                Entry::Spread(_) => Some(None), // it may be there
            })?,
            Self::List(items) => items.get(key.parse::<usize>().ok()?).cloned(),
            Self::Choice(choice) => {
                let (yes, no) = (choice.yes.member_within(key, depth), choice.no.member_within(key, depth));
                Some(Self::Choice(Box::new(Choice { yes: yes?, no: no?, ..(**choice).clone() })))
            }
            Self::Either(options) => {
                let of_each = options.iter().map(|o| o.member_within(key, depth));
                Some(Self::Either(of_each.collect::<Option<_>>()?))
            }
            _ => None,
        }
    }

    /// A hole about which nothing more can be found out.
    #[must_use]
    pub fn hole(source: &str, kind: HoleKind) -> Self {
        Self::Hole(Box::new(Hole { source: source.into(), kind, lead: None }))
    }

    /// The text where all of it is known.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Every text that the expression can yield; neighbouring texts are joined.
    #[must_use]
    pub fn alternatives(&self) -> Vec<Vec<Piece>> {
        let mut all: Vec<Vec<Piece>> = vec![];
        for case in self.cases() {
            if !all.contains(&case.pieces) {
                all.push(case.pieces);
            }
        }
        all
    }

    /// Every text that the expression can yield, with the conditions under which it does.
    #[must_use]
    pub fn cases(&self) -> Vec<Case> {
        let one = |pieces| vec![Case { pieces, assumes: vec![] }];
        let hole = |source: &str, kind| one(vec![Piece::Hole { source: source.into(), kind }]);
        match self {
            Self::Text(t) if t.is_empty() => one(vec![]),
            Self::Text(t) => one(vec![Piece::Text(t.to_string())]),
            Self::Hole(h) => hole(&h.source, h.kind),
            Self::Object(_) => hole("{…}", HoleKind::Unknown),
            Self::Function(_) => hole("() => …", HoleKind::Unknown),
            // an SWR key's first element is its URL
            Self::List(items) => items.first().map_or_else(|| one(vec![]), Self::cases),
            Self::Either(options) => {
                let mut all: Vec<Case> = vec![];
                options.iter().flat_map(Self::cases).for_each(|case| add(&mut all, case));
                all
            }
            Self::Choice(choice) => {
                if let Some(query) = choice.opened_query() {
                    return query.cases();
                }
                let mut all: Vec<Case> = vec![];
                for (value, holds) in [(&choice.yes, true), (&choice.no, false)] {
                    for case in value.cases() {
                        let assumed = Case { assumes: vec![(choice.condition, holds)], ..Case::default() };
                        if let Some(both) = assumed.and(&case) {
                            add(&mut all, both);
                        }
                    }
                }
                all
            }
            Self::Join(parts) => {
                let mut all = vec![Case::default()];
                for part in parts {
                    let tails = part.cases();
                    let mut next = Vec::with_capacity(all.len() * tails.len());
                    for head in &all {
                        next.extend(tails.iter().filter_map(|tail| head.and(tail)).take(MOST_CASES - next.len()));
                    }
                    all = next;
                }
                all
            }
        }
    }
}

/// Methods of text that leave its segments where they are; `replace` fills placeholders in.
#[must_use]
pub fn keeps_segments(method: &str) -> bool {
    matches!(
        method,
        "toString" | "trim" | "trimEnd" | "trimStart" | "replace" | "replaceAll" | "concat" | "toLowerCase" | "valueOf"
    )
}

/// The condition that a key is that text: equal to the one of `key === 'text'`.
fn equality(said: &str, text: &str) -> u64 {
    condition(&format!("{said}=='{text}'"))
}

/// A condition's number, by its text without spaces and with one kind of quotes and of equality.
pub(crate) fn condition(normal: &str) -> u64 {
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(normal)
}

fn add(all: &mut Vec<Case>, case: Case) {
    if all.len() < MOST_CASES && !all.contains(&case) {
        all.push(case);
    }
}

impl Choice {
    /// The side that begins with `?`, where the other one is the same with `&`: with either a query
    /// begins, or goes on.
    fn opened_query(&self) -> Option<&Value> {
        fn begins(value: &Value) -> Option<(char, &str, &[Value])> {
            let (first, rest) = match value {
                Value::Text(text) => (&**text, [].as_slice()),
                Value::Join(parts) => (parts.first()?.as_text()?, parts.get(1..)?),
                _ => return None,
            };
            let mut letters = first.chars();
            Some((letters.next()?, letters.as_str(), rest))
        }
        match (begins(&self.yes)?, begins(&self.no)?) {
            (('?', one, rest), ('&', other, behind)) if one == other && rest == behind => Some(&self.yes),
            (('&', one, rest), ('?', other, behind)) if one == other && rest == behind => Some(&self.no),
            _ => None,
        }
    }
}

impl Case {
    /// Whether both can be at once.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.assumes.iter().all(|(c, holds)| other.assumes.iter().all(|(o, h)| c != o || holds == h))
    }

    fn and(&self, tail: &Self) -> Option<Self> {
        if !self.agrees_with(tail) {
            return None;
        }
        let mut both = self.clone();
        for assumed in &tail.assumes {
            if !both.assumes.contains(assumed) {
                both.assumes.push(*assumed);
            }
        }
        for piece in &tail.pieces {
            match (both.pieces.last_mut(), piece) {
                (Some(Piece::Text(before)), Piece::Text(after)) => before.push_str(after),
                (_, piece) => both.pieces.push(piece.clone()),
            }
        }
        Some(both)
    }
}
