//! What a handler does that an action can't, and what else speaks of its URL.

use std::path::PathBuf;

use next::segment_config::FIELDS;
use syntax::anatomy::{ObstacleKind, RequestPart, StatementKind};

use super::{Aim, Subject};
use crate::convert::{Refusal, draft::Source};

/// Obstacles in the function, and among what its file exports.
pub(super) fn of_function(subject: &Subject) -> Result<(), Refusal> {
    // what a handler answers there, the function answers still
    let is_idle = |kind| subject.aim == Aim::Beside && kind == ObstacleKind::NotFound;
    if let Some(obstacle) = subject.handler.obstacles.iter().find(|o| !is_idle(o.kind)) {
        let what = &obstacle.what;
        let (reason, text) = match obstacle.kind {
            ObstacleKind::Request => ("request", format!("{what} takes more of the request than arguments can bring")),
            ObstacleKind::RawBody => ("raw-body", format!("{what} reads the body as it was sent")),
            ObstacleKind::RequestHeader if is_signature(what) => {
                ("webhook", format!("the header {what} says that a program outside sends the request"))
            }
            ObstacleKind::RequestHeader => ("request-header", format!("no action's call brings the header {what}")),
            ObstacleKind::Stream => ("stream", format!("{what} answers with a stream")),
            ObstacleKind::Cors => ("cors", "its answers are for other origins, too".to_owned()),
            ObstacleKind::ResponseHeaders => {
                ("response-headers", format!("{what} gives the answer headers or cookies of its own"))
            }
            ObstacleKind::Answer => ("answer", format!("{what} is answered, and what that is isn't written here")),
            ObstacleKind::Status => ("status", format!("{what} computes the status while it answers")),
            ObstacleKind::NotFound => ("not-found", format!("{what}() shows a page in an action, and answers here")),
            ObstacleKind::CaughtRedirect => {
                ("caught-redirect", format!("{what} stands in a try, which would catch an action's redirect"))
            }
            ObstacleKind::Bound => ("bound", "it speaks of `this` or `arguments`, or is a generator".to_owned()),
        };
        return Err(subject.refusal(reason, text, obstacle.range));
    }
    if subject.handler.falls_through {
        let text = "it can end without an answer, which is an error today";
        return Err(subject.refusal("falls-through", text, subject.endpoint.range));
    }
    for input in &subject.handler.inputs {
        let RequestPart::Segment(name) = &input.part else { continue };
        if !subject.url().contains(&format!("/[{name}]")) {
            let text = format!("{name} is no single segment of {}", subject.url());
            return Err(subject.refusal("catch-all", text, subject.endpoint.range));
        }
    }
    match subject.aim {
        Aim::Instead => of_exports(subject),
        Aim::Beside => Ok(()),
    }
}

fn is_signature(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    header.contains("signature") || header.contains("webhook") || header.starts_with("svix-")
}

/// What a module of actions can't export: segment config that decides something, and anything else.
fn of_exports(subject: &Subject) -> Result<(), Refusal> {
    let is_alone = subject.is_alone();
    for export in &subject.facts.exports {
        if export.name == subject.endpoint.name.as_ref().into() {
            continue;
        }
        let name = &*export.name;
        if name == "OPTIONS" {
            return Err(subject.refusal("cors", "OPTIONS is answered by hand, for other origins", export.range));
        }
        if !FIELDS.contains(&name) {
            continue;
        }
        let literal = export.literal.as_deref().unwrap_or_default().trim_matches(['"', '\'', '`']);
        let is_idle = matches!((name, literal), ("dynamic", "force-dynamic" | "auto") | ("runtime", "nodejs"))
            || matches!(
                (name, literal),
                ("fetchCache", "auto" | "default-no-store" | "only-no-store" | "force-no-store")
            )
            || matches!(name, "revalidate" | "dynamicParams");
        // for the page's actions, the page's own config holds
        if !is_idle {
            let text = format!("{name} holds for the handler: an action runs as its page says");
            return Err(subject.refusal("segment-config", text, export.range));
        }
    }
    // what others import from here would be an action, or gone
    for (index, statement) in subject.anatomy.module.statements.iter().enumerate() {
        let is_config = statement.declares.iter().any(|n| FIELDS.contains(&&**n));
        let is_method = statement.declares.iter().any(|n| next::Method::parse(n).is_some());
        let exports =
            statement.export.is_some() || matches!(statement.kind, StatementKind::List | StatementKind::Reexport);
        // types are gone when the program runs
        let is_type = statement.kind == StatementKind::Type;
        if is_alone && index != subject.statement && exports && !is_config && !is_method && !is_type {
            let text = "the file exports more than methods, which a module of actions must not";
            return Err(subject.refusal("exports", text, statement.range));
        }
    }
    Ok(())
}

impl Subject<'_> {
    /// Whether nothing that answers is left in the file without it.
    pub(super) fn is_alone(&self) -> bool {
        let mut others = self.facts.exports.iter().filter(|e| *e.name != *self.endpoint.name);
        !others.any(|e| next::Method::parse(&e.name).is_some()) && self.facts.star_exports.is_empty()
    }
}

/// Middleware and the configuration may do something to the URL that they don't do to a page's.
pub(super) fn of_configuration(subject: &Subject) -> Result<(), Refusal> {
    let app = &subject.app;
    let mut files: Vec<PathBuf> = vec![];
    let folders = [Some(app.root.to_path_buf()), app.app_dir.as_ref().and_then(|d| Some(d.parent()?.to_owned()))];
    for folder in folders.into_iter().flatten() {
        let extensions = ["ts", "js", "tsx", "mjs"];
        files.extend(["middleware", "proxy"].iter().flat_map(|n| extensions.map(|e| folder.join(format!("{n}.{e}")))));
    }
    files.extend(app.config_file.clone());
    files.sort();
    files.dedup();
    for path in files {
        let Some(source) = subject.snap.file(&path).and_then(|file| Source::read(subject.snap, file).ok()) else {
            continue;
        };
        if let Some(at) = speaks_of(&source.text, subject.url()) {
            let is_config = Some(&*source.path) == app.config_file.as_deref();
            let reason = if is_config { "configured" } else { "middleware" };
            let name = crate::convert::draft::name_of(&source.path);
            let text = format!("{name} does something to {}, which it wouldn't do to an action's call", subject.url());
            return Err(Refusal::new(reason, text).at(source.file, at));
        }
    }
    Ok(())
}

/// Where a text holds a string that is a beginning of the URL, `/` aside: `'/api/:path*'`.
fn speaks_of(text: &str, url: &str) -> Option<syntax::TextRange> {
    for (at, _) in text.match_indices(['"', '\'', '`']) {
        let rest = text.get(at + 1..)?;
        if !rest.starts_with('/') {
            continue;
        }
        let end = rest.find(['"', '\'', '`', '\n']).unwrap_or(rest.len());
        let written = rest.get(..end)?;
        let fixed =
            written.find([':', '(', '*', '$', '[', '{']).map_or(written, |hole| written.get(..hole).unwrap_or(written));
        let fixed = fixed.trim_end_matches('/');
        let is_whole = url.strip_prefix(fixed).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if fixed.len() > 1 && is_whole {
            return Some(syntax::TextRange::new(at as u32, (at + 1 + end) as u32));
        }
    }
    None
}
