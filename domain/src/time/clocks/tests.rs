use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    format!("{text}+08:00").parse().unwrap()
}

fn visit(from: &str, to: &str, waits: &[(&str, &str, Owner)]) -> VisitSpan<()> {
    let waits = waits
        .iter()
        .map(|(from, to, owner)| WaitSpan { span: Span::closed(at(from), at(to)), owner: *owner })
        .collect();
    VisitSpan { key: (), span: Span::closed(at(from), at(to)), waits }
}

fn transit(from: &str, to: &str) -> TransitSpan<()> {
    TransitSpan { key: (), span: Span::closed(at(from), at(to)) }
}

#[test]
fn a_case_over_lunch_and_night() {
    let spans = CaseSpans {
        visits: vec![
            visit("2026-03-17T09:00:00", "2026-03-17T09:30:00", &[]),
            visit(
                "2026-03-17T10:00:00",
                "2026-03-18T10:00:00",
                &[("2026-03-17T11:00:00", "2026-03-17T14:00:00", Owner::Customer)],
            ),
        ],
        transits: vec![transit("2026-03-17T09:30:00", "2026-03-17T10:00:00")],
    };
    let now = at("2026-04-01T00:00:00");
    let hour = 3_600_000;
    let elapsed = elapsed_clocks(&spans, now).unwrap();
    assert_eq!(elapsed.total, ElapsedMillis(25 * hour));
    assert_eq!(elapsed.transit, ElapsedMillis(hour / 2));
    assert_eq!(elapsed.waiting.customer, ElapsedMillis(3 * hour));
    assert_eq!(elapsed.ours, ElapsedMillis(22 * hour));

    let calendar = Calendar::national();
    let business = business_clocks(&spans, now, &calendar, |()| &calendar).unwrap();
    // 09:00–17:30 without lunch is 450 minutes, the next morning 90.
    assert_eq!(business.total, BusinessMinutes(540));
    assert_eq!(business.per_visit[1].visit, BusinessMinutes(120 + 270 + 90));
    assert_eq!(business.waiting.customer, BusinessMinutes(120));
    assert_eq!(business.own, BusinessMinutes(30 + 360));
}

#[test]
fn overlapping_waits_belong_to_the_one_that_began_first() {
    let spans = CaseSpans {
        visits: vec![visit(
            "2026-03-17T09:00:00",
            "2026-03-17T12:00:00",
            &[
                ("2026-03-17T10:00:00", "2026-03-17T11:30:00", Owner::Finance),
                ("2026-03-17T09:30:00", "2026-03-17T10:30:00", Owner::Underwriting),
                ("2026-03-17T10:10:00", "2026-03-17T10:20:00", Owner::Ours),
            ],
        )],
        transits: vec![],
    };
    let clocks = elapsed_clocks(&spans, at("2026-04-01T00:00:00")).unwrap();
    assert_eq!(clocks.waiting.underwriting, ElapsedMillis(60 * 60_000));
    assert_eq!(clocks.waiting.finance, ElapsedMillis(60 * 60_000));
    assert_eq!(clocks.waiting.ours, ElapsedMillis::ZERO);
    assert_eq!(clocks.own, ElapsedMillis(60 * 60_000));
}

#[test]
fn what_still_runs_is_counted_up_to_now() {
    let from = at("2026-03-17T09:00:00");
    let waits = vec![WaitSpan { span: Span::open(at("2026-03-17T09:20:00")), owner: Owner::Ours }];
    let spans =
        CaseSpans { visits: vec![VisitSpan { key: (), span: Span::open(from), waits }], transits: vec![] };
    let clocks = elapsed_clocks(&spans, from + TimeDelta::minutes(50)).unwrap();
    assert_eq!((clocks.own, clocks.waiting.ours), (ElapsedMillis(20 * 60_000), ElapsedMillis(30 * 60_000)));
    assert_eq!(clocks.ours, clocks.total);
}

#[test]
fn the_total_may_run_by_another_calendar_than_the_visits() {
    let (national, evening) = (
        Calendar::national(),
        Calendar::national().with_hours(vec![super::super::OpenHours::at((18, 0), (22, 0))]).unwrap(),
    );
    let spans = CaseSpans {
        visits: vec![visit("2026-03-17T17:00:00", "2026-03-17T19:00:00", &[])],
        transits: vec![],
    };
    let clocks = business_clocks(&spans, at("2026-04-01T00:00:00"), &national, |()| &evening).unwrap();
    assert_eq!((clocks.total, clocks.visits), (BusinessMinutes(30), BusinessMinutes(60)));
}

#[test]
fn gaps_overlaps_and_emptiness_are_refused() {
    let now = at("2026-04-01T00:00:00");
    let two = |second: &str| CaseSpans {
        visits: vec![
            visit("2026-03-17T09:00:00", "2026-03-17T10:00:00", &[]),
            visit(second, "2026-03-17T12:00:00", &[]),
        ],
        transits: vec![],
    };
    assert!(elapsed_clocks(&two("2026-03-17T10:00:00"), now).is_ok());
    for second in ["2026-03-17T10:00:01", "2026-03-17T09:59:59"] {
        assert!(matches!(elapsed_clocks(&two(second), now), Err(ClocksError::NotContiguous { .. })));
    }
    assert!(matches!(elapsed_clocks(&two("2026-03-17T13:00:00"), now), Err(ClocksError::Backwards { .. })));
    assert_eq!(
        elapsed_clocks(&CaseSpans::<()> { visits: vec![], transits: vec![] }, now),
        Err(ClocksError::Empty)
    );
}

/// A history of legs that follow one another, with waits anywhere, some of them beyond their visit.
fn history() -> impl Strategy<Value = (CaseSpans<()>, Timestamp)> {
    let owner = prop_oneof![
        Just(Owner::Customer),
        Just(Owner::Underwriting),
        Just(Owner::Finance),
        Just(Owner::Ours)
    ];
    let wait = (-3_600_000_i64..400_000_000, 0_i64..400_000_000, owner, prop::bool::weighted(0.1));
    let leg = (any::<bool>(), 0_i64..300_000_000, prop::collection::vec(wait, 0..5));
    (prop::collection::vec(leg, 1..8), 0_i64..30_000_000_000, any::<bool>()).prop_map(
        |(legs, offset, running)| {
            let ms = TimeDelta::milliseconds;
            let mut mark = at("2025-09-25T08:00:00") + ms(offset);
            let mut spans = CaseSpans { visits: vec![], transits: vec![] };
            let count = legs.len();
            for (place, (is_visit, length, waits)) in legs.into_iter().enumerate() {
                let from = mark;
                mark = from + ms(length);
                let to = (!running || place + 1 < count).then_some(mark);
                if is_visit {
                    let waits = waits
                        .into_iter()
                        .map(|(start, length, owner, open)| {
                            let from = from + ms(start);
                            WaitSpan { span: Span { from, to: (!open).then_some(from + ms(length)) }, owner }
                        })
                        .collect();
                    spans.visits.push(VisitSpan { key: (), span: Span { from, to }, waits });
                } else {
                    spans.transits.push(TransitSpan { key: (), span: Span { from, to } });
                }
            }
            (spans, mark)
        },
    )
}

proptest! {
    #[test]
    fn elapsed_time_adds_up((spans, now) in history()) {
        let clocks = elapsed_clocks(&spans, now).unwrap();
        prop_assert_eq!(clocks.total, clocks.visits + clocks.transit);
        prop_assert_eq!(clocks.visits, clocks.own + clocks.waiting.total());
        prop_assert_eq!(clocks.ours, clocks.total - clocks.waiting.customer - clocks.waiting.desks());
        for visit in &clocks.per_visit {
            prop_assert_eq!(visit.visit, visit.own + visit.waiting.total());
            prop_assert!(visit.own >= ElapsedMillis::ZERO);
        }
    }

    #[test]
    fn business_minutes_add_up_under_one_calendar((spans, now) in history()) {
        let calendar = Calendar::national();
        let clocks = business_clocks(&spans, now, &calendar, |()| &calendar).unwrap();
        prop_assert_eq!(clocks.total, clocks.visits + clocks.transit);
        prop_assert_eq!(clocks.visits, clocks.own + clocks.waiting.total());
        prop_assert!(clocks.per_visit.iter().all(|visit| visit.own >= BusinessMinutes::ZERO));
        let elapsed = elapsed_clocks(&spans, now).unwrap();
        prop_assert!(clocks.total.get() <= elapsed.total.get() / 60_000 + 1);
    }
}
