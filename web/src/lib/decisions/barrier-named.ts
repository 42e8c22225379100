/** Something that stood in the way in a town (nl: belemmering), as people named it: by a right, or by a theme. */
export type BarrierNamed = { town: string; about: 'right' | 'theme'; subject: string };

/** How a decision that rests on it names it: `GM0344 theme:lesson-times`. */
export function barrierReference({ town, about, subject }: BarrierNamed): string {
  return `${town} ${about}:${subject}`;
}

/** The part of it that stands in an address: `theme:lesson-times`. Null: that names nothing. */
export function readSubject(text: string): Pick<BarrierNamed, 'about' | 'subject'> | null {
  const found = /^(right|theme):([a-z][a-z0-9-]{0,79})$/.exec(text);
  return found ? { about: found[1] === 'right' ? 'right' : 'theme', subject: found[2]! } : null;
}
