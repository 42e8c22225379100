import { month } from '@meedoen/units';
import { expect, test } from 'vitest';
import { dataCsv, dataRows } from './data-rows.ts';
import type { Board } from './release-board.ts';

const board: Board = {
  version: 1,
  town: 'example-town',
  example: true,
  releasedOn: '2026-11-10',
  rules: { fewest: 10, width: 10, roundTo: 5, shareBase: 100 },
  firstWork: null,
  workedBefore: null,
  arrivalNotSaid: null,
  answers: [
    {
      question: 'life',
      kind: 'mark',
      months: [
        {
          month: month('2026-10'),
          answered: 100,
          counts: [
            { value: '0-5', people: 40 },
            { value: '6-7', people: null },
          ],
        },
      ],
    },
  ],
  barriers: [],
  heard: [],
  equalAccess: null,
  disclosure: { tables: 1, cells: 4, hidden: 2 },
};

test('every number is a row, a hidden one an empty cell, and a share has its interval', () => {
  expect(dataCsv(dataRows(board)).split('\r\n')).toEqual([
    'town,example,topic,period,split,group,question,value,months,unit,number,lower,upper',
    'example-town,true,answers,2026-10,,,life,,,people,100,,',
    'example-town,true,answers,2026-10,,,life,0-5,,people,40,,',
    'example-town,true,answers,2026-10,,,life,0-5,,share,0.4,0.28,0.53',
    'example-town,true,answers,2026-10,,,life,6-7,,people,,,',
    '',
  ]);
});

test('a name with a comma or a quotation mark stays one cell', () => {
  const [row] = dataRows(board);
  expect(dataCsv([{ ...row!, group: 'a "b", c' }])).toContain('"a ""b"", c"');
});
