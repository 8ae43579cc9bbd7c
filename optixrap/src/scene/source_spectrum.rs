//! The spectrum of a torch that shines like a black body.

use super::property_tables::Curve;

/// Its temperature, kelvin.
const TEMPERATURE_K: f64 = 6500.0;

/// The wavelengths that it covers, nm.
const WAVELENGTHS_NM: (u32, u32) = (60, 820);

/// The table u -> wavelength in nm of a black body of 6500 K from 60 to 820 nm, by its spectral radiance.
pub fn black_body() -> Curve {
    let (low, high) = WAVELENGTHS_NM;
    let wavelengths: Vec<f64> = (low..=high).map(f64::from).collect();
    let radiance: Vec<f64> = wavelengths.iter().map(|&nm| planck(nm)).collect();
    let spectrum = Curve::new(wavelengths, radiance);
    spectrum.quantiles().unwrap_or_else(|| Curve::constant(f64::from(high)))
}

/// Planck's law up to a factor: 1 / (l^5 (exp(hc / l k T) - 1)), l in units of 500 nm.
fn planck(wavelength_nm: f64) -> f64 {
    const HC_PER_K_NM_KELVIN: f64 = 1.438_776_877e7;
    let l = wavelength_nm / 500.0;
    l.powi(-5) / ((HC_PER_K_NM_KELVIN / (wavelength_nm * TEMPERATURE_K)).exp() - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wien_displacement() {
        let peak = (60..820).max_by(|&a, &b| planck(a.into()).total_cmp(&planck(b.into())));
        // Wien: 2.897771955e6 nm K / 6500 K = 445.8 nm.
        assert_eq!(peak, Some(446));
    }
}
