export { clientBarrelA } from './client-barrel-a';
export { clientBarrelB as renamedB } from './client-barrel-b';
export * from './client-barrel-c';
