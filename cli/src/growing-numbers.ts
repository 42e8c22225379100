type Typed = Int32Array | Uint16Array | Float64Array;

/** A column of numbers that grows as a file streams by, without a box around each. */
export class GrowingNumbers<Kind extends Typed> {
  size = 0;
  #room: Kind;
  readonly #make: new (length: number) => Kind;

  constructor(make: new (length: number) => Kind) {
    this.#make = make;
    this.#room = new make(1024);
  }

  push(value: number): void {
    if (this.size === this.#room.length) {
      const larger = new this.#make(this.size * 2);
      larger.set(this.#room);
      this.#room = larger;
    }
    this.#room[this.size++] = value;
  }

  /** What was pushed, as one array; pushing more leaves it as it is. */
  get values(): Kind {
    return this.#room.subarray(0, this.size) as Kind;
  }
}
