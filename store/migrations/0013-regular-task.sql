-- step: What is done every so often, by one process at a time: its row is the lock.
-- table: reference
CREATE TABLE regular_task (
  id text NOT NULL,
  done_at timestamptz,
  PRIMARY KEY (id)
);

-- step: Since which month the counts still follow the rows; those of earlier months stay as they are, for their rows are gone.
-- table: reference
CREATE TABLE counting (
  id integer NOT NULL CHECK (id = 1),
  open_from date NOT NULL,
  counted_at timestamptz,
  PRIMARY KEY (id)
);

-- step: The one row: nothing is closed yet.
INSERT INTO counting (id, open_from, counted_at) VALUES (1, '1900-01-01', NULL);
