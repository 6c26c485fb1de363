// Whose yes is asked and who counts again, told in every language.

import type { CompiledWorkflow, Language, Off } from '../types.ts';
import { number, percent } from './say.ts';
import { put } from './words.ts';
import type { Words } from './words.ts';

interface PeopleWords {
  /** `{role}`. */
  readonly approval: string;
  /** `{roles}`: who may start it, and for whom these settings are. */
  readonly starts: string;
  readonly settingsOf: string;
  readonly or: string;
  readonly approvalOver: string;
  /** `{off}`: how far off the books. */
  readonly approvalOff: string;
  readonly approvalInstead: string;
  /** `{role}`. */
  readonly overRole: string;
  readonly substitute: string;
  /** `{off}`. */
  readonly recount: string;
  readonly recountOther: string;
  /** How far: nothing, `{percent}`, `{count}` units, or both. */
  readonly offNone: string;
  readonly offShare: string;
  readonly offPieces: string;
  readonly offBoth: string;
}

export const PEOPLE_TOLD: Readonly<Record<Language, PeopleWords>> = {
  en: {
    starts: 'Only somebody who is {roles} starts it.',
    settingsOf: 'With the settings of {roles}.',
    or: 'or',
    approval: 'Somebody who is “{role}” scans their badge; no key and no other code says yes.',
    approvalOver: 'Only of what goes over the order by more than may come.',
    approvalOff: 'Only of a count that is off the books by more than {off}.',
    approvalInstead: 'Only of material that takes the place of what was planned.',
    substitute:
      'Material that is not planned may take the place of some, in the same unit, if somebody who is “{role}” says yes with their badge.',
    overRole: 'More only if somebody who is “{role}” says yes with their badge.',
    recount:
      'What is off the books by more than {off} is counted once more; what is found twice counts. The kiosk never shows what the books have.',
    recountOther: 'Somebody else counts it then.',
    offNone: 'nothing',
    offShare: '{percent} of them',
    offPieces: '{count} units',
    offBoth: '{percent} of them or {count} units, whichever is more',
  },
  nl: {
    starts: 'Alleen wie {roles} is, begint eraan.',
    settingsOf: 'Met de instellingen van {roles}.',
    or: 'of',
    approval:
      'Iemand met de rol “{role}” scant de eigen badge; geen toets en geen andere code zegt ja.',
    approvalOver: 'Alleen voor wat meer boven de bestelling uitkomt dan mag.',
    approvalOff: 'Alleen voor een telling die meer dan {off} van de boeken afwijkt.',
    approvalInstead: 'Alleen voor materiaal dat in de plaats komt van wat gepland was.',
    substitute:
      'Materiaal dat niet gepland is, mag in de plaats van gepland materiaal komen, in dezelfde eenheid, als iemand met de rol “{role}” met de badge ja zegt.',
    overRole: 'Meer alleen als iemand met de rol “{role}” met de badge ja zegt.',
    recount:
      'Wat meer dan {off} van de boeken afwijkt, wordt nog eens geteld; wat twee keer wordt gevonden, telt. De kiosk toont nooit wat de boeken hebben.',
    recountOther: 'Dan telt iemand anders.',
    offNone: 'niets',
    offShare: '{percent} ervan',
    offPieces: '{count} eenheden',
    offBoth: '{percent} ervan of {count} eenheden, wat het meest is',
  },
  de: {
    starts: 'Nur wer die Rolle {roles} hat, beginnt damit.',
    settingsOf: 'Mit den Einstellungen von {roles}.',
    or: 'oder',
    approval:
      'Jemand mit der Rolle „{role}“ scannt den eigenen Ausweis; keine Taste und kein anderer Code sagt Ja.',
    approvalOver: 'Nur für das, was mehr als erlaubt über die Bestellung hinausgeht.',
    approvalOff: 'Nur für eine Zählung, die um mehr als {off} von den Büchern abweicht.',
    approvalInstead: 'Nur für Material, das anstelle des geplanten genommen wird.',
    substitute:
      'Nicht geplantes Material darf anstelle von geplantem genommen werden, in derselben Einheit, wenn jemand mit der Rolle „{role}“ mit dem Ausweis Ja sagt.',
    overRole: 'Mehr nur, wenn jemand mit der Rolle „{role}“ mit dem Ausweis Ja sagt.',
    recount:
      'Was um mehr als {off} von den Büchern abweicht, wird noch einmal gezählt; was zweimal gefunden wird, gilt. Was die Bücher haben, zeigt der Kiosk nie.',
    recountOther: 'Dann zählt jemand anders.',
    offNone: 'nichts',
    offShare: '{percent} davon',
    offPieces: '{count} Einheiten',
    offBoth: '{percent} davon oder {count} Einheiten, je nachdem, was mehr ist',
  },
  fr: {
    starts: 'Seule une personne {roles} la commence.',
    settingsOf: 'Avec les réglages de {roles}.',
    or: 'ou',
    approval: 'Une personne « {role} » scanne son badge ; rien d’autre ne dit oui.',
    approvalOver: 'Seulement pour ce qui dépasse la commande plus que permis.',
    approvalOff: 'Seulement pour un comptage qui s’écarte des livres de plus de {off}.',
    approvalInstead: 'Seulement pour une matière qui prend la place de ce qui était prévu.',
    substitute:
      'Une matière non prévue peut prendre la place d’une autre, dans la même unité, si une personne « {role} » dit oui avec son badge.',
    overRole: 'Davantage seulement si une personne « {role} » dit oui avec son badge.',
    recount:
      'Ce qui s’écarte des livres de plus de {off} est recompté ; ce qui est trouvé deux fois compte. La borne ne montre jamais ce que disent les livres.',
    recountOther: 'Une autre personne recompte alors.',
    offNone: 'rien',
    offShare: '{percent} de ceux-ci',
    offPieces: '{count} unités',
    offBoth: '{percent} de ceux-ci ou {count} unités, le plus grand des deux',
  },
};

/** Whose yes it takes that other material takes the place of what is planned. */
export function replaced({ steps }: CompiledWorkflow, language: Language): string {
  const yes = steps.find((step) => step.kind === 'ask' && step.instead === true);
  const role = yes?.kind === 'ask' ? (yes.role?.label[language] ?? '') : '';
  return put(PEOPLE_TOLD[language].substitute, { role });
}

/** How far a count may be off the books. */
export function offSaid({ share, pieces }: Off, words: Words, language: Language): string {
  const { offNone, offShare, offPieces, offBoth } = PEOPLE_TOLD[language];
  const said = { percent: percent(share, words), count: number(pieces, words) };
  if (share === 0) return pieces === 0 ? offNone : put(offPieces, said);
  return put(pieces === 0 ? offShare : offBoth, said);
}

/** Who may start a workflow, and whose settings it has; nothing where that is anybody. */
export function whoStarts(
  { allowed, onlyRoles, roles = [] }: CompiledWorkflow,
  language: Language,
): readonly string[] {
  const { starts, settingsOf, or } = PEOPLE_TOLD[language];
  const named = (names: readonly string[]) =>
    names
      .map((name) => `“${roles.find((role) => role.name === name)?.label[language] ?? name}”`)
      .join(` ${or} `);
  return [
    ...(allowed === undefined ? [] : [put(starts, { roles: named(allowed) })]),
    ...(onlyRoles === undefined ? [] : [put(settingsOf, { roles: named(onlyRoles) })]),
  ];
}
