// Who lives here: the geometry of the chart of the day: calls per quarter of an hour, the lanes on
// top of one another. Lengths are the drawing's own units.

import type { CallLane, CallsReport } from '$lib/server/admin/index.ts';

/** From the bottom of a bar to its top. */
export const STACK: readonly { readonly lane: CallLane; readonly name: string }[] = [
  { lane: 'post', name: 'Postings' },
  { lane: 'settle', name: 'Look-ups of postings in doubt' },
  { lane: 'sync', name: 'Mirror' },
  { lane: 'human', name: 'People' },
];

export const CHART = { width: 960, left: 44, top: 10, plot: 190, bottom: 26 } as const;

export interface Bar {
  readonly lane: CallLane;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawing {
  readonly bars: readonly Bar[];
  /** Calls at each line of the scale, from 0, and where it is. */
  readonly scale: readonly { readonly calls: number; readonly y: number }[];
  readonly hours: readonly { readonly label: string; readonly x: number }[];
}

const STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000];
const MOST_LINES = 5;
/** Every third hour has its label. */
const LABEL_HOURS = 3;

type Slot = CallsReport['chart'][number];

export function callsOf({ calls }: Slot): number {
  return STACK.reduce((sum, { lane }) => sum + calls[lane], 0);
}

export function draw(chart: readonly Slot[]): Drawing {
  const most = Math.max(1, ...chart.map(callsOf));
  const step = STEPS.find((one) => most <= one * MOST_LINES) ?? most;
  const lines = Math.max(1, Math.ceil(most / step));
  const unit = CHART.plot / (lines * step);
  const floor = CHART.top + CHART.plot;
  const slotWidth = (CHART.width - CHART.left) / Math.max(1, chart.length);
  const bars = chart.flatMap((slot, at) => {
    let y = floor;
    return STACK.flatMap(({ lane }): Bar[] => {
      const height = slot.calls[lane] * unit;
      y -= height;
      const x = CHART.left + at * slotWidth;
      return height === 0 ? [] : [{ lane, x, y, height, width: slotWidth - 1 }];
    });
  });
  return {
    bars,
    scale: Array.from({ length: lines + 1 }, (_, at) => {
      return { calls: at * step, y: floor - at * step * unit };
    }),
    hours: chart.flatMap(({ label }, at) => {
      const [hour = '', minute] = label.split(':');
      if (minute !== '00' || Number(hour) % LABEL_HOURS !== 0) return [];
      return [{ label, x: CHART.left + at * slotWidth }];
    }),
  };
}
