// Who lives here: the question for photos. The glass takes them and the station has each on its disk
// before the dialogue hears of it, by its id; here they are counted, until OK says that these are all.
// BACK takes the last one away, as it takes away any answer: that is how one is taken again.

import { fault, isFault, isPhotoId } from '../../domain/index.ts';
import type { Fault, LineAnswer } from '../../domain/index.ts';
import type { InputModel } from '../types.ts';
import { saying, settled, working } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { maximumOf } from './evaluate.ts';
import { askedAt } from './fits.ts';
import type { AskStep, At } from './fits.ts';

/** Photos of one question, in the order in which they were taken. */
export interface Photos {
  readonly taken: readonly string[];
  /** MORE was pressed: the camera is on again. */
  readonly more?: true;
}

export type PhotoInput = Extract<InputModel, { readonly fact: 'photo' }>;

const photosOf = ({ photos }: Work, id: string): Photos => photos?.[id] ?? { taken: [] };

const withPhotos = (work: Work, id: string, photos: Photos): Work => ({
  ...work,
  photos: { ...work.photos, [id]: photos },
});

/** What the glass shows: the camera, or what it took. */
export function photoInput(step: AskStep, d: Dialogue): PhotoInput {
  const { taken, more } = photosOf(d.work, step.id);
  const live = taken.length === 0 || more === true;
  return { fact: 'photo', value: '', max: maximumOf(step.max, d) ?? 1, taken, live };
}

/** One more photo, which the station has on its disk under this id. */
function taking(d: Dialogue, step: AskStep, id: string): Work | Fault {
  const { taken, max } = photoInput(step, d);
  if (!isPhotoId(id)) return fault('step.no-photo');
  if (taken.includes(id)) return fault('step.photo-twice');
  if (taken.length >= max) return fault('step.photos-full', { max });
  return withPhotos(d.work, step.id, { taken: [...taken, id] });
}

/** A photo was taken. */
export function takePhoto(d: Dialogue, step: AskStep, id: string): Dialogue {
  const work = taking(d, step, id);
  return isFault(work) ? saying(d, work) : working(d, work);
}

/** OK: these are all. How many they are is the answer; without one there is none. */
export function enoughPhotos(d: Dialogue, step: AskStep): Dialogue {
  const { length } = photosOf(d.work, step.id).taken;
  if (length === 0) return saying(d, fault('step.no-photo'));
  const answers = { ...d.work.answers, [step.id]: length };
  return working(d, { ...d.work, answers });
}

/** MORE at a question for photos: the camera again; nothing at any other question. */
export function onePhotoMore(before: Dialogue, at: At): Dialogue | undefined {
  const step = askedAt(at);
  if (step?.fact !== 'photo') return undefined;
  const d = settled(before);
  const { taken, max, live } = photoInput(step, d);
  if (live) return saying(d, fault('step.no-photo'));
  if (taken.length >= max) return saying(d, fault('step.photos-full', { max }));
  return working(d, withPhotos(d.work, step.id, { taken, more: true }));
}

/** What the command of the line tells beside how many they are. */
export function photosTold(work: Work, id: string): Pick<LineAnswer, 'kind' | 'photos'> {
  return { kind: 'photo', photos: photosOf(work, id).taken };
}
