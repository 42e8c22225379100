-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE staff_used_challenge;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE staff_invitation;

-- step: this index goes
-- contract: an index holds no data
DROP INDEX staff_session_staff_id;

-- step: this index goes
-- contract: an index holds no data
DROP INDEX staff_session_previous_token_hash;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE staff_session;

-- step: this index goes
-- contract: an index holds no data
DROP INDEX staff_grant_staff_id;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE staff_grant;

-- step: this index goes
-- contract: an index holds no data
DROP INDEX staff_oidc_identity_staff_id;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE staff_oidc_identity;

-- step: this index goes
-- contract: an index holds no data
DROP INDEX staff_passkey_staff_id;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE staff_passkey;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE staff;
