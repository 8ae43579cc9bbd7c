//! Random solids of every kind, read from GDML, against what Geant4's manual says they are: a point is inside or not.
//!
//! Along each ray the walk says which stretches are inside. Points between its crossings must be in that state, and at
//! each crossing the state must change, both to within rounding of the solid's coordinates.

mod combined;
mod curved;
mod planar;
mod round;
mod swept;
mod twisted;

use cfg4::gdml::NoFiles;
use optixrap::scene::solids::FlatSolids;
use optixrap::walk::{SolidWalk, StraightRay};

use super::random::Random;

type Point = [f64; 3];

/// A solid as GDML has it, and what it is.
pub(super) struct Sample {
    /// Elements for the `define` section.
    define: String,
    /// Elements for the `solids` section; the last is the solid.
    solids: String,
    inside: Box<dyn Fn(Point) -> bool>,
    /// A point that is likely inside.
    likely: Box<dyn Fn(&mut Random) -> Point>,
    /// Half lengths of a box around the origin that holds it, mm.
    half: Point,
}

impl Sample {
    fn new(solids: String, half: Point, inside: impl Fn(Point) -> bool + 'static) -> Self {
        let likely = move |random: &mut Random| half.map(|h| random.between(-h, h));
        Self { define: String::new(), solids, inside: Box::new(inside), likely: Box::new(likely), half }
    }

    fn likely(self, likely: impl Fn(&mut Random) -> Point + 'static) -> Self {
        Self { likely: Box::new(likely), ..self }
    }

    fn document(&self) -> String {
        format!(
            "<gdml><define>{}</define><materials/><solids><box name='w' x='1' y='1' z='1'/>{}</solids><structure>\
             <volume name='W'><materialref ref='G4_Galactic'/><solidref ref='w'/></volume></structure>\
             <setup name='Default' version='1'><world ref='W'/></setup></gdml>",
            self.define, self.solids
        )
    }

    fn reach(&self) -> f64 {
        self.half.iter().map(|h| h * h).sum::<f64>().sqrt()
    }
}

/// What random dimensions are drawn from.
impl Random {
    fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[(self.uniform() * choices.len() as f64) as usize]
    }

    /// A size from 10 um to 100 m, mm.
    fn size(&mut self) -> f64 {
        10f64.powf(self.between(-2.0, 5.0))
    }

    /// A part of `size`.
    fn part(&mut self, size: f64) -> f64 {
        size * self.between(0.05, 1.0)
    }

    /// An inner radius: none, a part, or such that the shell is thin.
    fn hole(&mut self, outer: f64) -> f64 {
        match self.pick(&[0, 1, 2]) {
            0 => 0.0,
            1 => self.part(outer) * 0.95,
            _ => outer - (1e-3f64).max(1e-5 * outer).min(0.5 * outer),
        }
    }
}

/// Start and extent in phi, rad, and the attributes.
fn phi(random: &mut Random) -> (f64, f64, String) {
    let chosen = [0.0, 90.0, 180.0, 270.0, -90.0, 350.0];
    let start = if random.chance(0.5) { random.pick(&chosen) } else { random.between(-400.0, 400.0) };
    let chosen = [360.0, 360.0, 400.0, 180.0, 90.0, 270.0, 1.0, 359.0];
    let extent = if random.chance(0.5) { random.pick(&chosen) } else { random.between(2.0, 358.0) };
    let (start_rad, extent_rad) = (start.to_radians(), extent.to_radians());
    let text = if random.chance(0.5) {
        format!("aunit='deg' startphi='{start}' deltaphi='{extent}'")
    } else {
        format!("startphi='{start_rad}' deltaphi='{extent_rad}'")
    };
    (start_rad, extent_rad.min(std::f64::consts::TAU), text)
}

/// Whether a direction lies in a range of phi.
fn in_phi([x, y, _]: Point, start: f64, extent: f64) -> bool {
    extent >= std::f64::consts::TAU - 1e-9 || (y.atan2(x) - start).rem_euclid(std::f64::consts::TAU) <= extent
}

fn rho([x, y, _]: Point) -> f64 {
    x.hypot(y)
}

fn at_polar(r: f64, phi: f64, z: f64) -> Point {
    [r * phi.cos(), r * phi.sin(), z]
}

/// Whether a point lies in a polygon (even-odd rule).
fn in_polygon(corners: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let n = corners.len();
    (0..n).fold(false, |inside, i| {
        let ([ax, ay], [bx, by]) = (corners[i], corners[(i + 1) % n]);
        let crosses = (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax);
        inside != crosses
    })
}

/// What was compared.
#[derive(Default)]
struct Tally {
    solids: usize,
    rays: usize,
    crossings: usize,
    faults: Vec<String>,
}

/// Compares `n_solids` solids on `n_rays` rays each.
fn compare(name: &str, draw: impl Fn(&mut Random) -> Sample, n_solids: usize, seed: u64) -> Tally {
    let n_rays = 24;
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    for _ in 0..n_solids {
        let sample = draw(&mut random);
        let document = sample.document();
        let detector = match cfg4::gdml::read_str(&document, name, &NoFiles) {
            Ok(detector) => detector,
            Err(error) => {
                tally.faults.push(format!("{error}: {}{}", sample.define, sample.solids));
                continue;
            }
        };
        let flat = match FlatSolids::new(&detector) {
            Ok(flat) => flat,
            Err(error) => {
                tally.faults.push(format!("{error}: {}{}", sample.define, sample.solids));
                continue;
            }
        };
        tally.solids += 1;
        let mut bad = Vec::new();
        for _ in 0..n_rays {
            let through = (sample.likely)(&mut random);
            let ray = ray(&sample, through, &mut random);
            tally.rays += 1;
            match follow(&sample, &flat, &ray, through, &mut random) {
                Ok(crossings) => tally.crossings += crossings,
                Err(fault) => bad.push(fault),
            }
        }
        if let Some(first) = bad.first() {
            tally.faults.push(format!(
                "{} of {n_rays} rays: {first}; {}{}",
                bad.len(),
                sample.define,
                sample.solids
            ));
        }
    }
    tally
}

/// A ray through a point, from inside or outside, in any direction or along an axis.
fn ray(sample: &Sample, through: Point, random: &mut Random) -> StraightRay {
    let reach = sample.reach();
    let d = random.direction();
    let mut direction = [d.x, d.y, d.z].map(f64::from);
    if random.chance(0.15) {
        direction = random.pick(&[[1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]);
    }
    let back = if random.chance(0.2) { 0.0 } else { reach * random.between(1.0, 4.0) };
    StraightRay::new([0, 1, 2].map(|i| through[i] - back * direction[i]), direction).unwrap()
}

/// The number of crossings, or what is wrong with them.
fn follow(
    sample: &Sample,
    flat: &FlatSolids,
    ray: &StraightRay,
    through: Point,
    random: &mut Random,
) -> Result<usize, String> {
    let id = flat.bounds.len() as u32 - 1;
    let mut walk = SolidWalk::new(flat.view(), id, &flat.bounds[id as usize], *ray);
    let starts_inside = walk.starts_inside();
    let crossings: Vec<f64> = walk.by_ref().take(2000).map(|crossing| crossing.distance_mm).collect();
    if walk.is_stuck() || crossings.len() == 2000 {
        return Err(format!("stuck on {ray:?}"));
    }
    let slack = slack_of(sample);
    let state = |t: f64| starts_inside ^ (crossings.iter().filter(|&&c| c < t).count() % 2 == 1);
    let near = |t: f64| t.abs() < slack || crossings.iter().any(|c| (c - t).abs() < slack);
    let around = |t: f64| Around::new(sample, ray, t, slack);
    // A stretch this short is within rounding of nothing.
    let is_touch = |t: f64| crossings.iter().filter(|&&c| (c - t).abs() < 1e-2 * slack).count() > 1;
    for &t in &crossings {
        if !is_touch(t) && around(t) != Around::Mixed {
            return Err(format!("no surface at {t}, of {crossings:?}, on {ray:?}"));
        }
    }
    let end = 2.0 * sample.reach() + (0..3).map(|i| ray.origin_mm[i].powi(2)).sum::<f64>().sqrt();
    let middles = crossings.windows(2).map(|pair| 0.5 * (pair[0] + pair[1]));
    let aimed = (0..3).map(|i| (through[i] - ray.origin_mm[i]) * ray.direction[i]).sum::<f64>();
    let points = (0..200).map(|_| random.between(0.0, end)).chain(middles).chain([aimed]);
    for t in points {
        let agrees = (sample.inside)(ray.at(t)) == state(t);
        if !agrees && !near(t) && around(t) == (if state(t) { Around::Outside } else { Around::Inside }) {
            let is = if state(t) { "outside" } else { "inside" };
            return Err(format!(
                "{is} at {t}, but crossings are {crossings:?} (from inside: {starts_inside}) on {ray:?}"
            ));
        }
    }
    Ok(crossings.len())
}

fn slack_of(sample: &Sample) -> f64 {
    2e-6 * sample.reach()
}

/// What is around a point.
#[derive(PartialEq)]
enum Around {
    Inside,
    Outside,
    Mixed,
}

impl Around {
    fn new(sample: &Sample, ray: &StraightRay, t: f64, slack: f64) -> Self {
        let p = ray.at(t);
        let mut count = usize::from((sample.inside)(p));
        let mut n = 1;
        let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], ray.direction];
        for size in [1.0, 0.3, 0.1, 0.03, 0.01] {
            for axis in axes {
                for step in [-size * slack, size * slack] {
                    count += usize::from((sample.inside)([0, 1, 2].map(|k| p[k] + step * axis[k])));
                    n += 1;
                }
            }
        }
        match count {
            0 => Self::Outside,
            _ if count == n => Self::Inside,
            _ => Self::Mixed,
        }
    }
}

fn compare_all(n_solids: usize, first_seed: u64) {
    let mut faults = Vec::new();
    let kinds =
        [round::KINDS, planar::KINDS, swept::KINDS, curved::KINDS, twisted::KINDS, combined::KINDS].concat();
    for (seed, (name, draw)) in kinds.into_iter().enumerate() {
        let started = std::time::Instant::now();
        let tally = compare(name, draw, n_solids, first_seed + seed as u64);
        println!(
            "{name}: {} solids, {} rays, {} crossings, {} faulty, {:?}",
            tally.solids,
            tally.rays,
            tally.crossings,
            tally.faults.len(),
            started.elapsed()
        );
        faults.extend(tally.faults.iter().take(4).map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn solids_are_what_the_manual_says() {
    compare_all(200, 0);
}

#[test]
#[ignore = "takes minutes; for changes of how rays meet solids"]
fn thousands_of_solids_are_what_the_manual_says() {
    compare_all(3000, 1000);
}

/// A kind of solid, and how one is drawn.
type Kind = (&'static str, fn(&mut Random) -> Sample);
