import { figureThemes } from '@meedoen/knowledge';
import { knowledge } from '#lib/server/knowledge.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  const { figures, claims } = (await knowledge()).figures;
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const find = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  return {
    claims: claims.map((claim) => ({ ...claim, figures: find(claim.figures) })),
    themes: figureThemes.map((theme) => ({
      theme,
      figures: figures
        .filter((figure) => figure.theme === theme)
        .map((figure) => ({ figure, against: find(figure.against) })),
    })),
  };
};
