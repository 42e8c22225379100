-- step: Codes of answers: a question with a value is one small number, so that a month of answers is a few bytes.
-- table: reference
CREATE TABLE answer_code (
  id integer NOT NULL,
  question text NOT NULL CHECK (question ~ '^[a-z][a-z0-9-]{0,39}$'),
  value text NOT NULL CHECK (value <> '' AND length(value) <= 40),
  PRIMARY KEY (id),
  UNIQUE (question, value)
);

-- step: What one person gave of one month; owner_id is the contributor. Never updated: a later answer is another row.
-- table: personal
CREATE TABLE contribution (
  owner_id uuid NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  received_on date NOT NULL,
  arrived date CHECK (extract(day FROM arrived) = 1),
  instrument_version smallint NOT NULL CHECK (instrument_version > 0),
  turn smallint NOT NULL CHECK (turn >= 0),
  followed boolean NOT NULL,
  crowded boolean NOT NULL,
  example boolean NOT NULL,
  instrument text NOT NULL CHECK (instrument ~ '^[a-z][a-z0-9-]{0,39}$'),
  language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
  town text NOT NULL CHECK (town ~ '^(GM[0-9]{4}|[a-z][a-z-]{0,39})$' AND town <> 'all'),
  door text NOT NULL CHECK (door ~ '^[a-z][a-z-]{0,39}$'),
  age_band text NOT NULL CHECK (age_band ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  gender text NOT NULL CHECK (gender ~ '^[a-z][a-z-]{0,39}$'),
  answers integer[] NOT NULL,
  PRIMARY KEY (owner_id, id)
);

-- step: Counting goes by month and town; and the months that are no longer kept go together.
CREATE INDEX contribution_month_town ON contribution (month, town);

-- step: Own words, only of those who said that they may be read.
-- table: personal
CREATE TABLE contribution_words (
  owner_id uuid NOT NULL,
  contribution_id uuid NOT NULL,
  position smallint NOT NULL,
  question text NOT NULL CHECK (question ~ '^[a-z][a-z0-9-]{0,39}$'),
  words text NOT NULL CHECK (words <> ''),
  PRIMARY KEY (owner_id, contribution_id, position),
  FOREIGN KEY (owner_id, contribution_id) REFERENCES contribution (owner_id, id)
);

-- step: What was taken back, so that a device that sends it again later does not bring it back.
-- table: personal
CREATE TABLE withdrawal (
  owner_id uuid NOT NULL,
  id uuid NOT NULL,
  withdrawn_on date NOT NULL,
  PRIMARY KEY (owner_id, id)
);

-- step: Somebody who agreed to be followed, one row for each questionnaire: the least that a curve of first paid work needs.
-- table: personal
CREATE TABLE member (
  owner_id uuid NOT NULL,
  instrument text NOT NULL,
  town text NOT NULL,
  door text NOT NULL,
  age_band text NOT NULL,
  gender text NOT NULL,
  language text NOT NULL,
  programme text NOT NULL CHECK (programme ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
  arrived date,
  first_month date NOT NULL,
  last_month date NOT NULL,
  first_work_month date,
  left_month date,
  here_month date,
  crowded boolean NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, instrument)
);

-- step: First work is counted town by town.
CREATE INDEX member_town ON member (town);

-- step: What came or went since the last count: of which town and month the counts are to be made again.
-- table: personal
CREATE TABLE recount (
  owner_id uuid NOT NULL,
  id uuid NOT NULL,
  month date NOT NULL,
  town text NOT NULL,
  member_town text,
  PRIMARY KEY (owner_id, id)
);
