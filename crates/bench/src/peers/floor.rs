//! The floor: an axum handler that answers the same bytes to everything. Faster than this no server of ours can be.

use crate::{Result, process::Process};
use axum::{Router, http::header};
use std::{net::SocketAddr, path::Path, process::Command};

/// Serves a file's bytes until it is killed.
pub(crate) fn serve(listen: SocketAddr, body: &Path) -> Result<()> {
    let body: &'static [u8] = std::fs::read(body)?.leak();
    let router = Router::new().fallback(async move || {
        (
            [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
            body,
        )
    });
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await?;
        println!("listening on http://{}", listener.local_addr()?);
        axum::serve(listener, router).await?;
        Ok(())
    })
}

/// Starts it as a process of its own, with this answer.
pub(crate) fn start(body: &Path) -> Result<Process> {
    Process::start(
        Command::new(std::env::current_exe()?)
            .args(["floor", "127.0.0.1:0"])
            .arg(body),
    )
}
