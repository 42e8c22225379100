import { expect, test } from 'vitest';
import { longSentences } from './sentences.ts';

test.each([
  { story: 'two short sentences', text: 'Je krijgt een nummer. Dat heet BSN.', long: [] },
  { story: 'a number with a point is no end of a sentence', text: 'People give 8.2 out of 10.', long: [] },
  {
    story: 'sixteen words are one too many',
    text: 'Kort. Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien.',
    long: ['Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien.'],
  },
  {
    story: 'fifteen words are just right; a dash is no word',
    text: 'Een twee drie – vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien.',
    long: [],
  },
])('$story', ({ text, long }) => {
  expect(longSentences(text)).toEqual(long);
});
