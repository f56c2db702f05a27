//! Downloads of files.

use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use percent_encoding::percent_decode_str;

use super::error::{Error, ErrorKind};
use super::meta::Meta;
use super::operation::Operation;

/// A download of a file. The headers of the response have arrived; the bytes are read on demand.
///
/// ```no_run
/// # use front_api::{attachments::AttachmentId, messages::MessageId};
/// # async fn example(front: front_api::Client, message: MessageId, attachment: AttachmentId)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// let mut file = front.attachments().download_from_message(&message, &attachment).send().await?;
/// let mut out = Vec::new();
/// while let Some(chunk) = file.chunk().await? {
///     std::io::Write::write_all(&mut out, &chunk)?;
/// }
/// # Ok(())
/// # }
/// ```
pub struct FileDownload {
    response: reqwest::Response,
    meta: Meta,
    operation: &'static Operation,
    /// The host of the file, where it is not one of Front's.
    host: Option<Box<str>>,
    /// The longest time without receiving data.
    idle: Duration,
    /// The kind of the error that ended the download.
    failed: Option<ErrorKind>,
}

impl FileDownload {
    pub(crate) fn new(
        response: reqwest::Response,
        meta: Meta,
        operation: &'static Operation,
        host: Option<Box<str>>,
        idle: Duration,
    ) -> Self {
        Self { response, meta, operation, host, idle, failed: None }
    }

    /// Returns the next bytes, or `None` at the end of the file.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection is lost, or if no data arrives for the client's
    /// [idle timeout](crate::ClientBuilder::idle_timeout). The time between two calls does not count. After an
    /// error, every further call returns an error of the same [kind](Error::kind), and never the end of the file.
    ///
    /// # Panics
    ///
    /// Panics if it is polled outside of a Tokio runtime.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let error = match self.failed {
            Some(kind) => Error::new(kind, "the file was cut off"),
            None => match tokio::time::timeout(self.idle, self.response.chunk()).await {
                Ok(Ok(chunk)) => return Ok(chunk),
                Ok(Err(error)) => Error::transport(error),
                Err(_) => Error::timeout(),
            },
        };
        self.failed = Some(error.kind());
        Err(error
            .with_response(&self.meta)
            .with_operation(self.operation)
            .with_host(self.host.clone()))
    }

    /// Reads all remaining bytes into memory.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`chunk`](Self::chunk).
    ///
    /// # Panics
    ///
    /// Panics if it is polled outside of a Tokio runtime.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let Some(first) = self.chunk().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.chunk().await? else { return Ok(first) };
        let mut all = BytesMut::from(&first[..]);
        all.extend_from_slice(&second);
        while let Some(next) = self.chunk().await? {
            all.extend_from_slice(&next);
        }
        Ok(all.freeze())
    }

    /// Returns the media type, according to the response.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.meta.header("content-type")
    }

    /// Returns the number of bytes. `None` where the response does not contain it.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// Returns the name of the file, without folders. `None` where the response does not contain one.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        file_name(&self.meta.lossy_header("content-disposition")?)
    }

    /// Returns the metadata of the response.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }
}

/// Omits the file name, which may be customer text.
impl fmt::Debug for FileDownload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileDownload")
            .field("operation", &self.operation.name)
            .field("content_type", &self.content_type())
            .field("content_length", &self.content_length())
            .finish_non_exhaustive()
    }
}

/// Returns the file name in a `content-disposition` header. Prefers `filename*=UTF-8''..` to `filename=".."`.
fn file_name(header: &str) -> Option<String> {
    let mut plain = None;
    let mut extended = None;
    for (name, value) in parameters(header) {
        if name.eq_ignore_ascii_case("filename") {
            plain.get_or_insert(value);
        } else if name.eq_ignore_ascii_case("filename*") {
            let decoded = value
                .split_once("''")
                .filter(|(charset, _)| charset.eq_ignore_ascii_case("utf-8"))
                .and_then(|(_, text)| {
                    percent_decode_str(text).decode_utf8().ok().map(String::from)
                });
            extended = extended.or(decoded);
        }
    }
    let name = extended.or(plain)?;
    // The name is untrusted: it must not lead out of the folder in which the caller stores the file.
    let name = name.rsplit(['/', '\\']).next()?;
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    (!name.is_empty() && name != "." && name != "..").then(|| name.to_owned())
}

/// Returns the parameters of a header: `name=value` and `name="value"`.
fn parameters(header: &str) -> Vec<(&str, String)> {
    let mut all = Vec::new();
    let mut rest = header.split_once(';').map_or("", |(_, rest)| rest);
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_matches(|c: char| c == ';' || c.is_whitespace());
        let after = after.trim_start();
        let (value, end) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted),
            None => match after.split_once(';') {
                Some((value, end)) => (value.trim().to_owned(), end),
                None => (after.trim().to_owned(), ""),
            },
        };
        all.push((name, value));
        rest = end;
    }
    all
}

/// Returns the text before the closing quote, and the rest after it.
fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names() {
        for (header, name) in [
            ("attachment; filename=a.pdf", Some("a.pdf")),
            ("attachment; filename=\"a; b.pdf\"; size=3", Some("a; b.pdf")),
            ("attachment; filename=\"a\\\"b.pdf\"", Some("a\"b.pdf")),
            (
                "attachment; filename=\"x\"; filename*=UTF-8''%C3%A9%20b.pdf",
                Some("é b.pdf"),
            ),
            ("attachment; filename*=utf-8''a; filename=x", Some("a")),
            ("attachment; filename*=latin1''a; filename=x", Some("x")),
            ("inline", None),
            ("", None),
            ("attachment; filename=\"\"", None),
            ("attachment; filename=\"..\"", None),
            ("attachment; filename=\"../../etc/passwd\"", Some("passwd")),
            ("attachment; filename*=UTF-8''..%2F..%5Cboot.ini", Some("boot.ini")),
            ("attachment; filename=\"unclosed", Some("unclosed")),
            ("attachment; filename=\"a\u{1}b\"", Some("ab")),
        ] {
            assert_eq!(file_name(header).as_deref(), name, "{header}");
        }
    }
}
