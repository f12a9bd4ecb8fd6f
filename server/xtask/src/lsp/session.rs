//! One editor session with one server: start, open, ask, type.

use super::answer;
use super::client::{Answer, Client};
use super::document::{Document, uri};
use super::place::{Encoding, Place};
use super::server::Server;
use anyhow::bail;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long to wait before asking again what had no answer yet.
const ASK_AGAIN_AFTER: Duration = Duration::from_millis(2);

/// A server that has been initialized.
pub struct Session {
    client: Client,
    dir: PathBuf,
    encoding: Encoding,
    takes_ranges: bool,
    expect: Option<String>,
    timeout: Duration,
    /// When `initialized` was sent.
    pub initialized: Instant,
}

/// What a place can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// `textDocument/hover`
    Hover,
    /// `textDocument/definition`
    Definition,
}

/// The first answer that says something.
pub struct First {
    /// The answer itself.
    pub value: Value,
    /// From the start of the process.
    pub since_start: Duration,
}

impl Session {
    /// Starts a server and initializes it with the workspace folder, absolute. An answer may take as
    /// long as `timeout`.
    pub fn start(dir: &Path, server: &Server, timeout: Duration) -> anyhow::Result<Self> {
        let mut client = Client::start(server.name, &server.program, server.args, dir, timeout)?;
        let answer = client.request("initialize", &initialize_params(dir))?;
        let capabilities = &answer.value["capabilities"];
        let encoding = match capabilities["positionEncoding"].as_str() {
            Some("utf-8") => Encoding::Utf8,
            None | Some("utf-16") => Encoding::Utf16,
            Some(other) => bail!("{} chose the encoding {other}, which was not offered", server.name),
        };
        let sync = &capabilities["textDocumentSync"];
        let takes_ranges = sync.as_i64().or_else(|| sync["change"].as_i64()) == Some(2);
        let initialized = client.notify("initialized", &json!({}))?;
        Ok(Self {
            client,
            dir: dir.to_owned(),
            encoding,
            takes_ranges,
            expect: server.expect.clone(),
            timeout,
            initialized,
        })
    }

    /// Opens a file of the workspace.
    pub fn open(&self, file: &Path) -> anyhow::Result<Document> {
        let document = Document::read(&self.dir.join(file))?;
        self.client.notify("textDocument/didOpen", &document.opened())?;
        Ok(document)
    }

    /// Closes a file again.
    pub fn close(&self, document: &Document) -> anyhow::Result<()> {
        let params = json!({ "textDocument": document.identifier() });
        self.client.notify("textDocument/didClose", &params).map(|_| ())
    }

    /// What a `character` of this server's positions counts.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Asks once.
    pub fn ask(&mut self, ask: Ask, document: &Document, at: &Place) -> anyhow::Result<Answer> {
        let params = json!({
            "textDocument": document.identifier(),
            "position": document.position(at, self.encoding),
        });
        self.client.request(ask.method(), &params)
    }

    /// Asks until there is an answer, which has to contain what `--expect` says.
    pub fn first_answer(&mut self, ask: Ask, document: &Document, at: &Place) -> anyhow::Result<First> {
        let deadline = Instant::now() + self.timeout;
        loop {
            let answer = self.ask(ask, document, at)?;
            let is_right = !answer::says_nothing(&answer.value)
                && self.expect.as_ref().is_none_or(|text| answer.value.to_string().contains(text.as_str()));
            if is_right {
                return Ok(First { value: answer.value, since_start: answer.arrived - self.client.started });
            }
            if Instant::now() > deadline {
                bail!(
                    "no right answer to {} at {at} in {} s; the last one was {}",
                    ask.method(),
                    self.timeout.as_secs(),
                    answer.value
                );
            }
            thread::sleep(ASK_AGAIN_AFTER);
        }
    }

    /// Types or deletes one letter: `text` replaces what lies between two 1-based columns of
    /// a line. Says when the write of the change began.
    pub fn change(
        &self,
        document: &mut Document,
        line: usize,
        columns: (usize, usize),
        text: &str,
    ) -> anyhow::Result<Instant> {
        let change = document.change(line, columns, text, self.encoding, self.takes_ranges);
        let params = json!({ "textDocument": document.versioned(), "contentChanges": [change] });
        self.client.notify("textDocument/didChange", &params)
    }

    /// Waits for the end of the index, as the server's progress tells it.
    pub fn index_end(&mut self) -> anyhow::Result<Instant> {
        self.client.progress_end("Indexing")
    }

    /// The server's process.
    pub fn pid(&self) -> u32 {
        self.client.pid()
    }

    /// Ends the server.
    pub fn stop(self) -> anyhow::Result<()> {
        self.client.stop()
    }
}

impl Ask {
    fn method(self) -> &'static str {
        match self {
            Self::Hover => "textDocument/hover",
            Self::Definition => "textDocument/definition",
        }
    }
}

fn initialize_params(dir: &Path) -> Value {
    let root = uri(dir);
    json!({
        "processId": std::process::id(),
        "clientInfo": { "name": "routewright-xtask" },
        "rootUri": root,
        "workspaceFolders": [{ "uri": root, "name": "workspace" }],
        "capabilities": {
            "general": { "positionEncodings": ["utf-8", "utf-16"] },
            "window": { "workDoneProgress": true },
            "workspace": {
                "configuration": true,
                "workspaceFolders": true,
                "didChangeWatchedFiles": { "dynamicRegistration": true },
            },
            "textDocument": {
                "synchronization": { "didSave": true },
                "hover": { "contentFormat": ["markdown", "plaintext"] },
                "definition": { "linkSupport": true },
            },
        },
    })
}
