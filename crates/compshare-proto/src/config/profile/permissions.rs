//! Whether a file of keys is its owner's alone.

use std::path::Path;

/// The warning for a file of keys that others may read or write, by its Unix mode; `None` if it is its
/// owner's alone, or is not a file but a folder. It names the command that mends it.
///
/// ```
/// use compshare_proto::profile::open_to_others;
/// use std::path::Path;
///
/// let path = Path::new("/home/me/.config/compshare/config.json");
/// assert_eq!(
///     open_to_others(path, 0o100644).as_deref(),
///     Some(
///         "/home/me/.config/compshare/config.json holds keys and is open to other users (mode 644): \
///          chmod 600 /home/me/.config/compshare/config.json"
///     )
/// );
/// assert_eq!(open_to_others(path, 0o100600), None);
/// ```
pub fn open_to_others(path: &Path, mode: u32) -> Option<String> {
    let is_folder = mode & 0o170_000 == 0o040_000;
    if mode & 0o077 == 0 || is_folder {
        return None;
    }
    let shown = path.display().to_string().replace(char::is_control, "?");
    let plain = |c: char| c.is_alphanumeric() || "/._-+@:,".contains(c);
    let word = if shown.starts_with('/') && shown.chars().all(plain) {
        shown.clone()
    } else {
        // Not to be taken for a flag, nor apart by a shell.
        let start = if shown.starts_with('-') { "./" } else { "" };
        format!("'{start}{}'", shown.replace('\'', r"'\''"))
    };
    let mode = mode & 0o777;
    Some(format!(
        "{shown} holds keys and is open to other users (mode {mode:03o}): chmod 600 {word}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_right_of_others_is_one_too_many() {
        let warned = |mode| open_to_others(Path::new("/f"), mode).is_some();
        for mode in [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o777] {
            assert!(warned(mode), "{mode:o}");
        }
        assert!(!warned(0o600) && !warned(0o400) && !warned(0o700));
    }

    #[test]
    fn a_folder_holds_no_keys() {
        assert_eq!(open_to_others(Path::new("/f"), 0o040_755), None);
        assert!(open_to_others(Path::new("/f"), 0o100_755).is_some());
    }

    #[test]
    fn the_command_can_be_pasted_whatever_the_path() {
        let command = |path| {
            let warning = open_to_others(Path::new(path), 0o644).unwrap();
            warning.split_once(": ").unwrap().1.to_owned()
        };
        assert_eq!(command("/home/me/甲 乙"), "chmod 600 '/home/me/甲 乙'");
        assert_eq!(command("it's"), r"chmod 600 'it'\''s'");
        assert_eq!(command("-rf"), "chmod 600 './-rf'");
    }
}
