-- step: HSDS service_at_location: a service is given here.
-- table: reference
CREATE TABLE service_at_location (
  id uuid NOT NULL,
  service_id uuid NOT NULL REFERENCES service (id),
  location_id uuid NOT NULL REFERENCES location (id),
  example boolean NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (service_id, location_id)
);

-- step: HSDS schedule: opening hours in Dutch local time, days as in iCalendar.
-- table: reference
CREATE TABLE schedule (
  id uuid NOT NULL,
  service_at_location_id uuid NOT NULL REFERENCES service_at_location (id),
  freq text NOT NULL CHECK (freq IN ('WEEKLY', 'MONTHLY')),
  byday text NOT NULL CHECK (byday ~ '^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$'),
  opens_at text NOT NULL CHECK (opens_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  closes_at text NOT NULL CHECK (closes_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  example boolean NOT NULL,
  PRIMARY KEY (id)
);
