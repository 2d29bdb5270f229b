//! Responses that are files: printed, saved, or refused.

use std::fs;

use compshare_sim::Sim;
use serde_json::json;

use crate::{
    Cli,
    server::{responding, sending},
};

const DOWNLOAD: [&str; 3] = ["DownloadTeamOrder", "--TeamId", "1001"];
const CSV: &str = "Content-Type: text/csv\r\nContent-Disposition: attachment; filename=orders.csv";
const BODY: &str = "订单号,金额\n1,10.00\n";

fn download<'a>(then: &[&'a str]) -> Vec<&'a str> {
    crate::words(&DOWNLOAD, then)
}

/// Names of the files in the folder of a command.
fn files(cli: &Cli) -> Vec<String> {
    let names = fs::read_dir(&cli.folder).expect("a folder");
    let names = names.map(|entry| entry.expect("a file").file_name().into_string());
    names.collect::<Result<_, _>>().expect("UTF-8")
}

#[test]
fn a_file_goes_to_standard_output_as_it_came() {
    let ended = responding(CSV, BODY).run(&DOWNLOAD);
    assert_eq!((ended.code, &*ended.stderr, &*ended.stdout), (Some(0), "", BODY));
    let ended = responding(CSV, BODY).run(&download(&["--output", "-"]));
    assert_eq!((ended.code, &*ended.stderr, &*ended.stdout), (Some(0), "", BODY));
    let ended = responding(CSV, BODY).run(&download(&["--json"]));
    assert_eq!(ended.json(), json!({ "file": { "name": "orders.csv", "content": BODY } }));
    assert_eq!(ended.code, Some(0));
}

#[test]
fn a_file_is_saved_where_the_flag_says() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    let ended = cli.run(&download(&["--output", "orders.csv"]));
    let saved = fs::read_to_string(cli.folder.join("orders.csv")).expect("the file");
    assert!(saved.starts_with("订单号,"), "{saved}");
    let text = format!(
        "DownloadTeamOrder: {} bytes written to orders.csv (request \
         00000000-0000-4000-8000-000000000001)\n",
        saved.len()
    );
    assert_eq!((ended.code, &*ended.stderr, ended.stdout), (Some(0), "", text));
    assert_eq!(files(&cli), ["orders.csv"]);
    assert_eq!(cli.run(&DOWNLOAD).stdout, saved);
}

#[test]
fn a_file_is_replaced_only_by_force() {
    let cli = responding(CSV, BODY).file("orders.csv", "old");
    let ended = cli.run(&download(&["--output", "orders.csv"]));
    let text = "error: --output: orders.csv already exists; use another name, or --force to \
                replace it\n";
    assert_eq!((ended.code, &*ended.stderr), (Some(2), text));
    assert_eq!(fs::read(cli.folder.join("orders.csv")).expect("the file"), b"old");
    let ended = cli.run(&download(&["--output", "orders.csv", "--force", "--json"]));
    let file = json!({ "name": "orders.csv", "path": "orders.csv", "bytes": BODY.len() });
    assert_eq!((ended.code, ended.json()), (Some(0), json!({ "file": file })));
    assert_eq!(fs::read_to_string(cli.folder.join("orders.csv")).expect("the file"), BODY);
    assert_eq!(files(&cli), ["orders.csv"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_one() {
    let cli = responding(CSV, BODY).file("real.csv", "old");
    std::os::unix::fs::symlink("real.csv", cli.folder.join("link.csv")).expect("a link");
    let ended = cli.run(&download(&["--output", "link.csv", "--force"]));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(fs::read_to_string(cli.folder.join("real.csv")).expect("the file"), BODY);
    let link = fs::symlink_metadata(cli.folder.join("link.csv")).expect("the link");
    assert!(link.is_symlink());
}

#[test]
fn a_refusal_in_place_of_a_file_leaves_none() {
    let refusal = r#"{"RetCode":230,"Message":"no such team"}"#;
    let cli = responding("Content-Type: application/json", refusal);
    let ended = cli.run(&download(&["--output", "orders.csv"]));
    assert_eq!(
        ended.stderr,
        "error: DownloadTeamOrder refused: no such team (RetCode 230): correct the parameter\n"
    );
    assert_eq!((ended.code, &*ended.stdout), (Some(1), ""));
    assert_eq!(files(&cli), [""; 0]);
}

#[test]
fn what_is_no_file_is_no_response() {
    let json = responding("Content-Type: application/json", r#"{"RetCode":0}"#);
    let html = responding("Content-Type: text/html", "<html>");
    let cut = sending(
        format!("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n{CSV}"),
        BODY.as_bytes().to_vec(),
    );
    // Ends with its connection, as one that broke does.
    let endless = sending(format!("HTTP/1.1 200 OK\r\n{CSV}"), BODY.as_bytes().to_vec());
    let packed =
        responding("Content-Type: text/csv\r\nContent-Encoding: gzip", b"\x1f\x8b".to_vec());
    for cli in [json, html, cut, endless, packed] {
        let ended = cli.run(&download(&["--output", "orders.csv"]));
        assert!(ended.stderr.starts_with("error: DownloadTeamOrder"), "{}", ended.stderr);
        assert_eq!((ended.code, &*ended.stdout), (Some(3), ""));
        assert_eq!(files(&cli), [""; 0]);
    }
}

#[test]
fn a_file_that_is_no_text_cannot_be_in_json() {
    let ended = responding(CSV, b"\xb6\xa9".to_vec()).run(&download(&["--json"]));
    let text = "error: the file of DownloadTeamOrder is not UTF-8 text\n\
                hint: use --output FILE, or remove --json\n";
    assert_eq!((ended.code, &*ended.stderr), (Some(3), text));
    assert_eq!(ended.json()["error"]["action"], "DownloadTeamOrder");
}

#[test]
fn a_place_that_cannot_be_written_is_found_before_anything_is_sent() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim);
    for (words, text) in [
        (
            download(&["--output", "none/orders.csv"]),
            "--output: cannot write none/orders.csv: No such file or directory (os error 2)",
        ),
        (download(&["--output", "."]), "--output: . is a directory; use a file name"),
        (download(&["--output", ""]), "--output is empty; set a value or remove it"),
        (download(&["--force"]), "--force applies only to --output, which is missing; remove it"),
        (
            vec!["ListCompShareTeam", "--output", "teams.json"],
            "--output applies only to actions that return a file; remove it and redirect \
             standard output",
        ),
    ] {
        let ended = cli.run(&words);
        assert_eq!((ended.code, ended.stderr), (Some(2), format!("error: {text}\n")));
    }
    assert_eq!((sim.requests().len(), files(&cli)), (0, Vec::new()));
    let ended = cli.run(&download(&["--output", "orders.csv", "--dry-run"]));
    assert_eq!((ended.code, files(&cli)), (Some(0), Vec::new()));
}
