//! Colours of the plots.

use plotters::style::RGBColor;

/// Text and axes.
pub(crate) const INK: RGBColor = RGBColor(40, 40, 40);
/// Grid lines.
pub(crate) const GRID: RGBColor = RGBColor(226, 226, 226);
/// First series.
pub(crate) const BLUE: RGBColor = RGBColor(31, 97, 165);
/// Second series.
pub(crate) const ORANGE: RGBColor = RGBColor(210, 105, 20);

/// A series that stays in the background.
pub(crate) const GREY: RGBColor = RGBColor(140, 140, 140);

/// From few (pale blue) to many (dark violet) as `fraction` goes from 0 to 1: lightness falls all the way, so that it
/// also reads in grey.
pub(crate) fn heat(fraction: f64) -> RGBColor {
    const STOPS: [(f64, f64, f64); 5] = [
        (214.0, 230.0, 244.0),
        (127.0, 184.0, 218.0),
        (62.0, 125.0, 184.0),
        (60.0, 64.0, 150.0),
        (38.0, 10.0, 80.0),
    ];
    let last = STOPS.len() - 1;
    let at = fraction.clamp(0.0, 1.0) * last as f64;
    let low = (at as usize).min(last - 1);
    let part = at - low as f64;
    let (a, b) = (STOPS[low], STOPS[low + 1]);
    let mix = |x: f64, y: f64| (x + part * (y - x)).round() as u8;
    RGBColor(mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heat_gets_darker_all_the_way() {
        let lightness = |f: f64| {
            let RGBColor(r, g, b) = heat(f);
            0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)
        };
        for i in 0..50 {
            let f = f64::from(i) / 50.0;
            assert!(lightness(f + 0.02) < lightness(f), "{f}");
        }
    }
}
