//! Building clients.

use std::env;
use std::ffi::OsStr;
use std::process::Command;

use front_api::{Client, ErrorKind, Plan};

use crate::{TOKEN, builder};
use front_test_server::{Reply, Server};

#[test]
fn a_setup_error_names_the_cause() {
    let build = || Client::builder().api_token(TOKEN);
    for (builder, why) in [
        (Client::builder(), "missing API token"),
        (Client::builder().api_token(""), "empty"),
        (Client::builder().api_token("Bearer eyJ.secret-token"), "without `Bearer`"),
        (Client::builder().api_token("eyJ.secret-token\n"), "white space"),
        (Client::builder().api_token("eyJ.secret-tokén"), "no API token has"),
        (build().base_url("api2.frontapp.com"), "not a URL"),
        (build().base_url("http://api2.frontapp.com"), "only `https` is allowed"),
        (build().base_url("https://me:pw@api2.frontapp.com"), "user name"),
        (build().requests_per_minute(0), "invalid requests per minute"),
        (build().user_agent("a\nb"), "invalid user agent"),
    ] {
        let error = builder.build().expect_err(why);
        assert_eq!(error.kind(), ErrorKind::Setup);
        let all = format!("{error} {error:?}");
        assert!(all.contains(why), "{all}");
        assert!(!all.contains("eyJ") && !all.contains("pw"), "{all}");
        assert!(error.is_unsent() && error.operation().is_none());
    }
}

#[test]
fn a_plan_sets_the_requests_per_minute() {
    let client = Client::builder()
        .api_token(TOKEN)
        .plan(Plan::Enterprise)
        .build()
        .expect("a client");
    assert_eq!(
        client.rate_limiter().requests_a_minute(),
        Some(Plan::Enterprise.requests_per_minute())
    );
    assert!(format!("{client:?}").contains("https://api2.frontapp.com"));
    let client = Client::builder().api_token(TOKEN).build().expect("a client");
    assert_eq!(client.rate_limiter().requests_a_minute(), None);
}

#[tokio::test]
async fn a_base_url_may_have_a_path_and_the_user_agent_a_name() {
    let server = Server::start([Reply::json(200, r#"{"id":"cmp_1"}"#)]);
    let front = Client::builder()
        .api_token(TOKEN)
        .base_url(format!("{}/front/", server.base()))
        .user_agent("refund-bot/1.2")
        .build()
        .expect("a client");
    front.me().get().send().await.expect("an identity");
    let seen = server.only();
    assert_eq!(seen.line(), "GET /front/me");
    assert!(
        seen.header("user-agent")
            .is_some_and(|agent| agent.starts_with("refund-bot/1.2 front-api-rust/"))
    );
}

#[tokio::test]
async fn settings_of_the_http_client_are_kept_except_redirects() {
    let server = Server::start([Reply::moved(302, "{base}/elsewhere")]);
    let http = reqwest::Client::builder()
        .default_headers(
            [("x-mine".parse().expect("a name"), "1".parse().expect("a value"))]
                .into_iter()
                .collect(),
        )
        .redirect(reqwest::redirect::Policy::limited(5));
    let front = builder(&server).http(http).build().expect("a client");
    let error = front.me().get().send().await.expect_err("not followed");
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(server.only().header("x-mine"), Some("1"));
}

#[test]
fn a_builder_shows_no_credentials() {
    let builder =
        Client::builder().api_token(TOKEN).base_url("https://me:pw@api2.frontapp.com");
    let shown = format!("{builder:?}");
    assert!(shown.contains("has_base_url: true"), "{shown}");
    assert!(!shown.contains("pw") && !shown.contains("eyJ"), "{shown}");
}

#[test]
fn no_provider_is_installed_for_the_process() {
    let _client = Client::builder().api_token(TOKEN).build().expect("a client");
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}

const VARIABLE: &str = "FRONT_API_TOKEN";

/// The environment variable that contains the error that a child process expects.
const WANTS: &str = "FRONT_API_TEST_WANTS";

/// Builds clients with the token of this process's environment. An empty `wants` expects clients, any other text an error
/// that contains it.
fn build_from_environment(wants: &str) {
    for built in [Client::from_env(), Client::builder().api_token_from_env().build()] {
        match built {
            Ok(client) => {
                assert!(wants.is_empty(), "{wants}");
                assert!(!format!("{client:?}").contains(TOKEN));
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Setup);
                let all = format!("{error} {error:?}");
                assert!(all.contains(wants) && !wants.is_empty(), "{all}");
                assert!(!all.contains("eyJ"), "{all}");
            }
        }
    }
}

#[test]
fn a_token_may_come_from_the_environment() {
    // The environment of a running process cannot be changed safely, so this test starts itself with each environment.
    if let Ok(wants) = env::var(WANTS) {
        return build_from_environment(&wants);
    }
    let run = |token: Option<&OsStr>, wants: &str| {
        let mut test = Command::new(env::current_exe().expect("a program"));
        test.args(["--exact", "clients::a_token_may_come_from_the_environment"]);
        test.env(WANTS, wants).env_remove(VARIABLE);
        test.envs(token.map(|token| (VARIABLE, token)));
        let out = test.output().expect("it runs");
        let text = String::from_utf8_lossy(&out.stdout);
        assert!(out.status.success() && text.contains("1 passed"), "{text}");
    };
    run(Some(TOKEN.as_ref()), "");
    run(None, "the environment variable `FRONT_API_TOKEN` is not set");
    run(Some("".as_ref()), "missing API token: it is empty");
    run(Some("eyJ.secret-token\n".as_ref()), "without `Bearer` or a line break");
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let bytes = OsStr::from_bytes(b"eyJ.secret\xff");
        run(
            Some(bytes),
            "the environment variable `FRONT_API_TOKEN` is not valid Unicode",
        );
    }
    // A token that is set later replaces it.
    let builder = Client::builder().api_token_from_env().api_token(TOKEN);
    builder.build().expect("a client");
}
