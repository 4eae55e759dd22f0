//! Points in time and days as files write them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SubsecRound as _, Utc};
use domain::time::Timestamp;
use serde::Deserialize;

/// How a file writes times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeForm {
    /// Pattern of `strftime` where times are not written `2011-10-11 13:45:40.276+02:00` or with a `T`.
    pub format: Option<String>,
    /// Offset of times that carry none: `+08:00`. Without it they are refused, because nobody could say when it was.
    pub offset: Option<String>,
}

/// Reads times of one form.
#[derive(Clone, Debug)]
pub struct Times {
    format: Option<String>,
    offset: Option<FixedOffset>,
}

impl Times {
    /// A reader of that form.
    ///
    /// # Errors
    /// The offset, where it is none.
    pub fn new(form: &TimeForm) -> Result<Self, String> {
        let offset = form.offset.as_deref().map(|text| {
            text.parse::<FixedOffset>()
                .map_err(|_| format!("time.offset = {text:?} is no offset like +08:00"))
        });
        Ok(Self { format: form.format.clone(), offset: offset.transpose()? })
    }

    /// The point in time to the full precision written, for the order of steps; see [`whole`].
    ///
    /// # Errors
    /// In words, what is wrong.
    pub fn read(&self, text: &str) -> Result<DateTime<Utc>, String> {
        let text = text.trim();
        match &self.format {
            Some(format) => DateTime::parse_from_str(text, format)
                .map(|at| at.to_utc())
                .or_else(|_| self.without_offset(NaiveDateTime::parse_from_str(text, format), text)),
            None => DateTime::parse_from_rfc3339(text)
                .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%#z"))
                .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z"))
                .map(|at| at.to_utc())
                .or_else(|_| {
                    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
                        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f"))
                        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M"));
                    self.without_offset(local, text)
                }),
        }
    }

    fn without_offset<E>(
        &self,
        local: Result<NaiveDateTime, E>,
        text: &str,
    ) -> Result<DateTime<Utc>, String> {
        let local = local.map_err(|_| format!("{text:?} is no point in time"))?;
        let offset = self
            .offset
            .ok_or_else(|| format!("{text:?} has no offset: write it, or set time.offset in the mapping"))?;
        let at = local.and_local_timezone(offset).single();
        at.map(|at| at.to_utc()).ok_or_else(|| format!("{text:?} is beyond what can be counted"))
    }
}

/// The same in whole milliseconds, as everything is stored; a finer part is cut off.
pub fn whole(at: DateTime<Utc>) -> Timestamp {
    at.trunc_subsecs(3)
}

/// A day, `2026-03-18` or `2026/3/18`.
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    text.parse().ok().or_else(|| NaiveDate::parse_from_str(text, "%Y/%m/%d").ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: TimeForm, text: &str) -> Option<String> {
        Times::new(&form).unwrap().read(text).ok().map(|at| at.to_rfc3339())
    }

    #[test]
    fn offsets_in_the_log_are_heeded() {
        let plain = TimeForm::default;
        let expected = Some("2011-10-11T11:45:40.276+00:00".to_owned());
        for text in [
            "2011-10-11 13:45:40.276000+02:00",
            "2011-10-11T13:45:40.276+02:00",
            "2011-10-11T11:45:40.276Z",
            "2011-10-11 13:45:40.276+0200",
            " 2011-10-11 13:45:40.276+02 ",
        ] {
            assert_eq!(read(plain(), text), expected, "{text}");
        }
        for text in ["2011-10-11 13:45:40", "2011-10-11", "11.10.2011 13:45", "", "2011-02-30T00:00:00Z"] {
            assert_eq!(read(plain(), text), None, "{text}");
        }
    }

    #[test]
    fn a_mapping_says_the_rest() {
        let offset = TimeForm { offset: Some("+08:00".into()), ..TimeForm::default() };
        assert_eq!(read(offset, "2026-03-18 09:00"), Some("2026-03-18T01:00:00+00:00".into()));
        let form = TimeForm { format: Some("%d.%m.%Y %H:%M".into()), offset: Some("+08:00".into()) };
        assert_eq!(read(form, "18.03.2026 09:00"), Some("2026-03-18T01:00:00+00:00".into()));
        let wrong = TimeForm { offset: Some("Shanghai".into()), ..TimeForm::default() };
        assert!(Times::new(&wrong).is_err());
    }

    #[test]
    fn finer_parts_are_cut_off() {
        let at = Times::new(&TimeForm::default()).unwrap().read("2011-10-11T11:45:40.276999Z").unwrap();
        assert_eq!(whole(at).to_rfc3339(), "2011-10-11T11:45:40.276+00:00");
    }

    #[test]
    fn days_are_written_two_ways() {
        let expected = NaiveDate::from_ymd_opt(2026, 3, 8);
        assert_eq!(day("2026-03-08"), expected);
        assert_eq!(day(" 2026/3/8 "), expected);
        assert_eq!(day("8.3.2026"), None);
    }
}
