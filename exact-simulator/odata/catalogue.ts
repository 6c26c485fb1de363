/*
 * The table of entities as data: entities.json (every endpoint with its properties, types and
 * which methods accept them) plus the few endpoints the reference tells about in prose. Nothing
 * here knows what an entity means; the generic OData layer and the store read their field rules
 * from it.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ALWAYS_THERE } from './always-there.ts';
import { proseEntities } from './prose-entities.ts';

export type EdmType =
  | 'Guid'
  | 'String'
  | 'DateTime'
  | 'Double'
  | 'Int16'
  | 'Int32'
  | 'Int64'
  | 'Byte'
  | 'Boolean'
  | 'Binary'
  | 'Collection';

export interface Property {
  name: string;
  type: EdmType;
  key: boolean;
  /** Must be there on create. */
  required: boolean;
  /** May be sent on POST. */
  onCreate: boolean;
  /** May be sent on PUT. */
  onUpdate: boolean;
  /** Never null: where there is nothing, the type's zero is shown. */
  alwaysThere: boolean;
  /** For a collection: the entity set its rows belong to. */
  of: string | undefined;
}

export interface Entity {
  /** `PurchaseOrder/GoodsReceipts`: the name used all over the simulator. */
  name: string;
  /** `purchaseorder/GoodsReceipts`: the path after the division, as the reference spells it. */
  path: string;
  service: string;
  set: string;
  methods: string[];
  key: Property;
  properties: Map<string, Property>;
  /** True for `sync/…`: 1,000 rows a page, only `Timestamp` may be filtered. */
  isSync: boolean;
  /** True for `bulk/…`: 1,000 rows a page. */
  isBulk: boolean;
  /** `Exact.Web.Api.Models.Item` */
  typeName: string;
  /** Rows that only a navigation reaches: there is no endpoint of its own. */
  hidden: boolean;
}

const rawEntity = z.object({
  entity: z.string(),
  uri: z.string(),
  methods: z.array(z.string()),
  hidden: z.boolean().optional(),
  properties: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      on: z.string(),
      key: z.boolean().optional(),
      required: z.boolean().optional(),
      of: z.string().optional(),
    }),
  ),
});
export type RawEntity = z.infer<typeof rawEntity>;

/** Type names seen in real traffic (Exact KB, JSON shapes); all others follow the pattern. */
const KNOWN_TYPES: Record<string, string> = {
  'Logistics/Items': 'Item',
  'CRM/Accounts': 'Account',
  'SalesOrder/SalesOrders': 'SalesOrder',
  'SalesOrder/SalesOrderLines': 'SalesOrderLine',
  'SalesOrder/GoodsDeliveries': 'SalesOrders.GoodsDelivery',
  'SalesOrder/GoodsDeliveryLines': 'SalesOrders.GoodsDeliveryLine',
};

function singular(set: string): string {
  if (set.endsWith('ies')) return `${set.slice(0, -3)}y`;
  return set.endsWith('s') ? set.slice(0, -1) : set;
}

function typeNameOf(name: string): string {
  const known = KNOWN_TYPES[name];
  if (known !== undefined) return `Exact.Web.Api.Models.${known}`;
  const parts = name.split('/');
  const service = parts.slice(0, -1).join('.');
  return `Exact.Web.Api.Models.${service}.${singular(parts.at(-1) ?? name)}`;
}

const EDM_TYPES: ReadonlySet<string> = new Set<EdmType>([
  ...(['Guid', 'String', 'DateTime', 'Double', 'Int16', 'Int32', 'Int64'] as const),
  ...(['Byte', 'Boolean', 'Binary', 'Collection'] as const),
]);

function isEdmType(text: string): text is EdmType {
  return EDM_TYPES.has(text);
}

function toProperty(of: string, raw: RawEntity['properties'][number]): Property {
  const type = raw.type.replace('Edm.', '');
  return {
    name: raw.name,
    // The reference leaves the type of five class fields open; they are texts elsewhere.
    type: isEdmType(type) ? type : 'String',
    key: raw.key === true,
    required: raw.required === true,
    onCreate: raw.on.includes('C'),
    onUpdate: raw.on.includes('U'),
    alwaysThere:
      raw.key === true || type === 'Byte' || (ALWAYS_THERE[of]?.includes(raw.name) ?? false),
    of: raw.of,
  };
}

function toEntity(raw: RawEntity): Entity {
  const properties = new Map(raw.properties.map((p) => [p.name, toProperty(raw.entity, p)]));
  const key = [...properties.values()].find((p) => p.key);
  if (!key) throw new Error(`entity ${raw.entity} has no key in the table of entities`);
  const path = raw.uri.replace('/api/v1/{division}/', '').replace('/api/v1/', '');
  const parts = raw.entity.split('/');
  return {
    name: raw.entity,
    path,
    service: parts.slice(0, -1).join('/'),
    set: parts.at(-1) ?? raw.entity,
    methods: raw.methods,
    key,
    properties,
    isSync: path.startsWith('sync/'),
    isBulk: path.startsWith('bulk/'),
    typeName: typeNameOf(raw.entity),
    hidden: raw.hidden === true,
  };
}

const file = readFileSync(new URL('../entities.json', import.meta.url), 'utf8');
const table = z.array(rawEntity).parse(JSON.parse(file));
const all = [...table, ...proseEntities(table)].map(toEntity);
const byName = new Map(all.map((e) => [e.name, e]));
const byPath = new Map(all.filter((e) => !e.hidden).map((e) => [e.path.toLowerCase(), e]));

/** The entity of a name such as `Logistics/Items`. Throws when the table does not hold it. */
export function entity(name: string): Entity {
  const found = byName.get(name);
  if (!found) throw new Error(`no entity ${name} in the table of entities`);
  return found;
}

/** The entity at a path after the division, in any case; undefined when there is none. */
export function entityAt(path: string): Entity | undefined {
  return byPath.get(path.toLowerCase());
}

export function allEntities(): readonly Entity[] {
  return all;
}

/** `purchaseorder`, `sync/inventory`: the data service an entity belongs to, in lower case. */
export function servicePathOf(of: Entity): string {
  return of.path.slice(0, of.path.lastIndexOf('/')).toLowerCase();
}

/** The entities with an endpoint in a data service, in the order of the table. */
export function entitiesOfService(servicePath: string): Entity[] {
  return all.filter((e) => !e.hidden && servicePathOf(e) === servicePath.toLowerCase());
}
