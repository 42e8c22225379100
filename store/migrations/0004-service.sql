-- step: HSDS service: what an organization does for people.
-- table: reference
CREATE TABLE service (
  id uuid NOT NULL,
  organization_id uuid NOT NULL REFERENCES organization (id),
  name text NOT NULL CHECK (name <> ''),
  description text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'inactive', 'defunct', 'temporarily closed')),
  eligibility_description text NOT NULL,
  application_process text NOT NULL,
  translations jsonb NOT NULL,
  checked_on date NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (id)
);

-- step: What a service helps with; in HSDS an attribute that names a taxonomy term.
-- table: reference
CREATE TABLE service_topic (
  id uuid NOT NULL,
  service_id uuid NOT NULL REFERENCES service (id),
  topic_id text NOT NULL REFERENCES topic (id),
  example boolean NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (service_id, topic_id)
);

-- step: HSDS language: spoken by those who give the service. The code is a language tag.
-- table: reference
CREATE TABLE language (
  id uuid NOT NULL,
  service_id uuid NOT NULL REFERENCES service (id),
  code text NOT NULL CHECK (code ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  name text NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (service_id, code)
);

-- step: HSDS cost_option. An absent amount means that the organization has to say it.
-- table: reference
CREATE TABLE cost_option (
  id uuid NOT NULL,
  service_id uuid NOT NULL REFERENCES service (id),
  option text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  amount numeric(12, 2) CHECK (amount >= 0),
  example boolean NOT NULL,
  PRIMARY KEY (id)
);
