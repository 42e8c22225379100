-- Only where the extension citus is present, after the migrations, by whoever runs that cluster:
--   psql "$DATABASE_URL" -f store/migrations/distribute.citus.sql
-- Small shared lists: a copy on every node. Tables that grow are spread by their owner, as
--   SELECT create_distributed_table('…', 'owner_id', colocate_with => '…');
-- what people give by the contributor, counts and answers of a town by that town.
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
SELECT create_reference_table('staff');
SELECT create_reference_table('staff_passkey');
SELECT create_reference_table('staff_oidc_identity');
SELECT create_reference_table('staff_grant');
SELECT create_reference_table('staff_session');
SELECT create_reference_table('staff_invitation');
SELECT create_reference_table('staff_used_challenge');
SELECT create_reference_table('audit_stream');
SELECT create_reference_table('audit_anchor');
SELECT create_distributed_table('audit_entry', 'owner_id');
SELECT create_distributed_table('decision_ground', 'owner_id', colocate_with => 'audit_entry');
SELECT create_distributed_table('decision', 'owner_id', colocate_with => 'audit_entry');
SELECT create_distributed_table('decision_citation', 'owner_id', colocate_with => 'audit_entry');
SELECT create_distributed_table('decision_action', 'owner_id', colocate_with => 'audit_entry');
SELECT create_distributed_table('decision_result', 'owner_id', colocate_with => 'audit_entry');
SELECT create_reference_table('answer_code');
SELECT create_reference_table('regular_task');
SELECT create_reference_table('counting');
SELECT create_distributed_table('contribution', 'owner_id');
SELECT create_distributed_table('contribution_words', 'owner_id', colocate_with => 'contribution');
SELECT create_distributed_table('withdrawal', 'owner_id', colocate_with => 'contribution');
SELECT create_distributed_table('member', 'owner_id', colocate_with => 'contribution');
SELECT create_distributed_table('recount', 'owner_id', colocate_with => 'contribution');
SELECT create_distributed_table('barrier_report', 'owner_id', colocate_with => 'contribution');
SELECT create_distributed_table('answer_count', 'owner_id');
SELECT create_distributed_table('first_work_count', 'owner_id', colocate_with => 'answer_count');
SELECT create_distributed_table('heard_count', 'owner_id', colocate_with => 'answer_count');
SELECT create_distributed_table('barrier_count', 'owner_id', colocate_with => 'answer_count');
SELECT create_distributed_table('barrier_answer', 'owner_id', colocate_with => 'answer_count');
SELECT create_distributed_table('board_release', 'owner_id', colocate_with => 'answer_count');
SELECT create_distributed_table('published_table', 'owner_id', colocate_with => 'answer_count');
SELECT create_distributed_table('programme', 'owner_id', colocate_with => 'audit_entry');
SELECT create_distributed_table('programme_town', 'owner_id', colocate_with => 'audit_entry');
SELECT create_distributed_table('programme_plan', 'owner_id', colocate_with => 'audit_entry');
SELECT create_distributed_table('programme_effect', 'owner_id', colocate_with => 'audit_entry');
