export { SaveButton } from './save-button';
export { Panel } from './panel';
