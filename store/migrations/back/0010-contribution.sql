-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE recount;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE member;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE withdrawal;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE contribution_words;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE contribution;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE answer_code;
