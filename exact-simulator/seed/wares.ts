/*
 * What the seeded company sells: families of technical wholesale goods with their sizes. Families
 * are dealt round-robin, so that even a small company has something of every kind.
 */

/** `expiry`: batches with an end date; `batch`: batches without one. */
export type Tracking = 'plain' | 'expiry' | 'batch' | 'serial';

export interface Family {
  prefix: string;
  name: string;
  sizes: readonly string[];
  tracking: Tracking;
  unit: string;
  /** Pieces in the packs the goods come in. */
  packs: readonly number[];
  /** Euro, of the smallest size. */
  price: number;
  makes?: boolean;
}

type Line = readonly [
  prefix: string,
  name: string,
  sizes: string,
  tracking: Tracking,
  packs: string,
  price: number,
  unit?: string,
];

const LINES: readonly Line[] = [
  [
    'BLT',
    'Hex bolt zinc',
    'M6 x 20|M6 x 30|M8 x 25|M8 x 40|M10 x 30|M10 x 50|M12 x 60',
    'plain',
    '12,48',
    0.18,
  ],
  ['SNS', 'Pressure sensor', '0-10 bar|0-16 bar|0-40 bar', 'serial', '', 74],
  ['PNT', 'Wall paint matt white', '2.5 L|5 L|10 L', 'expiry', '6', 21],
  ['WLD', 'Welding wire SG2', '0.8 mm 15 kg|1.0 mm 15 kg|1.2 mm 15 kg', 'batch', '', 34],
  ['GLV', 'Work gloves leather', 'size 8|size 9|size 10|size 11', 'plain', '12', 6.4, 'pair'],
  ['NUT', 'Hex nut A2', 'M6|M8|M10|M12|M16', 'plain', '12,144', 0.07],
  ['PMP', 'Circulation pump', '25-60|25-80|32-80', 'serial', '', 189],
  ['SEA', 'Silicone sealant 310 ml', 'white|clear|grey|black', 'expiry', '12', 4.1],
  ['DSC', 'Cutting disc', '125 x 1.0|125 x 1.6|230 x 1.9', 'batch', '10', 1.3],
  ['WSH', 'Washer A2', 'M6|M8|M10|M12', 'plain', '100', 0.03],
  ['HYH', 'Hydraulic hose 2SN', 'DN10|DN12|DN16', 'plain', '', 7.9, 'm'],
  ['MOT', 'Electric motor IE3', '0.75 kW|1.5 kW|2.2 kW|4 kW', 'serial', '', 210],
  ['ADH', 'Epoxy adhesive', '50 ml|400 ml', 'expiry', '6', 9.5],
  ['OIL', 'Hydraulic oil ISO 46', '5 L|20 L|208 L', 'batch', '', 26],
  ['FLT', 'Panel filter G4', '287 x 592|490 x 592|592 x 592', 'plain', '6', 11.2],
  ['SCR', 'Wood screw Torx', '4 x 40|5 x 50|5 x 70|6 x 80|6 x 120', 'plain', '12', 8.3],
  ['PRX', 'Proximity sensor', 'M12 PNP|M18 PNP|M30 PNP', 'serial', '', 38],
  ['NTR', 'Nitrile gloves box of 100', 'M|L|XL', 'expiry', '10', 7.8],
  ['SHT', 'Steel sheet S235', '2 mm 1 x 2 m|3 mm 1 x 2 m|5 mm 1 x 2 m', 'batch', '', 58],
  ['VLV', 'Ball valve brass', 'DN15|DN20|DN25|DN32', 'plain', '6', 8.9],
  ['BRG', 'Ball bearing', '6203-2RS|6204-2RS|6205-2RS|6206-2RS|6304-2RS', 'plain', '10', 4.6],
  ['SUB', 'Submersible pump', '400 W|750 W|1100 W', 'serial', '', 132],
  ['LCK', 'Thread locker medium', '10 ml|50 ml|250 ml', 'expiry', '12', 7.2],
  ['ELC', 'Welding electrode', '2.5 mm 5 kg|3.25 mm 5 kg', 'batch', '4', 22],
  ['VST', 'Hi-vis vest yellow', 'S|M|L|XL|XXL', 'plain', '12', 5.1],
  [
    'BTS',
    'Safety boots S3',
    'size 41|size 42|size 43|size 44|size 45|size 46',
    'plain',
    '6',
    61,
    'pair',
  ],
  ['DRV', 'Frequency drive', '1.5 kW|4 kW|7.5 kW', 'serial', '', 265],
  ['RSP', 'Respirator mask', 'FFP2 valve|FFP3 valve', 'expiry', '10', 2.4],
  ['GRS', 'Grease EP2', 'cartridge 400 g|pail 5 kg', 'batch', '12', 4.7],
  ['TIE', 'Cable tie black', '2.5 x 100|3.6 x 200|4.8 x 300|7.6 x 370', 'plain', '100', 0.04],
  ['PIP', 'Copper pipe 2.5 m', '15 mm|22 mm|28 mm', 'plain', '10', 13.5],
  ['TLS', 'Cordless drill 18 V', 'compact|hammer|brushless', 'serial', '', 148],
  ['FOA', 'PU foam 750 ml', 'gun|hand', 'expiry', '12', 6.6],
  ['GRN', 'Polyamide granulate 25 kg', 'natural|black', 'batch', '', 71],
  ['BOX', 'Cardboard box', '300 x 200 x 150|400 x 300 x 200|600 x 400 x 300', 'plain', '25', 0.9],
  [
    'CNT',
    'Euro container grey',
    '400 x 300 x 120|400 x 300 x 220|600 x 400 x 320',
    'plain',
    '8',
    9.8,
  ],
  ['TAP', 'Packing tape 50 mm', 'brown|clear|fragile', 'plain', '6,36', 1.7, 'roll'],
  ['FLW', 'Flow meter', 'DN25|DN50|DN80', 'serial', '', 310],
  ['BAT', 'Alkaline battery', 'AA|AAA|9 V', 'expiry', '12,24', 0.5],
  ['ALU', 'Aluminium profile 3 m', '30 x 30|40 x 40|40 x 80', 'batch', '', 36],
  ['BLV', 'V-belt SPA', '1000|1120|1250|1400', 'plain', '10', 8.2],
  ['ORG', 'O-ring NBR', '20 x 2|30 x 3|40 x 3|50 x 4', 'plain', '50', 0.3],
  ['GAS', 'Gas detector', 'CO|H2S|O2', 'serial', '', 172],
  ['CLN', 'Hand cleaner', '2.5 L|10 L', 'expiry', '4', 12.9],
  ['CBL', 'Cable H07RN-F', '3G1.5|3G2.5|5G2.5', 'plain', '', 2.1, 'm'],
  ['LED', 'LED tube', '600 mm 8 W|1200 mm 14 W|1500 mm 20 W', 'plain', '10', 9.3],
  ['HBY', 'LED high bay', '100 W|150 W|200 W', 'serial', '', 119],
  ['GLS', 'Safety glasses', 'clear|tinted|yellow', 'plain', '12', 4.4],
  ['HAT', 'Safety helmet', 'white|yellow|blue', 'plain', '10', 13.1],
  ['SHK', 'Bow shackle', '1 t|2 t|3.25 t', 'plain', '6', 5.9],
  ['WRP', 'Pallet wrap 500 mm', '17 micron|23 micron', 'plain', '6', 8.6, 'roll'],
  ['ROD', 'Threaded rod 1 m zinc', 'M8|M10|M12', 'plain', '10', 1.9],
  ['ELB', 'Compression elbow', '15 mm|22 mm|28 mm', 'plain', '12', 3.3],
  ['OFL', 'Oil filter spin-on', 'OF-101|OF-114|OF-120', 'plain', '6', 7.7],
  ['EYE', 'Eye wash bottle', '250 ml|500 ml', 'expiry', '6', 8.8],
  ['PLC', 'Compact PLC', '16 I/O|32 I/O', 'serial', '', 420],
  ['CHN', 'Steel chain galvanised', '6 mm|8 mm|10 mm', 'plain', '', 4.9, 'm'],
  ['PRM', 'Zinc primer', '1 L|2.5 L', 'expiry', '6', 24],
  ['HST', 'Chain hoist', '500 kg|1000 kg', 'serial', '', 228],
  ['KIT', 'First aid refill', 'A|B', 'expiry', '4', 27],
];

/** Made by shop order from other items. */
const MADE: readonly Line[] = [
  ['SET', 'Pump set duplex', '2 x 0.75 kW|2 x 1.5 kW', 'serial', '', 890],
  ['CAB', 'Control cabinet', '400 x 600', 'serial', '', 1240],
  ['FUN', 'Filter unit complete', '592 x 592', 'plain', '', 96],
  ['MIX', 'Floor coating mix', 'grey 10 kg', 'expiry', '', 88],
  ['HPU', 'Hydraulic power unit', '7.5 kW', 'serial', '', 2150],
];

function family(line: Line, makes: boolean): Family {
  const [prefix, name, sizes, tracking, packs, price, unit = 'pc'] = line;
  return {
    ...{ prefix, name, tracking, price, unit, makes },
    sizes: sizes.split('|'),
    packs: packs.split(',').filter(Boolean).map(Number),
  };
}

export interface Ware {
  family: Family;
  code: string;
  description: string;
  price: number;
}

const TYPES = ['heavy duty', 'light', 'pro', 'eco', 'type B', 'type C', 'export', 'new model'];

function ware(from: Family, size: number): Ware {
  const round = Math.floor(size / from.sizes.length);
  const name = from.sizes[size % from.sizes.length] ?? '';
  const kind = TYPES[(round - 1) % TYPES.length] ?? '';
  const series = Math.floor((round - 1) / TYPES.length);
  const extra = round === 0 ? '' : ` ${kind}${series === 0 ? '' : ` series ${series + 1}`}`;
  return {
    family: from,
    code: `${from.prefix}-${String(size + 1).padStart(3, '0')}`,
    description: `${from.name} ${name}${extra}`.slice(0, 60),
    price: Math.round(from.price * (1 + 0.35 * (size % from.sizes.length)) * 100) / 100,
  };
}

/**
 * `count` wares. First those made by shop order, then every family in turn; when the sizes run
 * out, heavier, lighter and later models follow, so any count gives names a person would believe.
 */
export function wares(count: number): Ware[] {
  const made = MADE.map((line) => family(line, true)).flatMap((of) =>
    of.sizes.map((_, size) => ware(of, size)),
  );
  const families = LINES.map((line) => family(line, false));
  const list = made.slice(0, count);
  let left = families.reduce((sum, of) => sum + of.sizes.length, 0);
  for (let size = 0; list.length < count; size += 1) {
    for (const of of families) {
      // Short families rest until every size of the long ones had its turn.
      if (left > 0 && size >= of.sizes.length) continue;
      if (list.length < count) list.push(ware(of, size));
      left -= 1;
    }
  }
  return list;
}
