//! `cargo xtask ci`: everything that must hold, in named and timed sections.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use crate::{
    codegen, deny, examples, fuzz, interop, msrv,
    shell::{command, run},
    tidy,
};

/// What has to hold, and how to look.
struct Section {
    name: &'static str,
    /// What a person runs to repeat it.
    repeat: &'static str,
    work: Work,
}

enum Work {
    /// The command of `repeat`, as it stands there.
    Command,
    /// The same with a variable of the environment.
    With(&'static str, &'static str),
    /// What `repeat` does, in this process.
    Here(fn(&Path) -> Result<(), String>),
}

/// In the order of what fails soonest, and so that no section builds anew what an earlier one built.
const SECTIONS: &[Section] = &[
    Section { name: "format", repeat: "cargo fmt --all --check", work: Work::Command },
    Section { name: "tidy", repeat: "cargo xtask tidy", work: Work::Here(tidy::tidy) },
    Section { name: "deny", repeat: "cargo xtask deny", work: Work::Here(deny::deny_if_possible) },
    Section {
        name: "codegen",
        repeat: "cargo xtask codegen --check",
        work: Work::Here(codegen::check),
    },
    Section {
        name: "clippy",
        repeat: "cargo clippy --workspace --all-targets --locked -- -D warnings",
        work: Work::Command,
    },
    Section {
        name: "doc",
        repeat: "cargo doc --workspace --no-deps --locked",
        work: Work::With("RUSTDOCFLAGS", "-D warnings"),
    },
    Section { name: "test", repeat: "cargo test --workspace --locked", work: Work::Command },
    Section {
        name: "features",
        repeat: "cargo test -p compshare-tests --test it --features serde-json-features --locked",
        work: Work::Command,
    },
    Section { name: "msrv", repeat: "cargo xtask msrv", work: Work::Here(msrv::msrv_if_possible) },
    Section {
        name: "package",
        repeat: "cargo package --workspace --exclude compshare-tests --exclude xtask --locked --allow-dirty",
        work: Work::Command,
    },
    Section {
        name: "examples",
        repeat: "cargo xtask examples",
        work: Work::Here(examples::examples),
    },
    Section {
        name: "fuzz",
        repeat: "cargo xtask fuzz --seconds 10",
        work: Work::Here(fuzz::fuzz_if_possible),
    },
    Section {
        name: "interop",
        repeat: "cargo xtask interop",
        work: Work::Here(interop::interop_if_possible),
    },
];

/// Runs every section; stops at the first that fails.
pub(crate) fn ci(root: &Path) -> Result<(), String> {
    let summary = sections(SECTIONS, root)?;
    println!("\n{summary}");
    Ok(())
}

/// Runs sections in order; returns their times.
fn sections(sections: &[Section], root: &Path) -> Result<String, String> {
    let start = Instant::now();
    let mut summary = String::new();
    for section in sections {
        println!("\n== {}: {}", section.name, section.shown());
        let begun = Instant::now();
        section.run(root)?;
        let line = format!("{:8} {:>7}", section.name, seconds(begun.elapsed()));
        println!("== {line}");
        summary.push_str(&line);
        summary.push('\n');
    }
    let total = seconds(start.elapsed());
    Ok(format!("{summary}ci: all {} sections hold ({total})", sections.len()))
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

impl Section {
    fn run(&self, root: &Path) -> Result<(), String> {
        let result = match self.work {
            Work::Command => run(&mut command(root, self.repeat)),
            Work::With(name, value) => run(command(root, self.repeat).env(name, value)),
            Work::Here(work) => work(root),
        };
        result.map_err(|message| {
            format!("{message}\n\nci: {} fails; to repeat: {}", self.name, self.shown())
        })
    }

    /// What a person types to repeat it.
    fn shown(&self) -> String {
        match self.work {
            Work::With(name, value) => format!("{name}='{value}' {}", self.repeat),
            Work::Command | Work::Here(_) => self.repeat.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_ends_it_and_says_how_to_repeat_it() {
        let never = Section { name: "never", repeat: "never", work: Work::Here(|_| panic!()) };
        let wrong = Section {
            name: "wrong",
            repeat: "cargo xtask wrong",
            work: Work::Here(|_| Err("two is not three".to_owned())),
        };
        let message = sections(&[wrong, never], Path::new("/")).unwrap_err();
        let expected = "two is not three\n\nci: wrong fails; to repeat: cargo xtask wrong";
        assert_eq!(message, expected);
    }

    #[test]
    fn commands_are_run_as_they_are_shown() {
        let with = Section { name: "with", repeat: "false", work: Work::With("A", "b c") };
        let message = sections(&[with], Path::new("/")).unwrap_err();
        assert!(message.ends_with("ci: with fails; to repeat: A='b c' false"), "{message}");
        let good = Section { name: "good", repeat: "true", work: Work::Command };
        let summary = sections(&[good], Path::new("/")).unwrap();
        assert!(summary.contains("ci: all 1 sections hold"), "{summary}");
    }
}
