//! Tables: the first column names the row, the others are figures.

/// Rows of cells as lines: aligned for a terminal, or as Markdown with bars and a rule.
pub fn aligned(lines: &[Vec<String>], markdown: bool) -> String {
    let length = |cell: &str| cell.chars().count();
    let columns = lines.first().map_or(0, Vec::len);
    let widths: Vec<usize> =
        (0..columns).map(|column| lines.iter().map(|line| length(&line[column])).max().unwrap_or_default()).collect();
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        let padded: Vec<String> = line
            .iter()
            .enumerate()
            .map(|(column, cell)| {
                let blank = " ".repeat(widths[column] - length(cell));
                if column == 0 { format!("{cell}{blank}") } else { format!("{blank}{cell}") }
            })
            .collect();
        text += &if markdown { format!("| {} |\n", padded.join(" | ")) } else { format!("{}\n", padded.join("  ")) };
        if markdown && number == 0 {
            text += &format!("|---{}|\n", "|--:".repeat(line.len() - 1));
        }
    }
    text
}
