import type { Chain, DoorMatrix, Reckoned, Reckonings } from '@meedoen/rights';
import { isoDay } from '@meedoen/units';
import { answerAsJson, citationAsJson } from './print-answer.ts';

/** The matrix as others read it, with every day written as 2026-11-23. */
export function doorsAsJson(matrix: DoorMatrix): object {
  return {
    ...matrix,
    on: isoDay(matrix.on),
    arrival: { ...matrix.arrival, day: isoDay(matrix.arrival.day) },
    rows: matrix.rows.map((row) => ({
      ...row,
      cells: row.cells.map(({ answer, opens, euros, ...cell }) => ({
        ...cell,
        opens: opens && reckoningsAsJson(opens),
        euros: euros.map(({ name, value }) => ({ name, value })),
        answer: answerAsJson(answer),
      })),
    })),
  };
}

/** One row for each right and door. */
export function doorsAsRows(matrix: DoorMatrix): Record<string, string | number | null>[] {
  return matrix.rows.flatMap((row) =>
    row.cells.map(({ door, answer, waitInDays, opens, euros, treatment }) => ({
      right: row.right,
      domain: row.domain,
      kind: row.kind,
      door,
      verdict: answer.verdict,
      wait_days: waitInDays,
      from: answer.from === null ? null : isoDay(answer.from),
      opens_earliest: opens && isoDay(opens.earliest.day),
      opens_expected: opens && written(opens.expected),
      opens_late: opens && written(opens.late),
      first: answer.first.map(({ fact, who }) => `${fact} (${who})`).join('; '),
      euros: euros.map(({ name, value }) => `${name} ${String(value)}`).join('; '),
      not_met: answer.conditions.flatMap(({ name, state }) => (state === 'not met' ? [name] : [])).join('; '),
      missing: answer.missing.join('; '),
      treatment,
      articles: [...new Set(answer.because.map(({ law, article }) => `${law} ${article}`))].join('; '),
    })),
  );
}

export function chainAsJson(chain: Chain): unknown {
  return {
    ...chain,
    on: isoDay(chain.on),
    ends: reckoningsAsJson(chain.ends),
    links: chain.links.map((link) => ({
      ...link,
      begins: isoDay(link.begins),
      ends: reckoningsAsJson(link.ends),
      because: link.because.map(citationAsJson),
    })),
  };
}

/** One row for each link. */
export function chainAsRows(chain: Chain): Record<string, string | number | boolean | null>[] {
  return chain.links.map((link) => ({
    chain: chain.id,
    link: link.id,
    kind: link.kind,
    who: link.who,
    after: link.after.join('; '),
    known_open: link.isOpen,
    ends_earliest: isoDay(link.ends.earliest.day),
    ends_expected: written(link.ends.expected),
    ends_late: written(link.ends.late),
    slack_days: link.slackInDays,
    cost_of_day: link.costOfDay,
    cost_of_month: link.costOfMonth,
    first: link.id === chain.first,
    facts: link.facts.join('; '),
    confidence: link.confidence,
  }));
}

function reckoningsAsJson({ earliest, expected, late }: Reckonings): unknown {
  const asJson = ({ day, orLater }: Reckoned): unknown => ({ day: isoDay(day), orLater });
  return { earliest: asJson(earliest), expected: asJson(expected), late: asJson(late) };
}

/** A day, with a plus where no source says how much later it may be. */
function written({ day, orLater }: Reckoned): string {
  return `${isoDay(day)}${orLater ? '+' : ''}`;
}
