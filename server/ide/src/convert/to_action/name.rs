//! What the action is called: by what the URL and the method say, and like nothing around it.

use super::{Subject, callers::Caller, input::camel};

/// First words of segments that say what is done.
const VERBS: &str = "accept activate add apply approve archive assign cancel change check clear close complete confirm \
    connect copy create deactivate delete disable disconnect duplicate edit enable export finish \
    generate import invite join leave like login logout mark merge move open pause process publish \
    refresh regenerate register reject remove rename reorder resend reset restore resume revoke rotate \
    run save schedule send set sign signin signout signup start stop submit subscribe switch sync test \
    toggle track transfer trigger unarchive unlike unpublish unsubscribe update upload validate verify \
    vote";

/// Words that name nothing.
const RESERVED: &str = "await break case catch class const continue debugger default delete do else enum export extends \
    false finally for function if implements import in instanceof interface let new null package private \
    protected public return static super switch this throw true try typeof var void while with yield \
    arguments eval async";

pub(super) fn of(subject: &Subject, callers: &[Caller]) -> String {
    let wished = wished(subject.method(), subject.url());
    let texts = || callers.iter().map(|c| &*c.source.text).chain([&*subject.source.text]);
    let is_taken = |name: &str| is_reserved(name) || texts().any(|text| has_word(text, name));
    let with_number = (2..100).map(|n| format!("{wished}{n}"));
    let mut names = [wished.clone(), format!("{wished}Action")].into_iter().chain(with_number);
    names.find(|name| !is_taken(name)).unwrap_or(wished)
}

pub(super) fn wished(method: next::Method, url: &str) -> String {
    let segments: Vec<&str> = url.split('/').filter(|s| !s.is_empty() && *s != "api").collect();
    let is_parameter = |segment: &str| segment.starts_with('[');
    let Some(at) = segments.iter().rposition(|segment| !is_parameter(segment)) else {
        return format!("{}Api", method.as_str().to_lowercase());
    };
    let last = segments.get(at).copied().unwrap_or_default();
    let is_followed = at + 1 < segments.len();
    let first = last.split(['-', '_', '.']).next().unwrap_or_default();
    if VERBS.split(' ').any(|verb| verb == first) && !is_followed {
        let owner = at.checked_sub(1).and_then(|i| segments.get(i)).filter(|s| is_parameter(s));
        let of = owner.and_then(|_| segments.get(at.checked_sub(2)?)).filter(|s| !is_parameter(s));
        return match of {
            Some(of) if first == last => camel(&format!("{last}-{}", singular(of))),
            _ => camel(last),
        };
    }
    let verb = match method {
        next::Method::Put | next::Method::Patch => "update",
        next::Method::Delete => "delete",
        next::Method::Get => "get",
        _ => "post",
    };
    let noun = if is_followed { singular(last) } else { last.to_owned() };
    camel(&format!("{verb}-{noun}"))
}

fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for end in ["sses", "xes", "ches", "shes"] {
        if word.ends_with(end) {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) && !stem.is_empty() => stem.to_owned(),
        _ => word.to_owned(),
    }
}

pub(super) fn is_reserved(name: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || c == '_' || c == '$';
    RESERVED.split(' ').any(|word| word == name) || !name.starts_with(is_start)
}

/// Whether a word stands in a text, as a name.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
        // members and parts of paths are no names
        let is_member = before == Some('.') && !text.get(..at).is_some_and(|t| t.ends_with("..."));
        let is_path = |c: Option<char>| matches!(c, Some('/' | '-' | '\'' | '"' | '`'));
        !is_member && !is_path(before) && !is_path(after) && !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use next::Method::{Delete, Get, Patch, Post, Put};

    use super::wished;

    #[test]
    fn by_method_and_url() {
        for (method, url, expected) in [
            (Post, "/api/create-post", "createPost"),
            (Delete, "/api/users/[id]", "deleteUser"),
            (Patch, "/api/categories/[id]", "updateCategory"),
            (Put, "/api/settings", "updateSettings"),
            (Post, "/api/posts", "postPosts"),
            (Post, "/api/posts/[id]/like", "likePost"),
            (Post, "/api/posts/[id]/comments", "postComments"),
            (Delete, "/api/[id]", "deleteApi"),
            (Post, "/auth/logout", "logout"),
            (Post, "/api/import", "import"),
            (Get, "/api/posts/[id]", "getPost"),
        ] {
            assert_eq!(wished(method, url), expected, "{url}");
        }
    }
}
