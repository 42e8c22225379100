import type { Term } from '@meedoen/rights';
import type { Day } from '@meedoen/units';
import type { Say } from '#lib/language/say.ts';

type Speak = (key: string, values?: Record<string, string | number>) => string | null;

/** What a term says as a sentence; null when there is nothing to say (no value, or no sentence for it). */
export function sayTerm(say: Say, term: Term): string | null {
  return spoken(say, term, say.maybe);
}

/** Under which heading a term stands: what it costs, what happens if not, or simply good to know. */
export function headingOf(term: Term): 'cost' | 'consequence' | 'terms' {
  if (/^(who-pays|cost-|loan-|repay-|contribution-|own-risk-|diploma-evaluation-eur|tuition)/.test(term.name))
    return 'cost';
  return /^(fine-|no-double-fine|intake-calls|leave-weeks-|allowance-stops|assistance-may-cost-)/.test(term.name)
    ? 'consequence'
    : 'terms';
}

/** The same in Dutch, for who holds a Dutch letter. */
export function sayTermInDutch(say: Say, term: Term, dutch: Say): string | null {
  return spoken(dutch, term, say.dutch);
}

function spoken(say: Say, { name, value, kind, unit }: Term, speak: Speak): string | null {
  const key = `rights.term.${name}`;
  if (value === null) return null;
  switch (kind) {
    case 'unknown':
      return null;
    case 'text':
    case 'boolean':
      return speak(`${key}.${String(value)}`);
    case 'date':
      return withValue(say.date(value as Day));
    case 'number': {
      const number = unit === 'euro' ? say.amount(Number(value)) : say.number(Number(value));
      return withValue(unit === 'euro' ? (speak('rights.unit.euro', { value: number }) ?? number) : number);
    }
  }

  function withValue(words: string): string | null {
    return speak(`${key}.value`, { value: words }) ?? speak(key, { value: words });
  }
}
