//! The environment variables that users of the facade know; none decides about physics.

use crate::{G4OpticksError, OpticksConfig};

impl OpticksConfig {
    /// The default options with what the environment says.
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `OPTICKS_PROFILE_PATH` | where `finalize` saves the stamps (n,4); turns stamping on |
    /// | `OPTICKS_SKIP_GENCODE` | genstep codes to drop and count, joined by commas |
    /// | `<PROGRAM>_PROFILE_LEAK_MB` | 10^6 bytes to lose at each propagation; turns stamping on |
    ///
    /// `program` is the name of the program in capitals, such as `G4OKTEST`. Variables that are empty count as not
    /// set.
    ///
    /// # Errors
    /// [`G4OpticksError::Variable`] for a value that cannot be understood.
    #[doc(alias = "OPTICKS_PROFILE_PATH")]
    #[doc(alias = "OPTICKS_SKIP_GENCODE")]
    pub fn from_env(program: &str) -> Result<Self, G4OpticksError> {
        Self::from_variables(program, |name| std::env::var(name).ok())
    }

    /// As [`from_env`](Self::from_env), with `lookup` answering for the variables.
    ///
    /// # Errors
    /// As there.
    pub fn from_variables(
        program: &str,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, G4OpticksError> {
        let set = |name: &str| lookup(name).filter(|value| !value.trim().is_empty());
        let mut config = Self::default();
        if let Some(path) = set("OPTICKS_PROFILE_PATH") {
            config.profile = true;
            config.profile_path = Some(path.into());
        }
        if let Some(codes) = set("OPTICKS_SKIP_GENCODE") {
            config.skip_codes = codes.parse().map_err(|e| bad("OPTICKS_SKIP_GENCODE", &codes, &e))?;
        }
        let leak = format!("{program}_PROFILE_LEAK_MB");
        if let Some(text) = set(&leak) {
            let number = text.trim().parse::<f64>().ok().filter(|mb| mb.is_finite() && *mb >= 0.0);
            let wanted = "give a number of 10^6 bytes, 0 or more";
            config.profile_leak_mb = number.ok_or_else(|| bad(&leak, &text, &wanted))?;
            config.profile = true;
        }
        Ok(config)
    }
}

fn bad(name: &str, value: &str, problem: &dyn std::fmt::Display) -> G4OpticksError {
    G4OpticksError::Variable { name: name.to_owned(), value: value.to_owned(), problem: problem.to_string() }
}

#[cfg(test)]
mod tests {
    use cfg4::genstep::GenstepCode;

    use super::*;

    fn read(pairs: &'static [(&str, &str)]) -> Result<OpticksConfig, G4OpticksError> {
        OpticksConfig::from_variables("G4OKTEST", |name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn variables_are_understood() {
        let config = read(&[
            ("OPTICKS_PROFILE_PATH", "/tmp/profile.npy"),
            ("OPTICKS_SKIP_GENCODE", "1,5"),
            ("G4OKTEST_PROFILE_LEAK_MB", "10"),
            ("G4OPTICKSTEST_PROFILE_LEAK_MB", "99"),
        ])
        .unwrap();
        assert_eq!(config.profile_path.as_deref(), Some("/tmp/profile.npy".as_ref()));
        assert!(config.profile && config.skip_codes.contains(GenstepCode::Torch));
        assert_eq!((config.skip_codes.len(), config.profile_leak_mb), (2, 10.0));
    }

    #[test]
    fn without_variables_nothing_is_changed() {
        let config = read(&[("OPTICKS_PROFILE_PATH", ""), ("OPTICKS_SKIP_GENCODE", " ")]).unwrap();
        assert!(!config.profile && config.profile_path.is_none() && config.skip_codes.is_empty());
    }

    #[test]
    fn wrong_values_are_named() {
        for (pairs, name) in [
            (&[("G4OKTEST_PROFILE_LEAK_MB", "ten")][..], "G4OKTEST_PROFILE_LEAK_MB=ten"),
            (&[("G4OKTEST_PROFILE_LEAK_MB", "-1")], "G4OKTEST_PROFILE_LEAK_MB=-1"),
            (&[("OPTICKS_SKIP_GENCODE", "1,cerenkov")], "OPTICKS_SKIP_GENCODE=1,cerenkov"),
        ] {
            let message = read(pairs).unwrap_err().to_string();
            assert!(message.contains(name), "{message}");
        }
    }
}
