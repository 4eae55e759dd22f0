//! Amounts of time that never mix: business minutes, business days, elapsed milliseconds.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use serde::{Deserialize, Serialize};

macro_rules! amount {
    ($(#[$doc:meta])* $name:ident($int:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub $int);

        impl $name {
            /// None at all.
            pub const ZERO: Self = Self(0);

            /// The bare number.
            pub const fn get(self) -> $int {
                self.0
            }

            /// The sum, unless it is beyond what the type holds.
            pub const fn checked_add(self, other: Self) -> Option<Self> {
                match self.0.checked_add(other.0) {
                    Some(sum) => Some(Self(sum)),
                    None => None,
                }
            }

            /// The difference, unless it is beyond what the type holds.
            pub const fn checked_sub(self, other: Self) -> Option<Self> {
                match self.0.checked_sub(other.0) {
                    Some(rest) => Some(Self(rest)),
                    None => None,
                }
            }

            /// So many times this amount, unless it is beyond what the type holds.
            pub const fn checked_mul(self, times: $int) -> Option<Self> {
                match self.0.checked_mul(times) {
                    Some(product) => Some(Self(product)),
                    None => None,
                }
            }
        }

        /// Saturating: an amount of time is never so large in earnest, and a sum must not panic in a report.
        impl Add for $name {
            type Output = Self;

            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }

        /// Saturating, see [`Add`].
        impl Sub for $name {
            type Output = Self;

            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::ZERO, Add::add)
            }
        }
    };
}

amount! {
    /// Minutes inside office hours; on the wire a bare number. Negative where a difference is.
    BusinessMinutes(i64)
}

amount! {
    /// Working days, as in T+N; on the wire a bare number.
    BusinessDays(u32)
}

amount! {
    /// Milliseconds of the wall clock, day and night; on the wire a bare number. Negative where a difference is.
    ElapsedMillis(i64)
}

impl ElapsedMillis {
    /// From one instant to another, negative if the second is earlier.
    pub fn between(from: super::Timestamp, to: super::Timestamp) -> Self {
        Self((to - from).num_milliseconds())
    }
}

/// Hours and minutes: `8:30`, `-0:05`, `120:00`.
impl fmt::Display for BusinessMinutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (minutes, sign) = (self.0.unsigned_abs(), if self.0 < 0 { "-" } else { "" });
        f.pad(&format!("{sign}{}:{:02}", minutes / 60, minutes % 60))
    }
}

/// The bare number; the unit is worded by whoever shows it.
impl fmt::Display for BusinessDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "0:00")]
    #[case(5, "0:05")]
    #[case(510, "8:30")]
    #[case(7_200, "120:00")]
    #[case(-5, "-0:05")]
    #[case(i64::MIN, "-153722867280912930:08")]
    fn minutes_read_as_hours_and_minutes(#[case] minutes: i64, #[case] text: &str) {
        assert_eq!(BusinessMinutes(minutes).to_string(), text);
    }

    #[test]
    fn the_display_obeys_width() {
        assert_eq!(format!("{:>6}|{:<3}|", BusinessMinutes(65), BusinessDays(2)), "  1:05|2  |");
    }

    #[test]
    fn arithmetic_is_checked_or_saturates() {
        assert_eq!(BusinessDays(1).checked_sub(BusinessDays(2)), None);
        assert_eq!(BusinessDays(1) - BusinessDays(2), BusinessDays::ZERO);
        assert_eq!(BusinessMinutes(i64::MAX).checked_add(BusinessMinutes(1)), None);
        assert_eq!(BusinessMinutes(i64::MAX) + BusinessMinutes(1), BusinessMinutes(i64::MAX));
        assert_eq!(BusinessMinutes(30).checked_mul(4), Some(BusinessMinutes(120)));
        assert_eq!(
            [BusinessMinutes(30), BusinessMinutes(-10)].into_iter().sum::<BusinessMinutes>().get(),
            20
        );
    }

    #[test]
    fn on_the_wire_they_are_bare_numbers() {
        assert_eq!(serde_json::to_string(&BusinessMinutes(120)).unwrap(), "120");
        assert_eq!(serde_json::from_str::<BusinessDays>("5").unwrap(), BusinessDays(5));
        assert!(serde_json::from_str::<BusinessDays>("-1").is_err());
    }
}
