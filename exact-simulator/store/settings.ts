/*
 * Named settings that survive a restart: limits, company settings, the clock's shift and the
 * seed. A cache spares a query on every call; the database stays the truth.
 */
import type { Store } from './database.ts';

export class Settings {
  private readonly cache = new Map<string, string | undefined>();

  constructor(private readonly store: Store) {}

  text(name: string, fallback: string): string {
    return this.read(name) ?? fallback;
  }

  number(name: string, fallback: number): number {
    const value = this.read(name);
    return value === undefined ? fallback : Number(value);
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.read(name);
    return value === undefined ? fallback : value === 'true';
  }

  set(name: string, value: string | number | boolean): void {
    this.store.run(
      'INSERT INTO sim_setting (name, value) VALUES (?, ?) ' +
        'ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      String(value),
    );
    this.cache.set(name, String(value));
  }

  /** Drops what is remembered in the process, after the table was emptied or rolled back. */
  forget(): void {
    this.cache.clear();
  }

  private read(name: string): string | undefined {
    if (this.cache.has(name)) return this.cache.get(name);
    const row = this.store.get('SELECT value FROM sim_setting WHERE name = ?', name);
    const value = row === undefined ? undefined : String(row['value']);
    this.cache.set(name, value);
    return value;
  }
}
