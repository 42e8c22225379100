import { helpWith as nationalHelp, isHelpTopic } from '@meedoen/knowledge';
import { answerAll } from '@meedoen/rights';
import { expiredOn } from '#lib/answers/card-expired.ts';
import { isLanguage } from '#lib/language/languages.ts';
import { knowledge } from '#lib/server/knowledge.ts';
import { today } from '#lib/server/settings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { corpus, help } = await knowledge();
  const { situation } = locals.answers;
  const asked = url.searchParams.get('with');
  const wished = isLanguage(asked) && asked !== locals.language ? asked : null;
  const answers = answerAll(corpus, situation, today());
  return {
    on: today(),
    begun: Object.values(situation.facts).some((value) => value !== null),
    /** Beside a translation stands the Dutch; beside Dutch the language that was asked for. */
    other: wished ?? (locals.language === 'nl' ? null : ('nl' as const)),
    expired: expiredOn(situation, today()),
    answers,
    /** Numbers to call; a page in print has no links. */
    helplines: nationalHelp(
      help,
      corpus.rights.map(({ personWhoHelps }) => personWhoHelps.filter(isHelpTopic)),
    )
      .filter(({ phones }) => phones.length > 0)
      .slice(0, 4),
  };
};
