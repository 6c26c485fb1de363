// Who lives here: the day on which a process under test believes to stand. Loaded before everything
// else (`--import`), it moves the clock of the whole process, so that goods which expire do so in
// every year in which the tests run. Timers and the steady clock stay what they are.
//
// SCANDOCK_TEST_DAY: `yyyy-mm-dd`; the process begins at noon of it, UTC.

const Machine = Date;
const day = process.env['SCANDOCK_TEST_DAY'] ?? '';
const aheadMs = Machine.parse(`${day}T12:00:00Z`) - Machine.now();
if (Number.isNaN(aheadMs)) throw new RangeError(`SCANDOCK_TEST_DAY is no day: ${day}`);

class MovedDate extends Machine {
  constructor(...values: ConstructorParameters<DateConstructor> | []) {
    if (values.length === 0) super(Machine.now() + aheadMs);
    else super(...values);
  }

  static override now(): number {
    return Machine.now() + aheadMs;
  }
}

globalThis.Date = MovedDate as DateConstructor;
