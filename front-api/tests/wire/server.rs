//! An HTTP/1.1 server that gives the answers of a script, one a request, and keeps what it was asked.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} was sent twice");
        value
    }

    /// `GET /tags`
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"));
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

/// What is answered.
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    end: End,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    /// The whole answer, and the connection stays.
    Whole,
    /// The connection is closed before anything is answered.
    Nothing,
    /// The head and half of the body, then the connection is closed.
    Half,
    /// The head and half of the body, and the connection stays until the client gives up.
    Stall,
    /// Nothing, and the connection stays until the client gives up.
    Silence,
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), end: End::Whole }
    }

    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::status(status).header("content-type", "application/json").body(body)
    }

    /// Points to an address; `{base}` in it is the server's own.
    pub(crate) fn moved(status: u16, location: &str) -> Self {
        Self::status(status).header("location", location)
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn lost() -> Self {
        Self { end: End::Nothing, ..Self::status(0) }
    }

    pub(crate) fn half(mut self) -> Self {
        self.end = End::Half;
        self
    }

    pub(crate) fn stall(mut self) -> Self {
        self.end = End::Stall;
        self
    }

    pub(crate) fn silence() -> Self {
        Self { end: End::Silence, ..Self::status(0) }
    }
}

#[derive(Default)]
struct Shared {
    script: VecDeque<Reply>,
    seen: Vec<Seen>,
}

pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

impl Server {
    pub(crate) fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Mutex::new(Shared {
            script: script.into_iter().collect(),
            seen: Vec::new(),
        }));
        let for_connections = Arc::clone(&shared);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let shared = Arc::clone(&for_connections);
                // A client that goes away ends its thread; what it was sent is checked elsewhere.
                thread::spawn(move || {
                    serve(&connection, address, &shared).unwrap_or(())
                });
            }
        });
        Self { address, shared }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What was asked so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.shared.lock().expect("no test panicked in there").seen.clone()
    }

    /// The one request that was made.
    pub(crate) fn only(&self) -> Seen {
        match <[Seen; 1]>::try_from(self.seen()) {
            Ok([one]) => one,
            Err(all) => panic!("{} requests were made", all.len()),
        }
    }

    /// The lines of all requests.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }
}

fn serve(
    connection: &TcpStream,
    address: SocketAddr,
    shared: &Mutex<Shared>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection);
    let mut writer = connection;
    while let Some(seen) = read(&mut reader)? {
        let reply = {
            let mut shared = shared.lock().expect("no test panicked in there");
            shared.seen.push(seen);
            shared
                .script
                .pop_front()
                .unwrap_or_else(|| Reply::status(599).body("not in the script"))
        };
        match reply.end {
            End::Nothing => return Ok(()),
            // Until the client closes its side.
            End::Silence => return reader.read_to_end(&mut Vec::new()).map(drop),
            End::Whole | End::Half | End::Stall => {}
        }
        let mut head = format!("HTTP/1.1 {} Scripted\r\n", reply.status);
        for (name, value) in &reply.headers {
            head += &format!(
                "{name}: {}\r\n",
                value.replace("{base}", &format!("http://{address}"))
            );
        }
        if reply.status != 204 {
            head += &format!("content-length: {}\r\n", reply.body.len());
        }
        writer.write_all(head.as_bytes())?;
        writer.write_all(b"\r\n")?;
        if reply.end == End::Half {
            return writer.write_all(&reply.body[..reply.body.len() / 2]);
        }
        if reply.end == End::Stall {
            writer.write_all(&reply.body[..reply.body.len() / 2])?;
            return reader.read_to_end(&mut Vec::new()).map(drop);
        }
        writer.write_all(&reply.body)?;
    }
    Ok(())
}

fn read(reader: &mut impl BufRead) -> std::io::Result<Option<Seen>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) =
        (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut seen = Seen { method, target, headers, body: Vec::new() };
    assert_eq!(seen.header("transfer-encoding"), None, "every body has a length");
    let length = seen
        .header("content-length")
        .map_or(0, |length| length.parse().expect("a length"));
    seen.body = vec![0; length];
    reader.read_exact(&mut seen.body)?;
    Ok(Some(seen))
}
