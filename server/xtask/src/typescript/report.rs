//! What a repository's comparison came to, and the table of all.

use super::compare::{Class, Verdict};
use std::collections::BTreeMap;

/// A repository's row.
#[derive(Default)]
pub struct Row {
    /// `owner/name`
    pub name: String,
    /// Questions that both servers were asked.
    pub asked: usize,
    /// The same places.
    pub equal: usize,
    /// Other places, by class.
    pub different: BTreeMap<Class, usize>,
    /// Only we answered.
    pub only_ours: usize,
    /// Only TypeScript answered.
    pub only_typescript: usize,
    /// Neither did.
    pub neither: usize,
    /// A server gave no answer in time.
    pub failed: usize,
    /// Ours that no import is behind, and the listing's without a name on its line: not asked.
    pub left_out: usize,
}

impl Row {
    /// Counts one question.
    pub fn add(&mut self, verdict: Option<Verdict>) {
        self.asked += 1;
        match verdict {
            Some(Verdict::Equal) => self.equal += 1,
            Some(Verdict::Different(class)) => *self.different.entry(class).or_default() += 1,
            Some(Verdict::OnlyOurs) => self.only_ours += 1,
            Some(Verdict::OnlyTypeScript) => self.only_typescript += 1,
            Some(Verdict::Neither) => self.neither += 1,
            None => self.failed += 1,
        }
    }

    fn cells(&self) -> Vec<String> {
        let classes: Vec<String> =
            self.different.iter().map(|(class, count)| format!("{count} {}", class.word())).collect();
        let different = if classes.is_empty() { "0".to_owned() } else { classes.join(", ") };
        let mut cells = vec![self.name.clone(), self.asked.to_string(), self.equal.to_string(), different];
        let rest = [self.only_ours, self.only_typescript, self.neither + self.failed, self.left_out];
        cells.extend(rest.map(|count| count.to_string()));
        cells
    }
}

fn total(rows: &[Row]) -> Row {
    let mut total = Row { name: "all".to_owned(), ..Row::default() };
    for row in rows {
        total.asked += row.asked;
        total.equal += row.equal;
        for (class, count) in &row.different {
            *total.different.entry(*class).or_default() += count;
        }
        total.only_ours += row.only_ours;
        total.only_typescript += row.only_typescript;
        total.neither += row.neither;
        total.failed += row.failed;
        total.left_out += row.left_out;
    }
    total
}

/// The heading's cells, and one list of cells a row with a question, the totals last.
pub fn table(rows: &[Row]) -> Vec<Vec<String>> {
    let heading =
        ["repository", "asked", "equal", "different", "only ours", "only TypeScript", "unanswered", "left out"];
    let mut lines = vec![heading.map(str::to_owned).to_vec()];
    lines.extend(rows.iter().filter(|row| row.asked > 0).map(Row::cells));
    lines.push(total(rows).cells());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_row_adds_up() {
        let mut row = Row { name: "a/b".into(), left_out: 2, ..Row::default() };
        row.add(Some(Verdict::Equal));
        row.add(Some(Verdict::Different(Class::Part)));
        row.add(None);
        let lines = table(&[row, Row::default()]);
        assert_eq!(lines[2], ["all", "3", "1", "1 part", "0", "0", "1", "2"]);
        assert!(lines.iter().all(|line| line.len() == lines[0].len()));
    }
}
