//! Which keys of a torch string decide anything, given its type and modes.

use super::torch::{TorchKind, TorchMode};
use super::torch_spec::TorchSpec;

/// Why the value of `key` would change nothing about the light of `spec`; `None` where it acts, or is the default.
pub(super) fn without_effect(spec: &TorchSpec, key: &str) -> Option<String> {
    use TorchKind::{
        DiscAxial, DiscIntersectSphere, DiscIntersectSphereDumb, InvCylinder, InvSphere, Point, ReflTest,
        Sphere,
    };
    let default = TorchSpec::default();
    let kind = spec.kind;
    let fixed = spec.mode.contains(TorchMode::FIXPOL);
    let any = |mode: TorchMode| spec.mode.0 & mode.0 != 0;
    let of_type = |reason: bool| reason.then(|| format!("type={}", kind.name()));
    match key {
        "radius" => of_type(spec.radius_mm != 0.0 && matches!(kind, Sphere | Point)),
        "distance" => of_type(spec.distance_mm != 0.0 && !matches!(kind, DiscAxial | InvCylinder)),
        "direction" | "target" => of_type(
            spec.direction != default.direction
                && matches!(kind, DiscAxial | InvSphere | ReflTest | InvCylinder),
        ),
        "polarization" if spec.polarization != default.polarization && !fixed && kind != InvCylinder => {
            Some("a mode other than fixpol".to_owned())
        }
        "wavelength" if spec.wavelength_nm != default.wavelength_nm => {
            any(TorchMode::WAVELENGTH_SOURCE.with(TorchMode::WAVELENGTH_COMB))
                .then(|| "a mode that chooses wavelengths".to_owned())
        }
        "frame" if spec.frame != 0 && spec.transform.is_some() => Some("a transform".to_owned()),
        "mode" if any(TorchMode::FLAT_THETA.with(TorchMode::FLAT_COS_THETA)) && kind != ReflTest => {
            of_type(true)
        }
        "mode" if any(TorchMode::SPOL.with(TorchMode::PPOL)) && fixed => Some("the mode fixpol".to_owned()),
        "mode" if any(TorchMode::SPOL.with(TorchMode::PPOL)) => {
            of_type(!matches!(kind, DiscIntersectSphere | DiscIntersectSphereDumb | ReflTest | InvCylinder))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::genstep::{TorchError, TorchSpec};

    #[test]
    fn what_would_change_nothing_is_an_error() {
        for (text, key, with) in [
            ("radius=10", "radius", "type=sphere"),
            ("type=point_radius=10", "radius", "type=point"),
            ("type=disc_radius=10_distance=4", "distance", "type=disc"),
            ("type=invsphere_radius=10_target=1,0,0", "target", "type=invsphere"),
            ("type=discaxial_direction=1,0,0", "direction", "type=discaxial"),
            ("polarization=1,0,0", "polarization", "a mode other than fixpol"),
            ("wavelength=500_mode=wavelengthComb", "wavelength", "a mode that chooses wavelengths"),
            ("mode=spol", "mode", "type=sphere"),
            ("type=refltest_mode=spol,fixpol", "mode", "the mode fixpol"),
            ("type=disc_mode=flatTheta", "mode", "type=disc"),
            ("frame=2_transform=1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1", "frame", "a transform"),
        ] {
            let error = text.parse::<TorchSpec>().expect_err(text);
            assert!(matches!(&error, TorchError::WithoutEffect { .. }), "{text}: {error}");
            let message = error.to_string();
            assert!(message.starts_with(&format!("{key}=")) && message.contains(with), "{text}: {message}");
        }
    }

    #[test]
    fn strings_of_the_original_are_understood() {
        for text in [
            "type=sphere_frame=0_source=0,0,0_target=0,0,1_photons=10000_material=GdDopedLS_wavelength=430_weight=1.0\
             _time=0.1_zenithazimuth=0,1,0,1_radius=0",
            "type=disc_photons=100000_wavelength=500_mode=fixpol_polarization=0,1,0_frame=0,0,0_source=0,0,300\
             _target=0,0,0_radius=50_distance=0_zenithazimuth=0,1,0,1_material=Water",
            "type=discIntersectSphere_mode=ppol,wavelengthComb_source=-600,0,0_target=0,0,0_radius=100",
            "type=refltest_mode=spol,flatTheta_radius=100_polarization=0,0,1",
            "type=invcylinder_mode=spol_radius=100_distance=500_polarization=1,0,0",
        ] {
            text.parse::<TorchSpec>().unwrap_or_else(|error| panic!("{text}: {error}"));
        }
    }
}
