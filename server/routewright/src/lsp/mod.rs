//! `routewright lsp`: the language server over standard input and output.
//!
//! A message's way: [`frames`] cuts it out of the input, [`message`] parses it, tower-lsp's service
//! routes it to a method of [`backend`], which changes the state or asks it through [`dispatch`];
//! [`answer`] sends what comes back. The threads that do so are [`crew`]'s; the state has its own;
//! the main thread runs everything that waits for the client or the clock.

mod answer;
mod backend;
mod callers;
mod capabilities;
mod commands;
mod conversions;
mod convert;
mod crew;
mod diagnosing;
mod dispatch;
mod documents;
mod edits;
mod frames;
mod listing;
mod logging;
mod message;
mod order;
mod panics;
mod parent;
mod probes;
mod refreshing;
mod scanning;
mod server;
mod session;
mod settings;
mod uri;
mod watching;

use std::fs::File;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{Sink, StreamExt};
use tokio::sync::{oneshot, watch};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ClientSocket, LspService};
use tower_service::Service;

use answer::Answer;
use backend::Backend;
use crew::Crew;
use dispatch::Dispatch;
use frames::{Bad, Frames, Output};
use message::Incoming;
use server::Server;
use session::Session;

/// Answers that take longer are lost when the input ends.
const LAST_ANSWERS: Duration = Duration::from_millis(500);

/// Serves one client until it says `exit`, its process is gone or its pipes are closed.
#[must_use]
pub fn run() -> ExitCode {
    logging::start();
    panics::install();
    match tokio::runtime::Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => {
            let code = runtime.block_on(serve()).unwrap_or_else(fail);
            runtime.shutdown_background();
            code
        }
        Err(error) => fail(error),
    }
}

fn fail(error: std::io::Error) -> ExitCode {
    tracing::error!("can't serve: {error}");
    ExitCode::FAILURE
}

async fn serve() -> std::io::Result<ExitCode> {
    let (end, ended) = oneshot::channel();
    let session = Arc::new(Session::new(Output::stdout()?, end));
    let crew = Crew::new();
    let scanning = Arc::new(scanning::Scanning::default());
    let changed = Arc::new(watch::Sender::new(()));
    let dispatch = Dispatch::start(Arc::clone(&crew), {
        let (scanning, changed) = (Arc::clone(&scanning), Arc::clone(&changed));
        move |world| {
            scanning.notice(world);
            changed.send_replace(());
        }
    })?;
    let runtime = tokio::runtime::Handle::current();
    let sent = Arc::clone(&session);
    let mut service =
        LspService::build(|client| Backend(Arc::new(Server::new(dispatch, client, sent, runtime, scanning, changed))))
            .custom_method(listing::ENDPOINTS, Backend::endpoints)
            .custom_method(listing::STATUS, Backend::status);
    if probes::enabled() {
        service = service.custom_method(probes::METHOD, Backend::probe);
    }
    let (service, socket) = service.finish();
    let (mut ours, answers) = ClientSocket::split(socket);
    let mut front = Front {
        frames: Frames::new(frames::stdin()?),
        service,
        answers,
        crew: Arc::clone(&crew),
        session: Arc::clone(&session),
    };
    crew.start(Box::new(move || front.next()));
    tokio::spawn(async move {
        while let Some(request) = ours.next().await {
            session.send(&request);
        }
    });
    Ok(ended.await.unwrap_or(ExitCode::FAILURE))
}

/// The reading end.
struct Front<A> {
    frames: Frames<File>,
    service: LspService<Backend>,
    answers: A,
    crew: Arc<Crew>,
    session: Arc<Session>,
}

impl<A: Sink<Response> + Unpin> Front<A> {
    /// Takes one message and starts what it asks for; `false` at the end.
    fn next(&mut self) -> bool {
        let Some(frame) = self.frames.next() else {
            self.session.leave_when_done(LAST_ANSWERS);
            return false;
        };
        match frame.map_err(Bad::into).and_then(message::read) {
            Ok(Incoming::Request(request)) => return answer::afterwards(|| self.request(request)),
            Ok(Incoming::Response(response)) => {
                // Unbounded in tower-lsp: it never has to wait.
                let _ = Pin::new(&mut self.answers).start_send(response);
            }
            Err(error) => {
                tracing::debug!("not a message: {error}");
                self.frames.distrust();
                self.session.send(&Response::from_error(Id::Null, error));
            }
        }
        true
    }

    fn request(&mut self, request: Request) -> bool {
        if request.method() == "exit" {
            self.session.leave();
            return false;
        }
        let (method, id): (Arc<str>, _) = (request.method().into(), request.id().cloned());
        // Always ready: `poll_ready` says no after `exit` only, which never gets there.
        let answer = panics::caught(Some(Arc::clone(&method)), || self.service.call(request));
        match answer {
            Ok(answer) => Answer::start(method, id, &self.crew, &self.session, async { answer.await.ok().flatten() }),
            Err(panics::Panicked) => {
                if let Some(id) = id {
                    self.session.send(&Response::from_error(id, Error::internal_error()));
                }
            }
        }
        true
    }
}

impl From<Bad> for Error {
    fn from(bad: Bad) -> Self {
        let reason = match bad {
            Bad::Length => "no length in Content-Length".to_owned(),
            Bad::TooLong(length) => format!("a message of {length} bytes is too long"),
        };
        Self { message: reason.into(), ..Self::parse_error() }
    }
}
