//! Properties of materials and surfaces: Geant4's names, and what each is for.

use optixrap::scene::{SceneData, SurfaceModel};

use super::probe::Probe;
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
const COATING: &str = "thin coatings";
const NO_COATING: &str = "the coating is not there";
const WLS: &str = "wavelength shifting";
const NO_WLS: &str = "light is not absorbed and emitted again at longer wavelengths";
const MIE: &str = "Mie scattering";
const NO_MIE: &str = "light is not scattered forwards";
const MODELS: &str = "surfaces";
const LOBES: &str = "reflections of a rough surface";
const NO_LOBES: &str = "a rough surface's reflections have other angles";

/// All of them. Of names that differ between Geant4 10 and 11 both are here.
const KNOWN: [Known; 61] = [
    material("RINDEX", "Cerenkov, refraction and reflection, velocity", "no light"),
    material("GROUPVEL", "velocity", "velocities follow RINDEX"),
    material("ABSLENGTH", "absorption", "no absorption in bulk"),
    material("RAYLEIGH", "Rayleigh scattering", "no scattering in bulk"),
    material("REEMISSIONPROB", "reemission", "absorbed light is not emitted again"),
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
    material("ELECTRONSCINTILLATIONYIELD1", BY_PARTICLE, "all particles have the same time profile"),
    material("PROTONSCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("DEUTERONSCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("TRITONSCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("ALPHASCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
    material("IONSCINTILLATIONYIELD", BY_PARTICLE, SAME_LIGHT),
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
];

/// What is known of a property.
pub fn of(name: &str, owner: Owner) -> Option<&'static Known> {
    let named = |name: &str| KNOWN.iter().find(|known| known.name == name && known.owner == owner);
    // Of the yields by particle and component one of each kind is in the list.
    let of_component = name.contains("SCINTILLATIONYIELD") && name.ends_with(['1', '2', '3']);
    named(name).or_else(|| named("ELECTRONSCINTILLATIONYIELD1").filter(|_| of_component))
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
    let property = format!(r#"<property name="{}" ref="half"/>"#, known.name);
    match (Probe { material: &property, ..Probe::default() }).read() {
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
    let models = [SurfaceModel::Opticks, SurfaceModel::Geant4];
    KINDS.iter().any(|kind| models.iter().any(|model| changes(kind, name, *model)))
}

fn changes(kind: &str, name: &str, model: SurfaceModel) -> bool {
    // What is given in pairs comes with its partner; every surface has one of the two that say what it does.
    let partner = match name {
        "REFLECTIVITY" => "EFFICIENCY",
        "REALRINDEX" => "IMAGINARYRINDEX",
        "IMAGINARYRINDEX" => "REALRINDEX",
        _ => "REFLECTIVITY",
    };
    let digest = |names: &[&str]| -> Option<String> {
        let properties = names.iter().map(|name| format!(r#"<property name="{name}" ref="half"/>"#));
        let properties: String = properties.collect();
        let solids = format!(r#"<opticalsurface name="o" {kind}>{properties}</opticalsurface>"#);
        let after = r#"<skinsurface name="k" surfaceproperty="o"><volumeref ref="P"/></skinsurface>"#;
        let detector = Probe { solids: &solids, after, ..Probe::default() }.read().ok()?;
        SceneData::build(&detector, model).ok().map(|scene| scene.digest().to_owned())
    };
    let with = digest(&[partner, name]);
    with.is_some() && with != digest(&[partner])
}
