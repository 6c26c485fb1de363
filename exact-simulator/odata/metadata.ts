/*
 * `$metadata` (EDMX with CSDL) and the service document of each data service, made from the table
 * of entities (Exact KB, OData dialect). Types that a service reaches only through a navigation are
 * described there as well, as WCF wants every end of an association in its own model.
 */
import { escapeXml } from './xml.ts';
import { entitiesOfService, type Entity, type Property } from './catalogue.ts';
import { collectionEntity } from './collections.ts';
import { functionsOfService, type FunctionImport } from './functions.ts';

const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
const EDMX = 'http://schemas.microsoft.com/ado/2007/06/edmx';
const METADATA = 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata';
const EDM = 'http://schemas.microsoft.com/ado/2008/09/edm';
const CONTAINER_NAMESPACE = 'Exact.Web.Api';

interface Link {
  from: Entity;
  property: Property;
  to: Entity;
}

const namespaceOf = (of: Entity): string => of.typeName.slice(0, of.typeName.lastIndexOf('.'));
const shortName = (of: Entity): string => of.typeName.slice(of.typeName.lastIndexOf('.') + 1);
const associationName = (link: Link): string => `${shortName(link.from)}_${link.property.name}`;

function linksOf(from: Entity): Link[] {
  return [...from.properties.values()].flatMap((property) => {
    const to = collectionEntity(from, property);
    return to ? [{ from, property, to }] : [];
  });
}

/** The entities of a service and everything their navigations reach. */
function reachable(roots: Entity[]): Entity[] {
  const found = new Set(roots);
  for (const of of found) for (const link of linksOf(of)) found.add(link.to);
  return [...found];
}

function propertyXml(property: Property): string {
  return (
    `<Property Name="${property.name}" Type="Edm.${property.type}" ` +
    `Nullable="${property.alwaysThere ? 'false' : 'true'}" />`
  );
}

function entityTypeXml(of: Entity): string {
  const plain = [...of.properties.values()].filter((p) => p.type !== 'Collection');
  const navigations = linksOf(of).map(
    (link) =>
      `<NavigationProperty Name="${link.property.name}" ` +
      `Relationship="${namespaceOf(of)}.${associationName(link)}" ` +
      `FromRole="${shortName(of)}" ToRole="${link.property.name}" />`,
  );
  return (
    `<EntityType Name="${shortName(of)}">` +
    `<Key><PropertyRef Name="${of.key.name}" /></Key>` +
    `${plain.map(propertyXml).join('')}${navigations.join('')}</EntityType>`
  );
}

function associationXml(link: Link): string {
  return (
    `<Association Name="${associationName(link)}">` +
    `<End Type="${link.from.typeName}" Role="${shortName(link.from)}" Multiplicity="0..1" />` +
    `<End Type="${link.to.typeName}" Role="${link.property.name}" Multiplicity="*" />` +
    '</Association>'
  );
}

type SetNames = ReadonlyMap<Entity, string>;

/** Set names by entity; a type from another service gives way to a set of the service's own. */
function setNames(types: readonly Entity[]): SetNames {
  const names = new Map<Entity, string>();
  const taken = new Set<string>();
  for (const of of types) {
    const name = taken.has(of.set) ? of.name.replaceAll('/', '_') : of.set;
    taken.add(name);
    names.set(of, name);
  }
  return names;
}

function associationSetXml(link: Link, names: SetNames): string {
  const name = associationName(link);
  return (
    `<AssociationSet Name="${namespaceOf(link.from).split('.').at(-1) ?? ''}_${name}" ` +
    `Association="${namespaceOf(link.from)}.${name}">` +
    `<End Role="${shortName(link.from)}" EntitySet="${names.get(link.from) ?? ''}" />` +
    `<End Role="${link.property.name}" EntitySet="${names.get(link.to) ?? ''}" /></AssociationSet>`
  );
}

function functionXml(of: FunctionImport): string {
  const result = of.returns
    ? `ReturnType="Collection(${of.returns.typeName})" EntitySet="${of.returns.set}"`
    : 'ReturnType="Edm.Boolean"';
  const parameters = of.parameters.map(
    ({ name, type }) => `<Parameter Name="${name}" Type="Edm.${type}" Mode="In" />`,
  );
  return (
    `<FunctionImport Name="${of.name}" ${result} m:HttpMethod="GET">` +
    `${parameters.join('')}</FunctionImport>`
  );
}

function containerXml(servicePath: string, types: Entity[]): string {
  const name = servicePath.replaceAll(/(?:^|\/)(\w)/g, (_all, letter: string) =>
    letter.toUpperCase(),
  );
  const names = setNames(types);
  const sets = types.map(
    (of) => `<EntitySet Name="${names.get(of) ?? ''}" EntityType="${of.typeName}" />`,
  );
  return (
    `<Schema Namespace="${CONTAINER_NAMESPACE}" xmlns="${EDM}">` +
    `<EntityContainer Name="${name}Container" m:IsDefaultEntityContainer="true">` +
    sets.join('') +
    types
      .flatMap(linksOf)
      .map((link) => associationSetXml(link, names))
      .join('') +
    functionsOfService(servicePath).map(functionXml).join('') +
    '</EntityContainer></Schema>'
  );
}

/** The EDMX document of a service such as `sync/inventory`; undefined when there is none. */
export function metadataXml(servicePath: string): string | undefined {
  const own = entitiesOfService(servicePath);
  if (own.length === 0) return undefined;
  const types = reachable(own);
  const namespaces = [...new Set(types.map(namespaceOf))];
  const schemas = namespaces.map((namespace) => {
    const inside = types.filter((of) => namespaceOf(of) === namespace);
    return (
      `<Schema Namespace="${namespace}" xmlns="${EDM}">` +
      inside.map(entityTypeXml).join('') +
      inside.flatMap(linksOf).map(associationXml).join('') +
      '</Schema>'
    );
  });
  return (
    `${HEAD}<edmx:Edmx Version="1.0" xmlns:edmx="${EDMX}">` +
    `<edmx:DataServices m:DataServiceVersion="2.0" xmlns:m="${METADATA}">` +
    `${schemas.join('')}${containerXml(servicePath, types)}` +
    '</edmx:DataServices></edmx:Edmx>'
  );
}

/** The entity sets a service document lists: those with an endpoint that can be read. */
export function setsOfService(servicePath: string): string[] {
  return entitiesOfService(servicePath)
    .filter((of) => of.methods.includes('GET'))
    .map((of) => of.set);
}

/** The Atom service document, which links to the collections of a service. */
export function serviceDocumentXml(base: string, sets: readonly string[]): string {
  const collections = sets.map(
    (set) =>
      `<collection href="${escapeXml(set)}"><atom:title>${escapeXml(set)}</atom:title></collection>`,
  );
  return (
    `${HEAD}<service xml:base="${escapeXml(base)}" xmlns="http://www.w3.org/2007/app" ` +
    'xmlns:atom="http://www.w3.org/2005/Atom"><workspace><atom:title>Default</atom:title>' +
    `${collections.join('')}</workspace></service>`
  );
}
