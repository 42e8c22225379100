import type { Day, Problem } from '@meedoen/units';
import type { FactTable } from './fact-table.ts';
import type { Situation } from './situation.ts';
export type ParsedSituation =
  | { readonly ok: true; readonly situation: Situation }
  | { readonly ok: false; readonly problems: readonly Problem[] };
export function parseSituation(_table: FactTable, _json: unknown, _today: Day): ParsedSituation {
  throw new Error('parseSituation: being written');
}
