//! Crossings that Geant4 found (11.2.2 and 10.6.3, which agree): how they are compared, and a table of them.

use std::f64::consts::TAU;

use cfg4::detector::{BooleanOperator, Shape, Transform};
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::solids::FlatSolids;
use optixrap::trace::solid::{Solids, contains};

use super::catalogue::{self, cone, polycone, sphere, tube};
use super::walk::{Hit, walk};

/// Rounding of coordinates of some 100 mm, thirty times.
const TOLERANCE_MM: f32 = 1e-3;

/// One ray in the solid's frame and what Geant4 says about it.
pub(super) struct Case {
    pub(super) origin: Vec3,
    pub(super) direction: Vec3,
    pub(super) inside: bool,
    pub(super) normal: Vec3,
    pub(super) distances_mm: Vec<f64>,
    /// There are more crossings than are listed.
    pub(super) truncated: bool,
}

/// What a comparison found.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Comparison {
    pub(super) n_rays: usize,
    pub(super) n_crossings: usize,
    /// Rays with another number of crossings.
    pub(super) number_differs: usize,
    /// Of those with more crossings than Geant4 lists: the rays of which every further crossing is one where the state of
    /// the point changes.
    pub(super) missed_by_geant4: usize,
    pub(super) inside_differs: usize,
    pub(super) normal_differs: usize,
    /// Crossings further away than 1e-3 mm + 2e-6 of the distance.
    pub(super) beyond_fine: usize,
    /// Crossings further away than 0.01 mm.
    pub(super) beyond_coarse: usize,
    pub(super) worst_mm: f64,
}

impl Comparison {
    pub(super) fn add(&mut self, solids: &Solids, solid: u32, case: &Case) {
        self.n_rays += 1;
        self.inside_differs += usize::from(contains(solids, solid, case.origin) != case.inside);
        let mut hits = walk(solids, solid, (case.origin, case.direction), TOLERANCE_MM, case.inside);
        if case.truncated {
            hits.truncate(case.distances_mm.len());
        }
        if hits.len() > case.distances_mm.len() && extra_is_solid(solids, solid, case, &hits) {
            self.missed_by_geant4 += 1;
        } else if hits.len() != case.distances_mm.len() {
            self.number_differs += 1;
            return;
        }
        for (hit, expected) in hits.iter().zip(&case.distances_mm) {
            let deviation = (hit.distance_mm - expected).abs();
            self.n_crossings += 1;
            self.beyond_fine += usize::from(deviation > 1e-3 + 2e-6 * expected);
            self.beyond_coarse += usize::from(deviation > 0.01);
            self.worst_mm = self.worst_mm.max(deviation);
        }
        if let Some(first) = hits.first() {
            self.normal_differs += usize::from((first.normal - case.normal).length() > 1e-3);
        }
    }
}

/// Whether the state of points agrees with the crossings after the last that Geant4 lists.
fn extra_is_solid(solids: &Solids, solid: u32, case: &Case, hits: &[Hit]) -> bool {
    let n = case.distances_mm.len();
    (n..hits.len()).all(|index| {
        let inside = case.inside == index.is_multiple_of(2);
        let nudge = case.direction * 1e-2;
        contains(solids, solid, hits[index].point - nudge) == inside
            && contains(solids, solid, hits[index].point + nudge) != inside
    })
}

/// The solids of the table, from the same parameters as the GDML files that Geant4 read.
fn table_solids() -> (FlatSolids, [(&'static str, u32); 8]) {
    let mut solids = catalogue::Solids::default();
    let deg = TAU / 360.0;
    let cut = solids.add(Shape::Box { half_mm: [60.0, 50.0, 70.0] });
    let corner = solids.add(Shape::Box { half_mm: [30.0, 25.0, 35.0] });
    let stack = [
        [-100.0, 0.0, 40.0],
        [-40.0, 0.0, 90.0],
        [0.0, 20.0, 90.0],
        [30.0, 50.0, 60.0],
        [30.0, 0.0, 60.0],
        [120.0, 0.0, 10.0],
    ];
    let slab = solids.add(Shape::Box { half_mm: [60.0, 40.0, 30.0] });
    let pipe = solids.add(tube(10.0, 50.0, 50.0, 0.0, TAU));
    let named = [
        ("box", solids.add(Shape::Box { half_mm: [50.0, 80.0, 120.0] })),
        ("tube_phi", solids.add(tube(25.0, 90.0, 90.0, 30.0 * deg, 250.0 * deg))),
        ("orb", solids.add(Shape::Orb { r_mm: 77.0 })),
        (
            "sphere_phi_theta",
            solids.add(sphere([50.0, 110.0], [20.0 * deg, 130.0 * deg], [40.0 * deg, 70.0 * deg])),
        ),
        ("cone_phi", solids.add(cone([10.0, 90.0], [40.0, 60.0], 110.0, 45.0 * deg, 200.0 * deg))),
        ("polycone", solids.add(polycone(0.0, TAU, &stack))),
        (
            "subtraction_flush",
            solids.combine(
                BooleanOperator::Subtraction,
                cut,
                corner,
                Transform::translation([30.0, 0.0, 35.0]),
            ),
        ),
        (
            "boolean_first",
            solids.add(Shape::Boolean {
                operator: BooleanOperator::Union,
                first: slab,
                first_to_frame: Transform::gdml_operand([0.0, 0.0, 30.0 * deg], [-20.0, 10.0, 5.0]),
                second: pipe,
                second_to_frame: Transform::gdml_operand([0.0, 90.0 * deg, 0.0], [30.0, 0.0, 0.0]),
            }),
        ),
    ];
    (solids.flatten(), named.map(|(name, id)| (name, id.0)))
}

fn numbers(field: &str) -> Vec<f64> {
    field.split_whitespace().map(|x| x.parse().unwrap_or(f64::NAN)).collect()
}

pub(super) fn vector(x: &[f64]) -> Vec3 {
    vec3(x[0] as f32, x[1] as f32, x[2] as f32)
}

#[test]
fn a_table_of_geant4_crossings_is_reproduced() {
    let (flat, named) = table_solids();
    let mut found = Comparison::default();
    let table = include_str!("../data/geant4_solid_crossings.txt");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(';').collect();
        let (_, solid) = named.iter().find(|(name, _)| *name == fields[0]).unwrap();
        let case = Case {
            origin: vector(&numbers(fields[1])),
            direction: vector(&numbers(fields[2])),
            inside: fields[3].trim() == "1",
            normal: vector(&numbers(fields[4])),
            distances_mm: numbers(fields[5]),
            truncated: false,
        };
        found.add(&flat.view(), *solid, &case);
    }
    assert_eq!((found.n_rays, found.n_crossings > 400), (320, true));
    let Comparison { number_differs, missed_by_geant4, inside_differs, normal_differs, beyond_fine, .. } =
        found;
    assert_eq!(
        (number_differs, missed_by_geant4, inside_differs, normal_differs, beyond_fine),
        (0, 0, 0, 0, 0),
        "{found:?}"
    );
}
