use super::*;
use crate::time::{BusinessDays, BusinessMinutes, Timestamp, end_of_day, local_date, start_of_day};
use chrono::{Datelike, Days, TimeDelta};
use proptest::prelude::*;
use rstest::rstest;

fn date(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn at(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

fn half_days() -> Calendar {
    let half = RuleKind::Hours(vec![OpenHours::at((8, 30), (12, 0))]);
    Calendar::national()
        .with_days([
            DayRule {
                date: date(2026, 3, 18),
                kind: half.clone(),
                name: DayName::new("盘点", "Stock-taking"),
            },
            DayRule { date: date(2026, 3, 21), kind: half, name: DayName::new("值班", "Duty") },
        ])
        .unwrap()
}

/// The golden vectors of T+1, 2, 3, 5, 10, 15, computed with `chinesecalendar` 1.11.0.
#[rstest]
#[case(date(2024, 2, 8), [(2, 9), (2, 18), (2, 19), (2, 21), (2, 28), (3, 6)])]
#[case(date(2024, 9, 30), [(10, 8), (10, 9), (10, 10), (10, 12), (10, 18), (10, 25)])]
#[case(date(2025, 1, 24), [(1, 26), (1, 27), (2, 5), (2, 7), (2, 13), (2, 20)])]
#[case(date(2025, 4, 30), [(5, 6), (5, 7), (5, 8), (5, 12), (5, 19), (5, 26)])]
#[case(date(2025, 9, 30), [(10, 9), (10, 10), (10, 11), (10, 14), (10, 21), (10, 28)])]
#[case::on_a_holiday(date(2025, 10, 3), [(10, 9), (10, 10), (10, 11), (10, 14), (10, 21), (10, 28)])]
#[case::on_a_holiday(date(2026, 1, 1), [(1, 4), (1, 5), (1, 6), (1, 8), (1, 15), (1, 22)])]
#[case(date(2026, 2, 13), [(2, 14), (2, 24), (2, 25), (2, 27), (3, 5), (3, 12)])]
#[case::on_a_worked_saturday(date(2026, 2, 14), [(2, 24), (2, 25), (2, 26), (2, 28), (3, 6), (3, 13)])]
#[case(date(2026, 4, 30), [(5, 6), (5, 7), (5, 8), (5, 11), (5, 18), (5, 25)])]
#[case::on_a_saturday(date(2026, 9, 19), [(9, 20), (9, 21), (9, 22), (9, 24), (10, 9), (10, 15)])]
#[case(date(2026, 9, 30), [(10, 8), (10, 9), (10, 10), (10, 13), (10, 20), (10, 27)])]
fn t_plus_n(#[case] start: NaiveDate, #[case] expected: [(u32, u32); 6]) {
    let calendar = Calendar::national();
    for (days, (month, day)) in [1, 2, 3, 5, 10, 15].into_iter().zip(expected) {
        let due = calendar.add_business_days(start, BusinessDays(days));
        assert_eq!(due, DueDay { date: date(start.year(), month, day), confirmed: true }, "T+{days}");
        assert_eq!(calendar.business_days_between(start, due.date), BusinessDays(days));
    }
}

#[test]
fn a_start_on_a_holiday_is_counted_strictly() {
    let calendar = Calendar::national();
    assert_eq!(calendar.business_days_between(date(2026, 2, 15), date(2026, 2, 24)), BusinessDays(1));
}

#[rstest]
#[case(2024, [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22], 251)]
#[case(2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23], 248)]
#[case(2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23], 248)]
fn working_days_of_each_month(#[case] year: i32, #[case] months: [usize; 12], #[case] total: usize) {
    let calendar = Calendar::national();
    let mut found = [0; 12];
    for day in date(year, 1, 1).iter_days().take_while(|day| day.year() == year) {
        if calendar.is_working_day(day) {
            found[day.month0() as usize] += 1;
        }
    }
    assert_eq!(found, months);
    assert_eq!(found.iter().sum::<usize>(), total);
}

#[test]
fn the_shipped_days_are_those_of_the_published_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/calendar/cn-2024-2026.csv");
    let Ok(file) = std::fs::read_to_string(path) else {
        println!("skipped: {path} is not here");
        return;
    };
    let shipped: Vec<String> = Calendar::national()
        .data()
        .days
        .iter()
        .map(|rule| {
            let kind = if rule.kind == RuleKind::Holiday { "holiday" } else { "working" };
            format!("{},{kind},{}", rule.date, rule.name.zh)
        })
        .collect();
    assert_eq!(shipped, file.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn days_know_what_they_are() {
    let calendar = half_days();
    assert_eq!(calendar.kind(date(2026, 2, 14)), DayKind::MakeUp);
    assert_eq!(calendar.kind(date(2026, 2, 16)), DayKind::Holiday);
    assert_eq!(calendar.kind(date(2026, 3, 14)), DayKind::Weekend);
    assert_eq!(calendar.kind(date(2026, 3, 16)), DayKind::Working);
    assert_eq!(calendar.kind(date(2026, 3, 18)), DayKind::OwnHours);
    assert_eq!(calendar.rule(date(2026, 2, 16)).unwrap().name.en, "Spring Festival");
    assert_eq!(calendar.next_working_day(date(2026, 2, 14)), date(2026, 2, 24));
    assert_eq!(calendar.previous_working_day(date(2026, 2, 24)), date(2026, 2, 14));
    assert_eq!(calendar.previous_working_day(date(2026, 2, 20)), date(2026, 2, 14));
}

#[test]
fn an_unconfirmed_year_is_said() {
    let calendar = Calendar::national();
    assert!(calendar.add_business_days(date(2026, 12, 30), BusinessDays(1)).confirmed);
    let due = calendar.add_business_days(date(2026, 12, 30), BusinessDays(2));
    assert_eq!(due, DueDay { date: date(2027, 1, 1), confirmed: false });
    assert!(calendar.with_confirmed(2027).add_business_days(date(2026, 12, 30), BusinessDays(2)).confirmed);
    assert!(!calendar.is_confirmed(NaiveDate::MIN, NaiveDate::MAX));
}

#[test]
fn a_due_day_is_met_until_it_ends() {
    let due = Calendar::national().due_day(at("2026-04-30T23:59:00"), BusinessDays(1));
    assert_eq!(due.date, date(2026, 5, 6));
    assert!(due.is_met_at(at("2026-05-06T23:59:59.999")));
    assert!(!due.is_met_at(at("2026-05-07T00:00:00")));
}

#[rstest]
#[case::within_the_morning("2026-03-17T09:00:00", 30, "2026-03-17T09:30:00")]
#[case::to_the_end_of_the_morning("2026-03-17T11:00:00", 60, "2026-03-17T12:00:00")]
#[case::over_lunch("2026-03-17T11:00:00", 61, "2026-03-17T13:01:00")]
#[case::over_lunch_with_seconds("2026-03-17T11:59:30", 1, "2026-03-17T13:00:30")]
#[case::from_lunch("2026-03-17T12:15:20", 5, "2026-03-17T13:05:00")]
#[case::over_night("2026-03-17T17:00:00", 60, "2026-03-18T09:00:00")]
#[case::before_opening("2026-03-17T05:00:00", 30, "2026-03-17T09:00:00")]
#[case::over_a_weekend("2026-03-20T17:00:00", 60, "2026-03-23T09:00:00")]
#[case::into_a_worked_saturday("2026-02-13T17:00:00", 60, "2026-02-14T09:00:00")]
#[case::over_spring_festival("2026-02-14T17:00:00", 60, "2026-02-24T09:00:00")]
#[case::a_day_of_minutes("2026-03-17T10:00:00", 480, "2026-03-18T10:00:00")]
#[case::nothing("2026-03-21T10:00:00", 0, "2026-03-21T10:00:00")]
#[case::back_within_the_morning("2026-03-17T09:30:00", -30, "2026-03-17T09:00:00")]
#[case::back_to_the_opening_after_lunch("2026-03-17T14:00:00", -60, "2026-03-17T13:00:00")]
#[case::back_over_a_weekend("2026-03-23T09:00:00", -60, "2026-03-20T17:00:00")]
fn minutes_are_added(#[case] start: &str, #[case] minutes: i64, #[case] due: &str) {
    assert_eq!(Calendar::national().add_minutes(at(start), BusinessMinutes(minutes)), at(due));
}

#[rstest]
#[case::lunch("2026-03-17T12:00:00", "2026-03-17T13:00:00", 0)]
#[case::night("2026-03-17T17:30:00", "2026-03-18T08:30:00", 0)]
#[case::holidays("2026-02-15T00:00:00", "2026-02-24T08:30:00", 0)]
#[case::worked_saturday("2026-02-14T00:00:00", "2026-02-15T00:00:00", 480)]
#[case::plain_saturday("2026-03-14T00:00:00", "2026-03-15T00:00:00", 0)]
#[case::backwards("2026-03-17T10:00:00", "2026-03-17T09:00:00", -60)]
#[case::one_mark("2026-03-17T09:00:30", "2026-03-17T09:01:10", 1)]
#[case::a_year("2026-01-01T00:00:00", "2027-01-01T00:00:00", 248 * 480)]
fn minutes_are_counted(#[case] from: &str, #[case] to: &str, #[case] minutes: i64) {
    assert_eq!(Calendar::national().minutes_between(at(from), at(to)), BusinessMinutes(minutes));
}

#[test]
fn half_days_have_their_own_hours() {
    let calendar = half_days();
    assert_eq!(calendar.minutes_of(date(2026, 3, 18)), BusinessMinutes(210));
    assert_eq!(calendar.close_of(date(2026, 3, 18)), Some(at("2026-03-18T12:00:00")));
    assert_eq!(
        calendar.add_minutes(at("2026-03-18T11:00:00"), BusinessMinutes(90)),
        at("2026-03-19T09:00:00")
    );
    assert!(calendar.is_working_day(date(2026, 3, 21)));
    assert_eq!(calendar.business_days_between(date(2026, 3, 17), date(2026, 3, 21)), BusinessDays(4));
}

#[test]
fn opening_and_closing() {
    let calendar = Calendar::national();
    assert_eq!(calendar.next_open(at("2026-03-17T10:00:00")), at("2026-03-17T10:00:00"));
    assert_eq!(calendar.next_open(at("2026-03-17T12:00:00")), at("2026-03-17T13:00:00"));
    assert_eq!(calendar.next_open(at("2026-03-17T17:30:00")), at("2026-03-18T08:30:00"));
    assert_eq!(calendar.next_open(at("2026-02-15T10:00:00")), at("2026-02-24T08:30:00"));
    assert!(calendar.is_open(at("2026-03-17T08:30:00")) && !calendar.is_open(at("2026-03-17T12:00:00")));
    assert_eq!(calendar.close_of(date(2026, 3, 17)), Some(at("2026-03-17T17:30:00")));
    assert_eq!(calendar.close_of(date(2026, 2, 15)), None);
}

#[test]
fn a_business_day_is_not_24_business_hours() {
    let (calendar, start) = (Calendar::national(), at("2026-03-17T10:00:00"));
    let by_days = calendar.due_day(start, BusinessDays(1));
    let by_minutes = calendar.add_minutes(start, BusinessMinutes(24 * 60));
    assert_eq!(by_days.date, date(2026, 3, 18));
    assert_eq!(local_date(by_minutes), date(2026, 3, 20));
}

#[test]
fn amounts_beyond_every_date_saturate() {
    let (calendar, start) = (Calendar::national(), at("2026-03-17T10:00:00"));
    assert_eq!(calendar.add_minutes(start, BusinessMinutes(i64::MAX)), Timestamp::MAX_UTC);
    assert_eq!(calendar.add_minutes(start, BusinessMinutes(i64::MIN)), Timestamp::MIN_UTC);
    assert_eq!(calendar.due_day(start, BusinessDays(u32::MAX)).date, NaiveDate::MAX);
    assert_eq!(calendar.next_open(Timestamp::MAX_UTC), Timestamp::MAX_UTC);
    assert!(calendar.minutes_between(Timestamp::MIN_UTC, Timestamp::MAX_UTC) > BusinessMinutes::ZERO);
}

#[test]
fn the_account_of_minutes() {
    let (calendar, start) = (half_days(), at("2026-03-17T16:30:00"));
    let explain = calendar.explain(start, Amount::Minutes(BusinessMinutes(300)));
    assert_eq!(explain.due(), at("2026-03-19T09:00:00"));
    let days: Vec<Counted> = explain.collect();
    let counted: Vec<_> = days.iter().map(|day| (day.date.day(), day.kind, day.counted, day.total)).collect();
    let minutes = |minutes| Amount::Minutes(BusinessMinutes(minutes));
    assert_eq!(
        counted,
        [
            (17, DayKind::Working, minutes(60), minutes(60)),
            (18, DayKind::OwnHours, minutes(210), minutes(270)),
            (19, DayKind::Working, minutes(30), minutes(300)),
        ]
    );
    assert_eq!(days[0].spans, [CountedSpan { from: start, to: at("2026-03-17T17:30:00") }]);
    assert_eq!(days[1].name.as_ref().unwrap().zh, "盘点");
}

#[test]
fn the_account_of_days() {
    let calendar = Calendar::national();
    let days: Vec<Counted> =
        calendar.explain(at("2026-02-13T10:00:00"), Amount::Days(BusinessDays(2))).collect();
    assert_eq!(days.len(), 12);
    assert_eq!(days[0].counted, Amount::Days(BusinessDays(0)));
    assert_eq!((days[1].kind, days[1].total), (DayKind::MakeUp, Amount::Days(BusinessDays(1))));
    assert_eq!((days[2].kind, days[2].counted), (DayKind::Holiday, Amount::Days(BusinessDays(0))));
    assert_eq!((days[11].date, days[11].total), (date(2026, 2, 24), Amount::Days(BusinessDays(2))));
}

#[rstest]
#[case::no_hours(r#"{"hours":[],"days":[],"confirmed":[]}"#)]
#[case::out_of_order(r#"{"hours":[{"from":780,"to":1050},{"from":510,"to":720}],"days":[],"confirmed":[]}"#)]
#[case::overlapping(r#"{"hours":[{"from":510,"to":720},{"from":719,"to":1050}],"days":[],"confirmed":[]}"#)]
#[case::empty_span(r#"{"hours":[{"from":510,"to":510}],"days":[],"confirmed":[]}"#)]
#[case::after_midnight(r#"{"hours":[{"from":510,"to":1441}],"days":[],"confirmed":[]}"#)]
#[case::two_rules(
    r#"{"hours":[{"from":510,"to":720}],"confirmed":[],"days":[
        {"date":"2027-01-01","kind":"holiday","name":{"zh":"元旦","en":"New Year's Day"}},
        {"date":"2027-01-01","kind":"working","name":{"zh":"元旦","en":"New Year's Day"}}]}"#
)]
#[case::unknown_field(r#"{"hours":[{"from":510,"to":720}],"days":[],"confirmed":[],"week":5}"#)]
fn what_no_calendar_can_be_is_refused(#[case] json: &str) {
    assert!(serde_json::from_str::<Calendar>(json).is_err());
}

#[test]
fn a_calendar_survives_the_wire() {
    let calendar = half_days();
    let json = serde_json::to_string(&calendar).unwrap();
    assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar);
    assert!(json.contains(r#""kind":{"hours":[{"from":510,"to":720}]}"#));
}

/// A calendar with rules strewn over 2024–2027.
fn calendars() -> impl Strategy<Value = Calendar> {
    let hours = prop_oneof![
        Just(vec![OpenHours::at((8, 30), (12, 0))]),
        Just(vec![
            OpenHours::at((9, 0), (9, 1)),
            OpenHours::at((9, 2), (9, 3)),
            OpenHours::at((20, 0), (24, 0))
        ]),
        Just(vec![OpenHours::at((0, 0), (24, 0))]),
    ];
    let kind = prop_oneof![
        Just(RuleKind::Holiday),
        Just(RuleKind::Working),
        hours.clone().prop_map(RuleKind::Hours)
    ];
    let rules = prop::collection::btree_map(0_u64..1_400, kind, 0..60);
    (rules, prop::option::of(hours)).prop_map(|(rules, hours)| {
        let rules = rules.into_iter().map(|(offset, kind)| DayRule {
            date: date(2024, 1, 1) + Days::new(offset),
            kind,
            name: DayName::new("规则", "Rule"),
        });
        let calendar = Calendar::national().with_days(rules).unwrap();
        hours.map_or(calendar.clone(), |hours| calendar.with_hours(hours).unwrap())
    })
}

fn instants() -> impl Strategy<Value = Timestamp> {
    (0_i64..4 * 365 * 86_400_000)
        .prop_map(|millis| at("2024-01-01T00:00:00") + TimeDelta::milliseconds(millis))
}

/// Minutes of open time whose mark lies in `(from, to]`, one by one: slow, and plainly right.
fn scanned(calendar: &Calendar, from: Timestamp, to: Timestamp) -> i64 {
    let minute = TimeDelta::minutes(1);
    let first = start_of_day(local_date(from));
    let marks = std::iter::successors(Some(first), |mark| Some(*mark + minute));
    let open = marks.take_while(|mark| *mark + minute <= to);
    let counted = open.filter(|mark| *mark + minute > from && calendar.is_open(*mark)).count();
    i64::try_from(counted).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn counting_agrees_with_a_scan(calendar in calendars(), from in instants(), length in 0_i64..5 * 86_400_000) {
        let to = from + TimeDelta::milliseconds(length);
        prop_assert_eq!(calendar.minutes_between(from, to).get(), scanned(&calendar, from, to));
    }

    #[test]
    fn adding_and_counting_are_inverse(calendar in calendars(), start in instants(), n in -30_000_i64..30_000) {
        let due = calendar.add_minutes(start, BusinessMinutes(n));
        prop_assert_eq!(calendar.minutes_between(start, due), BusinessMinutes(n));
    }

    #[test]
    fn a_due_time_is_the_earliest(calendar in calendars(), start in instants(), n in 1_i64..30_000) {
        let due = calendar.add_minutes(start, BusinessMinutes(n));
        let before = due - TimeDelta::milliseconds(1);
        prop_assert!(calendar.open_millis(before) < calendar.open_millis(due));
        prop_assert_eq!(calendar.open_millis(due) - calendar.open_millis(start), n * 60_000);
    }

    #[test]
    fn adding_is_monotone(
        calendar in calendars(), a in instants(), b in instants(), n in 0_i64..30_000, more in 0_i64..3_000,
    ) {
        let (early, late) = (a.min(b), a.max(b));
        prop_assert!(calendar.add_minutes(early, BusinessMinutes(n)) <= calendar.add_minutes(late, BusinessMinutes(n)));
        let (less, longer) = (BusinessMinutes(n), BusinessMinutes(n + more));
        prop_assert!(calendar.add_minutes(early, less) <= calendar.add_minutes(early, longer));
    }

    #[test]
    fn adding_in_two_steps_is_adding_once(calendar in calendars(), start in instants(), n in 0_i64..9_000, m in 0_i64..9_000) {
        let twice = calendar.add_minutes(calendar.add_minutes(start, BusinessMinutes(n)), BusinessMinutes(m));
        prop_assert_eq!(twice, calendar.add_minutes(start, BusinessMinutes(n + m)));
    }

    #[test]
    fn splitting_an_interval_changes_nothing(calendar in calendars(), a in instants(), b in instants(), c in instants()) {
        let whole = calendar.minutes_between(a, c);
        prop_assert_eq!(calendar.minutes_between(a, b) + calendar.minutes_between(b, c), whole);
    }

    #[test]
    fn closed_time_counts_nothing(calendar in calendars(), at in instants()) {
        let open = calendar.next_open(at);
        prop_assert!(calendar.is_open(open) && open >= at);
        prop_assert_eq!(calendar.open_millis(open), calendar.open_millis(at));
    }

    #[test]
    fn working_days_agree_with_a_walk(calendar in calendars(), start in instants(), n in 0_u32..300) {
        let start = local_date(start);
        let due = calendar.add_business_days(start, BusinessDays(n)).date;
        let walked = start.iter_days().skip(1).filter(|day| calendar.is_working_day(*day));
        let expected = if n == 0 { start } else { walked.take(n as usize).last().unwrap() };
        prop_assert_eq!(due, expected);
        prop_assert_eq!(calendar.business_days_between(start, due), BusinessDays(n));
        let end = start + Days::new(u64::from(n));
        let between = start.iter_days().skip(1).take_while(|day| *day <= end);
        let worked = between.filter(|day| calendar.is_working_day(*day)).count();
        prop_assert_eq!(calendar.business_days_between(start, end).get() as usize, worked);
    }

    #[test]
    fn the_account_adds_up(calendar in calendars(), start in instants(), n in 0_i64..5_000) {
        let explain = calendar.explain(start, Amount::Minutes(BusinessMinutes(n)));
        let due = explain.due();
        let days: Vec<Counted> = explain.collect();
        let sum: i64 = days.iter().map(|day| match day.counted { Amount::Minutes(m) => m.get(), Amount::Days(_) => 0 }).sum();
        prop_assert_eq!(sum, n);
        prop_assert_eq!(days.last().unwrap().total, Amount::Minutes(BusinessMinutes(n)));
        prop_assert_eq!(days.last().unwrap().date, local_date(due));
        let spans: i64 = days.iter().flat_map(|day| &day.spans).map(|span| (span.to - span.from).num_milliseconds()).sum();
        prop_assert_eq!(spans, n * 60_000);
        prop_assert!(due <= end_of_day(local_date(due)));
    }
}

#[test]
fn the_last_working_day_of_a_sunday_is_the_friday_before_unless_it_is_made_up_for() {
    let calendar = Calendar::national();
    let last = |day: &str| calendar.last_working_day(day.parse().unwrap()).to_string();
    assert_eq!(last("2026-11-29"), "2026-11-27");
    assert_eq!(last("2026-11-30"), "2026-11-30");
    // Worked in exchange for the Spring Festival (State Council, holidays of 2026).
    assert_eq!(last("2026-02-14"), "2026-02-14");
}
