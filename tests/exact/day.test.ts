// An hour of a working day, on a virtual clock: the same run as the bench of the whole day, with
// the same counts at the simulator.

import { expect, it } from 'vitest';
import { LIMITS } from '../../src/lib/domain/index.ts';
import { runDay } from './day/day.ts';
import { SHORT_DAY } from './day/plan.ts';

it('P-12 P-13 P-14 P-15 I-03 I-18: an hour of a hundred documents costs what it must, each once', async () => {
  const day = await runDay(SHORT_DAY);
  expect(day.documents).toBe(SHORT_DAY.documents);
  expect([day.posted, day.rejected, day.inBooks]).toEqual([SHORT_DAY.documents, 0, day.documents]);
  // Faults were there, and were found out by looking and not by posting again.
  expect(day.faults).toBeGreaterThan(0);
  // A lost request is posted once more: of so few documents that is more than 1.03 a document.
  expect(day.posts - day.postsOwed).toBeLessThanOrEqual(day.faults);
  expect(day.calls / (day.documents + day.newsPages)).toBeLessThanOrEqual(1.15);
  expect(day.answers429).toBe(0);
  expect(day.worstMinute).toBeLessThanOrEqual(60);
  expect(day.errorsWorstHour.errors).toBeLessThanOrEqual(5);
  expect(day.drain?.waiting).toBeGreaterThan(20);
  // The line is back: that is noticed at the next try, and the answer takes its time.
  const { tookMs = Infinity, sinceFirstMs = 0 } = day.drain ?? {};
  expect(tookMs - sinceFirstMs).toBeLessThanOrEqual(LIMITS.exactLineTryMs + 2_000);
  expect(day.freshness.unseen).toBe(0);
}, 240_000);
