export { coreByBarrel } from './barrelled';
export * from './barrelled-star';
export const version = '1.0.0';
