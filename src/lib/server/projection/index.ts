// The door of the projection room: what stations keep of the hub's world.

export { Projection } from './projection.ts';
export type { ProjectionParts } from './projection.ts';
export type * from './sources.ts';
