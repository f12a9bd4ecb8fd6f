//! The design's budgets, as data.

use std::path::Path;

/// The most that a figure may be. A budget is shown, never asserted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Budget {
    /// The limit in the figure's own unit.
    pub limit: Option<f64>,
    /// The limit as a share of TypeScript 7's figure.
    pub share: Option<f64>,
}

/// The first right answer, in ms, whatever the workspace's size.
pub const FIRST_ANSWER: Budget = Budget::at_most(100.0);
/// The middle of the warm answers, in ms.
pub const WARM_MEDIAN: Budget = Budget::at_most(0.2);
/// All but the slowest hundredth of the warm answers, in ms.
pub const WARM_P99: Budget = Budget::at_most(2.0);
/// All but the slowest hundredth of the keystrokes, in ms.
pub const KEYSTROKE_P99: Budget = Budget::at_most(5.0);

impl Budget {
    const fn at_most(limit: f64) -> Self {
        Self { limit: Some(limit), share: None }
    }

    /// Is the figure above the budget?
    pub fn is_exceeded(self, ours: f64, ts7: Option<f64>) -> bool {
        let over_share = match (self.share, ts7) {
            (Some(share), Some(ts7)) => ours > ts7 * share,
            _ => false,
        };
        over_share || self.limit.is_some_and(|limit| ours > limit)
    }
}

/// The repositories for which the design names sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workspace {
    /// dubinc/dub.
    Dub,
    /// simstudioai/sim.
    Sim,
    /// Any other: only shares of TypeScript 7 count.
    Other,
}

impl Workspace {
    /// Knows a workspace by the `name` in its root `package.json`.
    pub fn of(dir: &Path) -> Self {
        let text = std::fs::read_to_string(dir.join("package.json")).unwrap_or_default();
        let package: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        match package["name"].as_str() {
            Some("dub-monorepo") => Self::Dub,
            Some("simstudio") => Self::Sim,
            _ => Self::Other,
        }
    }

    /// The whole index with all links, in ms.
    pub fn index(self) -> Budget {
        Budget {
            limit: match self {
                Self::Dub => Some(350.0),
                Self::Sim => Some(2000.0),
                Self::Other => None,
            },
            share: Some(0.25),
        }
    }

    /// Peak memory, in MiB.
    pub fn memory(self) -> Budget {
        Budget {
            limit: match self {
                Self::Dub => Some(80.0),
                Self::Sim => Some(350.0),
                Self::Other => None,
            },
            share: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_has_two_ways_to_be_exceeded() {
        let budget = Workspace::Dub.index();
        assert!(!budget.is_exceeded(300.0, Some(1400.0)));
        assert!(budget.is_exceeded(360.0, Some(1500.0)));
        assert!(budget.is_exceeded(300.0, Some(1000.0)));
        assert!(!Workspace::Other.index().is_exceeded(9e9, None));
    }
}
