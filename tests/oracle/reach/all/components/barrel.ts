export { ComponentBarrelOne } from './component-barrel-one';
export { ComponentBarrelTwo } from './component-barrel-two';
