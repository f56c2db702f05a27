//! The runtime over real HTTP, against a server on this machine that answers by script.

mod calls;
mod clients;
mod errors;
mod files;
mod grants;
mod limits;
mod lists;
mod redirects;
mod server;
mod trust;

use front_api::{Client, ClientBuilder};
use server::{Reply, Server};

/// The token of every test. No message and no `Debug` output may hold it.
const TOKEN: &str = "eyJ.secret-token";

fn builder(server: &Server) -> ClientBuilder {
    Client::builder().api_token(TOKEN).base_url(server.base())
}

/// A client, and the server that it calls.
fn front<const N: usize>(script: [Reply; N]) -> (Client, Server) {
    let server = Server::start(script);
    let client = builder(&server).build().expect("a client");
    (client, server)
}
