/*
 * What the specifications of writing share: a simulator without limits, and calls that write.
 */
import { only, parsed, peek, record, startExact, type Answered, type Exact } from './helpers.ts';

const FULL = { Prefer: 'return=representation' };

/** The path of an entity or one of its rows. */
export const at = (path: string, id?: unknown): string =>
  `123456/${path}${id === undefined ? '' : `(guid'${String(id)}')`}`;

export class WritingStage {
  private constructor(readonly exact: Exact) {}

  static async make(): Promise<WritingStage> {
    const exact = await startExact();
    const free = { minutely: 1_000_000, daily: 1_000_000, errorsPerHour: 100_000 };
    await exact.control('POST', '/limits', free);
    return new WritingStage(exact);
  }

  post(path: string, body: unknown): Promise<Answered> {
    return this.exact.call('POST', at(path), body, FULL);
  }

  put(path: string, id: unknown, body: unknown): Promise<Answered> {
    return this.exact.call('PUT', at(path, id), body);
  }

  remove(path: string, id: unknown): Promise<Answered> {
    return this.exact.call('DELETE', at(path, id));
  }

  /** The row of a key as the API shows it. */
  async row(path: string, id: unknown): Promise<Record<string, unknown>> {
    return record(parsed(await this.exact.call('GET', at(path, id)))['d']);
  }

  async find(path: string, filter: string): Promise<Record<string, unknown>> {
    return only(await peek(this.exact, `${path}?$filter=${encodeURIComponent(filter)}`));
  }

  itemNamed(code: string): Promise<Record<string, unknown>> {
    return this.find('logistics/Items', `Code eq '${code}'`);
  }

  /** The new row; a refusal is a failed test. */
  async made(path: string, body: unknown): Promise<Record<string, unknown>> {
    const answer = await this.post(path, body);
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
    return record(parsed(answer)['d']);
  }

  /** What is planned to come in and go out of the main warehouse. */
  async planned(item: unknown): Promise<[number, number]> {
    const rows = await peek(this.exact, 'sync/Inventory/StockPositions');
    const row = rows.find((r) => r['ItemId'] === item && r['WarehouseCode'] === '1');
    return [Number(row?.['PlanningIn'] ?? 0), Number(row?.['PlanningOut'] ?? 0)];
  }

  /** The number after the highest one there is. */
  async followingNumber(path: string): Promise<number> {
    const last = only(await peek(this.exact, `${path}?$orderby=OrderNumber desc&$top=1`));
    return Number(last['OrderNumber']) + 1;
  }
}

/** Status and message of a refusal. */
export async function refused(sent: Promise<Answered>): Promise<[number, string]> {
  const { status, text } = await sent;
  const error = record(record(JSON.parse(text))['error']);
  return [status, String(record(error['message'])['value'])];
}
