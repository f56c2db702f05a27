//! Conversions from and to the types of other crates, each behind the feature of that name.

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
use super::{OutOfRange, Timestamp};

#[cfg(feature = "jiff")]
mod jiff_0_2 {
    use super::{OutOfRange, Timestamp};

    /// Rounds towards 1970 to the millisecond.
    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            Self::from_millis(time.as_millisecond())
        }
    }

    impl TryFrom<Timestamp> for jiff::Timestamp {
        type Error = OutOfRange;

        fn try_from(timestamp: Timestamp) -> Result<Self, OutOfRange> {
            Self::from_millisecond(timestamp.as_millis()).map_err(|_| OutOfRange)
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono_0_4 {
    use chrono::{DateTime, TimeZone, Utc};

    use super::{OutOfRange, Timestamp};

    /// Rounds down to the millisecond.
    impl<Z: TimeZone> From<DateTime<Z>> for Timestamp {
        fn from(time: DateTime<Z>) -> Self {
            Self::from_millis(time.timestamp_millis())
        }
    }

    impl TryFrom<Timestamp> for DateTime<Utc> {
        type Error = OutOfRange;

        fn try_from(timestamp: Timestamp) -> Result<Self, OutOfRange> {
            Self::from_timestamp_millis(timestamp.as_millis()).ok_or(OutOfRange)
        }
    }
}

#[cfg(feature = "time")]
mod time_0_3 {
    use time::OffsetDateTime;

    use super::{OutOfRange, Timestamp};

    /// Rounds down to the millisecond.
    impl From<OffsetDateTime> for Timestamp {
        fn from(time: OffsetDateTime) -> Self {
            // Years of that crate have at most six digits: their milliseconds fit.
            let millis = time.unix_timestamp_nanos().div_euclid(1_000_000);
            Self::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
        }
    }

    impl TryFrom<Timestamp> for OffsetDateTime {
        type Error = OutOfRange;

        fn try_from(timestamp: Timestamp) -> Result<Self, OutOfRange> {
            Self::from_unix_timestamp_nanos(
                i128::from(timestamp.as_millis()) * 1_000_000,
            )
            .map_err(|_| OutOfRange)
        }
    }
}

#[cfg(all(test, feature = "chrono", feature = "jiff", feature = "time"))]
mod tests {
    use super::*;

    #[test]
    fn conversions_round_trip() {
        for millis in
            [0, 1_702_309_107_123, -1, -62_135_596_800_000, 253_402_300_799_999]
        {
            let timestamp = Timestamp::from_millis(millis);
            if millis < 200_000_000_000_000 {
                let time = jiff::Timestamp::try_from(timestamp).expect("in range");
                assert_eq!(Timestamp::from(time), timestamp);
            }
            let time = chrono::DateTime::try_from(timestamp).expect("in range");
            assert_eq!(Timestamp::from(time), timestamp);
            let time = time::OffsetDateTime::try_from(timestamp).expect("in range");
            assert_eq!(Timestamp::from(time), timestamp);
        }
        let far = Timestamp::from_secs(i64::MAX);
        assert_eq!(jiff::Timestamp::try_from(far), Err(OutOfRange));
        assert_eq!(time::OffsetDateTime::try_from(far), Err(OutOfRange));
        assert_eq!(chrono::DateTime::try_from(far), Err(OutOfRange));
    }
}
