import { it } from 'vitest';
import { aLine, anOrder, Operator, PLAIN } from '../../../tests/samples/workflows/warehouse.ts';
it('x', () => {
  const order = (pending: number) => anOrder([aLine(PLAIN, { pending })], { usesLocations: true });
  const operator = new Operator().open(order(0)).choose(PLAIN).enter('quantity', '8');
  console.log(operator.asks);
  operator.hears(order(11)); console.log(operator.asks);
  operator.press('OK'); console.log(operator.asks, JSON.stringify((operator.step.state.snapshot as any).context.work), operator.fault, (operator.step.state.snapshot as any).context.document.lines);
});
