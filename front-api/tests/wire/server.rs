//! An HTTP/1.1 server that gives the answers of a script, one a request, and keeps what it was asked.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
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
    /// The whole answer, then the connection is closed. The next request that comes in finds it closed.
    Close,
    /// The connection is closed as soon as a request comes in, before any of it is read.
    Unread,
    /// The connection is closed before anything is answered.
    Nothing,
    /// These bytes and no others, then the connection is closed.
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

    /// The connection is closed once the request was read.
    pub(crate) fn lost() -> Self {
        Self::ending(End::Nothing)
    }

    /// The connection is closed before the request is read.
    pub(crate) fn unread() -> Self {
        Self::ending(End::Unread)
    }

    /// Bytes that need not be HTTP.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::ending(End::Raw).body(bytes)
    }

    /// A head that has no end: one header after the other.
    pub(crate) fn headers_without_end() -> Self {
        Self::ending(End::Headers)
    }

    /// Half a head, and silence.
    pub(crate) fn half_a_head() -> Self {
        Self::ending(End::Headless)
    }

    fn ending(end: End) -> Self {
        Self { end, ..Self::status(0) }
    }

    /// The connection is closed after it, and nothing says so before.
    pub(crate) fn close(mut self) -> Self {
        self.end = End::Close;
        self
    }

    /// The body again and again, without end.
    pub(crate) fn endless(mut self) -> Self {
        self.end = End::Endless;
        self
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
        Self::ending(End::Silence)
    }
}

#[derive(Default)]
struct Shared {
    script: VecDeque<Reply>,
    seen: Vec<Seen>,
    /// Requests that came in and were not read.
    unread: usize,
    connections: usize,
    /// Answers that broke off, with the connection left open.
    stalls: usize,
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
            ..Shared::default()
        }));
        let for_connections = Arc::clone(&shared);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let shared = Arc::clone(&for_connections);
                lock(&shared).connections += 1;
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

    /// Adds to the script.
    pub(crate) fn then(&self, script: impl IntoIterator<Item = Reply>) {
        lock(&self.shared).script.extend(script);
    }

    /// What was asked so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        lock(&self.shared).seen.clone()
    }

    /// How many requests came in, those that were not read among them.
    pub(crate) fn requests(&self) -> usize {
        let shared = lock(&self.shared);
        shared.seen.len() + shared.unread
    }

    /// How many connections there were.
    pub(crate) fn connections(&self) -> usize {
        lock(&self.shared).connections
    }

    /// Waits until the server has said all that it says of so many answers that do not end. Then it sets the
    /// clock on instead of letting time pass: what was sent is still read first.
    pub(crate) async fn stalls(&self, answers: usize) {
        while lock(&self.shared).stalls < answers {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
    }

    /// Drops what is left of the script.
    pub(crate) fn forget(&self) {
        lock(&self.shared).script.clear();
    }

    /// How much of the script is left.
    pub(crate) fn left(&self) -> usize {
        lock(&self.shared).script.len()
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

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().expect("no test panicked in there")
}

fn serve(
    connection: &TcpStream,
    address: SocketAddr,
    shared: &Mutex<Shared>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection);
    let mut writer = connection;
    // Until something is there, or the other side is closed.
    while connection.peek(&mut [0])? > 0 {
        {
            let mut shared = lock(shared);
            if shared.script.front().is_some_and(|reply| reply.end == End::Unread) {
                shared.script.pop_front();
                shared.unread += 1;
                return Ok(());
            }
        }
        let Some(seen) = read(&mut reader)? else { return Ok(()) };
        let mut locked = lock(shared);
        locked.seen.push(seen);
        let reply = locked
            .script
            .pop_front()
            .unwrap_or_else(|| Reply::status(599).body("not in the script"));
        if reply.end == End::Close {
            // With the lock held: who asks next comes after the end of this connection.
            reply.write(writer, address)?;
            return connection.shutdown(Shutdown::Both);
        }
        drop(locked);
        reply.write(writer, address)?;
        match reply.end {
            End::Whole => {}
            End::Silence | End::Stall | End::Headless => {
                lock(shared).stalls += 1;
                return reader.read_to_end(&mut Vec::new()).map(drop);
            }
            End::Endless => loop {
                writer.write_all(&reply.body)?;
            },
            End::Headers => loop {
                writer.write_all(b"x-more: and more\r\n")?;
            },
            _ => return Ok(()),
        }
    }
    Ok(())
}

impl Reply {
    /// What can be written at once.
    fn write(&self, mut writer: impl Write, address: SocketAddr) -> std::io::Result<()> {
        match self.end {
            End::Nothing | End::Silence | End::Unread => return Ok(()),
            End::Raw => return writer.write_all(&self.body),
            End::Headers | End::Headless => {
                return writer.write_all(b"HTTP/1.1 200 Scripted\r\nx-first: ");
            }
            End::Whole | End::Close | End::Half | End::Stall | End::Endless => {}
        }
        let mut answer = format!("HTTP/1.1 {} Scripted\r\n", self.status);
        for (name, value) in &self.headers {
            let value = value.replace("{base}", &format!("http://{address}"));
            answer += &format!("{name}: {value}\r\n");
        }
        // Without a length, a body ends with the connection.
        if self.status != 204 && self.end != End::Endless {
            answer += &format!("content-length: {}\r\n", self.body.len());
        }
        answer += "\r\n";
        let written = match self.end {
            End::Half | End::Stall => self.body.len() / 2,
            End::Endless => 0,
            _ => self.body.len(),
        };
        // At once: a client that answers late to a beginning would be waited for.
        let mut answer = answer.into_bytes();
        answer.extend_from_slice(&self.body[..written]);
        writer.write_all(&answer)
    }
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
