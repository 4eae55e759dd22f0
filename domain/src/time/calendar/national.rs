//! Public holidays and make-up working days of 2024–2026, by the notices of the State Council's General Office:
//!
//! - 国务院办公厅关于2024年部分节假日安排的通知, 国办发明电〔2023〕7号, 2023-10-25
//! - 国务院办公厅关于2025年部分节假日安排的通知, 国办发明电〔2024〕12号, 2024-11-12
//! - 国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04
//!
//! Later years are loaded and confirmed by administrators: a notice appears each November.

use chrono::{Days, NaiveDate};

use super::{Calendar, CalendarData, DayName, DayRule, OpenHours, RuleKind};

/// Hours shipped as the default, set anew by each company.
const HOURS: [OpenHours; 2] = [OpenHours::at((8, 30), (12, 0)), OpenHours::at((13, 0), (17, 30))];

const YEARS: [i32; 3] = [2024, 2025, 2026];

/// A name in Chinese and English.
type Name = (&'static str, &'static str);

const NEW_YEAR: Name = ("元旦", "New Year's Day");
const SPRING: Name = ("春节", "Spring Festival");
const QINGMING: Name = ("清明节", "Qingming Festival");
const LABOUR: Name = ("劳动节", "Labour Day");
const DRAGON_BOAT: Name = ("端午节", "Dragon Boat Festival");
const MID_AUTUMN: Name = ("中秋节", "Mid-Autumn Festival");
const NATIONAL: Name = ("国庆节", "National Day");
const NATIONAL_AND_MID_AUTUMN: Name = ("国庆节、中秋节", "National Day and Mid-Autumn Festival");
const MAKE_UP: Name = ("调休", "Make-up working day");

/// Runs of holidays: year, month and day of the first, number of days, name.
const HOLIDAYS: [(i32, u32, u32, u64, Name); 20] = [
    (2024, 1, 1, 1, NEW_YEAR),
    (2024, 2, 10, 8, SPRING),
    (2024, 4, 4, 3, QINGMING),
    (2024, 5, 1, 5, LABOUR),
    (2024, 6, 10, 1, DRAGON_BOAT),
    (2024, 9, 15, 3, MID_AUTUMN),
    (2024, 10, 1, 7, NATIONAL),
    (2025, 1, 1, 1, NEW_YEAR),
    (2025, 1, 28, 8, SPRING),
    (2025, 4, 4, 3, QINGMING),
    (2025, 5, 1, 5, LABOUR),
    (2025, 5, 31, 3, DRAGON_BOAT),
    (2025, 10, 1, 8, NATIONAL_AND_MID_AUTUMN),
    (2026, 1, 1, 3, NEW_YEAR),
    (2026, 2, 15, 9, SPRING),
    (2026, 4, 4, 3, QINGMING),
    (2026, 5, 1, 5, LABOUR),
    (2026, 6, 19, 3, DRAGON_BOAT),
    (2026, 9, 25, 3, MID_AUTUMN),
    (2026, 10, 1, 7, NATIONAL),
];

/// Saturdays and Sundays that are worked.
const MAKE_UP_DAYS: [(i32, u32, u32); 19] = [
    (2024, 2, 4),
    (2024, 2, 18),
    (2024, 4, 7),
    (2024, 4, 28),
    (2024, 5, 11),
    (2024, 9, 14),
    (2024, 9, 29),
    (2024, 10, 12),
    (2025, 1, 26),
    (2025, 2, 8),
    (2025, 4, 27),
    (2025, 9, 28),
    (2025, 10, 11),
    (2026, 1, 4),
    (2026, 2, 14),
    (2026, 2, 28),
    (2026, 5, 9),
    (2026, 9, 20),
    (2026, 10, 10),
];

impl Calendar {
    /// The national calendar: State Council holidays and make-up days of 2024–2026, all confirmed, and the shipped
    /// office hours 08:30–12:00 and 13:00–17:30. Statutory working days are counted by it; a unit's own calendar
    /// starts from it.
    pub fn national() -> Self {
        let holidays = HOLIDAYS.into_iter().flat_map(|(year, month, day, length, name)| {
            (0..length).filter_map(move |offset| {
                let date = NaiveDate::from_ymd_opt(year, month, day)?.checked_add_days(Days::new(offset))?;
                Some(rule(date, RuleKind::Holiday, name))
            })
        });
        let make_up = MAKE_UP_DAYS.into_iter().filter_map(|(year, month, day)| {
            Some(rule(NaiveDate::from_ymd_opt(year, month, day)?, RuleKind::Working, MAKE_UP))
        });
        let data = CalendarData {
            hours: HOURS.to_vec(),
            days: holidays.chain(make_up).collect(),
            confirmed: YEARS.into_iter().collect(),
        };
        // A typing error in the tables above is a defect of the program, found by any test that counts a day.
        Self::new(data).expect("the shipped calendar is well formed")
    }
}

fn rule(date: NaiveDate, kind: RuleKind, (zh, en): Name) -> DayRule {
    DayRule { date, kind, name: DayName::new(zh, en) }
}
