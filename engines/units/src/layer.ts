/**
 * In which sense a rule is law: as printed (`text`), as courts and authorities apply it (`applied`),
 * as the government announced it (`announced`), or as a bill or proposal would have it (`proposed`).
 */
export type Layer = (typeof layers)[number];

/** All layers, from printed to proposed; each includes the ones before it. */
export const layers = ['text', 'applied', 'announced', 'proposed'] as const;
