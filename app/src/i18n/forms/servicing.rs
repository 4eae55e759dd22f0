//! Words of the servicing form.
