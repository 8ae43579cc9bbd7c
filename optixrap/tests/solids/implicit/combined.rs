//! Solids made of others.

use super::{Kind, Point, Random, Sample};

pub(super) const KINDS: &[Kind] = &[
    ("union", union),
    ("subtraction", subtraction),
    ("intersection", intersection),
    ("nested booleans", nested),
    ("multiUnion", multi_union),
    ("scaledSolid", scaled),
    ("reflectedSolid", reflected),
];

type Inside = std::rc::Rc<dyn Fn(Point) -> bool>;

/// A simple solid of this size under a name.
fn simple(random: &mut Random, name: &str, size: f64) -> (String, Inside) {
    // Half the solids have faces in a common lattice.
    let [x, y, z] = match random.chance(0.5) {
        true => [0; 3].map(|_| random.pick(&[0.25, 0.5]) * size),
        false => [0; 3].map(|_| random.between(0.2, 0.57) * size),
    };
    match random.pick(&[0, 1, 2]) {
        0 => {
            let gdml = format!("<box name='{name}' x='{}' y='{}' z='{}'/>", 2.0 * x, 2.0 * y, 2.0 * z);
            (gdml, std::rc::Rc::new(move |p| p[0].abs() <= x && p[1].abs() <= y && p[2].abs() <= z))
        }
        1 => (
            format!("<orb name='{name}' r='{x}'/>"),
            std::rc::Rc::new(move |p| super::rho(p).hypot(p[2]) <= x),
        ),
        _ => {
            let rmin = if random.chance(0.5) { 0.0 } else { 0.6 * x };
            let gdml = format!(
                "<tube name='{name}' rmin='{rmin}' rmax='{x}' z='{}' aunit='deg' deltaphi='360'/>",
                2.0 * z
            );
            (gdml, std::rc::Rc::new(move |p| (rmin..=x).contains(&super::rho(p)) && p[2].abs() <= z))
        }
    }
}

/// A displacement: rotation around x, then y, then z, and a position. Elements, and from the frame back.
fn displaced(random: &mut Random, prefix: &str, size: f64, inside: Inside) -> (String, Inside) {
    let right = random.chance(0.5);
    let angles = [0; 3]
        .map(|_| if right { random.pick(&[0.0, 90.0, -90.0, 180.0]) } else { random.between(-180.0, 180.0) });
    let lattice = [-0.5, -0.25, 0.0, 0.25, 0.5];
    let at = [0; 3].map(|_| size * if right { random.pick(&lattice) } else { random.between(-0.6, 0.6) });
    let [a, b, c] = angles;
    let [x, y, z] = at;
    let gdml = format!(
        "<{prefix}position x='{x}' y='{y}' z='{z}'/><{prefix}rotation unit='deg' x='{a}' y='{b}' z='{c}'/>"
    );
    let turn = |[u, v]: [f64; 2], degrees: f64| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        [cos * u + sin * v, cos * v - sin * u]
    };
    let back = move |p: Point| {
        let [x, y, z] = [0, 1, 2].map(|i| p[i] - at[i]);
        let [x, y] = turn([x, y], c);
        let [z, x] = turn([z, x], b);
        let [y, z] = turn([y, z], a);
        inside([x, y, z])
    };
    (gdml, std::rc::Rc::new(back))
}

fn boolean(
    random: &mut Random,
    kind: &'static str,
    name: &str,
    [one, other]: [(String, Inside); 2],
    size: f64,
) -> (String, Inside) {
    let (first_at, first) =
        if random.chance(0.3) { displaced(random, "first", size, one.1) } else { (String::new(), one.1) };
    let (second_at, second) = displaced(random, "", size, other.1);
    let names = [format!("{name}a"), format!("{name}b")];
    let gdml = format!(
        "{}{}<{kind} name='{name}'><first ref='{}'/><second ref='{}'/>{second_at}{first_at}</{kind}>",
        one.0, other.0, names[0], names[1]
    );
    let inside: Inside = match kind {
        "union" => std::rc::Rc::new(move |p| first(p) || second(p)),
        "subtraction" => std::rc::Rc::new(move |p| first(p) && !second(p)),
        _ => std::rc::Rc::new(move |p| first(p) && second(p)),
    };
    (gdml, inside)
}

fn of_two(random: &mut Random, kind: &'static str, name: &str, size: f64) -> (String, Inside) {
    let one = simple(random, &format!("{name}a"), size);
    let other = simple(random, &format!("{name}b"), size);
    boolean(random, kind, name, [one, other], size)
}

fn sample(size: f64, (gdml, inside): (String, Inside)) -> Sample {
    Sample::new(gdml, [size; 3], move |p| inside(p))
        .likely(move |r| [0; 3].map(|_| r.between(-0.25, 0.25) * size))
}

fn union(random: &mut Random) -> Sample {
    let size = random.size();
    sample(3.0 * size, of_two(random, "union", "s", size))
}

fn subtraction(random: &mut Random) -> Sample {
    let size = random.size();
    sample(3.0 * size, of_two(random, "subtraction", "s", size))
}

fn intersection(random: &mut Random) -> Sample {
    let size = random.size();
    let mut parts = of_two(random, "intersection", "s", size);
    // Operands that do not meet are refused: they are placed anew until the middle between them is in both.
    loop {
        let found = (0..200).any(|_| {
            let p = [0; 3].map(|_| random.between(-1.0, 1.0) * size);
            (parts.1)(p)
        });
        if found {
            return sample(3.0 * size, parts);
        }
        parts = of_two(random, "intersection", "s", size);
    }
}

fn nested(random: &mut Random) -> Sample {
    let size = random.size();
    let kinds = ["union", "subtraction", "union"];
    let (inner, outer) = (random.pick(&kinds), random.pick(&kinds));
    let one = of_two(random, inner, "sa", size);
    let inner = random.pick(&kinds);
    let other = of_two(random, inner, "sb", size);
    sample(4.0 * size, boolean(random, outer, "s", [one, other], size))
}

fn multi_union(random: &mut Random) -> Sample {
    let size = random.size();
    let (mut solids, mut nodes, mut parts) = (String::new(), String::new(), Vec::new());
    for i in 0..random.pick(&[1, 2, 3, 6]) {
        let (gdml, inside) = simple(random, &format!("part{i}"), size);
        let (at, inside) = displaced(random, "", size, inside);
        solids += &gdml;
        nodes += &format!("<multiUnionNode name='n{i}'><solid ref='part{i}'/>{at}</multiUnionNode>");
        parts.push(inside);
    }
    let gdml = format!("{solids}<multiUnion name='s'>{nodes}</multiUnion>");
    sample(3.0 * size, (gdml, std::rc::Rc::new(move |p| parts.iter().any(|part| part(p)))))
}

fn scaled(random: &mut Random) -> Sample {
    let size = random.size();
    let (gdml, inside) = of_two(random, "union", "u", size);
    let factors = [0; 3].map(|_| random.between(0.2, 1.8) * random.pick(&[1.0, 1.0, -1.0]));
    let [x, y, z] = factors;
    let gdml = format!(
        "{gdml}<scaledSolid name='s'><solidref ref='u'/><scale x='{x}' y='{y}' z='{z}'/></scaledSolid>"
    );
    sample(4.0 * size, (gdml, std::rc::Rc::new(move |p| inside([0, 1, 2].map(|i| p[i] / factors[i])))))
}

/// Points of it, mirrored, then turned, then moved, are points of the solid that it reflects.
fn reflected(random: &mut Random) -> Sample {
    let size = random.size();
    let (gdml, inside) = of_two(random, "union", "u", size);
    let signs = [0; 3].map(|_| random.pick(&[1.0, -1.0]));
    let [a, b, c] = [0; 3].map(|_| random.pick(&[0.0, 90.0, -90.0, 17.0, -130.0]));
    let at = [0; 3].map(|_| size * random.between(-0.6, 0.6));
    let turn = |[u, v]: [f64; 2], degrees: f64| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        [cos * u - sin * v, cos * v + sin * u]
    };
    let forth = move |p: Point| {
        let [x, y, z] = [0, 1, 2].map(|i| p[i] * signs[i]);
        let [y, z] = turn([y, z], a);
        let [z, x] = turn([z, x], b);
        let [x, y] = turn([x, y], c);
        let turned = [x, y, z];
        inside([0, 1, 2].map(|i| turned[i] + at[i]))
    };
    let ([sx, sy, sz], [x, y, z]) = (signs, at);
    let gdml = format!(
        "{gdml}<reflectedSolid name='s' solid='u' sx='{sx}' sy='{sy}' sz='{sz}' aunit='deg' dx='{x}' dy='{y}' dz='{z}' \
         rx='{a}' ry='{b}' rz='{c}'/>"
    );
    sample(4.0 * size, (gdml, std::rc::Rc::new(forth)))
}
