import { answerAll } from '@meedoen/rights';
import { redirect } from '@sveltejs/kit';
import { chainsBehind } from '#lib/server/chains.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const known = await knowledge();
  const { situation } = locals.answers;
  if (!Object.values(situation.facts).some((value) => value !== null)) redirect(303, `/${params.language}/today`);
  const chains = chainsBehind(known, situation, today(), answerAll(known.corpus, situation, today()));
  return {
    on: today(),
    chains: chains.map((chain) => ({
      chain,
      name: known.timetable.chains.find(({ id }) => id === chain.id)?.name ?? null,
      domain: known.corpus.rights.find(({ id }) => id === chain.right)?.domain ?? null,
    })),
  };
};
