//! Citizen identity numbers by GB 11643-1999: 18 characters – region (6), birth date (8), sequence (3, odd =
//! male), check character by ISO 7064 MOD 11-2. The residence permits for people of Hong Kong, Macao and
//! Taiwan carry numbers of the same form with regions 81, 82 and 83, and so do, since 2023, the identity cards of
//! foreigners with permanent residence: a 9, two digits of the province, three of the country (ISO 3166-1), then as all.

use crate::value::DocumentKind;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Sex as a document states it; codes of the choice fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// The choice code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }
}

/// Why a number is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ResidentIdFault {
    /// Not 18 characters; numbers of 15 ceased to be valid in 2013.
    #[error("an identity number has 18 characters, this has {actual}")]
    Length {
        /// Characters there are.
        actual: u16,
    },
    /// Something other than 17 digits and a digit or X.
    #[error("an identity number is 17 digits and a digit or X")]
    Characters,
    /// No such province.
    #[error("no such region")]
    Region,
    /// No such day, or one still to come.
    #[error("no such birth date")]
    BirthDate,
    /// The check character is another.
    #[error("the check character is another")]
    CheckCharacter,
}

/// Weights of the 17 digits (GB 11643-1999, 2^(18−i) mod 11).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// Check characters by the remainder of the weighted sum.
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// Provinces of GB/T 2260, and 81–83 of the residence permits.
const REGIONS: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82, 83,
];

/// What a valid number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResidentId {
    region: u8,
    foreign: bool,
    birth_date: NaiveDate,
    sex: Sex,
}

impl ResidentId {
    /// Reads a number. Width, spaces and case are forgiven; a birth date after `today` is not.
    pub fn parse(number: &str, today: NaiveDate) -> Result<Self, ResidentIdFault> {
        let number = crate::secret::normalise(number).to_ascii_uppercase();
        let length = number.chars().count();
        if length != 18 {
            return Err(ResidentIdFault::Length { actual: u16::try_from(length).unwrap_or(u16::MAX) });
        }
        let (body, check) = number.split_at_checked(17).ok_or(ResidentIdFault::Characters)?;
        let digits: Vec<u32> =
            body.chars().map(|c| c.to_digit(10)).collect::<Option<_>>().ok_or(ResidentIdFault::Characters)?;
        let check = check.chars().next().filter(|c| c.is_ascii_digit() || *c == 'X');
        let check = check.ok_or(ResidentIdFault::Characters)?;
        let read =
            |range: std::ops::Range<usize>| digits[range].iter().fold(0_u32, |sum, digit| sum * 10 + digit);
        let foreign = digits[0] == 9;
        let province = if foreign { read(1..3) } else { read(0..2) };
        let region = u8::try_from(province).ok().filter(|region| REGIONS.contains(region));
        let region = region.ok_or(ResidentIdFault::Region)?;
        let year = i32::try_from(read(6..10)).map_err(|_| ResidentIdFault::BirthDate)?;
        let birth_date = NaiveDate::from_ymd_opt(year, read(10..12), read(12..14))
            .filter(|day| year > 0 && *day <= today)
            .ok_or(ResidentIdFault::BirthDate)?;
        if check_character(body) != Some(check) {
            return Err(ResidentIdFault::CheckCharacter);
        }
        let sex = if digits[16] % 2 == 1 { Sex::Male } else { Sex::Female };
        Ok(Self { region, foreign, birth_date, sex })
    }

    /// The document that bears such a number.
    pub const fn document(&self) -> DocumentKind {
        if self.foreign {
            DocumentKind::PermanentResidence
        } else if self.is_residence_permit() {
            DocumentKind::HkMoTwResidence
        } else {
            DocumentKind::ResidentId
        }
    }

    /// The province, by its two digits.
    pub const fn region(&self) -> u8 {
        self.region
    }

    /// Whether it is a number of a residence permit for people of Hong Kong (81), Macao (82) or Taiwan (83).
    pub const fn is_residence_permit(&self) -> bool {
        !self.foreign && matches!(self.region, 81..=83)
    }

    /// The birth date it carries.
    pub const fn birth_date(&self) -> NaiveDate {
        self.birth_date
    }

    /// The sex it carries.
    pub const fn sex(&self) -> Sex {
        self.sex
    }
}

/// The check character of 17 digits; none where they are not.
pub fn check_character(body: &str) -> Option<char> {
    let digits: Vec<u32> = body.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    if digits.len() != WEIGHTS.len() {
        return None;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    CHECKS.get(usize::try_from(sum % 11).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 18).unwrap_or_default()
    }

    /// The two numbers GB 11643-1999 itself prints.
    #[test]
    fn reads_the_numbers_of_the_standard() {
        let first = ResidentId::parse("11010519491231002X", today());
        assert_eq!(
            first.map(|id| (id.region(), id.birth_date(), id.sex())),
            Ok((11, NaiveDate::from_ymd_opt(1949, 12, 31).unwrap_or_default(), Sex::Female))
        );
        let second = ResidentId::parse("440524188001010014", today());
        assert_eq!(second.map(|id| id.sex()), Ok(Sex::Male));
    }

    #[test]
    fn forgives_width_space_and_case() {
        assert!(ResidentId::parse(" 110105 19491231 002ｘ", today()).is_ok());
    }

    #[test]
    fn names_what_is_wrong() {
        use ResidentIdFault::{BirthDate, Characters, CheckCharacter, Length, Region};
        let fault = |number: &str| ResidentId::parse(number, today()).err();
        assert_eq!(fault("110105491231002"), Some(Length { actual: 15 }));
        assert_eq!(fault("11010519491231002A"), Some(Characters));
        assert_eq!(fault("1101051949123100XX"), Some(Characters));
        assert_eq!(fault("1101051949123100中X"), Some(Characters));
        assert_eq!(fault("99010519491231002X"), Some(Region));
        assert_eq!(fault("110105194902300020"), Some(BirthDate));
        assert_eq!(fault("110105209901010020"), Some(BirthDate));
        assert_eq!(fault("110105194912310021"), Some(CheckCharacter));
    }

    #[test]
    fn knows_residence_permits() {
        let body = "83000019900101001";
        let number: String = body.chars().chain(check_character(body)).collect();
        assert_eq!(ResidentId::parse(&number, today()).map(|id| id.is_residence_permit()), Ok(true));
    }

    prop_compose! {
        fn body()(
            region in prop::sample::select(REGIONS.to_vec()),
            place in 0_u32..10_000, day in 0_i32..36_000, sequence in 0_u32..1_000,
        ) -> String {
            let birth = NaiveDate::from_num_days_from_ce_opt(703_000 + day).unwrap_or_default();
            format!("{region}{place:04}{}{sequence:03}", birth.format("%Y%m%d"))
        }
    }

    proptest! {
        /// MOD 11-2 finds every single wrong digit and every exchange of neighbours, the two errors of keying.
        #[test]
        fn finds_one_wrong_digit_and_exchanged_neighbours(body in body(), at in 0_usize..17, other in 0_u8..10) {
            let check = check_character(&body);
            prop_assert!(check.is_some());
            let mut wrong = body.clone().into_bytes();
            wrong[at] = b'0' + other;
            let wrong = String::from_utf8_lossy(&wrong).into_owned();
            prop_assert_eq!(check_character(&wrong) == check, wrong == body);
            let mut swapped = body.clone().into_bytes();
            swapped.swap(at, (at + 1) % 17);
            let swapped = String::from_utf8_lossy(&swapped).into_owned();
            if at < 16 {
                prop_assert_eq!(check_character(&swapped) == check, swapped == body);
            }
        }

        #[test]
        fn reads_back_birth_date_and_sex(body in body()) {
            let number: String = body.chars().chain(check_character(&body)).collect();
            let read = ResidentId::parse(&number, today()).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
            prop_assert_eq!(read.birth_date().format("%Y%m%d").to_string(), &body[6..14]);
            prop_assert_eq!(read.sex() == Sex::Male, body.as_bytes()[16] % 2 == 1);
        }
    }
}
