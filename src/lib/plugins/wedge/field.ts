// Who lives here: how a scan leaves no character in a field. The first keys of a code cannot be
// told from a person's and pass; so the field is remembered as it was before the first one, and put
// back once the burst is known to be a scanner's. From then on no key reaches it.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A field as it was before a burst. */
export interface Remembered {
  readonly field: Field;
  readonly value: string;
  readonly selection?: {
    readonly start: number;
    readonly end: number;
    readonly direction: 'forward' | 'backward' | 'none';
  };
}

/** By its members, because the page's classes are no business of a plugin. */
function isField(target: EventTarget | undefined): target is Field {
  if (target === undefined || !('value' in target) || typeof target.value !== 'string')
    return false;
  return 'selectionStart' in target || 'selectedIndex' in target;
}

/** The field that `event` goes into, if it goes into one. */
export function remember(event: Event): Remembered | undefined {
  const field = event.composedPath()[0];
  if (!isField(field)) return undefined;
  const { value } = field;
  if (!('selectionStart' in field)) return { field, value };
  const { selectionStart: start, selectionEnd: end, selectionDirection } = field;
  // Fields of numbers and dates have no selection to speak of.
  if (start === null || end === null) return { field, value };
  return { field, value, selection: { start, end, direction: selectionDirection ?? 'none' } };
}

/** Puts the field back and tells the page, which has seen the characters come. */
export function restore({ field, value, selection }: Remembered): void {
  if (field.value === value) return;
  field.value = value;
  if (selection !== undefined && 'setSelectionRange' in field) {
    field.setSelectionRange(selection.start, selection.end, selection.direction);
  }
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}
