//! Numbers as C++ streams print them by default.

/// A number with six significant digits and no trailing zeros, exponent form outside 1e-4 .. 1e6: what a C++
/// stream prints by default, and so what the recorded output lines of the test programs contain.
pub fn sig6(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".into() } else { value.to_string().to_lowercase() };
    }
    let scientific = format!("{value:.5e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&exponent) {
        let decimals = usize::try_from(5 - exponent).unwrap_or(0);
        return without_trailing_zeros(&format!("{value:.decimals$}")).to_owned();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", without_trailing_zeros(mantissa), exponent.abs())
}

fn without_trailing_zeros(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_like_a_cpp_stream() {
        // Left: values; right: what std::cout << value gives.
        let cases = [
            (4382.88, "4382.88"),
            (0.143799, "0.143799"),
            (21317.0, "21317"),
            (75665.8984375, "75665.9"),
            (7.03906, "7.03906"),
            (-1.8928, "-1.8928"),
            (0.0, "0"),
            (0.0001, "0.0001"),
            (0.00001234, "1.234e-05"),
            (1234567.0, "1.23457e+06"),
            (999999.5, "1e+06"),
            (100.0, "100"),
        ];
        for (value, text) in cases {
            assert_eq!(sig6(value), text);
        }
        assert_eq!(sig6(f64::NAN), "nan");
    }
}
