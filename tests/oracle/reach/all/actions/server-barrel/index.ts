export { serverBarrelA } from './server-barrel-a';
export { serverBarrelB as renamedB } from './server-barrel-b';
export * from './server-barrel-c';
