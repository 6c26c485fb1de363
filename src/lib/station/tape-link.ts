// Who lives here: tapes on their way to the hub: one after another, each until the hub has it or
// never wants it. Nobody waits for them, and nothing of it is ever on the screen.

import type { Socket } from 'socket.io-client';
import { LIMITS } from '../domain/index.ts';
import type { HubToStation, StationToHub, TapeMessage } from '../protocol/index.ts';
import { answered, over, pause } from './waiting.ts';

/** Where the tapes come from. */
export interface TapeSource {
  next(): Promise<TapeMessage | undefined>;
  settled(tape: TapeMessage): Promise<void>;
  onReady(listener: () => void): void;
}

/** Sends what there is and what comes, until the connection ends. */
export async function sendTapes(
  socket: Socket<HubToStation, StationToHub>,
  tapes: TapeSource,
  signal: AbortSignal,
): Promise<void> {
  let wake = (): void => undefined;
  tapes.onReady(() => wake());
  signal.addEventListener('abort', () => wake(), { once: true });
  while (!over(signal)) {
    const idle = new Promise<void>((resolve) => (wake = resolve));
    const tape = await tapes.next();
    if (over(signal)) return;
    if (tape === undefined) {
      await idle;
      continue;
    }
    const verdict = await answered(socket.timeout(LIMITS.hubAnswerMs).emitWithAck('tape', tape));
    if (verdict?.kind === 'kept' || verdict?.kind === 'refused') await tapes.settled(tape);
    else await pause(Math.min(verdict?.afterMs ?? LIMITS.hubPauseMs, LIMITS.hubPauseMs), signal);
  }
}
