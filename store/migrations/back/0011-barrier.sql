-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE barrier_answer;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE barrier_report;
