//! No text makes the macro reader or the torch reader panic or hang.
#![no_main]

use cfg4::detector::Transform;
use cfg4::genstep::TorchSpec;
use cfg4::macros::parse_macro;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(plan) = parse_macro(text, "fuzz") {
        for run in &plan.runs {
            let gun = &run.settings.gun;
            assert!(gun.kinetic_energy_mev > 0.0 && gun.kinetic_energy_mev.is_finite());
            assert!((gun.direction.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
    if let Ok(spec) = text.parse::<TorchSpec>() {
        let spec = TorchSpec { num_photons: spec.num_photons.min(1 << 33), ..spec };
        for genstep in spec.place(&Transform::IDENTITY, 0).to_gensteps() {
            assert_eq!(genstep.validate(), Ok(()));
        }
    }
});
