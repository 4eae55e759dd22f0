//! The checks of the list: which are shown, in which order, which comes next.

use super::url::{ChecksUrl, Show};
use domain::api::check::{CheckRow, CheckState};
use domain::id::CheckId;

/// How many are to be done, and how many are done.
pub fn counts(checks: &[CheckRow]) -> (i64, i64) {
    let of = |state| {
        let n = checks.iter().filter(|check| check.state == state).count();
        i64::try_from(n).unwrap_or(i64::MAX)
    };
    (of(CheckState::Open), of(CheckState::Done))
}

/// Those shown, the step finished first coming first: where possible it is checked before the next post is through.
pub fn shown(checks: &[CheckRow], url: &ChecksUrl) -> Vec<CheckRow> {
    let mut rows: Vec<CheckRow> = checks
        .iter()
        .filter(|check| match url.show {
            Show::Open => check.state == CheckState::Open,
            Show::Done => check.state == CheckState::Done,
            Show::All => true,
        })
        .filter(|check| url.draw.is_none_or(|draw| check.draw == Some(draw)))
        .cloned()
        .collect();
    rows.sort_by_key(|check| (check.finished_at, check.id));
    rows
}

/// The next one to be done after a check, or the first: second checks before all others, since a release waits.
pub fn next_open(checks: &[CheckRow], after: Option<CheckId>) -> Option<CheckId> {
    open(checks).into_iter().find(|id| Some(*id) != after)
}

/// Those to be done, in the order they are done in.
pub fn open(checks: &[CheckRow]) -> Vec<CheckId> {
    let mut rows: Vec<&CheckRow> = checks.iter().filter(|check| check.state == CheckState::Open).collect();
    rows.sort_by_key(|check| (check.second_of.is_none(), check.finished_at, check.id));
    rows.into_iter().map(|check| check.id).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use domain::id::{CaseId, DrawId};
    use domain::post::Stage;
    use uuid::Uuid;

    /// A check of a step finished at minute `n`.
    pub fn row(n: u128, state: CheckState) -> CheckRow {
        CheckRow {
            id: CheckId(Uuid::from_u128(n)),
            version: 1,
            draw: Some(DrawId(Uuid::from_u128(1))),
            case: CaseId(Uuid::from_u128(n)),
            number: format!("SH-260318-{n:04}"),
            items: vec!["BC".into()],
            stage: Stage::Entry,
            round: 1,
            operator: "SH1".into(),
            unit: "SH".into(),
            finished_at: chrono::DateTime::from_timestamp(60 * i64::try_from(n).expect("small"), 0)
                .expect("a test instant"),
            inspector: "HQ1".into(),
            state,
            pi: Some((10, 80)),
            conforms: (state == CheckState::Done).then_some(true),
            second_of: None,
        }
    }

    #[test]
    fn the_list_holds_what_was_asked_for_earliest_first() {
        let mut other = row(2, CheckState::Open);
        other.draw = None;
        let checks = [row(3, CheckState::Open), row(1, CheckState::Done), other];
        let of = |show, draw| {
            let url = ChecksUrl { show, draw, ..ChecksUrl::default() };
            shown(&checks, &url).iter().map(|row| row.id.0.as_u128()).collect::<Vec<_>>()
        };
        assert_eq!(of(Show::Open, None), [2, 3]);
        assert_eq!(of(Show::Done, None), [1]);
        assert_eq!(of(Show::All, None), [1, 2, 3]);
        assert_eq!(of(Show::All, Some(DrawId(Uuid::from_u128(1)))), [1, 3]);
        assert_eq!(counts(&checks), (2, 1));
    }

    #[test]
    fn a_second_check_comes_before_all_others() {
        let mut second = row(9, CheckState::Open);
        second.second_of = Some(CheckId(Uuid::from_u128(1)));
        let checks = [row(2, CheckState::Open), second, row(1, CheckState::Done)];
        assert_eq!(next_open(&checks, None), Some(CheckId(Uuid::from_u128(9))));
        assert_eq!(next_open(&checks, Some(CheckId(Uuid::from_u128(9)))), Some(CheckId(Uuid::from_u128(2))));
        assert_eq!(next_open(&checks[2..], None), None);
    }
}
