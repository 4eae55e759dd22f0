//! Time: instants, the business calendar, business minutes and days, and the clocks of a case.
//!
//! Nothing here reads a clock: every "now" is an argument. Instants are UTC in whole milliseconds; what people
//! call a day is a day at +08:00, the one zone the business runs in.
//!
//! Business *minutes* (inside a unit's office hours) and business *days* (T+N) never mix: they are two types
//! without a conversion, because a day of eight hours and "by the end of the next working day" are two different
//! promises.

mod amount;
mod calendar;
mod clocks;
mod day_end;
mod due;
mod period;
pub mod wire;
mod zone;

pub use amount::{BusinessDays, BusinessMinutes, ElapsedMillis};
pub use calendar::{
    Amount, Calendar, CalendarData, CalendarError, Counted, CountedSpan, DayKind, DayName, DayRule, DueDay,
    Explain, OpenHours, RuleKind,
};
pub use clocks::{
    CaseSpans, Clocks, ClocksError, Owner, Span, TransitSpan, VisitClock, VisitSpan, WaitSpan, Waiting,
    business_clocks, elapsed_clocks,
};
pub use day_end::DayEnd;
pub use due::{TimeState, due_at, due_day_with_pauses, natural_due};
pub use period::{Period, PeriodError};
pub use zone::{Timestamp, end_of_day, local, local_date, start_of_day, zone};
