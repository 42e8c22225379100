// A law of one article around a few expressions, for tests of single operations.
import { parseLaw } from '../src/parse-law.ts';
import type { LawFile } from '../src/law-file.ts';
import { read } from './example-corpus.ts';

export type LittleLaw = {
  readonly inputs?: readonly string[];
  readonly parameters?: readonly string[];
  readonly definitions?: string;
  /** Output declarations and actions: name, type and value, as YAML flow. */
  readonly outputs: readonly (readonly [name: string, type: string, value: string])[];
};

/** The text of a law file with one article. Outputs may all be null. */
export function littleLawText(
  { inputs = [], parameters = [], definitions = '{}', outputs }: LittleLaw,
  id = 'kleine_wet',
  from = '2020-01-01',
): string {
  return `$id: ${id}
regulatory_layer: WET
publication_date: '${from}'
valid_from: '${from}'
bwb_id: BWBR0000009
url: https://wetten.overheid.nl/BWBR0000009
articles:
  - number: '1'
    text: 'Kern: een klein artikel.'
    url: https://wetten.overheid.nl/BWBR0000009#Artikel1
    machine_readable:
      definitions: ${definitions}
      execution:
        parameters: [${parameters.join(', ')}]
        input: [${inputs.join(', ')}]
        output:
${outputs.map(([name, type]) => `          - { name: ${name}, type: ${type}, nullable: true }`).join('\n')}
        actions:
${outputs.map(([name, , value]) => `          - { output: ${name}, value: ${value} }`).join('\n')}
`;
}

export function littleLaw(law: LittleLaw, id?: string, from?: string): LawFile {
  return read(parseLaw(littleLawText(law, id, from), 'kleine-wet.yaml'));
}
