//! The one list of routes, and what every request passes before its handler.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::permit::permit;
use crate::error::Error;
use crate::http::{
    account, audit, cases, catalogue, checks, commands, dashboards, draws, health, live, queues, search,
    session, slips,
};
use crate::middleware::{csrf::csrf, guard::guard, headers::headers, observe::observe};
use crate::state::App;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Plumbline",
        description = "Runs and controls the quality of policy servicing. Every state-changing request carries \
            `X-Plumbline: 1`; errors are RFC 9457 problem documents with a typed slug.",
    ),
    // Named by others in places from which the derive does not collect them: tuples, queries, a schema by hand.
    components(schemas(
        domain::api::Problem,
        domain::api::behind::Counted,
        domain::api::behind::Late,
        domain::api::behind::Standing,
        domain::api::queue::Sort,
        domain::api::queue::Tab,
        domain::catalogue::E01Check,
        domain::secret::Sealed,
    ))
)]
struct Document;

/// Every route with its handler.
fn list() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(session::sign_in, session::get_session, session::sign_out))
        .routes(routes!(session::get_visitor))
        .routes(routes!(account::give_code))
        .routes(routes!(account::change_password))
        .routes(routes!(account::get_second_factor, account::offer_second_factor))
        .routes(routes!(account::confirm_second_factor))
        .routes(routes!(account::remove_second_factor))
        .routes(routes!(account::list_sessions))
        .routes(routes!(account::end_session))
        .routes(routes!(catalogue::get_catalogue))
        .routes(routes!(catalogue::list_items))
        .routes(routes!(live::live))
        .routes(routes!(queues::list_queues))
        .routes(routes!(queues::get_queue))
        .routes(routes!(queues::take_next))
        .routes(routes!(cases::register_case))
        .routes(routes!(cases::check_registration))
        .routes(routes!(commands::command_cases))
        .routes(routes!(commands::list_candidates))
        .routes(routes!(cases::get_case))
        .routes(routes!(commands::command_case))
        .routes(routes!(search::search))
        .routes(routes!(slips::list_slips))
        .routes(routes!(slips::get_slip))
        .routes(routes!(checks::list_checks))
        .routes(routes!(checks::second_check))
        .routes(routes!(checks::get_check))
        .routes(routes!(checks::command_check))
        .routes(routes!(draws::draw_sample))
        .routes(routes!(draws::verify_draw))
        .routes(routes!(dashboards::get_backlog))
        .routes(routes!(dashboards::list_behind))
        .routes(routes!(dashboards::get_quality))
        .routes(routes!(audit::get_audit))
        .routes(routes!(get_openapi))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::metrics))
}

/// The OpenAPI document of the list.
pub fn openapi() -> OpenApi {
    list().into_openapi()
}

/// The server as a service: the list behind its middleware, the browser app behind the list.
pub fn router(app: App) -> Router {
    let (router, _) = list().split_for_parts();
    layered(router, app)
}

/// Routes behind everything a request passes before its handler.
pub fn layered(router: Router<App>, app: App) -> Router {
    // Layers run from the last one added to the first.
    router
        .method_not_allowed_fallback(|| async { Error::MethodNotAllowed })
        .fallback(site)
        .layer(from_fn_with_state(app.clone(), permit))
        .layer(from_fn_with_state(app.clone(), csrf))
        .layer(compression())
        .layer(from_fn_with_state(app.clone(), guard))
        .layer(from_fn_with_state(app.clone(), headers))
        .layer(from_fn_with_state(app.clone(), observe))
        .with_state(app)
}

/// Packs answers worth packing; fast, since they are made anew each time. What comes packed stays as it is, and a
/// stream of notices is not held up.
fn compression() -> CompressionLayer<impl tower_http::compression::Predicate> {
    const WORTH_IT: u64 = 1_024;
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(WORTH_IT).and(NotForContentType::SSE))
}

/// The OpenAPI 3.1 document of this server.
#[utoipa::path(get, path = "/api/openapi.json", tag = "operation", responses(
    (status = 200, description = "This document"),
))]
async fn get_openapi(State(app): State<App>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], app.openapi()).into_response()
}

/// What no route took: the browser app, or nothing.
async fn site(State(app): State<App>, request: Request) -> Response {
    let (method, path) = (request.method(), request.uri().path());
    if let Some(response) = app.site().answer(method, path, request.headers()) {
        return response;
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        Error::NotFound.into_response()
    } else {
        Error::MethodNotAllowed.into_response()
    }
}
