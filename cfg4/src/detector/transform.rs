//! A rotation (possibly with reflection or scale) and a translation.

/// Takes a point of a daughter's frame to its mother's: `rotation * p + translation`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transform {
    /// Rows of the matrix. For a GDML rotation (x, y, z) this is the *transpose* of Rz*Ry*Rx:
    /// Geant4's rotations turn the frame, not the solid.
    pub rotation: [[f64; 3]; 3],
    /// Position of the daughter's origin in the mother's frame, mm.
    pub translation_mm: [f64; 3],
}

impl Default for Transform {
    fn default() -> Self {
        Self::IDENTITY
    }
}

impl Transform {
    /// No rotation, no translation.
    pub const IDENTITY: Self =
        Self { rotation: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], translation_mm: [0.0; 3] };

    /// A pure translation.
    pub fn translation(translation_mm: [f64; 3]) -> Self {
        Self { translation_mm, ..Self::IDENTITY }
    }

    /// The GDML placement with rotation angles `angles_rad` about x, y, z, and a position.
    /// Sines and cosines within 1e-15 of 0 or 1 are made exact, so that right angles stay right.
    pub fn gdml(angles_rad: [f64; 3], translation_mm: [f64; 3]) -> Self {
        let snap = |x: f64| if (x - x.round()).abs() < 1e-15 { x.round() } else { x };
        let [(sx, cx), (sy, cy), (sz, cz)] = angles_rad.map(|a| (snap(a.sin()), snap(a.cos())));
        let rz_ry_rx = [
            [cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
            [sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
            [-sy, cy * sx, cy * cx],
        ];
        Self { rotation: transposed(rz_ry_rx), translation_mm }
    }

    /// An operand of a GDML boolean with rotation angles `angles_rad` about x, y, z, and a position. Unlike those of
    /// placements these rotations turn the operand itself: `Rz*Ry*Rx`, as Geant4's reader takes them.
    pub fn gdml_operand(angles_rad: [f64; 3], translation_mm: [f64; 3]) -> Self {
        let placement = Self::gdml(angles_rad, translation_mm);
        Self { rotation: transposed(placement.rotation), ..placement }
    }

    /// What is `factors` times as large along the daughter's axes, before it is placed; negative factors mirror it.
    pub fn scaled(&self, factors: [f64; 3]) -> Self {
        Self { rotation: self.rotation.map(|row| [0, 1, 2].map(|j| row[j] * factors[j])), ..*self }
    }

    /// The point `p` of the daughter's frame in the mother's frame.
    pub fn apply(&self, p: [f64; 3]) -> [f64; 3] {
        let v = self.apply_vector(p);
        [0, 1, 2].map(|i| v[i] + self.translation_mm[i])
    }

    /// The vector `v` of the daughter's frame in the mother's frame.
    pub fn apply_vector(&self, v: [f64; 3]) -> [f64; 3] {
        [0, 1, 2].map(|i| (0..3).map(|j| self.rotation[i][j] * v[j]).sum())
    }

    /// `self` after `inner`: first `inner`, then `self`.
    pub fn after(&self, inner: &Transform) -> Transform {
        let rotation = [0, 1, 2]
            .map(|i| [0, 1, 2].map(|j| (0..3).map(|k| self.rotation[i][k] * inner.rotation[k][j]).sum()));
        Transform { rotation, translation_mm: self.apply(inner.translation_mm) }
    }

    /// The way back, of a transform whose matrix is orthogonal.
    pub fn orthogonal_inverse(&self) -> Transform {
        let turned_back = Transform { rotation: transposed(self.rotation), translation_mm: [0.0; 3] };
        let translation_mm = turned_back.apply_vector(self.translation_mm).map(|x| -x);
        Transform { translation_mm, ..turned_back }
    }

    /// Whether the matrix is a rotation or a rotation of the mirror image, without scale, within 1e-9.
    pub fn is_orthogonal(&self) -> bool {
        let r = &self.rotation;
        let dot = |i: usize, j: usize| (0..3).map(|k| r[i][k] * r[j][k]).sum::<f64>();
        (0..3).all(|i| (0..3).all(|j| (dot(i, j) - if i == j { 1.0 } else { 0.0 }).abs() < 1e-9))
    }

    /// Whether the matrix is a rotation, without scale or reflection, within 1e-9.
    pub fn is_rigid(&self) -> bool {
        let r = &self.rotation;
        let minor = |a: usize, b: usize| r[1][a] * r[2][b] - r[1][b] * r[2][a];
        let determinant = r[0][0] * minor(1, 2) - r[0][1] * minor(0, 2) + r[0][2] * minor(0, 1);
        self.is_orthogonal() && determinant > 0.0
    }
}

fn transposed(m: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    [0, 1, 2].map(|i| [0, 1, 2].map(|j| m[j][i]))
}
