/** A step of a scenario that does not hold, with what was found in its place. */
export class StepFailure extends Error {
  override readonly name: string = 'StepFailure';
}
