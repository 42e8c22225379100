-- step: programmes go, from the end of their chain
-- contract: the version before did not know them
DROP TABLE programme_effect;

-- step: their plans
-- contract: the version before did not know them
DROP TABLE programme_plan;

-- step: their towns
-- contract: the version before did not know them
DROP TABLE programme_town;

-- step: and they themselves
-- contract: the version before did not know them
DROP TABLE programme;
