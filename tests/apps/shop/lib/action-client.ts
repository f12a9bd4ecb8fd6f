import { z } from 'zod';
import { requireCustomer } from './session';

export type ActionResult<Data> =
  { ok: true; data: Data } | { ok: false; fields: Record<string, string[] | undefined> };

/**
 * A small builder for actions that check their input. In a file that begins
 * with the directive:
 *
 *   'use server';
 *
 *   export const rate = actionClient
 *     .schema(z.object({ stars: z.coerce.number() }))
 *     .action(async ({ parsedInput }) => save(parsedInput.stars));
 */
function createClient<Context>(context: () => Promise<Context>) {
  return {
    schema: <Schema extends z.ZodObject>(schema: Schema) => ({
      action:
        <Data>(run: (args: { parsedInput: z.output<Schema>; ctx: Context }) => Promise<Data>) =>
        async (input: FormData | z.input<Schema>): Promise<ActionResult<Data>> => {
          const ctx = await context();
          const parsed = schema.safeParse(
            input instanceof FormData ? Object.fromEntries(input) : input,
          );
          if (!parsed.success) {
            const error: z.ZodError<Record<string, unknown>> = parsed.error;
            return { ok: false, fields: z.flattenError(error).fieldErrors };
          }
          return { ok: true, data: await run({ parsedInput: parsed.data, ctx }) };
        },
    }),
  };
}

export const actionClient = createClient(async () => ({}));

/** The same for signed-in customers; everyone else lands on the login page. */
export const customerClient = createClient(async () => ({ customer: await requireCustomer() }));
