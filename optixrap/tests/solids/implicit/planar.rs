//! Solids with few faces.

use super::{Kind, Point, Random, Sample};

pub(super) const KINDS: &[Kind] = &[
    ("box", cuboid),
    ("trd", trd),
    ("trap", trap),
    ("para", para),
    ("tet", tet),
    ("arb8", arb8),
    ("arb8 between two edges", wedge),
    ("tessellated", octahedron),
    ("tessellated of quadrangles", quadrangles),
];

fn cuboid(random: &mut Random) -> Sample {
    let size = random.size();
    let half = [0; 3].map(|_| random.part(size) * random.pick(&[1.0, 1.0, 1e-3]));
    let [x, y, z] = half.map(|h| 2.0 * h);
    Sample::new(format!("<box name='s' x='{x}' y='{y}' z='{z}'/>"), half, move |p| {
        (0..3).all(|i| p[i].abs() <= half[i])
    })
}

fn trd(random: &mut Random) -> Sample {
    let size = random.size();
    let mut pair = || {
        let low = if random.chance(0.2) { 0.0 } else { random.part(size) };
        let high = if low > 0.0 && random.chance(0.2) { 0.0 } else { random.part(size) };
        [low, high]
    };
    let (x, y) = (pair(), pair());
    let z = random.part(size);
    let [x1, x2, y1, y2] = [x[0], x[1], y[0], y[1]].map(|h| 2.0 * h);
    let gdml = format!("<trd name='s' x1='{x1}' x2='{x2}' y1='{y1}' y2='{y2}' z='{}'/>", 2.0 * z);
    Sample::new(gdml, [x[0].max(x[1]), y[0].max(y[1]), z], move |p| {
        let u = (p[2] + z) / (2.0 * z);
        let at = |h: [f64; 2]| h[0] + u * (h[1] - h[0]);
        (0.0..=1.0).contains(&u) && p[0].abs() <= at(x) && p[1].abs() <= at(y)
    })
}

fn lean(random: &mut Random) -> f64 {
    if random.chance(0.3) { 0.0 } else { random.between(-80.0, 80.0) }
}

fn trap(random: &mut Random) -> Sample {
    let size = random.size();
    let half = |random: &mut Random| random.part(size);
    let (z, y1, y2) = (half(random), half(random), half(random));
    let slope = random.between(-0.5, 0.5);
    let mut pair = |y: f64| {
        let low = half(random) + 0.55 * y;
        (low, low + slope * y)
    };
    let ((x1, x2), (x3, x4)) = (pair(y1), pair(y2));
    let (theta, phi, alpha) = (lean(random).abs(), random.between(-180.0, 180.0), lean(random));
    let [dx1, dx2, dx3, dx4, dy1, dy2] = [x1, x2, x3, x4, y1, y2].map(|h| 2.0 * h);
    let gdml = format!(
        "<trap name='s' aunit='deg' z='{}' theta='{theta}' phi='{phi}' y1='{dy1}' x1='{dx1}' x2='{dx2}' alpha1='{alpha}' \
         y2='{dy2}' x3='{dx3}' x4='{dx4}' alpha2='{alpha}'/>",
        2.0 * z
    );
    let (tilt, phi, shear) = (theta.to_radians().tan(), phi.to_radians(), alpha.to_radians().tan());
    let (x, y) = (x1.max(x2).max(x3).max(x4), y1.max(y2));
    let held = [x + z * tilt + y * shear.abs(), y + z * tilt, z];
    let inside = move |p: Point| {
        let u = (p[2] + z) / (2.0 * z);
        let half_y = y1 + u * (y2 - y1);
        let v = p[1] - p[2] * tilt * phi.sin();
        let w = (v + half_y) / (2.0 * half_y);
        let (low, high) = (x1 + u * (x3 - x1), x2 + u * (x4 - x2));
        let off = p[0] - p[2] * tilt * phi.cos() - v * shear;
        (0.0..=1.0).contains(&u) && v.abs() <= half_y && off.abs() <= low + w * (high - low)
    };
    Sample::new(gdml, held, inside).likely(move |r| {
        let (z, v) = (r.between(-z, z), r.between(-y, y));
        [r.between(-x, x) + z * tilt * phi.cos() + v * shear, v + z * tilt * phi.sin(), z]
    })
}

fn para(random: &mut Random) -> Sample {
    let size = random.size();
    let [x, y, z] = [0; 3].map(|_| random.part(size));
    let (alpha, theta, phi) = (lean(random), lean(random), random.between(-180.0, 180.0));
    let gdml = format!(
        "<para name='s' aunit='deg' x='{}' y='{}' z='{}' alpha='{alpha}' theta='{theta}' phi='{phi}'/>",
        2.0 * x,
        2.0 * y,
        2.0 * z
    );
    let (shear, tilt, phi) = (alpha.to_radians().tan(), theta.to_radians().tan(), phi.to_radians());
    let held = [x + y * shear.abs() + z * tilt.abs(), y + z * tilt.abs(), z];
    Sample::new(gdml, held, move |p| {
        let v = p[1] - p[2] * tilt * phi.sin();
        p[2].abs() <= z && v.abs() <= y && (p[0] - p[2] * tilt * phi.cos() - v * shear).abs() <= x
    })
    .likely(move |r| {
        let (z, v) = (r.between(-z, z), r.between(-y, y));
        [r.between(-x, x) + z * tilt * phi.cos() + v * shear, v + z * tilt * phi.sin(), z]
    })
}

fn minus(p: Point, q: Point) -> Point {
    [0, 1, 2].map(|i| p[i] - q[i])
}

fn determinant(a: Point, b: Point, c: Point) -> f64 {
    a[0] * (b[1] * c[2] - b[2] * c[1])
        + a[1] * (b[2] * c[0] - b[0] * c[2])
        + a[2] * (b[0] * c[1] - b[1] * c[0])
}

fn position(name: &str, [x, y, z]: Point) -> String {
    format!("<position name='{name}' x='{x}' y='{y}' z='{z}'/>")
}

fn tet(random: &mut Random) -> Sample {
    let size = random.size();
    let mut corners = [[0.0; 3]; 4];
    let volume = |c: &[Point; 4]| determinant(minus(c[1], c[0]), minus(c[2], c[0]), minus(c[3], c[0]));
    while volume(&corners).abs() < 1e-3 * size.powi(3) {
        corners = [0; 4].map(|_| [0; 3].map(|_| random.between(-size, size)));
    }
    let define = corners.iter().enumerate().map(|(i, &corner)| position(&format!("v{i}"), corner)).collect();
    let gdml = "<tet name='s' vertex1='v0' vertex2='v1' vertex3='v2' vertex4='v3'/>".to_owned();
    let sample = Sample::new(gdml, [size; 3], move |p| {
        (0..4).all(|i| {
            let mut moved = corners;
            moved[i] = p;
            volume(&moved) / volume(&corners) >= 0.0
        })
    });
    Sample { define, ..sample }.likely(move |r| {
        let weights = [0; 4].map(|_| -r.uniform().max(1e-300).ln());
        let sum: f64 = weights.iter().sum();
        [0, 1, 2].map(|i| (0..4).map(|k| weights[k] * corners[k][i]).sum::<f64>() / sum)
    })
}

/// A quadrangle, and another that is its turned, scaled and shifted image; corners may coincide.
fn arb8(random: &mut Random) -> Sample {
    let size = random.size();
    let z = random.part(size);
    let mut low = [0, 1, 2, 3].map(|i| {
        let phi = (90.0 * f64::from(i) + random.between(-40.0, 40.0)).to_radians();
        [0.5 * size * phi.cos(), 0.5 * size * phi.sin()]
    });
    let twist = random.pick(&[0.0, 0.0, 20.0, -45.0, 80.0]) * random.between(0.5, 1.0);
    let (sin, cos) = f64::to_radians(twist).sin_cos();
    let scale = if random.chance(0.2) { 0.0 } else { random.between(0.2, 1.5) };
    let shift = [0; 2].map(|_| random.between(-0.5, 0.5) * size);
    if random.chance(0.3) {
        low[1] = low[0];
    }
    let mut high =
        low.map(|[x, y]| [scale * (cos * x - sin * y) + shift[0], scale * (sin * x + cos * y) + shift[1]]);
    if twist == 0.0 && random.chance(0.3) {
        high[2] = high[3];
    }
    if random.chance(0.5) {
        (low, high) = ([low[3], low[2], low[1], low[0]], [high[3], high[2], high[1], high[0]]);
    }
    let corners: String = (low.iter().chain(&high).enumerate())
        .map(|(i, [x, y])| format!(" v{}x='{x}' v{}y='{y}'", i + 1, i + 1))
        .collect();
    let gdml = format!("<arb8 name='s' dz='{z}'{corners}/>");
    Sample::new(gdml, [1.3 * size, 1.3 * size, z], move |p| {
        let u = (p[2] + z) / (2.0 * z);
        let at = [0, 1, 2, 3].map(|i| [0, 1].map(|k| low[i][k] + u * (high[i][k] - low[i][k])));
        (0.0..=1.0).contains(&u) && super::in_polygon(&at, [p[0], p[1]])
    })
    .likely(move |r| {
        let u = r.uniform();
        let at = |i: usize, k: usize| low[i][k] + u * (high[i][k] - low[i][k]);
        let weights = [0; 4].map(|_| r.uniform());
        let sum: f64 = weights.iter().sum();
        let mean = |k: usize| (0..4).map(|i| weights[i] * at(i, k)).sum::<f64>() / sum;
        [mean(0), mean(1), (2.0 * u - 1.0) * z]
    })
}

/// A tetrahedron with an edge at either end.
fn wedge(random: &mut Random) -> Sample {
    let size = random.size();
    let [x, y, z] = [0; 3].map(|_| random.part(size));
    let low = [[-x, 0.0], [-x, 0.0], [x, 0.0], [x, 0.0]];
    let high = [[0.0, -y], [0.0, y], [0.0, y], [0.0, -y]];
    let corners: String = (low.iter().chain(&high).enumerate())
        .map(|(i, [x, y])| format!(" v{}x='{x}' v{}y='{y}'", i + 1, i + 1))
        .collect();
    Sample::new(format!("<arb8 name='s' dz='{z}'{corners}/>"), [x, y, z], move |p| {
        let u = (p[2] + z) / (2.0 * z);
        (0.0..=1.0).contains(&u) && p[0].abs() <= x * (1.0 - u) && p[1].abs() <= y * u
    })
    .likely(move |r| {
        let u = r.uniform();
        [x * (1.0 - u) * r.between(-1.0, 1.0), y * u * r.between(-1.0, 1.0), (2.0 * u - 1.0) * z]
    })
}

/// An octahedron of six different half axes.
fn octahedron(random: &mut Random) -> Sample {
    let size = random.size();
    let axes = [0; 3].map(|_| [0; 2].map(|_| random.part(size)));
    let name = |axis: usize, positive: bool| format!("{}{axis}", if positive { "p" } else { "n" });
    let relative = random.chance(0.5);
    let (mut define, mut facets) = (String::new(), String::new());
    let tip = |axis: usize, positive: bool| {
        let mut p = [0.0; 3];
        p[axis] = if positive { axes[axis][1] } else { -axes[axis][0] };
        p
    };
    for axis in 0..3 {
        for positive in [false, true] {
            define += &position(&name(axis, positive), tip(axis, positive));
        }
    }
    for octant in 0..8 {
        let signs = [0, 1, 2].map(|i| octant >> i & 1 == 1);
        let even = signs.iter().filter(|s| !**s).count() % 2 == 0;
        let order = if even { [0, 1, 2] } else { [0, 2, 1] };
        let names = order.map(|axis| name(axis, signs[axis]));
        if relative {
            let first = tip(0, signs[0]);
            let [b, c] = [order[1], order[2]].map(|axis| minus(tip(axis, signs[axis]), first));
            define += &position(&format!("b{octant}"), b);
            define += &position(&format!("c{octant}"), c);
            facets += &format!(
                "<triangular vertex1='{}' vertex2='b{octant}' vertex3='c{octant}' type='RELATIVE'/>",
                names[0]
            );
        } else {
            facets += &format!(
                "<triangular vertex1='{}' vertex2='{}' vertex3='{}' type='ABSOLUTE'/>",
                names[0], names[1], names[2]
            );
        }
    }
    let gdml = format!("<tessellated name='s'>{facets}</tessellated>");
    let sample = Sample::new(gdml, [size; 3], move |p| {
        (0..3).map(|i| if p[i] > 0.0 { p[i] / axes[i][1] } else { -p[i] / axes[i][0] }).sum::<f64>() <= 1.0
    });
    Sample { define, ..sample }.likely(move |r| [0, 1, 2].map(|i| r.between(-axes[i][0], axes[i][1]) * 0.6))
}

/// A sheared box.
fn quadrangles(random: &mut Random) -> Sample {
    let size = random.size();
    let [x, y, z] = [0; 3].map(|_| random.part(size));
    let shear = random.between(-1.0, 1.0);
    let corner = |i: usize| {
        let [a, b, c] = [0, 1, 2].map(|k| if i >> k & 1 == 1 { 1.0 } else { -1.0 });
        [a * x + c * z * shear, b * y, c * z]
    };
    let define = (0..8).map(|i| position(&format!("v{i}"), corner(i))).collect();
    let facets: String = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]]
        .iter()
        .map(|[a, b, c, d]| {
            format!("<quadrangular vertex1='v{a}' vertex2='v{b}' vertex3='v{c}' vertex4='v{d}'/>")
        })
        .collect();
    let gdml = format!("<tessellated name='s'>{facets}</tessellated>");
    let sample = Sample::new(gdml, [x + z, y, z], move |p| {
        (p[0] - p[2] * shear).abs() <= x && p[1].abs() <= y && p[2].abs() <= z
    });
    Sample { define, ..sample }
}
