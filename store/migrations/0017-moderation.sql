-- step: What a moderator thought of a statement and why. Two must agree; after an appeal, two others. Never changed.
-- table: personal
CREATE TABLE moderation (
  owner_id uuid NOT NULL,
  statement_id uuid NOT NULL,
  round smallint NOT NULL CHECK (round IN (1, 2)),
  moderator uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('accept', 'refuse')),
  reason text CHECK (reason ~ '^[a-z][a-z-]{0,39}$'),
  words text NOT NULL,
  language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
  judged_at timestamptz NOT NULL,
  example boolean NOT NULL,
  CHECK ((verdict = 'refuse') = (reason IS NOT NULL)),
  PRIMARY KEY (owner_id, statement_id, round, moderator),
  FOREIGN KEY (owner_id, statement_id) REFERENCES statement (owner_id, id)
);

-- step: The author asks to look again, once.
-- table: personal
CREATE TABLE appeal (
  owner_id uuid NOT NULL,
  statement_id uuid NOT NULL,
  words text NOT NULL CHECK (words <> '' AND length(words) <= 1000),
  asked_on date NOT NULL,
  PRIMARY KEY (owner_id, statement_id),
  FOREIGN KEY (owner_id, statement_id) REFERENCES statement (owner_id, id)
);
