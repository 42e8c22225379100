-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE vote;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE statement_translation;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE statement;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE participant;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE conversation;
