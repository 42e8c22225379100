import { isoDay, type Place, type Problem } from '@meedoen/units';
import type { Article, Corpus, LawFile } from '@meedoen/rights';
import { helpTopics, isHelpTopic, rightDomains } from './topics.ts';
import { problemAt } from './yaml-file.ts';

/**
 * What the form of a law file cannot say: that every rule has a source, that a file lies where its law and its date say,
 * and that every question we ask can change some answer.
 */
export function checkLaws({ laws, replacements, rights, facts }: Corpus): Problem[] {
  const problems: Problem[] = [];
  const wrong = (at: Place, message: string): void => void problems.push(problemAt(at, message));

  for (const law of laws) {
    const top = { file: law.file, line: 1, column: 1 };
    const place = placeOf(law);
    if (!law.file.endsWith(place))
      wrong(top, `This file should lie in laws/nl/${place}, after its layer, law and first day.`);
    if (law.checkedOn === null) wrong(top, 'Say under "meedoen" on which day it was checked: checked_on.');
    if (!law.url.startsWith('https://')) wrong(top, `"url" should be a full address that starts with https://.`);
    for (const article of law.articles) checkArticle(article, wrong);
  }
  for (const { url, facts: ids, at } of replacements) {
    if (!url.startsWith('https://')) wrong(at, '"url" should be a full address that starts with https://.');
    checkFactIds(ids, at, wrong);
  }
  const tables = new Map<string, string>();
  for (const { id, domain, personWhoHelps, at } of rights) {
    if (!rightDomains.some((known) => known === domain)) {
      wrong(at, `"${domain}" is no domain of ours. Choose one of: ${rightDomains.join(', ')}.`);
    } else if (!at.file?.endsWith(`rights/${domain}.yaml`)) {
      wrong(at, `"${id}" is of the domain "${domain}". Move it to rights/${domain}.yaml.`);
    }
    const other = tables.get(id);
    if (other) wrong(at, `The right "${id}" stands in ${other} as well. Keep one of them.`);
    tables.set(id, at.file ?? '');
    const strange = personWhoHelps.find((topic) => !isHelpTopic(topic));
    if (strange) wrong(at, `"${strange}" is no help topic. Choose from: ${helpTopics.join(', ')}.`);
    if (personWhoHelps.length === 0) wrong(at, `Say who helps with "${id}": person_who_helps.`);
  }
  const read = namesReadBy({ laws, replacements });
  for (const { id, lawName, step, at } of facts.facts) {
    if (!read.has(lawName))
      wrong(at, `No law reads "${lawName}", so nobody needs to answer "${id}". Take the question out.`);
    if (step) checkFactIds(step.facts, at, wrong);
  }
  return problems;
}

function placeOf({ regulatoryLayer, id, validFrom }: LawFile): string {
  return `${regulatoryLayer.toLowerCase()}/${id}/${validFrom === null ? 'undated' : isoDay(validFrom)}.yaml`;
}

function checkArticle(
  { number, text, url, rules, reading, at }: Article,
  wrong: (at: Place, message: string) => void,
): void {
  if (!url.startsWith('https://')) wrong(at, `The "url" of article ${number} should start with https://.`);
  if (!text.startsWith('Kern: ')) {
    wrong(at, `The text of article ${number} is our summary, so it begins with "Kern: ".`);
  }
  if (!rules) return;
  if (!reading) {
    wrong(at, `Article ${number} computes something, so it needs its source: add it under meedoen.articles.`);
    return;
  }
  checkFactIds(reading.facts, at, wrong);
  for (const output of reading.outputs.values()) checkFactIds(output.facts, at, wrong);
}

function checkFactIds(ids: readonly string[], at: Place, wrong: (at: Place, message: string) => void): void {
  if (ids.length === 0) wrong(at, 'Name at least one fact that this rests on: facts: [work-001].');
  for (const id of ids) if (!/^[a-z]+-\d{3}$/.test(id)) wrong(at, `"${id}" is no fact id; they look like work-001.`);
}

/** The names of plain facts that some law or replacement reads. */
function namesReadBy({ laws, replacements }: Pick<Corpus, 'laws' | 'replacements'>): ReadonlySet<string> {
  const rules = [
    ...laws.flatMap(({ articles }) => articles.flatMap((article) => (article.rules ? [article.rules] : []))),
    ...replacements.flatMap(({ replaces }) => replaces.map((replaced) => replaced.rules)),
  ];
  return new Set(
    rules.flatMap(({ inputs }) => inputs.filter(({ source }) => source.kind === 'fact').map(({ name }) => name)),
  );
}
