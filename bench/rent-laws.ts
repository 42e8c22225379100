// Two invented laws: the rent law asks the income law twice, for the tenant and for the partner, each under the other
// law's own names. So two calls of one law with mapped inputs, and an age that a third law gives.
import { parseLaw, type LawFile } from '@meedoen/rights';

const head = (id: string): string => `
$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.8.0/schema/v0.8.0/schema.json
$id: ${id}
regulatory_layer: WET
publication_date: '2020-01-01'
valid_from: '2020-01-01'
bwb_id: BWBR0000009
url: https://example.org/${id}
articles:
  - number: '1'
    text: 'Kern: een verzonnen artikel.'
    url: https://example.org/${id}#1
    machine_readable:`;

const texts = [
  `${head('inkomenswet')}
      definitions:
        vrij: { value: 250 }
      execution:
        parameters:
          - { name: persoon, type: string, required: true }
          - { name: loon, type: number, required: true }
        output: [{ name: telt_mee, type: number }]
        actions:
          - output: telt_mee
            value: { operation: MAX, values: [0, { operation: SUBTRACT, values: [$loon, $vrij] }] }
`,
  `${head('leeftijdswet')}
      execution:
        parameters: [{ name: geboren, type: date, required: true }]
        output: [{ name: is_volwassen, type: boolean }]
        actions:
          - output: is_volwassen
            value:
              operation: GREATER_THAN_OR_EQUAL
              subject: $referencedate
              value: { operation: DATE_ADD, date: $geboren, years: 18 }
`,
  `${head('huurwet')}
      definitions:
        grens: { value: 3000 }
      execution:
        parameters:
          - { name: huurder, type: string, required: true }
          - { name: partner, type: string, required: true }
          - { name: loon_huurder, type: number, required: true }
          - { name: loon_partner, type: number, required: true }
          - { name: geboortedatum, type: date, required: true }
        input:
          - name: inkomen_huurder
            type: number
            source: { regulation: inkomenswet, output: telt_mee, parameters: { persoon: $huurder, loon: $loon_huurder } }
          - name: inkomen_partner
            type: number
            source: { regulation: inkomenswet, output: telt_mee, parameters: { persoon: $partner, loon: $loon_partner } }
          - name: volwassen
            type: boolean
            source: { regulation: leeftijdswet, output: is_volwassen, parameters: { geboren: $geboortedatum } }
        output: [{ name: mag_huren, type: boolean }]
        actions:
          - output: mag_huren
            value:
              operation: AND
              conditions:
                - $volwassen
                - operation: LESS_THAN_OR_EQUAL
                  subject: { operation: ADD, values: [$inkomen_huurder, $inkomen_partner] }
                  value: $grens
`,
];

export const rentLaws: readonly LawFile[] = texts.map((text, index) => {
  const law = parseLaw(text.trimStart(), `rent-${index}.yaml`);
  if (!law.ok) throw new Error(law.problems.map(({ message }) => message).join('\n'));
  return law.value;
});
