import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** Colours that people with colour blindness tell apart, also in grey print (Okabe & Ito 2008). */
export const colours: readonly string[] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#1f2430'];
export const ink = '#1f2430';

/** The width of every picture, in CSS pixels; the page scales it down. */
export const width = 680;

/** A number at an axis where no language is given: a point, and a real minus sign. */
export const plainNumber = (tick: number): string => String(tick).replace('-', '−');

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/**
 * Draw with Observable Plot, without a browser: the SVG as text, with a name that a screen reader speaks. The same options
 * give the same bytes.
 */
export function draw(name: string, options: Omit<Plot.PlotOptions, 'document'>): string {
  const svg = Plot.plot({ width, style: { fontSize: '13px' }, ...options, document: document as never });
  // Plot names every group of marks; a name on a group without a role is for nobody, and forbidden by ARIA.
  for (const group of svg.querySelectorAll('g[aria-label]')) {
    group.setAttribute('data-mark', group.getAttribute('aria-label')!);
    group.removeAttribute('aria-label');
  }
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', name);
  return String(svg.outerHTML).replaceAll(/(\d+\.\d{3})\d+/g, '$1');
}
