-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE cost_option;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE language;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE service_topic;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE service;
