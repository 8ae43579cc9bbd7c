//! Solids made of an outline.

use std::f64::consts::TAU;

use super::round::{in_planes, outline, planes, rz_contour, rzpoints, zplanes};
use super::{Kind, Point, Random, Sample, at_polar, in_phi, in_polygon, phi, rho};

pub(super) const KINDS: &[Kind] =
    &[("polyhedra", polyhedra), ("genericPolyhedra", generic_polyhedra), ("xtru", xtru)];

/// Number of sides, start and extent in phi, the attributes.
fn sides(random: &mut Random) -> (f64, f64, f64, String) {
    let (start, extent, text) = phi(random);
    let least = (extent / 3.0).ceil() as u32;
    let n = random.pick(&[1, 2, 3, 4, 5, 6, 8, 12, 31]).max(least);
    (f64::from(n), start, extent, format!("{text} numsides='{n}'"))
}

/// The distance from the axis to the flat side through a point, over that to the point.
fn to_flat([x, y, _]: Point, n: f64, start: f64, extent: f64) -> f64 {
    let turned = (y.atan2(x) - start).rem_euclid(TAU);
    let width = extent / n;
    (turned.rem_euclid(width) - 0.5 * width).cos()
}

fn polyhedra(random: &mut Random) -> Sample {
    let size = random.size();
    let (mut planes, (n, start, extent, text)) = (planes(random, size), sides(random));
    // A point between two sections that both end on the axis is no outline.
    let last = planes.len() - 1;
    planes[1..last].iter_mut().filter(|plane| plane[2] == 0.0).for_each(|plane| plane[2] = 0.1 * size);
    let gdml = format!("<polyhedra name='s' {text}>{}</polyhedra>", zplanes(&planes));
    let edge = size / (0.5 * extent / n).cos();
    Sample::new(gdml, [edge, edge, 1.5 * size], move |p| {
        in_planes(&planes, rho(p) * to_flat(p, n, start, extent), p[2]) && in_phi(p, start, extent)
    })
    .likely(move |r| {
        at_polar(r.between(0.0, size), start + extent * r.uniform(), r.between(-1.0, 0.5) * size)
    })
}

fn generic_polyhedra(random: &mut Random) -> Sample {
    let size = random.size();
    let (corners, (n, start, extent, text)) = (rz_contour(random, size), sides(random));
    let gdml = format!("<genericPolyhedra name='s' {text}>{}</genericPolyhedra>", rzpoints(&corners));
    let at_flat = (0.5 * extent / n).cos();
    Sample::new(gdml, [1.4 * size, 1.4 * size, 0.5 * size], move |p| {
        in_polygon(&corners, [rho(p) * to_flat(p, n, start, extent) / at_flat, p[2]])
            && in_phi(p, start, extent)
    })
    .likely(move |r| {
        at_polar(r.between(0.0, size), start + extent * r.uniform(), r.between(-0.4, 0.4) * size)
    })
}

fn xtru(random: &mut Random) -> Sample {
    let size = random.size();
    let n = random.pick(&[3, 4, 5, 7, 12]);
    let aside = [0; 2].map(|_| random.between(-0.5, 0.5) * size);
    let corners = outline(random, n, aside, 0.5 * size);
    let mut z = random.between(-1.0, 0.0) * size;
    let sections: Vec<[f64; 4]> = (0..random.pick(&[2, 2, 3, 5]))
        .map(|_| {
            z += random.part(0.3 * size);
            let simple = random.chance(0.3);
            let mut number = |low, high, usual| if simple { usual } else { random.between(low, high) };
            [z, number(-0.5, 0.5, 0.0) * size, number(-0.5, 0.5, 0.0) * size, number(0.2, 1.5, 1.0)]
        })
        .collect();
    let vertices: String = corners.iter().map(|[x, y]| format!("<twoDimVertex x='{x}' y='{y}'/>")).collect();
    let text: String = (sections.iter().enumerate())
        .map(|(i, [z, x, y, s])| {
            format!("<section zOrder='{i}' zPosition='{z}' xOffset='{x}' yOffset='{y}' scalingFactor='{s}'/>")
        })
        .collect();
    let between = sections.clone();
    let (outer, held) = (corners.clone(), [2.0 * size, 2.0 * size, 1.6 * size]);
    Sample::new(format!("<xtru name='s'>{vertices}{text}</xtru>"), held, move |p| {
        sections.windows(2).any(|pair| {
            let u = (p[2] - pair[0][0]) / (pair[1][0] - pair[0][0]);
            let [_, x, y, s] = [0, 1, 2, 3].map(|i| pair[0][i] + u * (pair[1][i] - pair[0][i]));
            (0.0..=1.0).contains(&u) && in_polygon(&corners, [(p[0] - x) / s, (p[1] - y) / s])
        })
    })
    .likely(move |r| {
        let i = (r.uniform() * (between.len() - 1) as f64) as usize;
        let (u, share) = (r.uniform(), r.uniform());
        let [z, x, y, s] = [0, 1, 2, 3].map(|k| between[i][k] + u * (between[i + 1][k] - between[i][k]));
        let corner = outer[(r.uniform() * outer.len() as f64) as usize];
        let at = [0, 1].map(|k| aside[k] + share * (corner[k] - aside[k]));
        [s * at[0] + x, s * at[1] + y, z]
    })
}
