/** A field of a form as text; empty when it is not there or is a file. What is longer than `most` cannot be meant. */
export function textIn(form: FormData, name: string, most = 500): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, most) : '';
}
