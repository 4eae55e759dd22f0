//! How the times of a column are written.

use chrono::NaiveDate;

use super::super::when::{Order, Serial, TimeForm, Times};
use super::Draft;

/// Writes `[time]` for the values of a column.
pub(super) fn write(draft: &mut Draft, values: &[&str]) {
    draft.table("[time]");
    if let Some(form) = epoch(values) {
        draft.set_with("format", form, "counted since 1970");
        return;
    }
    let form = |order, serial, days| TimeForm {
        offset: Some("+08:00".to_owned()),
        order,
        serial,
        days,
        ..TimeForm::default()
    };
    let reads = |form: &TimeForm| {
        Times::new(form).is_ok_and(|times| values.iter().all(|value| times.read(value).is_ok()))
    };
    let begin = Some(super::super::when::WholeDays::Begin);
    let own = Times::new(&TimeForm::default())
        .is_ok_and(|times| values.iter().all(|value| times.read(value).is_ok()));
    if own && !values.is_empty() {
        draft.say("Times carry their own offsets.");
    } else {
        draft.set_with("offset", "+08:00", "of times that carry none");
    }
    let orders = [Order::Dmy, Order::Mdy].map(|order| reads(&form(Some(order), None, begin)));
    if reads(&form(None, None, begin)) {
        // Read without a word.
    } else if reads(&form(None, Some(Serial::Since1900), begin)) {
        draft.set_with("serial", "1900", "days as spreadsheets count them");
    } else if orders == [true, false] {
        draft.set_with("order", "dmy", "day, month, year: a value has a day behind the twelfth");
    } else if orders == [false, true] {
        draft.set_with("order", "mdy", "month, day, year: a value has a day behind the twelfth");
    } else if orders == [true, true] {
        draft.open("order", "\"dmy\" or \"mdy\": these values mean two things");
    } else {
        draft.open(
            "format",
            "how times are written, such as \"%d.%m.%Y %H:%M\": some are in no form that is recognised",
        );
    }
    let times = Times::new(&form(Some(Order::Dmy), Some(Serial::Since1900), begin));
    let day_only =
        |value: &&str| times.as_ref().is_ok_and(|times| times.read(value).is_ok_and(|read| read.day_only));
    if values.iter().any(day_only) {
        draft.set_with(
            "days",
            "rows",
            "days without a time: the order of the rows is the order of the steps",
        );
    }
}

/// Whether all values are counts of seconds or milliseconds in the years of this century.
fn epoch(values: &[&str]) -> Option<&'static str> {
    let all = |length: usize| {
        !values.is_empty()
            && values
                .iter()
                .all(|value| value.len() == length && value.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if all(10) {
        return Some("epoch_s");
    }
    all(13).then_some("epoch_ms")
}

/// Days of columns of days need a word only where a spreadsheet counts them.
pub(super) fn days_are_serial(values: &[&str]) -> bool {
    let times = Times::new(&TimeForm { serial: Some(Serial::Since1900), ..TimeForm::default() });
    let plain = Times::new(&TimeForm::default());
    let (Ok(times), Ok(plain)) = (times, plain) else { return false };
    let day = |times: &Times, value: &str| -> Option<NaiveDate> { times.day(value).ok() };
    values.iter().any(|value| day(&plain, value).is_none() && day(&times, value).is_some())
}
