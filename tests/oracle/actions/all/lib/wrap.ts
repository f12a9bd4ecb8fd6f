type Action<A extends unknown[], R> = (...values: A) => Promise<R>;

/** What a `withSession(…)` of an application looks like. */
export function wrap<A extends unknown[], R>(action: Action<A, R>): Action<A, R> {
  return async (...values) => action(...values);
}

/** What an action library's client looks like. */
export const client = {
  input<T>(_schema: T) {
    return {
      action<A extends unknown[], R>(action: Action<A, R>): Action<A, R> {
        return async (...values) => action(...values);
      },
    };
  },
};
