-- Sessions that their person can list and end, the second factor, exact searches, the audit record.

-- Sessions begun before say nothing of device and address: everybody signs in once more. Nothing typed is lost.
DROP TABLE session;
-- The token is never stored, only its hash; `id` names the session in lists.
CREATE TABLE session (
  token BLOB PRIMARY KEY NOT NULL CHECK (length(token) = 32),
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  person TEXT NOT NULL REFERENCES person (id),
  created_at TEXT NOT NULL CHECK (length(created_at) IN (25, 29)),
  seen_at TEXT NOT NULL CHECK (length(seen_at) IN (25, 29)),
  ends_at TEXT NOT NULL CHECK (length(ends_at) IN (25, 29)),
  address TEXT NOT NULL,
  device TEXT NOT NULL,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1))
) STRICT;
CREATE INDEX session_person ON session (person);

-- Secrets are sealed. One that was offered is asked for only once a code of it was given; `last_step` is the newest time step a code was taken of, so that none is taken twice.
CREATE TABLE second_factor (
  person TEXT PRIMARY KEY NOT NULL REFERENCES person (id),
  secret BLOB,
  confirmed_at TEXT CHECK (length(confirmed_at) IN (25, 29)),
  last_step INTEGER NOT NULL CHECK (last_step >= 0),
  offered BLOB,
  CHECK ((secret IS NULL) = (confirmed_at IS NULL))
) STRICT;

-- Keyed hashes of codes that are good once each.
CREATE TABLE recovery_code (
  person TEXT NOT NULL REFERENCES person (id),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  used_at TEXT CHECK (length(used_at) IN (25, 29)),
  PRIMARY KEY (person, digest)
) STRICT, WITHOUT ROWID;

-- A search by an exact personal value is an access of no one case.
CREATE TABLE access_record_2 (
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  person TEXT NOT NULL,
  case_id BLOB CHECK (length(case_id) = 16),
  purpose TEXT NOT NULL
) STRICT;
INSERT INTO access_record_2 (at, person, case_id, purpose) SELECT at, person, case_id, purpose FROM access_record;
DROP TABLE access_record;
ALTER TABLE access_record_2 RENAME TO access_record;
CREATE INDEX access_record_case ON access_record (case_id, at);
CREATE INDEX access_record_person ON access_record (person, purpose, at);

-- What the audit administrator reads. Append only; ids are in the order of time.
CREATE TABLE audit_record (
  id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  at TEXT NOT NULL CHECK (length(at) IN (25, 29)),
  kind TEXT NOT NULL,
  actor TEXT,
  person TEXT,
  unit TEXT,
  address TEXT,
  subject TEXT
) STRICT;
CREATE INDEX audit_record_kind ON audit_record (kind, id);
CREATE INDEX audit_record_actor ON audit_record (actor, id);
CREATE INDEX audit_record_person ON audit_record (person, id);
CREATE INDEX audit_record_at ON audit_record (at);
CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit_record is append only'); END;
CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit_record is append only'); END;
