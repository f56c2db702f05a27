//! A server in a second process, which sends the responses for the benchmark.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;

use crate::data;

/// The argument that starts this program as the server.
pub(crate) const ARGUMENT: &str = "serve-for-the-bench";

pub(crate) struct Server {
    process: Child,
    pub(crate) base: String,
}

impl Server {
    pub(crate) fn start() -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .arg(ARGUMENT)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server process starts");
        let mut base = String::new();
        let out = process.stdout.take().expect("its output is piped");
        BufReader::new(out).read_line(&mut base).expect("the server prints its URL");
        Self { process, base: base.trim().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    println!("http://{}", listener.local_addr().expect("an address"));
    let large = response(&data::page());
    let unexpected = response(&data::unexpected_page());
    let small = response(data::identity().as_bytes());
    for connection in listener.incoming().flatten() {
        let (large, unexpected, small) =
            (large.clone(), unexpected.clone(), small.clone());
        // The thread ends when its client closes the connection.
        thread::spawn(move || {
            respond(&connection, &large, &unexpected, &small).unwrap_or(())
        });
    }
}

fn response(body: &[u8]) -> Arc<[u8]> {
    // The headers that Front sends. The limits are so high that no call waits.
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\n\
         date: Sun, 06 Nov 1994 08:49:37 GMT\r\nx-ratelimit-limit: 4000000\r\n\
         x-ratelimit-remaining: 4000000\r\nx-ratelimit-reset: 784111830\r\n\
         x-ratelimit-burst-limit: 2000000\r\nx-ratelimit-burst-remaining: 2000000\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat().into()
}

fn respond(
    connection: &TcpStream,
    large: &[u8],
    unexpected: &[u8],
    small: &[u8],
) -> std::io::Result<()> {
    connection.set_nodelay(true)?;
    let mut reader = BufReader::new(connection);
    let mut writer = connection;
    loop {
        let (mut first, mut line) = (String::new(), String::new());
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        while reader.read_line(&mut line)? > 2 {
            line.clear();
        }
        writer.write_all(match first {
            _ if first.starts_with("GET /me") => small,
            _ if first.contains(data::UNEXPECTED) => unexpected,
            _ => large,
        })?;
    }
}

/// Returns a TLS configuration without trusted roots: loopback uses no TLS.
pub(crate) fn tls() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring supports the default TLS versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}
