/*
 * Which entity the rows of a collection property belong to. The table of entities names only an
 * entity set, and sometimes not even that ("DataSource"), so the sources have the first word.
 */
import { sources } from '../store/sources.ts';
import { allEntities, entity, type Entity, type Property } from './catalogue.ts';

/** Nested numbers of a document are always rows of these, whatever the reference calls them. */
const NUMBERS: Record<string, string> = {
  BatchNumbers: 'Inventory/StockBatchNumbers',
  SerialNumbers: 'Inventory/StockSerialNumbers',
};

/** The entity of a collection's rows; undefined for a plain property or an unknown set. */
export function collectionEntity(of: Entity, property: Property): Entity | undefined {
  if (property.type !== 'Collection') return undefined;
  const navigation = sources[of.name]?.navigations?.[property.name];
  if (navigation) return entity(navigation.entity);
  const numbers = NUMBERS[property.name];
  if (numbers !== undefined) return entity(numbers);
  const set = property.of ?? property.name;
  const found = allEntities().filter((e) => e.set === set && !e.isSync && !e.isBulk);
  return (
    found.find((e) => e.service === of.service) ??
    found.find((e) => e.methods.includes('POST')) ??
    found[0]
  );
}
