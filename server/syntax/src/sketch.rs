//! What a scan of the bytes tells of a file without parsing it (design, invariant 5: text before
//! trees). A sketch never misses what a parse would find; it may name more.
//!
//! Names are kept as 32-bit hashes: a collision costs one parse, never an answer.

use memchr::{memchr_iter, memmem};

/// A hash of a name in a sketch.
pub type NameHash = u32;

/// Hashes a name the way sketches do.
#[must_use]
pub fn name_hash(name: &str) -> NameHash {
    bytes_hash(name.as_bytes())
}

fn bytes_hash(bytes: &[u8]) -> NameHash {
    // FNV-1a: names are short, and the value must not depend on the machine.
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The result of a byte scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The text holds `use server` in quotes.
    pub use_server: bool,
    /// The last segments of the module specifiers, without extension: `actions` for
    /// `'@/app/actions'`, `./actions.js` and `../actions`. Sorted, each once.
    pub modules: Box<[NameHash]>,
    /// The package names of bare specifiers (`react`, `@shop/catalog`). Sorted, each once.
    pub packages: Box<[NameHash]>,
    /// The first segments of what looks like a path from the root (`api` for `"/api/x"`,
    /// `` `/api/${id}` ``, `${base}/api`, `http://localhost:3000/api`). Sorted, each once.
    pub paths: Box<[NameHash]>,
}

impl Sketch {
    /// Scans a file.
    #[must_use]
    pub fn new(text: &[u8]) -> Self {
        let (modules, packages) = modules(text);
        Self {
            use_server: memmem::find_iter(text, "use server").any(|at| {
                let before = at.checked_sub(1).and_then(|b| text.get(b));
                matches!(before, Some(b'"' | b'\''))
            }),
            modules,
            packages,
            paths: paths(text),
        }
    }

    /// Whether a module specifier may end in one of these names (a sorted list).
    #[must_use]
    pub fn may_import(&self, names: &rustc_hash::FxHashSet<NameHash>) -> bool {
        self.modules.iter().chain(&self.packages).any(|m| names.contains(m))
    }

    /// Whether a path may begin with one of these segments.
    #[must_use]
    pub fn may_name_path(&self, segments: &rustc_hash::FxHashSet<NameHash>) -> bool {
        self.paths.iter().any(|p| segments.contains(p))
    }
}

/// The last segment of a module specifier, without query and extension; what [`Sketch::modules`] holds.
#[must_use]
pub fn module_stem(specifier: &str) -> &str {
    let path = specifier.trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or(path);
    let stem = ["tsx", "ts", "jsx", "js", "mjs", "cjs", "mts", "cts"]
        .iter()
        .find_map(|extension| last.strip_suffix(extension)?.strip_suffix('.'))
        .unwrap_or(last);
    stem
}

/// The package of a bare specifier: `@scope/name` or `name`; `None` for relative and absolute ones.
#[must_use]
pub fn package_of(specifier: &str) -> Option<&str> {
    if specifier.starts_with(['.', '/']) || specifier.is_empty() {
        return None;
    }
    let mut ends = specifier.match_indices('/').map(|(at, _)| at);
    let end = if specifier.starts_with('@') { ends.nth(1) } else { ends.next() };
    specifier.get(..end.unwrap_or(specifier.len()))
}

fn modules(text: &[u8]) -> (Box<[NameHash]>, Box<[NameHash]>) {
    let mut modules = vec![];
    let mut packages = vec![];
    // `from '…'`, `import '…'`, `import('…')`, `require('…')`
    for keyword in ["from", "import", "require"] {
        for at in memmem::find_iter(text, keyword) {
            let rest = text.get(at + keyword.len()..).unwrap_or_default();
            let Some(specifier) = quoted(rest) else { continue };
            modules.push(name_hash(module_stem(specifier)));
            packages.extend(package_of(specifier).map(name_hash));
        }
    }
    (sorted(modules), sorted(packages))
}

/// The string that follows, behind white space, comments are not looked through, and one parenthesis.
fn quoted(rest: &[u8]) -> Option<&str> {
    let mut at = 0;
    let mut parenthesis = false;
    let quote = loop {
        match rest.get(at)? {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'(' if !parenthesis => {
                parenthesis = true;
                at += 1;
            }
            b'/' => at = skip_comment(rest, at)?,
            quote @ (b'"' | b'\'') => break *quote,
            _ => return None,
        }
        if at > 512 {
            return None;
        }
    };
    let body = rest.get(at + 1..)?;
    let end = memchr::memchr2(quote, b'\n', body.get(..body.len().min(512))?)?;
    std::str::from_utf8(body.get(..end)?).ok()
}

/// `import(/* webpackChunkName: "x" */ './x')`
fn skip_comment(rest: &[u8], at: usize) -> Option<usize> {
    if rest.get(at + 1)? != &b'*' {
        return None;
    }
    memmem::find(rest.get(at + 2..)?, b"*/").map(|end| at + 2 + end + 2)
}

fn paths(text: &[u8]) -> Box<[NameHash]> {
    let mut found = vec![];
    for at in memchr_iter(b'/', text) {
        let before = at.checked_sub(1).and_then(|b| text.get(b)).copied().unwrap_or(b' ');
        // Behind a quote or a hole a path begins; behind a letter or digit it can be a host's.
        let begins = match before {
            b'"' | b'\'' | b'`' | b'}' => true,
            b if b.is_ascii_alphanumeric() => is_behind_host(text, at),
            _ => false,
        };
        if !begins {
            continue;
        }
        let rest = text.get(at + 1..).unwrap_or_default();
        let length = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"_.-~%@".contains(b) || *b >= 0x80));
        let segment = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
        if !segment.is_empty() && segment.len() <= 64 {
            let hash = bytes_hash(segment);
            if found.last() != Some(&hash) {
                found.push(hash);
            }
        }
    }
    sorted(found)
}

/// Whether the slash at `at` ends `://host` or `://host:port`.
fn is_behind_host(text: &[u8], at: usize) -> bool {
    let start = at.saturating_sub(80);
    let window = text.get(start..at).unwrap_or_default();
    memmem::rfind(window, b"://")
        .is_some_and(|scheme| window.get(scheme + 3..).unwrap_or_default().iter().all(|b| b.is_ascii_alphanumeric() || b".:-_".contains(b)))
}

fn sorted(mut hashes: Vec<NameHash>) -> Box<[NameHash]> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.into()
}
