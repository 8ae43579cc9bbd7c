//! Units as variables: `2.5*cm` is 25, because millimetres are the unit of length.
//!
//! The base units are Geant4 11's: mm, ns, the elementary charge, kelvin, mole, candela and MeV; every other
//! unit follows from them by its SI definition, in the order of operations of the original, so that values agree
//! to the last bit (1 eV is 9.999999999999997e-07 MeV in an expression).

/// The charge of the positron in coulomb (SI 2019, exact).
pub(crate) const ELEMENTARY_CHARGE_COULOMB: f64 = 1.602176634e-19;

/// A coherent set of base and derived units.
struct Si {
    m: f64,
    kg: f64,
    s: f64,
    a: f64,
    n: f64,
    pa: f64,
    j: f64,
    w: f64,
    c: f64,
    v: f64,
    ohm: f64,
    f: f64,
    t: f64,
    wb: f64,
    h: f64,
}

impl Si {
    fn new() -> Self {
        let (m, s) = (1000.0, 1.0e9);
        let joule = 1.0e-6 / ELEMENTARY_CHARGE_COULOMB;
        let kg = joule * s * s / (m * m);
        let a = 1.0 / ELEMENTARY_CHARGE_COULOMB / s;
        let n = m * kg / (s * s);
        let (pa, j) = (n / (m * m), n * m);
        let w = j / s;
        let c = a * s;
        let v = j / c;
        let ohm = v / a;
        let wb = v * s;
        Self { m, kg, s, a, n, pa, j, w, c, v, ohm, f: c / v, t: v * s / (m * m), wb, h: wb / a }
    }
}

/// Every unit by name, in Geant4's internal units.
pub(super) fn all() -> Vec<(&'static str, f64)> {
    let si = Si::new();
    let mut units = base_units(&si);
    units.extend(length_units(si.m));
    units.extend(mechanical_units(&si));
    units.extend(electrical_units(&si));
    units.extend(energy_units(&si));
    units.extend(radiation_units(&si));
    units
}

/// Gives each of several names the same value.
fn named(groups: &[(&[&'static str], f64)]) -> Vec<(&'static str, f64)> {
    groups.iter().flat_map(|(names, value)| names.iter().map(|name| (*name, *value))).collect()
}

fn base_units(si: &Si) -> Vec<(&'static str, f64)> {
    named(&[
        (&["meter", "metre", "m"], si.m),
        (&["kilogram", "kg"], si.kg),
        (&["gram", "g"], 0.001 * si.kg),
        (&["milligram", "mg"], 1e-3 * (0.001 * si.kg)),
        (&["second", "s"], si.s),
        (&["millisecond", "ms"], 1e-3 * si.s),
        (&["microsecond"], 1e-6 * si.s),
        (&["nanosecond", "ns"], 1e-9 * si.s),
        (&["picosecond"], 1e-12 * si.s),
        (&["kelvin", "K", "mole", "mol", "candela", "cd"], 1.0),
        (&["radian", "rad", "steradian", "sr", "lumen", "lm"], 1.0),
        (&["milliradian", "mrad"], 1e-3),
        (&["degree", "deg"], std::f64::consts::PI / 180.0),
    ])
}

fn length_units(m: f64) -> Vec<(&'static str, f64)> {
    let (mm, cm, km) = (1e-3 * m, 1e-2 * m, 1e3 * m);
    let (barn, litre) = (1e-28 * m * m, 1e-3 * m * m * m);
    named(&[
        (&["millimeter", "mm"], mm),
        (&["centimeter", "cm"], cm),
        (&["decimeter"], 1e-1 * m),
        (&["kilometer", "km"], km),
        (&["micrometer", "micron", "um"], 1e-6 * m),
        (&["nanometer", "nm"], 1e-9 * m),
        (&["angstrom"], 1e-10 * m),
        (&["fermi"], 1e-15 * m),
        (&["m2"], m * m),
        (&["mm2"], mm * mm),
        (&["cm2"], cm * cm),
        (&["km2"], km * km),
        (&["barn"], barn),
        (&["millibarn", "mbarn"], 1e-3 * barn),
        (&["microbarn"], 1e-6 * barn),
        (&["nanobarn"], 1e-9 * barn),
        (&["picobarn"], 1e-12 * barn),
        (&["m3"], m * m * m),
        (&["mm3"], mm * mm * mm),
        (&["cm3", "cc"], cm * cm * cm),
        (&["km3"], km * km * km),
        (&["liter", "litre", "L"], litre),
        (&["centiliter", "cL"], 1e-2 * litre),
        (&["milliliter", "mL"], 1e-3 * litre),
        (&["diopter", "dioptre", "dpt"], 1.0 / m),
        (&["lux", "lx"], 1.0 / (m * m)),
    ])
}

fn mechanical_units(si: &Si) -> Vec<(&'static str, f64)> {
    let bar = 100_000.0 * si.pa;
    named(&[
        (&["hertz", "Hz"], 1.0 / si.s),
        (&["kilohertz", "kHz"], 1e3 / si.s),
        (&["megahertz", "MHz"], 1e6 / si.s),
        (&["newton", "N"], si.n),
        (&["kilonewton", "kN"], 1e3 * si.n),
        (&["pascal", "Pa"], si.pa),
        (&["atmosphere", "atm"], 101_325.0 * si.pa),
        (&["bar"], bar),
        (&["kilobar", "kbar"], 1e3 * bar),
        (&["millibar", "mbar"], 1e-3 * bar),
        (&["watt", "W"], si.w),
        (&["kilowatt", "kW"], 1e3 * si.w),
        (&["megawatt", "MW"], 1e6 * si.w),
        (&["gigawatt", "GW"], 1e9 * si.w),
    ])
}

fn electrical_units(si: &Si) -> Vec<(&'static str, f64)> {
    let gauss = 1e-4 * si.t;
    named(&[
        (&["ampere", "amp", "A"], si.a),
        (&["milliampere", "mA"], 1e-3 * si.a),
        (&["microampere"], 1e-6 * si.a),
        (&["nanoampere"], 1e-9 * si.a),
        (&["coulomb", "C"], si.c),
        (&["volt", "V"], si.v),
        (&["kilovolt", "kV"], 1e3 * si.v),
        (&["megavolt", "MV"], 1e6 * si.v),
        (&["ohm"], si.ohm),
        (&["siemens", "S"], 1.0 / si.ohm),
        (&["farad", "F"], si.f),
        (&["millifarad", "mF"], 1e-3 * si.f),
        (&["microfarad", "uF"], 1e-6 * si.f),
        (&["nanofarad", "nF"], 1e-9 * si.f),
        (&["picofarad", "pF"], 1e-12 * si.f),
        (&["tesla", "T"], si.t),
        (&["gauss", "Gs"], gauss),
        (&["kilogauss", "kGs"], 1e3 * gauss),
        (&["weber", "Wb"], si.wb),
        (&["henry", "H"], si.h),
    ])
}

fn energy_units(si: &Si) -> Vec<(&'static str, f64)> {
    let ev = ELEMENTARY_CHARGE_COULOMB * si.c * si.v;
    named(&[
        (&["joule", "J"], si.j),
        (&["kilojoule", "kJ"], 1e3 * si.j),
        (&["megajoule", "MJ"], 1e6 * si.j),
        (&["gigajoule", "GJ"], 1e9 * si.j),
        (&["electronvolt", "eV"], ev),
        (&["kiloelectronvolt", "keV"], 1e3 * ev),
        (&["megaelectronvolt", "MeV"], 1e6 * ev),
        (&["gigaelectronvolt", "GeV"], 1e9 * ev),
        (&["teraelectronvolt", "TeV"], 1e12 * ev),
        (&["petaelectronvolt", "PeV"], 1e15 * ev),
    ])
}

fn radiation_units(si: &Si) -> Vec<(&'static str, f64)> {
    let (bq, gray) = (1.0 / si.s, si.j / si.kg);
    let curie = 3.7e10 * bq;
    named(&[
        (&["becquerel", "Bq"], bq),
        (&["kilobecquerel", "kBq"], 1e3 * bq),
        (&["megabecquerel", "MBq"], 1e6 * bq),
        (&["gigabecquerel", "GBq"], 1e9 * bq),
        (&["curie", "Ci"], curie),
        (&["millicurie", "mCi"], 1e-3 * curie),
        (&["microcurie", "uCi"], 1e-6 * curie),
        (&["gray", "Gy", "sievert", "Sv"], gray),
        (&["kilogray"], 1e3 * gray),
        (&["milligray"], 1e-3 * gray),
        (&["microgray"], 1e-6 * gray),
    ])
}
