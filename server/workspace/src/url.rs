//! URLs as they are written in code: segments of text and holes.

use syntax::url_expr::{HoleKind, OWN_HOSTS, Piece};

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
}

impl UrlPattern {
    /// Reads the pieces of a URL expression. `None` when they are no path: empty, another host,
    /// or nothing but a hole.
    #[must_use]
    pub fn new(pieces: &[Piece]) -> Option<Self> {
        let (pieces, based) = without_origin(pieces)?;
        let mut segments: Vec<Vec<Part>> = vec![];
        let mut in_path = false;
        'pieces: for piece in &pieces {
            match piece {
                Piece::Hole { source, kind } => {
                    segments.last_mut()?.push(Part::Hole { source: source.clone(), kind: *kind })
                }
                Piece::Text(text) => {
                    let path = text.split(['?', '#']).next().unwrap_or_default();
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
        segments.retain(|s| !s.is_empty());
        (in_path && !segments.is_empty()).then_some(Self { segments, based })
    }

    /// Without the application's `basePath`, if it begins with it.
    #[must_use]
    pub fn without_base_path(&self, base_path: Option<&str>) -> Option<Self> {
        let base: Vec<&str> = base_path?.split('/').filter(|s| !s.is_empty()).collect();
        let begins = self.segments.len() >= base.len()
            && self.segments.iter().zip(&base).all(|(s, b)| matches!(s.as_slice(), [Part::Text(t)] if t == b));
        (begins && !base.is_empty())
            .then(|| Self { segments: self.segments.iter().skip(base.len()).cloned().collect(), based: self.based })
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

/// Cuts off `http://localhost:3000` and `${origin}`; other hosts are none of ours.
fn without_origin(pieces: &[Piece]) -> Option<(Vec<Piece>, bool)> {
    match pieces {
        [Piece::Text(text), rest @ ..] => {
            let Some(host) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else {
                return Some((pieces.to_vec(), false));
            };
            let at = host.find('/')?;
            let name = host.get(..at)?.split(':').next()?;
            if !OWN_HOSTS.contains(&name) {
                return None;
            }
            let mut own = vec![Piece::Text(host.get(at..)?.to_owned())];
            own.extend_from_slice(rest);
            Some((own, false))
        }
        [Piece::Hole { kind: HoleKind::Base, .. }, rest @ ..] => Some((rest.to_vec(), true)),
        _ => Some((pieces.to_vec(), false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syntax::url_expr::UrlExpr;

    fn shown(parts: &[UrlExpr]) -> Option<String> {
        let pieces = UrlExpr::Join(parts.to_vec()).alternatives();
        UrlPattern::new(pieces.first()?).map(|p| p.shown())
    }

    #[test]
    fn reads_paths() {
        let text = |t: &str| UrlExpr::Text(t.into());
        let hole = |s: &str, kind| UrlExpr::Hole { source: s.into(), kind };
        assert_eq!(shown(&[text("/api/users/?page=1")]).as_deref(), Some("/api/users"));
        assert_eq!(
            shown(&[text("/api/"), hole("id", HoleKind::Unknown), text("/x#y")]).as_deref(),
            Some("/api/{id}/x")
        );
        assert_eq!(shown(&[text("/api/x?"), hole("query", HoleKind::Unknown)]).as_deref(), Some("/api/x"));
        assert_eq!(shown(&[text("http://localhost:3000/api/x")]).as_deref(), Some("/api/x"));
        assert_eq!(shown(&[hole("process.env.URL", HoleKind::Base), text("/api/x")]).as_deref(), Some("/api/x"));
        assert_eq!(shown(&[text("https://api.stripe.com/v1")]), None);
        assert_eq!(shown(&[text("/")]), None);
        assert_eq!(shown(&[hole("url", HoleKind::Unknown)]), None);
    }
}
