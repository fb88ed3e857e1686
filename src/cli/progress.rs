//! A bar for runs that take long, on a terminal only: indicatif draws nothing on a pipe.

use super::Global;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// From when on a run is long; shorter ones end before anyone could read a bar.
const LONG: Duration = Duration::from_millis(500);

/// How far a run has come, drawn on standard error.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    done: AtomicU64,
}

impl Progress {
    /// `length` is the number of steps to come.
    pub fn new(length: usize, global: &Global) -> Progress {
        let target = if global.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(length as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %") {
            bar.set_style(style);
        }
        Progress { bar, start: Instant::now(), done: AtomicU64::new(0) }
    }

    /// Goes on by so many steps; any thread may say so.
    pub fn advance(&self, steps: usize) {
        let done = self.done.fetch_add(steps as u64, Ordering::Relaxed) + steps as u64;
        if self.start.elapsed() >= LONG {
            self.bar.set_position(done);
        }
    }
}

impl Drop for Progress {
    /// Leaves nothing behind.
    fn drop(&mut self) {
        if self.start.elapsed() >= LONG {
            self.bar.finish_and_clear();
        }
    }
}
