import { dataFiles, titleOf } from './open-data.ts';

const authority = 'http://publications.europa.eu/resource/authority';
const mediaTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
  json: 'application/json',
};

/**
 * A catalogue of boards in DCAT-AP-NL 3.0 (Geonovum, the Dutch profile of DCAT-AP 3): a dataset a town, a distribution a file. What
 * the profile obliges: title, description, publisher, contact, theme, licence, access rights, dates. Profile from general knowledge,
 * not read at its source; to be validated before it is harvested.
 */
export async function catalogueOf(
  origin: string,
  towns: readonly { id: string; town: string; example: boolean; releasedOn: string }[],
): Promise<unknown> {
  const publisher = {
    '@type': 'foaf:Agent',
    'foaf:name': { '@value': 'Meedoen', '@language': 'nl' },
  };
  const licence = { '@id': 'https://creativecommons.org/publicdomain/zero/1.0/' };
  const datasets = await Promise.all(
    towns.map(async (town) => ({
      '@id': `${origin}/open-data/${town.id}`,
      '@type': 'dcat:Dataset',
      'dct:identifier': `${origin}/open-data/${town.id}`,
      'dct:title': { '@value': await titleOf(town), '@language': 'nl' },
      'dct:description': {
        '@value': `${town.example ? 'Voorbeeld, verzonnen mensen. ' : ''}Wat nieuwkomers maandelijks vertellen, geteld: tijd tot eerste betaald werk, belemmeringen, wat hielp, cijfers voor het leven, wie antwoordde. Vrijwillig gegeven, dus geen steekproef. Aantallen onder 10 zijn verborgen.`,
        '@language': 'nl',
      },
      'dct:publisher': publisher,
      'dcat:contactPoint': {
        '@type': 'vcard:Organization',
        'vcard:fn': 'Meedoen',
        'vcard:hasURL': { '@id': `${origin}/nl/about` },
      },
      'dcat:theme': [{ '@id': `${authority}/data-theme/SOCI` }],
      'dct:accessRights': { '@id': `${authority}/access-right/PUBLIC` },
      'dct:license': licence,
      'dct:language': [{ '@id': `${authority}/language/NLD` }, { '@id': `${authority}/language/ENG` }],
      'dct:issued': { '@value': town.releasedOn, '@type': 'xsd:date' },
      'dct:accrualPeriodicity': { '@id': `${authority}/frequency/MONTHLY` },
      'dcat:landingPage': { '@id': `${origin}/nl/open-data/${town.id}` },
      'dcat:distribution': dataFiles.map(({ name, type }) => ({
        '@type': 'dcat:Distribution',
        'dct:title': { '@value': name, '@language': 'nl' },
        'dcat:accessURL': { '@id': `${origin}/nl/open-data/${town.id}` },
        'dcat:downloadURL': { '@id': `${origin}/open-data/${town.id}/${town.releasedOn}/${name}` },
        'dct:license': licence,
        'dcat:mediaType': {
          '@id': `https://www.iana.org/assignments/media-types/${mediaTypes[name.split('.').at(-1)!] ?? type}`,
        },
      })),
    })),
  );
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      vcard: 'http://www.w3.org/2006/vcard/ns#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': `${origin}/open-data/catalogue.jsonld`,
    '@type': 'dcat:Catalog',
    'dct:title': { '@value': 'Meedoen: borden van gemeenten', '@language': 'nl' },
    'dct:description': { '@value': 'Wat nieuwkomers vertellen, per gemeente geteld.', '@language': 'nl' },
    'dct:publisher': publisher,
    'dct:license': licence,
    'dcat:dataset': datasets,
  };
}
