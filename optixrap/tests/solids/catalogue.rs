//! Solids of every kind, of any size, with the volume that their formula gives.

use std::f64::consts::{PI, TAU};

use cfg4::detector::{
    BooleanOperator, Detector, ExtrusionSection, Shape, Solid, SolidId, Transform, TrapFace, ZPlane,
};
use optixrap::scene::solids::FlatSolids;

use super::curved_catalogue::curved_catalogue;

/// A detector of solids under construction.
#[derive(Default)]
pub(super) struct Solids(Detector);

impl Solids {
    pub(super) fn add(&mut self, shape: Shape) -> SolidId {
        let id = SolidId(self.0.solids.len() as u32);
        self.0.solids.push(Solid { name: format!("solid{}", id.0), shape });
        id
    }

    pub(super) fn combine(
        &mut self,
        operator: BooleanOperator,
        first: SolidId,
        second: SolidId,
        second_to_frame: Transform,
    ) -> SolidId {
        self.add(Shape::Boolean {
            operator,
            first,
            first_to_frame: Transform::IDENTITY,
            second,
            second_to_frame,
        })
    }

    pub(super) fn flatten(&self) -> FlatSolids {
        FlatSolids::new(&self.0).unwrap_or_default()
    }

    pub(super) fn detector(&self) -> &Detector {
        &self.0
    }
}

/// One solid of the catalogue.
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) solid: u32,
    pub(super) volume_mm3: f64,
}

pub(super) fn tube(rmin_mm: f64, rmax_mm: f64, half_z_mm: f64, start: f64, delta: f64) -> Shape {
    Shape::Tube { rmin_mm, rmax_mm, half_z_mm, start_phi_rad: start, delta_phi_rad: delta }
}

pub(super) fn sphere(radii: [f64; 2], phi: [f64; 2], theta: [f64; 2]) -> Shape {
    Shape::Sphere {
        rmin_mm: radii[0],
        rmax_mm: radii[1],
        start_phi_rad: phi[0],
        delta_phi_rad: phi[1],
        start_theta_rad: theta[0],
        delta_theta_rad: theta[1],
    }
}

pub(super) fn cone(low: [f64; 2], high: [f64; 2], half_z_mm: f64, start: f64, delta: f64) -> Shape {
    Shape::Cone {
        rmin1_mm: low[0],
        rmax1_mm: low[1],
        rmin2_mm: high[0],
        rmax2_mm: high[1],
        half_z_mm,
        start_phi_rad: start,
        delta_phi_rad: delta,
    }
}

pub(super) fn polycone(start: f64, delta: f64, planes: &[[f64; 3]]) -> Shape {
    let planes = planes.iter().map(|&[z_mm, rmin_mm, rmax_mm]| ZPlane { z_mm, rmin_mm, rmax_mm }).collect();
    Shape::Polycone { start_phi_rad: start, delta_phi_rad: delta, planes }
}

fn frustum(r1: f64, r2: f64, height: f64) -> f64 {
    PI / 3.0 * height * (r1 * r1 + r1 * r2 + r2 * r2)
}

/// Every kind of solid, scaled by `s`.
pub(super) fn catalogue(s: f64) -> (Solids, Vec<Entry>) {
    let mut solids = Solids::default();
    let mut entries = Vec::new();
    let mut enter = |name, solid: SolidId, volume_mm3| {
        entries.push(Entry { name, solid: solid.0, volume_mm3: volume_mm3 * s * s * s });
    };
    let cube = solids.add(Shape::Box { half_mm: [s, 0.7 * s, 0.5 * s] });
    enter("box", cube, 8.0 * 0.35);
    enter("tube", solids.add(tube(0.0, s, 0.8 * s, 0.0, TAU)), PI * 1.6);
    enter("orb", solids.add(Shape::Orb { r_mm: s }), 4.0 / 3.0 * PI);
    enter("tube with hole", solids.add(tube(0.6 * s, s, 0.8 * s, 0.0, TAU)), PI * 1.6 * 0.64);
    enter("narrow tube", solids.add(tube(0.3 * s, s, 0.8 * s, 0.5, 2.0)), 1.6 * 0.91);
    enter("wide tube", solids.add(tube(0.0, s, 0.8 * s, 1.0, 5.0)), 1.6 * 2.5);
    enter("half tube", solids.add(tube(0.0, s, 0.8 * s, 0.0, PI)), 0.8 * PI);
    enter("shell", solids.add(sphere([0.8 * s, s], [0.0, TAU], [0.0, PI])), 4.0 / 3.0 * PI * 0.488);
    let band = (0.4f64.cos() - 1.9f64.cos()) / 3.0;
    enter("band", solids.add(sphere([0.5 * s, s], [0.0, TAU], [0.4, 1.5])), TAU * 0.875 * band);
    enter("patch", solids.add(sphere([0.0, s], [1.0, 4.0], [0.4, 1.5])), 4.0 * band);
    enter(
        "hemisphere",
        solids.add(sphere([0.5 * s, s], [0.0, TAU], [PI / 2.0, PI / 2.0])),
        TAU / 3.0 * 0.875,
    );
    let low = (2.2f64.cos() + 1.0) / 3.0;
    enter("south cap", solids.add(sphere([0.0, s], [0.0, 2.0], [2.2, PI - 2.2])), 2.0 * low);
    enter("cone", solids.add(cone([0.0, s], [0.0, 0.2 * s], 0.9 * s, 0.0, TAU)), frustum(1.0, 0.2, 1.8));
    enter(
        "cone with hole",
        solids.add(cone([0.1 * s, 0.5 * s], [0.6 * s, s], 0.9 * s, 0.0, TAU)),
        frustum(0.5, 1.0, 1.8) - frustum(0.1, 0.6, 1.8),
    );
    enter(
        "tip",
        solids.add(cone([0.0, s], [0.0, 0.0], 0.9 * s, 0.5, 4.0)),
        frustum(1.0, 0.0, 1.8) * 4.0 / TAU,
    );
    let profile = [
        [-1.0, 0.0, 0.4],
        [-0.4, 0.0, 0.9],
        [0.0, 0.2, 0.9],
        [0.3, 0.5, 0.6],
        [0.3, 0.0, 0.6],
        [1.0, 0.0, 0.1],
    ];
    let scaled = profile.map(|plane| plane.map(|x| x * s));
    let volume: f64 = profile
        .windows(2)
        .map(|p| frustum(p[0][2], p[1][2], p[1][0] - p[0][0]) - frustum(p[0][1], p[1][1], p[1][0] - p[0][0]))
        .sum();
    enter("polycone", solids.add(polycone(0.0, TAU, &scaled)), volume);
    let reversed: Vec<_> = scaled.iter().rev().copied().collect();
    enter("wide polycone", solids.add(polycone(0.7, 4.5, &reversed)), volume * 4.5 / TAU);
    add_planar(&mut solids, s, &mut enter);
    for (name, shape, volume_mm3) in curved_catalogue(s) {
        enter(name, solids.add(shape), volume_mm3);
    }
    add_booleans(&mut solids, s, &mut enter);
    add_meshes(&mut solids, s, &mut enter);
    add_transformed(&mut solids, s, &mut enter);
    (solids, entries)
}

fn add_planar(solids: &mut Solids, s: f64, enter: &mut impl FnMut(&'static str, SolidId, f64)) {
    let trd = |x: [f64; 2], y: [f64; 2]| Shape::Trd {
        half_x_mm: x.map(|x| x * s),
        half_y_mm: y.map(|y| y * s),
        half_z_mm: s,
    };
    // The area at height 0 <= u <= 1 is 4 (0.5 + 0.5 u) (1 - 0.6 u).
    enter("trd", solids.add(trd([0.5, 1.0], [1.0, 0.4])), 8.0 * (0.5 + 0.1 - 0.1));
    enter("wedge", solids.add(trd([0.9, 0.0], [0.7, 0.7])), 4.0 * 0.9 * 0.7);
    let face = |half_y: f64, low: f64, high: f64| TrapFace {
        half_y_mm: half_y * s,
        half_x_low_mm: low * s,
        half_x_high_mm: high * s,
        alpha_rad: 0.2,
    };
    let trap = Shape::Trap {
        half_z_mm: 0.8 * s,
        theta_rad: 0.3,
        phi_rad: 1.0,
        faces: [face(0.4, 0.3, 0.5), face(0.8, 0.5, 0.9)],
    };
    // Lengths grow linearly along z: the area is 2 y (low + high), low = 0.3 + 0.2 u, high = 0.5 + 0.4 u, y = 0.4 (1 + u).
    enter("trap", solids.add(trap), 1.6 * 2.0 * 0.4 * (0.8 + 1.4 / 2.0 + 0.6 / 3.0));
    let para =
        Shape::Para { half_mm: [0.5 * s, 0.6 * s, 0.7 * s], alpha_rad: -0.4, theta_rad: 0.5, phi_rad: 2.0 };
    enter("para", solids.add(para), 8.0 * 0.21);
    let corners = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.1], [0.2, 0.9, 0.0], [0.3, 0.2, -1.0]];
    let tet = Shape::Tet { corners_mm: corners.map(|corner| corner.map(|x| x * s)) };
    // The determinant of the three edges, over 6.
    enter("tet", solids.add(tet), (0.9 + 0.1 * 0.23) / 6.0);
}

fn add_meshes(solids: &mut Solids, s: f64, enter: &mut impl FnMut(&'static str, SolidId, f64)) {
    let polyhedra = |start_phi_rad, delta_phi_rad, n_sides, corners: &[[f64; 2]]| Shape::Polyhedra {
        start_phi_rad,
        delta_phi_rad,
        n_sides,
        corners_mm: corners.iter().map(|corner| corner.map(|x| x * s)).collect(),
    };
    // A triangle of the regular hexagon has the area sin(60 degrees) / 2.
    let ring = [[1.0, -0.8], [1.0, 0.8], [0.5, 0.8], [0.5, -0.8]];
    let hexagon = 3.0 * (PI / 3.0).sin();
    enter("hexagonal ring", solids.add(polyhedra(0.3, TAU, 6, &ring)), hexagon * 0.75 * 1.6);
    let prism = [[1.0, -0.8], [1.0, 0.8], [0.0, 0.8], [0.0, -0.8]];
    enter("hexagonal prism", solids.add(polyhedra(0.0, TAU, 6, &prism)), hexagon * 1.6);
    let wide = solids.add(polyhedra(0.5, 4.0, 3, &prism));
    enter("polyhedra segment", wide, 1.5 * (4.0f64 / 3.0).sin() * 1.6);
    let section =
        |z: f64, x: f64, y: f64, scale| ExtrusionSection { z_mm: z * s, offset_mm: [x * s, y * s], scale };
    let outline = [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.0], [0.0, 0.0], [0.0, 0.9], [-0.9, 0.9]];
    let corner = Shape::Extruded {
        outline_mm: outline.map(|corner| corner.map(|x| x * s)).to_vec(),
        sections: vec![
            section(-0.9, 0.0, 0.0, 1.0),
            section(0.3, 0.1, -0.1, 0.5),
            section(0.9, 0.1, -0.1, 0.5),
        ],
    };
    enter("extrusion", solids.add(corner), 2.43 * (1.2 / 3.0 * 1.75 + 0.6 * 0.25));
    // Each cross-section is a square with corners on the lines between those of both ends.
    let turned = |angle: f64| {
        [0, 1, 2, 3].map(|i| {
            let angle = angle + f64::from(i) * PI / 2.0;
            [0.9 * s * angle.cos(), 0.9 * s * angle.sin()]
        })
    };
    let ([a, b, c, d], [e, f, g, h]) = (turned(0.1), turned(0.7));
    let arb8 = Shape::Arb8 { half_z_mm: 0.8 * s, corners_mm: [a, b, c, d, e, f, g, h] };
    enter("twisted arb8", solids.add(arb8), 1.62 * (2.0 + 0.6f64.cos()) / 3.0 * 1.6);
    // A cube with a pyramid taken out of its top.
    let corners =
        [[-1, -1, -1], [1, -1, -1], [1, 1, -1], [-1, 1, -1], [-1, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1]];
    let mut vertices_mm: Vec<[f64; 3]> =
        corners.iter().map(|corner| corner.map(|x| f64::from(x) * 0.8 * s)).collect();
    vertices_mm.push([0.1 * s, 0.0, 0.0]);
    let facets = vec![
        [0, 2, 1],
        [0, 3, 2],
        [0, 1, 5],
        [0, 5, 4],
        [1, 2, 6],
        [1, 6, 5],
        [2, 3, 7],
        [2, 7, 6],
        [3, 0, 4],
        [3, 4, 7],
        [4, 5, 8],
        [5, 6, 8],
        [6, 7, 8],
        [7, 4, 8],
    ];
    let dented = Shape::Tessellated { vertices_mm, facets };
    enter("tessellated", solids.add(dented), 4.096 * (1.0 - 1.0 / 6.0));
}

fn add_transformed(solids: &mut Solids, s: f64, enter: &mut impl FnMut(&'static str, SolidId, f64)) {
    use BooleanOperator::Subtraction;
    let orb = solids.add(Shape::Orb { r_mm: s });
    let scaled = |solid, factors| Shape::Transformed { solid, to_frame: Transform::IDENTITY.scaled(factors) };
    enter("scaled orb", solids.add(scaled(orb, [1.0, 0.5, -0.4])), 4.0 / 3.0 * PI * 0.2);
    let cube = solids.add(Shape::Box { half_mm: [s; 3] });
    let hole = solids.add(Shape::Orb { r_mm: 0.5 * s });
    let hollow = solids.combine(Subtraction, cube, hole, Transform::translation([0.3 * s, 0.2 * s, 0.1 * s]));
    let hollow_volume = 8.0 - 4.0 / 3.0 * PI * 0.125;
    let flat = solids.add(scaled(hollow, [-0.9, 0.6, 0.8]));
    enter("scaled hollow", flat, hollow_volume * 0.432);
    let tip = solids.add(scaled(flat, [0.5, 0.5, 0.5]));
    let turned = Transform::gdml([0.2, 0.4, -0.3], [0.0; 3]);
    let nested = solids.combine(Subtraction, cube, tip, turned);
    enter("cube without scaled hollow", nested, 8.0 - hollow_volume * 0.054);
    let slab = solids.add(Shape::Box { half_mm: [0.3 * s, 0.3 * s, s] });
    let at = |x: f64, y: f64| Transform::translation([x * s, y * s, 0.0]);
    let nodes = vec![(slab, at(-0.55, 0.0)), (slab, at(0.0, 0.0)), (slab, at(0.6, 0.6))];
    enter("multi-union", solids.add(Shape::MultiUnion { nodes }), 3.0 * 0.72 - 0.06);
}

fn add_booleans(solids: &mut Solids, s: f64, enter: &mut impl FnMut(&'static str, SolidId, f64)) {
    use BooleanOperator::{Intersection, Subtraction, Union};
    let cube = solids.add(Shape::Box { half_mm: [s; 3] });
    let half = solids.add(Shape::Box { half_mm: [0.5 * s; 3] });
    let orb = solids.add(Shape::Orb { r_mm: 0.6 * s });
    let pipe = solids.add(tube(0.2 * s, 0.4 * s, 1.5 * s, 0.0, TAU));
    let at = |x: f64, y: f64, z: f64| Transform::translation([x * s, y * s, z * s]);
    enter("flush subtraction", solids.combine(Subtraction, cube, half, at(0.5, 0.0, 0.5)), 7.0);
    let flush = solids.combine(Union, cube, half, at(1.5, 0.5, -0.5));
    enter("flush union", flush, 9.0);
    let turned = Transform::gdml([0.3, -0.5, 0.9], [0.0, 0.0, 0.0]);
    enter("hollow", solids.combine(Subtraction, cube, orb, turned), 8.0 - 4.0 / 3.0 * PI * 0.216);
    enter("ball in cube", solids.combine(Intersection, cube, orb, turned), 4.0 / 3.0 * PI * 0.216);
    let drilled = solids.combine(Subtraction, flush, pipe, Transform::IDENTITY);
    enter("drilled union", drilled, 9.0 - 2.0 * PI * 0.12);
}
