import { join } from 'node:path';

/** The root of the project, where `.meedoen` and the built web stand. */
export const projectFolder: string = join(import.meta.dirname, '../..');
