//! `Table`: rows under headings, aligned by what a terminal shows; on a terminal, as many columns as fit.

use crate::text::wrap::{cut, width};

/// Widest that a column but the first is shown while others need the room.
const WIDEST: usize = 28;
/// Columns between two columns.
const GAP: usize = 2;

/// One column: its heading, then a cell for each row.
#[derive(Debug)]
pub(crate) struct Column(pub(crate) Vec<String>);

impl Column {
    fn width(&self) -> usize {
        self.0.iter().map(|cell| width(cell)).max().unwrap_or_default()
    }
}

/// The lines of a table that is at most `columns` wide, and how many of its columns are left out;
/// without `columns`, everything is shown whole.
///
/// The first column identifies the rows and is never cut; the others follow in order while they
/// fit. Columns that were cut share the remaining room, in order.
pub(crate) fn lines(table: &[Column], columns: Option<usize>) -> (Vec<String>, usize) {
    let shown = match columns {
        None => table.iter().map(|column| (column, column.width())).collect(),
        Some(columns) => fitting(table, columns),
    };
    let rows = table.iter().map(|column| column.0.len()).max().unwrap_or_default();
    let row = |row: usize| {
        let mut line = String::new();
        for (column, columns) in &shown {
            let cell = cut(column.0.get(row).map_or("", String::as_str), *columns);
            let pad = columns.saturating_sub(width(&cell)) + GAP;
            line.push_str(&cell);
            line.push_str(&" ".repeat(pad));
        }
        line.truncate(line.trim_end().len());
        line
    };
    ((0..rows).map(row).collect(), table.len() - shown.len())
}

/// The columns that fit, and how wide each is shown.
fn fitting(table: &[Column], columns: usize) -> Vec<(&Column, usize)> {
    let mut shown: Vec<(&Column, usize)> = Vec::new();
    let mut left = columns;
    for column in table {
        let first = shown.is_empty();
        let width = if first { column.width() } else { column.width().min(WIDEST) };
        let needed = if first { width } else { GAP + width };
        if first || needed <= left {
            shown.push((column, width));
            left = left.saturating_sub(needed);
        }
    }
    for (column, width) in &mut shown {
        let more = column.width().saturating_sub(*width).min(left);
        *width += more;
        left -= more;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(heading: &str, cells: &[&str]) -> Column {
        Column([heading].iter().chain(cells).map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn columns_are_aligned_by_width_and_left_out_where_they_do_not_fit() {
        let table = [
            column("Id", &["image-1", "image-22"]),
            column("Name", &["深度学习", "env"]),
            column("Wide", &["12345678901234567890", ""]),
            column("N", &["", "7"]),
        ];
        let (lines, left_out) = lines(&table, Some(24));
        assert_eq!(lines, ["Id        Name      N", "image-1   深度学习", "image-22  env       7"]);
        assert_eq!(left_out, 1);
    }

    #[test]
    fn a_long_cell_is_cut_but_never_an_id() {
        let long = "x".repeat(40);
        let table = [column("Id", &[&long]), column("Text", &[&long])];
        let (shown, _) = lines(&table, Some(71));
        assert_eq!(shown[1], format!("{long}  {}…", "x".repeat(28)));
        let (shown, _) = lines(&table, Some(82));
        assert_eq!(shown[1], format!("{long}  {long}"));
    }

    #[test]
    fn nothing_is_cut_where_no_width_is_given() {
        let long = "x".repeat(400);
        let table = [column("Id", &["a"]), column("Text", &[&long]), column("More", &[&long])];
        let (shown, left_out) = lines(&table, None);
        assert_eq!((&*shown[1], left_out), (&*format!("a   {long}  {long}"), 0));
    }
}
