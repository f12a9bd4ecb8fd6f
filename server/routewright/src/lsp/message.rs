//! From a body to a message: JSON-RPC 2.0 in one pass, without the second parse that a check in
//! front of tower-lsp's own reader would cost.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

use super::uri;

/// What a client can send.
pub enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to a request of ours.
    Response(Response),
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    method: Option<Cow<'a, str>>,
    id: Option<Id>,
    params: Option<Value>,
    result: Option<Value>,
    error: Option<Error>,
}

/// Reads a body. What can't be read is answered with `ParseError` where it is no JSON and with
/// `InvalidRequest` where it is, but no message (JSON-RPC 2.0 §5.1). Batches aren't part of LSP.
pub fn read(body: &[u8]) -> Result<Incoming, Error> {
    let envelope: Envelope = serde_json::from_slice(body).map_err(|error| refusal(&error))?;
    match (envelope.method, envelope.id) {
        (Some(method), id) => {
            let mut request = Request::build(method.into_owned());
            if let Some(mut params) = envelope.params {
                uri::mend(&mut params);
                request = request.params(params);
            }
            if let Some(id) = id {
                request = request.id(id);
            }
            Ok(Incoming::Request(request.finish()))
        }
        (None, Some(id)) => Ok(Incoming::Response(match envelope.error {
            Some(error) => Response::from_error(id, error),
            None => Response::from_ok(id, envelope.result.unwrap_or_default()),
        })),
        (None, None) => Err(Error::invalid_request()),
    }
}

fn refusal(error: &serde_json::Error) -> Error {
    let code = if error.is_data() { ErrorCode::InvalidRequest } else { ErrorCode::ParseError };
    Error { message: format!("{}: {error}", code.description()).into(), ..Error::new(code) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_messages() {
        for (body, expected) in [
            (r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#, "request shutdown"),
            (r#"{"jsonrpc":"2.0","method":"exit","params":null}"#, "request exit"),
            (r#"{"jsonrpc":"2.0","id":"a","result":null}"#, "response true"),
            (r#"{"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"no"}}"#, "response false"),
            (r#"{"id":1,"method":"m\u0061x","other":[]}"#, "request max"),
            ("{bad}", "-32700"),
            ("", "-32700"),
            ("{\"id\":1,", "-32700"),
            ("\"\u{fffd}", "-32700"),
            ("{}", "-32600"),
            ("[]", "-32600"),
            ("7", "-32600"),
            (r#"{"id":{},"method":"x"}"#, "-32600"),
            (r#"{"id":1,"method":7}"#, "-32600"),
            (r#"[{"id":1,"method":"x"}]"#, "-32600"),
        ] {
            let found = match read(body.as_bytes()) {
                Ok(Incoming::Request(request)) => format!("request {}", request.method()),
                Ok(Incoming::Response(response)) => format!("response {}", response.is_ok()),
                Err(error) => error.code.code().to_string(),
            };
            assert_eq!(found, expected, "{body}");
        }
        assert_eq!(read(b"\"\xff\"").err().map(|e| e.code.code()), Some(-32700), "not UTF-8");
    }
}
