import { confidences, day } from '@meedoen/units';
import { MapReader, Problems } from './map-reader.ts';
import type { ParsedFile } from './parsed-file.ts';
import { readRules } from './parse-rules.ts';
import { replacementStatuses, type ArticleReplacement, type Replacement } from './replacement.ts';
import { readYaml } from './yaml-tree.ts';

/** Reads one replacement file: what takes the place of printed articles, from when, and who says so. */
export function parseReplacement(text: string, file: string): ParsedFile<Replacement> {
  const tree = readYaml(text, file);
  if (!tree.ok) return tree;
  const problems = new Problems();
  const reader = MapReader.open(tree.value, 'a replacement file', problems)?.named('the replacement');
  const replacement = reader ? readReplacement(reader, file, problems) : null;
  return replacement && problems.list.length === 0
    ? { ok: true, value: replacement }
    : { ok: false, problems: problems.list };
}

function readReplacement(reader: MapReader, file: string, problems: Problems): Replacement {
  reader.only([
    'id',
    'status',
    'name',
    'from',
    'to',
    'held_until',
    'url',
    'facts',
    'confidence',
    'note',
    'variant',
    'replaces',
  ]);
  const from = reader.day('from');
  const to = reader.maybeDay('to');
  if (from !== null && to !== null && to < from) {
    problems.add(
      reader.place('to'),
      'bad-date',
      '"to" lies before "from". It is the last day on which the replacement holds.',
    );
  }
  const status = reader.oneOf('status', replacementStatuses) ?? 'proposal';
  const variant = reader.maybeText('variant');
  const heldUntil = reader.maybeDay('held_until');
  if (status === 'history') {
    reader.needed('held_until');
    // By layer it would go on being the rule of today.
    if (variant === null)
      problems.add(
        reader.place('status'),
        'missing-key',
        'What is history counts only when it is asked for. Name it with "variant", or give it status "applied" and a "to".',
      );
  } else if (heldUntil !== null) {
    problems.add(
      reader.place('held_until'),
      'unknown-key',
      '"held_until" is the last day of what is history. Take it out, or write status: history.',
    );
  }
  reader.needed('facts');
  reader.needed('replaces');
  return {
    file,
    id: reader.text('id'),
    status,
    name: readNames(reader),
    from: from ?? day('0001-01-01'),
    to,
    heldUntil,
    url: reader.text('url'),
    facts: reader.texts('facts'),
    confidence: reader.oneOf('confidence', confidences) ?? 'inference',
    variant,
    replaces: reader.list('replaces').flatMap((node) => {
      const one = MapReader.open(node, 'a replaced article', problems);
      return one ? readArticleReplacement(one, problems) : [];
    }),
    at: reader.at,
  };
}

function readNames(reader: MapReader): Readonly<Record<string, string>> {
  const names = reader.needed('name') ? reader.map('name') : null;
  return Object.fromEntries((names?.keys() ?? []).map((language) => [language, names?.text(language) ?? '']));
}

function readArticleReplacement(reader: MapReader, problems: Problems): ArticleReplacement[] {
  reader.only(['law', 'article', 'machine_readable']);
  const law = reader.text('law');
  const article = reader.text('article');
  const node = reader.needed('machine_readable');
  const rules = node ? readRules(node, problems) : null;
  return rules ? [{ law, article, rules, at: reader.at }] : [];
}
