export { ServerComponentsOne } from './server-components-one';
export * from './server-components-two';
