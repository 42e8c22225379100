/** Where something stands: in a file (line and column from 1), or in a JSON document (pointer, RFC 6901). */
export type Place = {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly pointer?: string;
};

/** A stable kebab-case name for a kind of problem, such as `date-does-not-exist`; screens translate by it. */
export type ProblemCode = string;

/**
 * Something a person gave us that we cannot use, said so that they can mend it.
 * `message` is plain English and ends with what to do; `what` and `words` let a screen say it in another language.
 */
export type Problem = {
  readonly at?: Place;
  readonly what: ProblemCode;
  readonly words: Readonly<Record<string, string | number>>;
  readonly message: string;
};

/** What every parser at a door gives back: the value, or the problem. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** One line for a terminal: `file:line:column: message`, with the JSON pointer where there is no file or line. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, pointer } = problem.at ?? {};
  const position = [file, line, column].filter((part) => part !== undefined).join(':');
  const place = position && pointer ? `${position}: ${pointer}` : position || pointer;
  return place ? `${place}: ${problem.message}` : problem.message;
}
