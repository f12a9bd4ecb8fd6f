//! How an application's code sends its requests: the caller's own file is asked, and those near it.

use workspace::{App, Snapshot};

use super::near::Near;
use crate::convert::draft::Source;

/// An author's way to ask for what the own application answers.
pub(super) struct Asking {
    /// A body that is JSON is said to be.
    pub says_json: bool,
    /// `credentials: 'include'`, which says what goes without saying.
    pub says_credentials: bool,
    /// They stand behind the headers.
    pub credentials_last: bool,
    /// Dynamic segments are encoded; who never does that has ids there.
    pub encodes: bool,
    /// What a response is called.
    pub response: &'static str,
}

impl Asking {
    /// The way of a file and of those near it, the file's own first.
    pub fn of(snap: &Snapshot, app: &App, source: &Source) -> Self {
        let mut files = snap.files();
        files.retain(|file| {
            *file != source.file && !snap.is_test(*file) && snap.app_of(*file).is_some_and(|of| of.id == app.id)
        });
        let asks = |file| snap.links(file).iter().any(|link| link.kind == "fetch");
        let near = Near::of(snap, files, &source.path, &asks).led_by(&source.text);
        // of two ways, one is to say nothing: who says it every other time means it
        let says = |word: &[&str], of: &str, usual: bool| {
            let count = |text: &str| word.iter().map(|word| text.matches(word).count()).sum::<usize>();
            near.votes(&|text| (count(text) * 2, text.matches(of).count())).unwrap_or(usual)
        };
        let is_short = near.prefers(&["const res = await fetch("], &["const response = await fetch("], false);
        Self {
            encodes: near.votes(&encoded).unwrap_or(true),
            says_json: says(&["'application/json'", "\"application/json\""], "JSON.stringify(", true),
            says_credentials: says(&["credentials: 'include'", "credentials: \"include\""], "fetch(", false),
            credentials_last: near.votes(&credentials_behind).unwrap_or(false),
            response: if is_short { "res" } else { "response" },
        }
    }
}

/// Of a text's requests that say both, those that say credentials behind the headers, and the others.
fn credentials_behind(text: &str) -> (usize, usize) {
    let requests = text.split("fetch(").skip(1);
    let places = requests.filter_map(|request| Some((request.find("credentials:")?, request.find("headers:")?)));
    places.fold(
        (0, 0),
        |(yes, no), (credentials, headers)| {
            if credentials > headers { (yes + 1, no) } else { (yes, no + 1) }
        },
    )
}

/// The values in paths of a text's requests: those that are encoded, and those that aren't.
fn encoded(text: &str) -> (usize, usize) {
    let urls = text.split("fetch(`/").skip(1).filter_map(|rest| rest.split('`').next());
    let paths = urls.filter_map(|url| url.split('?').next());
    paths.fold((0, 0), |(yes, no), path| {
        let encoded = path.matches("${encodeURIComponent(").count();
        (yes + encoded, no + path.matches("${").count() - encoded)
    })
}
