import { isoDay, type Day } from '@meedoen/units';
import type { LawRequest, LawResult, Provenance } from './evaluate-law.ts';
import type { Json } from './json.ts';
import type { LawFile } from './law-file.ts';

/** What was computed, from what, by which law: enough for somebody else to compute it again. */
export type Receipt = {
  readonly engine: { readonly name: string; readonly version: string };
  readonly law_id: string;
  readonly schema_version: string | null;
  readonly valid_from: string | null;
  readonly hash: string;
  /** Every law version that was loaded, also those that were not used. */
  readonly loaded: readonly LoadedVersion[];
  readonly calculation_date: string;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly requested_outputs: readonly string[];
  readonly untranslatable_mode: string;
  readonly outputs: Readonly<Record<string, { readonly value: Json; readonly provenance: Provenance }>>;
  readonly notes: readonly string[];
  readonly trace?: unknown;
  readonly timestamp: string;
};

export type LoadedVersion = {
  readonly law_id: string;
  readonly schema_version: string | null;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly hash: string;
};

/**
 * The receipt of an evaluation that was made with `full`. The shell says what an engine cannot know: the hash of each
 * file (`sha256:` of its bytes), the time, and which engine it is.
 */
export function receiptOf(
  laws: readonly LawFile[],
  request: LawRequest,
  result: LawResult & { readonly ok: true },
  { engine, hashOf, at }: { engine: Receipt['engine']; hashOf: (law: LawFile) => string; at: string },
): Receipt {
  const loaded = laws.map((law): LoadedVersion => ({
    law_id: law.id,
    schema_version: law.schema,
    valid_from: written(law.validFrom),
    valid_to: written(law.validTo),
    hash: hashOf(law),
  }));
  const used = usedOn(laws, request.law, request.on);
  const { provenance = {} } = result;
  return {
    engine,
    law_id: request.law,
    schema_version: used?.schema ?? null,
    valid_from: written(used?.validFrom ?? null),
    hash: used ? hashOf(used) : '',
    loaded,
    calculation_date: isoDay(request.on),
    parameters: request.parameters ?? {},
    requested_outputs: request.outputs,
    untranslatable_mode: request.markings ?? 'error',
    outputs: Object.fromEntries(
      Object.entries(result.outputs).flatMap(([name, value]) => {
        const from = provenance[name];
        return from ? [[name, { value, provenance: from }]] : [];
      }),
    ),
    notes: result.notes ?? [],
    ...(result.trace ? { trace: result.trace } : {}),
    ...(result.traceDocument ? { trace: result.traceDocument } : {}),
    timestamp: at,
  };
}

function usedOn(laws: readonly LawFile[], id: string, on: Day): LawFile | undefined {
  const versions = laws.filter((law) => law.id === id);
  const begun = versions.filter(({ validFrom }) => validFrom !== null && validFrom <= on);
  return (
    begun.sort((a, b) => (b.validFrom ?? 0) - (a.validFrom ?? 0))[0] ?? versions.find((law) => law.validFrom === null)
  );
}

function written(day: Day | null): string | null {
  return day === null ? null : isoDay(day);
}
