//! Elements 1 to 98 in their natural composition.

use crate::detector::Element;

/// One element as NIST tabulates it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NistElement {
    /// Atomic number.
    pub z: u8,
    /// Chemical symbol.
    pub symbol: &'static str,
    /// Molar mass in g/mol.
    pub a_g_per_mol: f64,
    /// Density at room temperature and 1 atm, g/cm3.
    pub density_g_cm3: f64,
    /// Mean excitation energy in eV.
    pub mean_excitation_ev: f64,
    /// Whether it is a gas at room temperature (bromine as NIST tabulates it).
    pub is_gas: bool,
}

impl NistElement {
    /// The element as a material's component.
    pub fn to_element(&self) -> Element {
        Element { name: self.symbol.to_owned(), z: f64::from(self.z), a_g_per_mol: self.a_g_per_mol }
    }
}

/// The element of atomic number `z`, 1 to 98.
pub fn element(z: u8) -> Option<&'static NistElement> {
    ELEMENTS.get(usize::from(z).checked_sub(1)?)
}

/// The element of that chemical symbol.
pub fn element_by_symbol(symbol: &str) -> Option<&'static NistElement> {
    ELEMENTS.iter().find(|element| element.symbol == symbol)
}

const fn solid(z: u8, symbol: &'static str, a_g_per_mol: f64, density_g_cm3: f64, i_ev: f64) -> NistElement {
    NistElement { z, symbol, a_g_per_mol, density_g_cm3, mean_excitation_ev: i_ev, is_gas: false }
}

const fn gas(z: u8, symbol: &'static str, a_g_per_mol: f64, density_g_cm3: f64, i_ev: f64) -> NistElement {
    NistElement { is_gas: true, ..solid(z, symbol, a_g_per_mol, density_g_cm3, i_ev) }
}

/// Atomic number, symbol, molar mass (g/mol), density (g/cm3), mean excitation energy (eV).
static ELEMENTS: [NistElement; 98] = [
    gas(1, "H", 1.00794, 8.37480e-5, 19.2),
    gas(2, "He", 4.002602, 1.66322e-4, 41.8),
    solid(3, "Li", 6.941, 0.534, 40.0),
    solid(4, "Be", 9.012182, 1.848, 63.7),
    solid(5, "B", 10.811, 2.37, 76.0),
    solid(6, "C", 12.0107, 2.0, 81.0),
    gas(7, "N", 14.0067, 1.16520e-3, 82.0),
    gas(8, "O", 15.9994, 1.33151e-3, 95.0),
    gas(9, "F", 18.9984032, 1.58029e-3, 115.0),
    gas(10, "Ne", 20.1797, 8.38505e-4, 137.0),
    solid(11, "Na", 22.98977, 0.971, 149.0),
    solid(12, "Mg", 24.305, 1.74, 156.0),
    solid(13, "Al", 26.981538, 2.699, 166.0),
    solid(14, "Si", 28.0855, 2.33, 173.0),
    solid(15, "P", 30.973761, 2.2, 173.0),
    solid(16, "S", 32.065, 2.0, 180.0),
    gas(17, "Cl", 35.453, 2.99473e-3, 174.0),
    gas(18, "Ar", 39.948, 1.66201e-3, 188.0),
    solid(19, "K", 39.0983, 0.862, 190.0),
    solid(20, "Ca", 40.078, 1.55, 191.0),
    solid(21, "Sc", 44.95591, 2.989, 216.0),
    solid(22, "Ti", 47.867, 4.54, 233.0),
    solid(23, "V", 50.9415, 6.11, 245.0),
    solid(24, "Cr", 51.9961, 7.18, 257.0),
    solid(25, "Mn", 54.938049, 7.44, 272.0),
    solid(26, "Fe", 55.845, 7.874, 286.0),
    solid(27, "Co", 58.9332, 8.9, 297.0),
    solid(28, "Ni", 58.6934, 8.902, 311.0),
    solid(29, "Cu", 63.546, 8.96, 322.0),
    solid(30, "Zn", 65.409, 7.133, 330.0),
    solid(31, "Ga", 69.723, 5.904, 334.0),
    solid(32, "Ge", 72.64, 5.323, 350.0),
    solid(33, "As", 74.9216, 5.73, 347.0),
    solid(34, "Se", 78.96, 4.5, 348.0),
    gas(35, "Br", 79.904, 7.07210e-3, 343.0),
    gas(36, "Kr", 83.798, 3.47832e-3, 352.0),
    solid(37, "Rb", 85.4678, 1.532, 363.0),
    solid(38, "Sr", 87.62, 2.54, 366.0),
    solid(39, "Y", 88.90585, 4.469, 379.0),
    solid(40, "Zr", 91.224, 6.506, 393.0),
    solid(41, "Nb", 92.90638, 8.57, 417.0),
    solid(42, "Mo", 95.94, 10.22, 424.0),
    solid(43, "Tc", 98.0, 11.5, 428.0),
    solid(44, "Ru", 101.07, 12.41, 441.0),
    solid(45, "Rh", 102.9055, 12.41, 449.0),
    solid(46, "Pd", 106.42, 12.02, 470.0),
    solid(47, "Ag", 107.8682, 10.5, 470.0),
    solid(48, "Cd", 112.411, 8.65, 469.0),
    solid(49, "In", 114.818, 7.31, 488.0),
    solid(50, "Sn", 118.71, 7.31, 488.0),
    solid(51, "Sb", 121.76, 6.691, 487.0),
    solid(52, "Te", 127.6, 6.24, 485.0),
    solid(53, "I", 126.90447, 4.93, 491.0),
    gas(54, "Xe", 131.293, 5.48536e-3, 482.0),
    solid(55, "Cs", 132.90545, 1.873, 488.0),
    solid(56, "Ba", 137.327, 3.5, 491.0),
    solid(57, "La", 138.9055, 6.154, 501.0),
    solid(58, "Ce", 140.116, 6.657, 523.0),
    solid(59, "Pr", 140.90765, 6.71, 535.0),
    solid(60, "Nd", 144.24, 6.9, 546.0),
    solid(61, "Pm", 145.0, 7.22, 560.0),
    solid(62, "Sm", 150.36, 7.46, 574.0),
    solid(63, "Eu", 151.964, 5.243, 580.0),
    solid(64, "Gd", 157.25, 7.9004, 591.0),
    solid(65, "Tb", 158.92534, 8.229, 614.0),
    solid(66, "Dy", 162.5, 8.55, 628.0),
    solid(67, "Ho", 164.93032, 8.795, 650.0),
    solid(68, "Er", 167.259, 9.066, 658.0),
    solid(69, "Tm", 168.93421, 9.321, 674.0),
    solid(70, "Yb", 173.04, 6.73, 684.0),
    solid(71, "Lu", 174.967, 9.84, 694.0),
    solid(72, "Hf", 178.49, 13.31, 705.0),
    solid(73, "Ta", 180.9479, 16.654, 718.0),
    solid(74, "W", 183.84, 19.3, 727.0),
    solid(75, "Re", 186.207, 21.02, 736.0),
    solid(76, "Os", 190.23, 22.57, 746.0),
    solid(77, "Ir", 192.217, 22.42, 757.0),
    solid(78, "Pt", 195.078, 21.45, 790.0),
    solid(79, "Au", 196.96655, 19.32, 790.0),
    solid(80, "Hg", 200.59, 13.546, 800.0),
    solid(81, "Tl", 204.3833, 11.72, 810.0),
    solid(82, "Pb", 207.2, 11.35, 823.0),
    solid(83, "Bi", 208.98038, 9.747, 823.0),
    solid(84, "Po", 209.0, 9.32, 830.0),
    solid(85, "At", 210.0, 9.32, 825.0),
    gas(86, "Rn", 222.0, 9.00662e-3, 794.0),
    solid(87, "Fr", 223.0, 1.0, 827.0),
    solid(88, "Ra", 226.0, 5.0, 826.0),
    solid(89, "Ac", 227.0, 10.07, 841.0),
    solid(90, "Th", 232.0381, 11.72, 847.0),
    solid(91, "Pa", 231.03588, 15.37, 878.0),
    solid(92, "U", 238.02891, 18.95, 890.0),
    solid(93, "Np", 237.0, 20.25, 902.0),
    solid(94, "Pu", 244.0, 19.84, 921.0),
    solid(95, "Am", 243.0, 13.67, 934.0),
    solid(96, "Cm", 247.0, 13.51, 939.0),
    solid(97, "Bk", 247.0, 14.0, 952.0),
    solid(98, "Cf", 251.0, 10.0, 966.0),
];
