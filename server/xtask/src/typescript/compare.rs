//! Two answers to one question, and why they differ. A class is a rule about the two answers and
//! the imports of the file that was asked about, nothing else; what no rule explains says so.

use super::imports::Import;
use super::landing::Landing;

/// How two answers stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same places.
    Equal,
    /// Both answer, and differ.
    Different(Class),
    /// Only we answer.
    OnlyOurs,
    /// Only TypeScript does.
    OnlyTypeScript,
    /// Neither does.
    Neither,
}

/// Why two answers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Ours is TypeScript's first place; it adds the signature that the call resolves to, which
    /// stands in the wrapper or its types.
    Signature,
    /// TypeScript stays at an import that only `baseUrl` resolves: TypeScript 7 has no such option,
    /// Next.js has.
    BaseUrl,
    /// TypeScript stays at the import: it finds no module behind the specifier.
    Unresolved,
    /// TypeScript's first place is the name that `const { a } = await import('…')` binds.
    Dynamic,
    /// The same declaration, another part of it.
    Part,
    /// No rule explains it.
    Unexplained,
}

impl Class {
    /// In one word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::BaseUrl => "baseUrl",
            Self::Unresolved => "unresolved",
            Self::Dynamic => "dynamic",
            Self::Part => "part",
            Self::Unexplained => "unexplained",
        }
    }
}

/// Compares the answers to a question in `file`, which holds `imports`.
pub fn compare(file: &str, imports: &[Import], ours: &[Landing], theirs: &[Landing]) -> Verdict {
    match (ours.first(), theirs.first()) {
        (None, None) => Verdict::Neither,
        (Some(_), None) => Verdict::OnlyOurs,
        (None, Some(_)) => Verdict::OnlyTypeScript,
        (Some(_), Some(_)) if same(ours, theirs) => Verdict::Equal,
        (Some(first), Some(second)) => Verdict::Different(class(file, imports, ours, theirs, (first, second))),
    }
}

fn same(ours: &[Landing], theirs: &[Landing]) -> bool {
    ours.len() == theirs.len() && ours.iter().all(|place| theirs.contains(place))
}

fn class(
    file: &str,
    imports: &[Import],
    ours: &[Landing],
    theirs: &[Landing],
    (first, second): (&Landing, &Landing),
) -> Class {
    let binding = |place: &Landing, dynamic: bool| {
        let on = |import: &&Import| (import.lines.0 as u64..=import.lines.1 as u64).contains(&place.line);
        let mut kind = imports.iter().filter(|import| import.dynamic == dynamic);
        (place.file == file).then(|| kind.find(on)).flatten()
    };
    let stays = theirs.iter().all(|place| binding(place, false).is_some());
    if ours.iter().all(|place| theirs.contains(place)) && first == second {
        Class::Signature
    } else if stays && binding(second, false).is_some_and(|import| is_below_a_base(&import.specifier, &first.file)) {
        Class::BaseUrl
    } else if stays {
        Class::Unresolved
    } else if binding(second, true).is_some() {
        Class::Dynamic
    } else if first.file == second.file && first.line == second.line {
        Class::Part
    } else {
        Class::Unexplained
    }
}

/// Whether a specifier is the end of the file's path as it stands.
fn is_below_a_base(specifier: &str, file: &str) -> bool {
    let path = file.rsplit_once('.').map_or(file, |(path, _)| path);
    let path = path.strip_suffix("/index").unwrap_or(path);
    !specifier.starts_with('.') && format!("/{path}").ends_with(&format!("/{specifier}"))
}

#[cfg(test)]
mod tests {
    use super::super::imports::imports;
    use super::*;

    #[test]
    fn verdicts_and_classes() {
        let at = |file: &str, line| Landing { file: file.into(), line, columns: (1, 5) };
        let found = imports("import { save } from '@x/y';\nconst { drop } = await import('./z');\n");
        let verdict = |ours: &[Landing], theirs: &[Landing]| compare("a.ts", &found, ours, theirs);
        let one = [at("b.ts", 3)];
        assert_eq!(verdict(&one, &one), Verdict::Equal);
        assert_eq!(verdict(&one, &[]), Verdict::OnlyOurs);
        assert_eq!(verdict(&[], &one), Verdict::OnlyTypeScript);
        assert_eq!(verdict(&[], &[]), Verdict::Neither);
        let different = |theirs: &[Landing]| match verdict(&one, theirs) {
            Verdict::Different(class) => class.word(),
            _ => "no difference",
        };
        assert_eq!(different(&[at("b.ts", 3), at("wrapper.ts", 9)]), "signature");
        assert_eq!(different(&[at("wrapper.ts", 9), at("b.ts", 3)]), "unexplained");
        assert_eq!(different(&[at("a.ts", 1)]), "unresolved");
        assert_eq!(different(&[at("a.ts", 2)]), "dynamic");
        assert_eq!(different(&[at("a.ts", 2), at("b.ts", 3)]), "dynamic");
        assert_eq!(different(&[Landing { columns: (7, 9), ..at("b.ts", 3) }]), "part");
        assert_eq!(different(&[at("a.ts", 7)]), "unexplained");
        assert!(is_below_a_base("app/x/actions", "apps/web/app/x/actions.ts"));
        assert!(is_below_a_base("lib", "lib/index.ts"));
        assert!(!is_below_a_base("@x/app", "packages/app.ts"));
        assert!(!is_below_a_base("./b", "b.ts"));
    }
}
