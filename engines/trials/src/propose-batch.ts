import { parseDay, refuse, type Parsed } from '@meedoen/units';
import { armAt } from './assignment.ts';
import { nextBatch, type StopAdvice, type TrialOutcomes } from './next-batch.ts';
import type { TrialPlan } from './trial-plan.ts';

/**
 * What is put before a person for one batch (nl: voorstel voor een ronde): with which probability each stratum gets each arm,
 * on what it rests, and what the rules of the plan advise. Its hash names exactly this.
 */
export type BatchProposal = {
  readonly programme: string;
  readonly batch: number;
  readonly strata: readonly {
    readonly stratum: string;
    readonly arms: readonly {
      readonly arm: string;
      readonly people: number;
      readonly successes: number;
      readonly probability: number;
      readonly closedBecause: string | null;
    }[];
  }[];
  readonly even: boolean;
  readonly learntShare: number;
  readonly advice: readonly StopAdvice[];
  readonly planHash: string;
  readonly hash: string;
};

/** A hash that the shell knows how to make, such as SHA-256 in hexadecimal. */
export type Digest = (text: string) => string;

/**
 * Propose a batch. The proposal says its probabilities, but gives none to anybody: {@link assign} asks for a
 * {@link ReleasedBatch}, which only a person's signature makes. The same plan and outcomes give the same hash.
 *
 * Refuses what {@link nextBatch} refuses.
 */
export function proposeBatch(
  plan: TrialPlan,
  outcomes: TrialOutcomes,
  batch: number,
  digest: Digest,
): Parsed<BatchProposal> {
  const next = nextBatch(plan, outcomes, batch);
  if (!next.ok) return next;
  const { even, learntShare, advice, strata } = next.value;
  const proposed = {
    programme: plan.programme,
    batch,
    strata: strata.map(({ stratum, arms }) => ({
      stratum,
      arms: arms.map(({ arm, people, successes, probability, closedBecause }) => ({
        arm,
        people,
        successes,
        probability,
        closedBecause,
      })),
    })),
    even,
    learntShare: Number(learntShare.toFixed(6)),
    // The chances behind advice are shown elsewhere; here they would make a hash of their last digits.
    advice: advice.map((one) => ('chance' in one ? { ...one, chance: Number(one.chance.toFixed(3)) } : one)),
    planHash: digest(JSON.stringify(plan)),
  };
  return { ok: true, value: { ...proposed, hash: digest(JSON.stringify(proposed)) } };
}

/** Who let a batch begin, on which day, and exactly what they had before them (nl: ondertekening). */
export type Signature = {
  readonly batch: number;
  /** The hash of the proposal that was signed. */
  readonly hash: string;
  readonly signedBy: string;
  readonly signedOn: string;
  /** Why to go on although a rule of the plan says to stop or to close an arm; `null` where none does. */
  readonly although: string | null;
};

/** Read signatures from JSON: a list, one a batch. Refuses, with a pointer, what is missing, and a batch signed twice. */
export function parseSignatures(json: unknown): Parsed<Signature[]> {
  const wrong = (pointer: string, message: string): Parsed<never> => ({
    ok: false,
    problem: { at: { pointer }, what: 'signatures-not-usable', words: { pointer }, message },
  });
  if (!Array.isArray(json))
    return wrong('', 'Signatures are a list: [{ "batch": 1, "hash": …, "signedBy": …, "signedOn": … }].');
  const signatures: Signature[] = [];
  for (const [at, one] of json.entries()) {
    if (typeof one !== 'object' || one === null) return wrong(`/${at}`, 'Write a signature as an object.');
    const { batch, hash, signedBy, signedOn, although = null } = one as Record<string, unknown>;
    if (!Number.isInteger(batch)) return wrong(`/${at}/batch`, 'Write the number of the batch.');
    if (typeof hash !== 'string' || hash === '')
      return wrong(`/${at}/hash`, 'Write the hash of the proposal that was signed.');
    if (typeof signedBy !== 'string' || signedBy.trim() === '')
      return wrong(`/${at}/signedBy`, 'Write who signed: a name or a function.');
    const day = parseDay(signedOn);
    if (!day.ok) return wrong(`/${at}/signedOn`, day.problem.message);
    if (although !== null && (typeof although !== 'string' || although.trim() === '')) {
      return wrong(`/${at}/although`, 'Write the reason as a text, or leave it out.');
    }
    if (signatures.some((other) => other.batch === batch)) {
      return wrong(
        `/${at}/batch`,
        `Batch ${String(batch)} is signed twice. Keep the signature under which people were assigned.`,
      );
    }
    signatures.push({
      batch: batch as number,
      hash,
      signedBy,
      signedOn: signedOn as string,
      although: although as string | null,
    });
  }
  return { ok: true, value: signatures };
}

declare const released: unique symbol;

/** A proposal that a person signed. Only {@link releaseBatch} makes one. */
export type ReleasedBatch = BatchProposal & { readonly signature: Signature; readonly [released]: true };

/**
 * Release a batch whose proposal somebody signed. Refuses without a signature for this batch; where what was signed is
 * another proposal, as when outcomes came in or the plan was changed after it; and where a rule of the plan advises to stop
 * or to close an arm and the signature gives no reason to go on.
 */
export function releaseBatch(proposal: BatchProposal, signatures: readonly Signature[]): Parsed<ReleasedBatch> {
  const { batch, hash, advice } = proposal;
  const signature = signatures.find((one) => one.batch === batch);
  if (!signature) {
    return refuse(
      'batch-not-signed',
      `Nobody signed batch ${batch} yet. Look at the proposal, and sign its hash ${hash} if people may be assigned by it.`,
      { batch, hash },
    );
  }
  if (signature.hash !== hash) {
    return refuse(
      'another-proposal-signed',
      `${signature.signedBy} signed another proposal for batch ${batch} (${signature.hash}) than this one (${hash}): the plan or the outcomes changed since. Look at it again, and sign it anew.`,
      { batch, hash, signed: signature.hash, signedBy: signature.signedBy },
    );
  }
  if (advice.length > 0 && signature.although === null) {
    const rules = [...new Set(advice.map(({ rule }) => rule))].join(', ');
    return refuse(
      'signed-without-reason',
      `The plan advises against batch ${batch} as it is (${rules}). Stop, close the arm, or say in the signature why to go on.`,
      { batch, rules },
    );
  }
  return { ok: true, value: { ...proposal, signature } as ReleasedBatch };
}

/**
 * The arm of one person, and the probabilities to log. `share` in [0, 1) comes from a keyed hash of (secret seed, programme,
 * person), so that anyone who may know the seed can make it again. Refuses a stratum that the batch does not have.
 */
export function assign(
  batch: ReleasedBatch,
  stratum: string,
  share: number,
): Parsed<{ readonly arm: string; readonly probabilities: readonly number[] }> {
  const found = batch.strata.find((one) => one.stratum === stratum);
  if (!found) {
    const names = batch.strata.map((one) => one.stratum).join(', ');
    return refuse('stratum-unknown', `There is no stratum "${stratum}" in the plan. Use one of: ${names}.`, {
      found: stratum,
      names,
    });
  }
  const probabilities = found.arms.map(({ probability }) => probability);
  return { ok: true, value: { arm: found.arms[armAt(probabilities, share)]!.arm, probabilities } };
}
