import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ nameShown: locals.staff!.nameShown });
