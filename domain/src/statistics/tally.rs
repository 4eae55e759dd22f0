//! So many of so many.

use serde::{Deserialize, Serialize};

/// So many units with at least one error (or with whatever is counted) among so many checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "Unchecked")]
pub struct Tally {
    hits: u64,
    checked: u64,
}

/// The wire form of a [`Tally`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    hits: u64,
    checked: u64,
}

/// More hits than units checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{hits} of {checked} units cannot be")]
pub struct TallyError {
    /// The units with an error.
    pub hits: u64,
    /// The units checked.
    pub checked: u64,
}

impl Tally {
    /// `hits` of `checked` units.
    pub const fn new(hits: u64, checked: u64) -> Result<Self, TallyError> {
        if hits > checked { Err(TallyError { hits, checked }) } else { Ok(Self { hits, checked }) }
    }

    /// Counts outcomes, true where there is a hit.
    pub fn of(outcomes: impl IntoIterator<Item = bool>) -> Self {
        outcomes.into_iter().fold(Self::default(), |tally, hit| Self {
            hits: tally.hits + u64::from(hit),
            checked: tally.checked + 1,
        })
    }

    /// The units with an error.
    pub const fn hits(self) -> u64 {
        self.hits
    }

    /// The units checked.
    pub const fn checked(self) -> u64 {
        self.checked
    }

    /// The share; none where nothing was checked, which is not the same as no error.
    pub fn share(self) -> Option<f64> {
        (self.checked > 0).then(|| super::real(self.hits) / super::real(self.checked))
    }

    /// The two counted together, as of two days or two posts of the same series.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            hits: self.hits.saturating_add(other.hits),
            checked: self.checked.saturating_add(other.checked),
        }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Self::and)
    }
}

impl TryFrom<Unchecked> for Tally {
    type Error = TallyError;

    fn try_from(Unchecked { hits, checked }: Unchecked) -> Result<Self, TallyError> {
        Self::new(hits, checked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_hits_than_checks() {
        assert_eq!(Tally::new(3, 2), Err(TallyError { hits: 3, checked: 2 }));
        assert!(serde_json::from_str::<Tally>(r#"{"hits":3,"checked":2}"#).is_err());
        assert_eq!(serde_json::from_str::<Tally>(r#"{"hits":2,"checked":3}"#).unwrap().hits(), 2);
    }

    #[test]
    fn nothing_checked_is_not_no_error() {
        assert_eq!(Tally::default().share(), None);
        assert_eq!(Tally::new(0, 5).unwrap().share(), Some(0.0));
    }

    #[test]
    fn tallies_add_up() {
        let tally = Tally::of([true, false, true]).and(Tally::new(1, 10).unwrap());
        assert_eq!((tally.hits(), tally.checked()), (3, 13));
        assert_eq!([tally, tally].into_iter().sum::<Tally>().checked(), 26);
    }
}
