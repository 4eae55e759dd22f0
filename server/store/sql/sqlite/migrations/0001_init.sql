-- The store as it begins. Every table stands in both engines under the same names, with the same columns, keys
-- and checks; a test compares them. The text of a migration never changes once it has been released.
-- Times are RFC 3339 text in UTC with no or three digits of a second, which sort as they read because '+' comes
-- before '.'; the length says so. Times with other digits are refused here, never rounded.

-- Who and where -----------------------------------------------------------------------------------------------

CREATE TABLE unit (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('head', 'branch', 'sub_branch', 'office')),
  parent TEXT REFERENCES unit (id)
) STRICT;

-- Which unit works a stage for an accepting unit, where it is not that unit itself.
CREATE TABLE site (
  accepting TEXT NOT NULL REFERENCES unit (id),
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  unit TEXT NOT NULL REFERENCES unit (id),
  PRIMARY KEY (accepting, stage)
) STRICT;

CREATE TABLE calendar (
  unit TEXT PRIMARY KEY NOT NULL REFERENCES unit (id),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE catalogue (
  version INTEGER PRIMARY KEY NOT NULL CHECK (version > 0),
  in_force_from TEXT NOT NULL CHECK (length(in_force_from) IN (25, 29)),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE person (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('clerk', 'lead', 'manager', 'inspector', 'system_admin', 'security_admin', 'audit_admin')),
  unit TEXT NOT NULL REFERENCES unit (id),
  grants TEXT NOT NULL,
  password TEXT,
  must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1))
) STRICT;

CREATE TABLE person_post (
  person TEXT NOT NULL REFERENCES person (id),
  post TEXT NOT NULL CHECK (post IN ('intake', 'entry', 'servicing', 'recheck', 'binding')),
  valid_from TEXT NOT NULL CHECK (length(valid_from) = 10),
  valid_to TEXT CHECK (length(valid_to) = 10),
  PRIMARY KEY (person, post, valid_from)
) STRICT;

CREATE TABLE person_scope (
  person TEXT NOT NULL REFERENCES person (id),
  unit TEXT NOT NULL REFERENCES unit (id),
  PRIMARY KEY (person, unit)
) STRICT;

-- The token is never stored, only its hash.
CREATE TABLE session (
  token BLOB PRIMARY KEY NOT NULL CHECK (length(token) = 32),
  person TEXT NOT NULL REFERENCES person (id),
  created_at TEXT NOT NULL CHECK (length(created_at) IN (25, 29)),
  seen_at TEXT NOT NULL CHECK (length(seen_at) IN (25, 29)),
  ends_at TEXT NOT NULL CHECK (length(ends_at) IN (25, 29))
) STRICT;
CREATE INDEX session_person ON session (person);

-- Failed sign-ins, by account and by address.
CREATE TABLE throttle (
  name TEXT PRIMARY KEY NOT NULL,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  last_at TEXT NOT NULL CHECK (length(last_at) IN (25, 29)),
  wait_until TEXT CHECK (length(wait_until) IN (25, 29))
) STRICT;

-- What a request was answered, so that the same key gives the same answer.
CREATE TABLE idempotency_key (
  person TEXT NOT NULL,
  command_key TEXT NOT NULL,
  request BLOB NOT NULL CHECK (length(request) = 32),
  status INTEGER NOT NULL,
  answer TEXT NOT NULL,
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  PRIMARY KEY (person, command_key)
) STRICT;
CREATE INDEX idempotency_key_at ON idempotency_key (at);

-- The log ------------------------------------------------------------------------------------------------------

-- Append only. The payload is the canonical form: it is sealed by its link and never written anew.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY NOT NULL,
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  version INTEGER NOT NULL CHECK (version > 0),
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('person', 'system', 'integration')),
  actor TEXT,
  stage TEXT CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  unit TEXT NOT NULL,
  catalogue INTEGER NOT NULL,
  form INTEGER NOT NULL,
  command_key TEXT,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  link BLOB NOT NULL CHECK (length(link) = 32),
  UNIQUE (case_id, version),
  CHECK ((actor_kind = 'system') = (actor IS NULL))
) STRICT;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append only'); END;

-- Links of events, sealed together in the order of the log from time to time: no tail can be cut off unseen.
CREATE TABLE seal (
  seal_no INTEGER PRIMARY KEY NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  events INTEGER NOT NULL CHECK (events > 0),
  link BLOB NOT NULL CHECK (length(link) = 32),
  at TEXT NOT NULL CHECK (length(at) IN (25, 29))
) STRICT;
CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'seal is append only'); END;
CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'seal is append only'); END;

-- State of each case: what replay of its events gives.
CREATE TABLE case_state (
  case_id BLOB PRIMARY KEY NOT NULL CHECK (length(case_id) = 16),
  number TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL CHECK (version > 0),
  link BLOB NOT NULL CHECK (length(link) = 32),
  accepting TEXT NOT NULL,
  unit TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  status TEXT NOT NULL CHECK (status IN ('ready', 'claimed', 'waiting', 'handed_over', 'released', 'withdrawn', 'declined')),
  policy_no TEXT NOT NULL,
  applicant TEXT NOT NULL,
  channel TEXT NOT NULL,
  class TEXT NOT NULL,
  items TEXT NOT NULL,
  amount INTEGER NOT NULL,
  paper INTEGER NOT NULL CHECK (paper IN (0, 1)),
  received_at TEXT NOT NULL CHECK (length(received_at) IN (25, 29)),
  registered_at TEXT NOT NULL CHECK (length(registered_at) IN (25, 29)),
  breach_at TEXT CHECK (length(breach_at) IN (25, 29)),
  return_count INTEGER NOT NULL,
  priority TEXT NOT NULL CHECK (priority IN ('complaint', 'vip', 'none')),
  ended_at TEXT CHECK (length(ended_at) IN (25, 29)),
  body TEXT NOT NULL,
  CHECK ((status IN ('released', 'withdrawn', 'declined')) = (ended_at IS NOT NULL))
) STRICT;
CREATE INDEX case_state_policy ON case_state (policy_no);
CREATE INDEX case_state_applicant ON case_state (applicant);

-- Data key of each case, wrapped by a master key. Purging a case destroys it.
CREATE TABLE case_key (
  case_id BLOB PRIMARY KEY NOT NULL CHECK (length(case_id) = 16),
  master TEXT NOT NULL,
  wrapped BLOB NOT NULL
) STRICT;

-- Cases by the keyed hashes of the personal values they hold.
CREATE TABLE party (
  digest TEXT NOT NULL,
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  PRIMARY KEY (digest, case_id)
) STRICT, WITHOUT ROWID;

-- Who saw full personal values.
CREATE TABLE access_record (
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  person TEXT NOT NULL,
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  purpose TEXT NOT NULL
) STRICT;
CREATE INDEX access_record_case ON access_record (case_id, at);

-- Work ---------------------------------------------------------------------------------------------------------

-- Open work alone: what queues read. One row a case, so that a case is held by one person at most.
CREATE TABLE work_item (
  case_id BLOB PRIMARY KEY NOT NULL CHECK (length(case_id) = 16),
  number TEXT NOT NULL,
  version INTEGER NOT NULL,
  queue TEXT NOT NULL CHECK (queue IN ('intake', 'entry', 'servicing', 'recheck', 'final-check', 'binding')),
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  status TEXT NOT NULL CHECK (status IN ('ready', 'claimed', 'waiting', 'handed_over')),
  accepting TEXT NOT NULL,
  unit TEXT NOT NULL,
  act_unit TEXT NOT NULL,
  holder TEXT,
  to_stage TEXT CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  to_unit TEXT,
  transfer_to TEXT,
  until_at TEXT CHECK (length(until_at) IN (25, 29)),
  act_by TEXT NOT NULL CHECK (length(act_by) IN (25, 29)),
  due_at TEXT NOT NULL CHECK (length(due_at) IN (25, 29)),
  breach_at TEXT CHECK (length(breach_at) IN (25, 29)),
  rank INTEGER NOT NULL,
  arrived_at TEXT NOT NULL CHECK (length(arrived_at) IN (25, 29)),
  received_at TEXT NOT NULL CHECK (length(received_at) IN (25, 29)),
  moved_at TEXT NOT NULL CHECK (length(moved_at) IN (25, 29)),
  active_at TEXT CHECK (length(active_at) IN (25, 29)),
  return_count INTEGER NOT NULL,
  returned INTEGER NOT NULL CHECK (returned IN (0, 1)),
  reserved_for TEXT,
  reserved_until TEXT CHECK (length(reserved_until) IN (25, 29)),
  priority TEXT NOT NULL CHECK (priority IN ('complaint', 'vip', 'none')),
  items TEXT NOT NULL,
  class TEXT NOT NULL,
  amount INTEGER NOT NULL,
  policy_no TEXT NOT NULL,
  applicant TEXT NOT NULL,
  channel TEXT NOT NULL,
  from_stage TEXT CHECK (from_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  from_person TEXT,
  approvals INTEGER NOT NULL CHECK (approvals >= 0),
  proposal INTEGER NOT NULL CHECK (proposal IN (0, 1)),
  barred INTEGER NOT NULL CHECK (barred IN (0, 1)),
  imported INTEGER NOT NULL CHECK (imported IN (0, 1)),
  CHECK ((status = 'ready') = (holder IS NULL)),
  CHECK ((status = 'handed_over') = (to_stage IS NOT NULL)),
  CHECK ((status = 'waiting') = (until_at IS NOT NULL)),
  CHECK ((reserved_for IS NULL) = (reserved_until IS NULL))
) STRICT;
-- Get-next: within a band, rank by rank, in the order of work.
CREATE INDEX work_item_next ON work_item (stage, rank, act_by, arrived_at, number) WHERE status = 'ready' AND NOT imported;
CREATE INDEX work_item_reserved ON work_item (reserved_for, act_by) WHERE reserved_for IS NOT NULL;
-- Lists, one index per order.
CREATE INDEX work_item_due ON work_item (queue, act_by, case_id);
CREATE INDEX work_item_arrived ON work_item (queue, arrived_at, case_id);
CREATE INDEX work_item_amount ON work_item (queue, amount, case_id);
CREATE INDEX work_item_number ON work_item (queue, number, case_id);
CREATE INDEX work_item_holder ON work_item (holder, queue) WHERE holder IS NOT NULL;
CREATE INDEX work_item_transfer ON work_item (transfer_to, queue) WHERE transfer_to IS NOT NULL;
CREATE INDEX work_item_approval ON work_item (act_by, case_id) WHERE approvals > 0;
CREATE INDEX work_item_policy ON work_item (policy_no);
CREATE INDEX work_item_moved ON work_item (moved_at);
CREATE INDEX work_item_active ON work_item (active_at) WHERE status = 'claimed';
CREATE INDEX work_item_until ON work_item (until_at) WHERE status = 'waiting';

-- Who worked on an open case, by stage: separation of persons in SQL.
CREATE TABLE work_person (
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  person TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  PRIMARY KEY (case_id, person, stage)
) STRICT, WITHOUT ROWID;

-- Items of an open case: grants and the filter by item in SQL.
CREATE TABLE work_line (
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  line_no INTEGER NOT NULL,
  item TEXT NOT NULL,
  PRIMARY KEY (case_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_line_item ON work_line (item, case_id);

-- Slips 交接清单. One is closed to new lines once a receiver has settled one of them.
CREATE TABLE slip (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('posts', 'transfer')),
  from_stage TEXT NOT NULL CHECK (from_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  from_unit TEXT NOT NULL,
  to_stage TEXT NOT NULL CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  to_unit TEXT NOT NULL,
  to_person TEXT,
  begun_at TEXT NOT NULL CHECK (length(begun_at) IN (25, 29)),
  closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
  CHECK ((kind = 'transfer') = (to_person IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX slip_open ON slip (kind, from_stage, from_unit, to_stage, to_unit, COALESCE(to_person, '')) WHERE NOT closed;

CREATE TABLE slip_line (
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  version INTEGER NOT NULL,
  slip_id BLOB NOT NULL REFERENCES slip (id) CHECK (length(slip_id) = 16),
  giver TEXT NOT NULL,
  returned INTEGER NOT NULL CHECK (returned IN (0, 1)),
  materials TEXT NOT NULL,
  counts TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'confirmed', 'different', 'withdrawn')),
  given_at TEXT NOT NULL CHECK (length(given_at) IN (25, 29)),
  settled_at TEXT CHECK (length(settled_at) IN (25, 29)),
  settled_by TEXT,
  difference TEXT,
  PRIMARY KEY (case_id, version),
  CHECK ((state = 'open') = (settled_at IS NULL))
) STRICT;
CREATE INDEX slip_line_slip ON slip_line (slip_id, given_at);
CREATE UNIQUE INDEX slip_line_open ON slip_line (case_id) WHERE state = 'open';

-- Numbers allotted per unit, day and letter.
CREATE TABLE number_sequence (
  unit TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  letter TEXT NOT NULL,
  last_number INTEGER NOT NULL CHECK (last_number > 0),
  PRIMARY KEY (unit, business_date, letter)
) STRICT;

-- What happened, by day --------------------------------------------------------------------------------------------

-- Movements between cells (process §8): at most one cell left and one entered.
CREATE TABLE movement (
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('registered', 'passed', 'returned', 'released', 'closed')),
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
  accepting TEXT NOT NULL,
  from_unit TEXT,
  from_stage TEXT CHECK (from_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  to_unit TEXT,
  to_stage TEXT CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  person TEXT,
  PRIMARY KEY (case_id, version),
  CHECK ((from_unit IS NULL) = (from_stage IS NULL)),
  CHECK ((to_unit IS NULL) = (to_stage IS NULL))
) STRICT;
CREATE INDEX movement_day ON movement (business_date, accepting, kind, from_stage, to_stage, from_unit, to_unit, hour);
CREATE INDEX movement_at ON movement (at);

-- Finished steps: the frame of sample draws. A step finished anew replaces itself.
CREATE TABLE step (
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  round INTEGER NOT NULL CHECK (round > 0),
  version INTEGER NOT NULL,
  number TEXT NOT NULL,
  person TEXT NOT NULL,
  unit TEXT NOT NULL,
  accepting TEXT NOT NULL,
  items TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('forward', 'returned', 'declined')),
  arrived_at TEXT NOT NULL CHECK (length(arrived_at) IN (25, 29)),
  due_at TEXT NOT NULL CHECK (length(due_at) IN (25, 29)),
  finished_at TEXT NOT NULL CHECK (length(finished_at) IN (25, 29)),
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  age INTEGER NOT NULL,
  visit INTEGER NOT NULL,
  PRIMARY KEY (case_id, stage, round)
) STRICT;
CREATE INDEX step_day ON step (business_date, stage, unit, accepting, due_at);
CREATE INDEX step_done ON step (stage, business_date, finished_at, case_id);
CREATE INDEX step_person ON step (business_date, person);
CREATE INDEX step_age ON step (stage, age, business_date, accepting);

-- Items of a round of recheck or final check: a census (quality §1).
CREATE TABLE recheck_item (
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  round INTEGER NOT NULL,
  item_no INTEGER NOT NULL,
  item TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  accepting TEXT NOT NULL,
  unit TEXT NOT NULL,
  rechecker TEXT NOT NULL,
  to_stage TEXT CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  responsible TEXT,
  in_error INTEGER NOT NULL CHECK (in_error IN (0, 1)),
  PRIMARY KEY (case_id, stage, round, item_no)
) STRICT;
CREATE INDEX recheck_item_day ON recheck_item (business_date, stage, round);

CREATE TABLE recheck_ground (
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  round INTEGER NOT NULL,
  ground_no INTEGER NOT NULL,
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  accepting TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('finding', 'nonconformity', 'no_fault')),
  error_point TEXT,
  check_point INTEGER,
  severity TEXT,
  cause TEXT NOT NULL,
  to_stage TEXT CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  PRIMARY KEY (case_id, stage, round, ground_no),
  CHECK ((kind = 'finding') = (error_point IS NOT NULL)),
  CHECK ((kind = 'nonconformity') = (check_point IS NOT NULL))
) STRICT;
CREATE INDEX recheck_ground_day ON recheck_ground (business_date, stage, round);

-- Sample checks 抽检 --------------------------------------------------------------------------------------------

-- The secret of a day's draws, fixed before its frames close.
CREATE TABLE draw_seed (
  business_date TEXT PRIMARY KEY NOT NULL CHECK (length(business_date) = 10),
  seed TEXT NOT NULL,
  commitment TEXT NOT NULL,
  at TEXT NOT NULL CHECK (length(at) IN (25, 29))
) STRICT;
CREATE TRIGGER draw_seed_no_update BEFORE UPDATE ON draw_seed BEGIN SELECT RAISE(ABORT, 'draw_seed is append only'); END;
CREATE TRIGGER draw_seed_no_delete BEFORE DELETE ON draw_seed BEGIN SELECT RAISE(ABORT, 'draw_seed is append only'); END;

-- The ledger of draws; only the mark that it was done again with the same result is added later.
CREATE TABLE draw (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  number TEXT NOT NULL UNIQUE,
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  unit TEXT NOT NULL,
  post TEXT NOT NULL CHECK (post IN ('intake', 'entry', 'servicing', 'recheck', 'binding')),
  frame_size INTEGER NOT NULL CHECK (frame_size >= 0),
  frame_hash TEXT NOT NULL,
  seed_commitment TEXT NOT NULL,
  seed TEXT NOT NULL,
  drawn INTEGER NOT NULL CHECK (drawn <= frame_size),
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  person TEXT NOT NULL,
  verified_at TEXT CHECK (length(verified_at) IN (25, 29))
) STRICT;
CREATE INDEX draw_day ON draw (business_date, unit);

CREATE TABLE sample_check (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  version INTEGER NOT NULL CHECK (version > 0),
  draw_id BLOB REFERENCES draw (id) CHECK (length(draw_id) = 16),
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  round INTEGER NOT NULL,
  case_version INTEGER NOT NULL,
  number TEXT NOT NULL,
  items TEXT NOT NULL,
  person TEXT NOT NULL,
  unit TEXT NOT NULL,
  accepting TEXT NOT NULL,
  finished_at TEXT NOT NULL CHECK (length(finished_at) IN (25, 29)),
  inspector TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'done')),
  pi_drawn INTEGER,
  pi_frame INTEGER,
  conforms INTEGER CHECK (conforms IN (0, 1)),
  second_of BLOB REFERENCES sample_check (id) CHECK (length(second_of) = 16),
  done_at TEXT CHECK (length(done_at) IN (25, 29)),
  done_on TEXT CHECK (length(done_on) = 10),
  CHECK ((pi_drawn IS NULL) = (pi_frame IS NULL)),
  CHECK ((state = 'done') = (done_at IS NOT NULL)),
  CHECK ((state = 'done') = (conforms IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX sample_check_step ON sample_check (draw_id, case_id, stage, round) WHERE draw_id IS NOT NULL;
CREATE INDEX sample_check_case ON sample_check (case_id, stage);
CREATE INDEX sample_check_inspector ON sample_check (inspector, state);
CREATE INDEX sample_check_done ON sample_check (done_on) WHERE done_on IS NOT NULL;

CREATE TABLE check_verdict (
  check_id BLOB NOT NULL REFERENCES sample_check (id) CHECK (length(check_id) = 16),
  point INTEGER NOT NULL CHECK (point BETWEEN 1 AND 17),
  verdict TEXT NOT NULL CHECK (verdict IN ('conforms', 'does_not', 'not_applicable')),
  evidence TEXT NOT NULL,
  cause TEXT,
  PRIMARY KEY (check_id, point)
) STRICT;

CREATE TABLE finding (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  check_id BLOB NOT NULL REFERENCES sample_check (id) CHECK (length(check_id) = 16),
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  error_point TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('major', 'ordinary', 'minor')),
  cause TEXT NOT NULL,
  item_no INTEGER,
  field TEXT,
  responsible TEXT NOT NULL,
  evidence TEXT NOT NULL,
  affected INTEGER NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL CHECK (length(at) IN (25, 29))
) STRICT;
CREATE INDEX finding_check ON finding (check_id);
CREATE INDEX finding_major ON finding (case_id) WHERE severity = 'major';

-- Imports ------------------------------------------------------------------------------------------------------

CREATE TABLE import_batch (
  source TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('event_log', 'case_list')),
  rows_read INTEGER NOT NULL,
  cases INTEGER NOT NULL,
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  person TEXT,
  PRIMARY KEY (source, file_hash)
) STRICT;

-- Numbers a source has brought, and the cases they became.
CREATE TABLE source_case (
  source TEXT NOT NULL,
  number TEXT NOT NULL,
  case_id BLOB NOT NULL UNIQUE CHECK (length(case_id) = 16),
  PRIMARY KEY (source, number)
) STRICT;

-- Cases of other systems' logs: read-only but for notes, whose chain stands here.
CREATE TABLE imported_case (
  case_id BLOB PRIMARY KEY NOT NULL CHECK (length(case_id) = 16),
  source TEXT NOT NULL,
  number TEXT NOT NULL,
  unit TEXT NOT NULL,
  channel TEXT,
  department TEXT,
  deadline TEXT CHECK (length(deadline) IN (25, 29)),
  end_at TEXT CHECK (length(end_at) IN (25, 29)),
  is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  steps INTEGER NOT NULL CHECK (steps > 0),
  first_at TEXT NOT NULL CHECK (length(first_at) IN (25, 29)),
  last_at TEXT NOT NULL CHECK (length(last_at) IN (25, 29)),
  version INTEGER NOT NULL,
  link BLOB NOT NULL CHECK (length(link) = 32),
  UNIQUE (source, number)
) STRICT;
CREATE INDEX imported_case_number ON imported_case (number);

CREATE TABLE imported_step (
  case_id BLOB NOT NULL REFERENCES imported_case (case_id) CHECK (length(case_id) = 16),
  step_no INTEGER NOT NULL,
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  activity TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  resource TEXT,
  team TEXT,
  rework INTEGER NOT NULL CHECK (rework IN (0, 1)),
  referral INTEGER NOT NULL CHECK (referral IN (0, 1)),
  PRIMARY KEY (case_id, step_no)
) STRICT, WITHOUT ROWID;

-- Running ------------------------------------------------------------------------------------------------------

-- What browsers are told; trimmed from its old end, the newest entry always stays.
CREATE TABLE change_feed (
  seq INTEGER PRIMARY KEY NOT NULL,
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  aggregate TEXT NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  version INTEGER NOT NULL,
  queues TEXT NOT NULL,
  unit TEXT NOT NULL,
  accepting TEXT NOT NULL
) STRICT;
CREATE INDEX change_feed_at ON change_feed (at);

-- Jobs that must run once.
CREATE TABLE job_lease (
  job TEXT PRIMARY KEY NOT NULL,
  holder TEXT NOT NULL,
  until_at TEXT NOT NULL CHECK (length(until_at) IN (25, 29))
) STRICT;

-- Facts of the store itself.
CREATE TABLE store_meta (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;
