-- Sessions that their person can list and end, the second factor, exact searches, the audit record.

-- Sessions begun before say nothing of device and address: everybody signs in once more. Nothing typed is lost.
DROP TABLE session;
-- The token is never stored, only its hash; `id` names the session in lists.
CREATE TABLE session (
  token BYTEA PRIMARY KEY NOT NULL CHECK (length(token) = 32),
  id UUID NOT NULL UNIQUE,
  person TEXT COLLATE "C" NOT NULL REFERENCES person (id),
  created_at TIMESTAMPTZ(3) NOT NULL,
  seen_at TIMESTAMPTZ(3) NOT NULL,
  ends_at TIMESTAMPTZ(3) NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  device TEXT COLLATE "C" NOT NULL,
  verified BOOLEAN NOT NULL
);
CREATE INDEX session_person ON session (person);

-- Secrets are sealed. One that was offered is asked for only once a code of it was given; `last_step` is the newest time step a code was taken of, so that none is taken twice.
CREATE TABLE second_factor (
  person TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES person (id),
  secret BYTEA,
  confirmed_at TIMESTAMPTZ(3),
  last_step BIGINT NOT NULL CHECK (last_step >= 0),
  offered BYTEA,
  CHECK ((secret IS NULL) = (confirmed_at IS NULL))
);

-- Keyed hashes of codes that are good once each.
CREATE TABLE recovery_code (
  person TEXT COLLATE "C" NOT NULL REFERENCES person (id),
  digest BYTEA NOT NULL CHECK (length(digest) = 32),
  used_at TIMESTAMPTZ(3),
  PRIMARY KEY (person, digest)
);

-- A search by an exact personal value is an access of no one case.
ALTER TABLE access_record ALTER COLUMN case_id DROP NOT NULL;
CREATE INDEX access_record_person ON access_record (person, purpose, at);

-- What the audit administrator reads. Append only; ids are in the order of time.
CREATE TABLE audit_record (
  id UUID PRIMARY KEY NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C",
  person TEXT COLLATE "C",
  unit TEXT COLLATE "C",
  address TEXT COLLATE "C",
  subject TEXT COLLATE "C"
);
CREATE INDEX audit_record_kind ON audit_record (kind, id);
CREATE INDEX audit_record_actor ON audit_record (actor, id);
CREATE INDEX audit_record_person ON audit_record (person, id);
CREATE INDEX audit_record_at ON audit_record (at);
CREATE TRIGGER audit_record_append_only BEFORE UPDATE OR DELETE ON audit_record FOR EACH ROW EXECUTE FUNCTION append_only();
