import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, setHeaders }) => {
  const again = Object.keys(locals.answers.situation.facts).length > 0;
  if (again) setHeaders({ 'cache-control': 'no-store' });
  return { again };
};
