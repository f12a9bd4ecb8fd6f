//! `--sample N --seed S`: answers that are not certain, drawn at random, each beside its source, so
//! that somebody can read whether the target is what the code means.

use super::answer::{self, Call};
use super::listing::Which;
use std::fs;
use std::path::Path;

/// Lines of source before and behind the one of the answer.
const AROUND: (usize, usize) = (3, 3);

/// Draws and prints: every repository gets its share, and one at least.
pub fn print(binary: &Path, which: &Which, count: usize, seed: u64) -> anyhow::Result<()> {
    let mut strata = Vec::new();
    for listing in which.listings()? {
        let dir = which.checkout(&listing);
        let mut calls = answer::ask(binary, &dir)?.calls;
        calls.retain(|call| matches!(call.certainty.as_str(), "pattern" | "ambiguous"));
        strata.push((listing.repo, dir, calls));
    }
    let sizes: Vec<usize> = strata.iter().map(|(_, _, calls)| calls.len()).collect();
    let mut random = Random(seed);
    let mut number = 0;
    for ((repo, dir, mut calls), share) in strata.into_iter().zip(shares(&sizes, count)) {
        for at in 0..share {
            let other = at + random.below(calls.len() - at);
            calls.swap(at, other);
        }
        calls.truncate(share);
        calls.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        for call in &calls {
            number += 1;
            println!("{number}. {repo} {}", shown(&dir, call));
        }
    }
    println!("{number} of {} answers, seed {seed}", sizes.iter().sum::<usize>());
    Ok(())
}

fn shown(dir: &Path, call: &Call) -> String {
    let method = call.method.as_deref().unwrap_or("?");
    let url = call.url.as_deref().unwrap_or("(action)");
    let mut text =
        format!("{}:{}:{} {} {method} {url} {}\n", call.file, call.line, call.column, call.kind, call.certainty);
    let source = fs::read_to_string(dir.join(&call.file)).unwrap_or_default();
    let line = call.line as usize;
    for (index, content) in source.lines().enumerate().skip((line - 1).saturating_sub(AROUND.0)) {
        if index + 1 > line + AROUND.1 {
            break;
        }
        let mark = if index + 1 == line { '>' } else { ' ' };
        text += &format!("  {mark}| {}\n", content.trim_end());
    }
    for target in &call.targets {
        let method = target.method.as_deref().unwrap_or("*");
        text += &format!("  -> {method} {}:{} {}\n", target.file, target.line, target.name);
    }
    text
}

/// How many of `count` each stratum gets: in proportion to its size, one at least where it has any,
/// never more than it has.
fn shares(sizes: &[usize], count: usize) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    let mut shares: Vec<usize> =
        sizes.iter().map(|size| (count * size / all.max(1)).max(usize::from(*size > 0)).min(*size)).collect();
    // What rounding left over goes to the largest, what it gave too much comes from there.
    let count = count.min(all);
    loop {
        let given: usize = shares.iter().sum();
        let largest = match given.cmp(&count) {
            std::cmp::Ordering::Equal => return shares,
            std::cmp::Ordering::Less => (0..sizes.len()).max_by_key(|at| sizes[*at] - shares[*at]),
            std::cmp::Ordering::Greater => (0..sizes.len()).max_by_key(|at| shares[*at]),
        };
        match largest {
            Some(at) if given < count => shares[at] += 1,
            Some(at) => shares[at] -= 1,
            None => return shares,
        }
    }
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_repository_gets_a_share() {
        assert_eq!(shares(&[90, 10, 0, 1], 10), [8, 1, 0, 1]);
        assert_eq!(shares(&[2, 1], 10), [2, 1]);
        assert_eq!(shares(&[1, 1, 1], 2).iter().sum::<usize>(), 2);
        assert_eq!(shares(&[0, 0], 5), [0, 0]);
    }

    #[test]
    fn a_seed_draws_the_same() {
        let draw = |seed| {
            let mut random = Random(seed);
            (0..20).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert!(draw(7).iter().all(|number| *number < 1000));
    }
}
