//! Source, short enough for a line: signatures cut between parameters or tokens, chains by their ends,
//! values in one kind of quotes.

use syntax::facts::Signature;

/// So many characters of source fit on a line.
const LONGEST: usize = 76;

/// `(id: string, data: FormData): Promise<State>`, as much of it as fits.
pub(super) fn signature(signature: &Signature) -> String {
    let mut all = String::new();
    for (index, parameter) in signature.parameters.iter().enumerate() {
        let parameter = whole(&folded(parameter), LONGEST);
        let between = if index == 0 { "" } else { ", " };
        if index > 0 && all.chars().count() + between.len() + parameter.chars().count() > LONGEST {
            all.push_str(", …");
            break;
        }
        all.push_str(between);
        all.push_str(&parameter);
    }
    match &signature.returns {
        Some(returns) if all.len() + returns.len() < LONGEST => format!("({all}): {returns}"),
        _ => format!("({all})"),
    }
}

/// A type, as much of it as fits.
pub(super) fn of_type(source: &str) -> String {
    whole(&folded(source), LONGEST)
}

/// Without the commas that stand before a closing bracket where source is broken into lines.
fn folded(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for letter in source.chars() {
        if matches!(letter, '}' | ')' | ']') {
            let before = out.trim_end();
            if let Some(without) = before.strip_suffix(',') {
                let space = if letter == '}' { " " } else { "" };
                out = format!("{}{space}", without.trim_end());
            }
        }
        out.push(letter);
    }
    out
}

/// Cut behind a whole token where it is too long, or was cut already; what is open is closed.
fn whole(source: &str, longest: usize) -> String {
    let was_cut = source.ends_with('…');
    if !was_cut && source.chars().count() <= longest {
        return source.to_owned();
    }
    let kept: String = source.trim_end_matches('…').chars().take(longest).collect();
    // at a comma, or else at a space: between two tokens in either case
    let at = kept.rfind(", ").map(|at| at + 1).or_else(|| kept.rfind(' ')).unwrap_or(kept.len());
    let kept = kept.get(..at).unwrap_or_default().trim_end();
    let mut open = vec![];
    let mut before = ' ';
    for letter in kept.chars() {
        match letter {
            '{' => open.push(" }"),
            '(' => open.push(")"),
            '[' => open.push("]"),
            '<' => open.push(">"),
            '>' if before == '=' => {}
            '}' | ')' | ']' | '>' => {
                open.pop();
            }
            _ => {}
        }
        before = letter;
    }
    let closing: String = open.into_iter().rev().collect();
    format!("{kept} …{closing}")
}

/// `actionClient…action` of `actionClient.metadata().inputSchema().action`: whose it is and what ends it.
pub(super) fn chain(wrapper: &str) -> String {
    let (mut depth, mut dots) = (0_u32, vec![]);
    for (at, letter) in wrapper.char_indices() {
        match letter {
            '(' | '<' | '[' | '{' => depth += 1,
            ')' | '>' | ']' | '}' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => dots.push(at),
            _ => {}
        }
    }
    match (dots.first(), dots.last()) {
        (Some(first), Some(last)) if first < last => {
            let ends = (wrapper.get(..*first), wrapper.get(last + 1..));
            format!("{}…{}", ends.0.unwrap_or_default(), ends.1.unwrap_or_default())
        }
        _ => wrapper.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(parameters: &[&str], returns: Option<&str>) -> String {
        let parameters = parameters.iter().map(|p| (*p).into()).collect();
        signature(&Signature { parameters, returns: returns.map(Into::into), ..Signature::default() })
    }

    #[test]
    fn signatures() {
        assert_eq!(
            shown(&["id: string", "data: FormData"], Some("Promise<void>")),
            "(id: string, data: FormData): Promise<void>"
        );
        assert_eq!(shown(&["{ ctx, parsedInput, }"], None), "({ ctx, parsedInput })");
        assert_eq!(
            shown(
                &["{ ctx: { userId, logger }, parsedInput: { first, second, }, rest, another, yetAnother, last…"],
                None
            ),
            "({ ctx: { userId, logger }, parsedInput: { first, second }, rest, another, … })"
        );
        assert_eq!(
            shown(&["state: SubmissionResult<string[]> | null", "formData: FormData", "somethingElse: SomeType"], None),
            "(state: SubmissionResult<string[]> | null, formData: FormData, …)"
        );
        assert_eq!(
            shown(
                &["input: Map<string, (a: number) => Promise<Array<{ id: string; name: string; other: string }>>>"],
                None
            ),
            "(input: Map<string, …>)"
        );
        assert_eq!(
            shown(&["withoutAnyPlaceToCutIt: AnExtremelyLongNameOfATypeThatNobodyShouldEverWriteInAnyProgram"], None),
            "(withoutAnyPlaceToCutIt: …)"
        );
    }

    #[test]
    fn chains() {
        assert_eq!(chain("actionClient.metadata().inputSchema().action"), "actionClient…action");
        assert_eq!(chain("createClient({ a: 1.5 }).action"), "createClient({ a: 1.5 }).action");
        assert_eq!(chain("withAuth"), "withAuth");
    }
}
