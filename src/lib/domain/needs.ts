// Who lives here: the name of a need: what the pick place of an item lacks in one warehouse. Exact
// has no such record, so its id is made of those of the two, the same on every machine and after
// every start: what was carried for it yesterday is found under it today.

/** FNV-1a over UTF-16 code units, 32 bits: the field's plain hash, good enough to tell names apart. */
function hash32(text: string, basis: number): number {
  let hash = basis;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** Id of what the pick place of this item needs in this warehouse: a UUID of version 8 (RFC 9562). */
export function needOf(warehouse: string, item: string): string {
  const words = [0x811c9dc5, 0x01234567, 0x89abcdef, 0xdeadbeef].map((basis) =>
    hex(hash32(`${item} in ${warehouse}`, basis)),
  );
  const [a = '', b = '', c = '', d = ''] = words;
  return `${a}-${b.slice(0, 4)}-8${b.slice(5)}-8${c.slice(1, 4)}-${c.slice(4)}${d}`;
}
