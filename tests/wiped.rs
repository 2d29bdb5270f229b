//! A key is gone from memory once nobody holds it: this process searches its own for it.
//!
//! A test binary of its own, since nothing else may hold the key. Linux has the files that it takes.

#![cfg(target_os = "linux")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot go on is a test that fails"
)]

use std::{
    fs::{self, File},
    io::Write as _,
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use bytes::Bytes;
use compshare_blocking::{
    Client, Config, Raw, Secret, environment, machine::Failure, metadata::Encoding,
    profile::Source, sign::sign,
};

/// One test at a time: what one looks through is a copy of what the other holds.
static ALONE: Mutex<()> = Mutex::new(());

/// The bytes of a private key, made one by one, so that a test which looks for it does not hold it.
fn key(number: u8) -> impl Iterator<Item = u8> {
    (0..200_u8).map(move |index| b'a' + (index.wrapping_mul(7) ^ (number * 5)) % 26)
}

/// Whether the memory of this process that can be written holds the second half of that key; where
/// memory is given back, the allocator writes over the start.
fn is_held(number: u8) -> bool {
    is_held_from(number, 100)
}

/// Whether it holds what follows so many bytes of that key.
fn is_held_from(number: u8, start: usize) -> bool {
    let length = 200 - start;
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let memory = File::open("/proc/self/mem").unwrap();
    let first = key(number).nth(start).unwrap();
    let mut found = false;
    for line in maps.lines().filter(|line| line.contains(" rw-p ")) {
        let (from, rest) = line.split_once('-').unwrap();
        let (to, _) = rest.split_once(' ').unwrap();
        let [from, to] = [from, to].map(|text| u64::from_str_radix(text, 16).unwrap());
        let mut part = vec![0; usize::try_from(to - from).unwrap()];
        // Some of it may be gone by now, or be no memory to read.
        let Ok(read) = memory.read_at(&mut part, from) else { continue };
        found |= part[..read]
            .windows(length)
            .any(|window| window[0] == first && window.iter().copied().eq(key(number).skip(start)));
        part.fill(0);
        std::hint::black_box(&part);
    }
    found
}

/// A profile file of that key, written without holding it.
fn profile(number: u8, ending: &str) -> PathBuf {
    let name = format!("wiped-{}-{number}.json", std::process::id());
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut file = File::create(&path).unwrap();
    file.write_all(br#"{"profiles":{"default":{"public_key":"p","private_key":""#).unwrap();
    key(number).for_each(|byte| file.write_all(&[byte]).unwrap());
    file.write_all(ending.as_bytes()).unwrap();
    path
}

fn config(path: &Path) -> Result<Config, compshare_blocking::error::ConfigError> {
    let shown = path.display().to_string();
    let variable = |name: &str| (name == "COMPSHARE_CONFIG_FILE").then(|| shown.clone());
    Source { variable: &variable, ..environment() }.config(None)
}

#[test]
fn a_key_that_is_dropped_is_in_memory_no_more() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let path = profile(1, "\"}}}");
    let transport = |_: http::Request<Bytes>, _: Duration| {
        Ok::<_, Failure>(http::Response::new(Bytes::from_static(br#"{"RetCode":0}"#)))
    };
    let client = Client::builder(config(&path).unwrap()).transport(transport).build().unwrap();
    let other = client.clone().region("cn-wlcb");
    other.send(Raw::new("DescribeCompShareImages")).unwrap();
    assert!(is_held(1), "the search finds a key that is held");
    drop((client, other));
    assert!(!is_held(1));
    fs::remove_file(path).unwrap();
}

#[test]
fn so_is_the_key_of_a_file_that_cannot_be_used() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for (number, ending) in [(2, "\"}}"), (3, "\",}}}"), (4, "\"},\"other\":7}")] {
        let path = profile(number, ending);
        let error = config(&path).map(drop).unwrap_err();
        assert!(!is_held(number), "{error}");
        fs::remove_file(path).unwrap();
    }
}

/// Calls that so far down the stack that nothing writes over what it leaves there.
#[inline(never)]
fn below(frames: usize, call: &dyn Fn()) {
    let frame = std::hint::black_box([0_u8; 1024]);
    if frames > 0 {
        below(frames - 1, call)
    } else {
        call()
    }
    std::hint::black_box(&frame);
}

fn sign_with(number: u8) {
    let mut private = String::with_capacity(200);
    private.extend(key(number).map(char::from));
    let private = Secret::new(private);
    // With the key 242 bytes: the last 50 are what SHA-1 has not hashed when it comes to its end.
    let parameters = serde_json::json!({ "A": "x".repeat(41) });
    for encoding in [Encoding::Form, Encoding::Json] {
        below(50, &|| {
            let signature = sign(&parameters, &private, encoding).unwrap();
            assert_eq!(signature.expose().len(), 40);
        });
    }
}

#[test]
fn so_is_the_end_of_a_key_that_has_signed() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let ((signed, has_signed), (done, is_done)) = (mpsc::channel(), mpsc::channel());
    let signer = thread::spawn(move || {
        sign_with(5);
        signed.send(()).unwrap();
        // Its stack stays as it is meanwhile.
        is_done.recv().unwrap();
    });
    has_signed.recv().unwrap();
    let is_held = is_held_from(5, 160);
    done.send(()).unwrap();
    signer.join().unwrap();
    assert!(!is_held);
}
