import type { ColumnType } from 'kysely';
import type { DecisionForm, GroundRow } from './decisions/decide.ts';
import type { Scope, StaffRole } from './staff/roles.ts';

type Jsonb<T> = ColumnType<T, string, string>;
type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The tables as Kysely sees them. Names follow HSDS 3 (Open Referral); dates come as '2026-11-23'. */
export interface Tables {
  topic: { id: string };
  organization: {
    id: string;
    name: string;
    description: string;
    email: string | null;
    website: string | null;
    translations: Jsonb<Texts>;
    checked_on: string;
    example: boolean;
  };
  location: {
    id: string;
    organization_id: string;
    location_type: 'physical' | 'postal' | 'virtual';
    name: string;
    description: string;
    translations: Jsonb<Texts>;
    checked_on: string;
    example: boolean;
  };
  address: {
    id: string;
    location_id: string;
    address_1: string;
    city: string;
    state_province: string;
    postal_code: string;
    country: string;
    address_type: 'physical' | 'postal' | 'virtual';
    example: boolean;
  };
  service: {
    id: string;
    organization_id: string;
    name: string;
    description: string;
    status: 'active' | 'inactive' | 'defunct' | 'temporarily closed';
    eligibility_description: string;
    application_process: string;
    translations: Jsonb<Texts>;
    checked_on: string;
    example: boolean;
  };
  service_topic: { id: string; service_id: string; topic_id: string; example: boolean };
  service_at_location: { id: string; service_id: string; location_id: string; example: boolean };
  schedule: {
    id: string;
    service_at_location_id: string;
    freq: 'WEEKLY' | 'MONTHLY';
    byday: string;
    opens_at: string;
    closes_at: string;
    example: boolean;
  };
  phone: {
    id: string;
    organization_id: string;
    number: string;
    type: string;
    description: string;
    example: boolean;
  };
  language: { id: string; service_id: string; code: string; name: string; example: boolean };
  cost_option: {
    id: string;
    service_id: string;
    option: string;
    currency: string;
    amount: string | null;
    example: boolean;
  };
  staff: { id: string; name_shown: string; made_at: Date; left_at: Date | null };
  staff_passkey: {
    id: string;
    staff_id: string;
    public_key: Buffer;
    /** A number up to 2^32, as text. */
    sign_count: string;
    transports: string;
    label: string;
    backed_up: boolean;
    made_at: Date;
    last_used_at: Date | null;
  };
  staff_oidc_identity: {
    id: string;
    staff_id: string;
    issuer: string;
    subject: string;
    made_at: Date;
    last_used_at: Date | null;
  };
  staff_grant: {
    id: string;
    staff_id: string;
    role: StaffRole;
    scope_kind: Scope['kind'];
    /** Empty for the whole platform. */
    scope_id: string;
    granted_by: string | null;
    granted_at: Date;
    reason: string;
    withdrawn_by: string | null;
    withdrawn_at: Date | null;
    withdrawn_why: string | null;
  };
  staff_session: {
    id: string;
    staff_id: string;
    token_hash: string;
    previous_token_hash: string | null;
    rotated_at: Date;
    method: 'passkey' | 'oidc';
    device: string;
    made_at: Date;
    authenticated_at: Date;
    last_seen_at: Date;
    expires_at: Date;
    ended_at: Date | null;
    ended_why: 'signed-out' | 'ended-elsewhere' | 'expired' | 'replayed' | 'left' | null;
  };
  staff_invitation: {
    id: string;
    token_hash: string;
    for_staff_id: string | null;
    role: StaffRole | null;
    scope_kind: Scope['kind'] | null;
    scope_id: string | null;
    invited_by: string | null;
    reason: string;
    made_at: Date;
    expires_at: Date;
    used_at: Date | null;
    used_by: string | null;
    withdrawn_at: Date | null;
  };
  staff_used_challenge: { id: string; expires_at: Date };
  audit_stream: { id: string };
  audit_entry: {
    owner_id: string;
    id: string;
    number: number;
    at: Date;
    staff_id: string | null;
    act: string;
    subject: string;
    reason: string;
    result: 'done' | 'refused';
    details: string;
    previous_hash: string;
    hash: string;
  };
  audit_anchor: {
    id: string;
    made_at: Date;
    entries: number;
    heads: string;
    previous_digest: string;
    digest: string;
  };
  decision_ground: GroundRow;
  decision: {
    owner_id: string;
    id: string;
    because_id: string;
    form: DecisionForm;
    outcome: 'yes' | 'no';
    mandate: string;
    title: string;
    words: string;
    reason: string;
    dissent: string;
    language: string;
    decided_on: string;
    made_by: string;
    made_at: Date;
    example: boolean;
  };
  decision_citation: { owner_id: string; decision_id: string; ground_id: string };
  decision_action: {
    owner_id: string;
    id: string;
    decision_id: string;
    words: string;
    responsible: string;
    due_on: string;
    done_on: string | null;
    example: boolean;
  };
  decision_result: {
    owner_id: string;
    id: string;
    decision_id: string;
    words: string;
    evidence_id: string | null;
    reported_on: string;
    example: boolean;
  };
  answer_code: { id: number; question: string; value: string };
  contribution: {
    owner_id: string;
    id: string;
    month: string;
    received_on: string;
    arrived: string | null;
    instrument_version: number;
    turn: number;
    followed: boolean;
    crowded: boolean;
    example: boolean;
    instrument: string;
    language: string;
    town: string;
    door: string;
    age_band: string;
    gender: string;
    answers: number[];
  };
  contribution_words: { owner_id: string; contribution_id: string; position: number; question: string; words: string };
  withdrawal: { owner_id: string; id: string; withdrawn_on: string };
  member: {
    owner_id: string;
    instrument: string;
    town: string;
    door: string;
    age_band: string;
    gender: string;
    language: string;
    programme: string;
    arrived: string | null;
    first_month: string;
    last_month: string;
    first_work_month: string | null;
    left_month: string | null;
    here_month: string | null;
    crowded: boolean;
    example: boolean;
  };
  recount: { owner_id: string; id: string; month: string; town: string; member_town: string | null };
  barrier_report: {
    owner_id: string;
    id: string;
    month: string;
    received_on: string;
    crowded: boolean;
    example: boolean;
    town: string;
    about: 'right' | 'theme';
    subject: string;
    place_kind: string;
    saying: string;
    article: string | null;
    version: string | null;
  };
  barrier_answer: {
    owner_id: string;
    id: string;
    about: 'right' | 'theme';
    subject: string;
    language: string;
    answer: string;
    answered_by: string;
    answered_at: Date;
    example: boolean;
  };
  answer_count: {
    owner_id: string;
    month: string;
    door: string;
    crowded: boolean;
    example: boolean;
    codes: number[];
    counts: number[];
  };
  first_work_count: {
    owner_id: string;
    closed: boolean;
    cohort: string;
    door: string;
    programme: string;
    months_since_arrival: number;
    crowded: boolean;
    example: boolean;
    entered: number;
    worked: number;
    went_away: number;
    last_heard: number;
    worked_before: number;
    arrival_not_said: number;
  };
  heard_count: {
    owner_id: string;
    year: number;
    door: string;
    language: string;
    age_band: string;
    gender: string;
    crowded: boolean;
    example: boolean;
    contributors: number;
    contributions: number;
  };
  barrier_count: {
    owner_id: string;
    month: string;
    about: 'right' | 'theme';
    subject: string;
    place_kind: string;
    saying: string;
    crowded: boolean;
    example: boolean;
    contributors: number;
  };
  regular_task: { id: string; done_at: Date | null };
  counting: { id: number; open_from: string; counted_at: Date | null };
  schema_migration: { number: number; name: string; checksum: string; applied_at: Date };
  schema_lock: { id: number };
}
