//! Reads the body of a response, and checks whether the response comes from Front.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Response;

use super::{Content, Dispatcher, Step};
use crate::rt::error::Error;
use crate::rt::error_body::ErrorBody;
use crate::rt::gateway::{self, Body, Media, Rejection};
use crate::rt::meta::Meta;
use crate::rt::prepare::Expects;

/// The number of bytes that are read of an error's body, or of a body that the call does not need.
const BEGINNING: usize = 64 * 1024;

impl Dispatcher<'_> {
    /// Reads a successful response whose status and headers look like Front's.
    pub(super) async fn read(
        &self,
        response: Response,
        meta: Meta,
        media: Media,
    ) -> Result<Step, Error> {
        let content = match self.expects {
            Expects::Value => match response.bytes().await {
                Ok(body) => {
                    self.check_body(&meta, media, &body, Body::of(&body))?;
                    Content::Read(body)
                }
                Err(error) => {
                    let error = match media {
                        Media::Json => Error::success_cut_off(error, meta.status()),
                        _ => Error::cut_off(error, &gateway::name(&meta)),
                    };
                    return Err(error.with_meta(meta));
                }
            },
            Expects::Nothing if meta.status() == 204 => Content::Read(Bytes::new()),
            Expects::Nothing => {
                let (body, complete) = read_beginning(response, Duration::MAX).await;
                let content = match Body::of(&body) {
                    Body::Empty if !complete => Body::Unread,
                    content => content,
                };
                self.check_body(&meta, media, &body, content)?;
                Content::Read(Bytes::new())
            }
            Expects::File => Content::Open(response),
        };
        Ok(Step::Done(meta, content))
    }

    fn check_body(
        &self,
        meta: &Meta,
        media: Media,
        body: &[u8],
        content: Body,
    ) -> Result<(), Error> {
        self.validator
            .body(meta.status(), media, content)
            .map_err(|rejection| self.gateway_error(meta.clone(), rejection, body))
    }

    /// Creates the error for a successful response that does not come from Front.
    pub(super) fn gateway_error(
        &self,
        meta: Meta,
        rejection: Rejection,
        body: &[u8],
    ) -> Error {
        let token = &self.request.core.token;
        let may_quote = self.validator.may_quote(&meta, body);
        let error_body = may_quote.then(|| ErrorBody::read(body, token));
        Error::gateway(&gateway::name(&meta), &rejection.why(), error_body)
            .with_meta(meta)
    }

    /// Returns the timeout for reading the body of an error.
    pub(super) fn body_timeout(&self) -> Duration {
        match self.expects {
            // The timeout of the attempt covers it.
            Expects::Value | Expects::Nothing => Duration::MAX,
            Expects::File => {
                let idle = self.request.core.idle_timeout;
                self.remaining().map_or(idle, |remaining| remaining.min(idle))
            }
        }
    }
}

/// Reads the beginning of a body until the timeout. Also returns whether the body is complete.
pub(super) async fn read_beginning(
    mut response: Response,
    limit: Duration,
) -> (Vec<u8>, bool) {
    let mut text = Vec::new();
    let reading = async {
        while text.len() < BEGINNING {
            match response.chunk().await {
                Ok(Some(chunk)) => text.extend_from_slice(&chunk),
                Ok(None) => return true,
                Err(_) => return false,
            }
        }
        false
    };
    let complete = tokio::time::timeout(limit, reading).await.unwrap_or(false);
    (text, complete)
}
