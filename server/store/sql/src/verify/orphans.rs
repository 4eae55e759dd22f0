//! Rows that belong to nothing, or say something else than the case they belong to.

use crate::{dialect::Conn, error::store_error};
use store::StoreError;

/// A question that must find nothing, and how to word what it finds.
struct Question {
    sql: &'static str,
    words: &'static str,
}

/// Each gives an identifying text per row at fault.
const QUESTIONS: &[Question] = &[
    Question {
        sql: "SELECT number FROM work_item w WHERE NOT w.imported AND NOT EXISTS \
              (SELECT 1 FROM case_state c WHERE c.case_id = w.case_id AND c.ended_at IS NULL \
               AND c.version = w.version AND c.number = w.number AND c.stage = w.stage AND c.status = w.status \
               AND c.unit = w.unit AND c.accepting = w.accepting) ORDER BY number LIMIT 20",
        words: "queue row without its open case",
    },
    Question {
        sql: "SELECT number FROM case_state c WHERE c.ended_at IS NULL AND NOT EXISTS \
              (SELECT 1 FROM work_item w WHERE w.case_id = c.case_id) ORDER BY number LIMIT 20",
        words: "open case without its queue row",
    },
    Question {
        sql: "SELECT number FROM work_item w WHERE w.imported AND NOT EXISTS \
              (SELECT 1 FROM imported_case i WHERE i.case_id = w.case_id AND i.is_open) ORDER BY number LIMIT 20",
        words: "queue row without its imported case",
    },
    Question {
        sql: "SELECT number FROM case_state c WHERE c.version <> \
              (SELECT COUNT(*) FROM event e WHERE e.case_id = c.case_id) ORDER BY number LIMIT 20",
        words: "case with fewer or more events than its version",
    },
    Question {
        sql: "SELECT payload FROM (SELECT e.kind AS payload FROM event e WHERE e.version = 1 \
              AND NOT EXISTS (SELECT 1 FROM case_state c WHERE c.case_id = e.case_id) \
              AND NOT EXISTS (SELECT 1 FROM imported_case i WHERE i.case_id = e.case_id)) o LIMIT 20",
        words: "event of no case",
    },
    Question {
        sql: "SELECT c.number FROM case_state c WHERE c.status = 'handed_over' AND c.paper AND NOT EXISTS \
              (SELECT 1 FROM slip_line l WHERE l.case_id = c.case_id AND l.state = 'open') \
              ORDER BY c.number LIMIT 20",
        words: "case on a slip that does not list it",
    },
    Question {
        sql: "SELECT s.number FROM slip_line l JOIN slip s ON s.id = l.slip_id WHERE l.state = 'open' \
              AND NOT EXISTS (SELECT 1 FROM work_item w WHERE w.case_id = l.case_id \
              AND ((s.kind = 'posts' AND w.status = 'handed_over') OR w.transfer_to = s.to_person)) \
              ORDER BY s.number LIMIT 20",
        words: "slip with an open line whose case is not on it",
    },
    Question {
        sql: "SELECT s.number FROM slip s WHERE NOT s.closed AND EXISTS \
              (SELECT 1 FROM slip_line l WHERE l.slip_id = s.id AND l.state = 'confirmed') \
              ORDER BY s.number LIMIT 20",
        words: "slip that takes lines after a receipt",
    },
    Question {
        sql: "SELECT s.number FROM slip s WHERE s.closed AND NOT EXISTS \
              (SELECT 1 FROM slip_line l WHERE l.slip_id = s.id AND l.state = 'confirmed') \
              ORDER BY s.number LIMIT 20",
        words: "slip that takes no more lines before a receipt",
    },
    Question {
        sql: "SELECT p.person FROM work_person p WHERE NOT EXISTS \
              (SELECT 1 FROM work_item w WHERE w.case_id = p.case_id) ORDER BY p.person LIMIT 20",
        words: "worker of a case that is not open",
    },
    Question {
        sql: "SELECT l.item FROM work_line l WHERE NOT EXISTS \
              (SELECT 1 FROM work_item w WHERE w.case_id = l.case_id) ORDER BY l.item LIMIT 20",
        words: "item of a case that is not open",
    },
];

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for question in QUESTIONS {
        let rows: Vec<(String,)> =
            sqlx::query_as(question.sql).fetch_all(&mut *conn).await.map_err(store_error)?;
        found.extend(rows.into_iter().map(|(row,)| format!("{}: {row}", question.words)));
    }
    Ok(found)
}
