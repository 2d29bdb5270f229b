//! `cargo xtask ci`: everything that must hold, in named and timed sections.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Child,
    time::{Duration, Instant},
};

use crate::{
    codegen, deny, examples, fuzz, interop, msrv,
    shell::{command, program, run},
    tidy,
};

/// What has to hold, and how to look.
struct Section {
    name: &'static str,
    /// What a person runs to repeat it.
    repeat: &'static str,
    work: Work,
    lane: Lane,
}

/// Sections of both lanes run at the same time: one alone leaves a core idle a third of the time.
#[derive(Clone, Copy, PartialEq)]
enum Lane {
    /// In this process, with what it builds in `target`.
    Main,
    /// In a process beside it, with folders of its own.
    Beside,
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
    Section::command("format", "cargo fmt --all --check"),
    Section::here("tidy", "cargo xtask tidy", tidy::tidy),
    Section::here("codegen", "cargo xtask codegen --check", codegen::check),
    Section::command("clippy", "cargo clippy --workspace --all-targets --locked -- -D warnings"),
    Section {
        work: Work::With("RUSTDOCFLAGS", "-D warnings"),
        ..Section::command("doc", "cargo doc --workspace --no-deps --locked")
    },
    Section::command("test", "cargo test --workspace --locked"),
    Section::command(
        "features",
        "cargo test -p compshare-tests --test it --features serde-json-features --locked",
    ),
    Section::command(
        "package",
        "cargo package --workspace --exclude compshare-tests --exclude xtask --locked --allow-dirty",
    ),
    Section::here("examples", "cargo xtask examples", examples::examples),
    Section::here("interop", "cargo xtask interop", interop::interop_if_possible),
    Section::here("deny", "cargo xtask deny", deny::deny_if_possible).beside(),
    Section::here("msrv", "cargo xtask msrv", msrv::msrv_if_possible).beside(),
    Section::here("fuzz", "cargo xtask fuzz --seconds 10", fuzz::fuzz_if_possible).beside(),
];

/// What the sections beside print.
const LOG: &str = "target/ci-beside.log";

/// Runs every section, or the named ones one after the other; stops at the first that fails.
pub(crate) fn ci(root: &Path, names: &[&str]) -> Result<(), String> {
    if !names.is_empty() {
        let named = names.iter().map(|name| {
            let section = SECTIONS.iter().find(|section| section.name == *name);
            section.ok_or_else(|| format!("no section is called {name}"))
        });
        let summary = run_all(&named.collect::<Result<Vec<_>, _>>()?, root, || Ok(()))?;
        print!("\n{summary}");
        return Ok(());
    }
    let start = Instant::now();
    let lane =
        |lane| SECTIONS.iter().filter(move |section| section.lane == lane).collect::<Vec<_>>();
    let mut beside = Beside::start(root, &lane(Lane::Beside))?;
    let summary = run_all(&lane(Lane::Main), root, || beside.check())?;
    let more = beside.end()?;
    let total = seconds(start.elapsed());
    println!("{more}\n{summary}ci: all {} sections hold ({total})", SECTIONS.len());
    Ok(())
}

/// The lane beside: this program with the names of its sections, which writes to [`LOG`].
struct Beside {
    process: Child,
    log: PathBuf,
}

impl Beside {
    fn start(root: &Path, sections: &[&Section]) -> Result<Self, String> {
        let log = root.join(LOG);
        fs::create_dir_all(root.join("target")).map_err(|error| format!("target: {error}"))?;
        let file = File::create(&log).map_err(|error| format!("{LOG}: {error}"))?;
        let both = file.try_clone().map_err(|error| format!("{LOG}: {error}"))?;
        let this = env::current_exe().map_err(|error| format!("cannot find xtask: {error}"))?;
        // Tests wait for deadlines, so they come first.
        let mut command = program(root, "nice");
        command.arg(this).arg("ci").args(sections.iter().map(|section| section.name));
        let process = command.stdout(file).stderr(both).spawn();
        let process = process.map_err(|error| format!("cannot run nice: {error}"))?;
        println!("beside, into {LOG}: {}", names(sections));
        Ok(Self { process, log })
    }

    /// Fails once it has failed.
    fn check(&mut self) -> Result<(), String> {
        match self.process.try_wait() {
            Ok(Some(status)) if !status.success() => Err(self.text()),
            Ok(_) => Ok(()),
            Err(error) => Err(format!("cannot wait for what runs beside: {error}")),
        }
    }

    /// Waits for its end; returns what it printed.
    fn end(mut self) -> Result<String, String> {
        println!("\n== waiting for what runs beside");
        let _ = self.process.wait();
        self.check()?;
        Ok(self.text())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap_or_default()).into_owned()
    }
}

/// Nothing waits for it after a failure.
impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
}

fn names(sections: &[&Section]) -> String {
    sections.iter().map(|section| section.name).collect::<Vec<_>>().join(", ")
}

/// Runs sections in order, with `between` before each; returns their times.
fn run_all(
    sections: &[&Section],
    root: &Path,
    mut between: impl FnMut() -> Result<(), String>,
) -> Result<String, String> {
    let mut summary = String::new();
    for section in sections {
        between()?;
        println!("\n== {}: {}", section.name, section.shown());
        let begun = Instant::now();
        section.run(root)?;
        let line = format!("{:8} {:>7}", section.name, seconds(begun.elapsed()));
        println!("== {line}");
        summary.push_str(&line);
        summary.push('\n');
    }
    Ok(summary)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

impl Section {
    const fn command(name: &'static str, repeat: &'static str) -> Self {
        Self { name, repeat, work: Work::Command, lane: Lane::Main }
    }

    const fn here(
        name: &'static str,
        repeat: &'static str,
        work: fn(&Path) -> Result<(), String>,
    ) -> Self {
        Self { name, repeat, work: Work::Here(work), lane: Lane::Main }
    }

    const fn beside(self) -> Self {
        Self { lane: Lane::Beside, ..self }
    }

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
        let never = Section::here("never", "never", |_| panic!());
        let wrong =
            Section::here("wrong", "cargo xtask wrong", |_| Err("two is not three".to_owned()));
        let message = run_all(&[&wrong, &never], Path::new("/"), || Ok(())).unwrap_err();
        let expected = "two is not three\n\nci: wrong fails; to repeat: cargo xtask wrong";
        assert_eq!(message, expected);
        let failed_beside = || Err("deny fails".to_owned());
        assert_eq!(run_all(&[&never], Path::new("/"), failed_beside).unwrap_err(), "deny fails");
    }

    #[test]
    fn commands_are_run_as_they_are_shown() {
        let with = Section { work: Work::With("A", "b c"), ..Section::command("with", "false") };
        let message = run_all(&[&with], Path::new("/"), || Ok(())).unwrap_err();
        assert!(message.ends_with("ci: with fails; to repeat: A='b c' false"), "{message}");
        let good = Section::command("good", "true");
        let summary = run_all(&[&good], Path::new("/"), || Ok(())).unwrap();
        assert!(summary.starts_with("good "), "{summary}");
    }

    #[test]
    fn an_unknown_section_is_refused_before_any_runs() {
        let message = ci(Path::new("/nowhere"), &["format", "speed"]).unwrap_err();
        assert_eq!(message, "no section is called speed");
    }
}
