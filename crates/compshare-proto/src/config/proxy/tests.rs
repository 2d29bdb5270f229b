//! Which requests go through a proxy: curl's documented rules, and a port, case by case.

use http::Uri;

use crate::config::profile::Source;

/// The proxy for a URI in such an environment.
fn proxy(variables: &[(&str, &str)], uri: &str) -> Result<Option<String>, String> {
    let variable = |name: &str| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let proxies = Source { variable: &variable, file: &|_| Ok(None) }.proxies();
    assert!(!format!("{proxies:?}").contains("hunter2"));
    match proxies.of(&uri.parse::<Uri>().unwrap()) {
        Ok(url) => Ok(url.map(|url| url.expose().to_owned())),
        Err(error) => Err(error.to_string()),
    }
}

const HTTPS: &str = "https://api.compshare.cn/";
const HTTP: &str = "http://gateway.internal/";

#[test]
fn a_proxy_is_for_its_scheme_and_lower_case_goes_first() {
    let found = |variables: &[(&str, &str)], uri| proxy(variables, uri).unwrap();
    for (name, https, http) in [
        ("https_proxy", true, false),
        ("HTTPS_PROXY", true, false),
        ("http_proxy", false, true),
        // A caller of a CGI program sets this one, by a header.
        ("HTTP_PROXY", false, false),
        ("all_proxy", true, true),
        ("ALL_PROXY", true, true),
    ] {
        let variables = [(name, "http://me:hunter2@proxy:1")];
        assert_eq!(found(&variables, HTTPS).is_some(), https, "{name}");
        assert_eq!(found(&variables, HTTP).is_some(), http, "{name}");
    }
    let ordered = [
        ("https_proxy", "http://first"),
        ("HTTPS_PROXY", "http://second"),
        ("all_proxy", "http://third"),
        ("ALL_PROXY", "http://fourth"),
    ];
    for at in 0..4 {
        assert_eq!(found(&ordered[at..], HTTPS).as_deref(), Some(ordered[at].1));
    }
    assert_eq!(found(&[("https_proxy", ""), ordered[1]], HTTPS).as_deref(), Some("http://second"));
    assert_eq!(found(&[("HTTPS_PROXY", " proxy:1\r\n")], HTTPS).as_deref(), Some("http://proxy:1"));
}

#[test]
fn loopback_is_always_reached_directly() {
    for uri in [
        "http://127.0.0.1:8080/",
        "http://localhost/",
        "https://LOCALHOST/",
        "https://[::1]:8443/",
        "https://127.9.9.9/",
    ] {
        assert_eq!(proxy(&[("ALL_PROXY", "http://proxy")], uri), Ok(None), "{uri}");
    }
}

#[test]
fn no_proxy_is_read_as_curl_reads_it() {
    let direct = |list: &str, uri: &str| {
        let lower = proxy(&[("HTTPS_PROXY", "http://proxy:1"), ("no_proxy", list)], uri).unwrap();
        let upper = proxy(&[("HTTPS_PROXY", "http://proxy:1"), ("NO_PROXY", list)], uri).unwrap();
        assert_eq!(lower, upper);
        lower.is_none()
    };
    for (uri, lists) in [
        (
            HTTPS,
            &[
                "*",
                "api.compshare.cn",
                "compshare.cn",
                "COMPSHARE.CN",
                "cn",
                ".compshare.cn",
                "*.compshare.cn",
                "compshare.cn.",
                ".compshare.cn.",
                "x,compshare.cn",
                "x, compshare.cn",
                "x compshare.cn",
                "x\t compshare.cn ,",
                ",,compshare.cn",
                "compshare.cn:443",
                ".compshare.cn:443",
                "*:443",
                "'compshare.cn'",
            ][..],
        ),
        (
            "https://api.compshare.cn.:8443/",
            &["compshare.cn", "compshare.cn.", "compshare.cn:8443"],
        ),
        (
            "https://10.1.2.3/",
            &[
                "10.1.2.3",
                "10.1.2.3:443",
                "10.0.0.0/8",
                "10.1.2.3/32",
                "10.1.2.0/24:443",
                "0.0.0.0/0",
            ],
        ),
        (
            "https://[2001:db8::7]/",
            &[
                "2001:db8::7",
                "[2001:db8::7]",
                "[2001:db8::7]:443",
                "2001:DB8:0::7",
                "2001:db8::/32",
            ],
        ),
    ] {
        for list in lists {
            assert!(direct(list, uri), "{list:?} names {uri}");
        }
    }
    for (uri, lists) in [
        (
            HTTPS,
            &[
                "",
                " ,",
                ".",
                "pshare.cn",
                "ucloud.cn",
                "api.compshare.cn.example.com",
                "www.api.compshare.cn",
                "compshare.cn:8443",
                "*:80",
                "10.0.0.0/8",
                "https://api.compshare.cn",
            ][..],
        ),
        ("https://10.1.2.3/", &["10.1.2.4", "11.0.0.0/8", "10.1.2.3:80", "2.3", "10.0.0.0/33"]),
        ("https://[2001:db8::7]/", &["2001:db8::8", "2001:db9::/32", "[2001:db8::7]:80", "7"]),
    ] {
        for list in lists {
            assert!(!direct(list, uri), "{list:?} does not name {uri}");
        }
    }
}

#[test]
fn a_proxy_that_cannot_be_used_is_named_by_its_variable_alone() {
    for (value, reason) in [
        ("socks5://me:hunter2@proxy:1", "is a SOCKS proxy, which is not supported"),
        ("SOCKS5h://me:hunter2@proxy:1", "is a SOCKS proxy, which is not supported"),
        ("socks4://proxy", "is a SOCKS proxy, which is not supported"),
        ("http://me:hunter2@", "is not a valid proxy"),
        ("https://hunter2:1", "is not a valid proxy"),
        ("http://hunter2 :1", "is not a valid proxy"),
    ] {
        let error = proxy(&[("ALL_PROXY", value)], HTTPS).unwrap_err();
        assert!(error.starts_with(&format!("ALL_PROXY {reason}")), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
        // It does not matter where it is not used.
        assert_eq!(proxy(&[("ALL_PROXY", value), ("NO_PROXY", "*")], HTTPS), Ok(None));
        let other = [("ALL_PROXY", value), ("HTTPS_PROXY", "http://proxy")];
        assert!(proxy(&other, HTTPS).is_ok());
    }
}
