//! Colours that people tell apart, also those who do not see red and green as different.

use cfg4::detector::Detector;
use plotters::style::RGBColor;

/// Sensors.
pub(crate) const SENSOR: RGBColor = RGBColor(213, 94, 0);
/// Points of photon paths, hits.
pub(crate) const HIT: RGBColor = RGBColor(200, 0, 120);
/// Photon paths.
pub(crate) const PATH: RGBColor = RGBColor(25, 60, 200);
/// Places that two volumes dispute.
pub(crate) const DISPUTED: RGBColor = RGBColor(230, 0, 0);
/// A gas that fills the world.
const THIN: RGBColor = RGBColor(246, 246, 246);

/// Fills under black letters, after Paul Tol's "light" scheme; its orange is left to sensors.
const FILLS: [RGBColor; 8] = [
    RGBColor(119, 170, 221),
    RGBColor(238, 221, 136),
    RGBColor(68, 187, 153),
    RGBColor(255, 170, 187),
    RGBColor(187, 204, 51),
    RGBColor(153, 221, 255),
    RGBColor(170, 170, 0),
    RGBColor(196, 190, 200),
];
/// Lines: surfaces, by turns; blue is left to paths, pink to hits.
const LINES: [RGBColor; 6] = [
    RGBColor(0, 130, 140),
    RGBColor(120, 60, 150),
    RGBColor(0, 110, 60),
    RGBColor(150, 90, 20),
    RGBColor(110, 110, 0),
    RGBColor(60, 60, 60),
];
/// Density below which a material is as good as empty, g/cm3.
const GAS_G_CM3: f64 = 0.02;

/// The colour of each material of a detector: materials of volumes take the palette's colours in file order, darker ones
/// when these are used up; a gas that fills the world is almost white.
#[derive(Debug, Clone, PartialEq)]
pub struct MaterialColours(Vec<RGBColor>);

impl MaterialColours {
    /// The colours of a detector's materials.
    pub fn of(detector: &Detector) -> Self {
        let world = detector.placements.first().map(|p| detector.volume(p.volume).material.index());
        let mut colours = vec![FILLS[0]; detector.materials.len()];
        let mut used = 0usize;
        for (index, material) in detector.materials.iter().enumerate() {
            if Some(index) == world && material.density_g_cm3 < GAS_G_CM3 {
                colours[index] = THIN;
            } else if detector.volumes.iter().any(|v| v.material.index() == index) {
                colours[index] = shade(FILLS[used % FILLS.len()], 0.78f64.powi((used / FILLS.len()) as i32));
                used += 1;
            }
        }
        Self(colours)
    }

    /// Red, green and blue of a material, by its index.
    pub fn rgb(&self, material: u32) -> [u8; 3] {
        let RGBColor(r, g, b) = self.colour(material);
        [r, g, b]
    }

    pub(crate) fn colour(&self, material: u32) -> RGBColor {
        self.0.get(material as usize).copied().unwrap_or(THIN)
    }
}

/// The colour of an optical surface's line.
pub(crate) fn line_colour(surface: u32) -> RGBColor {
    LINES[surface as usize % LINES.len()]
}

/// Whether a material is as good as empty.
pub(crate) fn is_thin(detector: &Detector, material: u32) -> bool {
    detector.materials.get(material as usize).is_some_and(|m| m.density_g_cm3 < GAS_G_CM3)
}

/// A colour made darker.
pub(crate) fn shade(RGBColor(r, g, b): RGBColor, factor: f64) -> RGBColor {
    let scaled = |x: u8| (f64::from(x) * factor).round().clamp(0.0, 255.0) as u8;
    RGBColor(scaled(r), scaled(g), scaled(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Luminance and the blue-yellow difference: what those who confuse red and green still see.
    fn seen(RGBColor(r, g, b): RGBColor) -> [f64; 2] {
        let [r, g, b] = [r, g, b].map(f64::from);
        [0.2126 * r + 0.7152 * g + 0.0722 * b, b - 0.5 * (r + g)]
    }

    #[test]
    fn surfaces_are_neither_paths_nor_hits() {
        let apart = |RGBColor(r, g, b): RGBColor, RGBColor(x, y, z): RGBColor| {
            u32::from(r.abs_diff(x)) + u32::from(g.abs_diff(y)) + u32::from(b.abs_diff(z))
        };
        for line in LINES {
            assert!(apart(line, PATH) > 120 && apart(line, HIT) > 120, "{line:?}");
        }
    }

    #[test]
    fn fills_differ_without_red_and_green() {
        for (i, &a) in FILLS.iter().enumerate() {
            for &b in FILLS[..i].iter().chain([&SENSOR]) {
                let ([la, ba], [lb, bb]) = (seen(a), seen(b));
                assert!((la - lb).abs() + (ba - bb).abs() > 20.0, "{a:?} {b:?}");
            }
        }
    }
}
