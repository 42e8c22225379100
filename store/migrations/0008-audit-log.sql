-- step: A chain of the audit log. Its row holds nothing to change: it is locked, so that links come one after another.
-- table: reference
CREATE TABLE audit_stream (
  id text NOT NULL CHECK (id ~ '^[a-z]+(:[A-Za-z0-9-]+)?$'),
  PRIMARY KEY (id)
);

-- step: What was done: who, what, when, where, why, result. The owner is the stream; each link holds the hash of the one before.
-- table: personal
CREATE TABLE audit_entry (
  owner_id text NOT NULL REFERENCES audit_stream (id),
  id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL,
  staff_id uuid,
  act text NOT NULL CHECK (act ~ '^[a-z-]+(\.[a-z-]+)+$'),
  subject text NOT NULL,
  reason text NOT NULL,
  result text NOT NULL CHECK (result IN ('done', 'refused')),
  details text NOT NULL,
  previous_hash text NOT NULL CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (owner_id, id),
  UNIQUE (owner_id, number)
);

-- step: the log is read by moment
CREATE INDEX audit_entry_at ON audit_entry (at);

-- step: The heads of all chains at the end of a day under one digest, which is published. The id is the day.
-- table: reference
CREATE TABLE audit_anchor (
  id text NOT NULL CHECK (id ~ '^\d{4}-\d{2}-\d{2}$'),
  made_at timestamptz NOT NULL,
  entries integer NOT NULL CHECK (entries >= 0),
  heads text NOT NULL,
  previous_digest text NOT NULL CHECK (previous_digest ~ '^[0-9a-f]{64}$'),
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (id)
);
