import type { Groups } from '@meedoen/evidence';
import { cellRefusal, groupsOf, type Rows } from './rows.ts';
import { Refusal } from '../refusal.ts';

const columnsOfPeople =
  /^(bsn|burgerservicenummer|v-?nummer|e-?mail(adres)?|(voor|achter|bij)?na(am|men)|(first|last|full|sur)?_?name|telefoon(nummer)?|phone|adres|address|geboortedatum|birth_?date|iban)$/i;

/** A table counted by who people are is no table. Refuses columns that name people, by their name or by what they hold. */
export function refusePersons(
  rows: Rows,
  column: string,
  why = 'A published table never tells who people are: count by a characteristic that many share.',
): void {
  if (columnsOfPeople.test(column)) throw new Refusal(`${rows.name}: column "${column}" names people. ${why}`);
  const { words, word } = rows.columns.get(column)!;
  const kinds = words.texts.map((text) =>
    /^\S+@\S+\.\S+$/.test(text) ? 'an e-mail address' : isBsn(text) ? 'a BSN' : null,
  );
  const row = word.values.findIndex((at) => kinds[at] !== null);
  if (row >= 0) throw cellRefusal(rows, column, row, `column ${column} holds ${kinds[word.values[row]!]}. ${why}`);
}

/** Groups whose names are printed: never people. A column that only says whose rows belong together may be one of people. */
export function groupsToPrint(rows: Rows, column: string): Groups {
  refusePersons(rows, column, 'A result never tells of one person: name a characteristic that many share.');
  return groupsOf(rows, column);
}

/** Nine digits whose weighted sum is a multiple of 11 (nl: elfproef). */
function isBsn(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const sum = text.split('').reduce((total, digit, at) => total + Number(digit) * (at === 8 ? -1 : 9 - at), 0);
  return sum % 11 === 0;
}
