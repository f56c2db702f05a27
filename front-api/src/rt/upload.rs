//! Files to upload.

use std::fmt;

use bytes::Bytes;

/// A file to upload: its name, content and media type.
///
/// Front accepts at most 25 MB per request, for all its files together. The content is shared, not copied, when
/// the request is cloned or retried. `Debug` shows only the media type and the size.
///
/// ```
/// use front_api::Upload;
///
/// let invoice = Upload::new("invoice.pdf", vec![0x25, 0x50, 0x44, 0x46]);
/// assert_eq!(invoice.content_type(), "application/pdf");
/// let notes = Upload::new("notes", "plain text").with_content_type("text/plain");
/// assert_eq!(notes.content_type(), "text/plain");
/// ```
#[derive(Clone, PartialEq)]
pub struct Upload {
    name: String,
    content_type: String,
    content: Bytes,
}

impl Upload {
    /// Creates a file from its name and content. The media type is guessed from the file extension. It is
    /// `application/octet-stream` for an unknown one.
    #[must_use]
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        let name = name.into();
        let content_type =
            mime_guess::from_path(&name).first_or_octet_stream().to_string();
        Self { name, content_type, content: content.into() }
    }

    /// Sets the media type: `text/csv; charset=utf-8`.
    ///
    /// An invalid media type is an error when the call is sent, before any request.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = content_type.into();
        self
    }

    /// Returns the name that the recipient sees.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the media type.
    #[must_use]
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// Returns the content.
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
