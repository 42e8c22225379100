-- step: How many gave which answer, of a town (owner_id; 'all' is the country), a month and a door: counts[i] people gave codes[i].
-- table: personal
CREATE TABLE answer_count (
  owner_id text NOT NULL,
  month date NOT NULL,
  door text NOT NULL,
  crowded boolean NOT NULL,
  example boolean NOT NULL,
  codes integer[] NOT NULL,
  counts integer[] NOT NULL,
  PRIMARY KEY (owner_id, month, door, crowded, example)
);

-- step: Who comes under observation and who leaves it, whole months after arrival: all that curves of first paid work need.
-- table: personal
CREATE TABLE first_work_count (
  owner_id text NOT NULL,
  closed boolean NOT NULL,
  cohort text NOT NULL,
  door text NOT NULL,
  programme text NOT NULL,
  months_since_arrival smallint NOT NULL,
  crowded boolean NOT NULL,
  example boolean NOT NULL,
  entered integer NOT NULL,
  worked integer NOT NULL,
  went_away integer NOT NULL,
  last_heard integer NOT NULL,
  worked_before integer NOT NULL,
  arrival_not_said integer NOT NULL,
  PRIMARY KEY (owner_id, closed, cohort, door, programme, months_since_arrival, crowded, example)
);

-- step: Who was heard in a year.
-- table: personal
CREATE TABLE heard_count (
  owner_id text NOT NULL,
  year smallint NOT NULL,
  door text NOT NULL,
  language text NOT NULL,
  age_band text NOT NULL,
  gender text NOT NULL,
  crowded boolean NOT NULL,
  example boolean NOT NULL,
  contributors integer NOT NULL,
  contributions integer NOT NULL,
  PRIMARY KEY (owner_id, year, door, language, age_band, gender, crowded, example)
);

-- step: How many named which barrier.
-- table: personal
CREATE TABLE barrier_count (
  owner_id text NOT NULL,
  month date NOT NULL,
  about text NOT NULL,
  subject text NOT NULL,
  place_kind text NOT NULL,
  saying text NOT NULL,
  crowded boolean NOT NULL,
  example boolean NOT NULL,
  contributors integer NOT NULL,
  PRIMARY KEY (owner_id, month, about, subject, place_kind, saying, crowded, example)
);

-- step: A month is counted again as a whole.
CREATE INDEX answer_count_month ON answer_count (month);

-- step: And so is a year.
CREATE INDEX heard_count_year ON heard_count (year);

-- step: And the barriers of a month.
CREATE INDEX barrier_count_month ON barrier_count (month);
