-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE counting;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE regular_task;
