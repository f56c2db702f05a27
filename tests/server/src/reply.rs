//! Scripted responses, and the ways in which a connection can fail.

use std::io::Write;
use std::net::SocketAddr;

/// A scripted response, or a connection that fails in some way.
#[derive(Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) end: End,
}

/// Where a response ends, and what becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    /// The response is complete, and the connection stays open.
    Whole,
    /// The response is complete, then the connection is closed without notice: the client's next request finds it closed.
    Close,
    /// The connection is closed as soon as a request comes in, before any of it is read.
    Unread,
    /// The connection is closed instead of a response.
    Nothing,
    /// Only these bytes, then the connection is closed.
    Raw,
    /// The head, and the body again and again until the client goes away.
    Endless,
    /// The beginning of a head, and then one header after the other until the client goes away.
    Headers,
    /// The beginning of a head, and the connection stays until the client gives up.
    Headless,
    /// The head and half of the body, then the connection is closed.
    Half,
    /// The head and half of the body, and the connection stays until the client gives up.
    Stall,
    /// Nothing, and the connection stays until the client gives up.
    Silence,
}

impl Reply {
    /// Creates a response without a body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), end: End::Whole }
    }

    /// Creates a response with a JSON body.
    #[must_use]
    pub fn json(status: u16, body: &str) -> Self {
        Self::status(status).header("content-type", "application/json").body(body)
    }

    /// Creates a redirect. `{base}` in the location stands for the server's base URL.
    #[must_use]
    pub fn moved(status: u16, location: &str) -> Self {
        Self::status(status).header("location", location)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Closes the connection after reading the request.
    #[must_use]
    pub fn lost() -> Self {
        Self::ending(End::Nothing)
    }

    /// Closes the connection before reading the request.
    #[must_use]
    pub fn unread() -> Self {
        Self::ending(End::Unread)
    }

    /// Sends these bytes, which need not be HTTP, and closes the connection.
    #[must_use]
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::ending(End::Raw).body(bytes)
    }

    /// Sends headers without end.
    #[must_use]
    pub fn headers_without_end() -> Self {
        Self::ending(End::Headers)
    }

    /// Sends half of the response head, then nothing more.
    #[must_use]
    pub fn half_a_head() -> Self {
        Self::ending(End::Headless)
    }

    fn ending(end: End) -> Self {
        Self { end, ..Self::status(0) }
    }

    /// Closes the connection after the response, without a `connection: close` header.
    #[must_use]
    pub fn close(mut self) -> Self {
        self.end = End::Close;
        self
    }

    /// Sends the body again and again, without end.
    #[must_use]
    pub fn endless(mut self) -> Self {
        self.end = End::Endless;
        self
    }

    /// Sends half of the body and closes the connection.
    #[must_use]
    pub fn half(mut self) -> Self {
        self.end = End::Half;
        self
    }

    /// Sends half of the body, then nothing more.
    #[must_use]
    pub fn stall(mut self) -> Self {
        self.end = End::Stall;
        self
    }

    /// Sends nothing and keeps the connection open.
    #[must_use]
    pub fn silence() -> Self {
        Self::ending(End::Silence)
    }
}

impl Reply {
    /// Writes the part that can be written at once.
    pub(crate) fn write(
        &self,
        mut writer: impl Write,
        address: SocketAddr,
    ) -> std::io::Result<()> {
        match self.end {
            End::Nothing | End::Silence | End::Unread => return Ok(()),
            End::Raw => return writer.write_all(&self.body),
            End::Headers | End::Headless => {
                return writer.write_all(b"HTTP/1.1 200 Scripted\r\nx-first: ");
            }
            End::Whole | End::Close | End::Half | End::Stall | End::Endless => {}
        }
        let mut response = format!("HTTP/1.1 {} Scripted\r\n", self.status);
        for (name, value) in &self.headers {
            let value = value.replace("{base}", &format!("http://{address}"));
            response += &format!("{name}: {value}\r\n");
        }
        // Without a length, a body ends with the connection.
        if self.status != 204 && self.end != End::Endless {
            response += &format!("content-length: {}\r\n", self.body.len());
        }
        response += "\r\n";
        let written = match self.end {
            End::Half | End::Stall => self.body.len() / 2,
            End::Endless => 0,
            _ => self.body.len(),
        };
        // At once: a second write would wait for the client's delayed acknowledgement of the first.
        let mut response = response.into_bytes();
        response.extend_from_slice(&self.body[..written]);
        writer.write_all(&response)
    }
}
