-- step: the chain of decisions goes, from its end
-- contract: decisions are not read any more
DROP TABLE decision_result;

-- step: their actions
-- contract: decisions are not read any more
DROP TABLE decision_action;

-- step: their citations
-- contract: decisions are not read any more
DROP TABLE decision_citation;

-- step: the decisions
-- contract: decisions are not read any more
DROP TABLE decision;

-- step: what they rest on
-- contract: decisions are not read any more
DROP TABLE decision_ground;
