// Delegation, filled from below (nl: delegatie): which regulation gives the value that an article leaves open.
import type { Call, Frame, Parameters } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import { LawError } from './law-error.ts';
import type { OpenTerm } from './law-file.ts';
import type { Moving } from './moving.ts';
import { foremost, placeOf } from './priority.ts';
import type { Value } from './value.ts';
import { scopeOfDefault, type ArticleText } from './view.ts';

/** The value of an open term: of the regulation that fills it on this day, else its default, else nothing. */
export function fillOpenTerm(evaluation: Evaluation, term: OpenTerm, frame: Frame): Value | Moving {
  const { text, call } = frame;
  const [first, ...others] = candidatesFor(evaluation, term, frame);
  if (first) {
    const winner = foremost([first, ...others], `open term '${term.id}'`);
    const value = fromImplementation(evaluation, term, winner, call);
    // By the newer rules a default also holds where the regulation that fills the term says nothing.
    const falls = value === null && term.defaults !== null && text.version.profile === 'present';
    if (!falls) return value;
  }
  if (term.defaults !== null) return fromDefault(evaluation, term, frame);
  if (first || !term.required) return null;
  throw new LawError(
    'ResolutionError',
    `Resolution error: no regulation in force fills open term '${term.id}' of ${placeOf(text)}`,
  );
}

function candidatesFor(evaluation: Evaluation, term: OpenTerm, { text, call }: Frame): readonly ArticleText[] {
  const { view, on } = evaluation;
  const candidates: ArticleText[] = [];
  for (const law of view.implementersOf(text.law, text.article, term.id)) {
    const stretch = view.stretch(law, on);
    evaluation.narrow(stretch.from, stretch.next);
    for (const candidate of stretch.texts) {
      const fills = candidate.rules.implements.some(
        (one) => one.law === text.law && one.article === text.article && one.openTerm === term.id,
      );
      if (!fills || !holdsHere(candidate, call)) continue;
      const layer = candidate.version.regulatoryLayer;
      if (term.delegationType !== null && layer !== term.delegationType) {
        const refusal = `${placeOf(candidate)} does not fill open term '${term.id}': it is ${layer}, and the law asks for ${term.delegationType}`;
        if (!evaluation.notes.includes(refusal)) evaluation.notes.push(refusal);
        evaluation.trace.note('open_term_resolution', term.id, null, 'OPEN_TERM', candidate, null, refusal);
      } else candidates.push(candidate);
    }
  }
  return candidates;
}

/** Local law holds where the caller names its place; national law everywhere. */
function holdsHere({ version: { territory } }: ArticleText, { parameters }: Call): boolean {
  return territory === null || parameters.get(territory.parameter) === territory.code;
}

function fromImplementation(evaluation: Evaluation, term: OpenTerm, winner: ArticleText, call: Call): Value | Moving {
  const rule = winner.own.get(term.id);
  if (!rule) {
    throw new LawError(
      'ResolutionError',
      `Resolution error: ${placeOf(winner)} fills open term '${term.id}' but has no output of that name`,
    );
  }
  return evaluation.outputOf(evaluation.callOf(winner.law, declaredOf(winner, call.parameters)), term.id, rule);
}

/** Of these values only those that an article declares as parameters. */
function declaredOf({ rules }: ArticleText, values: Parameters): Parameters {
  const declared = new Map<string, Value>();
  for (const { name } of rules.parameters) {
    const value = values.get(name);
    if (value !== undefined) declared.set(name, value);
  }
  return declared;
}

function fromDefault(evaluation: Evaluation, term: OpenTerm, frame: Frame): Value | Moving {
  const actions = term.defaults ?? [];
  const action = actions.findLast(({ output }) => output === term.id) ?? actions.at(-1);
  if (!action) return null;
  const scope = scopeOfDefault(frame.text, term);
  return evaluation.evaluate(action.value, { ...frame, scope, loop: null, run: null });
}
