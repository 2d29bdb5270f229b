//! The fuzz targets on every test run: the corpus as it is, and changed in the same ways each time.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test that cannot go on is a test that fails; the targets are a crate of their own"
)]

use std::{fs, panic, path::PathBuf};

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

/// Changed inputs that are made of each one in the corpus.
const CHANGED: u64 = 100;

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus")
}

/// The corpus of a target, in the order of the files' names.
fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(corpus().join(target)).expect("a target has a corpus");
    let mut inputs: Vec<_> = entries
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())
        })
        .collect();
    inputs.sort();
    inputs
}

/// Runs an input; says which one it was if the target panics.
fn run(target: fn(&[u8]), name: &str, input: &[u8]) {
    if panic::catch_unwind(|| target(input)).is_err() {
        panic!("{name} fails, with the bytes\n{}", input.escape_ascii());
    }
}

/// A sequence of numbers that poll random and are the same in every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }
}

/// The input with a few bytes changed, added, taken away, or taken from another input.
fn changed(input: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut input = input.to_vec();
    for _ in 0..=numbers.below(6) {
        let place = numbers.below(input.len() + 1);
        let byte = numbers.next().to_le_bytes()[0];
        match numbers.below(4) {
            0 if place < input.len() => input[place] = byte,
            1 if place < input.len() => drop(input.remove(place)),
            2 if !other.is_empty() => {
                let start = numbers.below(other.len());
                let end = other.len().min(start + numbers.below(64));
                input.splice(place..place, other[start..end].iter().copied());
            }
            _ => input.insert(place, byte),
        }
    }
    input
}

fn replay(target: &str) {
    let (_, run_target) = *fuzz::TARGETS.iter().find(|(name, _)| *name == target).unwrap();
    let inputs = inputs(target);
    let mut numbers = Numbers(1);
    run(run_target, target, &[]);
    for (name, input) in &inputs {
        run(run_target, &format!("{target}/{name}"), input);
        for _ in 0..CHANGED {
            let other = &inputs[numbers.below(inputs.len())].1;
            let changed = changed(input, other, &mut numbers);
            run(run_target, &format!("{target}/{name}, changed"), &changed);
        }
    }
}

macro_rules! targets {
    ($($target:ident)*) => {
        $(#[test]
        fn $target() {
            replay(stringify!($target));
        })*

        #[test]
        fn every_target_has_a_corpus_and_a_test() {
            let mut folders: Vec<String> = fs::read_dir(corpus())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            folders.sort();
            let targets: Vec<&str> = fuzz::TARGETS.iter().map(|(name, _)| *name).collect();
            assert_eq!(folders, targets);
            assert_eq!(folders, [$(stringify!($target)),*]);
        }
    };
}

targets! { decode http_head machines odd_value once params profile sim_request }

/// Whoever is asked for an action that the target does not know panics there.
#[test]
fn the_target_of_responses_knows_every_action() {
    for number in 0..compshare_proto::actions::ACTIONS.len() {
        let number = u16::try_from(number).unwrap().to_le_bytes();
        for mode in 0..3 {
            fuzz::decode::run(&[number[0], number[1], 0, 0, 0, 0, 0, mode]);
        }
    }
}
