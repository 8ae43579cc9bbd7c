//! From the material index of somebody else's gensteps to ours.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Genstep;
use crate::detector::Detector;

/// Names of materials by the index that a foreign program (Geant4's material table, for one) gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MaterialNames {
    names: BTreeMap<u32, String>,
}

/// Material names that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MaterialNamesError {
    /// The file cannot be read.
    #[error("{}: cannot read the material names: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not JSON of a form that is understood.
    #[error(
        "{place}: not a list of material names: {problem}; give [\"Air\", \"LS\"] or {{\"0\": \"Air\", \"1\": \"LS\"}} or an object with such a list as `materials`"
    )]
    Format {
        /// The file, or what the text is.
        place: String,
        /// What the JSON reader said.
        problem: String,
    },
}

impl MaterialNames {
    /// Names in the order of their indices, from 0.
    pub fn from_list<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self { names: (0..).zip(names.into_iter().map(Into::into)).collect() }
    }

    /// Reads a JSON file: a list of names, a map of indices to names, or an object whose `materials` is one.
    ///
    /// # Errors
    /// An unreadable file, and JSON of another form.
    pub fn read(path: &Path) -> Result<Self, MaterialNamesError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| MaterialNamesError::Io { path: path.to_owned(), source })?;
        Self::parse(&text, &path.display().to_string())
    }

    /// Reads JSON text; `place` names it in errors.
    ///
    /// # Errors
    /// JSON of another form than [`MaterialNames::read`] takes.
    pub fn parse(text: &str, place: &str) -> Result<Self, MaterialNamesError> {
        let fail = |problem: String| MaterialNamesError::Format { place: place.to_owned(), problem };
        let value: Value = serde_json::from_str(text).map_err(|error| fail(error.to_string()))?;
        let value = value.get("materials").unwrap_or(&value);
        let entries: Vec<(String, &Value)> = match value {
            Value::Array(list) => list.iter().enumerate().map(|(i, name)| (i.to_string(), name)).collect(),
            Value::Object(map) => map.iter().map(|(index, name)| (index.clone(), name)).collect(),
            _ => return Err(fail("neither a list nor a map".to_owned())),
        };
        let mut names = BTreeMap::new();
        for (index, name) in entries {
            let name = name.as_str().ok_or_else(|| fail(format!("the name at {index} is not a string")))?;
            let index = index.parse().map_err(|_| fail(format!("`{index}` is not an index")))?;
            names.insert(index, name.to_owned());
        }
        Ok(Self { names })
    }

    /// The name of an index.
    pub fn name(&self, index: i32) -> Option<&str> {
        u32::try_from(index).ok().and_then(|i| self.names.get(&i)).map(String::as_str)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Finds every name in a geometry. Names that the geometry does not have are kept aside: only using them is
    /// an error, since a program's material table often holds more than the geometry uses.
    pub fn in_geometry(&self, detector: &Detector) -> MaterialLookup {
        let find = |name: &str| detector.material_by_name(name).map(|id| id.index() as i32);
        let entries = self.names.iter().map(|(index, name)| (*index, (name.clone(), find(name)))).collect();
        MaterialLookup { entries, known: detector.materials.iter().map(|m| m.name.clone()).collect() }
    }
}

/// From a foreign material index to the index in [`Detector::materials`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "NLookup")]
pub struct MaterialLookup {
    entries: BTreeMap<u32, (String, Option<i32>)>,
    known: Vec<String>,
}

impl MaterialLookup {
    /// Our index of a foreign one. [`Genstep::MATERIAL_AT_STEP`] stays what it is.
    ///
    /// # Errors
    /// An index without a name, and a name that the geometry does not have.
    pub fn translate(&self, foreign: i32) -> Result<i32, MaterialFault> {
        if foreign == Genstep::MATERIAL_AT_STEP {
            return Ok(foreign);
        }
        let entry = u32::try_from(foreign).ok().and_then(|i| self.entries.get(&i));
        let (name, ours) =
            entry.ok_or(MaterialFault::OutOfRange { index: foreign, count: self.entries.len() })?;
        ours.ok_or_else(|| MaterialFault::NotInGeometry {
            index: foreign,
            name: name.clone(),
            known: self.known.join(" "),
        })
    }
}

/// A material index that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MaterialFault {
    /// There is no name for the index.
    #[error("material index {index} is out of range: {count} materials are named")]
    OutOfRange {
        /// The index.
        index: i32,
        /// How many names there are.
        count: usize,
    },
    /// The geometry does not have the material.
    #[error(
        "material index {index} is `{name}`, which the geometry does not have; its materials are: {known}"
    )]
    NotInGeometry {
        /// The index.
        index: i32,
        /// Its name.
        name: String,
        /// The names that the geometry has.
        known: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_maps_and_objects_are_read() {
        let list = MaterialNames::from_list(["Air", "LS"]);
        for text in [
            r#"["Air", "LS"]"#,
            r#"{"1": "LS", "0": "Air"}"#,
            r#"{"geant4": "10.6.3", "materials": ["Air", "LS"]}"#,
            r#"{"materials": {"0": "Air", "1": "LS"}}"#,
        ] {
            assert_eq!(MaterialNames::parse(text, "names.json").unwrap(), list, "{text}");
        }
        assert_eq!((list.name(1), list.name(2), list.name(-1)), (Some("LS"), None, None));
    }

    #[test]
    fn other_json_is_an_error_that_names_the_file() {
        for text in ["", "{", "7", "[1]", r#"{"x": "Air"}"#, r#"{"-1": "Air"}"#, r#"{"materials": 3}"#] {
            let message = MaterialNames::parse(text, "names.json").unwrap_err().to_string();
            assert!(message.starts_with("names.json: "), "{text}: {message}");
        }
        let message = MaterialNames::read(Path::new("/nowhere/names.json")).unwrap_err().to_string();
        assert!(message.contains("/nowhere/names.json"), "{message}");
    }

    #[test]
    fn only_names_of_the_geometry_translate() {
        let lookup = MaterialLookup {
            entries: BTreeMap::from([(0, ("Air".to_owned(), Some(5))), (1, ("Lead".to_owned(), None))]),
            known: vec!["Air".to_owned()],
        };
        assert_eq!(lookup.translate(0), Ok(5));
        assert_eq!(lookup.translate(-1), Ok(-1));
        assert!(matches!(lookup.translate(1), Err(MaterialFault::NotInGeometry { index: 1, .. })));
        assert_eq!(lookup.translate(2), Err(MaterialFault::OutOfRange { index: 2, count: 2 }));
        assert_eq!(lookup.translate(-2), Err(MaterialFault::OutOfRange { index: -2, count: 2 }));
    }
}
