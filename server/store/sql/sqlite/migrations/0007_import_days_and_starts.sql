-- Imported cases whose times are days, and when a step was begun.
ALTER TABLE imported_case ADD COLUMN by_day INTEGER NOT NULL DEFAULT 0 CHECK (by_day IN (0, 1));
ALTER TABLE imported_step ADD COLUMN started_at TEXT CHECK (length(started_at) IN (25, 29));
