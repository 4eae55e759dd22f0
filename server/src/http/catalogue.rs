//! The catalogue: versions never change, so a browser fetches each one once.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use domain::api::Problem;
use domain::api::catalogue::ItemName;
use domain::catalogue::{Catalogue, CatalogueVersion};

use crate::auth::session::SignedIn;
use crate::directory::Edition;
use crate::error::{Error, Result};
use crate::extract::Path;
use crate::state::App;

/// A version of the catalogue; it never changes.
#[utoipa::path(get, path = "/api/catalogue/{version}", tag = "catalogue",
    params(("version" = u32, Path, description = "The version")),
    responses(
        (status = 200, description = "The catalogue", body = Catalogue),
        (status = 404, description = "No such version", body = Problem),
    ))]
pub async fn get_catalogue(
    State(app): State<App>,
    _: SignedIn,
    Path(version): Path<CatalogueVersion>,
) -> Result<impl IntoResponse> {
    Ok(forever(edition(&app, version)?.json.clone()))
}

/// The names of its items, for lists: a twentieth of the whole.
#[utoipa::path(get, path = "/api/catalogue/{version}/items", tag = "catalogue",
    params(("version" = u32, Path, description = "The version")),
    responses(
        (status = 200, description = "The items in the order they are offered", body = [ItemName]),
        (status = 404, description = "No such version", body = Problem),
    ))]
pub async fn list_items(
    State(app): State<App>,
    _: SignedIn,
    Path(version): Path<CatalogueVersion>,
) -> Result<impl IntoResponse> {
    Ok(forever(edition(&app, version)?.names.clone()))
}

fn edition(app: &App, version: CatalogueVersion) -> Result<Arc<Edition>> {
    app.directory().edition(version).cloned().ok_or(Error::NotFound)
}

fn forever(json: Bytes) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ];
    (headers, json)
}
