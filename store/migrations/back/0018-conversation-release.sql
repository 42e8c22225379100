-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE answer_owed;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE conversation_release;
