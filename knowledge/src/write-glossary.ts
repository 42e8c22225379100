// Writes GLOSSARY.md anew from knowledge/words. Run it from anywhere: node knowledge/src/write-glossary.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { glossaryOf } from './glossary.ts';

const file = join(import.meta.dirname, '../../GLOSSARY.md');
writeFileSync(file, glossaryOf(join(import.meta.dirname, '../words')));
console.log('GLOSSARY.md is up to date.');
