use front_api::{Client, conversations::ConversationId, grant};

grant! {
    struct Triage: ConversationsRead, CommentsWrite;
}

fn triage(front: &Client<Triage>) {
    let _ = front.messages().reply(&ConversationId::from("cnv_1"), "Hello", true);
}

fn main() {}
