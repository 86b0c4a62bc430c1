//! How wide text is, without a font: so that lines break before anything is cut.
//!
//! The reader's machine chooses the font. The widths here are those of wide ones (Verdana, DejaVu Sans), so that a
//! line that fits here fits there.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// How wide a text is, in pixels, at a font size.
pub(super) fn width(text: &str, size: i32) -> i32 {
    let thousandths: i32 = text.chars().map(advance).sum();
    (thousandths * size + 999) / 1000
}

/// Breaks a text into lines that are no wider than that many pixels; a word that is wider is broken inside.
pub(super) fn wrap(text: &str, size: i32, most: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        let gap = if line.is_empty() { "" } else { " " };
        if width(&line, size) + width(gap, size) + width(word, size) <= most {
            line.push_str(gap);
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for piece in word.graphemes(true) {
            if !line.is_empty() && width(&line, size) + width(piece, size) > most {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(piece);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// How far one character moves the pen, in thousandths of the font size.
fn advance(c: char) -> i32 {
    match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' => 0,
        c if is_combining_mark(c) => 0,
        'i' | 'j' | 'l' | '\'' | '|' | 'ı' => 320,
        'f' | 't' | 'r' | 'I' | 'J' | ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '!' | '(' | ')' | '['
        | ']' | '/' | '-' => 430,
        'm' | 'M' | 'W' | '%' | '@' | '٪' => 1000,
        'w' | 'O' | 'Q' | 'G' | 'D' | 'H' | 'N' | 'U' | '&' | '+' | '=' | '<' | '>' | '≈' | '≤' | '≥'
        | '–' | '−' => 860,
        'A'..='Z' => 750,
        // Small letters and digits; Arabic and its like, joined; Hebrew.
        'a'..='z' | '0'..='9' | '\u{590}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
            640
        }
        // What is written in full squares, and pictures.
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'.. => 1100,
        c if c.is_uppercase() => 800,
        _ => 700,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_never_lose_one() {
        let text = "Women and girls made up most of the detected victims";
        let lines = wrap(text, 14, 160);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line, 14) <= 160), "{lines:?}");
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_word_wider_than_a_line_is_broken_between_characters() {
        let lines = wrap("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", 14, 100);
        assert!(lines.len() > 3 && lines.iter().all(|line| width(line, 14) <= 100), "{lines:?}");
        assert_eq!(wrap("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 14, 20).concat(), "👨‍👩‍👧‍👦👨‍👩‍👧‍👦");
        assert_eq!(wrap(" ", 14, 100), Vec::<String>::new());
    }
}
