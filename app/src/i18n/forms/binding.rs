//! Words of the binding form.
