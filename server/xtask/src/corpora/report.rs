//! The table: a row a repository, and the totals.

use super::{Row, Score, families};
use crate::table::aligned;

/// What a cell says of a score: rows found, and how many more we have.
fn cell(score: Score) -> String {
    match score {
        Score { want: 0, more: 0, .. } => "–".to_owned(),
        Score { want, hit, more: 0 } => format!("{hit}/{want}"),
        Score { want, hit, more } => format!("{hit}/{want} +{more}"),
    }
}

/// How much of what the listing has we have, too.
fn share(score: Score) -> String {
    match score.want {
        0 => "–".to_owned(),
        want => format!("{:.1} %", 100.0 * score.hit as f64 / want as f64),
    }
}

fn heading() -> Vec<String> {
    let sites = ["HTTP plain", "HTTP all", "right", "other", "silent", "far", "method", "errata"];
    let asked = ["exit", "stderr", "endpoints", "calls"];
    ["repository"].into_iter().chain(families::NAMES).chain(sites).chain(asked).map(str::to_owned).collect()
}

fn cells(row: &Row) -> Vec<String> {
    let mut cells = vec![row.name.clone()];
    cells.extend(row.families.map(cell));
    let sites = row.sites;
    cells.extend([cell(sites.plain), cell(sites.all), share(sites.all)]);
    cells.extend([sites.otherwise, sites.silent(), sites.far].map(|count| count.to_string()));
    cells.extend([cell(sites.method), row.errata.to_string()]);
    let exits: Vec<String> = row.asked.exits.iter().map(i32::to_string).collect();
    cells.push(if exits.is_empty() { "0".to_owned() } else { exits.join(" ") });
    cells.push(row.asked.stderr.to_string());
    cells.extend(row.asked.wall.map(|wall| format!("{:.2} s", wall.as_secs_f64())));
    cells
}

fn add(to: &mut Score, score: Score) {
    *to = Score { want: to.want + score.want, hit: to.hit + score.hit, more: to.more + score.more };
}

fn total(rows: &[Row]) -> Row {
    let mut total = Row { name: "all".to_owned(), ..Row::default() };
    for row in rows {
        total.families.iter_mut().zip(row.families).for_each(|(to, score)| add(to, score));
        add(&mut total.sites.plain, row.sites.plain);
        add(&mut total.sites.all, row.sites.all);
        total.sites.far += row.sites.far;
        total.sites.otherwise += row.sites.otherwise;
        add(&mut total.sites.method, row.sites.method);
        total.errata += row.errata;
        total.asked.exits.extend(&row.asked.exits);
        total.asked.stderr += row.asked.stderr;
        for (to, wall) in total.asked.wall.iter_mut().zip(row.asked.wall) {
            *to += wall;
        }
    }
    total
}

/// How many columns at the end are times: of this machine, today.
const TIMES: usize = 2;

/// The table, aligned; for Markdown with bars and a rule, and without the times, which don't last.
pub fn table(rows: &[Row], markdown: bool) -> String {
    let mut lines = vec![heading()];
    lines.extend(rows.iter().map(cells));
    lines.push(cells(&total(rows)));
    if markdown {
        lines.iter_mut().for_each(|line| line.truncate(line.len() - TIMES));
    }
    aligned(&lines, markdown)
}

/// The errata by class; nothing where none was of use.
pub fn errata(counts: &[(&str, usize, usize)]) -> String {
    let rows: Vec<String> = counts
        .iter()
        .map(|(class, rows, out)| format!("{class} {rows} ({} corrected, {out} left out)", rows - out))
        .collect();
    if rows.is_empty() { String::new() } else { format!("\nErrata: {}.\n", rows.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_and_the_last_row_adds_up() {
        let score = Score { want: 10, hit: 9, more: 1 };
        let row = |name: &str| Row { name: name.to_owned(), families: [score; 5], ..Row::default() };
        let text = table(&[row("a/b"), row("owner/name")], false);
        let lengths: Vec<usize> = text.lines().map(|line| line.chars().count()).collect();
        assert!(lengths.iter().all(|length| *length == lengths[0]), "{text}");
        assert!(text.lines().last().unwrap().contains("18/20 +2"), "{text}");
        assert!(table(&[row("a/b")], true).lines().nth(1).unwrap().starts_with("|---|--:|"));
    }
}
