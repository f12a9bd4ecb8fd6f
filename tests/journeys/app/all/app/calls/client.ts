import { countItems } from './actions';

// called by components: not one itself
export async function count() {
  return `${await countItems()} in all`;
}
