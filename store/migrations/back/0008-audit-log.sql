-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE audit_anchor;

-- step: this index goes
-- contract: an index holds no data
DROP INDEX audit_entry_at;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE audit_entry;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE audit_stream;
