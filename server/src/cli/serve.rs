//! `plumbline serve`

use std::time::Duration;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::Config;
use crate::state::App;
use crate::{jobs, listen, live, pulse, routes, start};

/// Serves until the process is told to stop; then takes no new requests, ends the streams, and gives those under way
/// some seconds to finish.
pub async fn run(config: Config) -> anyhow::Result<()> {
    config.check_listener()?;
    let (address, drain) = (config.listen, Duration::from_secs(config.drain_seconds));
    let app = start::app(config).await?;
    let listener = TcpListener::bind(address).await.with_context(|| format!("listen on {address}"))?;
    tracing::info!(address = %listener.local_addr()?, store = start::shown(&app.config().store), "serving");
    let tasks = [
        tokio::spawn(pulse::follow(app.clone())),
        tokio::spawn(live::follow(app.clone())),
        tokio::spawn(jobs::run(app.clone())),
    ];
    let hub = app.clone();
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        hub.hub().close();
    });
    let server = listen::serve(listener, routes::router(app.clone()), app.clone());
    let drained = async {
        app.hub().closed().await;
        tokio::time::sleep(drain).await;
    };
    tokio::select! {
        () = server => {}
        () = drained => tracing::warn!("requests were cut off after {} s", drain.as_secs()),
    }
    finish(&app, tasks).await;
    Ok(())
}

async fn finish(app: &App, tasks: [tokio::task::JoinHandle<()>; 3]) {
    app.hub().close();
    for task in tasks {
        if let Err(error) = task.await {
            tracing::error!(%error, "a task of the server failed");
        }
    }
    app.store().close().await;
    tracing::info!("stopped");
}

/// Waits for Ctrl-C or the supervisor's signal.
async fn told_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => drop(terminate.recv().await),
            Err(error) => {
                tracing::warn!(%error, "the supervisor's signal cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
