//! Programs of others that checks run: each installed once, in the version that is pinned here.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::shell::{command, output, program, run};

const FOLDER: &str = "target/tools";

/// A program that is a crate.
#[derive(Clone, Copy)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
}

impl Tool {
    /// Where it is, once it is installed.
    pub(crate) fn installed(self, root: &Path) -> Result<PathBuf, String> {
        let folder = root.join(FOLDER);
        let path = folder.join("bin").join(self.name);
        let said = output(program(root, &path).arg("--version"));
        if said.is_ok_and(|said| self.is_said(&said)) {
            return Ok(path);
        }
        println!("installing {} {} into {FOLDER}", self.name, self.version);
        // Unoptimized, which is sooner there, and fast enough.
        let mut install = command(root, "cargo install --quiet --locked --force --debug --version");
        run(install.arg(self.version).arg(self.name).arg("--root").arg(&folder))?;
        Ok(path)
    }

    /// Whether `--version` says that it is this one.
    fn is_said(self, said: &str) -> bool {
        said.split_whitespace().eq([self.name, self.version])
    }
}

/// Does that work; where it cannot be done, CI aside, says so and leaves it at that.
pub(crate) fn if_possible(
    ready: Result<PathBuf, String>,
    otherwise: &str,
    work: impl FnOnce(PathBuf) -> Result<(), String>,
) -> Result<(), String> {
    match ready {
        Ok(path) => work(path),
        Err(error) if env::var_os("CI").is_some() => Err(error),
        Err(error) => {
            println!("{otherwise}: {error}");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_will_not_do() {
        let tool = Tool { name: "cargo-some", version: "1.2.3" };
        assert!(tool.is_said("cargo-some 1.2.3\n"));
        for other in ["cargo-some 1.2.30", "cargo-other 1.2.3", "1.2.3", ""] {
            assert!(!tool.is_said(other), "{other}");
        }
    }
}
