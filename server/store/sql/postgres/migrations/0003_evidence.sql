-- What was written down stays as it was written, and shows where it does not.

-- The hashes of rows that are no events, noted in the transaction that wrote them. The newest entry of a row holds.
CREATE TABLE ledger (
  seq BIGINT NOT NULL CHECK (seq > 0),
  entry BIGINT NOT NULL CHECK (entry > 0),
  table_name TEXT COLLATE "C" NOT NULL,
  row_key TEXT COLLATE "C" NOT NULL,
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (seq, entry)
);

-- Seals are made anew, with a key and over the ledger too: the ones before could be made by anybody who could write
-- here, and so proved nothing that the links do not.
DROP TABLE seal;
CREATE TABLE seal (
  seal_no BIGINT PRIMARY KEY NOT NULL,
  from_seq BIGINT NOT NULL,
  to_seq BIGINT NOT NULL,
  events BIGINT NOT NULL CHECK (events >= 0),
  entries BIGINT NOT NULL CHECK (entries >= 0),
  at TIMESTAMPTZ(3) NOT NULL,
  mac BYTEA NOT NULL CHECK (length(mac) = 32),
  CHECK (from_seq < to_seq),
  CHECK (events + entries > 0)
);

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON seal FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER catalogue_append_only BEFORE UPDATE OR DELETE ON catalogue FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER access_record_append_only BEFORE UPDATE OR DELETE ON access_record FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER check_verdict_append_only BEFORE UPDATE OR DELETE ON check_verdict FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER finding_append_only BEFORE UPDATE OR DELETE ON finding FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER import_batch_append_only BEFORE UPDATE OR DELETE ON import_batch FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER source_case_append_only BEFORE UPDATE OR DELETE ON source_case FOR EACH ROW EXECUTE FUNCTION append_only();

-- A draw changes in one thing: that it was done again with the same result. A check changes once, when it is done.
-- A slip changes in one thing too: that it takes no more lines.
CREATE TRIGGER draw_no_update BEFORE UPDATE OF id, number, business_date, unit, post, frame_size, frame_hash,
  seed_commitment, seed, drawn, at, person ON draw FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER draw_no_delete BEFORE DELETE ON draw FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER sample_check_no_update BEFORE UPDATE OF id, draw_id, case_id, stage, round, case_version, number, items,
  person, unit, accepting, finished_at, inspector, pi_drawn, pi_frame, second_of ON sample_check
  FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER sample_check_done BEFORE UPDATE ON sample_check FOR EACH ROW WHEN (OLD.state = 'done') EXECUTE FUNCTION append_only();
CREATE TRIGGER sample_check_no_delete BEFORE DELETE ON sample_check FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER slip_no_update BEFORE UPDATE OF id, number, kind, from_stage, from_unit, to_stage, to_unit, to_person,
  begun_at ON slip FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER slip_no_delete BEFORE DELETE ON slip FOR EACH ROW EXECUTE FUNCTION append_only();

-- Restoring fills tables whose rows refer to one another in no order of theirs.
ALTER TABLE unit ALTER CONSTRAINT unit_parent_fkey DEFERRABLE;
ALTER TABLE sample_check ALTER CONSTRAINT sample_check_second_of_fkey DEFERRABLE;

CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER seal_no_truncate BEFORE TRUNCATE ON seal FOR EACH STATEMENT EXECUTE FUNCTION append_only();
