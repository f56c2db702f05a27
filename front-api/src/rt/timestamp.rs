//! Front's times: seconds since 1970 as a JSON number, mostly with three decimals.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::number::{self, Number};

mod convert;

/// A point in time: seconds since 1970-01-01 00:00 UTC, exact to the millisecond.
///
/// Front writes some times as `1702309107` and others as `1702309107.123`. A `Timestamp` from Front is serialized
/// as Front wrote it. Two timestamps are equal if they are the same millisecond.
///
/// The features `jiff`, `chrono` and `time` add conversions from and to the types of these crates.
///
/// ```
/// use front_api::Timestamp;
///
/// let seen = Timestamp::from_millis(1_702_309_107_123);
/// assert_eq!(seen.as_secs(), 1_702_309_107);
/// assert_eq!(seen.to_string(), "1702309107.123");
/// ```
#[derive(Clone, Copy)]
pub struct Timestamp(Seconds);

/// Seconds as they are written.
#[derive(Clone, Copy)]
enum Seconds {
    Whole(i64),
    Fraction(f64),
}

impl Timestamp {
    /// Creates a timestamp from whole seconds since 1970.
    #[must_use]
    pub const fn from_secs(seconds: i64) -> Self {
        Self(Seconds::Whole(seconds))
    }

    /// Creates a timestamp from milliseconds since 1970.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        if millis % 1000 == 0 {
            Self(Seconds::Whole(millis / 1000))
        } else {
            Self(Seconds::Fraction(millis as f64 / 1000.0))
        }
    }

    /// Returns the milliseconds since 1970, rounded to the nearest.
    #[must_use]
    pub fn as_millis(self) -> i64 {
        match self.0 {
            Seconds::Whole(seconds) => seconds.saturating_mul(1000),
            // A cast from a float saturates.
            Seconds::Fraction(seconds) => (seconds * 1000.0).round() as i64,
        }
    }

    /// Returns the whole seconds since 1970, rounded down.
    #[must_use]
    pub fn as_secs(self) -> i64 {
        match self.0 {
            Seconds::Whole(seconds) => seconds,
            Seconds::Fraction(_) => self.as_millis().div_euclid(1000),
        }
    }

    /// Returns the current time.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }
}

/// The error of converting a timestamp that is outside the range of the other type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the timestamp is outside the range of the type")
    }
}

impl std::error::Error for OutOfRange {}

/// Rounds down to the millisecond. A time outside the range becomes the nearest time in it.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let millis = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(before) => {
                let millis = before.duration().as_nanos().div_ceil(1_000_000);
                i64::try_from(millis).map_or(i64::MIN, |millis| -millis)
            }
        };
        Self::from_millis(millis)
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = OutOfRange;

    fn try_from(timestamp: Timestamp) -> Result<Self, OutOfRange> {
        let millis = timestamp.as_millis();
        let distance = Duration::from_millis(millis.unsigned_abs());
        let time = if millis < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        };
        time.ok_or(OutOfRange)
    }
}

impl Default for Timestamp {
    fn default() -> Self {
        Self::from_secs(0)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.as_millis() == other.as_millis()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_millis().cmp(&other.as_millis())
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_millis().hash(state);
    }
}

/// Writes the seconds, as they are sent to Front.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Seconds::Whole(seconds) => seconds.fmt(f),
            Seconds::Fraction(seconds) => seconds.fmt(f),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Seconds::Whole(seconds) => serializer.serialize_i64(seconds),
            Seconds::Fraction(seconds) => serializer.serialize_f64(seconds),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = number::read(deserializer, "a time in seconds since 1970")?;
        Ok(Self(match seconds {
            Number::Whole(seconds) => Seconds::Whole(seconds),
            Number::Fraction(seconds) => Seconds::Fraction(seconds),
        }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Timestamp {
        serde_json::from_str(text).expect(text)
    }

    fn written(timestamp: Timestamp) -> String {
        serde_json::to_string(&timestamp).expect("a number")
    }

    #[test]
    fn serializes_as_it_was_read() {
        for text in [
            "1702309107",
            "1702309107.0",
            "1702309107.1",
            "1702309107.123456",
            "-5",
            "0",
        ] {
            assert_eq!(written(read(text)), text);
        }
    }

    #[test]
    fn equal_by_millisecond() {
        assert_eq!(read("1702309107"), read("1702309107.0"));
        assert_eq!(read("1702309107.1"), read("1702309107.1000001"));
        assert!(read("1702309107.001") > read("1702309107"));
        assert_eq!(read("-0.5").as_secs(), -1);
        assert_eq!(read("-0.5").as_millis(), -500);
    }

    #[test]
    fn rejects_invalid_times() {
        for text in ["\"1\"", "18446744073709551615", "true", "{}"] {
            assert!(serde_json::from_str::<Timestamp>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn far_times_do_not_wrap() {
        assert_eq!(Timestamp::from_secs(i64::MAX).as_millis(), i64::MAX);
        assert_eq!(read("1e300").as_millis(), i64::MAX);
    }

    proptest! {
        // Every millisecond from the year 1 to the year 9999.
        #[test]
        fn milliseconds_round_trip(millis in -62_135_596_800_000i64..253_402_300_800_000) {
            let timestamp = Timestamp::from_millis(millis);
            prop_assert_eq!(timestamp.as_millis(), millis);
            let text = written(timestamp);
            prop_assert_eq!(read(&text).as_millis(), millis);
            prop_assert_eq!(written(read(&text)), text);
        }

        #[test]
        fn system_time_round_trips(millis in -62_135_596_800_000i64..253_402_300_800_000) {
            let timestamp = Timestamp::from_millis(millis);
            let time = SystemTime::try_from(timestamp).expect("in range");
            prop_assert_eq!(Timestamp::from(time), timestamp);
        }
    }
}
