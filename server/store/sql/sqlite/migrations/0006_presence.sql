-- Who was there on a business day, and receipts of what one gave oneself.

CREATE TABLE presence (
  person TEXT NOT NULL REFERENCES person (id),
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  PRIMARY KEY (business_date, person)
) STRICT, WITHOUT ROWID;

-- 自行签收: lines whose giver received them, for leads.
CREATE INDEX slip_line_own ON slip_line (settled_at) WHERE state = 'confirmed' AND settled_by = giver;
