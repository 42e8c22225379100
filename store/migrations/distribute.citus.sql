-- Only where the extension citus is present, after the migrations, by whoever runs that cluster:
--   psql "$DATABASE_URL" -f store/migrations/distribute.citus.sql
-- All tables so far are small shared lists: a copy on every node. Tables about people come with their owner, as
--   SELECT create_distributed_table('…', 'owner_id', colocate_with => '…');
-- Why which table is what: docs/decisions/0002-database.md.
SELECT create_reference_table('schema_lock');
SELECT create_reference_table('schema_migration');
SELECT create_reference_table('topic');
SELECT create_reference_table('organization');
SELECT create_reference_table('location');
SELECT create_reference_table('address');
SELECT create_reference_table('phone');
SELECT create_reference_table('service');
SELECT create_reference_table('service_topic');
SELECT create_reference_table('language');
SELECT create_reference_table('cost_option');
SELECT create_reference_table('service_at_location');
SELECT create_reference_table('schedule');
