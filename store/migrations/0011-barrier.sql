-- step: "This is not what I was told", "I was refused": about a right, or about something else that stood in the way.
-- table: personal
CREATE TABLE barrier_report (
  owner_id uuid NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  received_on date NOT NULL,
  crowded boolean NOT NULL,
  example boolean NOT NULL,
  town text NOT NULL CHECK (town ~ '^(GM[0-9]{4}|[a-z][a-z-]{0,39})$' AND town <> 'all'),
  about text NOT NULL CHECK (about IN ('right', 'theme')),
  subject text NOT NULL CHECK (subject ~ '^[a-z][a-z0-9-]{0,79}$'),
  place_kind text NOT NULL CHECK (place_kind ~ '^[a-z][a-z0-9-]{0,39}$'),
  saying text NOT NULL CHECK (saying ~ '^[a-z][a-z0-9-]{0,39}$'),
  article text CHECK (length(article) <= 200),
  version date,
  PRIMARY KEY (owner_id, id)
);

-- step: Counting goes by month and town.
CREATE INDEX barrier_report_month_town ON barrier_report (month, town);

-- step: What a town answers to a barrier that people named; owner_id is the town. A new answer is a new row.
-- table: personal
CREATE TABLE barrier_answer (
  owner_id text NOT NULL CHECK (owner_id ~ '^(GM[0-9]{4}|[a-z][a-z-]{0,39})$'),
  id uuid NOT NULL,
  about text NOT NULL CHECK (about IN ('right', 'theme')),
  subject text NOT NULL CHECK (subject ~ '^[a-z][a-z0-9-]{0,79}$'),
  language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
  answer text NOT NULL CHECK (answer <> ''),
  answered_by text NOT NULL CHECK (answered_by <> ''),
  answered_at timestamptz NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, id)
);
