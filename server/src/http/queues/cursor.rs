//! Where a page ended: opaque, and good only for the list it came from.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::api::queue::QueueQuery;
use domain::post::Queue;
use serde::{Deserialize, Serialize};
use store::Cursor;

use crate::error::{Error, Result};
use crate::extract::limits;
use crate::seal::{hex, sha256};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    cursor: Cursor,
    list: String,
}

/// The text a browser sends back for the next page.
pub fn seal(cursor: Cursor, queue: Queue, query: &QueueQuery) -> String {
    let sealed = Sealed { cursor, list: list(queue, query) };
    let json = serde_json::to_vec(&sealed).expect("a cursor of names and numbers is JSON");
    URL_SAFE_NO_PAD.encode(json)
}

/// The place in the list.
///
/// # Errors
/// `Malformed` where it comes from elsewhere: from another list, filter or order.
pub fn open(text: &str, queue: Queue, query: &QueueQuery) -> Result<Cursor> {
    let fault = || Error::malformed("`after` does not belong to this list, filter and order");
    let json = URL_SAFE_NO_PAD.decode(text).map_err(|_| fault())?;
    // It was ours once; who sends another one gets no further with it.
    limits::check(&serde_json::from_slice(&json).map_err(|_| fault())?).map_err(|_| fault())?;
    let sealed: Sealed = serde_json::from_slice(&json).map_err(|_| fault())?;
    if sealed.list == list(queue, query) { Ok(sealed.cursor) } else { Err(fault()) }
}

/// What makes a list the same: the queue and everything asked for but the place in it.
fn list(queue: Queue, query: &QueueQuery) -> String {
    let query = QueueQuery { limit: None, after: None, last: None, ..query.clone() };
    let json = serde_json::to_vec(&(queue, query)).expect("a query is JSON");
    hex(&sha256(&json)[..8])
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::api::queue::Tab;
    use domain::id::CaseId;
    use store::SortKey;
    use uuid::Uuid;

    #[test]
    fn a_place_is_good_for_its_list_alone() {
        let query = QueueQuery::default();
        let case = CaseId(Uuid::from_u128(7));
        let text =
            seal(Cursor { key: SortKey::Number("SH-260318-0417".to_owned()), case }, Queue::Entry, &query);
        assert_eq!(open(&text, Queue::Entry, &query).unwrap().case, case);
        let more = QueueQuery { limit: Some(10), ..query.clone() };
        assert!(open(&text, Queue::Entry, &more).is_ok());
        assert!(open(&text, Queue::Intake, &query).is_err());
        let mine = QueueQuery { tab: Tab::Mine, ..query.clone() };
        assert!(open(&text, Queue::Entry, &mine).is_err());
        assert!(open("rubbish", Queue::Entry, &query).is_err());
    }
}
