//! Words of the recheck form.
