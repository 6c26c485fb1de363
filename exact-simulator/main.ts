/*
 * The program: `npx tsx exact-simulator/main.ts`. Reads the command line, starts the simulator,
 * says where it is and stops cleanly on a signal.
 */
import { HELP, readCommand } from './cli.ts';
import { startSimulator, type SimulatorOptions } from './index.ts';
import { DEMO_PASSWORD, DEMO_USER_NAME } from './oauth/registration.ts';

function fail(message: string, code: number): never {
  process.stderr.write(`exact-simulator: ${message}\n`);
  process.exit(code);
}

function reasonOf(error: unknown, options: SimulatorOptions): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return `port ${options.port} is taken; choose another with --port`;
  if (code === 'EACCES') return `port ${options.port} may not be used; choose another with --port`;
  if (code.startsWith('SQLITE')) return `the file given with --db cannot be used (${code})`;
  const files = code === 'ENOENT' || code.startsWith('ERR_OSSL') || code.startsWith('ERR_SSL');
  if (options.tls && files) return `the files of --tls-cert and --tls-key cannot be used (${code})`;
  return error instanceof Error ? error.message : String(error);
}

async function run(options: SimulatorOptions, jsonReady: boolean): Promise<void> {
  const simulator = await startSimulator(options).catch((error: unknown) =>
    fail(reasonOf(error, options), 1),
  );
  const stop = () => {
    simulator.close().then(
      () => process.exit(0),
      (error: unknown) => fail(String(error), 1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const line = jsonReady
    ? JSON.stringify({ ready: true, url: simulator.url })
    : `Exact Online simulator at ${simulator.url} ` +
      `(sign in as ${DEMO_USER_NAME} / ${DEMO_PASSWORD}). Stop with Ctrl+C.`;
  process.stdout.write(`${line}\n`);
}

const command = readCommand(process.argv.slice(2));
if (command.kind === 'help') process.stdout.write(HELP);
else if (command.kind === 'mistake') fail(command.message, 2);
else await run(command.options, command.jsonReady);
