//! `redirects()` and `rewrites()` of a configuration: which path answers a URL after them.
//!
//! The order is that of `resolveRoutes` (server/lib/router-utils/resolve-routes.ts and filesystem.ts):
//! redirects, then all of `beforeFiles` one after the other, then files and static routes, then
//! `afterFiles`, dynamic routes, `fallback`; behind each rule of the last two that fits, routes are
//! looked up again. The cases of the tests were answered by 16.x itself.

pub mod path;

use syntax::literal::{SPREAD, Value};

use path::{Destination, Source, UrlPart};

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// As written.
    pub source: String,
    /// As written; empty where it is computed.
    pub destination: String,
    /// Where it leads.
    pub to: Destination,
    /// `has`, `missing` or something unread decides whether it holds.
    pub conditional: bool,
    /// `basePath: false`: source and destination are whole paths.
    pub without_base_path: bool,
    /// What it takes.
    pub from: Source,
}

/// What `redirects()` and `rewrites()` return, as far as the text tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// `redirects()`
    pub redirects: Vec<Rule>,
    /// `rewrites().beforeFiles`
    pub before_files: Vec<Rule>,
    /// `rewrites().afterFiles`, or all of `rewrites()` where that is a list.
    pub after_files: Vec<Rule>,
    /// `rewrites().fallback`
    pub fallback: Vec<Rule>,
    /// There may be more rules than these: something is computed.
    pub more: bool,
}

impl Rules {
    /// Reads what the two functions may return: more than one value where they return early.
    #[must_use]
    pub fn read(redirects: &[Value], rewrites: &[Value]) -> Self {
        let mut rules = Self::default();
        let mut more = false;
        for returned in redirects {
            read_list(returned, redirects.len() > 1, &mut rules.redirects, &mut more);
        }
        for returned in rewrites {
            let perhaps = rewrites.len() > 1;
            let Value::Object(members) = returned else {
                read_list(returned, perhaps, &mut rules.after_files, &mut more);
                continue;
            };
            more |= members.iter().any(|(name, _)| name == SPREAD);
            for (name, list) in [
                ("beforeFiles", &mut rules.before_files),
                ("afterFiles", &mut rules.after_files),
                ("fallback", &mut rules.fallback),
            ] {
                if let Some(value) = returned.get(name) {
                    read_list(value, perhaps, list, &mut more);
                }
            }
        }
        rules.more = more;
        rules
    }

    /// Whether nothing is rewritten or redirected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// Every rule, in Next's order.
    pub fn all(&self) -> impl Iterator<Item = &Rule> {
        [&self.redirects, &self.before_files, &self.after_files, &self.fallback].into_iter().flatten()
    }

    /// The paths that may answer a URL; the URL itself where no rule fits. `url` is the path between
    /// its slashes, without `base`; `serves` says whether a path has a route: a static one, or any.
    #[must_use]
    pub fn resolve<P: UrlPart>(
        &self,
        url: &[Vec<P>],
        base: &[&str],
        serves: &dyn Fn(&[Vec<P>], Route) -> bool,
    ) -> Resolved<P> {
        let mut walk = Walk { rules: self, base, serves, out: Resolved::default() };
        walk.redirects(State { url: url.to_vec(), certain: true, led: false, conditional: false }, MOST_REDIRECTS);
        // What needs no condition first.
        walk.out.paths.sort_by_key(|path| path.conditional);
        walk.out
    }
}

/// Which routes count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Without parameters.
    Static,
    /// Any.
    Any,
}

/// Where a URL ends up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved<P> {
    /// Paths of the application, best first.
    pub paths: Vec<Path<P>>,
    /// A rule leads to another host or to something computed.
    pub elsewhere: bool,
}

/// A path that may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<P> {
    /// Between its slashes, without `basePath`.
    pub segments: Vec<Vec<P>>,
    /// Every URL of this shape ends here, if no condition leads it elsewhere.
    pub certain: bool,
    /// A rule led here.
    pub led: bool,
    /// One of them holds only under a condition.
    pub conditional: bool,
}

impl<P> Default for Resolved<P> {
    fn default() -> Self {
        Self { paths: vec![], elsewhere: false }
    }
}

/// Browsers follow 20; no application means more than a few.
const MOST_REDIRECTS: u8 = 5;
/// More possibilities than anyone reads.
const MOST_PATHS: usize = 12;

#[derive(Clone)]
struct State<P> {
    url: Vec<Vec<P>>,
    certain: bool,
    led: bool,
    conditional: bool,
}

struct Walk<'r, P> {
    rules: &'r Rules,
    base: &'r [&'r str],
    serves: &'r dyn Fn(&[Vec<P>], Route) -> bool,
    out: Resolved<P>,
}

/// What one rule makes of a URL.
enum Led<P> {
    Nowhere,
    /// To another host, or to where nobody knows.
    Away(Sure),
    To(State<P>, Sure),
}

/// Whether a rule is followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sure {
    Always,
    /// Under a condition. Without it the URL is what it was.
    Conditional,
    /// For some of the URLs of this shape.
    Perhaps,
}

impl<P: UrlPart> Walk<'_, P> {
    fn redirects(&mut self, mut state: State<P>, left: u8) {
        let mut perhaps = vec![];
        let mut is_answered = false;
        for rule in &self.rules.redirects {
            let sure = match self.lead(rule, &state) {
                Led::Nowhere => continue,
                Led::Away(sure) => {
                    self.out.elsewhere = true;
                    sure
                }
                Led::To(to, sure) => {
                    perhaps.push(to);
                    sure
                }
            };
            if sure == Sure::Always {
                is_answered = true;
                break;
            }
            state.certain &= sure != Sure::Perhaps;
        }
        if !is_answered {
            self.before_files(state);
        }
        for to in perhaps.into_iter().filter(|_| left > 0) {
            self.redirects(to, left - 1);
        }
    }

    fn before_files(&mut self, state: State<P>) {
        for state in self.chain(&self.rules.before_files, vec![state], false) {
            if (self.serves)(&state.url, Route::Static) {
                self.arrive(state);
                continue;
            }
            for state in self.chain(&self.rules.after_files, vec![state], true) {
                if (self.serves)(&state.url, Route::Any) {
                    self.arrive(state);
                    continue;
                }
                for state in self.chain(&self.rules.fallback, vec![state], true) {
                    self.arrive(state);
                }
            }
        }
    }

    /// Applies rules one after the other; with `check`, a path that has a route is final.
    fn chain(&mut self, rules: &[Rule], mut states: Vec<State<P>>, check: bool) -> Vec<State<P>> {
        for rule in rules {
            let mut next = vec![];
            for mut state in states {
                let (to, sure) = match self.lead(rule, &state) {
                    Led::Nowhere => {
                        next.push(state);
                        continue;
                    }
                    Led::Away(sure) => {
                        self.out.elsewhere = true;
                        (None, sure)
                    }
                    Led::To(to, sure) => (Some(to), sure),
                };
                if sure != Sure::Always {
                    state.certain &= sure != Sure::Perhaps;
                    next.push(state);
                }
                match to {
                    Some(to) if check && (self.serves)(&to.url, Route::Any) => self.arrive(to),
                    to => next.extend(to),
                }
            }
            states = next;
            states.truncate(MOST_PATHS);
        }
        states
    }

    fn lead(&self, rule: &Rule, state: &State<P>) -> Led<P> {
        // `/:path*` on another host, or for another `Accept`: a switch of the whole application. To
        // count it with every URL would say nothing about any of them.
        if rule.conditional && rule.from.first_text().is_none() {
            return Led::Nowhere;
        }
        let whole;
        let url = if rule.without_base_path {
            whole = self.base.iter().map(|text| vec![P::known(text)]).chain(state.url.iter().cloned()).collect();
            &whole
        } else {
            &state.url
        };
        let Some(met) = rule.from.meets(url) else { return Led::Nowhere };
        let sure = match (met.certain, rule.conditional) {
            (false, _) => Sure::Perhaps,
            (true, true) => Sure::Conditional,
            (true, false) => Sure::Always,
        };
        let Destination::Path(path) = &rule.to else { return Led::Away(sure) };
        let mut to = met.fill(path, url);
        if rule.without_base_path {
            let is_below = self.base.len() <= to.len()
                && to.iter().zip(self.base).all(|(s, b)| matches!(s.as_slice(), [p] if p.text() == Some(b)));
            if !is_below {
                return Led::Away(sure);
            }
            to.drain(..self.base.len());
        }
        let conditional = rule.conditional || state.conditional;
        let certain = sure == Sure::Always && state.certain;
        Led::To(State { url: to, certain, led: true, conditional }, sure)
    }

    fn arrive(&mut self, state: State<P>) {
        if self.out.paths.len() < MOST_PATHS {
            let State { url: segments, certain, led, conditional } = state;
            self.out.paths.push(Path { segments, certain, led, conditional });
        }
    }
}

fn read_list(value: &Value, perhaps: bool, rules: &mut Vec<Rule>, more: &mut bool) {
    let Value::Array(elements) = value else {
        *more |= *value != Value::Null;
        return;
    };
    for element in elements {
        match (element, read_rule(element, perhaps)) {
            (_, Some(rule)) => rules.push(rule),
            (Value::Null | Value::Bool(false), None) => {}
            _ => *more = true,
        }
    }
}

fn read_rule(value: &Value, perhaps: bool) -> Option<Rule> {
    let Value::Object(members) = value else { return None };
    let source = value.get("source")?.as_str()?;
    // A spread behind the source may hold another one.
    let place = |name: &str| members.iter().rposition(|(member, _)| member == name);
    if place(SPREAD) > place("source") {
        return None;
    }
    let destination = value.get("destination").and_then(Value::as_str).filter(|_| place(SPREAD) < place("destination"));
    let empty = |name: &str| matches!(value.get(name), None | Some(Value::Null)) && place(SPREAD).is_none();
    let without_base_path = match value.get("basePath") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(false)) => true,
        Some(_) => return None,
    };
    Some(Rule {
        source: source.to_owned(),
        destination: destination.unwrap_or_default().to_owned(),
        to: destination.map_or(Destination::Unknown, Destination::parse),
        conditional: perhaps || !empty("has") || !empty("missing"),
        without_base_path,
        from: Source::parse(source)?,
    })
}

#[cfg(test)]
mod tests;
