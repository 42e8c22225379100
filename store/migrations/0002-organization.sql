-- step: HSDS organization. Dutch is the canonical text, translations hold the other languages.
-- table: reference
CREATE TABLE organization (
  id uuid NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  description text NOT NULL,
  email text,
  website text,
  translations jsonb NOT NULL,
  checked_on date NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (id)
);
