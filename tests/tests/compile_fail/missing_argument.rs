use front_api::{Client, conversations::ConversationId};

fn reply(front: &Client) {
    let _ = front.messages().reply(&ConversationId::from("cnv_1"), "Hello");
}

fn main() {}
