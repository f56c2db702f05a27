//! A company's account with the rate limits that Front's guide describes, over real HTTP and on the runtime's clock.
//!
//! It is written from the guide and independent of the limiter: windows of a minute, a burst allowance of half the limit
//! that refills in ten minutes, 5 sends a second for each conversation, 10 `mark_seen` calls an hour for each message,
//! and 40 percent of the limit for searches. Responses are delayed by the same clock that the client's limiter reads.
//! [`Account::drive`] advances it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, UNIX_EPOCH};

use front_api::RateLimiter;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

/// When the clock starts: seconds since 1970.
const EPOCH: u64 = 1_900_000_000;
/// When the first window ends, in seconds.
const FIRST_WINDOW: f64 = 23.4;
const MINUTE: f64 = 60.0;
/// The seconds in which an empty burst allowance refills.
const REFILL: f64 = 600.0;
/// How far the clock advances at once.
const TICK: Duration = Duration::from_millis(10);

/// Which responses report the limits, and how.
#[derive(Clone, Copy)]
pub(crate) enum Reports {
    All,
    AllButFirst,
    AllButFirstOfWindow,
    /// All but this many of a thousand.
    AllBut(u64),
    /// All but the responses to searches.
    AllButSearches,
    /// The first call and this many of a thousand do not reach Front: a gateway responds with this status.
    Gateway(u64, u16),
    /// In this many of a thousand responses, the function writes the remaining calls.
    Malformed(u64, fn(u32) -> String),
}

/// How many calls succeeded and were refused.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) served: usize,
    /// Refused by the company's budget.
    pub(crate) company: usize,
    /// Refused by the limit of an operation.
    pub(crate) operation_limit: usize,
}

struct State {
    limit: u32,
    reports: Reports,
    start: Instant,
    at: f64,
    window: f64,
    left: u32,
    burst: f64,
    /// The window of each limit of an operation, and the calls in it.
    operation_limits: HashMap<String, (f64, u32)>,
    /// The window of the last response.
    last_window: Option<f64>,
    /// Whether a gateway has responded.
    gateway: bool,
    random: fastrand::Rng,
    count: Count,
    /// Requests that have arrived and whose response was not sent.
    in_server: usize,
}

/// A company's account.
#[derive(Clone)]
pub(crate) struct Account {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

/// The kind of operation that a request calls.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Send,
    Seen,
    Search,
    Other,
}

struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: &'static str,
}

impl Account {
    pub(crate) async fn open(limit: u32, reports: Reports) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State {
            limit,
            reports,
            start: Instant::now(),
            at: 0.0,
            window: 0.0,
            left: limit,
            burst: f64::from(limit) / 2.0,
            operation_limits: HashMap::new(),
            last_window: None,
            gateway: false,
            random: fastrand::Rng::with_seed(u64::from(limit)),
            count: Count::default(),
            in_server: 0,
        }));
        let account = Self { address, state };
        let accepting = account.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let account = accepting.clone();
                // The task ends with the connection.
                tokio::spawn(
                    async move { account.serve(connection).await.unwrap_or(()) },
                );
            }
        });
        account
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn count(&self) -> Count {
        self.lock().count
    }

    /// Returns the seconds since the account was opened.
    pub(crate) fn now(&self) -> f64 {
        self.lock().start.elapsed().as_secs_f64()
    }

    /// Returns the shortest time, in seconds, in which this number of calls can be made.
    pub(crate) fn shortest_time(&self, calls: usize) -> f64 {
        let limit = f64::from(self.lock().limit);
        let made = |at: f64| {
            let windows = ((at - FIRST_WINDOW) / MINUTE).floor() + 2.0;
            windows * limit + limit / 2.0 * (1.0 + at / REFILL)
        };
        (0..)
            .map(|tenth| f64::from(tenth) / 10.0)
            .find(|at| made(*at) >= calls as f64)
            .unwrap_or(0.0)
    }

    /// Awaits `run`, and advances the clock whenever all calls in flight are in the server: then only time makes
    /// progress. While a request or a response is in the network, the clock does not advance.
    pub(crate) async fn drive<T>(
        &self,
        limits: &[RateLimiter],
        run: impl Future<Output = T>,
    ) -> T {
        let clock = async {
            loop {
                let in_flight: usize = limits.iter().map(RateLimiter::in_flight).sum();
                if in_flight == self.lock().in_server {
                    tokio::time::advance(TICK).await;
                } else {
                    tokio::task::yield_now().await;
                }
            }
        };
        tokio::select! {
            done = run => done,
            () = clock => unreachable!("the clock never stops"),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("not poisoned")
    }

    async fn serve(&self, mut connection: TcpStream) -> std::io::Result<()> {
        connection.set_nodelay(true)?;
        let (reader, mut writer) = connection.split();
        let mut reader = BufReader::new(reader);
        while let Some(target) = read(&mut reader).await? {
            let there = self.network_delay(1);
            tokio::time::sleep(there).await;
            let response = self.lock().respond(&target);
            let back = self.network_delay(0);
            tokio::time::sleep(back).await;
            self.lock().in_server -= 1;
            let Response { status, headers, body } = response;
            let mut text = format!("HTTP/1.1 {status} x\r\n");
            for (name, value) in headers {
                text += &format!("{name}: {value}\r\n");
            }
            if status != 204 {
                text += &format!("content-length: {}\r\n", body.len());
            }
            text += &format!("\r\n{body}");
            writer.write_all(text.as_bytes()).await?;
        }
        Ok(())
    }

    /// Adds to the requests in the server. Returns the delay of the network.
    fn network_delay(&self, more: usize) -> Duration {
        let mut state = self.lock();
        state.in_server += more;
        Duration::from_millis(state.random.u64(10..200))
    }
}

/// Reads a whole request. Returns its method and target, or `None` at the end of the connection.
async fn read(
    reader: &mut (impl AsyncBufReadExt + Unpin),
) -> std::io::Result<Option<String>> {
    let (mut target, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().expect("a length");
        }
        target.get_or_insert(line);
    }
    reader.read_exact(&mut vec![0; length]).await?;
    Ok(target)
}

impl State {
    fn respond(&mut self, target: &str) -> Response {
        if let Reports::Gateway(often, status) = self.reports
            && (self.last_window.is_none()
                && !std::mem::replace(&mut self.gateway, true)
                || self.random.u64(..1000) < often)
        {
            // The gateway's clock is wrong.
            let date = "Sun, 06 Nov 1994 08:49:37 GMT".to_owned();
            return Response {
                status,
                headers: vec![("date", date)],
                body: "<html>no</html>",
            };
        }
        self.advance();
        let path: Vec<&str> =
            target.split([' ', '?']).nth(1).unwrap_or("").split('/').collect();
        let (kind, status, body) = match path[1..] {
            ["conversations", "search", _] => (Kind::Search, 200, r#"{"_results":[]}"#),
            ["conversations", _, "messages"] => {
                (Kind::Send, 202, r#"{"status":"accepted","message_uid":"u"}"#)
            }
            ["messages", _, "seen"] => (Kind::Seen, 204, ""),
            ["tags"] => (Kind::Other, 200, r#"{"_results":[]}"#),
            _ => (Kind::Other, 200, r#"{"id":"cmp_1"}"#),
        };
        let ends = FIRST_WINDOW + self.window * MINUTE;
        let mut extra = Vec::new();
        let status =
            if let Some(wait) = self.operation_limit(kind, path[2..].first().copied()) {
                self.count.operation_limit += 1;
                extra.push(("retry-after", wait.ceil().to_string()));
                extra.push(("x-front-tier", "tier".to_owned()));
                429
            } else if self.left > 0 || self.burst >= 1.0 {
                self.count.served += 1;
                match self.left {
                    0 => self.burst -= 1.0,
                    left => self.left = left - 1,
                }
                status
            } else {
                self.count.company += 1;
                extra.push(("retry-after", (ends - self.at).ceil().to_string()));
                429
            };
        let mut headers = self.headers(ends, kind);
        headers.extend(extra);
        Response { status, headers, body: if status == 429 { "{}" } else { body } }
    }

    fn advance(&mut self) {
        let now = self.start.elapsed().as_secs_f64();
        let full = f64::from(self.limit) / 2.0;
        self.burst = (self.burst + (now - self.at) * full / REFILL).min(full);
        self.at = now;
        let window = ((now - FIRST_WINDOW) / MINUTE).floor() + 1.0;
        if window > self.window {
            (self.window, self.left) = (window, self.limit);
        }
    }

    /// Counts a call against the limit of its operation. Returns how long a limit that is reached refuses calls.
    fn operation_limit(&mut self, kind: Kind, id: Option<&str>) -> Option<f64> {
        let (name, calls, seconds) = match kind {
            Kind::Other => return None,
            Kind::Send => ("send", 5, 1.0),
            Kind::Seen => ("seen", 10, 3600.0),
            Kind::Search => ("search", self.limit * 2 / 5, MINUTE),
        };
        let each = id.filter(|_| kind != Kind::Search).unwrap_or("");
        let window = ((self.at - FIRST_WINDOW) / seconds).floor();
        let count =
            self.operation_limits.entry(format!("{name} {each}")).or_insert((window, 0));
        if count.0 < window {
            *count = (window, 0);
        }
        if count.1 >= calls {
            return Some(FIRST_WINDOW + (window + 1.0) * seconds - self.at);
        }
        count.1 += 1;
        None
    }

    fn headers(&mut self, ends: f64, kind: Kind) -> Vec<(&'static str, String)> {
        let moment = |seconds: f64| {
            UNIX_EPOCH + Duration::from_secs(EPOCH) + Duration::from_secs_f64(seconds)
        };
        let date = ("date", httpdate::fmt_http_date(moment(self.at)));
        let last = self.last_window.replace(self.window);
        let often = self.random.u64(..1000);
        let without_headers = match self.reports {
            Reports::All | Reports::Gateway(..) | Reports::Malformed(..) => false,
            Reports::AllButFirst => last.is_none(),
            Reports::AllButFirstOfWindow => last != Some(self.window),
            Reports::AllBut(share) => often < share,
            Reports::AllButSearches => kind == Kind::Search,
        };
        if without_headers {
            return vec![date];
        }
        let left = match self.reports {
            Reports::Malformed(share, write) if often < share => write(self.left),
            _ => self.left.to_string(),
        };
        vec![
            date,
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", left),
            ("x-ratelimit-reset", (EPOCH as f64 + ends).floor().to_string()),
            ("x-ratelimit-burst-limit", (self.limit / 2).to_string()),
            ("x-ratelimit-burst-remaining", self.burst.floor().to_string()),
        ]
    }
}
