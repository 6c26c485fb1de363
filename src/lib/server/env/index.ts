// The door of the environment room: every value that the machine gives Scandock from outside.

export { EXACT_CALLBACK_PATH, readEnvironment } from './environment.ts';
export type { Environment, ExactCredentials } from './environment.ts';
