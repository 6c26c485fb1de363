/*
 * `$metadata` of every data service: well-formed, and complete against the table of entities, so
 * that a client generated from it knows every field.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allEntities,
  entitiesOfService,
  servicePathOf,
} from '../../exact-simulator/odata/catalogue.ts';
import { parseXml, XmlError, type XmlElement } from '../../exact-simulator/odata/xml.ts';
import { parsed, startExact, type Exact } from './helpers.ts';

let exact: Exact;
beforeAll(async () => {
  exact = await startExact();
  const free = { minutely: 1_000_000, daily: 1_000_000, errorsPerHour: 100_000 };
  await exact.control('POST', '/limits', free);
});
afterAll(async () => {
  await exact.close();
});

const services = [
  ...new Set(allEntities().flatMap((of) => (of.hidden ? [] : [servicePathOf(of)]))),
  'users',
];
const urlOf = (service: string) => (service === 'current' ? service : `123456/${service}`);

function inside(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

const attribute = (element: XmlElement, name: string): string =>
  element.attributes.get(`{}${name}`) ?? '';

async function read(service: string, accept = 'application/xml') {
  const path = `${urlOf(service)}/$metadata`;
  const answer = await exact.call('GET', path, undefined, { Accept: accept });
  const root = answer.status === 200 ? parseXml(answer.text) : undefined;
  const schemas = root ? inside(inside(root, 'DataServices')[0] ?? root, 'Schema') : [];
  const types = new Map<string, XmlElement>();
  for (const schema of schemas) {
    for (const type of inside(schema, 'EntityType')) {
      types.set(`${attribute(schema, 'Namespace')}.${attribute(type, 'Name')}`, type);
    }
  }
  const container = schemas.flatMap((schema) => inside(schema, 'EntityContainer'));
  return { answer, root, schemas, types, container };
}

describe('$metadata', () => {
  it.each(services)('%s names every field of its entities with its type', async (service) => {
    const { answer, types } = await read(service);
    expect(answer.headers.get('content-type')).toBe('application/xml;charset=utf-8');
    for (const of of entitiesOfService(service)) {
      const type = types.get(of.typeName);
      if (!type) throw new Error(`${of.typeName} is missing`);
      const key = inside(type, 'Key').flatMap((part) => inside(part, 'PropertyRef'));
      expect(key.map((part) => attribute(part, 'Name'))).toEqual([of.key.name]);
      const properties = inside(type, 'Property').map((part) => [
        ...[attribute(part, 'Name'), attribute(part, 'Type'), attribute(part, 'Nullable')],
      ]);
      const wanted = [...of.properties.values()].filter((p) => p.type !== 'Collection');
      expect(properties).toEqual(
        wanted.map((p) => [p.name, `Edm.${p.type}`, String(!p.alwaysThere)]),
      );
      expect(wanted.every((p) => p.alwaysThere || !(p.key || p.type === 'Byte'))).toBe(true);
      const navigations = inside(type, 'NavigationProperty').map((p) => attribute(p, 'Name'));
      const collections = [...of.properties.values()].filter((p) => p.type === 'Collection');
      expect(navigations).toEqual(collections.map((p) => p.name));
    }
  });

  it.each(services)('%s holds both ends of every association, and a set for each', async (name) => {
    const { types, schemas, container } = await read(name);
    const associations = new Map<string, XmlElement>();
    for (const schema of schemas) {
      for (const found of inside(schema, 'Association')) {
        const full = `${attribute(schema, 'Namespace')}.${attribute(found, 'Name')}`;
        expect(associations.has(full), full).toBe(false);
        associations.set(full, found);
      }
    }
    const sets = new Map(
      container
        .flatMap((part) => inside(part, 'EntitySet'))
        .map((set) => [attribute(set, 'Name'), attribute(set, 'EntityType')]),
    );
    expect(sets.size).toBe(types.size);
    for (const type of sets.values()) expect(types.has(type), type).toBe(true);
    for (const type of types.values()) {
      for (const navigation of inside(type, 'NavigationProperty')) {
        const association = associations.get(attribute(navigation, 'Relationship'));
        const roles = inside(association ?? type, 'End').map((end) => attribute(end, 'Role'));
        expect(roles).toEqual([attribute(navigation, 'FromRole'), attribute(navigation, 'ToRole')]);
        for (const end of inside(association ?? type, 'End')) {
          expect(types.has(attribute(end, 'Type')), attribute(end, 'Type')).toBe(true);
        }
      }
    }
    for (const set of container.flatMap((part) => inside(part, 'AssociationSet'))) {
      const ends = inside(associations.get(attribute(set, 'Association')) ?? set, 'End');
      const types_ = inside(set, 'End').map((end) => sets.get(attribute(end, 'EntitySet')));
      expect(types_).toEqual(ends.map((end) => attribute(end, 'Type')));
    }
  });

  it('describes functions with their arguments', async () => {
    const { container } = await read('read/logistics');
    const imports = container.flatMap((part) => inside(part, 'FunctionImport'));
    const found = imports.map((part) => [
      attribute(part, 'Name'),
      inside(part, 'Parameter').map((p) => `${attribute(p, 'Name')}:${attribute(p, 'Type')}`),
    ]);
    expect(found).toEqual([
      ['StockPosition', ['itemId:Edm.Guid']],
      ['ItemDetailsByID', ['itemId:Edm.Guid']],
      ['ItemExtraField', ['itemId:Edm.Guid', 'modified:Edm.DateTime']],
      ['AccountItems', ['accountId:Edm.Guid']],
    ]);
  });

  it('wants an Accept that takes XML, and knows no service that is not there', async () => {
    expect((await read('inventory', 'application/json')).answer.status).toBe(415);
    expect((await read('inventory', '*/*')).answer.status).toBe(200);
    expect((await read('INVENTORY')).answer.status).toBe(200);
    expect((await read('nothing')).answer.status).toBe(404);
  });

  it('the address of a service lists its entity sets', async () => {
    const json = parsed(await exact.call('GET', '123456/sales/'))['d'];
    expect(json).toEqual({ EntitySets: ['ShippingMethods'] });
    const xml = await exact.call('GET', '123456/sales', undefined, { Accept: '*/*' });
    expect(parseXml(xml.text).name).toBe('service');
    expect(xml.text).toContain('<collection href="ShippingMethods">');
  });
});

describe('the XML reader these tests and Atom bodies rest on', () => {
  it.each([
    ['an open element', '<a>'],
    ['a wrong end', '<a></b>'],
    ['two roots', '<a/><b/>'],
    ['text outside', '<a/>x'],
    ['an unknown prefix', '<x:a/>'],
    ['a bare ampersand', '<a>&</a>'],
    ['a foreign entity', '<a>&nbsp;</a>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['a processing instruction', '<a><?php ?></a>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an unquoted attribute', '<a b=1/>'],
    ['a forbidden character', '<a>&#0;</a>'],
    ['no end to levels', `${'<a>'.repeat(70)}${'</a>'.repeat(70)}`],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(() => parseXml(text)).toThrow(XmlError);
  });

  it('reads namespaces, CDATA, comments, entities and character references', () => {
    const root = parseXml(
      `<?xml version="1.0"?><f xmlns="u" xmlns:p="v"><!-- - --><p:g p:h='1' i="&lt;"/>` +
        `a&#x20AC;&amp;<![CDATA[<b>]]></f>`,
    );
    expect([root.namespace, root.name, root.text]).toEqual(['u', 'f', 'a€&<b>']);
    const [child] = root.children;
    expect(child?.namespace).toBe('v');
    expect([...(child?.attributes ?? [])]).toEqual([
      ['{v}h', '1'],
      ['{}i', '<'],
    ]);
  });
});
