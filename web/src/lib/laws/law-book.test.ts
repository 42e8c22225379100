import { loadKnowledge } from '@meedoen/knowledge';
import { day } from '@meedoen/units';
import { expect, test } from 'vitest';
import { doorsThatMeet } from './affected.ts';
import { articlePath } from './article-path.ts';
import { rightsThatLeanOn } from './decides.ts';
import { appliedOn, articleAt, articlesOf, lawsOf, needsChecking, versionOn } from './law-book.ts';

const known = await loadKnowledge();
const { corpus } = known;
const laws = lawsOf(corpus);
const decree = laws.find(({ id }) => id === 'besluit_uitvoering_wav_2022')!;
const wait = articleAt(corpus, decree, '6.2')!;
const today = day('2026-11-23');

test('every article we read can be reached by its address, and no two have the same', () => {
  const paths = laws.flatMap((law) => articlesOf(corpus, law).map(({ number }) => articlePath('nl', law.id, number)));
  expect(paths.length).toBeGreaterThan(60);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.filter((path) => !/^\/nl\/laws\/[a-z0-9_]{1,80}\/[a-z0-9.-]{1,80}$/.test(path))).toEqual([]);
});

test('articles stand in the order in which people count', () => {
  expect(articlesOf(corpus, decree).map(({ number }) => number)).toEqual([
    '2.1',
    '2.2',
    '3.1',
    '3.2',
    '6.1',
    '6.2',
    '6.5',
    '7.1',
    '7.4',
    '7.5',
    '7.8',
  ]);
});

test('a version ends on the day before the next one begins', () => {
  const [first, second] = decree.versions;
  expect(first?.to).toBe((second?.from ?? 0) - 1);
  expect(decree.versions.at(-1)?.to).toBeNull();
});

test('the printed article of today, and the ruling that took its place', () => {
  expect(versionOn(wait, today)?.from).toBe(day('2026-08-01'));
  expect(appliedOn(wait, day('2023-11-28'))).toBeNull();
  expect(appliedOn(wait, today)?.id).toBe('abrvs-2023-11-29');
});

test('what nobody can answer makes an article one to be checked', () => {
  const now = versionOn(wait, today)!;
  expect(now.article.reading?.confidence).toBe('law_text');
  expect(needsChecking(now)).toBe(true);
});

test.each([
  { story: 'the wait decides about work for pay', law: decree.id, article: '6.2', right: 'paid-work', leans: true },
  {
    story: 'by way of other articles, so does the letter of stay',
    law: 'vreemdelingenwet_2000',
    article: '8',
    right: 'paid-work',
    leans: true,
  },
  {
    story: 'the road traffic act does not',
    law: 'wegenverkeerswet_1994',
    article: '108',
    right: 'paid-work',
    leans: false,
  },
])('$story', ({ law, article, right, leans }) => {
  expect(rightsThatLeanOn(corpus, { law, article }).includes(right)).toBe(leans);
});

test('whom an article touches is seen behind the doors: the wait for work is for who asks for asylum', () => {
  expect(doorsThatMeet(known, { law: decree.id, article: '6.2' }, today)).toContain('asylum-applicant');
  expect(doorsThatMeet(known, { law: decree.id, article: '6.2' }, today)).not.toContain('eu-citizen');
});
