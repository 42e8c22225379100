-- step: What a town's board showed at each release: published numbers only. owner_id is the town ('all' is the country); never changed after.
-- table: personal
CREATE TABLE board_release (
  owner_id text NOT NULL,
  example boolean NOT NULL,
  released_on date NOT NULL,
  board jsonb NOT NULL,
  reports jsonb NOT NULL,
  withheld jsonb NOT NULL,
  PRIMARY KEY (owner_id, example, released_on)
);

-- step: The ledger of a town: every table that was ever published of it, in order, sealed one after the other.
-- table: personal
CREATE TABLE published_table (
  owner_id text NOT NULL,
  example boolean NOT NULL,
  position integer NOT NULL,
  entry jsonb NOT NULL,
  PRIMARY KEY (owner_id, example, position)
);
