//! What of a value is worth keeping among the facts of a file: most of what a program computes never
//! becomes a URL.

use super::functions::takes_parameter;
use crate::value::{Call, Entry, Function, Hole, HoleKind, Lead, Test, Value, keeps_segments};

/// What a module's name is made of at most, and what a function returns: larger values are data, not
/// something that yields a URL.
const LARGEST: usize = 600;
const LARGEST_RESULT: usize = 160;
const LARGEST_METHOD: usize = 16;

impl Value {
    /// The value without what can't be of use to a URL; `None` if nothing is left.
    pub(super) fn worth_keeping(self) -> Option<Self> {
        match self {
            // A name for a segment or a method.
            Self::Text(text) => {
                let is_word = !text.is_empty() && text.len() <= 128 && !text.contains(char::is_whitespace);
                is_word.then_some(Self::Text(text))
            }
            Self::Hole(hole) if matches!(hole.lead, Some(Lead::Import { .. } | Lead::Module(_))) => {
                Some(Self::Hole(hole))
            }
            value => {
                let kept = value.speaks().then(|| value.pruned())?;
                (kept.size() <= LARGEST).then_some(kept)
            }
        }
    }

    /// How many values it is made of, itself included.
    fn size(&self) -> usize {
        let of_call = |call: &Call| call.callee.size() + call.arguments.iter().map(Self::size).sum::<usize>();
        1 + match self {
            Self::Text(_) => 0,
            Self::Hole(hole) => match &hole.lead {
                Some(Lead::Member(of, _)) => of.size(),
                Some(Lead::Lookup(lookup)) => lookup.of.size() + lookup.key.size(),
                Some(Lead::Defaulted(a, b)) => a.size() + b.size(),
                Some(Lead::Call(call)) => of_call(call),
                _ => 0,
            },
            Self::Join(parts) | Self::Either(parts) => parts.iter().map(Self::size).sum(),
            Self::Choice(choice) => {
                let subject = match &choice.test {
                    Some(Test::Of { subject, .. }) => subject.size(),
                    _ => 0,
                };
                subject + choice.yes.size() + choice.no.size()
            }
            Self::Object(entries) => entries
                .iter()
                .map(|entry| {
                    let (Entry::Member(_, value) | Entry::Spread(value)) = entry;
                    value.size()
                })
                .sum(),
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Function(function) => {
                function.returns.size() + function.sends.iter().map(|s| of_call(&s.call)).sum::<usize>()
            }
        }
    }

    fn pruned(self) -> Self {
        match self {
            Self::Object(entries) => Self::Object(
                entries
                    .iter()
                    .filter_map(|entry| {
                        let (Entry::Member(_, value) | Entry::Spread(value)) = entry;
                        // of a request: a method be it a word, a parameter or a choice, and a URL that
                        // a parameter makes
                        let is_of_request = match entry {
                            Entry::Member(key, _) if &**key == "method" => value.size() <= LARGEST_METHOD,
                            Entry::Member(key, _) if matches!(&**key, "url" | "path") => takes_parameter(value),
                            _ => false,
                        };
                        match entry {
                            Entry::Member(key, value) if value.speaks() || is_of_request => {
                                Some(Entry::Member(key.clone(), value.clone().pruned()))
                            }
                            // that there is one, or may be, counts
                            Entry::Member(key, _) if &**key == "method" => {
                                Some(Entry::Member(key.clone(), Self::hole("…", HoleKind::Unknown)))
                            }
                            Entry::Member(..) => None,
                            Entry::Spread(value) if value.speaks() => Some(Entry::Spread(value.clone().pruned())),
                            Entry::Spread(_) => Some(Entry::Spread(Self::hole("…", HoleKind::Unknown))),
                        }
                    })
                    .collect(),
            ),
            Self::Function(function) => {
                let returns = Some(&function.returns).filter(|r| r.speaks() && r.size() <= LARGEST);
                let returns = returns.map(|r| r.clone().pruned());
                // the members of an instance are cut one by one
                let most = if matches!(returns, Some(Self::Object(_))) { LARGEST } else { LARGEST_RESULT };
                let returns = returns.filter(|r| r.size() <= most).unwrap_or_default();
                Self::Function(Function { returns, ..(*function).clone() }.into())
            }
            Self::Hole(hole) => Self::Hole(Box::new(Hole {
                lead: hole.lead.map(|lead| match lead {
                    Lead::Call(call) => Lead::Call(Box::new(Call {
                        arguments: call.arguments.iter().map(Self::slim).collect(),
                        ..*call
                    })),
                    lead => lead,
                }),
                ..*hole
            })),
            value => value,
        }
    }

    /// An argument without what says nothing of a URL.
    pub(super) fn slim(&self) -> Self {
        match self {
            Self::Text(_) => self.clone(),
            Self::Hole(hole)
                if matches!(hole.lead, Some(Lead::Import { .. } | Lead::Module(_) | Lead::Parameter { .. })) =>
            {
                self.clone()
            }
            Self::Object(_) | Self::Function(_) => self.clone().pruned(),
            value if value.speaks() || takes_parameter(value) => value.clone().pruned(),
            _ => Self::hole("…", HoleKind::Unknown),
        }
    }

    /// Whether a path, an origin, a client or something that takes one is in it.
    pub(super) fn speaks(&self) -> bool {
        match self {
            Self::Text(text) => (text.starts_with('/') || text.contains("://")) && !text.contains(char::is_whitespace),
            Self::Hole(hole) => hole.kind == HoleKind::Base || hole.lead.as_ref().is_some_and(Lead::speaks),
            Self::Join(parts) => {
                let is_prose = |p: &Self| p.as_text().is_some_and(|t| t.contains(char::is_whitespace));
                !parts.iter().any(is_prose)
                    && parts.iter().any(|p| p.as_text().map_or_else(|| p.speaks(), |text| text.contains('/')))
            }
            Self::Either(parts) => parts.iter().any(Self::speaks),
            Self::Choice(choice) => choice.yes.speaks() || choice.no.speaks(),
            Self::Object(entries) => entries.iter().any(|entry| match entry {
                Entry::Member(_, value) | Entry::Spread(value) => value.speaks(),
            }),
            Self::List(items) => items.first().is_some_and(Self::speaks),
            Self::Function(function) => function.returns.speaks() || !function.sends.is_empty(),
        }
    }
}

impl Lead {
    fn speaks(&self) -> bool {
        match self {
            Self::Parameter { .. } | Self::This { .. } => true,
            Self::Import { .. } | Self::Module(_) | Self::Global(_) => false,
            // `config.baseUrl` of another module
            Self::Member(Value::Hole(hole), _) => match &hole.lead {
                Some(Self::Import { .. }) => true,
                Some(Self::Parameter { .. }) | None => false,
                Some(lead) => lead.speaks(),
            },
            Self::Member(of, _) => of.speaks(),
            Self::Lookup(lookup) => lookup.of.speaks(),
            Self::Defaulted(a, b) => a.speaks() || b.speaks(),
            Self::Call(call) => {
                let direct = matches!(
                    &call.callee,
                    Value::Hole(hole) if matches!(hole.lead, Some(Self::Import { .. } | Self::Module(_)))
                );
                // `path.replace('[id]', id)` of a parameter
                let is_text_of_parameter = matches!(
                    &call.callee,
                    Value::Hole(hole) if matches!(&hole.lead, Some(Self::Member(of, method))
                        if keeps_segments(method) && takes_parameter(of))
                );
                is_text_of_parameter
                    || call.arguments.iter().any(Value::speaks)
                    || (direct && (call.is_new || call.arguments.is_empty()))
            }
        }
    }
}
