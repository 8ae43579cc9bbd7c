//! Physical constants of charged tracks (CODATA 2018 and the Particle Data Group's review).

/// Electron mass, MeV.
pub(super) const ELECTRON_MASS_MEV: f64 = 0.510_998_95;
/// Muon mass, MeV.
pub(super) const MUON_MASS_MEV: f64 = 105.658_374_5;
/// `K = 4 pi N_A r_e^2 m_e c^2`, MeV cm2/mol.
pub(super) const BETHE_K: f64 = 0.307_075;
/// Speed of light, mm/ns.
pub(super) const SPEED_OF_LIGHT: f64 = 299.792_458;
/// Fine-structure constant.
pub(super) const ALPHA: f64 = 1.0 / 137.035_999_084;
/// Avogadro's number, 1/mol.
pub(super) const AVOGADRO: f64 = 6.022_140_76e23;
/// Classical electron radius, cm.
pub(super) const ELECTRON_RADIUS_CM: f64 = 2.817_940_326_2e-13;
/// `alpha / (hbar c)`: photons per MeV of photon energy and per mm of path at `sin^2(theta) = 1`.
pub(super) const FRANK_TAMM_PER_MEV_MM: f64 = ALPHA / 1.973_269_804e-10;
