//! Values that stand in files.

use compshare_sim::Sim;

use crate::{Cli, only, update, words};

#[test]
fn a_cover_is_encoded_and_a_readme_is_sent_as_it_is() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim)
        .file("cover.png", b"\x89PNG\r\n\x1a\n\x00\xff")
        .file("readme.md", "# 指南\n\nUse it & enjoy.\n");
    let ended = cli.run(&update(&["--Cover", "@cover.png", "--Readme", "@readme.md"]));
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    let seen = only(&sim);
    assert_eq!(seen.parameter("Cover"), Some("iVBORw0KGgoA/w=="));
    assert_eq!(seen.parameter("Readme"), Some("# 指南\n\nUse it & enjoy.\n"));
}

#[test]
fn standard_input_and_texts_that_begin_with_at() {
    let sim = Sim::start().expect("a simulator");
    let cli = Cli::of(&sim).stdin("from a pipe");
    let flags = ["--Cover", "aGk=", "--Readme", "@-", "--Name", "@@home", "--Tags", "@@a"];
    let ended = cli.run(&update(&flags));
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    let seen = only(&sim);
    assert_eq!(seen.parameter("Cover"), Some("aGk="));
    assert_eq!(seen.parameter("Readme"), Some("from a pipe"));
    assert_eq!(seen.parameter("Name"), Some("@home"));
    assert_eq!(seen.parameter("Tags.0"), Some("@a"));
}

#[test]
fn a_file_that_cannot_be_sent_is_named() {
    let cli = Cli::bare()
        .file("binary", b"\xff\xfe")
        .file("large", vec![b'x'; (16 << 20) + 1])
        .file("fits", vec![b'x'; 3]);
    for (flags, text) in [
        (
            ["--Cover", "@missing.png", "--Name", "x"],
            "error: --Cover: cannot read missing.png: No such file or directory (os error 2)\n\
             hint: @ reads a file; for text that begins with @, write @@\n",
        ),
        (["--Readme", "@binary", "--Name", "x"], "error: --Readme: binary is not UTF-8 text\n"),
        (
            ["--Readme", "@large", "--Cover", "@fits"],
            "error: --Readme: large exceeds the limit of 16 MiB\n",
        ),
        (
            ["--Readme", "@-", "--Name", "@-"],
            "error: --Readme: standard input is already the value of another parameter; use a \
             file\n",
        ),
    ] {
        let ended = cli.run(&update(&[&["--sim"], &flags[..]].concat()));
        assert_eq!((ended.code, &*ended.stderr, &*ended.stdout), (Some(2), text, ""));
    }
}

#[test]
fn what_surrounds_a_value_in_a_file_is_not_sent_where_it_cannot_be_meant() {
    for (id, name, readme) in [
        ("compshareImage-xxxx\n", "my image\n", "one\n\ntwo\n"),
        ("\u{feff}compshareImage-xxxx\r\n", "\u{feff}my image\r\n", "\u{feff}one\n\ntwo\n"),
        (" \"compshareImage-xxxx\" \n", "my image", "one\n\ntwo\n"),
    ] {
        let sim = Sim::start().expect("a simulator");
        let cli = Cli::of(&sim).file("id", id).file("name", name).file("readme", readme);
        let flags = [
            "--CompShareImageId",
            "@id",
            "--Name",
            "@name",
            "--Readme",
            "@readme",
            "--Tags",
            "@name",
        ];
        let ended = cli.run(&words(&["UpdateCompShareImage"], &flags));
        assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
        let seen = only(&sim);
        assert_eq!(seen.parameter("CompShareImageId"), Some("compshareImage-xxxx"));
        assert_eq!(seen.parameter("Name"), Some("my image"));
        assert_eq!(seen.parameter("Tags.0"), Some("my image"));
        assert_eq!(seen.parameter("Readme"), Some("one\n\ntwo\n"));
    }
    let cli = Cli::bare().file("ids", "compshareImage-xxxx\ncompshareImage-yyyy\n");
    let flags = ["--CompShareImageId", "@ids", "--Name", "x", "--sim"];
    let ended = cli.run(&words(&["UpdateCompShareImage"], &flags));
    let text = "error: --CompShareImageId has a line break in it: give the value alone\n";
    assert_eq!((ended.code, &*ended.stderr), (Some(2), text));
}
