-- step: What somebody may need a person for; the list itself is `helpTopics` of knowledge.
-- table: reference
CREATE TABLE topic (
  id text NOT NULL CHECK (id ~ '^[a-z][a-z-]*$'),
  PRIMARY KEY (id)
);
