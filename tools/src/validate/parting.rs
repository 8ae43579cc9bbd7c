//! Where two runs with the same random numbers part: the first photon and the first step that differ.

use std::fmt;

use optixrap::engine::{PathPoint, history_text};
use optixrap::transport::code_of;
use serde::Serialize;

/// A point of a photon's path, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What happened: `BT`, `AB`, ...
    pub flag: String,
    /// Where, in the frame of the world, mm.
    pub position_mm: [f32; 3],
    /// When, ns.
    pub time_ns: f32,
    /// Direction afterwards.
    pub direction: [f32; 3],
    /// Wavelength afterwards, nm.
    pub wavelength_nm: f32,
    /// Depth-first index of the touchable.
    pub node: u32,
}

/// Where the paths of a photon part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parting {
    /// The event.
    pub event: u32,
    /// The photon in it.
    pub photon: u32,
    /// The number of the point that differs first; 0 is the birth.
    pub step: u32,
    /// That point in the first run; `None` where its path has ended.
    pub a: Option<Step>,
    /// That point in the second run.
    pub b: Option<Step>,
}

impl From<&PathPoint> for Step {
    fn from(point: &PathPoint) -> Self {
        let w = &point.0;
        Self {
            flag: history_text(&[code_of(w[12].to_bits())]),
            position_mm: [w[0], w[1], w[2]],
            time_ns: w[3],
            direction: [w[4], w[5], w[6]],
            wavelength_nm: w[11],
            node: w[13].to_bits(),
        }
    }
}

/// The first point that differs in any bit between two lists of points, each in the order of photons; `None` where the
/// lists are the same.
pub fn first_parting(event: u32, a: &[PathPoint], b: &[PathPoint]) -> Option<Parting> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(same), b.get(same));
    let address = |point: &PathPoint| (point.0[14].to_bits(), point.0[15].to_bits());
    // Where one path has ended its list goes on with the birth of a later photon.
    let first = a
        .into_iter()
        .chain(b)
        .map(address)
        .min_by_key(|(photon, step)| (*photon, std::cmp::Reverse(*step)))?;
    let of = |point: Option<&PathPoint>| point.filter(|p| address(p) == first).map(Step::from);
    Some(Parting { event, photon: first.0, step: first.1, a: of(a), b: of(b) })
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [x, y, z] = self.position_mm;
        let [u, v, w] = self.direction;
        write!(
            f,
            "{} at ({x}, {y}, {z}) mm, {} ns, direction ({u}, {v}, {w}), {} nm, node {}",
            self.flag, self.time_ns, self.wavelength_nm, self.node
        )
    }
}

impl Parting {
    /// The two sides in words.
    pub fn sides(&self) -> [String; 2] {
        [&self.a, &self.b].map(|step| match step {
            Some(step) => step.to_string(),
            None => "no such point: its path has ended".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use optixrap::physics::photon::flag;

    fn point(photon: u32, step: u32, x: f32) -> PathPoint {
        let mut state = [0.0; 12];
        state[0] = x;
        let what = if step == 0 { flag::TORCH } else { flag::BOUNDARY_TRANSMIT };
        PathPoint::new(state, [what, 3, photon, step])
    }

    #[test]
    fn the_first_point_that_differs_is_found() {
        let a: Vec<PathPoint> =
            [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 0)].map(|(p, s)| point(p, s, 1.0)).into();
        assert_eq!(first_parting(0, &a, &a), None);
        let mut b = a.clone();
        b[3] = point(1, 1, 1.000_000_1);
        let parting = first_parting(4, &a, &b).unwrap();
        assert_eq!((parting.event, parting.photon, parting.step), (4, 1, 1));
        assert_eq!(parting.a.unwrap().flag, "BT");
        assert_eq!(parting.b.unwrap().position_mm[0], 1.000_000_1);
    }

    #[test]
    fn a_path_that_ends_early_parts_there() {
        let a: Vec<PathPoint> = [(0, 0), (0, 1), (0, 2), (1, 0)].map(|(p, s)| point(p, s, 1.0)).into();
        let b: Vec<PathPoint> = [(0, 0), (0, 1), (1, 0)].map(|(p, s)| point(p, s, 1.0)).into();
        for (first, second, ended_is_b) in [(&a, &b, true), (&b, &a, false)] {
            let parting = first_parting(0, first, second).unwrap();
            assert_eq!((parting.photon, parting.step), (0, 2));
            assert_eq!((parting.a.is_none(), parting.b.is_none()), (!ended_is_b, ended_is_b));
        }
        assert_eq!(first_parting(0, &a[..3], &a).unwrap().photon, 1, "a list that ends");
    }
}
