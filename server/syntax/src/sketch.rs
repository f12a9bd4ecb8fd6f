//! What a scan of the bytes tells of a file without parsing it (design, invariant 5: text before
//! trees). A sketch never misses what a parse would find; it may name more.
//!
//! Names are kept as 32-bit hashes: a collision costs one parse, never an answer.

use memchr::{memchr_iter, memmem};

use crate::value::OWN_HOSTS;

/// A hash of a name in a sketch.
pub type NameHash = u32;

/// Hashes a name the way sketches do.
#[must_use]
pub const fn name_hash(name: &str) -> NameHash {
    bytes_hash(name.as_bytes())
}

/// A hash of a name together with the module it is imported from: its stem or its package.
#[must_use]
pub fn import_hash(module: NameHash, name: NameHash) -> NameHash {
    module.rotate_left(13).wrapping_mul(0x9e37_79b1) ^ name
}

const fn bytes_hash(bytes: &[u8]) -> NameHash {
    // FNV-1a: names are short, and the value must not depend on the machine.
    let (mut hash, mut rest) = (0x811c_9dc5_u32, bytes);
    while let [byte, more @ ..] = rest {
        hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
        rest = more;
    }
    hash
}

/// The result of a byte scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The text holds `use server` in quotes.
    pub use_server: bool,
    /// The names that the module specifiers give to modules ([`module_names`]). Sorted, each once.
    pub modules: Box<[NameHash]>,
    /// What import and re-export lists name, each with the name of the module it is taken from
    /// ([`import_hash`]): names, `default`, and `*` where all of a module may be meant. Sorted, each once.
    pub imports: Box<[NameHash]>,
    /// The first segments of what looks like a path from the root (`api` for `"/api/x"`,
    /// `` `/api/${id}` ``, `${base}/api`, `http://localhost:3000/api`). Sorted, each once.
    pub paths: Box<[NameHash]>,
}

impl Sketch {
    /// Scans a file.
    #[must_use]
    pub fn new(text: &[u8]) -> Self {
        let (modules, imports) = modules(text);
        Self {
            use_server: memmem::find_iter(text, "use server").any(|at| {
                let before = at.checked_sub(1).and_then(|b| text.get(b));
                matches!(before, Some(b'"' | b'\''))
            }),
            modules,
            imports,
            paths: paths(text),
        }
    }

    /// Whether one of these names may be imported (hashes of [`import_hash`]).
    #[must_use]
    pub fn may_import_name(&self, names: &rustc_hash::FxHashSet<NameHash>) -> bool {
        self.imports.iter().any(|n| names.contains(n))
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
    ["tsx", "ts", "jsx", "js", "mjs", "cjs", "mts", "cts"]
        .iter()
        .find_map(|extension| last.strip_suffix(extension)?.strip_suffix('.'))
        .unwrap_or(last)
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

/// The names that a specifier gives to a module: its last segment ([`module_stem`]), and a package's
/// whole name where it is nothing more (`@shop/catalog`, but not of `@shop/catalog/actions`, which ends
/// in a file's own name or in one that the package's `exports` tell).
pub fn module_names(specifier: &str) -> impl Iterator<Item = NameHash> {
    let stem = module_stem(specifier);
    let package = package_of(specifier).filter(|p| *p != stem && p.len() == specifier.trim_end_matches('/').len());
    std::iter::once(stem).chain(package).map(name_hash)
}

fn modules(text: &[u8]) -> (Box<[NameHash]>, Box<[NameHash]>) {
    let mut modules = vec![];
    let mut imports = vec![];
    let mut names = vec![];
    // `from '…'`, `import '…'`, `import('…')`, `require('…')`
    for keyword in ["from", "import", "require"] {
        for at in memmem::find_iter(text, keyword) {
            let rest = text.get(at + keyword.len()..).unwrap_or_default();
            let Some(specifier) = quoted(rest) else { continue };
            names.clear();
            if keyword == "from" {
                listed_before(text.get(..at).unwrap_or_default(), &mut names);
            } else {
                names.push(name_hash("*"));
            }
            for module in module_names(specifier) {
                modules.push(module);
                imports.extend(names.iter().map(|name| import_hash(module, *name)));
            }
        }
    }
    (sorted(modules), sorted(imports))
}

/// The words of the list that stands before `from`; `default` and `*` where there is none, or more
/// than a list.
fn listed_before(text: &[u8], names: &mut Vec<NameHash>) {
    const LONGEST_LIST: usize = 16 * 1024;
    let end = text.iter().rposition(|b| !b.is_ascii_whitespace()).map_or(0, |at| at + 1);
    let head = text.get(end.saturating_sub(LONGEST_LIST)..end).unwrap_or_default();
    let is_word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | 0x80..);
    let list = head.strip_suffix(b"}").and_then(|inner| {
        let open = memchr::memrchr(b'{', inner)?;
        let list = inner.get(open + 1..)?;
        // Braces in a comment, names in quotes or with escapes, spaces that aren't ASCII: more than words.
        let is_plain = memchr::memchr3(b'}', b'"', b'\'', list).is_none() && memchr::memchr(b'\\', list).is_none();
        (is_plain && list.is_ascii()).then_some((inner, open))
    });
    let Some((inner, open)) = list else {
        names.push(name_hash("default"));
        // `import * as api from`, `export * from`, comments
        let before = head.get(..head.iter().rposition(|b| !is_word(b)).map_or(0, |at| at + 1)).unwrap_or_default();
        let before = before.trim_ascii_end();
        if !before.ends_with(b"import") && !before.ends_with(b"import type") {
            names.push(name_hash("*"));
        }
        return;
    };
    let words = inner.get(open + 1..).unwrap_or_default().split(|b| !is_word(b)).filter(|w| !w.is_empty());
    names.extend(words.map(bytes_hash));
    // `import api, { more } from`
    let before = inner.get(..open).unwrap_or_default().trim_ascii_end();
    if !before.ends_with(b"import") && !before.ends_with(b"export") && !before.ends_with(b"type") {
        names.push(name_hash("default"));
    }
}

/// How far the string after a keyword is looked for, and the longest specifier.
const REACH: usize = 512;

/// The string that follows, behind white space, comments and one parenthesis.
fn quoted(rest: &[u8]) -> Option<&str> {
    let rest = rest.get(..rest.len().min(2 * REACH))?;
    let mut at = 0;
    let mut parenthesis = false;
    let quote = loop {
        match rest.get(at)? {
            b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c => at += 1,
            // a no-break space, a byte order mark
            0xc2 if rest.get(at + 1) == Some(&0xa0) => at += 2,
            0xef if rest.get(at + 1..at + 3) == Some(&[0xbb, 0xbf]) => at += 3,
            b'(' if !parenthesis => {
                parenthesis = true;
                at += 1;
            }
            b'/' => at = skip_comment(rest, at)?,
            quote @ (b'"' | b'\'') => break *quote,
            _ => return None,
        }
        if at > REACH {
            return None;
        }
    };
    let body = rest.get(at + 1..)?;
    let end = memchr::memchr2(quote, b'\n', body)?;
    std::str::from_utf8(body.get(..end)?).ok()
}

/// `import(/* webpackChunkName: "x" */ './x')`, `from // why ⏎ './x'`
fn skip_comment(rest: &[u8], at: usize) -> Option<usize> {
    let (end, comment) = match rest.get(at + 1)? {
        b'*' => ("*/", at + 2),
        b'/' => ("\n", at + 2),
        _ => return None,
    };
    memmem::find(rest.get(comment..)?, end.as_bytes()).map(|found| comment + found + end.len())
}

/// The hashes of [`Sketch::paths`] alone.
pub(crate) fn paths(text: &[u8]) -> Box<[NameHash]> {
    let mut found = vec![];
    for at in memchr_iter(b'/', text) {
        let before = at.checked_sub(1).and_then(|b| text.get(b)).copied().unwrap_or(b' ');
        // Behind a quote or a hole a path begins; behind a letter or digit it can be a host's.
        let begins = match before {
            b'"' | b'\'' | b'`' => true,
            b'}' => !is_behind_host_hole(text, at),
            b if b.is_ascii_alphanumeric() => is_behind_own_host(text, at),
            _ => false,
        };
        if !begins {
            continue;
        }
        let segment = segment(text.get(at + 1..).unwrap_or_default(), before);
        if !segment.is_empty() {
            let hash = bytes_hash(segment);
            if found.last() != Some(&hash) {
                found.push(hash);
            }
        }
    }
    sorted(found)
}

/// The longest name of a folder, in bytes, on the disks that people use.
const LONGEST_SEGMENT: usize = 255;

/// A segment ends at the next one, at a query, a hash, a hole, white space, or where its text ends:
/// at the quote that opened it, if that one is known.
fn segment(rest: &[u8], before: u8) -> &[u8] {
    let rest = rest.get(..rest.len().min(LONGEST_SEGMENT + 1)).unwrap_or_default();
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'/' | b'?' | b'#' => true,
        b'"' | b'\'' | b'`' => *byte == before || !matches!(before, b'"' | b'\'' | b'`'),
        b'$' => rest.get(at + 1) == Some(&b'{') && !matches!(before, b'"' | b'\''),
        byte => *byte <= b' ',
    };
    match rest.iter().enumerate().position(ends) {
        Some(end) => rest.get(..end).unwrap_or_default(),
        None if rest.len() > LONGEST_SEGMENT => &[],
        None => rest,
    }
}

/// Whether the slash at `at` ends `://localhost` or another host of this machine's own: paths on
/// other hosts are none of the application's.
fn is_behind_own_host(text: &[u8], at: usize) -> bool {
    let window = text.get(at.saturating_sub(32)..at).unwrap_or_default();
    let Some(scheme) = memmem::rfind(window, b"://") else { return false };
    let host = window.get(scheme + 3..).unwrap_or_default();
    let name = host.split(|b| *b == b':').next().unwrap_or_default();
    OWN_HOSTS.iter().any(|own| own.as_bytes() == name)
}

/// Whether the hole that ends before `at` is a foreign host's name: `https://${site}/`.
fn is_behind_host_hole(text: &[u8], at: usize) -> bool {
    let window = text.get(at.saturating_sub(128)..at).unwrap_or_default();
    memmem::rfind(window, b"${").is_some_and(|hole| window.get(..hole).is_some_and(|before| before.ends_with(b"://")))
}

fn sorted(mut hashes: Vec<NameHash>) -> Box<[NameHash]> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.into()
}
