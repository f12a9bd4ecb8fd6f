//! What is printed: notes while measuring, then one table of at most 80 columns.

use super::Bench;
use super::budget::Budget;
use super::machine;
use super::stats::Samples;
use serde_json::{Value, json};
use std::fmt::Write;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Time,
    /// MiB.
    Memory,
}

/// One measured figure, with TypeScript 7's beside it.
#[derive(Clone, Debug)]
pub struct Figure {
    row: u8,
    key: &'static str,
    what: &'static str,
    unit: Unit,
    ours: Option<f64>,
    ts7: Option<f64>,
    budget: Budget,
}

impl Figure {
    /// A time of this row of the budget table: `key` for programs, `what` for people.
    pub fn time(row: u8, key: &'static str, what: &'static str) -> Self {
        Self { row, key, what, unit: Unit::Time, ours: None, ts7: None, budget: Budget::default() }
    }

    /// An amount of memory, otherwise as [`Figure::time`].
    pub fn memory(row: u8, key: &'static str, what: &'static str) -> Self {
        Self { unit: Unit::Memory, ..Self::time(row, key, what) }
    }

    /// Routewright's value.
    pub fn ours(self, ours: Option<f64>) -> Self {
        Self { ours, ..self }
    }

    /// TypeScript 7's value.
    pub fn ts7(self, ts7: Option<f64>) -> Self {
        Self { ts7, ..self }
    }

    /// What Routewright's value should be.
    pub fn budget(self, budget: Budget) -> Self {
        Self { budget, ..self }
    }

    fn ratio(&self) -> Option<f64> {
        Some(self.ours? / self.ts7?)
    }

    fn is_over(&self) -> bool {
        self.ours.is_some_and(|ours| self.budget.is_exceeded(ours, self.ts7))
    }

    fn json(&self) -> Value {
        let rounded = |value: f64| (value * 1e4).round() / 1e4;
        json!({
            "row": self.row,
            "key": self.key,
            "unit": match self.unit { Unit::Time => "ms", Unit::Memory => "MiB" },
            "ours": self.ours.map(rounded),
            "ts7": self.ts7.map(rounded),
            "ratio": self.ratio().map(rounded),
            "budget": self.budget.limit,
            "budgetShare": self.budget.share,
            "over": self.is_over(),
        })
    }
}

/// Says what is measured, and on what.
pub fn heading(bench: &Bench<'_>, machine: &Value) {
    println!("{}", bench.dir.display());
    for server in [&bench.ours, &bench.ts7].into_iter().flatten() {
        println!("{} ({}): {} {}", server.name, server.version, server.program.display(), server.args.join(" "));
    }
    let text = |key: &str| match &machine[key] {
        Value::String(text) => text.clone(),
        Value::Null => "?".to_owned(),
        other => other.to_string(),
    };
    println!("{} cores, {}, {} {}, load {}", text("cores"), text("cpu"), text("os"), text("arch"), text("load"),);
}

/// Says which row comes now, and how busy the machine is: a row measured under load says little.
pub fn row(number: u8, what: &str) {
    let load = machine::load().map_or(String::new(), |load| format!(" (load {load})"));
    println!("row {number}: {what}{load}");
}

/// A remark under the row.
pub fn note(remark: &str) {
    println!("  {remark}");
}

/// A remark on the spread of one server's runs.
pub fn spread(server: &str, times: &Samples) {
    let [fastest, middle, slowest] = [times.min(), times.median(), times.max()].map(|time| amount(Unit::Time, time));
    note(&format!("{server}: {fastest} at best, {middle} in the middle, {slowest} at worst"));
}

/// Every figure beside TypeScript 7's and the budget; an exclamation mark where it is above it.
pub fn table(figures: &[Figure]) -> String {
    let mut table = format!(
        "{:<31}{:>11}{:>13}{:>8}  {}\n{}\n",
        "",
        "routewright",
        "TypeScript 7",
        "ratio",
        "budget",
        "─".repeat(80)
    );
    let mut last_row = None;
    for figure in figures {
        let number = if last_row == Some(figure.row) { " ".to_owned() } else { figure.row.to_string() };
        last_row = Some(figure.row);
        let value = |value: Option<f64>| value.map_or("–".to_owned(), |v| amount(figure.unit, v));
        let line = format!(
            "{number} {:<29}{:>11}{:>13}{:>8}  {}{}",
            figure.what,
            value(figure.ours),
            value(figure.ts7),
            figure.ratio().map_or("–".to_owned(), ratio),
            limits(figure.unit, figure.budget),
            if figure.is_over() { " !" } else { "" },
        );
        // Writing to a string can't fail.
        writeln!(table, "{}", line.trim_end()).ok();
    }
    table
}

/// The same figures for programs, in one line.
pub fn json(bench: &Bench<'_>, machine: &Value, figures: &[Figure]) -> Value {
    let version = |server: &Option<super::Server>| server.as_ref().map(|s| s.version.clone());
    json!({
        "version": 1,
        "workspace": bench.dir.file_name().map(|name| name.to_string_lossy()),
        "routewright": version(&bench.ours),
        "typescript": version(&bench.ts7),
        "machine": machine,
        "figures": figures.iter().map(Figure::json).collect::<Vec<_>>(),
    })
}

/// A value with its unit, in three digits or so.
fn amount(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Memory => format!("{value:.0} MiB"),
        Unit::Time if value < 9.995 => format!("{value:.2} ms"),
        Unit::Time if value < 99.95 => format!("{value:.1} ms"),
        Unit::Time if value < 999.5 => format!("{value:.0} ms"),
        Unit::Time => format!("{:.2} s", value / 1e3),
    }
}

fn ratio(ratio: f64) -> String {
    match ratio {
        _ if ratio >= 0.995 => format!("{ratio:.1}×"),
        _ if ratio > 0.1 => format!("1/{:.1}", 1.0 / ratio),
        _ => format!("1/{:.0}", 1.0 / ratio),
    }
}

fn limits(unit: Unit, budget: Budget) -> String {
    let limit = budget.limit.map(|limit| match unit {
        Unit::Time if limit >= 1e3 => format!("≤ {} s", limit / 1e3),
        Unit::Time => format!("≤ {limit} ms"),
        Unit::Memory => format!("≤ {limit} MiB"),
    });
    let share = budget.share.map(|share| format!("≤ 1/{:.0}", 1.0 / share));
    let both: Vec<String> = [limit, share].into_iter().flatten().collect();
    both.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::budget::{FIRST_ANSWER, Workspace};

    #[test]
    fn amounts_keep_about_three_digits() {
        let said = [0.1234, 9.996, 42.04, 123.4, 1234.5].map(|ms| amount(Unit::Time, ms));
        assert_eq!(said, ["0.12 ms", "10.0 ms", "42.0 ms", "123 ms", "1.23 s"]);
    }

    #[test]
    fn the_table_fits_80_columns_and_marks_what_is_over() {
        let figures = [
            Figure::time(1, "first.median", "first hover, median")
                .ours(Some(140.0))
                .ts7(Some(1450.0))
                .budget(FIRST_ANSWER),
            Figure::time(2, "index.server", "index, from initialized")
                .ours(Some(300.0))
                .ts7(Some(1450.0))
                .budget(Workspace::Dub.index()),
            Figure::memory(5, "memory.median", "peak memory").ts7(Some(1752.0)),
        ];
        let table = table(&figures);
        assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
        let over: Vec<bool> = table.lines().skip(2).map(|line| line.ends_with('!')).collect();
        assert_eq!(over, [true, false, false]);
        assert!(table.contains("1/4.8  ≤ 350 ms, ≤ 1/4"), "{table}");
    }
}
