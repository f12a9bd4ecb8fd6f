//! Samples and what is said of them.

use std::time::Duration;

/// Measured values, sorted. Times are in milliseconds, memory in MiB.
pub struct Samples(Vec<f64>);

impl Samples {
    /// Samples of time.
    pub fn times(times: impl IntoIterator<Item = Duration>) -> Self {
        times.into_iter().map(|time| time.as_secs_f64() * 1e3).collect()
    }

    /// The value below or at which `percent` of the samples lie (nearest rank).
    pub fn percentile(&self, percent: f64) -> f64 {
        let rank = (percent / 100.0 * self.0.len() as f64).ceil() as usize;
        let index = rank.clamp(1, self.0.len().max(1)) - 1;
        self.0.get(index).copied().unwrap_or(f64::NAN)
    }

    /// The middle value.
    pub fn median(&self) -> f64 {
        self.percentile(50.0)
    }

    /// The smallest value.
    pub fn min(&self) -> f64 {
        self.0.first().copied().unwrap_or(f64::NAN)
    }

    /// The greatest value.
    pub fn max(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }
}

impl FromIterator<f64> for Samples {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_take_the_nearest_rank() {
        let samples: Samples = (1..=1000).rev().map(f64::from).collect();
        assert_eq!(samples.min(), 1.0);
        assert_eq!(samples.median(), 500.0);
        assert_eq!(samples.percentile(99.0), 990.0);
        assert_eq!(samples.max(), 1000.0);
    }

    #[test]
    fn one_sample_is_every_percentile() {
        let samples = Samples::times([Duration::from_millis(7)]);
        assert_eq!(samples.median(), 7.0);
        assert_eq!(samples.percentile(99.0), 7.0);
    }
}
