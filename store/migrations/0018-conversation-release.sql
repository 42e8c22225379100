-- step: What a conversation shows: counts that move in steps of many votes, and what follows from them. One row, made anew.
-- table: personal
CREATE TABLE conversation_release (
  owner_id uuid NOT NULL,
  id uuid NOT NULL,
  released_on date NOT NULL,
  release jsonb NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, id),
  FOREIGN KEY (owner_id) REFERENCES conversation (id)
);

-- step: An answer that the owner owes, from the day a statement was found to connect the sides. It stays owed when votes change.
-- table: personal
CREATE TABLE answer_owed (
  owner_id uuid NOT NULL,
  statement_id uuid NOT NULL,
  owed_since date NOT NULL,
  due_on date NOT NULL CHECK (due_on > owed_since),
  example boolean NOT NULL,
  PRIMARY KEY (owner_id, statement_id),
  FOREIGN KEY (owner_id, statement_id) REFERENCES statement (owner_id, id)
);
