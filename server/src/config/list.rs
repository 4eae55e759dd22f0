//! Settings that are lists: an array in the file; in the environment `a, b` or a JSON array.

use std::net::IpAddr;

use domain::actor::Role;
use ipnet::IpNet;
use serde::Deserialize;
use serde::de::{Deserializer, Error, IntoDeserializer};

/// How a list is written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Array(Vec<String>),
    Line(String),
}

/// Addresses, or networks as `10.0.0.0/8` or `fd00::/8`.
pub fn networks<'de, D: Deserializer<'de>>(value: D) -> Result<Vec<IpNet>, D::Error> {
    parts(value)?.iter().map(|part| network(part.trim()).map_err(D::Error::custom)).collect()
}

/// Roles, named as on the wire.
pub fn roles<'de, D: Deserializer<'de>>(value: D) -> Result<Vec<Role>, D::Error> {
    parts(value)?.iter().map(|part| Role::deserialize(part.trim().into_deserializer())).collect()
}

fn parts<'de, D: Deserializer<'de>>(value: D) -> Result<Vec<String>, D::Error> {
    match Written::deserialize(value).map_err(|_| D::Error::custom("expected a list of texts"))? {
        Written::Array(parts) => Ok(parts),
        Written::Line(line) => split(&line).map_err(D::Error::custom),
    }
}

fn split(line: &str) -> Result<Vec<String>, String> {
    if line.trim_start().starts_with('[') {
        return serde_json::from_str(line).map_err(|_| format!("{line} is no JSON array of texts"));
    }
    Ok(line.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect())
}

fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
    address.or_else(|_| text.parse()).map_err(|_| format!("{text:?} is no address and no network"))
}
