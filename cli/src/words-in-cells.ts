/**
 * The different texts of a column, each kept once under a number. A column of ten million cells mostly repeats a few
 * thousand texts: telling them apart sign by sign, in place, costs no text per cell.
 */
export class WordsInCells {
  readonly #texts: string[] = [];
  /** Open addressing: 1 + the number of a text, at the place its hash gives, or the next free one. */
  #places = new Int32Array(1024);

  get texts(): readonly string[] {
    return this.#texts;
  }

  /** The number of the text that stands in `line` from `from` up to `to`; a new one gets the next number. */
  numberOf(line: string, from: number, to: number): number {
    let hash = 0x811c9dc5; // FNV-1a
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ line.charCodeAt(at), 0x01000193);
    const mask = this.#places.length - 1;
    let place = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const found = this.#places[place]! - 1;
      if (found < 0) break;
      if (standsIn(line, from, to, this.#texts[found]!)) return found;
      place = (place + 1) & mask;
    }
    // A text cut out of a large file keeps the whole piece alive; what is to stay is copied.
    this.#texts.push(ownCopy(line.slice(from, to)));
    this.#places[place] = this.#texts.length;
    if (this.#texts.length * 2 > this.#places.length) this.#grow();
    return this.#texts.length - 1;
  }

  #grow(): void {
    const texts = this.#texts.splice(0);
    this.#places = new Int32Array(this.#places.length * 4);
    for (const text of texts) this.numberOf(text, 0, text.length);
  }
}

function standsIn(line: string, from: number, to: number, text: string): boolean {
  if (text.length !== to - from) return false;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== line.charCodeAt(from + at)) return false;
  return true;
}

/** The same text with no tie to the larger one it was cut out of. */
export function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
