//! What every request passes, outermost first: id and observation, headers, guard against panics and slowness, the
//! same-origin check. Permits come last, once the route is known ([`crate::auth::permit`]).

pub mod address;
pub mod csrf;
pub mod guard;
pub mod headers;
pub mod observe;
