//! Pictures for the page: the detector from outside, and cut in three planes.

use cfg4::detector::Detector;
use g4ok::DetectorGeometry;
use optixrap::scene::SurfaceModel;
use rayon::prelude::*;

use super::planes::most_telling;
use crate::ToolsError;
use crate::html::Picture;
use crate::number::short;
use crate::render::{Axis, CrossSection, Cut, Markers, Section, View, cross_section, picture};
use crate::stand_ins::with_stand_ins;

/// Pixels across and down.
const SIZE: (u32, u32) = (1200, 900);
/// Overlaps that a title names.
const NAMED: usize = 3;

/// A view from above and in front, and cross-sections where they show the most volumes.
///
/// # Errors
/// A solid or placement that cannot be traced, or a picture that cannot be made.
pub fn draw(detector: Detector, model: SurfaceModel) -> Result<Vec<Picture>, ToolsError> {
    let (drawable, _) = with_stand_ins(detector, model);
    let geometry = DetectorGeometry::new(drawable, model)?;
    let extent = crate::render::extent_mm(&geometry);
    let view = View { size: SIZE, ..View::default() };
    let outside = picture(&geometry, &view, &Markers::default(), &|_| ())?;
    let mut pictures = vec![(outside_title(outside.lost), outside.image.to_png()?)];
    let sections: Vec<Result<Picture, ToolsError>> = Axis::ALL
        .into_par_iter()
        .map(|axis| {
            let Cut { at_mm, .. } = most_telling(&geometry, axis, extent);
            let cut = Cut { axis, at_mm: rounded(at_mm) };
            let section = Section { cut, size: SIZE, hide: Vec::new(), window_mm: None, slab_mm: None };
            let found = cross_section(&geometry, &section, &Markers::default())?;
            Ok((section_title(cut, &found), found.image.to_png()?))
        })
        .collect();
    for section in sections {
        pictures.push(section?);
    }
    Ok(pictures)
}

/// Without the digits that are rounding of f32.
fn rounded(x: f64) -> f64 {
    short(x, 6).parse().unwrap_or(x)
}

fn outside_title(lost: u64) -> String {
    let title = "From above and in front: volumes without daughters opaque, those around them translucent, the world \
                 invisible, sensors orange";
    let lost = match lost {
        0 => String::new(),
        _ => ". Some lines of sight were not in the volume that they were thought to be in: volumes overlap there, or \
              it is rounding at an edge"
            .to_owned(),
    };
    format!("{title}{lost}.")
}

/// What a cross-section shows, and which volumes claim the same points.
fn section_title(cut: Cut, found: &CrossSection) -> String {
    let plane = format!("Materials in the plane {} = {} mm", cut.axis.name(), short(cut.at_mm, 6));
    if found.disputed.is_empty() {
        return format!("{plane}.");
    }
    let pairs = found.disputed.iter().take(NAMED).map(|[a, b]| format!("{a} and {b}"));
    let more = found.disputed.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    format!("{plane}. Red stripes: volumes overlap, {}{more}.", pairs.collect::<Vec<_>>().join(", "))
}
