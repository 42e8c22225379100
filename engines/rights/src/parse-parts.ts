// The parts of an article that tie it to other articles: what it decides, what it leaves to lower law, what it fills,
// what it runs along with and takes the place of, and what the format cannot express.
import {
  fieldTypes,
  regulatoryLayers,
  type Action,
  type Hook,
  type Implementation,
  type Marking,
  type OpenTerm,
  type Override,
  type Procedure,
  type Produces,
} from './law-file.ts';
import { MapReader, type Problems } from './map-reader.ts';
import type { YamlNode } from './yaml-tree.ts';

/** The stage of a decision in which hooks run that name none; also that of an ordinary evaluation. */
export const ordinaryStage = 'BESLUIT';

export function readProduces(execution: MapReader | null): Produces | null {
  const produces = execution?.map('produces');
  if (!produces) return null;
  const submission = produces.map('submission');
  return {
    legalCharacter: produces.maybeText('legal_character'),
    decisionType: produces.maybeText('decision_type'),
    procedure: produces.maybeText('procedure_id'),
    submission: submission?.maybeText('kind') ?? null,
    decidesOn: produces.texts('decides_on'),
  };
}

const openTermKeys = [
  'id',
  'type',
  'required',
  'delegated_to',
  'delegation_type',
  'legal_basis',
  'description',
  'default',
  'expected_source',
  'decided_per_case_by',
  'type_spec',
  'nullable',
];

/** Open terms; `readAction` reads the actions of a default. */
export function readOpenTerms(
  reader: MapReader,
  problems: Problems,
  readAction: (node: YamlNode) => readonly Action[],
): readonly OpenTerm[] {
  const terms = each(reader, 'open_terms', 'this open term', problems, (term): OpenTerm => {
    const id = term.text('id');
    const named = term.named(`open term "${id}"`);
    named.only(openTermKeys);
    const byDefault = named.map('default');
    byDefault?.only(['actions']);
    return {
      id,
      type: named.oneOf('type', fieldTypes) ?? 'string',
      required: named.boolean('required', true),
      delegationType: named.has('delegation_type') ? named.oneOf('delegation_type', regulatoryLayers) : null,
      defaults: byDefault ? byDefault.list('actions').flatMap(readAction) : null,
      at: term.at,
    };
  });
  const seen = new Set<string>();
  for (const { id, at } of terms) {
    if (seen.has(id)) problems.add(at, 'duplicate-name', `Open term "${id}" stands here twice. Keep one of them.`);
    seen.add(id);
  }
  return terms;
}

export function readImplements(reader: MapReader, problems: Problems): readonly Implementation[] {
  return each(reader, 'implements', 'this item of "implements"', problems, (one): Implementation => {
    one.only(['law', 'article', 'open_term', 'gelet_op', 'description', 'legal_basis']);
    return { law: one.text('law'), article: one.text('article'), openTerm: one.text('open_term'), at: one.at };
  });
}

export function readHooks(reader: MapReader, problems: Problems): readonly Hook[] {
  return each(reader, 'hooks', 'this hook', problems, (hook): Hook => {
    hook.only(['hook_point', 'applies_to', 'description', 'legal_basis']);
    const point = hook.oneOf('hook_point', ['pre_actions', 'post_actions'] as const);
    hook.needed('applies_to');
    const filter = hook.map('applies_to')?.named('"applies_to" of this hook');
    filter?.only(['legal_character', 'decision_type', 'stage', 'submission', 'decided_by', 'established_by']);
    const legalCharacter = filter?.maybeText('legal_character') ?? null;
    const submission = filter?.maybeText('submission') ?? null;
    const decidedBy = filter?.maybeText('decided_by') ?? null;
    const establishedBy = filter?.maybeText('established_by') ?? null;
    const listensToSubmission = submission !== null || decidedBy !== null || establishedBy !== null;
    if (filter && legalCharacter === null && !listensToSubmission) {
      problems.add(hook.at, 'missing-key', 'A hook says what it runs along with: "legal_character" or "submission".');
    }
    if (legalCharacter !== null && listensToSubmission) {
      problems.add(
        hook.at,
        'conflict',
        'A hook listens to a decision ("legal_character") or to a submission ("submission", "decided_by", "established_by"), not to both.',
      );
    }
    return {
      point: point ?? 'pre_actions',
      legalCharacter,
      decisionType: filter?.maybeText('decision_type') ?? null,
      stage: filter?.maybeText('stage') ?? ordinaryStage,
      submission,
      decidedBy,
      establishedBy,
      at: hook.at,
    };
  });
}

export function readOverrides(reader: MapReader, problems: Problems): readonly Override[] {
  return each(reader, 'overrides', 'this override', problems, (one): Override => {
    one.only(['law', 'article', 'output', 'voids', 'legal_text_excerpt', 'description', 'legal_basis']);
    return {
      law: one.text('law'),
      article: one.text('article'),
      output: one.text('output'),
      voids: one.boolean('voids', false),
      ground: one.maybeText('legal_text_excerpt'),
      at: one.at,
    };
  });
}

/** `untranslatables` (older) and `markings` (newer): the same thing in other words. */
export function readMarkings(reader: MapReader, problems: Problems): readonly Marking[] {
  const older = each(reader, 'untranslatables', 'this untranslatable', problems, (one): Marking => {
    one.only(['construct', 'reason', 'suggestion', 'legal_text_excerpt', 'accepted']);
    return marking(one, one.text('construct'), one.maybeText('reason'));
  });
  const newer = each(reader, 'markings', 'this marking', problems, (one): Marking => {
    one.only(['about', 'reason', 'resolution', 'resolved_by', 'target', 'legal_text_excerpt', 'accepted']);
    return marking(one, one.text('about'), one.maybeText('reason'));
  });
  return [...older, ...newer];
}

function marking(reader: MapReader, construct: string, reason: string | null): Marking {
  return { construct, reason, accepted: reader.boolean('accepted', false), at: reader.at };
}

/** The procedures of a law: the stages of a decision. */
export function readProcedures(law: MapReader, problems: Problems): readonly Procedure[] {
  return each(law, 'procedure', 'this procedure', problems, (procedure): Procedure => {
    procedure.only(['id', 'default', 'applies_to', 'stages', 'description']);
    procedure.needed('applies_to');
    procedure.needed('stages');
    return {
      id: procedure.text('id'),
      isDefault: procedure.boolean('default', false),
      legalCharacter: procedure.map('applies_to')?.text('legal_character') ?? '',
      stages: each(procedure, 'stages', 'this stage', problems, (stage) => ({
        name: stage.text('name'),
        requires: each(stage, 'requires', 'this requirement', problems, (required) => required.text('name')),
      })),
    };
  });
}

function each<T>(
  reader: MapReader,
  key: string,
  what: string,
  problems: Problems,
  read: (one: MapReader) => T,
): readonly T[] {
  return reader.list(key).flatMap((node) => {
    const one = MapReader.open(node, what, problems);
    return one ? [read(one)] : [];
  });
}
