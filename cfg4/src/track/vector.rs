//! Vectors of three components.

/// Three components.
pub type Vector = [f64; 3];

/// `a + s b`.
pub(super) fn add_scaled(a: Vector, s: f64, b: Vector) -> Vector {
    [a[0] + s * b[0], a[1] + s * b[1], a[2] + s * b[2]]
}

/// The length of `a`.
pub(super) fn norm(a: Vector) -> f64 {
    (a[0] * a[0] + a[1] * a[1] + a[2] * a[2]).sqrt()
}

/// `a` scaled to unit length; `a` itself must not vanish.
pub(super) fn unit(a: Vector) -> Vector {
    let length = norm(a);
    a.map(|x| x / length)
}

/// Two unit vectors that make a right-handed frame with a direction.
pub(super) struct Frame {
    u: Vector,
    v: Vector,
}

/// The frame around `direction` (unit), without a preferred plane (Duff and others, J. Comp. Graph. Tech. 6 (2017) 1).
pub(super) fn perpendicular_frame(direction: Vector) -> Frame {
    let [x, y, z] = direction;
    let sign = 1f64.copysign(z);
    let a = -1.0 / (sign + z);
    let b = x * y * a;
    Frame { u: [1.0 + sign * x * x * a, sign * b, -sign * x], v: [b, sign + y * y * a, -y] }
}

impl Frame {
    /// The unit vector with component `along` on `direction` and `across` on the frame's two axes.
    pub(super) fn rotate(&self, direction: Vector, along: f64, across: [f64; 2]) -> Vector {
        let turned = direction.map(|x| along * x);
        unit(add_scaled(add_scaled(turned, across[0], self.u), across[1], self.v))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_orthonormal() {
        for d in [[0.0, 0.0, 1.0], [0.0, 0.0, -1.0], [1.0, 0.0, 0.0], unit([1.0, -2.0, 3.0])] {
            let frame = perpendicular_frame(d);
            let dot = |a: Vector, b: Vector| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
            for (a, b) in [(d, frame.u), (d, frame.v), (frame.u, frame.v)] {
                assert!(dot(a, b).abs() < 1e-12);
            }
            assert!((norm(frame.u) - 1.0).abs() < 1e-12 && (norm(frame.v) - 1.0).abs() < 1e-12);
        }
    }
}
