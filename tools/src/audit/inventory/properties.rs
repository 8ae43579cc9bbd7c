//! Properties of materials and surfaces: Geant4's names, and what each is for.

use optixrap::scene::{SceneData, SurfaceModel};

use super::probe::{Probe, property};
use super::{Entry, Group};

/// What a property belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A material.
    Material,
    /// A surface.
    Surface,
}

/// A property that Geant4 or the original knows.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Its name; `*` stands for what differs between components and particles.
    pub name: &'static str,
    /// Of what.
    pub owner: Owner,
    /// Which process uses it.
    pub process: &'static str,
    /// What it changes to ignore it.
    pub ignored: &'static str,
}

const fn material(name: &'static str, process: &'static str, ignored: &'static str) -> Known {
    Known { name, owner: Owner::Material, process, ignored }
}

const fn surface(name: &'static str, process: &'static str, ignored: &'static str) -> Known {
    Known { name, owner: Owner::Surface, process, ignored }
}

const SCINTILLATION: &str = "scintillation";
const BY_PARTICLE: &str = "scintillation by particle";
const SAME_LIGHT: &str = "all particles make the same light per MeV";
const SAME_TIMES: &str = "all particles have the same time profile";
const COATING: &str = "thin coatings";
const NO_COATING: &str = "the coating is not there";
const FILM: &str = "stacks of thin films";
const NO_FILM: &str = "the film is not there";
const WLS: &str = "wavelength shifting";
const NO_WLS: &str = "light is not absorbed and emitted again at longer wavelengths";
const MIE: &str = "Mie scattering";
const NO_MIE: &str = "light is not scattered forwards";
const MODELS: &str = "surfaces";
const LOBES: &str = "reflections of a rough surface";
const NO_LOBES: &str = "a rough surface's reflections have other angles";

/// All of them. Of names that differ between Geant4 10 and 11 both are here.
const KNOWN: &[Known] = &[
    material("RINDEX", "Cerenkov, refraction and reflection, velocity", "no light"),
    material("GROUPVEL", "velocity", "velocities follow RINDEX"),
    material("ABSLENGTH", "absorption", "no absorption in bulk"),
    material("RAYLEIGH", "Rayleigh scattering", "no scattering in bulk"),
    material("REEMISSIONPROB", "reemission", "absorbed light is not emitted again"),
    material("ReemissionFASTTIMECONSTANT", "reemission", "light is emitted again at once"),
    material("ReemissionSLOWTIMECONSTANT", "reemission", "light is emitted again at once"),
    material("ReemissionYIELDRATIO", "reemission", "all light is emitted again fast"),
    material("SCINTILLATIONYIELD", SCINTILLATION, "no scintillation"),
    material("RESOLUTIONSCALE", SCINTILLATION, "numbers of photons fluctuate otherwise"),
    material("BIRKSCONSTANT", SCINTILLATION, "no quenching"),
    material("FASTCOMPONENT", "scintillation, reemission", "no spectrum"),
    material("SLOWCOMPONENT", "scintillation, reemission", "no slow light"),
    material("FASTTIMECONSTANT", SCINTILLATION, "light at once"),
    material("SLOWTIMECONSTANT", SCINTILLATION, "light at once"),
    material("FASTSCINTILLATIONRISETIME", SCINTILLATION, "no rise time"),
    material("SLOWSCINTILLATIONRISETIME", SCINTILLATION, "no rise time"),
    material("YIELDRATIO", SCINTILLATION, "all light is fast"),
    material("SCINTILLATIONCOMPONENT1", "scintillation, reemission", "no spectrum"),
    material("SCINTILLATIONCOMPONENT2", "scintillation, reemission", "no light of component 2"),
    material("SCINTILLATIONCOMPONENT3", SCINTILLATION, "no light of component 3"),
    material("SCINTILLATIONTIMECONSTANT1", SCINTILLATION, "light at once"),
    material("SCINTILLATIONTIMECONSTANT2", SCINTILLATION, "light at once"),
    material("SCINTILLATIONTIMECONSTANT3", SCINTILLATION, "light at once"),
    material("SCINTILLATIONRISETIME1", SCINTILLATION, "no rise time"),
    material("SCINTILLATIONRISETIME2", SCINTILLATION, "no rise time"),
    material("SCINTILLATIONRISETIME3", SCINTILLATION, "no rise time"),
    material("SCINTILLATIONYIELD1", SCINTILLATION, "components share the light otherwise"),
    material("SCINTILLATIONYIELD2", SCINTILLATION, "components share the light otherwise"),
    material("SCINTILLATIONYIELD3", SCINTILLATION, "components share the light otherwise"),
    material("ELECTRONSCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("PROTONSCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("DEUTERONSCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("TRITONSCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("ALPHASCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("IONSCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("ELECTRONSCINTILLATIONYIELD1", BY_PARTICLE, SAME_TIMES),
    material("ELECTRONSCINTILLATIONYIELD2", BY_PARTICLE, SAME_TIMES),
    material("ELECTRONSCINTILLATIONYIELD3", BY_PARTICLE, SAME_TIMES),
    material("PROTONSCINTILLATIONYIELD1", BY_PARTICLE, SAME_TIMES),
    material("PROTONSCINTILLATIONYIELD2", BY_PARTICLE, SAME_TIMES),
    material("PROTONSCINTILLATIONYIELD3", BY_PARTICLE, SAME_TIMES),
    material("DEUTERONSCINTILLATIONYIELD1", BY_PARTICLE, SAME_TIMES),
    material("DEUTERONSCINTILLATIONYIELD2", BY_PARTICLE, SAME_TIMES),
    material("DEUTERONSCINTILLATIONYIELD3", BY_PARTICLE, SAME_TIMES),
    material("TRITONSCINTILLATIONYIELD1", BY_PARTICLE, SAME_TIMES),
    material("TRITONSCINTILLATIONYIELD2", BY_PARTICLE, SAME_TIMES),
    material("TRITONSCINTILLATIONYIELD3", BY_PARTICLE, SAME_TIMES),
    material("ALPHASCINTILLATIONYIELD1", BY_PARTICLE, SAME_TIMES),
    material("ALPHASCINTILLATIONYIELD2", BY_PARTICLE, SAME_TIMES),
    material("ALPHASCINTILLATIONYIELD3", BY_PARTICLE, SAME_TIMES),
    material("IONSCINTILLATIONYIELD1", BY_PARTICLE, SAME_TIMES),
    material("IONSCINTILLATIONYIELD2", BY_PARTICLE, SAME_TIMES),
    material("IONSCINTILLATIONYIELD3", BY_PARTICLE, SAME_TIMES),
    material("ISOTHERMAL_COMPRESSIBILITY", "Rayleigh scattering", "no scattering where RAYLEIGH is missing"),
    material(
        "RS_SCALE_FACTOR",
        "Rayleigh scattering",
        "a scattering length from compressibility is not scaled",
    ),
    material("MIEHG", MIE, NO_MIE),
    material("MIEHG_FORWARD", MIE, NO_MIE),
    material("MIEHG_BACKWARD", MIE, NO_MIE),
    material("MIEHG_FORWARD_RATIO", MIE, NO_MIE),
    material("WLSABSLENGTH", WLS, NO_WLS),
    material("WLSCOMPONENT", WLS, NO_WLS),
    material("WLSTIMECONSTANT", WLS, NO_WLS),
    material("WLSMEANNUMBERPHOTONS", WLS, NO_WLS),
    material("WLSABSLENGTH2", WLS, NO_WLS),
    material("WLSCOMPONENT2", WLS, NO_WLS),
    material("WLSTIMECONSTANT2", WLS, NO_WLS),
    material("WLSMEANNUMBERPHOTONS2", WLS, NO_WLS),
    material("PERMITTIVITY", "no optical process", "nothing: no optical process of Geant4 reads it"),
    material("PERMEABILITY", "no optical process", "nothing: no optical process of Geant4 reads it"),
    surface("REFLECTIVITY", MODELS, "a surface reflects otherwise"),
    surface("TRANSMITTANCE", MODELS, "no light passes the surface"),
    surface("EFFICIENCY", MODELS, "nothing is detected"),
    surface("RINDEX", "the gap before back paint", "no gap before the paint"),
    surface("SPECULARLOBECONSTANT", LOBES, NO_LOBES),
    surface("SPECULARSPIKECONSTANT", LOBES, NO_LOBES),
    surface("BACKSCATTERCONSTANT", LOBES, NO_LOBES),
    surface("REALRINDEX", "reflection of a metal", "a metal's reflectivity does not depend on angle"),
    surface("IMAGINARYRINDEX", "reflection of a metal", "a metal's reflectivity does not depend on angle"),
    surface("SURFACEROUGHNESS", "scattering at a rough surface", "short wavelengths are not scattered more"),
    surface("COATEDRINDEX", COATING, NO_COATING),
    surface("COATEDTHICKNESS", COATING, NO_COATING),
    surface("COATEDFRUSTRATEDTRANSMISSION", COATING, NO_COATING),
    surface("EFFICIENCY_MAP", "surfaces, by energy and angle", "nothing is detected"),
    surface("LAYER1_RINDEX", FILM, NO_FILM),
    surface("LAYER1_KINDEX", FILM, NO_FILM),
    surface("LAYER1_THICKNESS", FILM, NO_FILM),
    surface("PHOTOCATHODE_LAYER", FILM, NO_FILM),
];

/// What is known of a property.
pub fn of(name: &str, owner: Owner) -> Option<&'static Known> {
    let name = of_first_layer(name);
    KNOWN.iter().find(|known| known.name == name && known.owner == owner)
}

/// The name that a property of any layer of a film has for the first.
fn of_first_layer(name: &str) -> &str {
    match name.split_once('_') {
        Some((layer, quantity)) if layer == "ARC" || layer == "PHC" || layer.starts_with("LAYER") => {
            let first = ["LAYER1_RINDEX", "LAYER1_KINDEX", "LAYER1_THICKNESS"];
            first.into_iter().find(|known| known.ends_with(quantity)).unwrap_or(name)
        }
        _ => name,
    }
}

/// Each property, and whether anything uses it.
pub(super) fn entries() -> Vec<Entry> {
    let entry = |known: &Known| {
        let (group, reason) = match known.owner {
            Owner::Material => (Group::MaterialProperty, material_ignores(known)),
            Owner::Surface => {
                let ignored = (!surfaces_use(known.name)).then(|| known.ignored.to_owned());
                (Group::SurfaceProperty, ignored)
            }
        };
        Entry { group, name: known.name.to_owned(), reason }
    };
    KNOWN.iter().map(entry).collect()
}

fn material_ignores(known: &Known) -> Option<String> {
    let given = format!(r#"<property name="{}" ref="half"/>"#, known.name);
    match (Probe { material: &given, ..Probe::default() }).read() {
        Err(error) => Some(error.kind.to_string()),
        Ok(detector) => {
            let is_unused = detector.unused_properties.iter().any(|unused| unused.name == known.name);
            is_unused.then(|| known.ignored.to_owned())
        }
    }
}

/// Kinds of surfaces, one of which at least uses each property that is used at all.
const KINDS: [&str; 5] = [
    r#"model="glisur" type="dielectric_metal" finish="polished""#,
    r#"model="glisur" type="dielectric_dielectric" finish="polished""#,
    r#"model="unified" type="dielectric_dielectric" finish="ground" value="0.1""#,
    r#"model="unified" type="dielectric_dielectric" finish="groundbackpainted" value="0.1""#,
    r#"model="glisur" type="coated" finish="polished""#,
];

/// Whether a property of that name changes what any kind of surface does, in either model: the scene has other bits.
pub fn surfaces_use(name: &str) -> bool {
    let name = of_first_layer(name);
    let models = [SurfaceModel::Opticks, SurfaceModel::Geant4];
    KINDS.iter().any(|kind| models.iter().any(|model| changes(kind, name, *model)))
}

fn changes(kind: &str, name: &str, model: SurfaceModel) -> bool {
    let digest = |names: &[&str]| -> Option<String> {
        let properties: String = names.iter().map(|name| property(name)).collect();
        let solids = format!(r#"<opticalsurface name="o" {kind}>{properties}</opticalsurface>"#);
        let after = r#"<skinsurface name="k" surfaceproperty="o"><volumeref ref="P"/></skinsurface>"#;
        let detector = Probe { solids: &solids, after, ..Probe::default() }.read().ok()?;
        SceneData::build(&detector, model).ok().map(|scene| scene.digest().to_owned())
    };
    let partners = partners(name);
    let with = digest(&[partners, &[name]].concat());
    with.is_some() && with != digest(partners)
}

/// What a property is given with: what comes in pairs with its partner, and every surface has something that says what it
/// does.
fn partners(name: &str) -> &'static [&'static str] {
    match name {
        "REFLECTIVITY" => &["EFFICIENCY"],
        "REALRINDEX" => &["IMAGINARYRINDEX"],
        "IMAGINARYRINDEX" => &["REALRINDEX"],
        "COATEDRINDEX" => &["REFLECTIVITY", "COATEDTHICKNESS"],
        "COATEDTHICKNESS" => &["REFLECTIVITY", "COATEDRINDEX"],
        "COATEDFRUSTRATEDTRANSMISSION" => &["REFLECTIVITY", "COATEDRINDEX", "COATEDTHICKNESS"],
        "LAYER1_RINDEX" => &["LAYER1_THICKNESS"],
        "LAYER1_THICKNESS" => &["LAYER1_RINDEX"],
        "LAYER1_KINDEX" => &["LAYER1_RINDEX", "LAYER1_THICKNESS"],
        // Of two layers that absorb either may be the cathode.
        "PHOTOCATHODE_LAYER" => &[
            "EFFICIENCY",
            "LAYER1_RINDEX",
            "LAYER1_KINDEX",
            "LAYER1_THICKNESS",
            "LAYER2_RINDEX",
            "LAYER2_KINDEX",
            "LAYER2_THICKNESS",
        ],
        _ => &["REFLECTIVITY"],
    }
}
