import { forbidden, type PlacementProblem } from '../src/optimum.ts';

/** Mulberry32, in which the reference instances were drawn. */
export function mulberry(seed: number): () => number {
  let s = seed | 0;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function gaussFrom(random: () => number): () => number {
  return () => {
    let u = 0;
    while (u === 0) u = random();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random());
  };
}

const steps = 1_048_576;
const logistic = (z: number): number => Math.round(steps / (1 + Math.exp(-z)));

/** Slots in proportion to weights that fall slowly, as municipalities do: `total` together, at least one each. */
function slotsFor(places: number, total: number): number[] {
  const weight = Array.from({ length: places }, (_, j) => (j + 3) ** -0.8);
  const sum = weight.reduce((a, b) => a + b, 0);
  const slots = weight.map((one) => Math.max(1, Math.floor((one / sum) * total)));
  let left = total - slots.reduce((a, b) => a + b, 0);
  for (let j = 0; left > 0; j = (j + 1) % places, left--) slots[j]!++;
  return slots;
}

/** The reference instances: values without structure (`uniform`), or with good places and matching tastes (`struct`). */
export function referenceInstance(
  kind: 'uniform' | 'struct',
  households: number,
  places: number,
  slack = 0,
): PlacementProblem {
  const random = mulberry(0x9e3779b9 ^ (31 * households + 7 * places + (kind === 'uniform' ? 1 : 2)));
  const values = new Float64Array(households * places);
  if (kind === 'uniform') {
    for (let at = 0; at < values.length; at++) values[at] = Math.round(steps * random());
  } else {
    const gauss = gaussFrom(random);
    const good: number[] = [];
    const taste: number[][] = [];
    for (let j = 0; j < places; j++) {
      good.push(0.5 * gauss());
      taste.push(Array.from({ length: 5 }, () => 0.35 * gauss()));
    }
    for (let i = 0; i < households; i++) {
      const a = -0.8 + 0.9 * gauss();
      const u = Array.from({ length: 5 }, gauss);
      for (let j = 0; j < places; j++) {
        let z = a + good[j]! + 0.05 * gauss();
        for (let d = 0; d < 5; d++) z += u[d]! * taste[j]![d]!;
        values[i * places + j] = logistic(z);
      }
    }
  }
  return { slots: slotsFor(places, Math.ceil(households * (1 + slack))), values };
}

/** Small whole values with many ties and some forbidden pairs, to walk every case. */
export function smallInstance(random: () => number, mostHouseholds = 6, mostPlaces = 4): PlacementProblem {
  const whole = (below: number): number => Math.floor(random() * below);
  const places = 1 + whole(mostPlaces);
  const households = 1 + whole(mostHouseholds);
  const range = [2, 4, 10, 1000][whole(4)]!;
  const values = Float64Array.from({ length: households * places }, () =>
    random() < 0.15 ? forbidden : whole(range) - (range >> 2),
  );
  return { slots: Array.from({ length: places }, () => whole(4)), values };
}

/** The largest total of all plans, by walking all of them; −∞ if there is none. */
export function bestByWalking({ slots, values }: PlacementProblem): number {
  const places = slots.length;
  const left = [...slots];
  const walk = (at: number): number => {
    if (at === values.length) return 0;
    let best = -Infinity;
    for (let j = 0; j < places; j++) {
      if (left[j] === 0 || values[at + j] === forbidden) continue;
      left[j]!--;
      best = Math.max(best, values[at + j]! + walk(at + places));
      left[j]!++;
    }
    return best;
  };
  return walk(0);
}
