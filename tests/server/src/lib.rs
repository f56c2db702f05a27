//! A scripted HTTP/1.1 server for tests: it sends the next response of its script for each request, and records the requests.
//!
//! Functions panic if a test uses the server wrongly.

#![allow(clippy::missing_panics_doc, reason = "a test fails by panicking")]

mod reply;
mod request;

use std::collections::VecDeque;
use std::io::{BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

pub use reply::Reply;
pub use request::ReceivedRequest;

use reply::End;

#[derive(Debug, Default)]
struct Shared {
    script: VecDeque<Reply>,
    seen: Vec<ReceivedRequest>,
    /// Requests that arrived and were not read.
    unread: usize,
    connections: usize,
    /// Responses that stopped early on a connection that stays open.
    stalls: usize,
}

/// A running server. Its threads end with the process.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

impl Server {
    /// Starts a server on a free port of the loopback address. A request beyond the script gets status 599.
    pub fn start(script: impl IntoIterator<Item = Reply>) -> Self {
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

    /// Returns the server's base URL, `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Appends responses to the script.
    pub fn then(&self, script: impl IntoIterator<Item = Reply>) {
        lock(&self.shared).script.extend(script);
    }

    /// Returns the requests received so far.
    #[must_use]
    pub fn seen(&self) -> Vec<ReceivedRequest> {
        lock(&self.shared).seen.clone()
    }

    /// Returns the number of requests, including those that were not read.
    #[must_use]
    pub fn requests(&self) -> usize {
        let shared = lock(&self.shared);
        shared.seen.len() + shared.unread
    }

    /// Returns the number of connections accepted so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        lock(&self.shared).connections
    }

    /// Waits until the server has sent all that it sends of this many incomplete responses, and then pauses the clock: from
    /// there on, timers fire as soon as nothing else is ready, after the data that is already on its way.
    pub async fn stalls(&self, answers: usize) {
        while lock(&self.shared).stalls < answers {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
    }

    /// Removes the rest of the script.
    pub fn forget(&self) {
        lock(&self.shared).script.clear();
    }

    /// Returns the number of responses left in the script.
    #[must_use]
    pub fn left(&self) -> usize {
        lock(&self.shared).script.len()
    }

    /// Returns the only request received.
    #[must_use]
    pub fn only(&self) -> ReceivedRequest {
        match <[ReceivedRequest; 1]>::try_from(self.seen()) {
            Ok([one]) => one,
            Err(all) => panic!("{} requests were made", all.len()),
        }
    }

    /// Returns the request lines, such as `GET /tags`.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.seen().iter().map(ReceivedRequest::line).collect()
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
        let Some(seen) = request::read(&mut reader)? else { return Ok(()) };
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
