//! Compounds and mixtures.

use super::{ROOM_TEMPERATURE_K, element_by_symbol, normalised};
use crate::detector::{Material, PropertyMap};

/// One predefined compound.
struct Compound {
    name: &'static str,
    density_g_cm3: f64,
    /// 0 where no measured value exists.
    mean_excitation_ev: f64,
    is_gas: bool,
    /// Atoms, `C2 H6 O`, or mass fractions, `C:0.77 H:0.1`.
    composition: &'static str,
}

const fn solid(name: &'static str, density_g_cm3: f64, i_ev: f64, composition: &'static str) -> Compound {
    Compound { name, density_g_cm3, mean_excitation_ev: i_ev, is_gas: false, composition }
}

const fn gas(name: &'static str, density_g_cm3: f64, i_ev: f64, composition: &'static str) -> Compound {
    Compound { is_gas: true, ..solid(name, density_g_cm3, i_ev, composition) }
}

/// The temperature of intergalactic space, kelvin.
const GALACTIC_TEMPERATURE_K: f64 = 2.73;

/// The names of all predefined compounds.
pub fn names() -> impl Iterator<Item = &'static str> {
    COMPOUNDS.iter().map(|compound| compound.name)
}

/// The compound of that name.
pub(super) fn find(name: &str) -> Option<Material> {
    let compound = COMPOUNDS.iter().find(|compound| compound.name == name)?;
    let parts = compound.composition.split_whitespace().map(part).collect::<Option<Vec<_>>>()?;
    let is_cold = name == "G4_Galactic";
    Some(Material {
        name: name.to_owned(),
        density_g_cm3: compound.density_g_cm3,
        temperature_k: if is_cold { GALACTIC_TEMPERATURE_K } else { ROOM_TEMPERATURE_K },
        is_gas: compound.is_gas,
        components: normalised(parts),
        mean_excitation_ev: Some(compound.mean_excitation_ev).filter(|energy| *energy > 0.0),
        properties: PropertyMap::default(),
    })
}

/// `C2` is two atoms of carbon, `C` one, `C:0.77` a mass fraction; the result is proportional to mass.
fn part(text: &str) -> Option<(crate::detector::Element, f64)> {
    if let Some((symbol, fraction)) = text.split_once(':') {
        return Some((element_by_symbol(symbol)?.to_element(), fraction.parse().ok()?));
    }
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let atoms: f64 = if digits == text.len() { 1.0 } else { text[digits..].parse().ok()? };
    let element = element_by_symbol(&text[..digits])?.to_element();
    let mass = atoms * element.a_g_per_mol;
    Some((element, mass))
}

/// Density (g/cm3), mean excitation energy (eV), composition.
#[expect(clippy::approx_constant, reason = "a density of 6.28 g/cm3 is not 2 pi")]
static COMPOUNDS: &[Compound] = &[
    solid(
        "G4_A-150_TISSUE",
        1.127,
        65.1,
        "H:0.101327 C:0.775501 N:0.035057 O:0.052316 F:0.017422 Ca:0.018378",
    ),
    solid("G4_ACETONE", 0.7899, 64.2, "C3 H6 O"),
    gas("G4_ACETYLENE", 0.0010967, 58.2, "C2 H2"),
    solid("G4_ALANINE", 1.42, 71.9, "C3 H7 N O2"),
    gas("G4_AIR", 0.00120479, 85.7, "C:0.000124 N:0.755267 O:0.231781 Ar:0.012827"),
    solid("G4_ALUMINUM_OXIDE", 3.97, 145.2, "Al2 O3"),
    solid("G4_AMBER", 1.1, 63.2, "H:0.10593 C:0.788973 O:0.105096"),
    gas("G4_AMMONIA", 0.000826019, 53.7, "N H3"),
    solid("G4_ANILINE", 1.0235, 66.2, "C6 H7 N"),
    solid("G4_ANTHRACENE", 1.283, 69.5, "C14 H10"),
    solid("G4_BAKELITE", 1.25, 72.4, "H:0.057441 C:0.774591 O:0.167968"),
    solid("G4_BARIUM_FLUORIDE", 4.89, 375.9, "Ba F2"),
    solid("G4_BARIUM_SULFATE", 4.5, 285.7, "Ba S O4"),
    solid("G4_BENZENE", 0.87865, 63.4, "C6 H6"),
    solid("G4_BERYLLIUM_OXIDE", 3.01, 93.2, "Be O"),
    solid("G4_BGO", 7.13, 534.1, "Bi4 Ge3 O12"),
    solid("G4_BORON_CARBIDE", 2.52, 84.7, "B4 C"),
    solid("G4_BORON_OXIDE", 1.812, 99.6, "B2 O3"),
    solid("G4_BRASS", 8.52, 0.0, "Cu62 Zn35 Pb3"),
    solid("G4_BRONZE", 8.82, 0.0, "Cu89 Zn9 Pb2"),
    gas("G4_BUTANE", 0.00249343, 48.3, "C4 H10"),
    solid("G4_N-BUTYL_ALCOHOL", 0.8098, 59.9, "C4 H10 O"),
    solid("G4_CADMIUM_TELLURIDE", 6.2, 539.3, "Cd Te"),
    solid("G4_CADMIUM_TUNGSTATE", 7.9, 468.3, "Cd W O4"),
    solid("G4_CALCIUM_CARBONATE", 2.8, 136.4, "Ca C O3"),
    solid("G4_CALCIUM_FLUORIDE", 3.18, 166.0, "Ca F2"),
    solid("G4_CALCIUM_OXIDE", 3.3, 176.1, "Ca O"),
    solid("G4_CALCIUM_SULFATE", 2.96, 152.3, "Ca S O4"),
    solid("G4_CALCIUM_TUNGSTATE", 6.062, 395.0, "Ca W O4"),
    gas("G4_CARBON_DIOXIDE", 0.00184212, 85.0, "C O2"),
    solid("G4_CARBON_TETRACHLORIDE", 1.594, 166.3, "C Cl4"),
    solid("G4_CELLULOSE_BUTYRATE", 1.2, 74.6, "H:0.067125 C:0.545403 O:0.387472"),
    solid("G4_CELLULOSE_CELLOPHANE", 1.42, 77.6, "C6 H10 O5"),
    solid("G4_CELLULOSE_NITRATE", 1.49, 87.0, "H:0.029216 C:0.271296 N:0.121276 O:0.578212"),
    solid("G4_CESIUM_FLUORIDE", 4.115, 440.7, "Cs F"),
    solid("G4_CESIUM_IODIDE", 4.51, 553.1, "Cs I"),
    solid("G4_CHLOROBENZENE", 1.1058, 89.1, "C6 H5 Cl"),
    solid("G4_CHLOROFORM", 1.4832, 156.0, "C H Cl3"),
    solid(
        "G4_CONCRETE",
        2.3,
        135.2,
        "H:0.01 C:0.001 O:0.529107 Na:0.016 Mg:0.002 Al:0.033872 Si:0.337021 K:0.013 Ca:0.044 Fe:0.014",
    ),
    solid("G4_CR39", 1.32, 0.0, "H18 C12 O7"),
    solid("G4_CYCLOHEXANE", 0.779, 56.4, "C6 H12"),
    solid("G4_DACRON", 1.4, 0.0, "C10 H8 O4"),
    solid("G4_1,2-DICHLOROBENZENE", 1.3048, 106.5, "C6 H4 Cl2"),
    solid("G4_1,2-DICHLOROETHANE", 1.2351, 111.9, "C2 H4 Cl2"),
    solid("G4_DIETHYL_ETHER", 0.71378, 60.0, "C4 H10 O"),
    solid("G4_N,N-DIMETHYL_FORMAMIDE", 0.9487, 66.6, "C3 H7 N O"),
    solid("G4_DIMETHYL_SULFOXIDE", 1.1014, 98.6, "C2 H6 O S"),
    gas("G4_ETHANE", 0.00125324, 45.4, "C2 H6"),
    solid("G4_ETHYL_ALCOHOL", 0.7893, 62.9, "C2 H6 O"),
    solid("G4_ETHYL_CELLULOSE", 1.13, 69.3, "H:0.090027 C:0.585182 O:0.324791"),
    gas("G4_ETHYLENE", 0.00117497, 50.7, "C2 H4"),
    solid("G4_FERRIC_OXIDE", 5.2, 227.3, "Fe2 O3"),
    solid("G4_FERROBORIDE", 7.15, 261.0, "Fe B"),
    solid("G4_FERROUS_OXIDE", 5.7, 248.6, "Fe O"),
    solid("G4_FREON-12", 1.12, 143.0, "C:0.099335 F:0.314247 Cl:0.586418"),
    solid("G4_FREON-13", 0.95, 126.6, "C:0.114983 F:0.545622 Cl:0.339396"),
    solid("G4_FREON-13B1", 1.5, 210.5, "C F3 Br"),
    solid("G4_GADOLINIUM_OXYSULFIDE", 7.44, 493.3, "Gd2 O2 S"),
    gas("G4_Galactic", 1e-25, 21.8, "H"),
    solid("G4_GALLIUM_ARSENIDE", 5.31, 384.9, "Ga As"),
    solid("G4_GLASS_LEAD", 6.22, 526.4, "O:0.156453 Si:0.080866 Ti:0.008092 As:0.002651 Pb:0.751938"),
    solid("G4_GLASS_PLATE", 2.4, 145.4, "O:0.4598 Na:0.096441 Si:0.336553 Ca:0.107205"),
    solid("G4_GLYCEROL", 1.2613, 72.6, "C3 H8 O3"),
    solid("G4_GRAPHITE", 2.21, 78.0, "C"),
    solid("G4_GRAPHITE_POROUS", 1.7, 78.0, "C"),
    solid("G4_GYPSUM", 2.32, 129.7, "Ca S O6 H4"),
    solid("G4_N-HEPTANE", 0.68376, 54.4, "C7 H16"),
    solid("G4_N-HEXANE", 0.6603, 54.0, "C6 H14"),
    solid("G4_KAPTON", 1.42, 79.6, "C22 H10 N2 O5"),
    solid("G4_KEVLAR", 1.44, 0.0, "C14 H10 O2 N2"),
    solid("G4_LANTHANUM_OXYBROMIDE", 6.28, 439.7, "La Br O"),
    solid("G4_LANTHANUM_OXYSULFIDE", 5.86, 421.2, "La2 O2 S"),
    solid("G4_lAr", 1.396, 188.0, "Ar"),
    solid("G4_LEAD_OXIDE", 9.53, 766.7, "O:0.071682 Pb:0.928318"),
    solid("G4_lH2", 0.0708, 21.8, "H"),
    solid("G4_LITHIUM_AMIDE", 1.178, 55.5, "Li N H2"),
    solid("G4_LITHIUM_CARBONATE", 2.11, 87.9, "Li2 C O3"),
    solid("G4_LITHIUM_FLUORIDE", 2.635, 94.0, "Li F"),
    solid("G4_LITHIUM_HYDRIDE", 0.82, 36.5, "Li H"),
    solid("G4_LITHIUM_IODIDE", 3.494, 485.1, "Li I"),
    solid("G4_LITHIUM_OXIDE", 2.013, 73.6, "Li2 O"),
    solid("G4_LITHIUM_TETRABORATE", 2.44, 94.6, "Li2 B4 O7"),
    solid("G4_lKr", 2.418, 352.0, "Kr"),
    solid("G4_lN2", 0.807, 82.0, "N"),
    solid("G4_lO2", 1.141, 95.0, "O"),
    solid("G4_lPROPANE", 0.43, 52.0, "C3 H8"),
    solid("G4_LUCITE", 1.19, 74.0, "H:0.080538 C:0.599848 O:0.319614"),
    solid("G4_lXe", 2.953, 482.0, "Xe"),
    solid("G4_M3_WAX", 1.05, 67.9, "H:0.114318 C:0.655823 O:0.092183 Mg:0.134792 Ca:0.002883"),
    solid("G4_MAGNESIUM_CARBONATE", 2.958, 118.0, "Mg C O3"),
    solid("G4_MAGNESIUM_FLUORIDE", 3.0, 134.3, "Mg F2"),
    solid("G4_MAGNESIUM_OXIDE", 3.58, 143.8, "Mg O"),
    solid("G4_MAGNESIUM_TETRABORATE", 2.53, 108.3, "Mg B4 O7"),
    solid("G4_MERCURIC_IODIDE", 6.36, 684.5, "Hg I2"),
    gas("G4_METHANE", 0.000667151, 41.7, "C H4"),
    solid("G4_METHANOL", 0.7914, 67.6, "C H4 O"),
    solid("G4_MIX_D_WAX", 0.99, 60.9, "H:0.13404 C:0.77796 O:0.03502 Mg:0.038594 Ti:0.014386"),
    solid("G4_MYLAR", 1.4, 78.7, "C10 H8 O4"),
    solid("G4_NAPHTHALENE", 1.145, 68.4, "C10 H8"),
    solid("G4_NEOPRENE", 1.23, 0.0, "C4 H5 Cl"),
    solid("G4_NITROBENZENE", 1.19867, 75.8, "C6 H5 N O2"),
    gas("G4_NITROUS_OXIDE", 0.00183094, 84.9, "N2 O"),
    solid("G4_NYLON-11_RILSAN", 1.425, 61.6, "H:0.115476 C:0.720819 N:0.076417 O:0.087289"),
    solid("G4_NYLON-6-10", 1.14, 63.2, "H:0.107062 C:0.680449 N:0.099189 O:0.1133"),
    solid("G4_NYLON-6-6", 1.14, 63.9, "C6 H11 N O"),
    solid("G4_NYLON-8062", 1.08, 64.3, "H:0.103509 C:0.648415 N:0.099536 O:0.148539"),
    solid("G4_OCTADECANOL", 0.812, 0.0, "H38 C18 O"),
    solid("G4_OCTANE", 0.7026, 54.7, "C8 H18"),
    solid("G4_PARAFFIN", 0.93, 55.9, "C25 H52"),
    solid("G4_PbWO4", 8.28, 0.0, "O4 Pb W"),
    solid("G4_N-PENTANE", 0.6262, 53.6, "C5 H12"),
    solid("G4_PLASTIC_SC_VINYLTOLUENE", 1.032, 64.7, "C9 H10"),
    solid("G4_PLEXIGLASS", 1.19, 74.0, "C5 H8 O2"),
    solid("G4_PLUTONIUM_DIOXIDE", 11.46, 746.5, "Pu O2"),
    solid("G4_POLYACRYLONITRILE", 1.17, 69.6, "C3 H3 N"),
    solid("G4_POLYCARBONATE", 1.2, 73.1, "C16 H14 O3"),
    solid("G4_POLYCHLOROSTYRENE", 1.3, 81.7, "C8 H7 Cl"),
    solid("G4_POLYETHYLENE", 0.94, 57.4, "C H2"),
    solid("G4_POLYOXYMETHYLENE", 1.425, 77.4, "C H2 O"),
    solid("G4_POLYPROPYLENE", 0.9, 56.5, "C2 H4"),
    solid("G4_POLYSTYRENE", 1.06, 68.7, "C8 H8"),
    solid("G4_POLYTRIFLUOROCHLOROETHYLENE", 2.1, 120.7, "C2 F3 Cl"),
    solid("G4_POLYVINYLIDENE_CHLORIDE", 1.7, 134.3, "C2 H2 Cl2"),
    solid("G4_POLYVINYLIDENE_FLUORIDE", 1.76, 88.8, "C2 H2 F2"),
    solid("G4_POLYVINYL_ACETATE", 1.19, 73.7, "C4 H6 O2"),
    solid("G4_POLYVINYL_ALCOHOL", 1.3, 69.7, "C2 H4 O"),
    solid("G4_POLYVINYL_BUTYRAL", 1.12, 67.2, "C8 H14 O2"),
    solid("G4_POLYVINYL_CHLORIDE", 1.3, 108.2, "C2 H3 Cl"),
    solid("G4_POLYVINYL_PYRROLIDONE", 1.25, 67.7, "C6 H9 N O"),
    solid("G4_POTASSIUM_IODIDE", 3.13, 431.9, "K I"),
    solid("G4_POTASSIUM_OXIDE", 2.32, 189.9, "K2 O"),
    gas("G4_PROPANE", 0.00187939, 47.1, "C3 H8"),
    solid("G4_N-PROPYL_ALCOHOL", 0.8035, 61.1, "C3 H8 O"),
    solid("G4_PYRIDINE", 0.9819, 66.2, "C5 H5 N"),
    solid(
        "G4_Pyrex_Glass",
        2.23,
        134.0,
        "B:0.040064 O:0.539562 Na:0.028191 Al:0.011644 Si:0.37722 K:0.003321",
    ),
    solid("G4_RUBBER_BUTYL", 0.92, 56.5, "H:0.143711 C:0.856289"),
    solid("G4_RUBBER_NATURAL", 0.92, 59.8, "H:0.118371 C:0.881629"),
    solid("G4_RUBBER_NEOPRENE", 1.23, 93.0, "H:0.05692 C:0.542646 Cl:0.400434"),
    solid("G4_SILICON_DIOXIDE", 2.32, 139.2, "Si O2"),
    solid("G4_SILVER_BROMIDE", 6.473, 486.6, "Ag Br"),
    solid("G4_SILVER_CHLORIDE", 5.56, 398.4, "Ag Cl"),
    solid("G4_SILVER_IODIDE", 6.01, 543.5, "Ag I"),
    solid("G4_SODIUM_CARBONATE", 2.532, 125.0, "Na2 C O3"),
    solid("G4_SODIUM_IODIDE", 3.667, 452.0, "Na I"),
    solid("G4_SODIUM_MONOXIDE", 2.27, 148.8, "Na2 O"),
    solid("G4_SODIUM_NITRATE", 2.261, 114.6, "Na N O3"),
    solid("G4_STAINLESS-STEEL", 8.0, 0.0, "Fe74 Cr18 Ni8"),
    solid("G4_STILBENE", 0.9707, 67.7, "C14 H12"),
    solid("G4_SUCROSE", 1.5805, 77.5, "C12 H22 O11"),
    solid("G4_TEFLON", 2.2, 99.1, "C2 F4"),
    solid("G4_TERPHENYL", 1.24, 71.7, "C18 H14"),
    solid("G4_TETRACHLOROETHYLENE", 1.625, 159.2, "C2 Cl4"),
    solid("G4_THALLIUM_CHLORIDE", 7.004, 690.3, "Tl Cl"),
    gas("G4_TISSUE-METHANE", 0.00106409, 61.2, "H:0.101869 C:0.456179 N:0.035172 O:0.40678"),
    gas("G4_TISSUE-PROPANE", 0.00182628, 59.5, "H:0.102672 C:0.56894 N:0.035022 O:0.293366"),
    solid("G4_TITANIUM_DIOXIDE", 4.26, 179.5, "Ti O2"),
    solid("G4_TOLUENE", 0.8669, 62.5, "C7 H8"),
    solid("G4_TRICHLOROETHYLENE", 1.46, 148.1, "C2 H Cl3"),
    solid("G4_TRIETHYL_PHOSPHATE", 1.07, 81.2, "C6 H15 O4 P"),
    solid("G4_TUNGSTEN_HEXAFLUORIDE", 2.4, 354.4, "W F6"),
    solid("G4_URANIUM_DICARBIDE", 11.28, 752.0, "U C2"),
    solid("G4_URANIUM_MONOCARBIDE", 13.63, 862.0, "U C"),
    solid("G4_URANIUM_OXIDE", 10.96, 720.6, "U O2"),
    solid("G4_UREA", 1.323, 72.8, "C H4 N2 O"),
    solid("G4_VITON", 1.8, 98.6, "H:0.009417 C:0.280555 F:0.710028"),
    solid("G4_WATER", 1.0, 78.0, "H2 O"),
    gas("G4_WATER_VAPOR", 0.000756182, 71.6, "H2 O"),
    solid("G4_XYLENE", 0.87, 61.8, "C8 H10"),
];
