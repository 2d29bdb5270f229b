//! Logins from the commands and addresses that production was seen to send.

use super::*;
use crate::{api::actions::DescribeCompShareInstance, codec::decode::decode};

fn login(row: &str) -> Option<Login> {
    let body = format!(r#"{{"RetCode":0,"UHostSet":[{row}]}}"#);
    let response = http::Response::new(body.into());
    let list = decode(&DescribeCompShareInstance::new(), &response).unwrap().into_body();
    list.uhost_set[0].login()
}

fn of_command(command: &str) -> Option<(String, u16, String)> {
    let instance = CompShareInstanceSet {
        ssh_login_command: Some(command.into()),
        ..CompShareInstanceSet::default()
    };
    instance.login().map(|login| (login.user, login.port, login.host))
}

#[test]
fn a_command_says_where_to_log_in_whatever_its_order() {
    for command in [
        "ssh -p 24329 root@cpod-1a2b.podtcp.compshare.cn",
        "ssh root@cpod-1a2b.podtcp.compshare.cn -p 24329",
        "  ssh -p24329   root@cpod-1a2b.podtcp.compshare.cn ",
        "/usr/bin/ssh -tAp 24329 -l root cpod-1a2b.podtcp.compshare.cn",
        "ssh -i key.pem -o StrictHostKeyChecking=no -o Port=24329 root@cpod-1a2b.podtcp.compshare.cn",
        "ssh -o 'Port 24329' -o \"User root\" -- cpod-1a2b.podtcp.compshare.cn",
        "ssh ssh://root@cpod-1a2b.podtcp.compshare.cn:24329/",
        "ssh -p 24329 -p 22 root@cpod-1a2b.podtcp.compshare.cn uptime -p 1",
        "ssh -p 24329 cpod-1a2b.podtcp.compshare.cn",
    ] {
        let expected = ("root".to_owned(), 24329, "cpod-1a2b.podtcp.compshare.cn".to_owned());
        assert_eq!(of_command(command), Some(expected), "{command}");
    }
    let expected = Some(("ubuntu".to_owned(), 22, "2001:db8::7".to_owned()));
    assert_eq!(of_command("ssh ubuntu@2001:db8::7"), expected);
    assert_eq!(of_command("ssh ubuntu@[2001:db8::7]"), expected);
    assert_eq!(of_command("ssh ssh://ubuntu@[2001:db8::7]"), expected);
}

#[test]
fn a_command_that_cannot_be_read_is_no_login() {
    for command in [
        "ssh",
        "ssh -p",
        "ssh -p 0 root@host",
        "ssh -p 70000 root@host",
        "ssh -p no root@host",
        "ssh -J jump root@host",
        "ssh -o ProxyCommand=nc root@host",
        "ssh root@host:2222",
        "ssh root@",
        "ssh @host",
        "ssh root@-oProxyCommand=x",
        "ssh -l -x host",
        "ssh root@host;reboot",
        "ssh 'root@host",
        "sshpass -p x ssh root@host",
        "telnet host",
    ] {
        assert_eq!(of_command(command), None, "{command}");
    }
}

const ADDRESSES: &str =
    r#""IPSet":[{"IP":"10.60.0.1","Type":"Private"},{"IP":"117.50.0.9","Type":"Bgp"}]"#;

#[test]
fn without_a_command_it_is_the_first_address_that_the_internet_reaches() {
    let host = |row: &str| login(&format!("{{{row}}}")).map(|login| (login.host, login.port));
    let public = Some(("117.50.0.9".to_owned(), 22));
    assert_eq!(host(&format!(r#""UHostId":"uhost-a","State":"Running",{ADDRESSES}"#)), public);
    let abroad = ADDRESSES.replace("Bgp", "Internation");
    assert_eq!(host(&format!(r#""SshLoginCommand":"",{abroad}"#)), public);
    let odd = ADDRESSES.replace("Private", "New");
    assert_eq!(host(&odd), public, "a private address is one whatever its type");
    let user = login(&format!("{{{ADDRESSES}}}")).unwrap().user;
    assert_eq!(user, "root");
}

#[test]
fn what_has_no_address_to_log_in_to_has_no_login() {
    for row in [
        r#""UHostId":"uhost-a""#.to_owned(),
        r#""IPSet":[{"IP":"10.60.0.1","Type":"Private"}]"#.to_owned(),
        r#""IPSet":[{"IP":"117.50.0.9","Type":"Proxy"}]"#.to_owned(),
        r#""IPSet":[{"IP":"not an address","Type":"Bgp"}]"#.to_owned(),
        format!(r#""State":"Stopped","SshLoginCommand":"",{ADDRESSES}"#),
        format!(r#""OsType":"Windows",{ADDRESSES}"#),
        // Behind NAT, another machine may listen on port 22.
        format!(r#""InstanceType":"Container",{ADDRESSES}"#),
        format!(r#""UHostId":"cpod-a",{ADDRESSES}"#),
        format!(r#""SshLoginCommand":"see the console",{ADDRESSES}"#),
    ] {
        assert_eq!(login(&format!("{{{row}}}")), None, "{row}");
    }
}
