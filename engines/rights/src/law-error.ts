/** Why a law could not be computed. States data facts only, never a legal verdict. */
export type LawErrorKind =
  | 'AbsentOperand'
  | 'ArithmeticOverflow'
  | 'CircularReference'
  | 'ConflictingOverrides'
  | 'DivisionByZero'
  | 'InvalidDate'
  | 'InvalidOperation'
  | 'LawEnded'
  | 'LawNotFound'
  | 'LawNotYetInForce'
  | 'MaxDepthExceeded'
  | 'NullForNonNullable'
  | 'NullOutput'
  | 'OutputNotFound'
  | 'OutputVoided'
  | 'ResolutionError'
  | 'TypeMismatch'
  | 'UnitMismatch'
  | 'Untranslatable'
  | 'VariableNotFound';

/** Thrown inside an evaluation and caught at its door (`evaluateLaw`, `answer`). */
export class LawError extends Error {
  override readonly name: string = 'LawError';
  readonly kind: LawErrorKind;

  constructor(kind: LawErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
