//! Numbers with a unit behind them: `64GB`, `2h`, `12.50CNY`.

use compshare_blocking::metadata::Kind;

/// A unit's spellings, and how many of the smallest unit it is.
type Unit = (&'static [&'static str], i64);

/// Sizes in megabytes. `Mb` is left out: it may mean bits.
const SIZES: [Unit; 3] = [
    (&["MB", "mb", "M", "MiB"], 1),
    (&["GB", "gb", "G", "GiB"], 1024),
    (&["TB", "tb", "T", "TiB"], 1024 * 1024),
];

/// Durations in seconds. `M` is left out: it may mean months.
const TIMES: [Unit; 4] =
    [(&["s"], 1), (&["m", "min"], 60), (&["h"], 60 * 60), (&["d"], 24 * 60 * 60)];

/// A whole number of the type's unit; a bare number is one already. `None` if the type has no unit
/// that others convert to.
pub(crate) fn whole(kind: Kind, text: &str) -> Option<Result<i64, String>> {
    let (units, own, advice): (&[Unit], _, _) = match kind {
        Kind::Mb => (&SIZES, "MB", "use MB, such as 65536, or a size such as 64GB"),
        Kind::Gb => (&SIZES, "GB", "use GB, such as 60, or a size such as 2TB"),
        Kind::Seconds => {
            (&TIMES, "s", "use seconds, such as 90, or a duration such as 90s, 30m or 2h")
        }
        Kind::Hours => (&TIMES, "h", "use hours, such as 48, or a duration such as 48h or 2d"),
        Kind::Fen => return Some(fen(text)),
        _ => return None,
    };
    Some(scaled(text, units, own, advice))
}

/// An amount in fen; a bare number is one already.
fn fen(text: &str) -> Result<i64, String> {
    let advice = "use fen, such as 1250, or yuan, such as 12.50CNY";
    let (number, unit) = split(text);
    let amount = match unit {
        "" | "fen" => number.parse().ok(),
        "CNY" => in_fen(number),
        _ => None,
    };
    amount.ok_or_else(|| format!("{text:?} is not an amount; {advice}"))
}

/// A number of yuan with two decimals at most, in fen.
fn in_fen(number: &str) -> Option<i64> {
    let (yuan, decimals) = number.split_once('.').unwrap_or((number, "00"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(yuan.strip_prefix('-').unwrap_or(yuan)) || !digits(decimals) || decimals.len() > 2 {
        return None;
    }
    format!("{yuan}{decimals:0<2}").parse().ok()
}

/// The number of `own` units that a number of these units is.
fn scaled(text: &str, units: &[Unit], own: &str, advice: &str) -> Result<i64, String> {
    let wrong = || format!("{text:?} is not valid; {advice}");
    let (number, unit) = split(text);
    let number: i64 = number.parse().map_err(|_| wrong())?;
    if unit.is_empty() {
        return Ok(number);
    }
    let find = |name: &str| units.iter().find(|(names, _)| names.contains(&name));
    let (Some((_, each)), Some((_, own_each))) = (find(unit), find(own)) else {
        return Err(wrong());
    };
    let smallest = number.checked_mul(*each).ok_or_else(wrong)?;
    if smallest % own_each != 0 {
        let name = if own == "h" { "hours" } else { own };
        return Err(format!("{text:?} is not a whole number of {name}; {advice}"));
    }
    Ok(smallest / own_each)
}

/// The number, and the unit behind it without the spaces in between.
fn split(text: &str) -> (&str, &str) {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    let end = text.find(|c| !is_number(c)).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end).unwrap_or((text, ""));
    // A space and nothing behind it is a slip.
    if unit.trim().is_empty() { (text, "") } else { (number, unit.trim_start()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn megabytes(text: &str) -> Result<i64, String> {
        whole(Kind::Mb, text).unwrap()
    }

    fn gigabytes(text: &str) -> Result<i64, String> {
        whole(Kind::Gb, text).unwrap()
    }

    fn seconds(text: &str) -> Result<i64, String> {
        whole(Kind::Seconds, text).unwrap()
    }

    fn hours(text: &str) -> Result<i64, String> {
        whole(Kind::Hours, text).unwrap()
    }

    #[test]
    fn sizes_are_binary() {
        for (text, mb) in [
            ("65536", 65_536),
            ("64GB", 65_536),
            ("64 GB", 65_536),
            ("64G", 65_536),
            ("64gb", 65_536),
            ("1TiB", 1_048_576),
            ("512MB", 512),
            ("-1", -1),
        ] {
            assert_eq!(megabytes(text), Ok(mb), "{text}");
        }
        for (text, gb) in [("60", 60), ("60GB", 60), ("2TB", 2048), ("2048MB", 2)] {
            assert_eq!(gigabytes(text), Ok(gb), "{text}");
        }
    }

    #[test]
    fn durations_have_their_unit() {
        for (text, number) in [("90", 90), ("90s", 90), ("30m", 1800), ("2h", 7200), ("1d", 86_400)]
        {
            assert_eq!(seconds(text), Ok(number), "{text}");
        }
        for (text, number) in [("48", 48), ("48h", 48), ("2d", 48), ("120min", 2)] {
            assert_eq!(hours(text), Ok(number), "{text}");
        }
    }

    #[test]
    fn yuan_become_fen_exactly() {
        for (text, number) in [
            ("1250", 1250),
            ("1250fen", 1250),
            ("12.50CNY", 1250),
            ("12.5 CNY", 1250),
            ("12CNY", 1200),
            ("0.07CNY", 7),
            ("-0.07CNY", -7),
            ("-3", -3),
        ] {
            assert_eq!(fen(text), Ok(number), "{text}");
        }
        for text in ["12.50", "12.505CNY", "CNY", ".5CNY", "1.CNY", "1-2CNY", "12USD", "1e3", "5 "]
        {
            let reason = format!(
                "{text:?} is not an amount; use fen, such as 1250, or yuan, such as 12.50CNY"
            );
            assert_eq!(fen(text), Err(reason));
        }
    }

    #[test]
    fn ambiguous_and_fractional_sizes_are_refused() {
        for text in ["64Mb", "1.5GB", "GB", "64XB", "", "64GB ", "9999999999999TB", "1e3", "0x10"] {
            assert_eq!(
                megabytes(text),
                Err(format!(
                    "{text:?} is not valid; use MB, such as 65536, or a size such as 64GB"
                ))
            );
        }
        assert_eq!(
            gigabytes("1500MB").unwrap_err(),
            r#""1500MB" is not a whole number of GB; use GB, such as 60, or a size such as 2TB"#
        );
        assert_eq!(
            hours("90m").unwrap_err(),
            r#""90m" is not a whole number of hours; use hours, such as 48, or a duration such as 48h or 2d"#
        );
        assert!(seconds("2M").is_err());
    }
}
