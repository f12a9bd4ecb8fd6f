//! Files near a place, as witnesses of how their author writes.

use std::cmp::Ordering;
use std::path::Path;
use std::sync::Arc;

use workspace::{FileId, Snapshot};

/// So many are asked.
const MOST: usize = 32;

/// Texts by nearness: those of one group have the same part of their path in common with the place.
pub(super) struct Near {
    groups: Vec<(usize, Vec<Arc<str>>)>,
}

impl Near {
    /// The nearest of some files that fit.
    pub fn of(snap: &Snapshot, mut files: Vec<FileId>, near: &Path, fits: &dyn Fn(FileId) -> bool) -> Self {
        let shared = |file: FileId| {
            let path = snap.path(file);
            path.components().zip(near.components()).take_while(|(a, b)| a == b).count()
        };
        files.sort_by_cached_key(|file| (std::cmp::Reverse(shared(*file)), snap.path(*file)));
        let mut groups: Vec<(usize, Vec<Arc<str>>)> = vec![];
        for file in files.into_iter().filter(|file| fits(*file)).take(MOST) {
            let Some(text) = snap.text(file) else { continue };
            match groups.last_mut().filter(|(of, _)| *of == shared(file)) {
                Some((_, texts)) => texts.push(text),
                None => groups.push((shared(file), vec![text])),
            }
        }
        Self { groups }
    }

    /// Puts a text in front of all others.
    pub fn led_by(mut self, text: &Arc<str>) -> Self {
        self.groups.insert(0, (usize::MAX, vec![Arc::clone(text)]));
        self
    }

    /// What the nearest say who aren't divided; each text votes for and against.
    pub fn votes(&self, vote: &dyn Fn(&str) -> (usize, usize)) -> Option<bool> {
        self.groups.iter().find_map(|(_, texts)| {
            let all = texts.iter().map(|text| vote(text));
            let (yes, no) = all.fold((0, 0), |(a, b), (yes, no)| (a + yes, b + no));
            match yes.cmp(&no) {
                Ordering::Greater => Some(true),
                Ordering::Less => Some(false),
                Ordering::Equal => None,
            }
        })
    }

    /// Whether one way of writing is seen more often than another.
    pub fn prefers(&self, yes: &[&str], no: &[&str], usual: bool) -> bool {
        let count = |text: &str, words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum();
        self.votes(&|text| (count(text, yes), count(text, no))).unwrap_or(usual)
    }

    /// Which way of writing the nearest show most often who show any; each may be written in two manners.
    pub fn most(&self, ways: &[[&str; 2]]) -> Option<usize> {
        self.groups.iter().find_map(|(_, texts)| {
            let count = |way: &[&str; 2]| -> usize {
                texts.iter().map(|text| way.iter().map(|word| text.matches(word).count()).sum::<usize>()).sum()
            };
            let counts: Vec<usize> = ways.iter().map(count).collect();
            let most = counts.iter().copied().max().filter(|most| *most > 0)?;
            counts.iter().position(|count| *count == most)
        })
    }
}
