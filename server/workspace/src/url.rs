//! URLs as they are written in code: segments of text and holes.

use syntax::value::{HoleKind, OWN_HOSTS, Piece};

/// A part of a segment.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Known text.
    Text(String),
    /// Something else.
    Hole {
        /// The expression, shortened.
        source: Box<str>,
        /// What is known of it.
        kind: HoleKind,
    },
}

/// A path with holes; query, fragment and origin are cut off.
#[derive(Clone, Debug, PartialEq)]
pub struct UrlPattern {
    /// Between the slashes; a trailing slash leaves no empty one.
    pub segments: Vec<Vec<Part>>,
    /// It came with an origin that is this application's own as far as one can tell (`${env}/api`).
    pub based: bool,
    /// The origin was the one that the package calls its homepage, where more than the repository's
    /// applications may answer.
    pub at_home: bool,
}

impl UrlPattern {
    /// Reads the pieces of a URL expression. `None` when they are no path: empty, another host,
    /// or nothing but a hole.
    #[must_use]
    pub fn new(pieces: &[Piece]) -> Option<Self> {
        let (pieces, based) = without_origin(pieces)?;
        let mut segments: Vec<Vec<Part>> = vec![];
        let mut in_path = false;
        'pieces: for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Hole { source, kind } => {
                    segments.last_mut()?.push(Part::Hole { source: source.clone(), kind: *kind })
                }
                Piece::Text(text) => {
                    // behind a hole, `&` says that the query began in it: `${url}&page=2`
                    let has_hole = segments.iter().flatten().any(|p| matches!(p, Part::Hole { .. }));
                    let whole = path_in(text, index + 1 < pieces.len());
                    let path = whole.split_once('&').filter(|_| has_hole).map_or(whole, |(before, _)| before);
                    for (index, part) in path.split('/').enumerate() {
                        if index > 0 {
                            segments.push(vec![]);
                            in_path = true;
                        }
                        if !part.is_empty() {
                            segments.last_mut()?.push(Part::Text(part.to_owned()));
                        }
                    }
                    if path.len() < text.len() {
                        break 'pieces;
                    }
                }
            }
        }
        // `/posts/${id ?? ''}/likes`: nobody asks for `/posts//likes`
        let inner = segments.get(1..segments.len().saturating_sub(1)).unwrap_or_default();
        if inner.iter().any(Vec::is_empty) {
            return None;
        }
        segments.retain(|s| !s.is_empty());
        (in_path && !segments.is_empty()).then_some(Self { segments, based, at_home: false })
    }

    /// Reads the pieces of a URL that begins with a host, which is the package's homepage.
    pub(crate) fn at_home(pieces: &[Piece], home: &str) -> Option<Self> {
        let (first, rest) = pieces.split_first()?;
        let Piece::Text(text) = first else { return None };
        let after = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let path = after.strip_prefix(home).filter(|path| path.starts_with('/'))?;
        let mut own = vec![Piece::Text(path.to_owned())];
        own.extend_from_slice(rest);
        Self::new(&own).map(|pattern| Self { based: true, at_home: true, ..pattern })
    }

    /// `/api/${path}` with a parameter of the function around it: all but the first segment is told by
    /// those who call it.
    pub(crate) fn is_left_to_callers(&self) -> bool {
        matches!(self.segments.as_slice(), [_, tail] if matches!(tail.as_slice(), [Part::Hole { kind: HoleKind::Parameter, .. }]))
    }

    /// Without the application's `basePath`, if it begins with it.
    #[must_use]
    pub fn without_base_path(&self, base_path: Option<&str>) -> Option<Self> {
        let base: Vec<&str> = base_path?.split('/').filter(|s| !s.is_empty()).collect();
        let begins = self.segments.len() >= base.len()
            && self.segments.iter().zip(&base).all(|(s, b)| matches!(s.as_slice(), [Part::Text(t)] if t == b));
        (begins && !base.is_empty())
            .then(|| Self { segments: self.segments.iter().skip(base.len()).cloned().collect(), ..self.clone() })
    }

    /// For people: holes as `{expression}`.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut out = String::new();
        for segment in &self.segments {
            out.push('/');
            for part in segment {
                match part {
                    Part::Text(text) => out.push_str(text),
                    Part::Hole { source, .. } => {
                        out.push('{');
                        out.push_str(source);
                        out.push('}');
                    }
                }
            }
        }
        out
    }
}

/// The text up to its query or fragment. Code that adds parameters to what may have some already
/// (`path + (path.includes('?') ? '&' : '?') + query`) leaves a path with `&`, which no one means.
fn path_in(text: &str, goes_on: bool) -> &str {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let Some((before, parameters)) = path.split_once('&') else { return path };
    let begins_parameters = match parameters.split_once('=') {
        Some((name, _)) => !name.contains('/'),
        None => parameters.is_empty() && goes_on && path.len() == text.len(),
    };
    if begins_parameters { before } else { path }
}

/// Cuts off `http://localhost:3000`, `${origin}` and `https://${process.env.HOST}`; other hosts are none
/// of ours. What is left begins with a slash.
fn without_origin(pieces: &[Piece]) -> Option<(Vec<Piece>, bool)> {
    let (authority, scheme_is_own) = match pieces {
        [Piece::Text(text), rest @ ..] => {
            let Some(host) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else {
                return Some((pieces.to_vec(), false));
            };
            let mut authority = vec![Piece::Text(host.to_owned())];
            authority.extend_from_slice(rest);
            (authority, false)
        }
        // `${location.protocol}//${location.host}`
        [Piece::Hole { kind: HoleKind::Base, .. }, Piece::Text(text), rest @ ..]
            if text.strip_prefix(':').unwrap_or(text).starts_with("//") =>
        {
            let host = text.trim_start_matches([':', '/']);
            let mut authority = vec![Piece::Text(host.to_owned())];
            authority.extend_from_slice(rest);
            (authority, true)
        }
        [Piece::Hole { kind: HoleKind::Base | HoleKind::Named, .. }, ..] => (pieces.to_vec(), true),
        _ => return Some((pieces.to_vec(), false)),
    };
    // The authority ends at the first slash.
    let mut host = String::new();
    let (mut holes, mut foreign) = (0, false);
    for (index, piece) in authority.iter().enumerate() {
        match piece {
            // `https://store-${id}.…`: a name made of both is one of somebody's tenants
            Piece::Hole { .. } if index > 0 && !scheme_is_own && is_glued(&authority, index) => return None,
            Piece::Hole { kind: HoleKind::Base, .. } => holes += 1,
            Piece::Hole { kind: HoleKind::Named, .. } if index == 0 => holes += 1,
            // `http://localhost:${port}`
            Piece::Hole { .. } if OWN_HOSTS.iter().any(|own| host.strip_prefix(own) == Some(":")) => {}
            Piece::Hole { .. } => foreign |= !scheme_is_own || holes == 0,
            Piece::Text(text) => {
                let Some(at) = text.find('/') else {
                    host.push_str(text);
                    continue;
                };
                host.push_str(text.get(..at)?);
                let name = host.split(':').next().unwrap_or_default();
                // `api.${process.env.REGION}.example.com` is somebody's, whatever the region
                let ends_elsewhere = index > 0 && text.get(..at)?.contains('.');
                let is_own = if holes == 0 { scheme_is_own || OWN_HOSTS.contains(&name) } else { !ends_elsewhere };
                if !is_own || foreign {
                    return None;
                }
                let mut own = vec![Piece::Text(text.get(at..)?.to_owned())];
                own.extend_from_slice(authority.get(index + 1..).unwrap_or_default());
                return Some((own, holes > 0 || scheme_is_own));
            }
        }
    }
    None
}

/// Whether a name's label is text with the hole behind it.
fn is_glued(authority: &[Piece], hole: usize) -> bool {
    let before = hole.checked_sub(1).and_then(|at| authority.get(at));
    matches!(before, Some(Piece::Text(text)) if text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use syntax::value::Value;

    fn shown(parts: &[Value]) -> Option<String> {
        let pieces = Value::Join(parts.into()).alternatives();
        UrlPattern::new(pieces.first()?).map(|p| p.shown())
    }

    #[test]
    fn reads_paths() {
        let text = |t: &str| Value::Text(t.into());
        let hole = |s: &str, kind| Value::hole(s, kind);
        assert_eq!(shown(&[text("/api/users/?page=1")]).as_deref(), Some("/api/users"));
        assert_eq!(
            shown(&[text("/api/"), hole("id", HoleKind::Unknown), text("/x#y")]).as_deref(),
            Some("/api/{id}/x")
        );
        assert_eq!(shown(&[text("/api/x?"), hole("query", HoleKind::Unknown)]).as_deref(), Some("/api/x"));
        assert_eq!(
            shown(&[text("/api/x/"), hole("id", HoleKind::Unknown), text("&page=1")]).as_deref(),
            Some("/api/x/{id}")
        );
        assert_eq!(shown(&[text("/api/a&b")]).as_deref(), Some("/api/a&b"));
        assert_eq!(shown(&[text("http://localhost:3000/api/x")]).as_deref(), Some("/api/x"));
        assert_eq!(shown(&[hole("process.env.URL", HoleKind::Base), text("/api/x")]).as_deref(), Some("/api/x"));
        assert_eq!(
            shown(&[text("https://"), hole("process.env.HOST", HoleKind::Base), text("/api/x")]).as_deref(),
            Some("/api/x")
        );
        assert_eq!(
            shown(&[
                hole("location.protocol", HoleKind::Base),
                text("//"),
                hole("location.host", HoleKind::Base),
                text("/api/x")
            ])
            .as_deref(),
            Some("/api/x")
        );
        assert_eq!(shown(&[hole("baseUrl", HoleKind::Named), text("/api/x")]).as_deref(), Some("/api/x"));
        assert_eq!(shown(&[text("/api/x&"), hole("query", HoleKind::Unknown)]).as_deref(), Some("/api/x"));
        assert_eq!(shown(&[text("/api/x&page=1")]).as_deref(), Some("/api/x"));
        assert_eq!(shown(&[text("/api/r&d/x")]).as_deref(), Some("/api/r&d/x"));
        assert_eq!(shown(&[text("/api/r&d")]).as_deref(), Some("/api/r&d"));
        assert_eq!(shown(&[text("https://"), hole("site", HoleKind::Unknown), text("/api/x")]), None);
        assert_eq!(shown(&[text("https://api."), hole("region", HoleKind::Unknown), text(".io/api/x")]), None);
        assert_eq!(shown(&[text("https://api.stripe.com/v1")]), None);
        assert_eq!(shown(&[text("/")]), None);
        assert_eq!(shown(&[hole("url", HoleKind::Unknown)]), None);
    }
}
