-- Who was there on a business day, and receipts of what one gave oneself.

CREATE TABLE presence (
  person TEXT COLLATE "C" NOT NULL REFERENCES person (id),
  business_date DATE NOT NULL,
  PRIMARY KEY (business_date, person)
);

-- 自行签收: lines whose giver received them, for leads.
CREATE INDEX slip_line_own ON slip_line (settled_at) WHERE state = 'confirmed' AND settled_by = giver;
