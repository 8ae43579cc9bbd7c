//! The names of material and surface properties.

use crate::suggestion::edit_distance;
use crate::track::YieldKind;

/// How the simulation reads a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A table over photon energy of any values.
    Table,
    /// A table over photon energy of values above 0.
    PositiveTable,
    /// A table over photon energy of probabilities.
    ProbabilityTable,
    /// A table over the kinetic energy of a particle.
    ParticleTable,
    /// Probabilities over photon energy (rows) and angle of incidence (columns).
    AngularMap,
    /// One number; old files write it as a table of two equal values.
    Number,
}

/// What the simulation uses, with Geant4 10 and Geant4 11 spellings.
const USED: &[(&str, Use)] = &[
    ("RINDEX", Use::PositiveTable),
    ("ABSLENGTH", Use::Table),
    ("RAYLEIGH", Use::Table),
    ("GROUPVEL", Use::PositiveTable),
    ("ISOTHERMAL_COMPRESSIBILITY", Use::Number),
    ("RS_SCALE_FACTOR", Use::Number),
    ("MIEHG", Use::Table),
    ("MIEHG_FORWARD", Use::Number),
    ("MIEHG_BACKWARD", Use::Number),
    ("MIEHG_FORWARD_RATIO", Use::Number),
    ("WLSABSLENGTH", Use::Table),
    ("WLSCOMPONENT", Use::Table),
    ("WLSTIMECONSTANT", Use::Number),
    ("WLSMEANNUMBERPHOTONS", Use::Number),
    ("WLSABSLENGTH2", Use::Table),
    ("WLSCOMPONENT2", Use::Table),
    ("WLSTIMECONSTANT2", Use::Number),
    ("WLSMEANNUMBERPHOTONS2", Use::Number),
    ("REEMISSIONPROB", Use::ProbabilityTable),
    ("ReemissionFASTTIMECONSTANT", Use::Number),
    ("ReemissionSLOWTIMECONSTANT", Use::Number),
    ("ReemissionYIELDRATIO", Use::Number),
    ("FASTCOMPONENT", Use::Table),
    ("SLOWCOMPONENT", Use::Table),
    ("SCINTILLATIONCOMPONENT1", Use::Table),
    ("SCINTILLATIONCOMPONENT2", Use::Table),
    ("SCINTILLATIONCOMPONENT3", Use::Table),
    ("SCINTILLATIONYIELD", Use::Number),
    ("RESOLUTIONSCALE", Use::Number),
    ("BIRKSCONSTANT", Use::Number),
    ("FASTTIMECONSTANT", Use::Number),
    ("SLOWTIMECONSTANT", Use::Number),
    ("SCINTILLATIONTIMECONSTANT1", Use::Number),
    ("SCINTILLATIONTIMECONSTANT2", Use::Number),
    ("SCINTILLATIONTIMECONSTANT3", Use::Number),
    ("YIELDRATIO", Use::Number),
    ("SCINTILLATIONYIELD1", Use::Number),
    ("SCINTILLATIONYIELD2", Use::Number),
    ("SCINTILLATIONYIELD3", Use::Number),
    ("FASTSCINTILLATIONRISETIME", Use::Number),
    ("SLOWSCINTILLATIONRISETIME", Use::Number),
    ("SCINTILLATIONRISETIME1", Use::Number),
    ("SCINTILLATIONRISETIME2", Use::Number),
    ("SCINTILLATIONRISETIME3", Use::Number),
    ("REFLECTIVITY", Use::ProbabilityTable),
    ("EFFICIENCY", Use::ProbabilityTable),
    ("TRANSMITTANCE", Use::ProbabilityTable),
    ("SPECULARLOBECONSTANT", Use::ProbabilityTable),
    ("SPECULARSPIKECONSTANT", Use::ProbabilityTable),
    ("BACKSCATTERCONSTANT", Use::ProbabilityTable),
    ("REALRINDEX", Use::Table),
    ("IMAGINARYRINDEX", Use::Table),
    ("SURFACEROUGHNESS", Use::Number),
    ("COATEDRINDEX", Use::PositiveTable),
    ("COATEDTHICKNESS", Use::Number),
    ("COATEDFRUSTRATEDTRANSMISSION", Use::Number),
    ("EFFICIENCY_MAP", Use::AngularMap),
    ("PHOTOCATHODE_LAYER", Use::Number),
];

/// What a layer of a thin film has, after `LAYER1_` to `LAYER16_` or, for two layers, `ARC_` and `PHC_`.
const OF_A_LAYER: &[(&str, Use)] =
    &[("RINDEX", Use::PositiveTable), ("KINDEX", Use::Table), ("THICKNESS", Use::Number)];

/// The most layers of a film.
const MAX_LAYERS: u32 = 16;

/// What Geant4 also uses; this simulation does not.
const GEANT4_ONLY: &[&str] = &["PERMITTIVITY", "PERMEABILITY"];

/// How the simulation reads property `name`, `None` if it does not.
pub(super) fn used(name: &str) -> Option<Use> {
    let find = |names: &[(&str, Use)], name: &str| {
        names.iter().find(|(used, _)| *used == name).map(|(_, reading)| *reading)
    };
    by_particle(name).or_else(|| find(USED, name)).or_else(|| find(OF_A_LAYER, of_a_layer(name)?))
}

/// How a scintillation yield that depends on the particle is read: a table, or its share of a component.
fn by_particle(name: &str) -> Option<Use> {
    let channel = YieldKind::ALL.iter().find_map(|kind| name.strip_prefix(kind.property()))?;
    match channel {
        "" => Some(Use::ParticleTable),
        "1" | "2" | "3" => Some(Use::Number),
        _ => None,
    }
}

/// What follows the name of a layer.
fn of_a_layer(name: &str) -> Option<&str> {
    let (layer, rest) = name.split_once('_')?;
    let number = || layer.strip_prefix("LAYER")?.parse::<u32>().ok();
    (layer == "ARC" || layer == "PHC" || number().is_some_and(|n| (1..=MAX_LAYERS).contains(&n)))
        .then_some(rest)
}

/// Whether Geant4 uses property `name` though this simulation does not.
pub(super) fn only_in_geant4(name: &str) -> bool {
    GEANT4_ONLY.contains(&name)
}

/// The used property that `name`, itself unknown, may be a misspelling of: at most two letters differ.
pub(super) fn looks_like(name: &str) -> Option<&'static str> {
    const FARTHEST: usize = 2;
    let upper = name.to_ascii_uppercase();
    let distance = |used: &&(&'static str, Use)| edit_distance(&upper, used.0, FARTHEST);
    let nearest = USED.iter().min_by_key(distance)?;
    (distance(&nearest) <= FARTHEST).then_some(nearest.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings_are_recognised_and_foreign_names_are_not() {
        assert_eq!(looks_like("RINDX"), Some("RINDEX"));
        assert_eq!(looks_like("AbsLength"), Some("ABSLENGTH"));
        assert_eq!(looks_like("EFFICENCY"), Some("EFFICIENCY"));
        assert_eq!(looks_like("PPOABSLENGTH"), None);
        assert_eq!(looks_like("GammaYIELDRATIO"), None);
        assert_eq!(looks_like("bisMSBCOMPONENT"), None);
    }

    #[test]
    fn names_are_sorted_into_used_and_only_in_geant4() {
        assert_eq!(used("RINDEX"), Some(Use::PositiveTable));
        assert_eq!(used("SCINTILLATIONTIMECONSTANT1"), Some(Use::Number));
        assert_eq!(used("BIRKSCONSTANT"), Some(Use::Number), "read by the track stepper");
        assert_eq!(used("PROTONSCINTILLATIONYIELD"), Some(Use::ParticleTable));
        assert_eq!(used("PROTONSCINTILLATIONYIELD2"), Some(Use::Number));
        assert_eq!(used("PROTONSCINTILLATIONYIELD4"), None);
        assert_eq!(used("LAYER2_KINDEX"), Some(Use::Table));
        assert_eq!(used("PHC_THICKNESS"), Some(Use::Number));
        assert_eq!([used("LAYER17_RINDEX"), used("LAYER1_COLOUR"), used("XYZ_RINDEX")], [None; 3]);
        assert_eq!(used("PERMITTIVITY"), None);
        assert!(only_in_geant4("PERMITTIVITY"));
        assert!(!only_in_geant4("PPOABSLENGTH"));
        assert!(USED.iter().all(|(name, _)| !only_in_geant4(name)));
    }
}
