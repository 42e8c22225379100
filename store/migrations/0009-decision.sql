-- step: What a decision rests on, as it stood that day: the numbers or the words themselves, with their hash. Never changed.
-- table: personal
CREATE TABLE decision_ground (
  owner_id text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('barrier', 'statement', 'evidence', 'programme')),
  reference text NOT NULL CHECK (reference <> ''),
  content text NOT NULL CHECK (content <> ''),
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  frozen_at timestamptz NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, id)
);

-- step: grounds are found by what they are about, to tell people what came of what they said
CREATE INDEX decision_ground_reference ON decision_ground (kind, reference);

-- step: A decision and the mandate under which it was taken. The owner is a place; without a ground there is no decision.
-- table: personal
CREATE TABLE decision (
  owner_id text NOT NULL,
  id uuid NOT NULL,
  because_id uuid NOT NULL,
  form text NOT NULL CHECK (form IN ('advise', 'co-decide', 'decide')),
  outcome text NOT NULL CHECK (outcome IN ('yes', 'no')),
  mandate text NOT NULL CHECK (mandate <> ''),
  title text NOT NULL CHECK (title <> ''),
  words text NOT NULL CHECK (words <> ''),
  reason text NOT NULL,
  dissent text NOT NULL,
  language text NOT NULL,
  decided_on date NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  example boolean NOT NULL,
  CHECK (outcome = 'yes' OR reason <> ''),
  PRIMARY KEY (owner_id, id),
  FOREIGN KEY (owner_id, because_id) REFERENCES decision_ground (owner_id, id)
);

-- step: the newest decisions of all places are listed
CREATE INDEX decision_decided_on ON decision (decided_on);

-- step: Every ground of a decision, the first included.
-- table: personal
CREATE TABLE decision_citation (
  owner_id text NOT NULL,
  decision_id uuid NOT NULL,
  ground_id uuid NOT NULL,
  PRIMARY KEY (owner_id, decision_id, ground_id),
  FOREIGN KEY (owner_id, decision_id) REFERENCES decision (owner_id, id),
  FOREIGN KEY (owner_id, ground_id) REFERENCES decision_ground (owner_id, id)
);

-- step: What will be done, by which office, before which day. No action without a decision.
-- table: personal
CREATE TABLE decision_action (
  owner_id text NOT NULL,
  id uuid NOT NULL,
  decision_id uuid NOT NULL,
  words text NOT NULL CHECK (words <> ''),
  responsible text NOT NULL CHECK (responsible <> ''),
  due_on date NOT NULL,
  done_on date,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, id),
  FOREIGN KEY (owner_id, decision_id) REFERENCES decision (owner_id, id)
);

-- step: actions are listed with their decision
CREATE INDEX decision_action_decision_id ON decision_action (owner_id, decision_id);

-- step: What came of it. With the evidence it rests on, or none, and then the page says so.
-- table: personal
CREATE TABLE decision_result (
  owner_id text NOT NULL,
  id uuid NOT NULL,
  decision_id uuid NOT NULL,
  words text NOT NULL CHECK (words <> ''),
  evidence_id uuid,
  reported_on date NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, id),
  FOREIGN KEY (owner_id, decision_id) REFERENCES decision (owner_id, id),
  FOREIGN KEY (owner_id, evidence_id) REFERENCES decision_ground (owner_id, id)
);

-- step: results are listed with their decision
CREATE INDEX decision_result_decision_id ON decision_result (owner_id, decision_id);
