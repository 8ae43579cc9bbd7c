//! `xtru`: an outline, shifted and scaled from section to section along z.

use cfg4::detector::ExtrusionSection;

use super::Faceted;

/// The faces between the sections of an outline.
pub(super) fn faces(outline: &[[f64; 2]], sections: &[ExtrusionSection]) -> Faceted {
    let n = outline.len() as u32;
    let corners = sections.iter().flat_map(|section| {
        let [dx, dy] = section.offset_mm;
        outline.iter().map(move |[x, y]| [section.scale * x + dx, section.scale * y + dy, section.z_mm])
    });
    let at = |section: u32, corner: u32| section * n + corner % n;
    let last = sections.len().saturating_sub(1) as u32;
    let mut faces = vec![(0..n).rev().map(|corner| at(0, corner)).collect::<Vec<u32>>()];
    faces.push((0..n).map(|corner| at(last, corner)).collect());
    for section in 0..last {
        for corner in 0..n {
            faces.push(vec![
                at(section, corner),
                at(section, corner + 1),
                at(section + 1, corner + 1),
                at(section + 1, corner),
            ]);
        }
    }
    Faceted::new(corners.collect(), faces)
}
