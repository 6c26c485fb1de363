// Who lives here: what stands in a file and changes nothing: told, and no reason to refuse it.

import { diagnostic } from './diagnose.ts';
import { unusedRoles } from './roles.ts';
import type { Shared } from './reading.ts';
import type { Path, Source } from './source.ts';
import type { Diagnostic } from './types.ts';

/** What stands in the file and changes nothing. */
export function unused(shared: Shared, source: Source): Diagnostic[] {
  const { settings, fragments, used, roles, usedRoles } = shared;
  const warn = (path: Path, message: string): Diagnostic => {
    const at = source.atKey(path);
    const told = diagnostic(
      at,
      'unused',
      message,
      'Remove it, or correct the name where it is meant.',
    );
    return { ...told, severity: 'warning' };
  };
  const names = [...settings.keys()].filter((name) => !used.has(name));
  return [
    ...unusedRoles(roles, usedRoles).map((name) =>
      warn(['roles', name], `Nothing asks for the role “${name}”.`),
    ),
    ...names.map((name) => warn(['settings', name], `Nothing asks for the setting “${name}”.`)),
    ...fragments.unused.map((name) =>
      warn(['fragments', name], `No workflow uses the fragment “${name}”.`),
    ),
  ];
}
