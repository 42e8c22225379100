import { markNotReviewed } from './marks.ts';

/** A text that comes with the knowledge and not from the catalogue: it too says when nobody has reviewed it. */
export function withReview(text: string, reviewed: boolean): string {
  return reviewed ? text : markNotReviewed(text);
}
