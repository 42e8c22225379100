-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE barrier_count;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE heard_count;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE first_work_count;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE answer_count;
