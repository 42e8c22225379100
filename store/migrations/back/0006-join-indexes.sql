-- step: no index on service_at_location_id
-- contract: an index holds no data
DROP INDEX schedule_service_at_location_id;

-- step: no index on location_id
-- contract: an index holds no data
DROP INDEX service_at_location_location_id;

-- step: no index on service_id
-- contract: an index holds no data
DROP INDEX cost_option_service_id;

-- step: no index on topic_id
-- contract: an index holds no data
DROP INDEX service_topic_topic_id;

-- step: no index on organization_id
-- contract: an index holds no data
DROP INDEX service_organization_id;

-- step: no index on organization_id
-- contract: an index holds no data
DROP INDEX phone_organization_id;

-- step: no index on location_id
-- contract: an index holds no data
DROP INDEX address_location_id;

-- step: no index on organization_id
-- contract: an index holds no data
DROP INDEX location_organization_id;
