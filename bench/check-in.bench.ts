// Check-ins through HTTP: the built pages and an embedded PostgreSQL on the same cores as the clients. Build the pages first
// (`npm run build -w web`).
import type { Bench } from '../scripts/bench.ts';
import { checkInLoad } from './check-in-load.ts';

const steady = await checkInLoad({ perSecond: 300, seconds: 60, kills: 0 });
const killed = await checkInLoad({ perSecond: 100, seconds: 60, kills: 20 });

export const benches: readonly Bench[] = [
  {
    name: 'check-ins through HTTP, 300 begun a second for 60 s: answered',
    unit: 'a second',
    goal: '300',
    measure: () => steady.perSecond,
  },
  { name: 'the same: p50', unit: 'ms', goal: '–', measure: () => steady.p50InMilliseconds },
  { name: 'the same: p99', unit: 'ms', goal: '≤ 250', measure: () => steady.p99InMilliseconds },
  { name: 'the same: lost and doubled', unit: '', goal: '0', measure: () => steady.lost + steady.doubled },
  {
    name: 'the web server killed 20 times under 100 a second: acknowledged',
    unit: '',
    goal: '6,000',
    measure: () => killed.acknowledged,
  },
  { name: 'the same: tried again by clients', unit: '', goal: '–', measure: () => killed.triedAgain },
  { name: 'the same: lost and doubled', unit: '', goal: '0', measure: () => killed.lost + killed.doubled },
];
