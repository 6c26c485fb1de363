// Who lives here: the Chromium that the tests drive. It looks for one that is there, and gets one
// by itself where it can, so that `npm test` needs no step before it. Everything is synchronous,
// because test configurations ask for it in the middle of an expression.
//
// Order of search: the variable SCANDOCK_CHROMIUM, the system's usual places, Playwright's cache.
// Order of getting: Debian's package (as root), then Playwright's own installer.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';

const PROBE_TIMEOUT_MS = 20_000;
const INSTALL_TIMEOUT_MS = 5 * 60_000;
/** Debian's chromium with its libraries takes about 20 s on a fast line. */
const APT = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;

/** Where the systems keep a Chromium, best first. */
const USUAL_PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const root = process.env[name];
    return root === undefined ? [] : [join(root, 'Google', 'Chrome', 'Application', 'chrome.exe')];
  }),
};

/** Says in one message what was tried and what a person can do. */
export class NoChromium extends Error {
  override readonly name = 'NoChromium';
}

/** What the tests start Chromium with: no noise on the network, no sandbox only where root must. */
export function chromiumFlags(): string[] {
  const asRoot = process.getuid?.() === 0;
  return [
    ...(asRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // A camera that shows a test picture, and a browser that need not be asked for it.
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ];
}

/** Whether a program is there and starts. Windows programs open a window when asked: not asked. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false;
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { timeout: PROBE_TIMEOUT_MS }).status === 0;
}

/** The path of a Chromium that starts, or undefined. Throws when SCANDOCK_CHROMIUM is wrong. */
export function findChromium(): string | undefined {
  const chosen = process.env['SCANDOCK_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new NoChromium(`SCANDOCK_CHROMIUM names ${chosen}, and no file is there.`);
  }
  const places = [...(USUAL_PLACES[process.platform] ?? []), chromium.executablePath()];
  return places.find(starts);
}

/**
 * The path of a Chromium that starts; gets one when there is none. Remembers it in
 * SCANDOCK_CHROMIUM, so that child processes don't search again. Throws NoChromium.
 */
export function ensureChromium(say: (line: string) => void = console.error): string {
  const path = findChromium() ?? getChromium(say);
  process.env['SCANDOCK_CHROMIUM'] = path;
  return path;
}

function getChromium(say: (line: string) => void): string {
  const tried: string[] = [];
  for (const way of waysToGet()) {
    say(`No Chromium found; getting one: ${way.label}`);
    const failure = way.run();
    const path = findChromium();
    if (path !== undefined) return path;
    tried.push(`  ${way.label}: ${failure ?? 'finished, but what it installed does not start'}`);
  }
  throw new NoChromium(
    [
      'The browser tests need a Chromium, found none and could not get one.',
      ...tried,
      'What to do: install Chromium or Google Chrome by hand, or run',
      '  npx playwright install --with-deps chromium',
      'or set SCANDOCK_CHROMIUM to the program file of a Chromium that you have.',
    ].join('\n'),
  );
}

interface Way {
  readonly label: string;
  /** What went wrong, in a line; undefined when it ended well. */
  readonly run: () => string | undefined;
}

function waysToGet(): Way[] {
  const asRoot = process.getuid?.() === 0;
  const ways: Way[] = [];
  if (asRoot && isDebian()) {
    ways.push({
      label: 'apt-get install chromium',
      run: () =>
        run('apt-get', ['update']) ??
        run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']),
    });
  }
  const cli = playwrightCli();
  ways.push({
    label: 'playwright install chromium',
    run: () => run(process.execPath, [cli, 'install', 'chromium']),
  });
  if (asRoot) {
    ways.push({
      label: 'playwright install-deps chromium',
      run: () => run(process.execPath, [cli, 'install-deps', 'chromium']),
    });
  }
  return ways;
}

/** Debian itself: on its child Ubuntu the package is only a pointer to a snap. */
function isDebian(): boolean {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID="?debian"?$/m.test(readFileSync(file, 'utf8'));
}

function playwrightCli(): string {
  const manifest = createRequire(import.meta.url).resolve('@playwright/test/package.json');
  return join(dirname(manifest), 'cli.js');
}

function run(program: string, args: readonly string[]): string | undefined {
  const done = spawnSync(program, args, { ...APT, timeout: INSTALL_TIMEOUT_MS, encoding: 'utf8' });
  if (done.status === 0) return undefined;
  const lines = `${done.stdout ?? ''}\n${done.stderr ?? ''}`.split('\n').map((one) => one.trim());
  const words = lines.find((one) => /^(e:|error|failed)/i.test(one)) ?? lines.findLast(Boolean);
  return done.error?.message ?? words ?? `ended with ${done.status ?? done.signal}`;
}
