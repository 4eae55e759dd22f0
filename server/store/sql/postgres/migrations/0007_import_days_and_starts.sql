-- Imported cases whose times are days, and when a step was begun.
ALTER TABLE imported_case ADD COLUMN by_day BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE imported_step ADD COLUMN started_at TIMESTAMPTZ(3);
