//! Root certificates that are trusted in addition to the operating system's.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use front_api::{Client, ErrorKind, Retries};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::TOKEN;

/// Starts a TLS server on this machine. Returns its address and the root certificate that a client must trust.
fn server() -> (SocketAddr, String) {
    let mut root = CertificateParams::new([]).expect("no names");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let root = CertifiedIssuer::self_signed(root, key).expect("a root");
    let key = KeyPair::generate().expect("a key");
    let own = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    let own = own.signed_by(&key, &root).expect("a certificate");

    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocols")
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], key)
        .expect("a server");
    let config = Arc::new(config);

    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let tls = ServerConnection::new(Arc::clone(&config)).expect("a connection");
            let mut stream = BufReader::new(StreamOwned::new(tls, connection));
            let mut line = String::new();
            // A client that does not trust the certificate closes the connection.
            while stream.read_line(&mut line).is_ok_and(|read| read > 2) {
                line.clear();
            }
            let body = r#"{"id":"cmp_1"}"#;
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json";
            let response =
                format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            stream.get_mut().write_all(response.as_bytes()).unwrap_or(());
        }
    });
    (address, root.pem())
}

#[tokio::test]
async fn a_root_certificate_can_be_added() {
    let (address, pem) = server();
    let builder = || {
        Client::builder()
            .retry(Retries::none())
            .api_token(TOKEN)
            .base_url(format!("https://localhost:{}", address.port()))
    };
    let front = builder().add_root_certificate(&pem).build().expect("a client");
    let me = front.me().get().send().await.expect("trusted");
    assert_eq!(me.id.as_str(), "cmp_1");

    let front = builder().build().expect("a client");
    let error = front.me().get().send().await.expect_err("not trusted");
    assert_eq!(error.kind(), ErrorKind::Connect);
}

#[test]
fn an_invalid_certificate_is_refused() {
    for (pem, why) in [
        ("", "contains no certificate"),
        ("no PEM", "contains no certificate"),
        (
            "-----BEGIN CERTIFICATE-----\n%\n-----END CERTIFICATE-----",
            "the text is not PEM",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "invalid root certificate",
        ),
    ] {
        let builder = Client::builder().api_token(TOKEN).add_root_certificate(pem);
        let error = builder.build().expect_err(why);
        assert_eq!(error.kind(), ErrorKind::Setup);
        assert!(error.to_string().contains(why), "{error}");
    }
}
