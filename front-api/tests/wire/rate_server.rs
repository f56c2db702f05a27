//! A company's account at Front as its guide describes the limits, over real HTTP and on the runtime's clock.
//!
//! Written from the guide and not from the limiter: windows of a minute, a burst allowance of half the limit
//! that refills over ten minutes, 5 sends a second for each conversation, 10 marks an hour for each message,
//! and 40 percent of the limit for searches. Responses take their time by the same clock that the client's
//! limiter reads; [`Account::drive`] advances it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, UNIX_EPOCH};

use front_api::RateLimiter;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

/// When the clock begins: seconds since 1970.
const EPOCH: u64 = 1_900_000_000;
/// When the first window ends, in seconds.
const FIRST_WINDOW: f64 = 23.4;
const MINUTE: f64 = 60.0;
/// Seconds until the burst allowance is full again.
const REFILL: f64 = 600.0;
/// How far the clock is set on where everybody waits for it.
const TICK: Duration = Duration::from_millis(10);

/// Which responses report the limits, and how.
#[derive(Clone, Copy)]
pub(crate) enum Reports {
    All,
    AllButFirst,
    AllButFirstOfWindow,
    /// All but so many of a thousand.
    AllBut(u64),
    /// All but those to searches.
    AllButSearches,
    /// The first call and so many of a thousand do not get to Front: a gateway responds with this status.
    Gateway(u64, u16),
    /// In so many of a thousand, what is left is written like this.
    Malformed(u64, fn(u32) -> String),
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) served: usize,
    /// Refused by the company's budget, and by the limit of an operation.
    pub(crate) company: usize,
    pub(crate) guard: usize,
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
    guards: HashMap<String, (f64, u32)>,
    /// The window of the last response.
    told: Option<f64>,
    /// Whether a gateway has responded.
    gateway: bool,
    dice: fastrand::Rng,
    count: Count,
    /// Requests that are here and whose response is not on its way.
    held: usize,
}

/// A company's account.
#[derive(Clone)]
pub(crate) struct Account {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

/// What a request is for.
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
            guards: HashMap::new(),
            told: None,
            gateway: false,
            dice: fastrand::Rng::with_seed(u64::from(limit)),
            count: Count::default(),
            held: 0,
        }));
        let account = Self { address, state };
        let accepting = account.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let account = accepting.clone();
                // It ends with the connection.
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

    /// Seconds since the account was opened.
    pub(crate) fn now(&self) -> f64 {
        self.lock().start.elapsed().as_secs_f64()
    }

    /// The seconds in which so many calls could have been made, at least.
    pub(crate) fn at_best(&self, calls: usize) -> f64 {
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

    /// Runs to the end, and sets the clock on whenever all that is in flight is held here: then nothing happens
    /// but by time. While a request or a response is on its way over the network, the clock stands still.
    pub(crate) async fn drive<T>(
        &self,
        limits: &[RateLimiter],
        run: impl Future<Output = T>,
    ) -> T {
        let clock = async {
            loop {
                let in_flight: usize = limits.iter().map(RateLimiter::in_flight).sum();
                if in_flight == self.lock().held {
                    tokio::time::advance(TICK).await;
                } else {
                    tokio::task::yield_now().await;
                }
            }
        };
        tokio::select! {
            done = run => done,
            () = clock => unreachable!("the clock does not stop"),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test panicked in there")
    }

    async fn serve(&self, mut connection: TcpStream) -> std::io::Result<()> {
        connection.set_nodelay(true)?;
        let (reader, mut writer) = connection.split();
        let mut reader = BufReader::new(reader);
        while let Some(target) = read(&mut reader).await? {
            let there = self.hold(1);
            tokio::time::sleep(there).await;
            let response = self.lock().respond(&target);
            let back = self.hold(0);
            tokio::time::sleep(back).await;
            self.lock().held -= 1;
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

    /// Holds some more requests, and says how long the network takes.
    fn hold(&self, more: usize) -> Duration {
        let mut state = self.lock();
        state.held += more;
        Duration::from_millis(state.dice.u64(10..200))
    }
}

/// The method and target of a request, read whole.
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
            && (self.told.is_none() && !std::mem::replace(&mut self.gateway, true)
                || self.dice.u64(..1000) < often)
        {
            // Of a machine that does not know the day.
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
        let status = if let Some(wait) = self.guard(kind, path[2..].first().copied()) {
            self.count.guard += 1;
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

    /// Counts a call against the limit of its operation, or says how long that is reached.
    fn guard(&mut self, kind: Kind, id: Option<&str>) -> Option<f64> {
        let (name, calls, seconds) = match kind {
            Kind::Other => return None,
            Kind::Send => ("send", 5, 1.0),
            Kind::Seen => ("seen", 10, 3600.0),
            Kind::Search => ("search", self.limit * 2 / 5, MINUTE),
        };
        let each = id.filter(|_| kind != Kind::Search).unwrap_or("");
        let window = ((self.at - FIRST_WINDOW) / seconds).floor();
        let count = self.guards.entry(format!("{name} {each}")).or_insert((window, 0));
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
        let last = self.told.replace(self.window);
        let often = self.dice.u64(..1000);
        let silent = match self.reports {
            Reports::All | Reports::Gateway(..) | Reports::Malformed(..) => false,
            Reports::AllButFirst => last.is_none(),
            Reports::AllButFirstOfWindow => last != Some(self.window),
            Reports::AllBut(share) => often < share,
            Reports::AllButSearches => kind == Kind::Search,
        };
        if silent {
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
