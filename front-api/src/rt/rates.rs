//! What Front's answers say about its limits.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, HeaderValue};

use super::timestamp::Timestamp;

/// What is left of the company's budget, as the headers of one answer say it.
///
/// Each part is none where Front did not send its header. The budget is the company's: other programs
/// and other tokens draw on it too.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RateLimits {
    /// Calls that a window allows (`x-ratelimit-limit`).
    pub limit: Option<u32>,
    /// Calls that are left of it (`x-ratelimit-remaining`).
    pub remaining: Option<u32>,
    /// When the next window begins, by Front's clock (`x-ratelimit-reset`).
    pub reset: Option<Timestamp>,
    /// The burst allowance on top of it (`x-ratelimit-burst-limit`).
    pub burst_limit: Option<u32>,
    /// What is left of that (`x-ratelimit-burst-remaining`).
    pub burst_remaining: Option<u32>,
}

impl RateLimits {
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let mut rates = Self::default();
        // Once over all, and not a look-up for each: that hashes each name.
        for (name, value) in headers {
            let Some(what) = name.as_str().strip_prefix("x-ratelimit-") else {
                continue;
            };
            let Some(number) = number(value) else { continue };
            // Not negative, and these casts saturate. Of several the first counts.
            let count = match what {
                "reset" => {
                    let moment = Timestamp::from_millis((number * 1000.0) as i64);
                    rates.reset.get_or_insert(moment);
                    continue;
                }
                "limit" => &mut rates.limit,
                "remaining" => &mut rates.remaining,
                "burst-limit" => &mut rates.burst_limit,
                "burst-remaining" => &mut rates.burst_remaining,
                _ => continue,
            };
            count.get_or_insert(number as u32);
        }
        rates
    }
}

/// A number that is not negative.
fn number(value: &HeaderValue) -> Option<f64> {
    let number: f64 = value.to_str().ok()?.trim().parse().ok()?;
    (number >= 0.0).then_some(number)
}

/// What one answer tells the limiter.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    pub(crate) rates: RateLimits,
    /// The answer's `date`, in seconds since 1970: whole seconds, by Front's clock.
    pub(crate) date: Option<u64>,
    /// What a 429 said.
    pub(crate) refused: Option<Refused>,
}

/// What a 429 said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused {
    /// How long to wait, where it was said.
    pub(crate) wait: Option<Duration>,
    /// Whether a limit of the operation's own refused it (`x-front-tier`), and not the company's budget.
    pub(crate) guard: bool,
}

impl Told {
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
        let since =
            date.and_then(|date| date.duration_since(std::time::UNIX_EPOCH).ok());
        Self {
            rates: RateLimits::read(headers),
            date: since.map(|since| since.as_secs()),
            refused: None,
        }
    }
}
