import { expect, test } from 'vitest';
import { markFallback, markNotReviewed, notice, resolveMarks } from './marks.ts';

const page = (inner: string) =>
  `<title>${inner}</title><p title="${inner}">${inner}</p>${notice.starts}<p>check</p>${notice.ends}`;

test('an English text in an Arabic page gets its language, where an element can stand', () => {
  expect(resolveMarks(page(markFallback('Yes')), 'ar')).toBe(
    '<title>Yes</title><p title="Yes"><span lang="en" dir="ltr">Yes</span></p><p>check</p>',
  );
});

test('a page with a text that nobody reviewed keeps the notice', () => {
  expect(resolveMarks(page(markNotReviewed('نعم')), 'ar')).toBe('<title>نعم</title><p title="نعم">نعم</p><p>check</p>');
});

test('a page whose texts are all reviewed shows no notice, and neither do Dutch and English', () => {
  expect(resolveMarks(page('نعم'), 'ar')).toBe('<title>نعم</title><p title="نعم">نعم</p>');
  expect(resolveMarks(page(markNotReviewed('Yes')), 'en')).toBe('<title>Yes</title><p title="Yes">Yes</p>');
});

test('in a picture no element of the page can stand: an English word goes bare, and a field to type in is no picture', () => {
  const picture = `<svg><text x="1">${markFallback('Group')}</text></svg><textarea>a</textarea><p>${markFallback('b')}</p>`;
  expect(resolveMarks(picture, 'ar')).toBe(
    '<svg><text x="1">Group</text></svg><textarea>a</textarea><p><span lang="en" dir="ltr">b</span></p>',
  );
});
