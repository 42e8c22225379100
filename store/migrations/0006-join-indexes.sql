-- step: location is read by way of its organization_id
CREATE INDEX location_organization_id ON location (organization_id);

-- step: address is read by way of its location_id
CREATE INDEX address_location_id ON address (location_id);

-- step: phone is read by way of its organization_id
CREATE INDEX phone_organization_id ON phone (organization_id);

-- step: service is read by way of its organization_id
CREATE INDEX service_organization_id ON service (organization_id);

-- step: service_topic is read by way of its topic_id
CREATE INDEX service_topic_topic_id ON service_topic (topic_id);

-- step: cost_option is read by way of its service_id
CREATE INDEX cost_option_service_id ON cost_option (service_id);

-- step: service_at_location is read by way of its location_id
CREATE INDEX service_at_location_location_id ON service_at_location (location_id);

-- step: schedule is read by way of its service_at_location_id
CREATE INDEX schedule_service_at_location_id ON schedule (service_at_location_id);
