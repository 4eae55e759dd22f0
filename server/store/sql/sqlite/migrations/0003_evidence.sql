-- What was written down stays as it was written, and shows where it does not.

-- The hashes of rows that are no events, noted in the transaction that wrote them. The newest entry of a row holds.
CREATE TABLE ledger (
  seq INTEGER NOT NULL CHECK (seq > 0),
  entry INTEGER NOT NULL CHECK (entry > 0),
  table_name TEXT NOT NULL,
  row_key TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (seq, entry)
) STRICT;

-- Seals are made anew, with a key and over the ledger too: the ones before could be made by anybody who could write
-- here, and so proved nothing that the links do not.
DROP TABLE seal;
CREATE TABLE seal (
  seal_no INTEGER PRIMARY KEY NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  events INTEGER NOT NULL CHECK (events >= 0),
  entries INTEGER NOT NULL CHECK (entries >= 0),
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  mac BLOB NOT NULL CHECK (length(mac) = 32),
  CHECK (from_seq < to_seq),
  CHECK (events + entries > 0)
) STRICT;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'ledger is append only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'ledger is append only'); END;
CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'seal is append only'); END;
CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'seal is append only'); END;
CREATE TRIGGER catalogue_no_update BEFORE UPDATE ON catalogue BEGIN SELECT RAISE(ABORT, 'catalogue is append only'); END;
CREATE TRIGGER catalogue_no_delete BEFORE DELETE ON catalogue BEGIN SELECT RAISE(ABORT, 'catalogue is append only'); END;
CREATE TRIGGER access_record_no_update BEFORE UPDATE ON access_record BEGIN SELECT RAISE(ABORT, 'access_record is append only'); END;
CREATE TRIGGER access_record_no_delete BEFORE DELETE ON access_record BEGIN SELECT RAISE(ABORT, 'access_record is append only'); END;
CREATE TRIGGER check_verdict_no_update BEFORE UPDATE ON check_verdict BEGIN SELECT RAISE(ABORT, 'check_verdict is append only'); END;
CREATE TRIGGER check_verdict_no_delete BEFORE DELETE ON check_verdict BEGIN SELECT RAISE(ABORT, 'check_verdict is append only'); END;
CREATE TRIGGER finding_no_update BEFORE UPDATE ON finding BEGIN SELECT RAISE(ABORT, 'finding is append only'); END;
CREATE TRIGGER finding_no_delete BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'finding is append only'); END;
CREATE TRIGGER import_batch_no_update BEFORE UPDATE ON import_batch BEGIN SELECT RAISE(ABORT, 'import_batch is append only'); END;
CREATE TRIGGER import_batch_no_delete BEFORE DELETE ON import_batch BEGIN SELECT RAISE(ABORT, 'import_batch is append only'); END;
CREATE TRIGGER source_case_no_update BEFORE UPDATE ON source_case BEGIN SELECT RAISE(ABORT, 'source_case is append only'); END;
CREATE TRIGGER source_case_no_delete BEFORE DELETE ON source_case BEGIN SELECT RAISE(ABORT, 'source_case is append only'); END;

-- A draw changes in one thing: that it was done again with the same result. A check changes once, when it is done.
-- A slip changes in one thing too: that it takes no more lines.
CREATE TRIGGER draw_no_update BEFORE UPDATE OF id, number, business_date, unit, post, frame_size, frame_hash,
  seed_commitment, seed, drawn, at, person ON draw BEGIN SELECT RAISE(ABORT, 'draw is append only'); END;
CREATE TRIGGER draw_no_delete BEFORE DELETE ON draw BEGIN SELECT RAISE(ABORT, 'draw is append only'); END;
CREATE TRIGGER sample_check_no_update BEFORE UPDATE OF id, draw_id, case_id, stage, round, case_version, number, items,
  person, unit, accepting, finished_at, inspector, pi_drawn, pi_frame, second_of ON sample_check
  BEGIN SELECT RAISE(ABORT, 'sample_check is append only'); END;
CREATE TRIGGER sample_check_done BEFORE UPDATE ON sample_check WHEN OLD.state = 'done'
  BEGIN SELECT RAISE(ABORT, 'a check that is done is append only'); END;
CREATE TRIGGER sample_check_no_delete BEFORE DELETE ON sample_check BEGIN SELECT RAISE(ABORT, 'sample_check is append only'); END;
CREATE TRIGGER slip_no_update BEFORE UPDATE OF id, number, kind, from_stage, from_unit, to_stage, to_unit, to_person,
  begun_at ON slip BEGIN SELECT RAISE(ABORT, 'slip is append only'); END;
CREATE TRIGGER slip_no_delete BEFORE DELETE ON slip BEGIN SELECT RAISE(ABORT, 'slip is append only'); END;
