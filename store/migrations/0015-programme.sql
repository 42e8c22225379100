-- step: A change of policy that is followed by its effect (nl: maatregel). The owner is the place that registers it.
-- table: personal
CREATE TABLE programme (
  owner_id text NOT NULL,
  id uuid NOT NULL,
  title text NOT NULL CHECK (title <> ''),
  words text NOT NULL CHECK (words <> ''),
  cost text NOT NULL,
  language text NOT NULL,
  decision_id uuid,
  registered_by uuid NOT NULL,
  registered_at timestamptz NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, id),
  FOREIGN KEY (owner_id, decision_id) REFERENCES decision (owner_id, id)
);

-- step: the newest of all places are listed
CREATE INDEX programme_registered_at ON programme (registered_at);

-- step: programmes are found by the decision they carry out
CREATE INDEX programme_decision_id ON programme (owner_id, decision_id);

-- step: A town in it: where something changed, from which month; or, without a month, a town it is compared with.
-- table: personal
CREATE TABLE programme_town (
  owner_id text NOT NULL,
  programme_id uuid NOT NULL,
  town text NOT NULL CHECK (town ~ '^(GM[0-9]{4}|[a-z][a-z-]{0,39})$' AND town <> 'all'),
  from_month date CHECK (extract(day FROM from_month) = 1),
  PRIMARY KEY (owner_id, programme_id, town),
  FOREIGN KEY (owner_id, programme_id) REFERENCES programme (owner_id, id)
);

-- step: programmes are found by town
CREATE INDEX programme_town_town ON programme_town (town);

-- step: How the effect will be reckoned, with its SHA-256. Another plan is another version with its reason; none ever changes.
-- table: personal
CREATE TABLE programme_plan (
  owner_id text NOT NULL,
  programme_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  plan text NOT NULL CHECK (plan <> ''),
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  reason text NOT NULL,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  CHECK (version = 1 OR reason <> ''),
  PRIMARY KEY (owner_id, programme_id, version),
  FOREIGN KEY (owner_id, programme_id) REFERENCES programme (owner_id, id)
);

-- step: What the effect was at each release, or why it could not be told. Made by who counts; never changed after.
-- table: personal
CREATE TABLE programme_effect (
  owner_id text NOT NULL,
  programme_id uuid NOT NULL,
  released_on date NOT NULL,
  plan_version integer NOT NULL,
  effect jsonb NOT NULL,
  PRIMARY KEY (owner_id, programme_id, released_on),
  FOREIGN KEY (owner_id, programme_id, plan_version) REFERENCES programme_plan (owner_id, programme_id, version)
);
