//! A signal while a file is being saved.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    os::unix::process::ExitStatusExt as _,
    process::{Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY};

use crate::Cli;

/// A server that sends half of a file and stops; what comes from it is the connection, which it keeps.
fn stalling() -> (String, Receiver<TcpStream>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}/", listener.local_addr().expect("its address"));
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        assert!(stream.read(&mut [0; 4096]).expect("a request") > 0);
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\n";
        stream.write_all(format!("{head}id,amount\n").as_bytes()).expect("half of the response");
        sender.send(stream)
    });
    (endpoint, receiver)
}

/// Whether this process ignores the signal, as under `nohup`: then its children do as well.
fn is_ignored(number: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok());
    ignored.is_some_and(|ignored| ignored >> (number - 1) & 1 == 1)
}

#[test]
fn a_signal_leaves_no_part_of_a_file_behind() {
    let signals = [("-HUP", 1), ("-INT", 2), ("-QUIT", 3), ("-TERM", 15)];
    for (signal, number) in signals.into_iter().filter(|(_, number)| !is_ignored(*number)) {
        let (endpoint, half_sent) = stalling();
        let cli = Cli::bare()
            .set("COMPSHARE_PUBLIC_KEY", PUBLIC_KEY)
            .set("COMPSHARE_PRIVATE_KEY", PRIVATE_KEY)
            .set("COMPSHARE_ENDPOINT", &endpoint)
            .set("COMPSHARE_REGION", "cn-wlcb");
        let mut command =
            cli.command(&["DownloadTeamOrder", "--TeamId", "1", "--output", "out.csv"]);
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary");
        let _stream = half_sent.recv_timeout(Duration::from_secs(60)).expect("a request");
        let files = || fs::read_dir(&cli.folder).expect("a folder").count();
        assert_eq!(files(), 1);
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
        let ended = child.wait().expect("an end");
        assert_eq!((ended.signal(), files()), (Some(number), 0), "{ended:?}");
    }
}

/// As `nohup` has it, and a shell for what it runs in the background.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_ignored_stays_ignored() {
    let (endpoint, half_sent) = stalling();
    let cli = Cli::bare()
        .set("COMPSHARE_PUBLIC_KEY", PUBLIC_KEY)
        .set("COMPSHARE_PRIVATE_KEY", PRIVATE_KEY)
        .set("COMPSHARE_ENDPOINT", &endpoint)
        .set("COMPSHARE_REGION", "cn-wlcb");
    let direct = cli.command(&["DownloadTeamOrder", "--TeamId", "1", "--output", "out.csv"]);
    let mut command = Command::new("/bin/sh");
    command.args(["-c", r#"trap "" HUP INT; exec "$0" "$@""#]).arg(direct.get_program());
    command.args(direct.get_args()).current_dir(&cli.folder).env_clear().envs(&cli.variables);
    command.env("HOME", &cli.folder).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the binary");
    let stream = half_sent.recv_timeout(Duration::from_secs(60)).expect("a request");
    for signal in ["-HUP", "-INT"] {
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
    }
    // It goes on, to an end of its own.
    drop(stream);
    let ended = child.wait().expect("an end");
    assert_eq!((ended.signal(), ended.code()), (None, Some(3)), "{ended:?}");
    assert_eq!(fs::read_dir(&cli.folder).expect("a folder").count(), 0);
}
