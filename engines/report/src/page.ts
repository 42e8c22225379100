import { escape } from './escape.ts';
import type { Figure, Language, Provenance, Report, Table } from './report.ts';
import { wordsOf, type Words } from './words.ts';

/**
 * A report as one HTML page with nothing outside it: no script, no font, no picture to fetch. Reads on a phone, prints on
 * paper, and every picture has its table.
 */
export function page(report: Report, language: Language): string {
  const words = wordsOf(language);
  const list = (sentences: readonly string[]): string =>
    `<ul>\n${sentences.map((one) => `<li>${escape(one)}</li>`).join('\n')}\n</ul>`;
  const part = (title: string, inner: string): string => `<section>\n<h2>${escape(title)}</h2>\n${inner}\n</section>`;
  const [first, ...rest] = report.says;
  const parts = [
    `<p class="first">${escape(first ?? '')}</p>`,
    rest.length > 0 ? list(rest) : '',
    ...report.figures.map((one) => figure(one, words)),
    ...report.tables.map((one) => `<section>\n${table(one)}\n</section>`),
    part(words.trust, list(report.trust)),
    report.caveats.length > 0 ? part(words.caveats, list(report.caveats)) : '',
    part(words.origin, origin(report.provenance, words)),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(report.title)}</title>
<style>${css}</style>
</head>
<body>
<main>
<h1>${escape(report.title)}</h1>
${parts.filter((one) => one !== '').join('\n')}
</main>
</body>
</html>
`;
}

function figure({ title, svg, table: numbers }: Figure, words: Words): string {
  return `<figure>
<figcaption>${escape(title)}</figcaption>
<p class="aside">${escape(words.scrollAside)}</p>
<div class="picture" tabindex="0" role="region" aria-label="${escape(title)}">${svg}</div>
<details>
<summary>${escape(words.table)}</summary>
${table(numbers)}
</details>
</figure>`;
}

function table({ caption, columns, rows }: Table): string {
  const head = columns.map((column) => `<th scope="col">${escape(column)}</th>`).join('');
  const body = rows.map((row) => {
    const [name, ...cells] = row.map((cell) => escape(cell ?? '–'));
    return `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<p class="caption">${escape(caption)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${escape(caption)}"><table aria-label="${escape(caption)}">
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>`;
}

function origin({ data, dataHash, rows, dropped, command, version, plan }: Provenance, words: Words): string {
  const lines: readonly [name: string, value: string][] = [
    [words.dataFile, data],
    [words.dataHash, dataHash ?? words.unknown],
    [words.rows, words.whole.format(rows)],
    [words.dropped, words.whole.format(dropped)],
    [words.command, `${command} (Meedoen ${version})`],
    ...(plan ? [[words.plan, `${plan.decidedOn}, SHA-256 ${plan.hash}`] as [string, string]] : []),
  ];
  const list = lines.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('\n');
  return `<dl>\n${list}\n</dl>\n<p>${escape(words.again)}</p>`;
}

const css = `
:root { color-scheme: light; --paper: #fbf8f3; --ink: #1f2430; --line: #d9d2c5; --accent: #0b6e69; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 0 0 .5rem; }
.first { font-size: 1.25rem; line-height: 1.4; margin: 0 0 1rem; max-width: 38rem; }
ul { padding-inline-start: 1.25rem; max-width: 38rem; }
li { margin-block: .35rem; }
figure { margin: 2.5rem 0; }
figcaption { font-weight: 600; margin-bottom: .5rem; max-width: 38rem; }
.picture { overflow-x: auto; }
.aside { display: none; margin: 0 0 .5rem; font-size: .9375rem; color: #4b5563; }
/* Narrower than a picture and the edges around it. */
@media screen and (max-width: 36rem) { .aside { display: block; } }
.picture svg { width: 100%; min-width: 34rem; height: auto; display: block; }
details { margin-top: .5rem; }
summary { color: var(--accent); cursor: pointer; padding-block: .6rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9375rem; }
.caption { font-weight: 600; margin: 0 0 .4rem; max-width: 38rem; }
section { margin-top: 2.5rem; }
th, td { padding: .25rem .75rem .25rem 0; text-align: end; border-bottom: 1px solid var(--line); }
th:first-child { text-align: start; font-weight: 400; }
thead th { font-weight: 600; vertical-align: bottom; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; font-size: .9375rem; }
dt { color: #4b5563; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media print {
  body { background: none; font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  figure, table { break-inside: avoid; }
  h2 { break-after: avoid; }
  details:not([open]) > *:not(summary) { display: block; }
  details::details-content { content-visibility: visible; }
  summary { display: none; }
}
`;
