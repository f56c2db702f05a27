//! The wait that Front requests before the next attempt.

use std::time::{Duration, SystemTime};

/// The longest accepted wait. A longer one is a mistake, and must not block a program forever.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The parts of an error response that may contain a wait, in the order of precedence.
#[derive(Clone, Copy, Default)]
pub(crate) struct Hints<'a> {
    /// The `retry-after` header: seconds, or a date.
    pub(crate) retry_after: Option<&'a str>,
    /// The `date` header. It is preferred to the clock of this machine, which may be wrong.
    pub(crate) date: Option<&'a str>,
    /// Front's message: `.. Please retry in 341 milliseconds.`
    pub(crate) message: Option<&'a str>,
}

/// Returns the requested wait, at most one day. `None` where the response does not contain one.
pub(crate) fn requested_wait(hints: Hints<'_>, now: SystemTime) -> Option<Duration> {
    let header = hints.retry_after.map(str::trim).and_then(|text| {
        seconds(text).or_else(|| {
            let date = hints.date.and_then(|date| httpdate::parse_http_date(date).ok());
            let until = httpdate::parse_http_date(text).ok()?;
            // A date in the past means no wait.
            Some(until.duration_since(date.unwrap_or(now)).unwrap_or_default())
        })
    });
    let wait = header.or_else(|| milliseconds(hints.message?))?;
    Some(wait.min(LONGEST))
}

fn seconds(text: &str) -> Option<Duration> {
    let seconds: f64 = text.parse().ok()?;
    // A number that is too large for a `Duration` is above the limit.
    (seconds >= 0.0).then(|| Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST))
}

/// Returns the number in `retry in 341 milliseconds`.
fn milliseconds(message: &str) -> Option<Duration> {
    let (_, rest) = message.split_once("retry in ")?;
    let (number, unit) = rest.split_once(' ')?;
    let unit = unit.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    if unit != "milliseconds" && unit != "millisecond" {
        return None;
    }
    seconds(number).map(|wait| wait / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

    fn wait(hints: Hints<'_>) -> Option<f64> {
        let now = httpdate::parse_http_date(DATE).expect("a date");
        requested_wait(hints, now).map(|wait| wait.as_secs_f64())
    }

    fn after(retry_after: &str) -> Option<f64> {
        wait(Hints { retry_after: Some(retry_after), ..Hints::default() })
    }

    fn in_message(message: &str) -> Option<f64> {
        wait(Hints { message: Some(message), ..Hints::default() })
    }

    #[test]
    fn reads_seconds() {
        assert_eq!(after("20"), Some(20.0));
        assert_eq!(after(" 1.5 "), Some(1.5));
        assert_eq!(after("0"), Some(0.0));
        for none in ["", "soon", "-1", "NaN"] {
            assert_eq!(after(none), None, "{none}");
        }
    }

    #[test]
    fn reads_dates_by_the_clock_of_the_server() {
        let later = "Sun, 06 Nov 1994 08:50:07 GMT";
        assert_eq!(after(later), Some(30.0));
        assert_eq!(after("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0.0));
        let hints = |date| Hints { retry_after: Some(later), date, message: None };
        assert_eq!(wait(hints(Some("Sun, 06 Nov 1994 08:50:00 GMT"))), Some(7.0));
        assert_eq!(wait(hints(Some("today"))), Some(30.0));
    }

    #[test]
    fn falls_back_to_the_message() {
        let sentence = "Rate limit exceeded. Please retry in 341 milliseconds.";
        assert_eq!(in_message(sentence), Some(0.341));
        assert_eq!(in_message("retry in 1 millisecond"), Some(0.001));
        for none in
            ["retry in a while", "retry in 5 minutes", "retry in 5", "5 milliseconds"]
        {
            assert_eq!(in_message(none), None, "{none}");
        }
        let both = |retry_after| Hints {
            retry_after: Some(retry_after),
            date: None,
            message: Some(sentence),
        };
        assert_eq!(wait(both("2")), Some(2.0));
        assert_eq!(wait(both("soon")), Some(0.341));
    }

    #[test]
    fn the_wait_is_at_most_one_day() {
        let far = SystemTime::UNIX_EPOCH + 365 * 100 * LONGEST;
        let far = httpdate::fmt_http_date(far);
        for long in ["90000", "1e300", "inf", far.as_str()] {
            assert_eq!(after(long), Some(86_400.0), "{long}");
        }
        assert_eq!(in_message("retry in 99999999999 milliseconds"), Some(86_400.0));
    }
}
