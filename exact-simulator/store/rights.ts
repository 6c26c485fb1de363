/*
 * What the app and the person behind it may do: the scopes of the app registration (None, Read or
 * Manage per domain) and the person's rights per endpoint (Exact KB, scopes and rights). Everything
 * is allowed until the control API takes it away; the settings keep it over a restart.
 */
import { z } from 'zod';
import type { Store } from './database.ts';

export const SCOPES = [
  ...(['organization.administration', 'crm.accounts', 'logistics.items'] as const),
  ...(['logistics.inventory', 'logistics.wms', 'purchase.orders', 'purchase.prices'] as const),
  ...(['sales.orders', 'sales.prices', 'manufacturing.shopfloor'] as const),
  'manufacturing.production',
] as const;
export type ScopeName = (typeof SCOPES)[number];

export const LEVELS = ['none', 'read', 'manage'] as const;
export type Level = (typeof LEVELS)[number];

const levels = z.partialRecord(z.enum(SCOPES), z.enum(LEVELS));

/** A right the person lacks: `{endpoint: 'logistics/Items', action: 'GET'}`, `*` for any action. */
export const deniedRight = z.strictObject({
  endpoint: z.string().min(1),
  action: z.string().min(1).toUpperCase().default('*'),
});
export type DeniedRight = z.infer<typeof deniedRight>;
const denials = z.array(deniedRight);

const ALL_MANAGE: Record<ScopeName, Level> = {
  'organization.administration': 'manage',
  'crm.accounts': 'manage',
  'logistics.items': 'manage',
  'logistics.inventory': 'manage',
  'logistics.wms': 'manage',
  'purchase.orders': 'manage',
  'purchase.prices': 'manage',
  'sales.orders': 'manage',
  'sales.prices': 'manage',
  'manufacturing.shopfloor': 'manage',
  'manufacturing.production': 'manage',
};

/** The level of every scope of the registration. */
export function scopeLevels(store: Store): Record<ScopeName, Level> {
  const changed = levels.parse(JSON.parse(store.settings.text('rights.scopes', '{}')));
  const result = { ...ALL_MANAGE };
  for (const scope of SCOPES) result[scope] = changed[scope] ?? 'manage';
  return result;
}

/** Changes the level of some scopes and leaves the others. */
export function setScopeLevels(store: Store, change: z.infer<typeof levels>): void {
  store.settings.set('rights.scopes', JSON.stringify({ ...scopeLevels(store), ...change }));
}

export const scopeChange = levels;

/** The rights the person lacks. */
export function deniedRights(store: Store): DeniedRight[] {
  return denials.parse(JSON.parse(store.settings.text('rights.denied', '[]')));
}

export function setDeniedRights(store: Store, denied: readonly DeniedRight[]): void {
  store.settings.set('rights.denied', JSON.stringify(denied));
}

/**
 * Whether the person may do something: `userMay(store, 'inventory/ProcessStockCount', 'POST')`.
 * Endpoints compare without case. Actions are verbs, or `APPROVE` for approving sales orders.
 */
export function userMay(store: Store, endpoint: string, action: string): boolean {
  return !deniedRights(store).some(
    (denied) =>
      denied.endpoint.toLowerCase() === endpoint.toLowerCase() &&
      (denied.action === '*' || denied.action === action.toUpperCase()),
  );
}
