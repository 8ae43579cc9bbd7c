//! Cost of one ray against each kind of solid: entering from outside (about half of the rays hit) and leaving from
//! inside.

use std::f64::consts::{PI, TAU};
use std::hint::black_box;

use cfg4::detector::{
    BooleanOperator, Detector, ExtrusionSection, RzCorner, Shape, Solid, SolidId, Transform, ZPlane,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use optixrap::physics::random::{PhotonRng, Uniform};
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::solids::FlatSolids;
use optixrap::trace::ray::Ray;
use optixrap::trace::solid::{Solids, contains, distance_to_in, distance_to_out};

const TOLERANCE_MM: f32 = 1e-4;
const N_RAYS: usize = 1024;

fn tube(rmin_mm: f64, delta_phi_rad: f64) -> Shape {
    Shape::Tube { rmin_mm, rmax_mm: 100.0, half_z_mm: 80.0, start_phi_rad: 0.3, delta_phi_rad }
}

fn sphere(delta_phi_rad: f64, start_theta_rad: f64, delta_theta_rad: f64) -> Shape {
    let (rmin_mm, rmax_mm, start_phi_rad) = (60.0, 100.0, 0.3);
    Shape::Sphere { rmin_mm, rmax_mm, start_phi_rad, delta_phi_rad, start_theta_rad, delta_theta_rad }
}

fn arb8() -> Shape {
    let end = |angle: f64| {
        [0.0, 1.0, 2.0, 3.0].map(|i| {
            let (sin, cos) = (angle + i * PI / 2.0).sin_cos();
            [100.0 * cos, 100.0 * sin]
        })
    };
    let ([a, b, c, d], [e, f, g, h]) = (end(0.0), end(0.6));
    Shape::Arb8 { half_z_mm: 80.0, corners_mm: [a, b, c, d, e, f, g, h] }
}

fn polyhedra(n_sides: u32) -> Shape {
    let corners_mm = vec![[100.0, -80.0], [80.0, 80.0], [50.0, 80.0], [50.0, -80.0]];
    Shape::Polyhedra { start_phi_rad: 0.0, delta_phi_rad: TAU, n_sides, corners_mm }
}

fn star() -> Shape {
    let corner = |i: u32| {
        let (sin, cos) = (f64::from(i) * PI / 10.0).sin_cos();
        let r = if i.is_multiple_of(2) { 100.0 } else { 50.0 };
        [r * cos, r * sin]
    };
    let section = |z_mm, scale| ExtrusionSection { z_mm, offset_mm: [0.0; 2], scale };
    Shape::Extruded {
        outline_mm: (0..20).map(corner).collect(),
        sections: vec![section(-80.0, 1.0), section(80.0, 0.7)],
    }
}

/// The solids of second and fourth order and the twisted ones.
fn curved_shapes() -> Vec<(&'static str, Shape)> {
    let (half_z_mm, start_phi_rad, delta_phi_rad) = (80.0, 0.0, TAU);
    let (low_normal, high_normal) = ([0.6, 0.0, -0.8], [0.0, 0.6, 0.8]);
    let corners = [[20.0, -60.0], [90.0, -60.0], [60.0, 0.0], [99.0, 50.0], [40.0, 80.0], [30.0, 10.0]]
        .map(|[r_mm, z_mm]| RzCorner { r_mm, z_mm })
        .to_vec();
    let hyperboloid = Shape::Hyperboloid {
        rmin_mm: 20.0,
        rmax_mm: 50.0,
        inner_stereo_rad: 0.3,
        outer_stereo_rad: 0.5,
        half_z_mm: 99.0,
    };
    let twisted_trap = Shape::TwistedTrap {
        twist_rad: 0.6,
        half_z_mm,
        theta_rad: 0.2,
        phi_rad: 0.5,
        half_y_mm: [50.0, 60.0],
        half_x_mm: [40.0, 50.0, 48.0, 60.0],
        alpha_rad: 0.1,
    };
    let cut_tube = Shape::CutTube {
        rmin_mm: 20.0,
        rmax_mm: 70.0,
        half_z_mm,
        start_phi_rad,
        delta_phi_rad,
        low_normal,
        high_normal,
    };
    let (height_mm, half_axes_per_length) = (150.0, [0.4, 0.3]);
    let (end_rmin_mm, end_rmax_mm) = (20.0, 90.0);
    vec![
        ("cut_tube", cut_tube),
        ("ellipsoid", Shape::Ellipsoid { half_axes_mm: [60.0, 90.0, 99.0], z_cuts_mm: [-60.0, 99.0] }),
        ("eltube", Shape::EllipticalTube { half_mm: [60.0, 90.0, 80.0] }),
        ("elcone", Shape::EllipticalCone { half_axes_per_length, height_mm, half_z_mm }),
        ("paraboloid", Shape::Paraboloid { r_low_mm: 30.0, r_high_mm: 99.0, half_z_mm }),
        ("hype", hyperboloid),
        (
            "torus",
            Shape::Torus { rmin_mm: 10.0, rmax_mm: 30.0, swept_mm: 70.0, start_phi_rad, delta_phi_rad },
        ),
        ("generic_polycone_6", Shape::GenericPolycone { start_phi_rad, delta_phi_rad, corners }),
        ("twisted_trap", twisted_trap),
        ("twisted_tube", {
            Shape::TwistedTube { twist_rad: 0.7, end_rmin_mm, end_rmax_mm, half_z_mm, delta_phi_rad: 1.5 }
        }),
    ]
}

fn shapes() -> Vec<(&'static str, Shape)> {
    let cone = Shape::Cone {
        rmin1_mm: 10.0,
        rmax1_mm: 100.0,
        rmin2_mm: 40.0,
        rmax2_mm: 60.0,
        half_z_mm: 80.0,
        start_phi_rad: 0.0,
        delta_phi_rad: TAU,
    };
    let planes =
        [[-90.0, 0.0, 40.0], [-40.0, 0.0, 90.0], [0.0, 20.0, 90.0], [30.0, 50.0, 60.0], [99.0, 0.0, 10.0]]
            .map(|[z_mm, rmin_mm, rmax_mm]| ZPlane { z_mm, rmin_mm, rmax_mm })
            .to_vec();
    vec![
        ("box", Shape::Box { half_mm: [100.0, 80.0, 60.0] }),
        ("tube", tube(0.0, TAU)),
        ("orb", Shape::Orb { r_mm: 100.0 }),
        ("tube_hollow", tube(50.0, TAU)),
        ("tube_segment", tube(50.0, 4.0)),
        ("sphere_shell", sphere(TAU, 0.0, PI)),
        ("sphere_segment", sphere(4.0, 0.5, 1.5)),
        ("cone", cone),
        ("polycone_4", Shape::Polycone { start_phi_rad: 0.0, delta_phi_rad: TAU, planes }),
        ("arb8_twisted", arb8()),
        ("polyhedra_6", polyhedra(6)),
        ("polyhedra_1000", polyhedra(1000)),
        ("xtru_star", star()),
        ("trd", Shape::Trd { half_x_mm: [60.0, 100.0], half_y_mm: [90.0, 50.0], half_z_mm: 80.0 }),
    ]
}

/// All shapes and booleans with 2 and 30 leaves; names and numbers of the solids to measure.
fn scene() -> (FlatSolids, Vec<(&'static str, u32)>) {
    let mut detector = Detector::default();
    let mut named = Vec::new();
    let mut add = |shape: Shape| {
        detector.solids.push(Solid { name: String::new(), shape });
        SolidId(detector.solids.len() as u32 - 1)
    };
    for (name, shape) in shapes().into_iter().chain(curved_shapes()) {
        named.push((name, add(shape).0));
    }
    let (cube, orb) = (SolidId(0), SolidId(2));
    let small = add(Shape::Orb { r_mm: 25.0 });
    let tiny = add(Shape::Orb { r_mm: 10.0 });
    let mut combine = |operator, first, second, at: [f64; 3]| {
        let second_to_frame = Transform::gdml([0.3, 0.2, 0.1], at);
        add(Shape::Boolean { operator, first, first_to_frame: Transform::IDENTITY, second, second_to_frame })
    };
    named.push(("boolean_2", combine(BooleanOperator::Subtraction, cube, orb, [90.0, 0.0, 0.0]).0));
    let mut chain = cube;
    for i in 0..29 {
        let operator = if i % 2 == 0 { BooleanOperator::Union } else { BooleanOperator::Subtraction };
        let at = [0.37, 0.61, 0.83].map(|step| ((i as f64 * step).fract() - 0.5) * 180.0);
        chain = combine(operator, chain, small, at);
    }
    named.push(("boolean_30", chain.0));
    let nodes = (0..500).map(|i| {
        let at = [0.37, 0.61, 0.83].map(|step| ((f64::from(i) * step).fract() - 0.5) * 180.0);
        (tiny, Transform::translation(at))
    });
    named.push(("multi_union_500", add(Shape::MultiUnion { nodes: nodes.collect() }).0));
    let to_frame = Transform::IDENTITY.scaled([1.0, 0.7, -0.5]);
    named.push(("scaled_orb", add(Shape::Transformed { solid: orb, to_frame }).0));
    (FlatSolids::new(&detector).unwrap_or_default(), named)
}

fn random_vector(random: &mut PhotonRng, half: f32) -> Vec3 {
    let mut draw = || (random.uniform() * 2.0 - 1.0) * half;
    vec3(draw(), draw(), draw())
}

fn rays_outside() -> Vec<(Vec3, Vec3)> {
    let mut random = PhotonRng::new(1, 0, 0);
    let mut ray = || {
        let start = random_vector(&mut random, 1.0).normalized() * 300.0;
        (start, (random_vector(&mut random, 130.0) - start).normalized())
    };
    (0..N_RAYS).map(|_| ray()).collect()
}

fn rays_inside(solids: &Solids, solid: u32) -> Vec<(Vec3, Vec3)> {
    let mut rays = Vec::new();
    for photon_idx in 0..100 * N_RAYS as u64 {
        let mut random = PhotonRng::new(2, 0, photon_idx);
        let point = random_vector(&mut random, 100.0);
        if contains(solids, solid, point) && rays.len() < N_RAYS {
            rays.push((point, random_vector(&mut random, 1.0).normalized()));
        }
    }
    rays
}

fn bench_solids(criterion: &mut Criterion) {
    let (flat, named) = scene();
    let view = flat.view();
    let outside = rays_outside();
    for (name, solid) in named {
        let inside = rays_inside(&view, solid);
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(outside.len() as u64));
        group.bench_function("enter", |bencher| {
            bencher.iter(|| {
                for &(origin, direction) in black_box(&outside) {
                    black_box(distance_to_in(
                        &view,
                        solid,
                        &Ray::new(origin, direction),
                        TOLERANCE_MM,
                        f32::INFINITY,
                    ));
                }
            });
        });
        group.throughput(Throughput::Elements(inside.len() as u64));
        group.bench_function("leave", |bencher| {
            bencher.iter(|| {
                for &(origin, direction) in black_box(&inside) {
                    black_box(distance_to_out(&view, solid, &Ray::new(origin, direction), TOLERANCE_MM));
                }
            });
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_millis(700));
    targets = bench_solids
}
criterion_main!(benches);
