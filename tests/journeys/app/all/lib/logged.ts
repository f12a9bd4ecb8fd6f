import { write } from './store';

/** An action that leaves a line in the log each time. */
export function logged<A extends unknown[], R>(name: string, action: (...given: A) => Promise<R>) {
  return async (...given: A): Promise<R> => {
    write((store) => store.log.push(name));
    return action(...given);
  };
}
