use front_api::{Client, tags::TagId};

fn get(front: &Client) {
    let _ = front.conversations().get(&TagId::from("tag_1"));
}

fn main() {}
