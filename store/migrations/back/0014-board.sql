-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE published_table;

-- step: the whole table goes, with what is in it
-- contract: the version before did not know it
DROP TABLE board_release;
