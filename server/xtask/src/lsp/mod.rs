//! Language servers, driven from outside as an editor drives them: `server` finds, builds or
//! installs one, `session` starts it and asks, over `client` (messages and time stamps) and `wire`
//! (framing). `place` and `document` say where, `answer` reads what came back.

pub mod answer;
pub mod client;
pub mod document;
pub mod place;
pub mod process;
pub mod server;
pub mod session;
mod wire;
