//! Proxies and the endpoint as the environment names them, in a process that has such an environment.

use std::{path::PathBuf, process::Command};

use compshare_proto::{Error, Response, actions::DescribeCompShareImages};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY};

use crate::{adapter::report, identity::Authority, secure::Secure, tunnel::Tunnel};

/// A file with the certificate that the child trusts.
const ROOT: &str = "COMPSHARE_TESTS_ROOT";

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
    let root = std::fs::read(std::env::var(ROOT).unwrap()).unwrap();
    let tell = |name: &str, answer: Result<Response<_>, Error>| match answer {
        Ok(_) => println!("{name}: done"),
        Err(error) => println!("{name}: {:?}, {} {error:?}", error.delivery(), report(&error)),
    };
    match compshare_blocking::environment().config(None) {
        Ok(config) => {
            let client =
                compshare_blocking::Client::builder(config).root_certificates([root.clone()]);
            tell("blocking", client.build().unwrap().send(DescribeCompShareImages::new()));
        }
        Err(error) => println!("blocking: {error}"),
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match compshare_hyper::environment().config(None) {
        Ok(config) => runtime.block_on(async {
            let client = compshare_hyper::Client::builder(config).root_certificates([root]);
            tell("hyper", client.build().unwrap().send(DescribeCompShareImages::new()).await);
        }),
        Err(error) => println!("hyper: {error}"),
    }
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
            .envs(variables.iter().copied());
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
fn a_host_of_no_proxy_is_not_reached_through_it() {
    let world = World::new("exempt", "200 Connection established");
    for list in ["compshare.test", "other.test, compshare.test", ".test", "*"] {
        let said = world.run(&[("HTTPS_PROXY", &world.proxy()), ("NO_PROXY", list)]);
        // There is no such host but through the proxy.
        for client in ["blocking", "hyper"] {
            assert!(said.contains(&format!("{client}: NotSent")), "{list}: {said}");
        }
        assert!(world.tunnel.take_asked().is_empty(), "{list}");
    }
    let said = world.run(&[("HTTPS_PROXY", &world.proxy()), ("NO_PROXY", "share.test,test.com")]);
    assert!(said.contains("blocking: done") && said.contains("hyper: done"), "{said}");
}

#[test]
fn a_proxy_that_refuses_is_an_error_without_its_password() {
    let world = World::new("refuses", "407 Proxy Authentication Required");
    let said = world.run(&[("HTTPS_PROXY", &world.proxy())]);
    for client in ["blocking", "hyper"] {
        assert!(said.contains(&format!("{client}: NotSent")), "{said}");
    }
    assert!(!said.contains("hunter2") && !said.contains("bWU6aHVudGVyMg"), "{said}");
    assert!(world.server.sim.requests().is_empty());
}

#[test]
fn plain_http_to_another_host_is_refused_before_anything_is_sent() {
    let world = World::new("plain", "200 Connection established");
    let said = world.run(&[
        ("COMPSHARE_ENDPOINT", "http://compshare.test/"),
        ("HTTP_PROXY", &world.proxy()),
        ("ALL_PROXY", &world.proxy()),
    ]);
    for client in ["blocking", "hyper"] {
        let refused = format!("{client}: COMPSHARE_ENDPOINT: the endpoint is plain http");
        assert!(said.contains(&refused), "{said}");
    }
    assert!(world.tunnel.take_asked().is_empty());
}
