import { Command } from 'commander';
import { compareVerb } from './evidence/compare.ts';
import { coxVerb } from './evidence/cox.ts';
import { didVerb } from './evidence/did.ts';
import { panelVerb } from './evidence/panel.ts';
import { poolVerb } from './evidence/pool.ts';
import { powerVerb } from './evidence/power.ts';
import { publishVerb } from './evidence/publish.ts';
import { rdVerb } from './evidence/rd.ts';
import { risksVerb } from './evidence/risks.ts';
import { seriesVerb } from './evidence/series.ts';
import { statesVerb } from './evidence/states.ts';
import { survivalVerb } from './evidence/survival.ts';
import { syntheticVerb } from './evidence/synthetic.ts';
import { trialVerb } from './evidence/trial.ts';

const verbs = [
  survivalVerb,
  coxVerb,
  risksVerb,
  statesVerb,
  compareVerb,
  didVerb,
  rdVerb,
  syntheticVerb,
  seriesVerb,
  trialVerb,
  poolVerb,
  panelVerb,
  powerVerb,
  publishVerb,
];

/** `meedoen evidence …`: what works, for whom, how sure? A file each in `evidence/`. */
export function evidenceVerbs(): Command {
  const evidence = new Command('evidence').description('What works, for whom, how sure?');
  for (const addVerb of verbs) addVerb(evidence);
  return evidence;
}
