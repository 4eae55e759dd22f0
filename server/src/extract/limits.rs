//! The limits of `domain` asked of whatever was sent, before it is read as anything.

use axum::http::Uri;
use domain::limits::{self, Beyond};
use serde_json::Value;

use super::below;
use crate::error::{Error, Result};

/// Of a JSON text: every value in it, wherever it stands. The error names the place, never the value.
pub fn check(value: &Value) -> Result<()> {
    let mut pointer = String::new();
    walk(value, "", &mut pointer).map_err(|beyond| Error::invalid(pointer, beyond.to_string()))
}

fn walk(value: &Value, name: &str, pointer: &mut String) -> Result<(), Beyond> {
    match value {
        Value::Null | Value::Bool(_) => Ok(()),
        Value::Number(number) => {
            let size = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            // What is neither is no whole number, and nothing here takes another.
            size.map_or(Ok(()), limits::number)
        }
        Value::String(text) => limits::text(name, text),
        Value::Array(values) => {
            limits::entries(values.len())?;
            values
                .iter()
                .enumerate()
                .try_for_each(|(index, value)| step(value, name, &index.to_string(), pointer))
        }
        Value::Object(fields) => {
            limits::entries(fields.len())?;
            fields.iter().try_for_each(|(key, value)| {
                limits::text("", key)?;
                step(value, key, key, pointer)
            })
        }
    }
}

/// One level down; on the way back from a fault the pointer stays where it was found.
fn step(value: &Value, name: &str, key: &str, pointer: &mut String) -> Result<(), Beyond> {
    let here = pointer.len();
    below(pointer, key);
    walk(value, name, pointer)?;
    pointer.truncate(here);
    Ok(())
}

/// Of the query of an address.
pub fn check_query(uri: &Uri) -> Result<()> {
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map_err(|rejection| Error::malformed(rejection.body_text()))?;
    let within = |(name, value): &(String, String)| {
        if name == "after" {
            return if value.len() > limits::CURSOR { Err(Beyond::Text(limits::CURSOR)) } else { Ok(()) };
        }
        limits::text(name, value)?;
        value.parse::<i64>().map_or(Ok(()), |number| limits::number(number.unsigned_abs()))
    };
    for pair in pairs.iter() {
        within(pair).map_err(|beyond| Error::malformed(format!("`{}`: {beyond}", shown(&pair.0))))?;
    }
    limits::entries(pairs.len()).map_err(|beyond| Error::malformed(format!("the query: {beyond}")))
}

/// A name as an answer repeats it: what is no name of ours may be anything.
fn shown(name: &str) -> &str {
    if name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        name
    } else {
        "?"
    }
}
