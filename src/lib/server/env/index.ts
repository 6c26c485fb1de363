// The door of the environment room: every value that the machine gives Scandock from outside.

export { readEnvironment } from './environment.ts';
export type { Environment, ExactCredentials } from './environment.ts';
