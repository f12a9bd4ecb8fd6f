//! The methods of Route Handlers, asked of `next start`: no manifest has them.

use super::app::App;
use super::compare::Verdict;
use super::http;
use super::listed::Listed;
use crate::differences::Differences;
use crate::nextjs::process::Server;
use crate::nextjs::release::Flavour;
use std::collections::BTreeSet;

/// `HTTP_METHODS` of server/web/http.ts.
const METHODS: [&str; 7] = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"];

/// Asks every handler for every method. What isn't answered is refused with 405, and the `Allow`
/// of an OPTIONS that Next answers by itself lists what is.
pub fn check(
    app: &App,
    flavour: Flavour,
    ours: &Listed,
    named: &mut Differences,
    verdict: &mut Verdict,
) -> anyhow::Result<()> {
    let log = app.workspace(flavour.major).join("start.log");
    let server = Server::start("start", flavour, &app.dir(flavour.major), &log)?;
    let (mut answered, mut listed) = (BTreeSet::new(), BTreeSet::new());
    let (mut allowed, mut we_allow) = (BTreeSet::new(), BTreeSet::new());
    for (route, methods) in &ours.methods {
        listed.extend(methods.keys().map(|method| format!("{method} {route}")));
        let path = http::path(route);
        for method in METHODS {
            let answer = http::ask(server.port, method, &path)?;
            if answer.status != 405 {
                answered.insert(format!("{method} {route}"));
            }
            if method == "OPTIONS" && answer.status == 204 {
                allowed.insert(format!("{} at {route}", answer.allow.join(", ")));
                let ours: Vec<_> = methods.keys().cloned().collect();
                we_allow.insert(format!("{} at {route}", ours.join(", ")));
            }
        }
    }
    verdict.add(named.judge("methods", "methods of handlers", &answered, &listed));
    verdict.add(named.judge("allow", "`Allow` of their OPTIONS", &allowed, &we_allow));
    Ok(())
}
