//! The rate limits that the headers of Front's responses report.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderValue};

use super::timestamp::Timestamp;
use crate::generated::service::{
    BURST_LIMIT_HEADER, BURST_REMAINING_HEADER, RATE_LIMIT_HEADER,
    RATE_LIMIT_REMAINING_HEADER, RATE_LIMIT_RESET_HEADER,
};

/// What is left of the company's rate limit, according to the headers of a response.
///
/// A field is `None` where its header is missing or is not a number. A negative number is read as 0. Of several
/// values, the most restrictive one is used. The rate limit belongs to the company: other programs and other
/// tokens use it too.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RateLimitHeaders {
    /// The calls that a window allows (`x-ratelimit-limit`).
    pub limit: Option<u32>,
    /// The calls that remain in this window (`x-ratelimit-remaining`).
    pub remaining: Option<u32>,
    /// When the next window begins, by Front's clock (`x-ratelimit-reset`).
    pub reset: Option<Timestamp>,
    /// The additional calls that a burst allows (`x-ratelimit-burst-limit`).
    pub burst_limit: Option<u32>,
    /// The additional calls that remain (`x-ratelimit-burst-remaining`).
    pub burst_remaining: Option<u32>,
}

impl RateLimitHeaders {
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        read(headers).0
    }
}

/// Reads the headers. Also returns whether `x-ratelimit-remaining` was negative.
fn read(headers: &HeaderMap) -> (RateLimitHeaders, bool) {
    let mut rates = RateLimitHeaders::default();
    let mut negative = false;
    // One pass over all headers is faster than a lookup for each name, which hashes the name.
    for (name, value) in headers {
        let name = name.as_str();
        let count = match name {
            RATE_LIMIT_HEADER => &mut rates.limit,
            RATE_LIMIT_REMAINING_HEADER => &mut rates.remaining,
            RATE_LIMIT_RESET_HEADER => {
                let moment = values(value).filter_map(seconds).max();
                rates.reset = rates.reset.max(moment);
                continue;
            }
            BURST_LIMIT_HEADER => &mut rates.burst_limit,
            BURST_REMAINING_HEADER => &mut rates.burst_remaining,
            _ => continue,
        };
        // A gateway may repeat a header, or join its values: the smallest value counts.
        let known = std::mem::take(count);
        let read = values(value).filter_map(number).min();
        let least = known.map(i64::from).into_iter().chain(read).min();
        negative |=
            name == RATE_LIMIT_REMAINING_HEADER && least.is_some_and(|least| least < 0);
        // At least 0, and at most what `number` reads, which fits.
        *count = least.and_then(|least| u32::try_from(least.max(0)).ok());
    }
    (rates, negative)
}

/// Returns the values of a header without their parameters. A gateway may have joined them with commas.
fn values(value: &HeaderValue) -> impl Iterator<Item = &str> {
    let values = value.to_str().unwrap_or_default().split(',');
    values.map(|value| value.split(';').next().unwrap_or_default().trim())
}

/// Reads a number and drops its fraction. Anything else is invalid.
fn number(text: &str) -> Option<i64> {
    // The cast is exact within these bounds.
    Some(finite(text)?.floor().clamp(-1.0, f64::from(u32::MAX)) as i64)
}

/// Reads seconds since 1970.
fn seconds(text: &str) -> Option<Timestamp> {
    let seconds = finite(text).filter(|seconds| *seconds >= 0.0)?;
    // Not negative, and the cast saturates.
    Some(Timestamp::from_millis((seconds * 1000.0) as i64))
}

/// Reads a number that is neither infinite nor `NaN`.
fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// What the rate limiter uses of a response.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RateSignals {
    pub(crate) rates: RateLimitHeaders,
    /// Whether the number of remaining calls was negative and is reported as 0: a mistake, or an overdrawn
    /// budget.
    pub(crate) negative: bool,
    /// The `date` header in whole seconds since 1970, by Front's clock.
    pub(crate) date: Option<u64>,
    /// Whether the call succeeded. If so, Front has counted it, whatever the headers report.
    pub(crate) counted: bool,
    /// Set for a 429.
    pub(crate) refused: Option<Refused>,
}

/// A call that was rejected because of too many requests (429).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused {
    /// The wait that Front requested.
    pub(crate) wait: Option<Duration>,
    /// Whether the operation's own rate limit was reached (`x-front-tier`), and not that of the company.
    pub(crate) operation_limit: bool,
}

impl RateSignals {
    pub(crate) fn read(status: StatusCode, headers: &HeaderMap) -> Self {
        let (rates, negative) = read(headers);
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
        let since =
            date.and_then(|date| date.duration_since(std::time::UNIX_EPOCH).ok());
        Self {
            rates,
            negative,
            date: since.map(|since| since.as_secs()),
            counted: status.is_success(),
            refused: None,
        }
    }

    /// Returns whether the response reports nothing about the limits, like the responses of gateways.
    pub(crate) fn is_silent(&self) -> bool {
        self.rates == RateLimitHeaders::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signals(name: &'static str, values: &[&str]) -> RateSignals {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, HeaderValue::from_str(value).expect("a header"));
        }
        RateSignals::read(StatusCode::OK, &headers)
    }

    #[test]
    fn reads_numbers_and_nothing_else() {
        for (values, remaining) in [
            (&["7"][..], Some(7)),
            (&[" 7 "], Some(7)),
            (&["7.9"], Some(7)),
            (&["007"], Some(7)),
            (&["1e3"], Some(1000)),
            (&["4294967296"], Some(u32::MAX)),
            (&["99999999999999999999999"], Some(u32::MAX)),
            // Joined, repeated, with a parameter: the smallest counts.
            (&["0, 0"], Some(0)),
            (&["7, 5"], Some(5)),
            (&["9", "5"], Some(5)),
            (&["5", "9"], Some(5)),
            (&["0;w=60"], Some(0)),
            (&["7;w=60, 8;w=1"], Some(7)),
            (&["7, NaN"], Some(7)),
            (&["", "7"], Some(7)),
            // Unreadable.
            (&[""], None),
            (&[" "], None),
            (&["NaN"], None),
            (&["inf"], None),
            (&["infinity"], None),
            (&["0x7"], None),
            (&["seven"], None),
            (&["-"], None),
            (&["."], None),
            (&["7-"], None),
            (&["7 calls"], None),
            (&["remaining=7"], None),
            (&["\"7\""], None),
        ] {
            let signals = signals("x-ratelimit-remaining", values);
            assert_eq!(signals.rates.remaining, remaining, "{values:?}");
            assert!(!signals.negative, "{values:?}");
            assert_eq!(signals.is_silent(), remaining.is_none());
        }
        assert!(signals("x-other", &["7"]).is_silent());
    }

    #[test]
    fn a_negative_number_is_zero() {
        for values in [&["-1"][..], &["-0.5"], &["3, -1"], &["3", "-1"], &["-1;w=60"]] {
            let signals = signals("x-ratelimit-remaining", values);
            assert_eq!((signals.rates.remaining, signals.negative), (Some(0), true));
        }
        assert!(!signals("x-ratelimit-burst-remaining", &["-1"]).negative);
    }

    #[test]
    fn reads_the_reset_time() {
        let reset = |values: &[&str]| signals("x-ratelimit-reset", values).rates.reset;
        assert_eq!(reset(&["1000.25"]), Some(Timestamp::from_millis(1_000_250)));
        // The latest one allows the least.
        assert_eq!(reset(&["5, 7"]), Some(Timestamp::from_secs(7)));
        assert_eq!(reset(&["7", "5"]), Some(Timestamp::from_secs(7)));
        for none in ["", "-1", "NaN", "inf", "soon"] {
            assert_eq!(reset(&[none]), None, "{none}");
        }
    }
}
