//! A walk holds a few pages, however long the list is.
//!
//! Counts every byte of this process, the server's included: that has one page, made beforehand, and writes the cursor into
//! it. In a file of its own, with one test, because nothing else may allocate meanwhile.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::future::poll_fn;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::thread;

use front_api::conversations::Conversation;
use front_api::{Client, Error, Page, RateLimiter};
use futures_core::Stream;
use peak_alloc::PeakAlloc;
use serde_json::json;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const PAGES: usize = 1000;
const ITEMS: usize = 100;

/// Pages after which the client, its connection and its first pages are there.
const SETTLED: usize = 10;

/// Characters of a cursor: so many that a walk which keeps cursors shows.
const CURSOR: usize = 1000;

/// What the server answers: the cursor, which is the next page's number, stands between `before` and `after`.
struct Pages {
    /// Of every page.
    head: String,
    before: String,
    after: String,
    /// The last page, as long as the others.
    last: String,
}

impl Pages {
    fn new() -> Self {
        let item = |number: usize| {
            json!({
                "id": format!("cnv_{number}"),
                "type": "email",
                "subject": "Where is my order?",
                "status": "assigned",
                "assignee": {"id": "tea_1", "email": "ada@example.com", "is_admin": false},
                "recipient": {"handle": "bob@example.com", "role": "from"},
                "tags": [{"id": "tag_1", "name": "Orders", "highlight": null}],
                "created_at": 1_701_292_649.333,
                "is_private": false,
            })
        };
        let items: Vec<_> = (0..ITEMS).map(item).collect();
        let after = format!("\"}},\"_results\":{}}}", json!(items));
        let before =
            r#"{"_pagination":{"next":"https://acme.api.frontapp.com/?page_token="#
                .to_owned();
        let length = before.len() + CURSOR + after.len();
        let last = format!("{:<length$}", r#"{"_results":[]}"#);
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        Self { head, before, after, last }
    }

    /// The page of this number, behind its head. Allocates nothing.
    fn write(&self, page: usize, mut to: impl Write) -> std::io::Result<()> {
        to.write_all(self.head.as_bytes())?;
        if page == PAGES {
            return to.write_all(self.last.as_bytes());
        }
        to.write_all(self.before.as_bytes())?;
        write!(to, "{:0CURSOR$}", page + 1)?;
        to.write_all(self.after.as_bytes())
    }

    fn first(&self) -> Vec<u8> {
        let mut answer = Vec::new();
        self.write(0, &mut answer).unwrap();
        answer.split_off(self.head.len())
    }
}

/// Serves the list, and gives the base URL.
fn serve(pages: &Arc<Pages>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let pages = Arc::clone(pages);
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let pages = Arc::clone(&pages);
            thread::spawn(move || answer(&pages, &connection).unwrap_or(()));
        }
    });
    base
}

fn answer(pages: &Pages, connection: &TcpStream) -> std::io::Result<()> {
    // An answer is several writes: without this each waits for the client to say that it has the last.
    connection.set_nodelay(true)?;
    let mut reader = BufReader::new(connection);
    let mut writer = BufWriter::new(connection);
    let mut line = String::new();
    loop {
        let mut page = 0;
        loop {
            line.clear();
            match reader.read_line(&mut line)? {
                0 => return Ok(()),
                2 => break,
                _ => {}
            }
            if let Some((_, cursor)) = line.split_once("page_token=") {
                let end = cursor.find(|end: char| !end.is_ascii_digit()).unwrap();
                page = cursor[..end].parse().unwrap();
            }
        }
        pages.write(page, &mut writer)?;
        writer.flush()?;
    }
}

/// Live bytes over those once the walk had settled.
#[derive(Debug)]
struct Grown {
    /// The most that there were.
    peak: usize,
    /// At the same place in the last page that was looked at.
    end: usize,
}

/// Walks so many pages, or to the end, and counts. `items` says how many there are in what comes, and may keep it.
async fn walk<T>(
    mut stream: impl Stream<Item = Result<T, Error>> + Unpin,
    pages: usize,
    mut items: impl FnMut(T) -> usize,
) -> Grown {
    let mut settled = 0;
    let mut end = 0;
    let mut count = 0;
    while let Some(next) =
        poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await
    {
        count += items(next.unwrap());
        if count == SETTLED * ITEMS {
            MEMORY.reset_peak_usage();
            settled = MEMORY.current_usage();
        } else if count == (pages - 1) * ITEMS {
            end = MEMORY.current_usage();
        } else if count == pages * ITEMS && pages < PAGES {
            break;
        }
    }
    assert_eq!(count, pages * ITEMS);
    let peak = MEMORY.peak_usage();
    Grown { peak: peak - settled, end: end.saturating_sub(settled) }
}

#[test]
fn walks_hold_a_few_pages() {
    let pages = Arc::new(Pages::new());
    let body = pages.first();
    let before = MEMORY.current_usage();
    let page: Page<Conversation> = serde_json::from_slice(&body).unwrap();
    let decoded = MEMORY.current_usage() - before;
    assert_eq!(page.items.len(), ITEMS);
    drop((page, body));

    // While a page is read there are its bytes, what was decoded of it, and what is left of the page before it.
    let peak = 5 * decoded;
    // The hash of each cursor, and less than a page for the connection: its buffer grows to the bytes of a page whenever a
    // whole one is there at once, and one may have come ahead.
    let end = 64 * PAGES + decoded;
    let flat = |grown: Grown| {
        assert!(
            grown.peak <= peak && grown.end <= end,
            "{grown:?}, not {peak} and {end}"
        );
    };

    let base = serve(&pages);
    // The server reports no limits, which a client takes for few.
    let client = Client::builder().api_token("token").rate_limiter(RateLimiter::off());
    let front = client.base_url(base).build().unwrap();
    let list = || front.conversations().list();
    let items = |page: Page<_>| page.items.len();
    // A worker, so that a page ahead is read while the one before is walked.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        flat(walk(list().stream(), PAGES, |_| 1).await);
        flat(walk(list().stream().read_ahead(), PAGES, |_| 1).await);
        flat(walk(list().pages().read_ahead().lenient(), PAGES, items).await);

        // What is kept shows: ten pages of it.
        let mut kept = Vec::with_capacity(20 * ITEMS);
        let keep = |item| {
            kept.push(item);
            1
        };
        let grown = walk(list().stream(), 20, keep).await;
        assert!(grown.peak > peak && grown.end > end, "{grown:?}");
    });
}
