import type { Json } from './json.ts';
import { evaluateLaw, viewOfFiles, type LawRequest, type LawResult } from './evaluate-law.ts';
import type { LawFile, Procedure } from './law-file.ts';
import type { ArticleText } from './view.ts';

export type ProcedureResult =
  | {
      readonly ok: true;
      readonly procedure: string;
      /** The stages gone through, with what each brought. */
      readonly stages: readonly { readonly stage: string; readonly outputs: Readonly<Record<string, Json>> }[];
      /** All outputs so far. */
      readonly outputs: Readonly<Record<string, Json>>;
      /** The stage that cannot begin yet, and what must be known for it; null at the end of the procedure. */
      readonly waiting: { readonly stage: string; readonly pending: readonly string[] } | null;
    }
  | (LawResult & { readonly ok: false });

/**
 * Takes a decision through the stages of its procedure (nl: aanvraag, behandeling, besluit, bekendmaking, bezwaar): as far
 * as what is known allows. In each stage the article runs with the hooks of that stage, which see what earlier stages
 * brought. The caller keeps what is known and asks again when more is.
 */
export function runProcedure(laws: readonly LawFile[], request: Omit<LawRequest, 'stage' | 'trace'>): ProcedureResult {
  const found = procedureOf(laws, request);
  if (typeof found === 'string') return { ok: false, kind: 'ResolutionError', message: found };
  let known: Readonly<Record<string, Json>> = request.parameters ?? {};
  let outputs: Readonly<Record<string, Json>> = {};
  const stages: { stage: string; outputs: Readonly<Record<string, Json>> }[] = [];
  for (const { name, requires } of found.stages) {
    const pending = requires.filter((needed) => known[needed] === undefined || known[needed] === null);
    const waiting = { stage: name, pending };
    if (pending.length > 0) return { ok: true, procedure: found.id, stages, outputs, waiting };
    const result = evaluateLaw(laws, { ...request, parameters: known, stage: name });
    if (!result.ok) return result;
    const brought = Object.fromEntries(Object.entries(result.outputs).filter(([output]) => !(output in outputs)));
    stages.push({ stage: name, outputs: brought });
    outputs = { ...outputs, ...brought };
    // What the caller gave goes before what was computed.
    known = { ...brought, ...known };
  }
  return { ok: true, procedure: found.id, stages, outputs, waiting: null };
}

/** The procedure that governs the article asked for: the one it names, or the default for its character. */
function procedureOf(laws: readonly LawFile[], { law, outputs, on }: LawRequest): Procedure | string {
  const view = viewOfFiles(laws);
  const [output = ''] = outputs;
  if (!view.laws.includes(law)) return `Law '${law}' not found`;
  const text: ArticleText | undefined = view.stretch(law, on).rules.get(output)?.text;
  if (!text) return `Output '${output}' not found in law '${law}' on this day`;
  const { produces } = text.rules;
  const inForce = view.laws.flatMap((id) => view.stretch(id, on).version?.procedures ?? []);
  const procedure = inForce.find(({ id, isDefault, legalCharacter }) =>
    produces?.procedure ? id === produces.procedure : isDefault && legalCharacter === produces?.legalCharacter,
  );
  return procedure ?? `No procedure in force governs article ${text.article} of law '${law}'`;
}
