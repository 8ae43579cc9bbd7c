//! Polygons in a plane, cut into triangles ear by ear.

/// A point of the plane.
pub(super) type Point = [f64; 2];

/// Twice the area of the triangle, positive where it runs counterclockwise.
fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// The triangles of a counterclockwise polygon, as places of its points; `None` where it crosses itself.
///
/// Every point and every edge of the outline is kept, so that faces of one solid stay joined along their edges; triangles
/// without area may result where points are in a line.
pub(super) fn cut(outline: &[Point]) -> Option<Vec<[usize; 3]>> {
    let mut left: Vec<usize> = (0..outline.len()).collect();
    let mut triangles = Vec::with_capacity(outline.len());
    while left.len() > 3 {
        let n = left.len();
        let ear = (0..n).find(|&at| is_ear(outline, &left, at, false));
        // What is left may have no area any more.
        let ear = ear.or_else(|| (0..n).find(|&at| is_ear(outline, &left, at, true)))?;
        triangles.push([left[(ear + n - 1) % n], left[ear], left[(ear + 1) % n]]);
        left.remove(ear);
    }
    let last: [usize; 3] = left.try_into().ok()?;
    triangles.push(last);
    Some(triangles)
}

/// Whether the triangle at the point `left[at]` is convex and holds no other point.
fn is_ear(outline: &[Point], left: &[usize], at: usize, flat: bool) -> bool {
    let n = left.len();
    let [a, b, c] = [(at + n - 1) % n, at, (at + 1) % n].map(|at| outline[left[at]]);
    let area = turn(a, b, c);
    if flat {
        return area == 0.0;
    }
    let holds = |p: Point| {
        p != a && p != b && p != c && turn(a, b, p) >= 0.0 && turn(b, c, p) >= 0.0 && turn(c, a, p) >= 0.0
    };
    area > 0.0 && !left.iter().any(|&other| holds(outline[other]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(outline: &[Point]) -> f64 {
        cut(outline).unwrap().iter().map(|t| turn(outline[t[0]], outline[t[1]], outline[t[2]]) / 2.0).sum()
    }

    #[test]
    fn triangles_cover_the_polygon() {
        let comb = [
            [0.0, 0.0],
            [5.0, 0.0],
            [5.0, 3.0],
            [4.0, 3.0],
            [4.0, 1.0],
            [3.0, 1.0],
            [3.0, 3.0],
            [2.0, 3.0],
            [2.0, 1.0],
            [1.0, 1.0],
            [1.0, 3.0],
            [0.0, 3.0],
        ];
        assert_eq!(cut(&comb).unwrap().len(), 10);
        assert!((area(&comb) - (5.0 + 3.0 * 2.0)).abs() < 1e-12);
        // Points in a line stay corners.
        let square = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 2.0], [1.0, 2.0], [0.0, 2.0]];
        assert_eq!(cut(&square).unwrap().len(), 4);
        assert!((area(&square) - 4.0).abs() < 1e-12);
        let star: Vec<Point> = (0..40)
            .map(|i| {
                let (r, angle) =
                    (if i % 2 == 0 { 2.0 } else { 0.5 }, f64::from(i) * std::f64::consts::TAU / 40.0);
                [r * angle.cos(), r * angle.sin()]
            })
            .collect();
        assert!((area(&star) - 20.0 * (std::f64::consts::TAU / 40.0).sin()).abs() < 1e-12);
    }
}
