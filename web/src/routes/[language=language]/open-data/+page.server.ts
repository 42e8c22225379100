import { townsWithBoard } from '#lib/server/boards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ towns: await townsWithBoard() });
