//! Proxies and the endpoint as the environment names them, in a process that has such an environment.

use std::{path::PathBuf, process::Command};

use compshare_proto::{
    Config, Error, Response, actions::DescribeCompShareImages, error::ConfigError,
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY};

use crate::{adapter::report, identity::Authority, secure::Secure, tunnel::Tunnel};

/// A file with the certificate that the child trusts.
const ROOT: &str = "COMPSHARE_TESTS_ROOT";

/// The endpoint that the child's clients are pointed at once they are built.
const THEN: &str = "COMPSHARE_TESTS_THEN";

/// Takes a variable away.
const UNSET: &str = "(unset)";

const NAMES: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// A call of each client, as a program without settings of its own makes it. Not a test by itself.
#[test]
#[ignore = "runs in a child process of the other tests here"]
fn child() {
    let root = std::env::var(ROOT).ok().map(|path| std::fs::read(path).unwrap());
    let tell = |name: &str, sent: Result<Response<_>, Error>| match sent {
        Ok(_) => println!("{name}: done"),
        Err(error) => println!(
            "{name}: {:?}, {} attempt(s), {} {error:?}",
            error.delivery(),
            error.attempts(),
            report(&error)
        ),
    };
    let elsewhere = |config: Config| match std::env::var(THEN) {
        Ok(endpoint) => config.endpoint(endpoint).unwrap(),
        Err(_) => config,
    };
    let blocking = || {
        let mut client =
            compshare_blocking::Client::builder(compshare_blocking::environment().config(None)?);
        if let Some(root) = &root {
            client = client.root_certificates([root.clone()]);
        }
        let client = client.build()?.with(elsewhere);
        tell("blocking", client.send(DescribeCompShareImages::new()));
        Ok::<_, ConfigError>(())
    };
    let hyper = || {
        let mut client =
            compshare_hyper::Client::builder(compshare_hyper::environment().config(None)?);
        if let Some(root) = &root {
            client = client.root_certificates([root.clone()]);
        }
        let client = client.build()?.with(elsewhere);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        tell("hyper", runtime.block_on(client.send(DescribeCompShareImages::new())));
        Ok::<_, ConfigError>(())
    };
    blocking().unwrap_or_else(|error| println!("blocking: {error}"));
    hyper().unwrap_or_else(|error| println!("hyper: {error}"));
}

/// A server for `compshare.test`, and a proxy that leads there whatever it is asked for.
struct World {
    server: Secure,
    tunnel: Tunnel,
    root: PathBuf,
    /// Keeps the file's folder.
    _folder: Folder,
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

impl World {
    fn new(name: &str, status: &'static str) -> Self {
        let authority = Authority::new("ours");
        let server = Secure::start(authority.sign("compshare.test", |_| {}));
        let tunnel = Tunnel::start(server.port, status);
        let folder = format!("compshare-tests-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        let root = folder.join("root.der");
        std::fs::write(&root, authority.root()).unwrap();
        Self { server, tunnel, root, _folder: Folder(folder) }
    }

    /// What the child says, with those variables.
    fn run(&self, variables: &[(&str, &str)]) -> String {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["environment::child", "--exact", "--ignored", "--nocapture"]);
        for name in NAMES {
            child.env_remove(name);
        }
        child
            .env("COMPSHARE_ENDPOINT", "https://compshare.test/")
            .env("COMPSHARE_PUBLIC_KEY", PUBLIC_KEY)
            .env("COMPSHARE_PRIVATE_KEY", PRIVATE_KEY)
            .env("COMPSHARE_REGION", "cn-wlcb")
            .env("COMPSHARE_ZONE", "cn-wlcb-01")
            .env(ROOT, &self.root)
            .envs(variables.iter().copied().filter(|(_, value)| *value != UNSET));
        for (name, _) in variables.iter().filter(|(_, value)| *value == UNSET) {
            child.env_remove(name);
        }
        let output = child.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }

    fn proxy(&self) -> String {
        format!("http://me:hunter2@{}", self.tunnel.address)
    }
}

#[test]
fn a_proxy_of_the_environment_carries_the_calls_of_both() {
    let world = World::new("carries", "200 Connection established");
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let said = world.run(&[(name, &world.proxy())]);
        for client in ["blocking", "hyper"] {
            assert!(said.contains(&format!("{client}: done")), "{name}: {said}");
        }
        let asked = world.tunnel.take_asked();
        assert_eq!(asked.len(), 2, "{asked:?}");
        for head in asked {
            assert!(head.starts_with("CONNECT compshare.test:443 HTTP/1.1\r\n"), "{head}");
            // me:hunter2
            assert!(head.contains("Basic bWU6aHVudGVyMg==\r\n"), "{head}");
        }
        assert_eq!(world.server.sim.take_requests().len(), 2);
    }
}

#[test]
fn a_host_in_no_proxy_is_reached_directly() {
    let world = World::new("exempt", "200 Connection established");
    for list in [
        "compshare.test",
        "other.test, compshare.test",
        "other.test compshare.test",
        "COMPSHARE.TEST.",
        "compshare.test:443",
        ".test",
        "*",
    ] {
        let said = world.run(&[("HTTPS_PROXY", &world.proxy()), ("NO_PROXY", list)]);
        // There is no such host but through the proxy.
        for client in ["blocking", "hyper"] {
            assert!(said.contains(&format!("{client}: NotSent")), "{list}: {said}");
        }
        assert!(world.tunnel.take_asked().is_empty(), "{list}");
    }
    let list = "share.test test.com,compshare.test:80 10.0.0.0/8";
    let said = world.run(&[("HTTPS_PROXY", &world.proxy()), ("NO_PROXY", list)]);
    assert!(said.contains("blocking: done") && said.contains("hyper: done"), "{said}");
}

#[test]
fn a_proxy_that_asks_for_a_password_is_asked_once_and_the_error_says_what_to_do() {
    let world = World::new("refuses", "407 Proxy Authentication Required");
    let said = world.run(&[("HTTPS_PROXY", &world.proxy())]);
    let advice = "DescribeCompShareImages could not reach the server: give the proxy's user and \
                  password in HTTPS_PROXY, as http://user:password@host:port";
    for client in ["blocking", "hyper"] {
        assert!(said.contains(&format!("{client}: NotSent, 1 attempt(s), {advice}")), "{said}");
    }
    assert_eq!(world.tunnel.take_asked().len(), 2);
    assert!(!said.contains("hunter2") && !said.contains("bWU6aHVudGVyMg"), "{said}");
    assert!(world.server.sim.requests().is_empty());
}

#[test]
fn plain_http_to_another_host_is_refused_before_anything_is_sent() {
    let world = World::new("plain", "200 Connection established");
    let said = world.run(&[
        ("COMPSHARE_ENDPOINT", "http://compshare.test/"),
        ("http_proxy", &world.proxy()),
        ("ALL_PROXY", &world.proxy()),
    ]);
    for client in ["blocking", "hyper"] {
        let refused = format!("{client}: COMPSHARE_ENDPOINT: the endpoint is plain http");
        assert!(said.contains(&refused), "{said}");
    }
    assert!(world.tunnel.take_asked().is_empty());
}

#[test]
fn a_platform_without_root_certificates_is_told_once_and_what_to_install() {
    let world = World::new("rootless", "200 Connection established");
    let endpoint = format!("https://localhost:{}/", world.server.port);
    let rootless = [(ROOT, UNSET), ("SSL_CERT_FILE", "/dev/null"), ("SSL_CERT_DIR", "/dev/null")];
    let run = |variables: &[(&str, &str)]| world.run(&[&rootless, variables].concat());
    let said = run(&[("COMPSHARE_ENDPOINT", &endpoint)]);
    let advice = "DescribeCompShareImages could not reach the server: install the system's root \
                  certificates (on Linux, the ca-certificates package)";
    assert!(said.contains(&format!("blocking: NotSent, 1 attempt(s), {advice}")), "{said}");
    assert!(said.contains("hyper: the platform's root certificates cannot be used: "), "{said}");
    assert!(said.contains("(on Linux, install the ca-certificates package)"), "{said}");
    // A client that was built without need of them finds out later.
    let said = run(&[("COMPSHARE_ENDPOINT", world.server.sim.endpoint()), (THEN, &endpoint)]);
    for client in ["blocking", "hyper"] {
        assert!(said.contains(&format!("{client}: NotSent, 1 attempt(s), {advice}")), "{said}");
    }
    assert!(world.server.sim.requests().is_empty());
}

#[test]
fn a_socks_proxy_is_refused_by_the_name_of_its_variable() {
    let world = World::new("socks", "200 Connection established");
    let said = world.run(&[("ALL_PROXY", "socks5h://me:hunter2@127.0.0.1:1080")]);
    for client in ["blocking", "hyper"] {
        let refused = format!("{client}: ALL_PROXY is a SOCKS proxy, which is not supported: ");
        assert!(said.contains(&refused), "{said}");
    }
    assert!(!said.contains("hunter2"), "{said}");
}
