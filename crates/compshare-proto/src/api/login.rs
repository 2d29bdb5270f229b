//! How to log in to an instance by SSH: host, port and user.

use std::{fmt, net::IpAddr};

use crate::api::types::{
    CompShareInstanceSet, InstanceState, InstanceType, LineType, OsType, UHostIPSet,
};

/// Port and user where the server names none.
const PORT: u16 = 22;
const USER: &str = "root";

/// Options of `ssh` that take a value.
const TAKE_VALUE: &str = "BbcDEeFIiJLlmOoPpQRSWw";

/// Where and as whom to log in to an instance by SSH.
///
/// Host and user have only characters that mean nothing to a shell or to `ssh`: letters, digits, `.`, `-`
/// and `_`, and `:` and `%` in an IPv6 address; neither begins with `-`. [`Display`](fmt::Display) writes
/// the command.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Login {
    /// Name or address of the host.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Name of the user.
    pub user: String,
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, user } = self;
        write!(f, "ssh -p {port} {user}@{host}")
    }
}

impl CompShareInstanceSet {
    /// Where to log in by SSH; `None` while the instance has no such place.
    ///
    /// It comes from `SshLoginCommand`. Without one it is port 22 of the first address that the Internet
    /// reaches, as `root`; but not for a container, which is behind NAT, not for Windows, and not for an
    /// instance that is shut down. A command that cannot be read gives `None`, not another place.
    ///
    /// ```
    /// use compshare_proto::types::CompShareInstanceSet;
    ///
    /// let mut instance = CompShareInstanceSet::default();
    /// assert_eq!(instance.login(), None);
    /// let command = "ssh -p 24329 root@cpod-xxxx.podtcp.compshare.cn";
    /// instance.ssh_login_command = Some(command.into());
    /// let login = instance.login().ok_or("no login")?;
    /// assert_eq!((login.host.as_str(), login.port), ("cpod-xxxx.podtcp.compshare.cn", 24329));
    /// assert_eq!(login.to_string(), command);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn login(&self) -> Option<Login> {
        let command = self.ssh_login_command.as_ref().map_or("", |command| command.expose().trim());
        if !command.is_empty() {
            return read(command);
        }
        let container = self.instance_type == Some(InstanceType::Container)
            || self.uhost_id.starts_with("cpod-");
        let off = self.state == Some(InstanceState::Stopped);
        if container || off || self.os_type == Some(OsType::Windows) {
            return None;
        }
        let host = self.ip_set.iter().find(|address| is_public(address))?.ip.clone();
        Some(Login { host, port: PORT, user: USER.to_owned() })
    }
}

/// Whether the Internet reaches an address.
fn is_public(address: &UHostIPSet) -> bool {
    let line = !matches!(address.type_, Some(LineType::Private | LineType::Proxy));
    line && match address.ip.parse() {
        Ok(IpAddr::V4(ip)) => {
            !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified())
        }
        Ok(IpAddr::V6(ip)) => {
            !(ip.is_unique_local()
                || ip.is_unicast_link_local()
                || ip.is_loopback()
                || ip.is_unspecified())
        }
        Err(_) => false,
    }
}

/// What an `ssh` command logs in to. As with `ssh`, the first of two values counts.
fn read(command: &str) -> Option<Login> {
    let words = words(command)?;
    let mut words = words.iter().map(String::as_str);
    let program = words.next()?;
    if program.rsplit(['/', '\\']).next()?.trim_end_matches(".exe") != "ssh" {
        return None;
    }
    let (mut host, mut port, mut user) = (None, None, None);
    while let Some(word) = words.next() {
        let Some(options) = word.strip_prefix('-').filter(|options| *options != "-") else {
            if word == "--" {
                continue;
            }
            if host.is_some() {
                break; // a command to run there
            }
            host = Some(destination(word, &mut port, &mut user)?);
            continue;
        };
        for (place, option) in options.char_indices() {
            if !TAKE_VALUE.contains(option) {
                continue;
            }
            let attached = options.get(place + option.len_utf8()..)?;
            let value = if attached.is_empty() { words.next()? } else { attached };
            match option {
                'p' => port = port.or(Some(value.parse().ok()?)),
                'l' => user = user.or_else(|| Some(value.to_owned())),
                'o' => setting(value, &mut port, &mut user)?,
                // Through another host.
                'J' | 'W' => return None,
                _ => {}
            }
            break;
        }
    }
    let (host, port) = (host?, port.unwrap_or(PORT));
    let user = user.unwrap_or_else(|| USER.to_owned());
    (is_host(&host) && is_name(&user) && port != 0).then_some(Login { host, port, user })
}

/// Reads `host`, `user@host` or `ssh://user@host:port`; gives the host.
fn destination(word: &str, port: &mut Option<u16>, user: &mut Option<String>) -> Option<String> {
    let url = word.strip_prefix("ssh://");
    let word = url.map_or(word, |url| url.trim_end_matches('/'));
    let (name, mut host) = match word.rsplit_once('@') {
        Some((name, host)) => (Some(name), host),
        None => (None, word),
    };
    if url.is_some() {
        if let Some((before, number)) = host.rsplit_once(':').filter(|_| !host.ends_with(']')) {
            *port = port.or(Some(number.parse().ok()?));
            host = before;
        }
    }
    if user.is_none() {
        *user = name.map(str::to_owned);
    }
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    Some(bare.unwrap_or(host).to_owned())
}

/// Reads the value of `-o`; `None` where it makes the destination another one.
fn setting(value: &str, port: &mut Option<u16>, user: &mut Option<String>) -> Option<()> {
    let (name, value) = value.split_once(['=', ' '])?;
    let value = value.trim_start_matches(['=', ' ']);
    match name.to_ascii_lowercase().as_str() {
        "port" => *port = port.or(Some(value.parse().ok()?)),
        "user" if user.is_none() => *user = Some(value.to_owned()),
        "hostname" | "proxyjump" | "proxycommand" => return None,
        _ => {}
    }
    Some(())
}

/// The words of a command, where quotes keep a word together; `None` if one is not closed.
fn words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in command.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !text.is_empty() && !text.starts_with('-') && text.chars().all(plain)
}

/// Whether a text is a name, or an address, perhaps with a zone of IPv6.
fn is_host(text: &str) -> bool {
    let (address, zone) = text.split_once('%').unwrap_or((text, "0"));
    is_name(text) || (address.parse::<std::net::Ipv6Addr>().is_ok() && is_name(zone))
}

#[cfg(test)]
mod tests;
