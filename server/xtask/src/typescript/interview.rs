//! Both servers asked the same questions, file by file. A server that gives no answer in time or
//! dies is started anew, and the rest of that file goes unanswered.

use super::asked::{Asked, Questions};
use super::landing::{Landing, landings};
use crate::lsp::document::Document;
use crate::lsp::place::Encoding;
use crate::lsp::server::Server;
use crate::lsp::session::{Ask, Session};
use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The answers to every question of a repository, in the order of the questions; `None` where the
/// server failed.
pub type Answers = Vec<Option<Vec<Landing>>>;

/// One server and the folder that it is shown.
pub struct Interview<'s> {
    server: &'s Server,
    dir: PathBuf,
    timeout: Duration,
    session: Option<Session>,
    /// The file that was asked about last. It stays open until the next one is: a server drops the
    /// project of a file when the last one is closed.
    open: Option<Document>,
}

impl<'s> Interview<'s> {
    /// Of a server that is shown this folder.
    pub fn new(server: &'s Server, dir: &Path, timeout: Duration) -> anyhow::Result<Self> {
        let dir = dir.canonicalize().with_context(|| format!("cannot read {}", dir.display()))?;
        Ok(Self { server, dir, timeout, session: None, open: None })
    }

    /// Asks everything.
    pub fn ask(mut self, questions: &Questions) -> anyhow::Result<Answers> {
        let mut answers = Answers::new();
        for (file, asked) in &questions.files {
            let mut given = Vec::new();
            if let Err(error) = self.ask_file(file, &asked.places, &mut given) {
                eprintln!("{}: {file}: {error:#}", self.server.name);
                self.session = None;
                self.open = None;
            }
            answers.extend(given.into_iter().map(Some));
            let so_far: usize = questions.files.range(..=file.clone()).map(|(_, file)| file.places.len()).sum();
            answers.resize(so_far, None);
        }
        if let Some(session) = self.session.take() {
            session.stop().ok();
        }
        Ok(answers)
    }

    fn ask_file(&mut self, file: &str, places: &[Asked], given: &mut Vec<Vec<Landing>>) -> anyhow::Result<()> {
        let mut session = match self.session.take() {
            Some(session) => session,
            None => Session::start(&self.dir, self.server, self.timeout)?,
        };
        ensure!(
            session.encoding() == Encoding::Utf8,
            "{} counts in UTF-16: columns can't be compared",
            self.server.name
        );
        let document = session.open(Path::new(file))?;
        if let Some(last) = self.open.take() {
            session.close(&last)?;
        }
        for asked in places {
            let answer = session.ask(Ask::Definition, &document, &asked.at)?;
            given.push(landings(&self.dir, &answer.value));
        }
        self.open = Some(document);
        self.session = Some(session);
        Ok(())
    }
}
