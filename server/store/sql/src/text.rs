//! Texts in columns: names of enums, lists as JSON, numbers without a sign.

use chrono::{DateTime, SubsecRound, Utc};
use serde::{
    Deserialize, Serialize,
    de::{
        DeserializeOwned, IntoDeserializer,
        value::{Error, StrDeserializer},
    },
};
use store::StoreError;

/// The wire name of a variant, which is its name in the database.
pub(crate) fn name<T: Serialize>(variant: &T) -> Result<String, StoreError> {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(StoreError::Invalid("a value that has no name")),
    }
}

/// The variant of a name.
pub(crate) fn named<'n, T: Deserialize<'n>>(name: &'n str) -> Result<T, StoreError> {
    let names: StrDeserializer<'n, Error> = name.into_deserializer();
    T::deserialize(names).map_err(|error| StoreError::Corrupt(format!("{name}: {error}")))
}

/// The variant of a name that may be absent.
pub(crate) fn named_option<'n, T: Deserialize<'n>>(name: Option<&'n str>) -> Result<Option<T>, StoreError> {
    name.map(named).transpose()
}

/// A value as JSON.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Invalid("a value that is no JSON"))
}

/// A value read from JSON.
pub(crate) fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// A number without a sign, for a column.
pub(crate) fn int(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Invalid("a number above 2^63"))
}

/// A number of a smaller type, from a column.
pub(crate) fn small<T: TryFrom<i64>>(number: i64) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| StoreError::Corrupt(format!("{number} is out of range")))
}

/// A hash of 32 bytes, from a column.
pub(crate) fn hash(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Corrupt(format!("a hash of {} bytes", bytes.len())))
}

/// A moment cut to the whole milliseconds that columns hold. Moments the server makes are whole already; those
/// people typed or systems sent may not be.
pub(crate) fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(3)
}

/// The greatest text that begins with a prefix, for a search by range.
pub(crate) fn prefix_end(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}
