-- step: HSDS location: where something happens, also when that is by telephone.
-- table: reference
CREATE TABLE location (
  id uuid NOT NULL,
  organization_id uuid NOT NULL REFERENCES organization (id),
  location_type text NOT NULL CHECK (location_type IN ('physical', 'postal', 'virtual')),
  name text NOT NULL,
  description text NOT NULL,
  translations jsonb NOT NULL,
  checked_on date NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (id)
);

-- step: HSDS address of a location.
-- table: reference
CREATE TABLE address (
  id uuid NOT NULL,
  location_id uuid NOT NULL REFERENCES location (id),
  address_1 text NOT NULL,
  city text NOT NULL,
  state_province text NOT NULL,
  postal_code text NOT NULL,
  country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  address_type text NOT NULL CHECK (address_type IN ('physical', 'postal', 'virtual')),
  example boolean NOT NULL,
  PRIMARY KEY (id)
);

-- step: HSDS phone of an organization.
-- table: reference
CREATE TABLE phone (
  id uuid NOT NULL,
  organization_id uuid NOT NULL REFERENCES organization (id),
  number text NOT NULL CHECK (number <> ''),
  type text NOT NULL,
  description text NOT NULL,
  example boolean NOT NULL,
  PRIMARY KEY (id)
);
