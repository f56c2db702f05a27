//! Files to send.

use std::fmt;

use bytes::Bytes;

/// A file to send: a name, its bytes, its media type.
///
/// Front takes 25 MB a request, all its files together. The bytes are shared, not copied, when the
/// request is cloned or sent again. `Debug` shows the media type and the size only.
///
/// ```
/// use front_api::Upload;
///
/// let invoice = Upload::new("invoice.pdf", vec![0x25, 0x50, 0x44, 0x46]);
/// assert_eq!(invoice.content_type(), "application/pdf");
/// let notes = Upload::new("notes", "plain words").with_content_type("text/plain");
/// assert_eq!(notes.content_type(), "text/plain");
/// ```
#[derive(Clone, PartialEq)]
pub struct Upload {
    name: String,
    content_type: String,
    content: Bytes,
}

impl Upload {
    /// A file of this name and content. Its media type is guessed from the name's ending;
    /// `application/octet-stream` where that tells nothing.
    #[must_use]
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        let name = name.into();
        let content_type =
            mime_guess::from_path(&name).first_or_octet_stream().to_string();
        Self { name, content_type, content: content.into() }
    }

    /// Says what it holds: `text/csv; charset=utf-8`.
    ///
    /// What is no media type is an error when the request is sent, before anything goes out.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = content_type.into();
        self
    }

    /// The name that the receiver sees.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The media type.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The content.
    #[must_use]
    pub fn content(&self) -> &Bytes {
        &self.content
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("content_type", &self.content_type)
            .field("bytes", &self.content.len())
            .finish_non_exhaustive()
    }
}
