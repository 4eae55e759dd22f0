use std::collections::BTreeMap;

use axum::http::Request as HttpRequest;
use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Command {
    Claim {},
    Enter { item: u8, fields: BTreeMap<String, Value> },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Value {
    Text(String),
    Amount { minor: i64 },
}

fn errors(body: &str) -> Vec<(String, String)> {
    match parse::<Command>(body.as_bytes()).unwrap_err() {
        Error::Malformed { errors, .. } => errors.into_iter().map(|e| (e.pointer, e.detail)).collect(),
        other => panic!("{other:?}"),
    }
}

fn detail(bytes: &[u8]) -> String {
    parse::<Command>(bytes).unwrap_err().to_string()
}

#[test]
fn names_the_field_at_fault_by_pointer() {
    let cases = [
        (r#"{"enter":{"item":"x","fields":{}}}"#, "/enter/item", "expected u8"),
        (r#"{"enter":{"item":1}}"#, "/enter/fields", "missing"),
        (
            r#"{"enter":{"item":1,"fields":{"a/b":{"amount":{"minor":"1"}}}}}"#,
            "/enter/fields/a~1b/amount/minor",
            "expected i64",
        ),
        (r#"{"enter":{"item":1,"fields":{},"more":1}}"#, "/enter/more", "unknown field"),
        (r#"{"claim":{"x":1}}"#, "/claim/x", "unknown field"),
    ];
    for (body, pointer, detail) in cases {
        assert_eq!(errors(body), [(pointer.to_owned(), detail.to_owned())], "{body}");
    }
    let unknown = errors(r#"{"steal":{}}"#);
    assert!(unknown[0].1.contains("claim"), "{unknown:?}");
}

#[test]
fn never_repeats_what_was_typed() {
    let error = parse::<Command>(br#"{"enter":{"item":"13812341234","fields":{}}}"#).unwrap_err();
    assert!(!format!("{error:?}").contains("1381234"));
}

#[test]
fn refuses_what_no_reader_should_meet() {
    assert!(detail(b"{\"claim\":{}").contains("not JSON"));
    assert!(detail(b"\xff\xfe").contains("UTF-8"));
    assert!(detail(br#"{"enter":{"item":1,"fields":{"a":{"text":"\u0000"}}}}"#).contains("NUL"));
    assert!(detail(b"{\"claim\":{}}\0").contains("NUL"));
    assert!(detail("[".repeat(100_000).as_bytes()).contains("deeper"));
    assert!(detail(br#"{"claim":{}} x"#).contains("trailing"));
    assert_eq!(parse::<Command>(br#"{"claim":{}}"#).unwrap(), Command::Claim {});
}

#[test]
fn an_escaped_backslash_before_u0000_is_no_nul() {
    let body = br#"{"enter":{"item":1,"fields":{"a":{"text":"\\u0000"}}}}"#;
    assert!(parse::<Command>(body).is_ok());
}

async fn header<T: FromRequestParts<()>>(name: &str, value: Option<&str>) -> Result<T, T::Rejection> {
    let mut request = HttpRequest::builder();
    if let Some(value) = value {
        request = request.header(name, value);
    }
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    T::from_request_parts(&mut parts, &()).await
}

#[tokio::test]
async fn versions_are_quoted_numbers() {
    assert_eq!(header::<IfMatch>("if-match", Some("\"7\"")).await.unwrap(), IfMatch(7));
    assert!(matches!(header::<IfMatch>("if-match", None).await, Err(Error::PreconditionMissing("If-Match"))));
    for bad in ["7", "W/\"7\"", "*", "\"\"", "\"+7\"", "\"9223372036854775808\"", "\"99999999999999999999\""]
    {
        assert!(
            matches!(header::<IfMatch>("if-match", Some(bad)).await, Err(Error::Malformed { .. })),
            "{bad}"
        );
    }
}

#[tokio::test]
async fn keys_are_visible_ascii() {
    let key = "0192-abcdef";
    assert_eq!(header::<IdempotencyKey>("idempotency-key", Some(key)).await.unwrap().0, key);
    for bad in ["short", "has a space in it", &"x".repeat(129)] {
        assert!(header::<IdempotencyKey>("idempotency-key", Some(bad)).await.is_err(), "{bad}");
    }
}

#[tokio::test]
async fn bodies_have_a_type_and_a_size() {
    async fn body(kind: &str, size: usize) -> Result<Json<serde_json::Value>> {
        let body = format!("\"{}\"", "a".repeat(size));
        let request = HttpRequest::builder().header("content-type", kind).body(Body::from(body)).unwrap();
        Json::from_request(request, &()).await
    }
    assert!(body("application/json; charset=utf-8", 10).await.is_ok());
    assert!(matches!(body("text/plain", 10).await, Err(Error::NotJson)));
    assert!(matches!(body("application/json", BODY_LIMIT).await, Err(Error::TooLarge(_))));
}
