//! Metadata that goes with an array: a JSON object, saved beside the array.

use serde_json::{Map, Value};

const CONTENT_INDEX: &str = "ArrayContentIndex";
const CONTENT_VERSION: &str = "ArrayContentVersion";

/// Named values that go with an array, as a JSON object.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    entries: Map<String, Value>,
}

impl Metadata {
    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.get(key)
    }

    /// Sets the value of a key.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.entries.insert(key.to_owned(), value.into());
    }

    /// Index of the content, such as the event number.
    #[doc(alias = "getArrayContentIndex")]
    pub fn content_index(&self) -> Option<i64> {
        self.get(CONTENT_INDEX)?.as_i64()
    }

    /// Sets the index of the content, such as the event number.
    #[doc(alias = "setArrayContentIndex")]
    pub fn set_content_index(&mut self, index: i64) {
        self.set(CONTENT_INDEX, index);
    }

    /// Version of the content, such as that of the program that made it.
    #[doc(alias = "getArrayContentVersion")]
    pub fn content_version(&self) -> Option<i64> {
        self.get(CONTENT_VERSION)?.as_i64()
    }

    /// Sets the version of the content, such as that of the program that made it.
    #[doc(alias = "setArrayContentVersion")]
    pub fn set_content_version(&mut self, version: i64) {
        self.set(CONTENT_VERSION, version);
    }

    /// The entries as JSON text.
    pub fn to_json(&self) -> String {
        format!("{:#}\n", Value::Object(self.entries.clone()))
    }

    /// Entries from JSON text; `None` unless that is one JSON object.
    pub fn from_json(text: &str) -> Option<Self> {
        match serde_json::from_str(text) {
            Ok(Value::Object(entries)) => Some(Metadata { entries }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_round_trip() {
        let mut metadata = Metadata::default();
        assert!(metadata.is_empty());
        metadata.set_content_index(7);
        metadata.set_content_version(1063);
        metadata.set("creator", "CGenstepCollectorTest");
        let back = Metadata::from_json(&metadata.to_json()).unwrap();
        assert_eq!(back, metadata);
        assert_eq!((back.content_index(), back.content_version()), (Some(7), Some(1063)));
        assert_eq!(Metadata::from_json("[1]"), None);
        assert_eq!(Metadata::from_json("{"), None);
    }
}
