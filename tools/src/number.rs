//! Numbers as people read them.

/// `1234567` -> `1 234 567`.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// `1 boundary`, `12 boundaries`.
pub(crate) fn counted(n: u64, one: &str, several: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { several })
}

/// `significant` digits without trailing zeros: `0.25`, `1.5e-7`, `12346`.
pub(crate) fn short(x: f64, significant: usize) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 { String::from("0") } else { x.to_string() };
    }
    let last = significant.max(1) - 1;
    let scientific = format!("{x:.last$e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..7).contains(&exponent) {
        let decimals = (last as i32 - exponent).max(0) as usize;
        return without_trailing_zeros(&format!("{x:.decimals$}"));
    }
    format!("{}e{exponent}", without_trailing_zeros(mantissa))
}

fn without_trailing_zeros(text: &str) -> String {
    if !text.contains('.') {
        return text.to_string();
    }
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three_digits() {
        assert_eq!(
            [0, 999, 1000, 1234567].map(grouped),
            ["0", "999", "1 000", "1 234 567"].map(String::from)
        );
    }

    #[test]
    fn short_numbers_keep_significant_digits() {
        let cases = [(0.25, "0.25"), (1.0, "1"), (-12345.6, "-12346"), (1.5e-7, "1.5e-7"), (2e9, "2e9")];
        for (x, text) in cases {
            assert_eq!(short(x, 5), text);
        }
        assert_eq!(short(f64::NAN, 3), "NaN");
    }
}
