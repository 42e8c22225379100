import { languagesFor } from '#lib/language/languages.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ request }) => ({
  inOrder: languagesFor(request.headers.get('accept-language')),
});
