use front_api::{Client, conversations::ConversationId, grant, messages::AfterReply};

grant! {
    struct Triage: ConversationsRead, CommentsWrite;
}

fn triage(front: &Client<Triage>) {
    let _ = front.messages().reply(&ConversationId::from("cnv_1"), "Hello", AfterReply::Archive);
}

fn main() {}
