// Who lives here: what the kiosk's glass is given and what it gives back. Plain data in, callbacks
// out. The shapes are the glass's own: whoever has the same facts fits, without knowing this room.

import type { CommandWord, Fault, OrderKind, OrderLineView, OrderView } from '../domain/index.ts';
import type { AskedFact, Label, Language, ScreenModel, Signal } from '../workflows/index.ts';

export interface TrailModel {
  readonly id: string;
  readonly order: string;
  readonly itemCode: string;
  readonly itemName: string;
  readonly quantity: number;
  readonly unit: string;
  readonly stage: 'accepted' | 'confirmed' | 'booked' | 'exception' | 'undone' | 'refused';
  /** Exact's number of the document, and what kind of order that is about. */
  readonly receiptNumber?: string;
  readonly kind?: OrderKind;
  readonly fault?: Fault;
}

export interface NoticeModel {
  readonly id: string;
  readonly fault: Fault;
  readonly order?: string;
  readonly itemCode?: string;
}

export interface HubModel {
  readonly kind: 'away' | 'connected' | 'refused';
  readonly fault?: Fault;
}

/** Everything a kiosk shows at one moment. */
export interface KioskModel {
  readonly phase: 'opening' | 'blocked' | 'waiting' | 'menu' | 'dialogue';
  readonly stationName: string;
  /** Name of the person who is signed in. */
  readonly operator?: string;
  /** People have badges here; absent: nobody is asked who works. */
  readonly badges?: boolean;
  /** A yes is asked that nobody here could give. */
  readonly nobody?: true;
  /** There is more work here, for whoever shows the badge for it. */
  readonly more?: true;
  readonly hub: HubModel;
  /** Acts that the hub has not decided yet. */
  readonly waiting: number;
  /** Photos that the hub lacks, and whether it has room for them. */
  readonly photos?: { readonly waiting: number; readonly full: boolean };
  readonly menu: readonly { readonly id: string; readonly label: Label; readonly icon: string }[];
  readonly screen?: ScreenModel;
  /** What kind of orders the dialogue is done on, and on which of their lines. */
  readonly orderKind?: OrderKind;
  readonly orderPart?: OrderLineView['part'];
  /** The order at work, as the hub has it: it says where goods lie. */
  readonly order?: OrderView;
  readonly orders: readonly OrderView[];
  readonly trail: readonly TrailModel[];
  readonly notices: readonly NoticeModel[];
  readonly fault?: Fault;
  /** A scanner that no longer reads. */
  readonly device?: Fault;
  readonly flash: { readonly signal: Signal; readonly count: number };
}

/** What the question for a photo needs of its surroundings. */
export interface PhotoActs {
  /** Puts a picture onto the station's disk and answers the question with it. */
  keep(jpeg: Uint8Array<ArrayBuffer>): Promise<void>;
  /** A picture that was taken here. */
  picture(id: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * While somebody listens, OK is theirs to take, touched or scanned; false: it was not taken. The
   * answer ends the listening.
   */
  onOk(taken: () => boolean): () => void;
}

/** Everything an operator can do with a finger. */
export interface KioskActs {
  press(word: CommandWord): void;
  enter(fact: AskedFact, value: string): void;
  chooseLine(id: string): void;
  openOrder(id: string): void;
  begin(workflowId: string): void;
  home(): void;
  acknowledge(noticeId: string): void;
  /** Nobody is signed in any more. */
  signOut(): void;
  readonly photo: PhotoActs;
  speak(language: Language): void;
}
