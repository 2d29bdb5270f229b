//! A profile file that others may read: the warning of the clients, with what mends it.

#![cfg(unix)]

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use crate::{
    canary::{Needles, PRIVATE, shown},
    recorder::recorded,
};

#[test]
fn a_profile_that_others_may_read_is_reported_once_with_the_command_that_mends_it() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("profiles-{}.json", std::process::id()));
    let file =
        format!(r#"{{"profiles":{{"default":{{"public_key":"p","private_key":"{PRIVATE}"}}}}}}"#);
    fs::write(&path, file).unwrap();
    let shown_path = path.display().to_string();
    let read = |mode: u32| {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        [compshare_blocking::environment().file, compshare_hyper::environment().file].map(|file| {
            let (text, log) = recorded(|| file(&path));
            assert!(text.unwrap().unwrap().contains(PRIVATE));
            log.own
        })
    };
    assert_eq!(read(0o600), [[""; 0]; 2]);
    for (lines, module) in read(0o644).iter().zip(["compshare_blocking", "compshare_hyper"]) {
        let [line] = &lines[..] else { panic!("{lines:?}") };
        let expected = format!(
            "WARN {module}::environment: message={shown_path} holds keys and is open to other users \
             (mode 644): chmod 600 {shown_path}"
        );
        assert_eq!(*line, expected);
        Needles::new().assert_clean("the warning", &shown(line));
    }
    assert_eq!(read(0o640), [[""; 0]; 2], "once is enough");
    fs::remove_file(&path).unwrap();
}
