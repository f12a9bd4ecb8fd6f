//! The App Router's trees: which files under `app/` make up each page. A page brings along the
//! layouts, templates and boundaries of all folders above it, and of each slot beside its way the
//! slot's own page or its `default` (`createTreeCodeFromPath` in
//! build/webpack/loaders/next-app-loader/index.ts, `loader_tree` in crates/next-core/src/app_structure.rs).

use crate::{Version, app_path::normalize};

/// What a file does in the trees of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Page,
    /// Wraps or replaces every page below its folder: `layout`, `template`, `loading`, `error` …
    Around,
    Default,
    /// `global-error`: in every page.
    Everywhere,
    /// `global-not-found`: in the page of that name alone.
    NowhereElse,
}

#[derive(Clone, Debug)]
struct Placed<T> {
    /// `/(shop)/@modal/cart`: the folder below `app`, empty for `app` itself.
    dir: String,
    part: Part,
    file: T,
    /// Of pages: the route.
    url: String,
}

/// All pages of an App Router and what they are made of. `T` stands for a file.
#[derive(Clone, Debug)]
pub struct AppTree<T> {
    release: Version,
    pages: Vec<Placed<T>>,
    others: Vec<Placed<T>>,
}

/// The route of what Next shows where no page is found.
pub const NOT_FOUND: &str = "/_not-found";

/// Metadata that is code is part of the pages below, too: its answers are named in their heads. Of
/// these names may be several (`icon1`).
const IMAGES: [&str; 4] = ["icon", "apple-icon", "opengraph-image", "twitter-image"];

/// Whether a page stands in for another one, shown over the page that is there: `/feed/(.)photo`.
fn is_intercepting(url: &str) -> bool {
    url.contains("/(.")
}

/// Whether people can go to a page's route: not to what is shown where no page is found, nor to a page
/// that only stands in for another one.
#[must_use]
pub fn is_address(url: &str) -> bool {
    url != NOT_FOUND && !is_intercepting(url)
}

impl<T: Copy + PartialEq> AppTree<T> {
    /// An empty one, under a release's rules.
    #[must_use]
    pub const fn new(release: Version) -> Self {
        Self { release, pages: vec![], others: vec![] }
    }

    /// Adds a file by its path below the app directory (with `/`), told to be a part of trees by
    /// `stem`, its name without the extension. Anything else is passed over.
    pub fn add(&mut self, path: &str, stem: &str, file: T) {
        let part = match stem {
            "page" => Part::Page,
            "layout" | "template" | "loading" | "error" | "not-found" => Part::Around,
            "forbidden" | "unauthorized" if self.release.major >= 15 => Part::Around,
            image if IMAGES.contains(&image.trim_end_matches(|c: char| c.is_ascii_digit())) => Part::Around,
            "default" => Part::Default,
            "global-error" => Part::Everywhere,
            "global-not-found" => Part::NowhereElse,
            _ => return,
        };
        // As in `app_file`: private folders hold no parts, and `%5F` is an underscore.
        if path.split('/').any(|part| part.starts_with('_')) {
            return;
        }
        let dir = path.rsplit_once('/').map_or(String::new(), |(dir, _)| format!("/{}", dir.replace("%5F", "_")));
        let url = normalize(&dir);
        let list = if part == Part::Page { &mut self.pages } else { &mut self.others };
        list.push(Placed { dir, part, file, url });
    }

    /// Every file of the trees with the routes of the pages that it is a part of, each once, sorted.
    pub fn parts(&self) -> impl Iterator<Item = (T, Vec<&str>)> {
        self.pages.iter().chain(&self.others).map(|placed| {
            let mut urls = self.pages_of(placed);
            urls.sort_unstable();
            urls.dedup();
            (placed.file, urls)
        })
    }

    fn pages_of<'t>(&'t self, placed: &'t Placed<T>) -> Vec<&'t str> {
        let below = |dir: &'t str| self.pages.iter().filter(move |page| is_below(&page.dir, dir));
        match placed.part {
            Part::Page => vec![&placed.url],
            Part::Around => {
                let mut urls: Vec<&str> = below(&placed.dir).map(|page| page.url.as_str()).collect();
                // `/_not-found` is made of the root's files.
                urls.extend(placed.dir.is_empty().then_some(NOT_FOUND));
                urls
            }
            Part::Everywhere => self.pages.iter().map(|page| page.url.as_str()).chain([NOT_FOUND]).collect(),
            Part::NowhereElse => vec![NOT_FOUND],
            Part::Default => {
                let (above, name) = placed.dir.rsplit_once('/').unwrap_or_default();
                if name.starts_with('@') {
                    // Where the slot has no page of its own for a route.
                    let own: Vec<&str> = below(&placed.dir).map(|page| page.url.as_str()).collect();
                    below(above).map(|page| page.url.as_str()).filter(|url| !own.contains(url)).collect()
                } else {
                    // Where only a slot has a page for a route.
                    let is_in_slot =
                        |page: &Placed<T>| page.dir.get(placed.dir.len()..).is_some_and(|rest| rest.starts_with("/@"));
                    let own: Vec<&str> =
                        below(&placed.dir).filter(|page| !is_in_slot(page)).map(|page| page.url.as_str()).collect();
                    // From 16 on an intercepting page is shown over the one that is there, not beside a default.
                    let stands_alone = |page: &Placed<T>| self.release.major < 16 || !is_intercepting(&page.url);
                    below(&placed.dir)
                        .filter(|page| is_in_slot(page) && !own.contains(&page.url.as_str()) && stands_alone(page))
                        .map(|page| page.url.as_str())
                        .collect()
                }
            }
        }
    }
}

/// Whether a folder is another one or lies below it.
fn is_below(dir: &str, above: &str) -> bool {
    dir.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line a file: its pages.
    fn parts(paths: &[&'static str]) -> String {
        parts_in(Version::LATEST, paths)
    }

    fn parts_in(release: Version, paths: &[&'static str]) -> String {
        let mut tree = AppTree::new(release);
        for path in paths {
            let name = path.rsplit('/').next().unwrap_or(path);
            tree.add(path, name.split('.').next().unwrap_or(name), *path);
        }
        let mut lines: Vec<String> = tree.parts().map(|(file, urls)| format!("{file}: {}\n", urls.join(" "))).collect();
        lines.sort();
        lines.concat()
    }

    #[test]
    fn files_around_pages() {
        expect_test::expect![[r#"
            (shop)/cart/page.tsx: /cart
            (shop)/layout.tsx: /cart /sale
            (shop)/sale/loading.tsx: /sale
            (shop)/sale/page.tsx: /sale
            about/[id]/page.tsx: /about/[id]
            about/error.tsx: /about/[id]
            global-error.tsx: / /_not-found /about/[id] /cart /sale
            layout.tsx: / /_not-found /about/[id] /cart /sale
            not-found.tsx: / /_not-found /about/[id] /cart /sale
            page.tsx: /
        "#]]
        .assert_eq(&parts(&[
            "layout.tsx",
            "page.tsx",
            "not-found.tsx",
            "global-error.tsx",
            "(shop)/layout.tsx",
            "(shop)/cart/page.tsx",
            "(shop)/sale/page.tsx",
            "(shop)/sale/loading.tsx",
            "about/error.tsx",
            "about/[id]/page.tsx",
            "about/_lib/layout.tsx",
            "api/x/route.ts",
        ]));
    }

    #[test]
    fn slots() {
        expect_test::expect![[r#"
            board/@team/default.tsx: /board/billing
            board/@team/layout.tsx: /board /board/members
            board/@team/members/page.tsx: /board/members
            board/@team/page.tsx: /board
            board/billing/page.tsx: /board/billing
            board/default.tsx: /board/members
            board/layout.tsx: /board /board/billing /board/members
            board/page.tsx: /board
        "#]]
        .assert_eq(&parts(&[
            "board/layout.tsx",
            "board/page.tsx",
            "board/default.tsx",
            "board/billing/page.tsx",
            "board/@team/layout.tsx",
            "board/@team/page.tsx",
            "board/@team/members/page.tsx",
            "board/@team/default.tsx",
        ]));
    }

    /// Measured on next 14.2.35, 15.5.29 and 16.4.6: `workers` of actions that only such a file imports.
    #[test]
    fn releases() {
        let files = [
            "feed/page.tsx",
            "feed/default.tsx",
            "feed/forbidden.tsx",
            "feed/icon1.tsx",
            "feed/photo/[id]/page.tsx",
            "feed/@modal/default.tsx",
            "feed/@modal/(.)photo/[id]/page.tsx",
        ];
        let old = parts_in(Version::new(14, 2, 35), &files);
        expect_test::expect![[r#"
            feed/@modal/(.)photo/[id]/page.tsx: /feed/(.)photo/[id]
            feed/@modal/default.tsx: /feed /feed/photo/[id]
            feed/default.tsx: /feed/(.)photo/[id]
            feed/icon1.tsx: /feed /feed/(.)photo/[id] /feed/photo/[id]
            feed/page.tsx: /feed
            feed/photo/[id]/page.tsx: /feed/photo/[id]
        "#]]
        .assert_eq(&old);
        let new = parts_in(Version::LATEST, &files);
        let changed: String = new.lines().filter(|l| !old.lines().any(|o| o == *l)).map(|l| format!("{l}\n")).collect();
        expect_test::expect![[r#"
            feed/default.tsx: 
            feed/forbidden.tsx: /feed /feed/(.)photo/[id] /feed/photo/[id]
        "#]]
        .assert_eq(&changed);
    }
}
