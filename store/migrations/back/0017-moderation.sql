-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE appeal;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE moderation;
