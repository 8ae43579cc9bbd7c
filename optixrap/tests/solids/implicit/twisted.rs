//! Solids that turn with z.

use std::f64::consts::{PI, TAU};

use super::{Kind, Point, Random, Sample, at_polar, rho};

pub(super) const KINDS: &[Kind] = &[
    ("twistedbox", twisted_box),
    ("twistedtrd", twisted_trd),
    ("twistedtrap", twisted_trap),
    ("twistedtubs", twisted_tube),
];

fn twist(random: &mut Random) -> f64 {
    random.pick(&[1.0, -1.0]) * if random.chance(0.3) { 89.9 } else { random.between(0.5, 89.0) }
}

/// The dimensions of a twisted trap: half lengths, angles in rad.
struct Trap {
    twist: f64,
    z: f64,
    tilt: [f64; 2],
    y: [f64; 2],
    x: [f64; 4],
    shear: f64,
}

impl Trap {
    fn at(&self, u: f64, [low, high]: [f64; 2]) -> f64 {
        low + u * (high - low)
    }

    /// The turn, the half length in y, and those in x at low and high y.
    fn section(&self, z: f64) -> (f64, f64, [f64; 2]) {
        let u = (z + self.z) / (2.0 * self.z);
        let [x1, x2, x3, x4] = self.x;
        (self.twist * (u - 0.5), self.at(u, self.y), [self.at(u, [x1, x3]), self.at(u, [x2, x4])])
    }

    fn holds(&self, p: Point) -> bool {
        let (turn, half_y, [low, high]) = self.section(p[2]);
        let (sin, cos) = turn.sin_cos();
        let [x, y] = [p[0] - p[2] * self.tilt[0], p[1] - p[2] * self.tilt[1]];
        let (x, y) = (cos * x + sin * y, cos * y - sin * x);
        let w = (y + half_y) / (2.0 * half_y);
        p[2].abs() <= self.z && y.abs() <= half_y && (x - y * self.shear).abs() <= low + w * (high - low)
    }

    fn point(&self, r: &mut Random) -> Point {
        let z = r.between(-self.z, self.z);
        let (turn, half_y, [low, high]) = self.section(z);
        let (sin, cos) = turn.sin_cos();
        let y = r.between(-half_y, half_y);
        let half_x = low + (y + half_y) / (2.0 * half_y) * (high - low);
        let x = r.between(-half_x, half_x) + y * self.shear;
        [cos * x - sin * y + z * self.tilt[0], sin * x + cos * y + z * self.tilt[1], z]
    }

    fn sample(self, gdml: String) -> Sample {
        let (x, y) = (self.x.into_iter().fold(0.0, f64::max), self.y[0].max(self.y[1]));
        let r = (x + y * self.shear.abs()).hypot(y) + self.z * self.tilt[0].hypot(self.tilt[1]);
        let (held, this) = ([r, r, self.z], std::rc::Rc::new(self));
        let other = this.clone();
        Sample::new(gdml, held, move |p| this.holds(p)).likely(move |r| other.point(r))
    }
}

fn twisted_box(random: &mut Random) -> Sample {
    let size = random.size();
    let [x, y, z] = [0; 3].map(|_| random.part(size));
    let twist = twist(random);
    let gdml = format!(
        "<twistedbox name='s' aunit='deg' PhiTwist='{twist}' x='{}' y='{}' z='{}'/>",
        2.0 * x,
        2.0 * y,
        2.0 * z
    );
    Trap { twist: twist.to_radians(), z, tilt: [0.0; 2], y: [y; 2], x: [x; 4], shear: 0.0 }.sample(gdml)
}

fn twisted_trd(random: &mut Random) -> Sample {
    let size = random.size();
    let [x1, x2, y1, y2, z] = [0; 5].map(|_| random.part(size));
    let twist = twist(random);
    let [dx1, dx2, dy1, dy2, dz] = [x1, x2, y1, y2, z].map(|h| 2.0 * h);
    let gdml = format!(
        "<twistedtrd name='s' aunit='deg' PhiTwist='{twist}' x1='{dx1}' x2='{dx2}' y1='{dy1}' y2='{dy2}' z='{dz}'/>"
    );
    let x = [x1, x1, x2, x2];
    Trap { twist: twist.to_radians(), z, tilt: [0.0; 2], y: [y1, y2], x, shear: 0.0 }.sample(gdml)
}

fn twisted_trap(random: &mut Random) -> Sample {
    let size = random.size();
    let [x1, x3, y1, z] = [0; 4].map(|_| random.part(size));
    let (narrowing, other) = (random.between(0.3, 0.99), random.between(0.3, 3.0));
    // The slopes must be equal: (x2 - x1) / y1 = (x4 - x3) / y2.
    let (x2, x4) =
        if random.chance(0.3) { (x1, x3) } else { (x1 * narrowing, x3 * (1.0 - 0.5 * (1.0 - narrowing))) };
    let y2 = if x1 == x2 { other * y1 } else { y1 * (x3 - x4) / (x1 - x2) };
    let angle = |random: &mut Random| if random.chance(0.4) { 0.0 } else { random.between(-40.0, 40.0) };
    let (twist, theta, phi, alpha) =
        (twist(random), angle(random).abs(), random.between(-180.0, 180.0), angle(random));
    let [dx1, dx2, dx3, dx4, dy1, dy2, dz] = [x1, x2, x3, x4, y1, y2, z].map(|h| 2.0 * h);
    let gdml = format!(
        "<twistedtrap name='s' aunit='deg' PhiTwist='{twist}' Theta='{theta}' Phi='{phi}' Alph='{alpha}' y1='{dy1}' \
         x1='{dx1}' x2='{dx2}' y2='{dy2}' x3='{dx3}' x4='{dx4}' z='{dz}'/>"
    );
    let [x, y, _] = at_polar(theta.to_radians().tan(), phi.to_radians(), 0.0);
    let shear = alpha.to_radians().tan();
    Trap { twist: twist.to_radians(), z, tilt: [x, y], y: [y1, y2], x: [x1, x2, x3, x4], shear }.sample(gdml)
}

/// Straight lines turn into hyperboloids; the radii are those at the ends.
fn twisted_tube(random: &mut Random) -> Sample {
    let size = random.size();
    let (rmax, z) = (random.part(size), random.part(size));
    let rmin = rmax * random.pick(&[0.01, 0.3, 0.9, 0.999]);
    let twist = random.pick(&[1.0, -1.0]) * random.between(1.0, 150.0);
    let extent = if random.chance(0.2) { 90.0 } else { random.between(5.0, 170.0) };
    let gdml = format!(
        "<twistedtubs name='s' aunit='deg' twistedangle='{twist}' endinnerrad='{rmin}' endouterrad='{rmax}' zlen='{}' \
         phi='{extent}'/>",
        2.0 * z
    );
    let half = 0.5 * f64::to_radians(twist);
    let radius = move |end: f64, at: f64| end * half.cos().hypot(half.sin() * at / z);
    let turn = move |at: f64| (half.tan() * at / z).atan();
    let extent = extent.to_radians();
    Sample::new(gdml, [rmax, rmax, z], move |p| {
        let off = (p[1].atan2(p[0]) - turn(p[2]) + PI).rem_euclid(TAU) - PI;
        (radius(rmin, p[2])..=radius(rmax, p[2])).contains(&rho(p))
            && off.abs() <= 0.5 * extent
            && p[2].abs() <= z
    })
    .likely(move |r| {
        let at = r.between(-z, z);
        at_polar(r.between(radius(rmin, at), radius(rmax, at)), turn(at) + extent * r.between(-0.5, 0.5), at)
    })
}
