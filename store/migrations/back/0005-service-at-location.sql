-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE schedule;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE service_at_location;
