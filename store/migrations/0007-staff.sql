-- step: Somebody who works with the platform. A name to show and nothing else: no mail address, no password.
-- table: reference
CREATE TABLE staff (
  id uuid NOT NULL,
  name_shown text NOT NULL CHECK (name_shown <> ''),
  made_at timestamptz NOT NULL,
  left_at timestamptz,
  PRIMARY KEY (id)
);

-- step: A passkey (WebAuthn credential); the id is the one its device gave, as base64url. Only the public key is here.
-- table: reference
CREATE TABLE staff_passkey (
  id text NOT NULL CHECK (id <> ''),
  staff_id uuid NOT NULL REFERENCES staff (id),
  public_key bytea NOT NULL,
  sign_count numeric(10) NOT NULL CHECK (sign_count >= 0),
  transports text NOT NULL,
  label text NOT NULL CHECK (label <> ''),
  backed_up boolean NOT NULL,
  made_at timestamptz NOT NULL,
  last_used_at timestamptz,
  PRIMARY KEY (id)
);

-- step: passkeys are listed by whose they are
CREATE INDEX staff_passkey_staff_id ON staff_passkey (staff_id);

-- step: Who somebody is at the OpenID provider of their organisation: the pair that never changes, and no mail address.
-- table: reference
CREATE TABLE staff_oidc_identity (
  id uuid NOT NULL,
  staff_id uuid NOT NULL REFERENCES staff (id),
  issuer text NOT NULL CHECK (issuer <> ''),
  subject text NOT NULL CHECK (subject <> ''),
  made_at timestamptz NOT NULL,
  last_used_at timestamptz,
  PRIMARY KEY (id),
  UNIQUE (issuer, subject)
);

-- step: identities are listed by whose they are
CREATE INDEX staff_oidc_identity_staff_id ON staff_oidc_identity (staff_id);

-- step: What somebody may do, and where. A withdrawn grant stays, so that one can read who could do what, and when.
-- table: reference
CREATE TABLE staff_grant (
  id uuid NOT NULL,
  staff_id uuid NOT NULL REFERENCES staff (id),
  role text NOT NULL CHECK (role IN ('municipality-analyst', 'location-team', 'organisation-editor', 'steward')),
  scope_kind text NOT NULL CHECK (scope_kind IN ('platform', 'municipality', 'location', 'organisation')),
  scope_id text NOT NULL,
  granted_by uuid REFERENCES staff (id),
  granted_at timestamptz NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  withdrawn_by uuid REFERENCES staff (id),
  withdrawn_at timestamptz,
  withdrawn_why text,
  CHECK ((scope_kind = 'platform') = (scope_id = '')),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_why IS NULL)),
  PRIMARY KEY (id)
);

-- step: grants are read with every request of their holder
CREATE INDEX staff_grant_staff_id ON staff_grant (staff_id);

-- step: Somebody is signed in. Only hashes of the token: who reads this table cannot become anybody.
-- table: reference
CREATE TABLE staff_session (
  id uuid NOT NULL,
  staff_id uuid NOT NULL REFERENCES staff (id),
  token_hash text NOT NULL,
  previous_token_hash text,
  rotated_at timestamptz NOT NULL,
  method text NOT NULL CHECK (method IN ('passkey', 'oidc')),
  device text NOT NULL,
  made_at timestamptz NOT NULL,
  authenticated_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_why text CHECK (ended_why IN ('signed-out', 'ended-elsewhere', 'expired', 'replayed', 'left')),
  CHECK ((ended_at IS NULL) = (ended_why IS NULL)),
  PRIMARY KEY (id),
  UNIQUE (token_hash)
);

-- step: the token of a moment ago still finds its session, because two requests may be on their way
CREATE INDEX staff_session_previous_token_hash ON staff_session (previous_token_hash);

-- step: sessions are listed by whose they are
CREATE INDEX staff_session_staff_id ON staff_session (staff_id);

-- step: A link that works once: for somebody new (with a first grant), or a new way in for somebody known.
-- table: reference
CREATE TABLE staff_invitation (
  id uuid NOT NULL,
  token_hash text NOT NULL,
  for_staff_id uuid REFERENCES staff (id),
  role text CHECK (role IN ('municipality-analyst', 'location-team', 'organisation-editor', 'steward')),
  scope_kind text CHECK (scope_kind IN ('platform', 'municipality', 'location', 'organisation')),
  scope_id text,
  invited_by uuid REFERENCES staff (id),
  reason text NOT NULL CHECK (reason <> ''),
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_by uuid REFERENCES staff (id),
  withdrawn_at timestamptz,
  CHECK ((for_staff_id IS NULL) = (role IS NOT NULL)),
  CHECK ((role IS NULL) = (scope_kind IS NULL)),
  CHECK ((role IS NULL) = (scope_id IS NULL)),
  CHECK ((used_at IS NULL) = (used_by IS NULL)),
  PRIMARY KEY (id),
  UNIQUE (token_hash)
);

-- step: A challenge that has been answered, by its hash, until it would have expired: an answer counts once.
-- table: reference
CREATE TABLE staff_used_challenge (
  id text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (id)
);
