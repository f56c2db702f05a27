//! Small notations: shares, rates, spans of time, days.

use crate::ir::Rate;
use crate::vocabulary::whole_or_zero;

/// Parses a share such as `40%`, from 1 to 100.
pub(super) fn share(text: &str) -> Option<u32> {
    let percent = whole(text.strip_suffix('%')?)?;
    (1..=100).contains(&percent).then_some(percent)
}

/// Parses `second`, `minute`, `hour` or `60 seconds`. Returns seconds.
pub(super) fn seconds(text: &str) -> Option<u32> {
    match text {
        "second" => Some(1),
        "minute" => Some(60),
        "hour" => Some(3600),
        _ => whole(text.strip_suffix(" seconds")?).filter(|seconds| *seconds > 1),
    }
}

/// Parses a rate such as `1 per 3 seconds` or `5 per second`.
pub(super) fn rate(text: &str) -> Option<Rate> {
    let (calls, per) = text.split_once(" per ")?;
    Some(Rate { calls: whole(calls)?, seconds: seconds(per)? })
}

/// Parses a number above 0 that consists of digits.
fn whole(text: &str) -> Option<u32> {
    (!text.starts_with('0')).then(|| whole_or_zero(text))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::is_day;

    #[test]
    fn reads_what_the_spec_writes() {
        assert_eq!(share("40%"), Some(40));
        assert_eq!(seconds("60 seconds"), Some(60));
        assert_eq!(seconds("hour"), Some(3600));
        assert_eq!(rate("1 per 3 seconds"), Some(Rate { calls: 1, seconds: 3 }));
        for text in ["2026-10-31", "2026-04-30", "2024-02-29", "2000-02-29"] {
            assert!(is_day(text), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in ["", "%", "0%", "101%", "+5%", "40", "4.5%", "99999999999%"] {
            assert_eq!(share(text), None, "{text}");
        }
        for text in
            ["", "day", "seconds", "1 seconds", "0 seconds", "03 seconds", "5 minutes"]
        {
            assert_eq!(seconds(text), None, "{text}");
        }
        for text in ["1 per", "per second", "0 per second", "1/second", "1 per  second"]
        {
            assert_eq!(rate(text), None, "{text}");
        }
        for text in [
            "",
            "2026",
            "2026-1-1",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "0000-01-01",
            "2026-01-32",
            "2026-04-31",
            "2023-02-31",
            "2023-02-29",
            "1900-02-29",
            "26-01-01",
            "2026-01-01-01",
        ] {
            assert!(!is_day(text), "{text}");
        }
    }
}
