//! Texts that are too long for their place.

use unicode_width::UnicodeWidthStr;

const MORE: &str = "…";

/// What of a text goes when it is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shorten {
    /// The middle.
    Middle,
    /// A URL's query, then what stands in its holes, then the middle.
    Url,
    /// All but the end, such as a file's name and line.
    Start,
}

impl Shorten {
    /// The text in at most `width` columns.
    pub fn apply(self, text: &str, width: usize) -> String {
        if text.width() <= width {
            return text.to_owned();
        }
        if self == Self::Url {
            let short = plain_url(text);
            return Self::Middle.apply(&short, width);
        }
        if let Some(short) = segments(text, width) {
            return short;
        }
        let room = width.saturating_sub(MORE.width());
        let front = if self == Self::Middle { head(text, room / 2) } else { "" };
        let short = format!("{front}{MORE}{}", tail(text, room - front.width()));
        head(&short, width).to_owned()
    }
}

/// `/api/{…}?…` of a URL with expressions in its holes.
fn plain_url(text: &str) -> String {
    let mut depth = 0usize;
    let mut short = String::new();
    for letter in text.chars() {
        match letter {
            '{' => {
                depth += 1;
                short.push_str(if depth == 1 { "{…}" } else { "" });
            }
            '}' => depth = depth.saturating_sub(1),
            '?' if depth == 0 => return short + "?" + MORE,
            _ if depth == 0 => short.push(letter),
            _ => {}
        }
    }
    short
}

/// Leaves out whole segments of a path. The end says most; the beginning is shown if it
/// fits beside that. `None` if not even the last segment fits.
fn segments(text: &str, width: usize) -> Option<String> {
    let parts: Vec<&str> = text.split('/').collect();
    let join = |front: usize, back: usize| {
        let (first, last) = (parts.get(..front)?, parts.get(parts.len().checked_sub(back)?..)?);
        let first: String = first.iter().map(|part| format!("{part}/")).collect();
        let short = format!("{first}{MORE}/{}", last.join("/"));
        (front + back < parts.len() && short.width() <= width).then_some(short)
    };
    let wanted = if text.starts_with('/') { [(0, 1), (2, 1), (2, 2)] } else { [(0, 1), (0, 2), (1, 2)] };
    let fits = wanted.into_iter().rev().find(|&(front, back)| join(front, back).is_some());
    let (mut front, mut back) = fits?;
    while join(front, back + 1).is_some() {
        back += 1;
    }
    while front > 0 && join(front + 1, back).is_some() {
        front += 1;
    }
    join(front, back)
}

/// As much of the beginning as `width` columns hold.
pub fn head(text: &str, width: usize) -> &str {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let end = ends.take_while(|&end| text[..end].width() <= width).last().unwrap_or(0);
    &text[..end]
}

fn tail(text: &str, width: usize) -> &str {
    let starts = text.char_indices().rev().map(|(at, _)| at);
    let start = starts.take_while(|&start| text[start..].width() <= width).last().unwrap_or(text.len());
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn shortening() {
        let mut shown = String::new();
        for (text, shorten) in [
            ("apps/web/app/(dashboard)/api/users/[id]/route.ts:12", Shorten::Start),
            ("/api/users/[id]/posts/[post]/likes", Shorten::Middle),
            ("/api/posts/{post.id ?? '/'}/likes?by={user}", Shorten::Url),
            ("createAVeryLongNameIndeed", Shorten::Middle),
            ("日本語のとても長い名前", Shorten::Middle),
        ] {
            for width in [60, 40, 32, 24, 16, 9, 4, 1] {
                shown += &format!("{width:>2} {}\n", shorten.apply(text, width));
            }
        }
        expect![[r#"
            60 apps/web/app/(dashboard)/api/users/[id]/route.ts:12
            40 apps/web/…/api/users/[id]/route.ts:12
            32 apps/…/users/[id]/route.ts:12
            24 apps/…/[id]/route.ts:12
            16 …/route.ts:12
             9 …te.ts:12
             4 …:12
             1 …
            60 /api/users/[id]/posts/[post]/likes
            40 /api/users/[id]/posts/[post]/likes
            32 /api/…/[id]/posts/[post]/likes
            24 /api/…/[post]/likes
            16 /api/…/likes
             9 …/likes
             4 /…es
             1 …
            60 /api/posts/{post.id ?? '/'}/likes?by={user}
            40 /api/posts/{…}/likes?…
            32 /api/posts/{…}/likes?…
            24 /api/posts/{…}/likes?…
            16 /api/…/likes?…
             9 …/likes?…
             4 /…?…
             1 …
            60 createAVeryLongNameIndeed
            40 createAVeryLongNameIndeed
            32 createAVeryLongNameIndeed
            24 createAVery…ngNameIndeed
            16 createA…meIndeed
             9 crea…deed
             4 c…ed
             1 …
            60 日本語のとても長い名前
            40 日本語のとても長い名前
            32 日本語のとても長い名前
            24 日本語のとても長い名前
            16 日本語…長い名前
             9 日本…名前
             4 …前
             1 …
        "#]]
        .assert_eq(&shown);
    }
}
