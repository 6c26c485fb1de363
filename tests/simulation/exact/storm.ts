// Who lives here: the weather between the hub and Exact while one seed runs. It does to each call
// what the plan's chance says, over the simulator's own switches where it has one, and keeps what
// the checker must know of it: what Exact was made to apply, when, and how often.

import type { RunningSimulator } from '../../../exact-simulator/index.ts';
import type { Answer, Call } from '../../exact/wire.ts';
import type { VirtualTime } from '../../exact/virtual-time.ts';
import type { GetFault, Plan, PostFault } from './plan.ts';

type Forward = () => Promise<Answer>;
type SimFault = Parameters<RunningSimulator['simulation']['faults']['add']>[0];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const COUNTED: ReadonlySet<number> = new Set([400, 401, 403, 404]);

export class Storm {
  readonly #plan: Plan;
  readonly #sim: RunningSimulator;
  readonly #time: VirtualTime;
  #left: number;
  /** When Exact will have applied all that it still holds, and readers see it. */
  quietAtMs = 0;
  /** The hub is to die now, before it has heard the answer. */
  dying = false;
  /** What happened, for the one who reads a failing seed. */
  readonly log: string[] = [];
  /** Answers that Exact counts as errors, and that the hub heard. */
  readonly #heard: { readonly endpoint: string; readonly atMs: number }[] = [];

  constructor(plan: Plan, sim: RunningSimulator, time: VirtualTime) {
    this.#plan = plan;
    this.#sim = sim;
    this.#time = time;
    this.#left = plan.calls;
  }

  /** From now on the weather is fine. */
  heal(): void {
    this.#left = 0;
    this.#sim.simulation.faults.clear();
  }

  readonly carry = async (call: Call, forward: Forward): Promise<Answer | null> => {
    const answer = await this.#carry(call, forward);
    if (answer !== null && COUNTED.has(answer.status)) {
      const endpoint = call.path.toLowerCase().replace(/[(?].*$/, '');
      this.#heard.push({ endpoint, atMs: this.#time.nowMs() });
    }
    return answer;
  };

  /** The most errors that the hub heard of one endpoint within an hour. */
  worstHeard(): number {
    const within = this.#heard.map(
      (last) =>
        this.#heard.filter(
          ({ endpoint, atMs }) =>
            endpoint === last.endpoint && atMs <= last.atMs && atMs > last.atMs - HOUR_MS,
        ).length,
    );
    return Math.max(0, ...within);
  }

  async #carry(call: Call, forward: Forward): Promise<Answer | null> {
    const { chance, rate, posts, gets } = this.#plan;
    this.#left -= 1;
    const write = call.method === 'POST';
    if (this.#left < 0 || call.method === 'DELETE' || !chance.hit(rate)) return forward();
    const fault = write ? chance.pick(posts) : chance.pick(gets);
    this.log.push(`${call.method} ${call.path.replace(/.*\//, '')}: ${fault}`);
    return this.#meet(fault, forward);
  }

  async #meet(fault: PostFault | GetFault, forward: Forward): Promise<Answer | null> {
    switch (fault) {
      case 'lose-request':
        return null;
      case 'lose-answer':
      case 'reset-after':
        await forward();
        return null;
      case 'die':
        // Exact has it or not, and the hub never hears.
        if (this.#plan.chance.hit(0.5)) await forward();
        this.dying = true;
        return null;
      case 'twice':
        await forward();
        await forward();
        return null;
      case 'status-502-after':
      case 'status-504-after':
        return silent(Number(fault.slice(7, 10)), await forward());
      case 'html-503-after':
        await forward();
        return page(503);
      case 'truncate-after':
        return halved(await forward());
      case '429-bare':
        return { status: 429, headers: {}, body: Buffer.alloc(0) };
      case '429-minute':
        return this.#throttled('X-RateLimit-Minutely-', 60, MINUTE_MS);
      case '429-day':
        return this.#throttled('X-RateLimit-', 5000, DAY_MS);
      case 'apply-late':
      case 'late-500':
      case 'late-408':
        return this.#late(fault, forward);
      case 'lag':
        return this.#order({ kind: 'lag', delayMs: this.#lagMs() }, forward);
      case 'lag-lose-answer':
        await this.#order({ kind: 'lag', delayMs: this.#lagMs() }, forward);
        return null;
      default:
        return this.#order({ kind: fault }, forward);
    }
  }

  /** The simulator does this to the call. Cut by it is cut for the hub. */
  async #order(fault: SimFault, forward: Forward): Promise<Answer | null> {
    const { faults } = this.#sim.simulation;
    faults.add(fault);
    try {
      return await forward();
    } catch {
      // The line to the simulator broke, as ordered: the hub hears as little.
      return null;
    } finally {
      // A call that was refused before it came to that must not leave it to the next one: what is
      // applied late then comes later than anybody waits for it.
      faults.clear();
    }
  }

  #late(fault: 'apply-late' | 'late-500' | 'late-408', forward: Forward): Promise<Answer | null> {
    const { chance, lateMaxMs } = this.#plan;
    const { simulation } = this.#sim;
    const delayMs = chance.below(lateMaxMs + 1);
    const lagMs = chance.hit(0.5) ? this.#lagMs() : 0;
    const atMs = this.#time.nowMs() + delayMs;
    this.quietAtMs = Math.max(this.quietAtMs, atMs + lagMs);
    this.log.push(`  applied ${delayMs / 1000} s later, seen ${lagMs / 1000} s after`);
    this.#time.after(delayMs, () => simulation.lag.during(lagMs, false, () => simulation.tick()));
    const answer = { 'apply-late': 'lost', 'late-500': 'status-500', 'late-408': 'status-408' };
    const kind = answer[fault] as 'lost' | 'status-500' | 'status-408';
    return this.#order({ kind: 'apply-later', delayMs, answer: kind }, forward);
  }

  #lagMs(): number {
    const lagMs = this.#plan.chance.below(this.#plan.lagMaxMs + 1);
    this.log.push(`  readers ${lagMs / 1000} s behind`);
    this.quietAtMs = Math.max(this.quietAtMs, this.#time.nowMs() + lagMs);
    return lagMs;
  }

  #throttled(prefix: string, limit: number, windowMs: number): Answer {
    const resetMs = (Math.floor(this.#time.nowMs() / windowMs) + 1) * windowMs;
    const headers = {
      [`${prefix}Limit`]: String(limit),
      [`${prefix}Remaining`]: '0',
      [`${prefix}Reset`]: String(resetMs),
    };
    return { status: 429, headers, body: Buffer.alloc(0) };
  }
}

function silent(status: number, { headers }: Answer): Answer {
  const { 'content-length': _length, 'content-type': _type, ...others } = headers;
  return { status, headers: others, body: Buffer.alloc(0) };
}

function page(status: number): Answer {
  const body = Buffer.from('<html><body>Exact Online is being maintained</body></html>');
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function halved({ status, headers, body }: Answer): Answer {
  const { 'content-length': _length, ...others } = headers;
  return { status, headers: others, body: body.subarray(0, Math.floor(body.length / 2)) };
}
