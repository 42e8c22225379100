/**
 * A running sum that keeps what rounding would lose.
 *
 * Neumaier's variant of Kahan's sum: the error of the result is about one rounding, however many terms
 * there are, unless the terms cancel to less than 1e-16 of their size. O(1) per term.
 *
 * A. Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54, 39–51.
 */
export class ExactSum {
  #sum = 0;
  #lost = 0;

  add(term: number): this {
    const next = this.#sum + term;
    this.#lost += Math.abs(this.#sum) >= Math.abs(term) ? this.#sum - next + term : term - next + this.#sum;
    this.#sum = next;
    return this;
  }

  get value(): number {
    return this.#sum + this.#lost;
  }
}

/** The sum of numbers with one rounding instead of one per term; 0 for none. */
export function sum(terms: Iterable<number>): number {
  const total = new ExactSum();
  for (const term of terms) total.add(term);
  return total.value;
}

/** The arithmetic mean, from an exact sum. Throws RangeError for no numbers. */
export function mean(terms: ArrayLike<number>): number {
  if (terms.length === 0) throw new RangeError('mean: there is no mean of no numbers.');
  const total = new ExactSum();
  for (let i = 0; i < terms.length; i++) total.add(terms[i]!);
  return total.value / terms.length;
}
