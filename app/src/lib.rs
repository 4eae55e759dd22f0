//! The Plumbline browser app.
//!
//! Pages read the URL and ask for data; [`components`] take values, signals and callbacks and never fetch;
//! [`i18n`] holds every word, [`mod@format`] every figure's form, [`keys`] the keyboard.

pub mod api;
pub mod app;
pub mod components;
pub mod follow;
pub mod format;
pub mod i18n;
pub mod keys;
pub mod pages;
pub mod query;
pub mod router;
pub mod routes;
pub mod scope;
pub mod state;
pub mod url_state;
