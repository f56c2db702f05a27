//! A list needs the memory of a few pages, however long it is.
//!
//! The test counts every allocation of this process, including the server's, which writes each cursor into one prepared page.
//! This file contains a single test, because nothing else may allocate meanwhile.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

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

/// Pages after which the client, its connection and its first pages are allocated.
const SETTLED: usize = 10;

/// Characters of a cursor: enough that a list which keeps its cursors exceeds the limit.
const CURSOR: usize = 1000;

/// The responses of the server. The cursor, the number of the next page, is between `before` and `after`.
struct Pages {
    /// The head of every response.
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

    /// Writes the head and the page with this number. Allocates nothing.
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
        let mut response = Vec::new();
        self.write(0, &mut response).unwrap();
        response.split_off(self.head.len())
    }
}

/// Starts a server of the list. Returns the base URL.
fn serve(pages: &Arc<Pages>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let pages = Arc::clone(pages);
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let pages = Arc::clone(&pages);
            thread::spawn(move || respond(&pages, &connection).unwrap_or(()));
        }
    });
    base
}

fn respond(pages: &Pages, connection: &TcpStream) -> std::io::Result<()> {
    // A response is several writes. Without this, each write waits until the client has acknowledged the previous one.
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

/// Allocated bytes in excess of those after `SETTLED` pages.
#[derive(Debug)]
struct Growth {
    /// The maximum.
    peak: usize,
    /// At the start of the last page.
    end: usize,
}

/// Reads this number of pages, or all, and measures. `items` returns the number of items in an element, and may keep it.
async fn read_pages<T>(
    mut stream: impl Stream<Item = Result<T, Error>> + Unpin,
    pages: usize,
    mut items: impl FnMut(T) -> usize,
) -> Growth {
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
    Growth { peak: peak - settled, end: end.saturating_sub(settled) }
}

#[test]
fn a_list_needs_the_memory_of_a_few_pages() {
    let pages = Arc::new(Pages::new());
    let body = pages.first();
    let before = MEMORY.current_usage();
    let page: Page<Conversation> = serde_json::from_slice(&body).unwrap();
    let decoded = MEMORY.current_usage() - before;
    assert_eq!(page.items.len(), ITEMS);
    drop((page, body));

    // While a page is read, its bytes, its decoded items and the rest of the previous page are allocated.
    let peak = 5 * decoded;
    // The hash of each cursor, and less than a page for the connection: its buffer grows to the size of a page when a whole
    // page arrives at once, and one page may be read ahead.
    let end = 64 * PAGES + decoded;
    let assert_bounded = |growth: Growth| {
        assert!(
            growth.peak <= peak && growth.end <= end,
            "{growth:?} exceeds {peak} and {end}"
        );
    };

    let base = serve(&pages);
    // The server reports no rate limits, so a limiter would allow few calls.
    let client = Client::builder().api_token("token").rate_limiter(RateLimiter::off());
    let front = client.base_url(base).build().unwrap();
    let list = || front.conversations().list();
    let items = |page: Page<_>| page.items.len();
    // A worker thread reads a page ahead while the items of the previous page are handled.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        assert_bounded(read_pages(list().stream(), PAGES, |_| 1).await);
        assert_bounded(read_pages(list().stream().read_ahead(), PAGES, |_| 1).await);
        assert_bounded(
            read_pages(list().pages().read_ahead().lenient(), PAGES, items).await,
        );

        // The measurement works: ten kept pages exceed the limits.
        let mut kept = Vec::with_capacity(20 * ITEMS);
        let keep = |item| {
            kept.push(item);
            1
        };
        let growth = read_pages(list().stream(), 20, keep).await;
        assert!(growth.peak > peak && growth.end > end, "{growth:?}");
    });
}
