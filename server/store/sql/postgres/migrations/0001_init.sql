-- The store as it begins. Every table stands in both engines under the same names, with the same columns, keys
-- and checks; a test compares them. The text of a migration never changes once it has been released.
-- Text that is sorted or compared by range is in the order of its bytes, as SQLite has it: COLLATE "C".

-- Who and where -----------------------------------------------------------------------------------------------

CREATE TABLE unit (
  id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_en TEXT COLLATE "C" NOT NULL,
  level TEXT COLLATE "C" NOT NULL CHECK (level IN ('head', 'branch', 'sub_branch', 'office')),
  parent TEXT COLLATE "C" REFERENCES unit (id)
);

-- Which unit works a stage for an accepting unit, where it is not that unit itself.
CREATE TABLE site (
  accepting TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  unit TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  PRIMARY KEY (accepting, stage)
);

CREATE TABLE calendar (
  unit TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES unit (id),
  body TEXT COLLATE "C" NOT NULL
);

CREATE TABLE catalogue (
  version BIGINT PRIMARY KEY NOT NULL CHECK (version > 0),
  in_force_from TIMESTAMPTZ(3) NOT NULL,
  body TEXT COLLATE "C" NOT NULL
);

CREATE TABLE person (
  id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL CHECK (role IN ('clerk', 'lead', 'manager', 'inspector', 'system_admin', 'security_admin', 'audit_admin')),
  unit TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  grants TEXT COLLATE "C" NOT NULL,
  password TEXT COLLATE "C",
  must_change BOOLEAN NOT NULL,
  disabled BOOLEAN NOT NULL
);

CREATE TABLE person_post (
  person TEXT COLLATE "C" NOT NULL REFERENCES person (id),
  post TEXT COLLATE "C" NOT NULL CHECK (post IN ('intake', 'entry', 'servicing', 'recheck', 'binding')),
  valid_from DATE NOT NULL,
  valid_to DATE,
  PRIMARY KEY (person, post, valid_from)
);

CREATE TABLE person_scope (
  person TEXT COLLATE "C" NOT NULL REFERENCES person (id),
  unit TEXT COLLATE "C" NOT NULL REFERENCES unit (id),
  PRIMARY KEY (person, unit)
);

-- The token is never stored, only its hash.
CREATE TABLE session (
  token BYTEA PRIMARY KEY NOT NULL CHECK (length(token) = 32),
  person TEXT COLLATE "C" NOT NULL REFERENCES person (id),
  created_at TIMESTAMPTZ(3) NOT NULL,
  seen_at TIMESTAMPTZ(3) NOT NULL,
  ends_at TIMESTAMPTZ(3) NOT NULL
);
CREATE INDEX session_person ON session (person);

-- Failed sign-ins, by account and by address.
CREATE TABLE throttle (
  name TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  failures BIGINT NOT NULL CHECK (failures >= 0),
  last_at TIMESTAMPTZ(3) NOT NULL,
  wait_until TIMESTAMPTZ(3)
);

-- What a request was answered, so that the same key gives the same answer.
CREATE TABLE idempotency_key (
  person TEXT COLLATE "C" NOT NULL,
  command_key TEXT COLLATE "C" NOT NULL,
  request BYTEA NOT NULL CHECK (length(request) = 32),
  status BIGINT NOT NULL,
  answer TEXT COLLATE "C" NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY (person, command_key)
);
CREATE INDEX idempotency_key_at ON idempotency_key (at);

-- The log ------------------------------------------------------------------------------------------------------

-- Append only. The payload is the canonical form: it is sealed by its link and never written anew.
CREATE TABLE event (
  seq BIGINT PRIMARY KEY NOT NULL,
  case_id UUID NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  at TIMESTAMPTZ(3) NOT NULL,
  business_date DATE NOT NULL,
  actor_kind TEXT COLLATE "C" NOT NULL CHECK (actor_kind IN ('person', 'system', 'integration')),
  actor TEXT COLLATE "C",
  stage TEXT COLLATE "C" CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  unit TEXT COLLATE "C" NOT NULL,
  catalogue BIGINT NOT NULL,
  form BIGINT NOT NULL,
  command_key TEXT COLLATE "C",
  kind TEXT COLLATE "C" NOT NULL,
  payload TEXT COLLATE "C" NOT NULL,
  link BYTEA NOT NULL CHECK (length(link) = 32),
  UNIQUE (case_id, version),
  CHECK ((actor_kind = 'system') = (actor IS NULL))
);
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION append_only();

-- Links of events, sealed together in the order of the log from time to time: no tail can be cut off unseen.
CREATE TABLE seal (
  seal_no BIGINT PRIMARY KEY NOT NULL,
  from_seq BIGINT NOT NULL,
  to_seq BIGINT NOT NULL,
  events BIGINT NOT NULL CHECK (events > 0),
  link BYTEA NOT NULL CHECK (length(link) = 32),
  at TIMESTAMPTZ(3) NOT NULL
);
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON seal FOR EACH ROW EXECUTE FUNCTION append_only();

-- State of each case: what replay of its events gives.
CREATE TABLE case_state (
  case_id UUID PRIMARY KEY NOT NULL,
  number TEXT COLLATE "C" NOT NULL UNIQUE,
  version BIGINT NOT NULL CHECK (version > 0),
  link BYTEA NOT NULL CHECK (length(link) = 32),
  accepting TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  status TEXT COLLATE "C" NOT NULL CHECK (status IN ('ready', 'claimed', 'waiting', 'handed_over', 'released', 'withdrawn', 'declined')),
  policy_no TEXT COLLATE "C" NOT NULL,
  applicant TEXT COLLATE "C" NOT NULL,
  channel TEXT COLLATE "C" NOT NULL,
  class TEXT COLLATE "C" NOT NULL,
  items TEXT COLLATE "C" NOT NULL,
  amount BIGINT NOT NULL,
  paper BOOLEAN NOT NULL,
  received_at TIMESTAMPTZ(3) NOT NULL,
  registered_at TIMESTAMPTZ(3) NOT NULL,
  breach_at TIMESTAMPTZ(3),
  return_count BIGINT NOT NULL,
  priority TEXT COLLATE "C" NOT NULL CHECK (priority IN ('complaint', 'vip', 'none')),
  ended_at TIMESTAMPTZ(3),
  body TEXT COLLATE "C" NOT NULL,
  CHECK ((status IN ('released', 'withdrawn', 'declined')) = (ended_at IS NOT NULL))
);
CREATE INDEX case_state_policy ON case_state (policy_no);
CREATE INDEX case_state_applicant ON case_state (applicant);

-- Data key of each case, wrapped by a master key. Purging a case destroys it.
CREATE TABLE case_key (
  case_id UUID PRIMARY KEY NOT NULL,
  master TEXT COLLATE "C" NOT NULL,
  wrapped BYTEA NOT NULL
);

-- Cases by the keyed hashes of the personal values they hold.
CREATE TABLE party (
  digest TEXT COLLATE "C" NOT NULL,
  case_id UUID NOT NULL,
  PRIMARY KEY (digest, case_id)
);

-- Who saw full personal values.
CREATE TABLE access_record (
  at TIMESTAMPTZ(3) NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  case_id UUID NOT NULL,
  purpose TEXT COLLATE "C" NOT NULL
);
CREATE INDEX access_record_case ON access_record (case_id, at);

-- Work ---------------------------------------------------------------------------------------------------------

-- Open work alone: what queues read. One row a case, so that a case is held by one person at most.
CREATE TABLE work_item (
  case_id UUID PRIMARY KEY NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  queue TEXT COLLATE "C" NOT NULL CHECK (queue IN ('intake', 'entry', 'servicing', 'recheck', 'final-check', 'binding')),
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  status TEXT COLLATE "C" NOT NULL CHECK (status IN ('ready', 'claimed', 'waiting', 'handed_over')),
  accepting TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  act_unit TEXT COLLATE "C" NOT NULL,
  holder TEXT COLLATE "C",
  to_stage TEXT COLLATE "C" CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  to_unit TEXT COLLATE "C",
  transfer_to TEXT COLLATE "C",
  until_at TIMESTAMPTZ(3),
  act_by TIMESTAMPTZ(3) NOT NULL,
  due_at TIMESTAMPTZ(3) NOT NULL,
  breach_at TIMESTAMPTZ(3),
  rank BIGINT NOT NULL,
  arrived_at TIMESTAMPTZ(3) NOT NULL,
  received_at TIMESTAMPTZ(3) NOT NULL,
  moved_at TIMESTAMPTZ(3) NOT NULL,
  active_at TIMESTAMPTZ(3),
  return_count BIGINT NOT NULL,
  returned BOOLEAN NOT NULL,
  reserved_for TEXT COLLATE "C",
  reserved_until TIMESTAMPTZ(3),
  priority TEXT COLLATE "C" NOT NULL CHECK (priority IN ('complaint', 'vip', 'none')),
  items TEXT COLLATE "C" NOT NULL,
  class TEXT COLLATE "C" NOT NULL,
  amount BIGINT NOT NULL,
  policy_no TEXT COLLATE "C" NOT NULL,
  applicant TEXT COLLATE "C" NOT NULL,
  channel TEXT COLLATE "C" NOT NULL,
  from_stage TEXT COLLATE "C" CHECK (from_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  from_person TEXT COLLATE "C",
  approvals BIGINT NOT NULL CHECK (approvals >= 0),
  proposal BOOLEAN NOT NULL,
  barred BOOLEAN NOT NULL,
  imported BOOLEAN NOT NULL,
  CHECK ((status = 'ready') = (holder IS NULL)),
  CHECK ((status = 'handed_over') = (to_stage IS NOT NULL)),
  CHECK ((status = 'waiting') = (until_at IS NOT NULL)),
  CHECK ((reserved_for IS NULL) = (reserved_until IS NULL))
);
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
  case_id UUID NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  PRIMARY KEY (case_id, person, stage)
);

-- Items of an open case: grants and the filter by item in SQL.
CREATE TABLE work_line (
  case_id UUID NOT NULL,
  line_no BIGINT NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, line_no)
);
CREATE INDEX work_line_item ON work_line (item, case_id);

-- Slips 交接清单. One is closed to new lines once a receiver has settled one of them.
CREATE TABLE slip (
  id UUID PRIMARY KEY NOT NULL,
  number TEXT COLLATE "C" NOT NULL UNIQUE,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('posts', 'transfer')),
  from_stage TEXT COLLATE "C" NOT NULL CHECK (from_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  from_unit TEXT COLLATE "C" NOT NULL,
  to_stage TEXT COLLATE "C" NOT NULL CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  to_unit TEXT COLLATE "C" NOT NULL,
  to_person TEXT COLLATE "C",
  begun_at TIMESTAMPTZ(3) NOT NULL,
  closed BOOLEAN NOT NULL,
  CHECK ((kind = 'transfer') = (to_person IS NOT NULL))
);
CREATE UNIQUE INDEX slip_open ON slip (kind, from_stage, from_unit, to_stage, to_unit, COALESCE(to_person, '')) WHERE NOT closed;

CREATE TABLE slip_line (
  case_id UUID NOT NULL,
  version BIGINT NOT NULL,
  slip_id UUID NOT NULL REFERENCES slip (id),
  giver TEXT COLLATE "C" NOT NULL,
  returned BOOLEAN NOT NULL,
  materials TEXT COLLATE "C" NOT NULL,
  counts TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'confirmed', 'different', 'withdrawn')),
  given_at TIMESTAMPTZ(3) NOT NULL,
  settled_at TIMESTAMPTZ(3),
  settled_by TEXT COLLATE "C",
  difference TEXT COLLATE "C",
  PRIMARY KEY (case_id, version),
  CHECK ((state = 'open') = (settled_at IS NULL))
);
CREATE INDEX slip_line_slip ON slip_line (slip_id, given_at);
CREATE UNIQUE INDEX slip_line_open ON slip_line (case_id) WHERE state = 'open';

-- Numbers allotted per unit, day and letter.
CREATE TABLE number_sequence (
  unit TEXT COLLATE "C" NOT NULL,
  business_date DATE NOT NULL,
  letter TEXT COLLATE "C" NOT NULL,
  last_number BIGINT NOT NULL CHECK (last_number > 0),
  PRIMARY KEY (unit, business_date, letter)
);

-- What happened, by day --------------------------------------------------------------------------------------------

-- Movements between cells (process §8): at most one cell left and one entered.
CREATE TABLE movement (
  case_id UUID NOT NULL,
  version BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('registered', 'passed', 'returned', 'released', 'closed')),
  at TIMESTAMPTZ(3) NOT NULL,
  business_date DATE NOT NULL,
  hour BIGINT NOT NULL CHECK (hour BETWEEN 0 AND 23),
  accepting TEXT COLLATE "C" NOT NULL,
  from_unit TEXT COLLATE "C",
  from_stage TEXT COLLATE "C" CHECK (from_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  to_unit TEXT COLLATE "C",
  to_stage TEXT COLLATE "C" CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  person TEXT COLLATE "C",
  PRIMARY KEY (case_id, version),
  CHECK ((from_unit IS NULL) = (from_stage IS NULL)),
  CHECK ((to_unit IS NULL) = (to_stage IS NULL))
);
CREATE INDEX movement_day ON movement (business_date, accepting, kind, from_stage, to_stage, from_unit, to_unit, hour);
CREATE INDEX movement_at ON movement (at);

-- Finished steps: the frame of sample draws. A step finished anew replaces itself.
CREATE TABLE step (
  case_id UUID NOT NULL,
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  round BIGINT NOT NULL CHECK (round > 0),
  version BIGINT NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  accepting TEXT COLLATE "C" NOT NULL,
  items TEXT COLLATE "C" NOT NULL,
  outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('forward', 'returned', 'declined')),
  arrived_at TIMESTAMPTZ(3) NOT NULL,
  due_at TIMESTAMPTZ(3) NOT NULL,
  finished_at TIMESTAMPTZ(3) NOT NULL,
  business_date DATE NOT NULL,
  age BIGINT NOT NULL,
  visit BIGINT NOT NULL,
  PRIMARY KEY (case_id, stage, round)
);
CREATE INDEX step_day ON step (business_date, stage, unit, accepting, due_at);
CREATE INDEX step_done ON step (stage, business_date, finished_at, case_id);
CREATE INDEX step_person ON step (business_date, person);
CREATE INDEX step_age ON step (stage, age, business_date, accepting);

-- Items of a round of recheck or final check: a census (quality §1).
CREATE TABLE recheck_item (
  case_id UUID NOT NULL,
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  round BIGINT NOT NULL,
  item_no BIGINT NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  business_date DATE NOT NULL,
  accepting TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  rechecker TEXT COLLATE "C" NOT NULL,
  to_stage TEXT COLLATE "C" CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  responsible TEXT COLLATE "C",
  in_error BOOLEAN NOT NULL,
  PRIMARY KEY (case_id, stage, round, item_no)
);
CREATE INDEX recheck_item_day ON recheck_item (business_date, stage, round);

CREATE TABLE recheck_ground (
  case_id UUID NOT NULL,
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  round BIGINT NOT NULL,
  ground_no BIGINT NOT NULL,
  business_date DATE NOT NULL,
  accepting TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('finding', 'nonconformity', 'no_fault')),
  error_point TEXT COLLATE "C",
  check_point BIGINT,
  severity TEXT COLLATE "C",
  cause TEXT COLLATE "C" NOT NULL,
  to_stage TEXT COLLATE "C" CHECK (to_stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  PRIMARY KEY (case_id, stage, round, ground_no),
  CHECK ((kind = 'finding') = (error_point IS NOT NULL)),
  CHECK ((kind = 'nonconformity') = (check_point IS NOT NULL))
);
CREATE INDEX recheck_ground_day ON recheck_ground (business_date, stage, round);

-- Sample checks 抽检 --------------------------------------------------------------------------------------------

-- The secret of a day's draws, fixed before its frames close.
CREATE TABLE draw_seed (
  business_date DATE PRIMARY KEY NOT NULL,
  seed TEXT COLLATE "C" NOT NULL,
  commitment TEXT COLLATE "C" NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL
);
CREATE TRIGGER draw_seed_append_only BEFORE UPDATE OR DELETE ON draw_seed FOR EACH ROW EXECUTE FUNCTION append_only();

-- The ledger of draws; only the mark that it was done again with the same result is added later.
CREATE TABLE draw (
  id UUID PRIMARY KEY NOT NULL,
  number TEXT COLLATE "C" NOT NULL UNIQUE,
  business_date DATE NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  post TEXT COLLATE "C" NOT NULL CHECK (post IN ('intake', 'entry', 'servicing', 'recheck', 'binding')),
  frame_size BIGINT NOT NULL CHECK (frame_size >= 0),
  frame_hash TEXT COLLATE "C" NOT NULL,
  seed_commitment TEXT COLLATE "C" NOT NULL,
  seed TEXT COLLATE "C" NOT NULL,
  drawn BIGINT NOT NULL CHECK (drawn <= frame_size),
  at TIMESTAMPTZ(3) NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  verified_at TIMESTAMPTZ(3)
);
CREATE INDEX draw_day ON draw (business_date, unit);

CREATE TABLE sample_check (
  id UUID PRIMARY KEY NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  draw_id UUID REFERENCES draw (id),
  case_id UUID NOT NULL,
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  round BIGINT NOT NULL,
  case_version BIGINT NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  items TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  accepting TEXT COLLATE "C" NOT NULL,
  finished_at TIMESTAMPTZ(3) NOT NULL,
  inspector TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'done')),
  pi_drawn BIGINT,
  pi_frame BIGINT,
  conforms BOOLEAN,
  second_of UUID REFERENCES sample_check (id),
  done_at TIMESTAMPTZ(3),
  done_on DATE,
  CHECK ((pi_drawn IS NULL) = (pi_frame IS NULL)),
  CHECK ((state = 'done') = (done_at IS NOT NULL)),
  CHECK ((state = 'done') = (conforms IS NOT NULL))
);
CREATE UNIQUE INDEX sample_check_step ON sample_check (draw_id, case_id, stage, round) WHERE draw_id IS NOT NULL;
CREATE INDEX sample_check_case ON sample_check (case_id, stage);
CREATE INDEX sample_check_inspector ON sample_check (inspector, state);
CREATE INDEX sample_check_done ON sample_check (done_on) WHERE done_on IS NOT NULL;

CREATE TABLE check_verdict (
  check_id UUID NOT NULL REFERENCES sample_check (id),
  point BIGINT NOT NULL CHECK (point BETWEEN 1 AND 17),
  verdict TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('conforms', 'does_not', 'not_applicable')),
  evidence TEXT COLLATE "C" NOT NULL,
  cause TEXT COLLATE "C",
  PRIMARY KEY (check_id, point)
);

CREATE TABLE finding (
  id UUID PRIMARY KEY NOT NULL,
  check_id UUID NOT NULL REFERENCES sample_check (id),
  case_id UUID NOT NULL,
  error_point TEXT COLLATE "C" NOT NULL,
  severity TEXT COLLATE "C" NOT NULL CHECK (severity IN ('major', 'ordinary', 'minor')),
  cause TEXT COLLATE "C" NOT NULL,
  item_no BIGINT,
  field TEXT COLLATE "C",
  responsible TEXT COLLATE "C" NOT NULL,
  evidence TEXT COLLATE "C" NOT NULL,
  affected BIGINT NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL
);
CREATE INDEX finding_check ON finding (check_id);
CREATE INDEX finding_major ON finding (case_id) WHERE severity = 'major';

-- Imports ------------------------------------------------------------------------------------------------------

CREATE TABLE import_batch (
  source TEXT COLLATE "C" NOT NULL,
  file_hash TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('event_log', 'case_list')),
  rows_read BIGINT NOT NULL,
  cases BIGINT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  person TEXT COLLATE "C",
  PRIMARY KEY (source, file_hash)
);

-- Numbers a source has brought, and the cases they became.
CREATE TABLE source_case (
  source TEXT COLLATE "C" NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  case_id UUID NOT NULL UNIQUE,
  PRIMARY KEY (source, number)
);

-- Cases of other systems' logs: read-only but for notes, whose chain stands here.
CREATE TABLE imported_case (
  case_id UUID PRIMARY KEY NOT NULL,
  source TEXT COLLATE "C" NOT NULL,
  number TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  channel TEXT COLLATE "C",
  department TEXT COLLATE "C",
  deadline TIMESTAMPTZ(3),
  end_at TIMESTAMPTZ(3),
  is_open BOOLEAN NOT NULL,
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  steps BIGINT NOT NULL CHECK (steps > 0),
  first_at TIMESTAMPTZ(3) NOT NULL,
  last_at TIMESTAMPTZ(3) NOT NULL,
  version BIGINT NOT NULL,
  link BYTEA NOT NULL CHECK (length(link) = 32),
  UNIQUE (source, number)
);
CREATE INDEX imported_case_number ON imported_case (number);

CREATE TABLE imported_step (
  case_id UUID NOT NULL REFERENCES imported_case (case_id),
  step_no BIGINT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  activity TEXT COLLATE "C" NOT NULL,
  stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('intake', 'entry', 'servicing', 'recheck', 'binding', 'final_check')),
  resource TEXT COLLATE "C",
  team TEXT COLLATE "C",
  rework BOOLEAN NOT NULL,
  referral BOOLEAN NOT NULL,
  PRIMARY KEY (case_id, step_no)
);

-- Running ------------------------------------------------------------------------------------------------------

-- What browsers are told; trimmed from its old end, the newest entry always stays.
CREATE TABLE change_feed (
  seq BIGINT PRIMARY KEY NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  aggregate TEXT COLLATE "C" NOT NULL,
  id UUID NOT NULL,
  version BIGINT NOT NULL,
  queues TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  accepting TEXT COLLATE "C" NOT NULL
);
CREATE INDEX change_feed_at ON change_feed (at);

-- Jobs that must run once.
CREATE TABLE job_lease (
  job TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  holder TEXT COLLATE "C" NOT NULL,
  until_at TIMESTAMPTZ(3) NOT NULL
);

-- Facts of the store itself.
CREATE TABLE store_meta (
  name TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  value TEXT COLLATE "C" NOT NULL
);
