use front_api::{Client, grant};

grant! {
    struct Reader: TagsRead;
    struct Writer: TagsRead, TagsWrite;
}

fn widen(front: &Client<Reader>) -> Client<Writer> {
    front.restrict()
}

fn main() {}
