//! Maps whose keys are no texts, as lists of pairs: the names of a JSON object are texts.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Writes a map as a list of its pairs.
pub fn serialize<K: Serialize, V: Serialize, S: Serializer>(
    map: &BTreeMap<K, V>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(map)
}

/// Reads a map from a list of its pairs.
pub fn deserialize<'de, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Vec::<(K, V)>::deserialize(deserializer).map(BTreeMap::from_iter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Kept(#[serde(with = "super")] BTreeMap<(u8, char), bool>);

    #[test]
    fn a_map_comes_back_as_it_was() {
        let kept = Kept(BTreeMap::from([((2, 'b'), true), ((1, 'a'), false)]));
        let json = serde_json::to_string(&kept).expect("a draft is written");
        assert_eq!(json, r#"[[[1,"a"],false],[[2,"b"],true]]"#);
        assert_eq!(serde_json::from_str::<Kept>(&json).expect("a draft is read"), kept);
    }
}
