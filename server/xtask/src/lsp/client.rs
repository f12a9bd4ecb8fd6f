//! An LSP client over a child process. Its clock stops when the bytes of an answer have arrived,
//! before they are parsed, so that the client's own work is not counted.

use super::wire;
use anyhow::{Context, anyhow, bail};
use serde_json::{Value, json};
use std::io::{BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How much of a server's stderr is kept, to show when something fails.
const STDERR_KEPT: usize = 8 * 1024;
/// Errors that mean "ask again": ContentModified and ServerCancelled.
const ASK_AGAIN: [i64; 2] = [-32801, -32802];

/// A running language server. Dropping it kills the process.
pub struct Client {
    name: String,
    child: Child,
    stdin: Arc<Mutex<ChildStdin>>,
    incoming: Receiver<Incoming>,
    stderr: Arc<Mutex<String>>,
    progress: Vec<Progress>,
    next_id: i64,
    timeout: Duration,
    /// When the process was started.
    pub started: Instant,
}

/// A server's answer, and when its bytes had arrived.
pub struct Answer {
    /// The result; null when the server had nothing, or asked to be asked again.
    pub value: Value,
    /// When the request was written.
    pub asked: Instant,
    /// When the answer had arrived.
    pub arrived: Instant,
}

impl Answer {
    /// From the write of the request to the arrival of the answer.
    pub fn took(&self) -> Duration {
        self.arrived - self.asked
    }
}

/// One `$/progress` notification.
struct Progress {
    token: Value,
    kind: String,
    title: String,
    arrived: Instant,
}

struct Incoming {
    message: Value,
    arrived: Instant,
}

impl Client {
    /// Starts the server's process in `dir`.
    pub fn start(name: &str, program: &Path, args: &[&str], dir: &Path, timeout: Duration) -> anyhow::Result<Self> {
        let started = Instant::now();
        let mut child = Command::new(program)
            .args(args)
            .current_dir(dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let (Some(stdin), Some(stdout), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            bail!("{name} has no pipes");
        };
        let stdin = Arc::new(Mutex::new(stdin));
        let stderr = Arc::new(Mutex::new(String::new()));
        let (to_client, incoming) = channel();
        let (to_replier, requests) = channel();
        thread::spawn(move || receive(BufReader::new(stdout), &to_client, &to_replier));
        // Replies have a thread of their own: if the reader wrote them, a server that waits for
        // us to read while we wait for it to read would never wake.
        let pipe = Arc::clone(&stdin);
        thread::spawn(move || reply(&requests, &pipe));
        let kept = Arc::clone(&stderr);
        thread::spawn(move || keep_tail(errors, &kept));
        Ok(Self {
            name: name.to_owned(),
            child,
            stdin,
            incoming,
            stderr,
            progress: Vec::new(),
            next_id: 0,
            timeout,
            started,
        })
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a notification and says when its write began.
    pub fn notify(&self, method: &str, params: &Value) -> anyhow::Result<Instant> {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
            .with_context(|| format!("cannot send {method} to {}", self.name))
    }

    /// Sends a request and waits for its answer.
    pub fn request(&mut self, method: &str, params: &Value) -> anyhow::Result<Answer> {
        self.next_id += 1;
        let id = self.next_id;
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if !params.is_null() {
            message["params"] = params.clone();
        }
        let asked = self
            .write(&message)
            .with_context(|| format!("cannot send {method} to {}{}", self.name, self.last_words()))?;
        let deadline = asked + self.timeout;
        loop {
            let Incoming { message, arrived } = self.receive(deadline, &format!("no answer to {method}"))?;
            if message["id"] != json!(id) {
                continue;
            }
            if let Some(error) = message.get("error") {
                if error["code"].as_i64().is_some_and(|code| ASK_AGAIN.contains(&code)) {
                    return Ok(Answer { value: Value::Null, asked, arrived });
                }
                bail!("{} answers {method} with the error {error}", self.name);
            }
            let value = message.get("result").cloned().unwrap_or_default();
            return Ok(Answer { value, asked, arrived });
        }
    }

    /// Waits until the progress whose title contains `title` has ended, and says when it had.
    pub fn progress_end(&mut self, title: &str) -> anyhow::Result<Instant> {
        let deadline = Instant::now() + self.timeout;
        loop {
            let begun =
                self.progress.iter().find(|progress| progress.kind == "begin" && progress.title.contains(title));
            if let Some(begun) = begun
                && let Some(end) =
                    self.progress.iter().find(|progress| progress.kind == "end" && progress.token == begun.token)
            {
                return Ok(end.arrived);
            }
            self.receive(deadline, &format!("no end of the progress “{title}”"))?;
        }
    }

    /// Ends the server as the protocol has it; it is killed when it does not go.
    pub fn stop(mut self) -> anyhow::Result<()> {
        self.request("shutdown", &Value::Null)?;
        self.notify("exit", &Value::Null)?;
        let deadline = Instant::now() + Duration::from_secs(2);
        while Instant::now() < deadline && self.child.try_wait()?.is_none() {
            thread::sleep(Duration::from_millis(2));
        }
        Ok(())
    }

    /// Writes a message and says when the write began.
    fn write(&self, message: &Value) -> std::io::Result<Instant> {
        let frame = wire::frame(message);
        let mut pipe = self.stdin.lock().unwrap_or_else(PoisonError::into_inner);
        let began = Instant::now();
        wire::write(&mut *pipe, &frame)?;
        Ok(began)
    }

    /// The next message; `missing` says what is waited for.
    fn receive(&mut self, deadline: Instant, missing: &str) -> anyhow::Result<Incoming> {
        let left = deadline.saturating_duration_since(Instant::now());
        let incoming = self.incoming.recv_timeout(left).map_err(|error| match error {
            RecvTimeoutError::Timeout => {
                anyhow!("{missing} in {} s from {}{}", self.timeout.as_secs(), self.name, self.last_words())
            }
            RecvTimeoutError::Disconnected => {
                anyhow!("{missing}: {} has ended{}", self.name, self.last_words())
            }
        })?;
        if incoming.message["method"] == "$/progress" {
            let params = &incoming.message["params"];
            let text = |key: &str| params["value"][key].as_str().unwrap_or_default().to_owned();
            self.progress.push(Progress {
                token: params["token"].clone(),
                kind: text("kind"),
                title: text("title"),
                arrived: incoming.arrived,
            });
        }
        Ok(incoming)
    }

    /// What the server last wrote to stderr, ready to follow a message.
    fn last_words(&self) -> String {
        let stderr = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        match stderr.trim() {
            "" => String::new(),
            words => format!("\nits stderr:\n{words}"),
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Both fail when the process has gone already, which is what is wanted.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads messages until the pipe ends: requests go to the replier, the rest to the client.
fn receive(mut pipe: impl std::io::BufRead, client: &Sender<Incoming>, replier: &Sender<Value>) {
    while let Ok(Some(body)) = wire::read(&mut pipe) {
        let arrived = Instant::now();
        let Ok(message) = serde_json::from_slice::<Value>(&body) else {
            break;
        };
        let is_request = message.get("method").is_some() && message.get("id").is_some();
        let sent =
            if is_request { replier.send(message).is_ok() } else { client.send(Incoming { message, arrived }).is_ok() };
        if !sent {
            break;
        }
    }
}

/// Answers what servers ask: no configuration, and yes to everything else.
fn reply(requests: &Receiver<Value>, stdin: &Mutex<ChildStdin>) {
    for request in requests {
        let result = match (request["method"].as_str(), request["params"]["items"].as_array()) {
            (Some("workspace/configuration"), Some(items)) => json!(vec![Value::Null; items.len()]),
            _ => Value::Null,
        };
        let frame = wire::frame(&json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }));
        let mut pipe = stdin.lock().unwrap_or_else(PoisonError::into_inner);
        if wire::write(&mut *pipe, &frame).is_err() {
            return;
        }
    }
}

/// Keeps the end of what the server writes to stderr.
fn keep_tail(mut pipe: impl Read, kept: &Mutex<String>) {
    let mut chunk = [0; 4096];
    while let Ok(read @ 1..) = pipe.read(&mut chunk) {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_str(&String::from_utf8_lossy(&chunk[..read]));
        let excess = kept.len().saturating_sub(STDERR_KEPT);
        let cut = (excess..=kept.len()).find(|&at| kept.is_char_boundary(at));
        kept.drain(..cut.unwrap_or_default());
    }
}
