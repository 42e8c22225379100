/** Where the lines of a person's marks run, in units of the drawing (nl: mijn cijfers in beeld). */
export type MarkLine = {
  /** Which dash and shape it has: lines differ without their colours. */
  style: number;
  name: string;
  /** One piece for each run of months without a gap; a month by itself is a dot alone. */
  pieces: readonly string[];
  dots: readonly { x: number; y: number }[];
};

type Drawing = { width: number; height: number; left: number; top: number; bottom: number };
export const drawing: Drawing = { width: 360, height: 190, left: 30, top: 12, bottom: 12 };

function xOf(at: number, months: number, { width, left }: Drawing = drawing): number {
  const right = width - 12;
  return months === 1 ? (left + right) / 2 : left + ((right - left) * at) / (months - 1);
}

export function yOf(mark: number, { height, top, bottom }: Drawing = drawing): number {
  return height - bottom - ((height - bottom - top) * mark) / 10;
}

/** The lines of marks from 0 to 10 over the months; null is a month without a mark, and stays a gap. */
export function markLines(lines: readonly { name: string; values: readonly (number | null)[] }[]): readonly MarkLine[] {
  return lines.map(({ name, values }, style) => {
    const dots: { x: number; y: number }[] = [];
    const pieces: string[] = [];
    let piece: string[] = [];
    for (const [at, value] of values.entries()) {
      if (value === null) {
        if (piece.length > 1) pieces.push(`M${piece.join('L')}`);
        piece = [];
        continue;
      }
      const dot = { x: Math.round(xOf(at, values.length)), y: Math.round(yOf(value)) };
      dots.push(dot);
      piece.push(`${dot.x} ${dot.y}`);
    }
    if (piece.length > 1) pieces.push(`M${piece.join('L')}`);
    return { style, name, pieces, dots };
  });
}
