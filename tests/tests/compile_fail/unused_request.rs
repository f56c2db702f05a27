#![deny(unused_must_use)]

use front_api::Client;

fn create(front: &Client) {
    front.tags().create_company("Refunds");
}

fn main() {}
