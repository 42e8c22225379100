/**
 * How well we know a rule or a figure.
 * `law_text`: the text in force was read; `official_page`: a page or ruling of the responsible authority was read;
 * `older_law_text`: only an earlier text was read; `general_knowledge`: no official source was read;
 * `inference`: our own conclusion from a text.
 */
export type Confidence = (typeof confidences)[number];

/** All confidences, the surest first. */
export const confidences = ['law_text', 'official_page', 'older_law_text', 'general_knowledge', 'inference'] as const;

/** Must this still be checked against an official source before anyone leans on it? */
export function isToBeChecked(confidence: Confidence): boolean {
  return confidence !== 'law_text' && confidence !== 'official_page';
}
