//! Solids around the z axis.

use std::f64::consts::{PI, TAU};

use super::{Kind, Point, Random, Sample, at_polar, in_phi, in_polygon, phi, rho};

pub(super) const KINDS: &[Kind] = &[
    ("tube", tube),
    ("cutTube", cut_tube),
    ("cone", cone),
    ("orb", orb),
    ("sphere", sphere),
    ("torus", torus),
    ("polycone", polycone),
    ("polycone whose z turns back", notched),
    ("genericPolycone", generic_polycone),
];

fn tube(random: &mut Random) -> Sample {
    let size = random.size();
    let (rmax, z) = (random.part(size), random.part(size));
    let (rmin, (start, extent, text)) = (random.hole(rmax), phi(random));
    let gdml = format!("<tube name='s' rmin='{rmin}' rmax='{rmax}' z='{}' {text}/>", 2.0 * z);
    Sample::new(gdml, [rmax, rmax, z], move |p| {
        (rmin..=rmax).contains(&rho(p)) && p[2].abs() <= z && in_phi(p, start, extent)
    })
    .likely(move |r| at_polar(r.between(rmin, rmax), start + extent * r.uniform(), r.between(-z, z)))
}

fn cut_tube(random: &mut Random) -> Sample {
    let size = random.size();
    let (rmax, z) = (random.part(size), random.part(size));
    let (rmin, (start, extent, text)) = (random.hole(rmax), phi(random));
    let mut normal = |towards: f64| {
        let (slope, phi) = (random.between(0.0, 0.99) * z / rmax, random.between(0.0, TAU));
        let [x, y, _] = at_polar(slope, phi, 0.0);
        let factor = random.between(0.2, 3.0);
        [x * factor, y * factor, towards * factor]
    };
    let (low, high) = (normal(-1.0), normal(1.0));
    let gdml = format!(
        "<cutTube name='s' rmin='{rmin}' rmax='{rmax}' z='{}' {text} lowX='{}' lowY='{}' lowZ='{}' highX='{}' highY='{}' \
         highZ='{}'/>",
        2.0 * z,
        low[0],
        low[1],
        low[2],
        high[0],
        high[1],
        high[2]
    );
    let below = move |n: Point, z0: f64, p: Point| n[0] * p[0] + n[1] * p[1] + n[2] * (p[2] - z0) <= 0.0;
    Sample::new(gdml, [rmax, rmax, 2.0 * z], move |p| {
        (rmin..=rmax).contains(&rho(p)) && in_phi(p, start, extent) && below(low, -z, p) && below(high, z, p)
    })
    .likely(move |r| at_polar(r.between(rmin, rmax), start + extent * r.uniform(), r.between(-z, z)))
}

fn cone(random: &mut Random) -> Sample {
    let size = random.size();
    let z = random.part(size);
    let mut end = || {
        let rmax = if random.chance(0.2) { 0.0 } else { random.part(size) };
        (if rmax == 0.0 { 0.0 } else { random.hole(rmax) }, rmax)
    };
    let (low, mut high) = (end(), end());
    if low.1 == 0.0 && high.1 == 0.0 {
        high.1 = size;
    }
    let (start, extent, text) = phi(random);
    let gdml = format!(
        "<cone name='s' rmin1='{}' rmax1='{}' rmin2='{}' rmax2='{}' z='{}' {text}/>",
        low.0,
        low.1,
        high.0,
        high.1,
        2.0 * z
    );
    let r = low.1.max(high.1);
    let radii = move |at: f64| {
        let u = (at + z) / (2.0 * z);
        (low.0 + u * (high.0 - low.0), low.1 + u * (high.1 - low.1))
    };
    Sample::new(gdml, [r, r, z], move |p| {
        let (rmin, rmax) = radii(p[2]);
        (rmin..=rmax).contains(&rho(p)) && p[2].abs() <= z && in_phi(p, start, extent)
    })
    .likely(move |r| {
        let at = r.between(-z, z);
        let (rmin, rmax) = radii(at);
        at_polar(r.between(rmin, rmax), start + extent * r.uniform(), at)
    })
}

fn orb(random: &mut Random) -> Sample {
    let r = random.size();
    Sample::new(format!("<orb name='s' r='{r}'/>"), [r; 3], move |[x, y, z]| x * x + y * y + z * z <= r * r)
}

fn sphere(random: &mut Random) -> Sample {
    let rmax = random.size();
    let (rmin, (start, extent, text)) = (random.hole(rmax), phi(random));
    let degrees = text.contains("deg");
    let (from, mut to) = match random.pick(&[0, 1, 2, 3, 4]) {
        0 => (0.0, PI),
        1 => (0.0, random.between(0.05, 3.1)),
        2 => (random.between(0.05, 3.0), PI),
        3 => (PI / 2.0, PI),
        _ => (random.between(0.1, 2.0), 0.0),
    };
    if to == 0.0 {
        to = random.between(from + 0.02, PI - 0.01);
    }
    let unit = |angle: f64| if degrees { angle.to_degrees() } else { angle };
    let gdml = format!(
        "<sphere name='s' rmin='{rmin}' rmax='{rmax}' {text} starttheta='{}' deltatheta='{}'/>",
        unit(from),
        unit(to - from)
    );
    Sample::new(gdml, [rmax; 3], move |p| {
        let r = rho(p).hypot(p[2]);
        let theta = rho(p).atan2(p[2]);
        (rmin..=rmax).contains(&r) && in_phi(p, start, extent) && (from..=to).contains(&theta)
    })
    .likely(move |r| {
        let (radius, theta) = (r.between(rmin, rmax), r.between(from, to));
        at_polar(radius * theta.sin(), start + extent * r.uniform(), radius * theta.cos())
    })
}

fn torus(random: &mut Random) -> Sample {
    let swept = random.size();
    let rmax = swept * random.pick(&[0.01, 0.1, 0.3, 0.7, 0.95]);
    let (rmin, (start, extent, text)) = (random.hole(rmax), phi(random));
    let gdml = format!("<torus name='s' rmin='{rmin}' rmax='{rmax}' rtor='{swept}' {text}/>");
    Sample::new(gdml, [swept + rmax, swept + rmax, rmax], move |p| {
        (rmin..=rmax).contains(&(rho(p) - swept).hypot(p[2])) && in_phi(p, start, extent)
    })
    .likely(move |r| {
        let (radius, around) = (r.between(rmin, rmax), r.between(0.0, TAU));
        at_polar(swept + radius * around.cos(), start + extent * r.uniform(), radius * around.sin())
    })
}

/// Planes z, rmin, rmax that ascend or descend, with steps.
pub(super) fn planes(random: &mut Random, size: f64) -> Vec<[f64; 3]> {
    let n = random.pick(&[2, 3, 4, 6]);
    let mut z = random.between(-size, 0.0);
    let mut planes: Vec<[f64; 3]> = Vec::new();
    for _ in 0..n {
        let rmax = if random.chance(0.1) { 0.0 } else { random.part(size) };
        let rmin = if rmax == 0.0 { 0.0 } else { random.hole(rmax) };
        planes.push([z, rmin, rmax]);
        if random.chance(0.3) {
            let outer = random.between(rmin, size);
            planes.push([z, random.between(0.0, rmax.min(outer)), outer]);
        }
        z += random.part(size) / n as f64;
    }
    if planes.iter().all(|plane| plane[1] == plane[2]) {
        planes[0][2] = size;
    }
    if random.chance(0.5) {
        planes.reverse();
    }
    planes
}

/// Whether r and z lie between planes.
pub(super) fn in_planes(planes: &[[f64; 3]], r: f64, z: f64) -> bool {
    planes.windows(2).any(|pair| {
        let (a, b) = if pair[0][0] < pair[1][0] { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
        let u = (z - a[0]) / (b[0] - a[0]);
        (0.0..=1.0).contains(&u) && r >= a[1] + u * (b[1] - a[1]) && r <= a[2] + u * (b[2] - a[2])
    })
}

pub(super) fn zplanes(planes: &[[f64; 3]]) -> String {
    planes.iter().map(|[z, rmin, rmax]| format!("<zplane z='{z}' rmin='{rmin}' rmax='{rmax}'/>")).collect()
}

fn polycone(random: &mut Random) -> Sample {
    let size = random.size();
    let (planes, (start, extent, text)) = (planes(random, size), phi(random));
    let gdml = format!("<polycone name='s' {text}>{}</polycone>", zplanes(&planes));
    let (between, [z0, z1]) = (planes.clone(), [planes[0][0], planes[planes.len() - 1][0]]);
    Sample::new(gdml, [size, size, 1.5 * size], move |p| {
        in_planes(&planes, rho(p), p[2]) && in_phi(p, start, extent)
    })
    .likely(move |r| {
        let z = r.between(z0, z1);
        let pair = between.windows(2).find(|pair| (pair[0][0] - z) * (pair[1][0] - z) < 0.0);
        let (a, b) = pair.map_or((between[0], between[0]), |pair| (pair[0], pair[1]));
        let u = if a[0] == b[0] { 0.0 } else { (z - a[0]) / (b[0] - a[0]) };
        let radius = r.between(a[1] + u * (b[1] - a[1]), a[2] + u * (b[2] - a[2]));
        at_polar(radius, start + extent * r.uniform(), z)
    })
}

/// A simple polygon, not convex, around a point.
pub(super) fn outline(random: &mut Random, n: usize, around: [f64; 2], size: f64) -> Vec<[f64; 2]> {
    let turn = random.between(0.0, TAU);
    let mut corners: Vec<[f64; 2]> = (0..n)
        .map(|i| {
            let phi = turn + TAU * (i as f64 + random.between(-0.3, 0.3)) / n as f64;
            let r = random.part(size);
            [around[0] + r * phi.cos(), around[1] + r * phi.sin()]
        })
        .collect();
    if random.chance(0.5) {
        corners.reverse();
    }
    corners
}

pub(super) fn rz_contour(random: &mut Random, size: f64) -> Vec<[f64; 2]> {
    let n = random.pick(&[3, 4, 5, 8]);
    let mut corners = outline(random, n, [0.0, 0.0], 0.5 * size);
    let least = corners.iter().map(|c| c[0]).fold(f64::INFINITY, f64::min);
    let shift = if random.chance(0.5) { 0.0 } else { random.part(size) * 0.3 };
    corners.iter_mut().for_each(|c| c[0] = (c[0] - least).max(0.0) + shift);
    corners
}

pub(super) fn rzpoints(corners: &[[f64; 2]]) -> String {
    corners.iter().map(|[r, z]| format!("<rzpoint r='{r}' z='{z}'/>")).collect()
}

/// A tube with a notch around its upper end.
fn notched(random: &mut Random) -> Sample {
    let size = random.size();
    let mut between = |low: f64, high: f64| size * random.between(low, high);
    let radii = [between(0.0, 0.3), between(0.35, 0.5), between(0.55, 0.7), between(0.75, 1.0)];
    let (top, bottom) = (between(0.6, 1.0), between(0.1, 0.5));
    let (start, extent, text) = phi(random);
    let planes = [[0.0, radii[0], radii[3]], [top, radii[0], radii[3]], [bottom, radii[1], radii[2]]];
    let gdml = format!("<polycone name='s' {text}>{}</polycone>", zplanes(&planes));
    let [a, b, c, d] = radii;
    let corners = [[d, 0.0], [d, top], [c, bottom], [b, bottom], [a, top], [a, 0.0]];
    Sample::new(gdml, [size; 3], move |p| in_polygon(&corners, [rho(p), p[2]]) && in_phi(p, start, extent))
        .likely(move |r| at_polar(r.between(a, d), start + extent * r.uniform(), r.between(0.0, top)))
}

fn generic_polycone(random: &mut Random) -> Sample {
    let size = random.size();
    let (corners, (start, extent, text)) = (rz_contour(random, size), phi(random));
    let gdml = format!("<genericPolycone name='s' {text}>{}</genericPolycone>", rzpoints(&corners));
    Sample::new(gdml, [1.4 * size, 1.4 * size, 0.5 * size], move |p| {
        in_polygon(&corners, [rho(p), p[2]]) && in_phi(p, start, extent)
    })
    .likely(move |r| {
        at_polar(r.between(0.0, size), start + extent * r.uniform(), r.between(-0.4, 0.4) * size)
    })
}
