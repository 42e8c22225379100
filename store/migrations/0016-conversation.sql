-- step: A conversation of newcomers and neighbours: what is asked, where, until when, and how far their word goes.
-- table: reference
CREATE TABLE conversation (
  id uuid NOT NULL,
  scope_kind text NOT NULL CHECK (scope_kind IN ('platform', 'municipality', 'location', 'organisation')),
  scope_id text NOT NULL CHECK ((scope_kind = 'platform') = (scope_id = '')),
  language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
  title text NOT NULL CHECK (title <> '' AND length(title) <= 200),
  question text NOT NULL CHECK (question <> '' AND length(question) <= 1000),
  translations jsonb NOT NULL,
  sides text[] NOT NULL CHECK (cardinality(sides) BETWEEN 2 AND 6),
  fewest integer NOT NULL CHECK (fewest BETWEEN 5 AND 1000),
  bridge_from real NOT NULL CHECK (bridge_from > 0 AND bridge_from < 1),
  form text NOT NULL CHECK (form IN ('advise', 'co-decide', 'decide')),
  mandate text NOT NULL CHECK (mandate <> ''),
  answer_in_weeks integer NOT NULL CHECK (answer_in_weeks BETWEEN 1 AND 52),
  population jsonb NOT NULL,
  opens_on date NOT NULL,
  closes_on date NOT NULL CHECK (closes_on >= opens_on),
  example boolean NOT NULL,
  PRIMARY KEY (id)
);

-- step: Who takes part in a conversation, and the side they say they are on. owner_id is the conversation; who is another one in each.
-- table: personal
CREATE TABLE participant (
  owner_id uuid NOT NULL,
  contributor uuid NOT NULL,
  side text CHECK (side ~ '^[a-z][a-z-]{0,39}$'),
  language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
  crowded boolean NOT NULL,
  joined_on date NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, contributor),
  FOREIGN KEY (owner_id) REFERENCES conversation (id)
);

-- step: What somebody says, in their own words and language. Without an author when they left, or when it began the conversation.
-- table: personal
CREATE TABLE statement (
  owner_id uuid NOT NULL,
  id uuid NOT NULL,
  author uuid,
  side text CHECK (side ~ '^[a-z][a-z-]{0,39}$'),
  language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
  words text NOT NULL CHECK (words <> '' AND length(words) <= 400),
  state text NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused')),
  said_on date NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, id),
  FOREIGN KEY (owner_id, author) REFERENCES participant (owner_id, contributor)
);

-- step: a participant finds what they said, and leaving lets go of it
CREATE INDEX statement_author ON statement (owner_id, author);

-- step: The same in another language; the original is never changed. Who made it: a person, a machine; checked by whom.
-- table: personal
CREATE TABLE statement_translation (
  owner_id uuid NOT NULL,
  statement_id uuid NOT NULL,
  language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
  words text NOT NULL CHECK (words <> '' AND length(words) <= 800),
  made_by text NOT NULL CHECK (made_by IN ('person', 'machine')),
  reviewed_by uuid,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, statement_id, language),
  FOREIGN KEY (owner_id, statement_id) REFERENCES statement (owner_id, id)
);

-- step: One vote a participant and statement; the last counts. No moment, only a day: a vote and a check-in are not to be joined.
-- table: personal
CREATE TABLE vote (
  owner_id uuid NOT NULL,
  contributor uuid NOT NULL,
  statement_id uuid NOT NULL,
  value smallint NOT NULL CHECK (value IN (-1, 0, 1)),
  shown_by text NOT NULL CHECK (shown_by IN ('equal-voice', 'chosen')),
  shown_chance real CHECK (shown_chance > 0 AND shown_chance <= 1),
  voted_on date NOT NULL,
  example boolean NOT NULL,
  CHECK ((shown_chance IS NOT NULL) = (shown_by = 'equal-voice')),
  PRIMARY KEY (owner_id, contributor, statement_id),
  FOREIGN KEY (owner_id, contributor) REFERENCES participant (owner_id, contributor),
  FOREIGN KEY (owner_id, statement_id) REFERENCES statement (owner_id, id)
);
