// Doors and a timetable for the invented world of `example-corpus.ts`.
import { read } from './example-corpus.ts';
import type { FactTable } from '../src/fact-table.ts';
import { parseDoors } from '../src/doors/parse-doors.ts';
import type { DoorTable } from '../src/doors/door-table.ts';
import { parseTimetable } from '../src/chain/parse-timetable.ts';
import type { Timetable } from '../src/chain/timetable.ts';

export const doorsText = `
arrival: [askedOn, permitFrom]
fixed: [bornOn]
doors:
  - id: asks
    name: { en: Who asks }
    sets: { document: request, letter: none, shelter: true }
    starts: [askedOn]
    facts: [x-004]
    confidence: law_text
  - id: permit
    name: { en: Who has a permit }
    sets: { document: permit }
    starts: [permitFrom]
    facts: [x-004]
    confidence: law_text
  - id: refused
    name: { en: Who was refused }
    sets: { document: request, letter: refused, shelter: false }
    starts: [askedOn]
    facts: [x-004]
  - id: card
    name: { en: Who has a card }
    sets: { document: card }
    forgets: [wage]
    facts: [x-005]
`;

export const timetableText = `
links:
  - id: registered
    spans:
      - when: { document: [request] }
        counts_from: [askedOn]
        usual: { months: 2, kind: target, facts: [x-001], confidence: general_knowledge }
        most: { months: 4, kind: reported, or_longer: true, facts: [x-001], confidence: general_knowledge }
  - id: number
    spans: [{ usual: { days: 0, kind: rule, facts: [x-001], confidence: general_knowledge } }]
  - id: home
    who: municipality
    when: { document: [permit], shelter: [true] }
    spans: [{ counts_from: [permitFrom], usual: { weeks: 14, kind: target, facts: [x-008], confidence: inference } }]
  - id: plan
    who: municipality
    after: [home]
    done_when: { document: [card] }
    spans: [{ most: { weeks: 10, kind: rule, facts: [x-009], confidence: law_text } }]
chains:
  - { id: home-to-plan, name: { en: From home to plan }, when: { document: [permit] }, ends: plan }
`;

export const exampleDoors = (table: FactTable): DoorTable => read(parseDoors(doorsText, 'doors.yaml', table));
export const exampleTimetable = (table: FactTable): Timetable =>
  read(parseTimetable(timetableText, 'timetable.yaml', table));
