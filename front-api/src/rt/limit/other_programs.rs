//! What other programs spend of the company's budget, as far as reports show it.

/// Calls of one window.
#[derive(Clone, Copy, Debug, Default)]
struct Spending {
    /// The calls of this process that Front may have counted since the first report of the window, at most.
    ours: u32,
    /// The calls of other programs since that report, at least.
    other_programs: u32,
}

/// What other programs spend of the company's budget.
///
/// What is left decreases with the calls of this process and of other programs. All calls that this process
/// sends within a window are subtracted, whether Front has counted them yet or not. Other programs have
/// certainly spent the remainder, and a program that is alone never detects others.
#[derive(Debug, Default)]
pub(super) struct OtherPrograms {
    /// What the first report of this window left, plus what other programs had certainly spent before.
    first: u32,
    before: u32,
    now: Spending,
    /// The previous window. `None` in the first one.
    last: Option<Spending>,
}

impl OtherPrograms {
    /// Begins a new window with a report that `left` calls are left. Front may count `in_flight` calls of
    /// this process after the report. `before` is the number of calls that other programs have certainly made
    /// before it. `None` where that is unknown, as in the very first window.
    pub(super) fn window(&mut self, left: u32, in_flight: u32, before: Option<u32>) {
        self.last = before.map(|_| self.now);
        self.restart(left, in_flight);
        self.before = before.unwrap_or(0);
        self.now.other_programs = self.before;
    }

    /// Starts over after the limit has changed within a window: what was spent before is no longer known.
    pub(super) fn restart(&mut self, left: u32, in_flight: u32) {
        self.first = left;
        self.before = 0;
        self.now = Spending { ours: in_flight, other_programs: 0 };
    }

    /// Acts as if a window had shown that no other program spends.
    #[cfg(test)]
    pub(super) fn assume_none(&mut self) {
        self.last = Some(Spending { ours: u32::MAX, other_programs: 0 });
    }

    /// Records that this process sends a call.
    pub(super) fn sent(&mut self) {
        self.now.ours = self.now.ours.saturating_add(1);
    }

    /// Records that a call of this process was not sent.
    pub(super) fn unsent(&mut self) {
        self.now.ours = self.now.ours.saturating_sub(1);
    }

    /// Records a report of this window that `left` calls are left.
    pub(super) fn reported(&mut self, left: u32) {
        let spent = self.first.saturating_sub(left);
        let other_programs = self.before + spent.saturating_sub(self.now.ours);
        self.now.other_programs = self.now.other_programs.max(other_programs);
    }

    /// Returns whether other programs spend, in this window or in the previous one.
    pub(super) fn are_there(&self) -> bool {
        self.now.other_programs > 0
            || self.last.is_some_and(|last| last.other_programs > 0)
    }

    /// Returns whether a window with at least `evidence` calls of this process has shown that no other
    /// program spends.
    pub(super) fn are_none(&self, evidence: u32) -> bool {
        let shown = |last: Spending| last.other_programs == 0 && last.ours >= evidence;
        self.now.other_programs == 0 && self.last.is_some_and(shown)
    }

    /// Returns what is reserved for other programs, so that calls do not collide at the end of the budget:
    /// what they spend in a second, plus one.
    pub(super) fn reserve(&self) -> u32 {
        if !self.are_there() {
            return 0;
        }
        let last = self.last.map_or(0, |last| last.other_programs);
        1 + self.now.other_programs.max(last) / 60
    }

    /// Returns this process's share of a limit that other programs use as well: its share of what is spent of
    /// the budget, at least half. Only a part of the other programs' calls is seen, so these count twice.
    pub(super) fn share(&self) -> f64 {
        if !self.are_there() {
            return 1.0;
        }
        let last = self.last.unwrap_or_default();
        let ours = f64::from(self.now.ours) + f64::from(last.ours);
        let other_programs =
            f64::from(self.now.other_programs) + f64::from(last.other_programs);
        (1.0 - 2.0 * other_programs / (ours + other_programs)).max(0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_no_other_program_when_there_is_none() {
        let mut other_programs = OtherPrograms::default();
        other_programs.window(99, 0, None);
        assert!(!other_programs.are_there() && !other_programs.are_none(0));
        for left in (50..99).rev() {
            other_programs.sent();
            other_programs.reported(left);
        }
        assert!(!other_programs.are_there() && !other_programs.are_none(0));
        other_programs.window(99, 3, Some(0));
        assert!(other_programs.are_none(49) && !other_programs.are_none(50));
        assert_eq!((other_programs.reserve(), other_programs.share()), (0, 1.0));
        // Some calls are in flight, and the response to the last one arrives first.
        other_programs.reported(96);
        assert!(other_programs.are_none(49));
    }

    #[test]
    fn calls_of_no_known_origin_belong_to_other_programs() {
        let mut other_programs = OtherPrograms::default();
        other_programs.window(99, 0, None);
        for _ in 0..10 {
            other_programs.sent();
        }
        other_programs.reported(79);
        assert!(other_programs.are_there());
        assert_eq!((other_programs.reserve(), other_programs.share()), (1, 0.5));
        // Calls that use the burst allowance change nothing.
        for _ in 0..30 {
            other_programs.sent();
        }
        other_programs.reported(79);
        assert_eq!(other_programs.share(), 0.6);
        other_programs.window(99, 0, Some(0));
        assert!(other_programs.are_there() && !other_programs.are_none(0));
        other_programs.window(99, 0, Some(0));
        assert!(!other_programs.are_there() && other_programs.are_none(0));
        // Calls before the first report of a window count as well.
        other_programs.window(70, 0, Some(29));
        other_programs.sent();
        other_programs.reported(67);
        assert_eq!(
            (other_programs.are_there(), other_programs.now.other_programs),
            (true, 31)
        );
        // Calls before the very first report are unknown: an earlier run of this program may have made them.
        other_programs.window(3, 0, None);
        assert!(!other_programs.are_there() && !other_programs.are_none(0));
    }
}
