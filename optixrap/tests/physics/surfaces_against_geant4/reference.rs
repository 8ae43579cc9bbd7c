//! Every configuration of the reference (Geant4 11.2.2), read from its GDML. Each has 15 beams: 5 angles, 3 polarizations.
//!
//! No single number more than 5 sigma away, and chi2/ndf of a configuration below 1.2, or, where there are too few numbers
//! for that, below what chance exceeds once in 2000 comparisons (1 + 3.3 sqrt(2 / ndf)); the configurations together are
//! asked more sharply.
//!
//! With 1.5 million photons of a configuration (`every_configuration_at_length`, seeds 1 to 3) the sums are 6780.3, 6837.7 and
//! 6889.1 for 6830, 6819 and 6831 degrees of freedom (-0.4, 0.2 and 0.5 sigma), and the p-values of the 53 configurations that
//! have any are uniform with p = 0.57, 0.07 and 0.76. None stays below 0.01: the lowest, which share the same sample of Geant4, are
//! `border_reversed_and_skin_on_A` (0.004, 0.026, 0.025) and `dd_polished_R0.7_T0.2` (0.091, 0.017, 0.011).

use super::super::support::reference;
use super::super::tails::uniformity;
use super::chi2::Chi2;
use super::compare;
use cfg4::detector::{Detector, SurfaceType};
use cfg4::gdml::{self, NoFiles};
use serde_json::Value;

/// Photons of a beam: 200 010 of a configuration.
const N: u32 = 13_334;

/// Here Geant4 leaves zero vectors as polarizations: see `surface_metal`.
const ZERO_VECTORS: &str = "dm_ground_unified_complex_lobe";

const CASES: [&str; 55] = [
    "border_and_skin",
    "border_reversed_and_skin_on_A",
    "border_reversed_only",
    "coated_n1.0_t60nm_frustrated",
    "coated_n1.3_t100nm",
    "daughter_entered_skin_on_mother",
    "daughter_entered_skins_on_both",
    "daughter_left_skins_on_both",
    "dd_ground_glisur_0.6",
    "dd_ground_glisur_0.9",
    "dd_ground_glisur_1.0",
    "dd_ground_unified_0.1_lobe",
    "dd_ground_unified_0.1_lobe_air_to_glass",
    "dd_ground_unified_0.2_mixed",
    "dd_ground_unified_0.5_lobe_R0.9",
    "dd_ground_unified_0_lambertian",
    "dd_groundbackpainted_gap1.0_B_without_rindex",
    "dd_groundbackpainted_gap1.2_R0.9",
    "dd_groundbackpainted_glisur_0.8_gap1.0",
    "dd_groundbackpainted_no_gap_index",
    "dd_groundfrontpainted_R0.8",
    "dd_groundfrontpainted_unified_R0.6_T0.2_E0.5",
    "dd_polished_E1_only",
    "dd_polished_R0.5_E0.4",
    "dd_polished_R0.7_T0.2",
    "dd_polished_R_energy_dependent",
    "dd_polished_T0.4_only",
    "dd_polished_no_properties",
    "dd_polished_roughness_50nm",
    "dd_polishedbackpainted_gap1.0_R0.9",
    "dd_polishedbackpainted_glisur_gap1.4_R0.7",
    "dd_polishedfrontpainted_R0.9",
    "dd_polishedfrontpainted_unified_R0.6_E0.3",
    "dm_ground_glisur_0.5_R0.9",
    "dm_ground_unified_0.15_mixed_R0.9",
    "dm_ground_unified_0.3_lobe_R1",
    "dm_ground_unified_complex_lobe",
    "dm_polished_R0.5_T0.3_E0.5",
    "dm_polished_R0.8",
    "dm_polished_R0_E0.35",
    "dm_polished_complex_0.6_5.0",
    "dm_polished_complex_glisur_1.5_1.8_E0.6",
    "dm_polished_no_properties",
    "equal_index_two_materials",
    "fresnel_1p48_to_1p5",
    "fresnel_air_to_glass",
    "fresnel_glass_to_air",
    "fresnel_water_to_glass",
    "no_rindex_in_B",
    "same_material",
    "same_material_with_dd_border_R0.4",
    "same_material_with_metal_border",
    "skin_on_A",
    "skin_on_B",
    "skins_on_A_and_B_siblings",
];

/// GDML cannot say `coated` in Geant4 11.2.2; the reference set it by program.
fn detector(name: &str, config: &Value) -> Option<Detector> {
    let file = format!("{}/../../shared/reference/surfaces/gdml/{name}.gdml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).ok()?;
    let mut detector = gdml::read_str(&text, name, &NoFiles).unwrap();
    if config["surfaces"][0]["type"] == "coated" {
        detector.surfaces[0].kind = SurfaceType::Coated;
    }
    Some(detector)
}

/// Every configuration with `n` photons of each beam; prints the table.
fn all(n: u32, seed: u64) -> Option<Vec<Chi2>> {
    let mut all = Vec::new();
    for (case, name) in CASES.into_iter().enumerate() {
        let mut file = reference(&format!("surfaces/{name}.json"))?;
        if name == ZERO_VECTORS {
            for beam in file["beams"].as_array_mut().unwrap() {
                beam["reflected_mean_pol_y_squared"] = Value::Null;
            }
        }
        let detector = detector(name, &file["config"])?;
        let chi2 = compare(name, &detector, &file["beams"], (n, seed, 15 * case as u32));
        let Chi2 { chi2: sum, ndf, worst, where_worst } = &chi2;
        let p = chi2.p_value();
        println!("{name:50} {sum:8.1} /{ndf:5}, p {p:.4}, worst {worst:.2} sigma ({where_worst})");
        all.push(chi2);
    }
    Some(all)
}

/// How far the sum of all is from its mean, in its standard deviations, and how often chance spreads the p-values of the
/// configurations so unevenly.
fn together(all: &[Chi2]) -> (f64, f64) {
    let sum = |of: fn(&Chi2) -> f64| all.iter().map(of).sum::<f64>();
    let (chi2, ndf) = (sum(|c| c.chi2), sum(|c| c.ndf));
    let p_values = all.iter().filter(|c| c.ndf > 0.0).map(Chi2::p_value).collect();
    let (sigmas, uniform) = ((chi2 - ndf) / (2.0 * ndf).sqrt(), uniformity(p_values));
    println!("all together {chi2:.1} / {ndf}: {sigmas:.2} sigma; p-values uniform: {uniform:.3}");
    (sigmas, uniform)
}

#[test]
fn every_configuration() {
    let Some(all) = all(N, 71) else { return };
    let limit = |ndf: f64| ndf * f64::max(1.2, 1.0 + 3.3 * (2.0 / ndf).sqrt());
    let too_far = |c: &&Chi2| c.worst > 5.0 || c.chi2 > limit(c.ndf.max(1.0));
    let bad: Vec<&str> = all.iter().filter(too_far).map(|c| c.where_worst.as_str()).collect();
    assert!(bad.is_empty(), "{bad:?}");
    let (sigmas, uniform) = together(&all);
    assert!(sigmas.abs() < 4.0, "all together: {sigmas} sigma");
    assert!(uniform > 1e-4, "p-values are uniform with {uniform}");
}

#[test]
#[ignore = "a minute per seed: cargo test -p optixrap at_length -- --ignored --nocapture"]
fn every_configuration_at_length() {
    for seed in 1..=3 {
        let Some(all) = all(100_000, seed) else { return };
        let (sigmas, _) = together(&all);
        assert!(sigmas.abs() < 4.0, "all together: {sigmas} sigma");
    }
}
