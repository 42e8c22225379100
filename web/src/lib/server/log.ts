/**
 * One line of JSON an event, for machines to read. Never an address, a name, a query string or an answer: who reads
 * the log learns how the server is doing, and nothing about a person.
 */
export function log(event: string, words: Readonly<Record<string, string | number | boolean>> = {}): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...words })}\n`);
}
