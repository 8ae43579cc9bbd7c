//! Solids of second order.

use std::f64::consts::TAU;

use super::{Kind, Random, Sample, at_polar, rho};

pub(super) const KINDS: &[Kind] = &[
    ("ellipsoid", ellipsoid),
    ("eltube", elliptical_tube),
    ("elcone", elliptical_cone),
    ("paraboloid", paraboloid),
    ("hype", hyperboloid),
];

fn ellipsoid(random: &mut Random) -> Sample {
    let size = random.size();
    let axes = [0; 3].map(|_| random.part(size));
    let c = axes[2];
    let (cut, low, high) = match random.pick(&[0, 1, 2, 3, 4]) {
        0 => (String::new(), -c, c),
        1 => ("zcut1='0' zcut2='0'".to_owned(), -c, c),
        2 => (format!("zcut1='{}' zcut2='{}'", -2.0 * c, 3.0 * c), -c, c),
        3 => (format!("zcut1='0' zcut2='{}'", 2.0 * c), 0.0, c),
        _ => {
            let low = random.between(-1.0, 0.9) * c;
            let high = random.between(low, c);
            (format!("zcut1='{low}' zcut2='{high}'"), low, high)
        }
    };
    let [ax, by, cz] = axes;
    Sample::new(format!("<ellipsoid name='s' ax='{ax}' by='{by}' cz='{cz}' {cut}/>"), axes, move |p| {
        (0..3).map(|i| (p[i] / axes[i]).powi(2)).sum::<f64>() <= 1.0 && (low..=high).contains(&p[2])
    })
    .likely(move |r| {
        let z = r.between(low, high);
        let [x, y, _] =
            at_polar((r.uniform() * (1.0 - (z / c).powi(2))).max(0.0).sqrt(), r.between(0.0, TAU), z);
        [x * ax, y * by, z]
    })
}

fn elliptical_tube(random: &mut Random) -> Sample {
    let size = random.size();
    let [x, y, z] = [0; 3].map(|_| random.part(size));
    Sample::new(format!("<eltube name='s' dx='{x}' dy='{y}' dz='{z}'/>"), [x, y, z], move |p| {
        (p[0] / x).powi(2) + (p[1] / y).powi(2) <= 1.0 && p[2].abs() <= z
    })
}

fn elliptical_cone(random: &mut Random) -> Sample {
    let size = random.size();
    let (dx, dy, height) = (random.between(0.05, 2.0), random.between(0.05, 2.0), random.part(size));
    let cut = height * random.pick(&[1.0, 1.0, 2.0, 0.5, 0.01]);
    let z = cut.min(height);
    let gdml = format!("<elcone name='s' dx='{dx}' dy='{dy}' zmax='{height}' zcut='{cut}'/>");
    Sample::new(gdml, [dx * (height + z), dy * (height + z), z], move |p| {
        (p[0] / dx).hypot(p[1] / dy) <= height - p[2] && p[2].abs() <= z
    })
    .likely(move |r| {
        let at = r.between(-z, z);
        let [x, y, _] = at_polar((height - at) * r.uniform().sqrt(), r.between(0.0, TAU), at);
        [x * dx, y * dy, at]
    })
}

fn paraboloid(random: &mut Random) -> Sample {
    let size = random.size();
    let (high, z) = (random.part(size), random.part(size));
    let low = if random.chance(0.4) { 0.0 } else { high * random.pick(&[0.01, 0.5, 0.99]) };
    let gdml = format!("<paraboloid name='s' rlo='{low}' rhi='{high}' dz='{z}'/>");
    let square = move |at: f64| low * low + (at + z) / (2.0 * z) * (high * high - low * low);
    Sample::new(gdml, [high, high, z], move |p| rho(p).powi(2) <= square(p[2]) && p[2].abs() <= z).likely(
        move |r| {
            let at = r.between(-z, z);
            at_polar(square(at).max(0.0).sqrt() * r.uniform().sqrt(), r.between(0.0, TAU), at)
        },
    )
}

fn hyperboloid(random: &mut Random) -> Sample {
    let size = random.size();
    let (rmax, z) = (random.part(size), random.part(size));
    let rmin = random.hole(rmax);
    let mut angle = || if random.chance(0.3) { 0.0 } else { random.between(1.0, 70.0) };
    let (inner, outer) = (angle(), angle());
    let gdml = format!(
        "<hype name='s' rmin='{rmin}' rmax='{rmax}' aunit='deg' inst='{inner}' outst='{outer}' z='{}'/>",
        2.0 * z
    );
    let radius = move |r: f64, angle: f64, at: f64| r.hypot(at * angle.to_radians().tan());
    let held = radius(rmax, outer, z).max(radius(rmin, inner, z));
    Sample::new(gdml, [held, held, z], move |p| {
        let (low, high) = (radius(rmin, inner, p[2]), radius(rmax, outer, p[2]));
        (low..=high).contains(&rho(p)) && p[2].abs() <= z
    })
    .likely(move |r| {
        let at = r.between(-z, z);
        at_polar(r.between(radius(rmin, inner, at), radius(rmax, outer, at)), r.between(0.0, TAU), at)
    })
}
