//! A small language client over the real binary's standard input and output. Time limits are there
//! so that a hanging server fails its test; nothing is ever asserted about how long something took.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::messages::{frame, notification, opened, request};

/// After this, something hangs.
pub const GUARD: Duration = Duration::from_secs(60);

/// A running server and what it said.
pub struct Server {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    log: Arc<Mutex<String>>,
    next_id: i64,
    /// Requests and notifications of the server's, in order.
    pub heard: Vec<Value>,
    /// Answers that came before they were asked for.
    early: Vec<Value>,
    /// How requests of the server's are answered; `None` leaves them open.
    pub reply: fn(&Value) -> Option<Value>,
}

/// `null` to everything, as Helix does to `workspace/configuration`.
pub fn null(request: &Value) -> Option<Value> {
    let many = request["method"] == "workspace/configuration";
    Some(if many { json!([null]) } else { Value::Null })
}

impl Server {
    /// Starts the binary with the probes on.
    pub fn start() -> Self {
        Self::start_with(&[], Stdio::piped())
    }

    /// The same with further variables and another standard output.
    pub fn start_with(variables: &[(&str, &str)], stdout: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_routewright"))
            .arg("lsp")
            .env_remove("ROUTEWRIGHT_LOG")
            .env("ROUTEWRIGHT_PROBES", "1")
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(stdout)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let (send, messages) = channel();
        if let Some(output) = child.stdout.take() {
            std::thread::spawn(move || {
                let mut output = BufReader::new(output);
                while let Some(message) = read(&mut output) {
                    if send.send(message).is_err() {
                        break;
                    }
                }
            });
        }
        let log = Arc::new(Mutex::new(String::new()));
        let (mut errors, into) = (child.stderr.take().expect("piped"), Arc::clone(&log));
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(n @ 1..) = errors.read(&mut chunk) {
                into.lock().expect("no panic").push_str(&String::from_utf8_lossy(&chunk[..n]));
            }
        });
        let input = child.stdin.take();
        Self { child, input, messages, log, next_id: 1000, heard: vec![], early: vec![], reply: null }
    }

    /// Starts it and says hello, as a client with these capabilities.
    pub fn ready(capabilities: Value) -> Self {
        let mut server = Self::start();
        server.hello(json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
        server
    }

    /// `initialize` and `initialized`; what the server says it can.
    pub fn hello(&mut self, params: Value) -> Value {
        let answer = self.request("initialize", params);
        self.notify("initialized", json!({}));
        answer
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("standard input is open");
        // A server that has left is noticed by whoever waits for its answer.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    /// Sends messages in a single write.
    pub fn send(&mut self, messages: &[Value]) {
        let frames: Vec<u8> = messages.iter().flat_map(frame).collect();
        self.raw(&frames);
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&[notification(method, params)]);
    }

    /// Sends a request and waits for the whole answer.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&[request(id, method, params)]);
        self.answer(id)
    }

    /// Sends a request and waits for its result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let mut answer = self.ask(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}\n{}", self.log());
        answer["result"].take()
    }

    /// A probe's result.
    pub fn probe(&mut self, probe: Value) -> Value {
        self.request("routewright/test", probe)
    }

    /// What a buffer holds.
    pub fn text(&mut self, uri: &str) -> Value {
        self.probe(json!({ "do": "text", "uri": uri }))
    }

    /// Opens a buffer.
    pub fn open(&mut self, uri: &str, text: &str) {
        self.notify("textDocument/didOpen", opened(uri, text));
    }

    /// The answer with this id; `null` is an id, too.
    pub fn answer(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into();
        if let Some(at) = self.early.iter().position(|answer| answer["id"] == id) {
            return self.early.remove(at);
        }
        loop {
            let message = self.next();
            if message.get("method").is_some() {
                continue;
            }
            if message["id"] == id {
                return message;
            }
            self.early.push(message);
        }
    }

    /// The next answer to whatever request.
    pub fn next_answer(&mut self) -> Value {
        if !self.early.is_empty() {
            return self.early.remove(0);
        }
        loop {
            let message = self.next();
            if message.get("method").is_none() {
                return message;
            }
        }
    }

    /// Waits until the server has used a method `count` times.
    pub fn hear(&mut self, method: &str, count: usize) -> Vec<Value> {
        loop {
            let fits = self.heard.iter().filter(|message| message["method"] == method);
            let found: Vec<Value> = fits.cloned().collect();
            if found.len() >= count {
                return found;
            }
            let message = self.next();
            if message.get("method").is_none() {
                self.early.push(message);
            }
        }
    }

    /// The methods that the server used towards the client, in order.
    pub fn methods(&self) -> Vec<&str> {
        self.heard.iter().filter_map(|message| message["method"].as_str()).collect()
    }

    fn next(&mut self) -> Value {
        let message = match self.messages.recv_timeout(GUARD) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => panic!("the server is silent\n{}", self.log()),
            Err(RecvTimeoutError::Disconnected) => panic!("the server has left\n{}", self.log()),
        };
        if message.get("method").is_some() {
            self.heard.push(message.clone());
            if let (Some(id), Some(result)) = (message.get("id"), (self.reply)(&message)) {
                self.send(&[json!({ "jsonrpc": "2.0", "id": id, "result": result })]);
            }
        }
        message
    }

    /// What was logged so far.
    pub fn log(&self) -> String {
        self.log.lock().expect("no panic").clone()
    }

    /// Waits until there are as many lines in the log.
    pub fn log_lines(&self, count: usize) -> Vec<String> {
        let since = Instant::now();
        loop {
            let log = self.log();
            if log.lines().count() >= count && (log.is_empty() || log.ends_with('\n')) {
                return log.lines().map(String::from).collect();
            }
            assert!(since.elapsed() < GUARD, "not {count} lines in the log:\n{log}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Closes standard input.
    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// Waits for the process's end.
    pub fn exit_code(&mut self) -> Option<i32> {
        let since = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("our child") {
                return status.code();
            }
            assert!(since.elapsed() < GUARD, "the server stays\n{}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends it the right way, and checks that it had nothing to complain of.
    pub fn stop(self) {
        self.stop_after(&[]);
    }

    /// The same after something of which it had to complain, a line each.
    pub fn stop_after(mut self, complaints: &[&str]) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.exit_code(), Some(0));
        let log = self.log_lines(complaints.len());
        let said =
            log.len() == complaints.len() && log.iter().zip(complaints).all(|(line, wanted)| line.contains(wanted));
        assert!(said, "the log isn't {complaints:?} but {log:?}; normal use is silent");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", n)) => length = n.parse().ok(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length.expect("every frame has a length")];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("every frame is JSON: standard output is the protocol's alone"))
}
