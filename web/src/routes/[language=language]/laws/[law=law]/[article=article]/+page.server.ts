import { layerOf, type Article, type ArticleRules, type Corpus } from '@meedoen/rights';
import { error } from '@sveltejs/kit';
import { sayIn } from '#lib/language/say.ts';
import { doorsThatMeet } from '#lib/laws/affected.ts';
import { rightsThatLeanOn } from '#lib/laws/decides.ts';
import { appliedOn, articleAt, lawsOf, unread, versionOn } from '#lib/laws/law-book.ts';
import { phraseOf, plain, sayDefinition, type Phrase } from '#lib/laws/phrase.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

const dutch = sayIn('nl');

export const load: PageServerLoad = async ({ params }) => {
  const known = await knowledge();
  const { corpus } = known;
  const laws = lawsOf(corpus);
  const law = laws.find(({ id }) => id === params.law);
  const history = law ? articleAt(corpus, law, params.article) : null;
  if (!law || !history) error(404);

  const on = today();
  const now = versionOn(history, on);
  if (!now) error(404);
  const applied = appliedOn(history, on);
  const rules = now.article.rules ? inWords(corpus, now.article.rules) : null;
  return {
    on,
    law: { id: law.id, name: law.name, fullName: law.newest.fullName },
    number: history.number,
    now: {
      text: now.article.text,
      url: now.article.url,
      from: now.from,
      to: now.to,
      checkedOn: now.file.checkedOn,
      facts: now.article.reading?.facts ?? [],
      confidence: now.article.reading?.confidence ?? null,
      note: now.article.reading?.note ?? null,
      unread: unread(now.article),
    },
    rules,
    applied: applied
      ? {
          ...about(applied),
          rules: applied.replaces
            .filter((one) => one.law === law.id && one.article === history.number)
            .map((one) => onlyOther(inWords(corpus, one.rules), rules)),
        }
      : null,
    versions: history.versions.map(({ article, from, to }) => ({
      from,
      to,
      url: article.url,
      confidence: article.reading?.confidence ?? null,
      text: article === now.article ? null : changedText(article, now.article),
      note: article.reading?.note === now.article.reading?.note ? null : (article.reading?.note ?? null),
    })),
    replacements: history.replacements.map((replacement) => ({
      ...about(replacement),
      layer: layerOf(replacement.status),
    })),
    affects: doorsThatMeet(known, { law: law.id, article: history.number }, on).flatMap((id) =>
      known.doors.doors.filter((door) => door.id === id).map(({ name }) => ({ door: id, name })),
    ),
    rights: rightsThatLeanOn(corpus, { law: law.id, article: history.number }).flatMap((id) =>
      corpus.rights.filter((row) => row.id === id).map(({ domain }) => ({ id, domain })),
    ),
  };

  function about({ id, status, name, from, to, url, confidence, facts }: Corpus['replacements'][number]) {
    return { id, status, name, from, to, url, confidence, facts };
  }

  function inWords(all: Corpus, rules: ArticleRules): InWords {
    const wording = { say: dutch, rules, facts: all.facts };
    return {
      definitions: [...rules.definitions].map(([name, value]) => `${plain(name)} = ${sayDefinition(value, wording)}`),
      outputs: rules.actions.map(({ output, value }) => ({ name: output, phrase: phraseOf(value, wording) })),
      asks: rules.inputs
        .filter(({ name, source }) => source.kind === 'fact' && !name.startsWith('onbekend_'))
        .flatMap(({ name }) => all.facts.facts.filter(({ lawName }) => lawName === name).map(({ id }) => id)),
      reads: rules.inputs.flatMap(({ name, source }) => {
        if (source.kind !== 'other law') return [];
        const from = laws.find(({ id }) => id === source.law);
        const article = from?.newest.articles.find((one) =>
          one.rules?.outputs.some((output) => output.name === source.output),
        );
        return [
          { name: plain(name), law: source.law, lawName: from?.name ?? source.law, article: article?.number ?? null },
        ];
      }),
    };
  }
};

/** The summary of another version, where it says something else. */
function changedText(one: Article, now: Article): string | null {
  return one.text === now.text ? null : one.text;
}

type InWords = {
  definitions: readonly string[];
  outputs: readonly { name: string; phrase: Phrase }[];
  asks: readonly string[];
  reads: readonly { name: string; law: string; lawName: string; article: string | null }[];
};

/** Of what takes the place of a printed rule, only what says something else. */
function onlyOther(other: InWords, printed: InWords | null): InWords {
  const fresh = <Part>(parts: readonly Part[], before: readonly Part[] = []): readonly Part[] => {
    const known = new Set(before.map((part) => JSON.stringify(part)));
    return parts.filter((part) => !known.has(JSON.stringify(part)));
  };
  return {
    definitions: fresh(other.definitions, printed?.definitions),
    outputs: fresh(other.outputs, printed?.outputs),
    asks: fresh(other.asks, printed?.asks),
    reads: fresh(other.reads, printed?.reads),
  };
}
