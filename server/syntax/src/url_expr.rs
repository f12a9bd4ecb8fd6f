//! URL expressions as data: literal text, holes, joins and choices, free of any tree. The names
//! that this file binds to constants are already folded in; what it can't know is a hole.

/// What stands in a place whose text is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HoleKind {
    /// `process.env.X`, `env.X`, `location.origin`, `req.nextUrl.origin`: an origin when it leads.
    Base,
    /// `encodeURIComponent(…)`: never holds a slash.
    Encoded,
    /// Anything else.
    Unknown,
}

/// An expression that yields text.
#[derive(Clone, Debug, PartialEq)]
pub enum UrlExpr {
    /// Known text.
    Text(Box<str>),
    /// Text that is not known; `source` is the expression, shortened.
    Hole {
        /// As written.
        source: Box<str>,
        /// What is known all the same.
        kind: HoleKind,
    },
    /// One after the other.
    Join(Vec<UrlExpr>),
    /// One of them.
    Either(Vec<UrlExpr>),
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

/// Hosts that are this machine: in a URL written out, an application's own.
pub const OWN_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "0.0.0.0"];

/// At most this many alternatives are kept: beyond it nobody reads a list of candidates.
const MOST_ALTERNATIVES: usize = 24;

impl UrlExpr {
    /// Every text that the expression can yield, as pieces; neighbouring texts are joined.
    #[must_use]
    pub fn alternatives(&self) -> Vec<Vec<Piece>> {
        match self {
            Self::Text(t) if t.is_empty() => vec![vec![]],
            Self::Text(t) => vec![vec![Piece::Text(t.to_string())]],
            Self::Hole { source, kind } => vec![vec![Piece::Hole { source: source.clone(), kind: *kind }]],
            Self::Either(options) => {
                let mut all: Vec<Vec<Piece>> = vec![];
                for option in options.iter().flat_map(Self::alternatives) {
                    if all.len() < MOST_ALTERNATIVES && !all.contains(&option) {
                        all.push(option);
                    }
                }
                all
            }
            Self::Join(parts) => {
                let mut all: Vec<Vec<Piece>> = vec![vec![]];
                for part in parts {
                    let tails = part.alternatives();
                    let mut next = Vec::with_capacity(all.len() * tails.len());
                    'full: for head in &all {
                        for tail in &tails {
                            if next.len() >= MOST_ALTERNATIVES {
                                break 'full;
                            }
                            let mut joined = head.clone();
                            tail.iter().for_each(|piece| push(&mut joined, piece.clone()));
                            next.push(joined);
                        }
                    }
                    all = next;
                }
                all
            }
        }
    }

    /// The expression's text where all of it is known.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(t) => Some(t),
            _ => None,
        }
    }
}

fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Text(before)), Piece::Text(after)) => before.push_str(&after),
        (_, piece) => pieces.push(piece),
    }
}
