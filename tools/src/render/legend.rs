//! What the colours mean, beside a picture.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::canvas::{Canvas, Drawn};
use crate::plot::colour::INK;
use crate::plot::frame::{line, text, write};

/// Pixels from line to line.
const STEP: i32 = 21;
/// Size of the letters.
const SIZE: i32 = 16;

/// A line of a legend.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Entry {
    /// Words over the lines that follow.
    Heading(String),
    /// A filled area.
    Fill(RGBColor, String),
    /// A line.
    Line(RGBColor, String),
    /// A dot.
    Dot(RGBColor, String),
    /// Words alone.
    Words(String),
}

/// Draws entries from `corner` down, `width` pixels wide, as many as end above `bottom`; the last line says how many more
/// there are.
pub(crate) fn draw_legend(
    canvas: &Canvas,
    entries: &[Entry],
    corner: (i32, i32),
    (width, bottom): (i32, i32),
) -> Drawn {
    let room = ((bottom - corner.1) / STEP).max(1) as usize;
    let shown = if entries.len() <= room { entries.len() } else { room - 1 };
    for (i, entry) in entries[..shown].iter().enumerate() {
        draw_entry(canvas, entry, (corner.0, corner.1 + i as i32 * STEP), width)?;
    }
    if shown < entries.len() {
        let more = Entry::Words(format!("... {} more", entries.len() - shown));
        draw_entry(canvas, &more, (corner.0, corner.1 + shown as i32 * STEP), width)?;
    }
    Ok(())
}

fn draw_entry(canvas: &Canvas, entry: &Entry, (x, y): (i32, i32), width: i32) -> Drawn {
    let middle = y + STEP / 2;
    let (indent, words) = match entry {
        Entry::Heading(words) => (0, words),
        Entry::Words(words) => (26, words),
        Entry::Fill(colour, words) => {
            let corners = [(x, middle - 7), (x + 18, middle + 7)];
            canvas.draw(&Rectangle::new(corners, colour.filled()))?;
            canvas.draw(&Rectangle::new(corners, INK.mix(0.5).stroke_width(1)))?;
            (26, words)
        }
        Entry::Line(colour, words) => {
            line(canvas, (x, middle), (x + 18, middle), *colour, 3)?;
            (26, words)
        }
        Entry::Dot(colour, words) => {
            canvas.draw(&Circle::new((x + 9, middle), 4, colour.filled()))?;
            (26, words)
        }
    };
    let style = text(SIZE, HPos::Left, VPos::Center);
    let fitting = shortened(words, |w| fits(canvas, w, &style, width - indent));
    write(canvas, &fitting, (x + indent, middle), &style)
}

fn fits(canvas: &Canvas, words: &str, style: &TextStyle, width: i32) -> bool {
    canvas.estimate_text_size(words, style).is_ok_and(|(w, _)| w as i32 <= width)
}

/// The words, or as many of their letters as fit, the middle left out: the ends of names tell them apart.
fn shortened(words: &str, fits: impl Fn(&str) -> bool) -> String {
    let letters: Vec<char> = words.chars().collect();
    let without_middle = |kept: usize| {
        let (head, tail) = (kept.div_ceil(2), kept / 2);
        let text = |part: &[char]| part.iter().collect::<String>();
        format!("{}..{}", text(&letters[..head]), text(&letters[letters.len() - tail..]))
    };
    if fits(words) {
        return words.to_owned();
    }
    (1..letters.len()).rev().map(without_middle).find(|w| fits(w)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_names_keep_both_ends() {
        assert_eq!(shortened("sensor_1234", |w| w.len() <= 8), "sen..234");
        assert_eq!(shortened("short", |w| w.len() <= 8), "short");
    }
}
