//! What was checked, and what came of it.

use std::fmt;
use std::time::Duration;

/// The checks of one editor.
#[derive(Debug, Default)]
pub struct Report {
    /// What was fine.
    pub passed: usize,
    /// What wasn't, as it was printed.
    pub failed: Vec<String>,
    /// From opening the first file to the first hover that says something.
    pub first_hover: Option<Duration>,
}

impl Report {
    /// One more check; it is printed at once.
    pub fn check(&mut self, what: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => {
                println!("  ok    {what}");
                self.passed += 1;
            }
            Err(why) => {
                let line = if why.is_empty() { what.to_owned() } else { format!("{what}: {why}") };
                println!("  FAIL  {line}");
                self.failed.push(line);
            }
        }
    }

    /// The same of something that is so or not.
    pub fn is(&mut self, what: &str, so: bool) {
        self.check(what, if so { Ok(()) } else { Err(String::new()) });
    }

    /// Reads a line that a driver inside an editor printed; others are passed on.
    pub fn read(&mut self, line: &str) {
        if let Some(what) = line.strip_prefix("ok   ") {
            self.check(what, Ok(()));
        } else if let Some(what) = line.strip_prefix("FAIL ") {
            let (what, why) = what.split_once("  [").unwrap_or((what, ""));
            self.check(what, Err(why.trim_end_matches(']').to_owned()));
        } else if let Some(taken) = line.strip_prefix("time cold start to first hover ") {
            self.first_hover = taken.trim().parse().ok().map(Duration::from_millis);
        } else if !line.trim().is_empty() && line.trim() != "done" {
            println!("        {line}");
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed.len())?;
        match self.first_hover {
            Some(taken) => write!(f, ", first hover {} ms after a cold start", taken.as_millis()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_driver() {
        let mut report = Report::default();
        for line in ["ok   hover", "FAIL undo  [a.ts]", "FAIL back", "time cold start to first hover 120", "done ", ""]
        {
            report.read(line);
        }
        assert_eq!(report.failed, ["undo: a.ts", "back"]);
        assert_eq!(report.to_string(), "1 passed, 2 failed, first hover 120 ms after a cold start");
    }
}
