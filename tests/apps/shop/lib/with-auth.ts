import type { NextRequest } from 'next/server';
import type { Customer } from './db';
import { currentCustomer } from './session';

/** Lets only staff through to a route handler. */
export function withAuth<Context>(
  handler: (request: NextRequest, context: Context, customer: Customer) => Promise<Response>,
) {
  return async (request: NextRequest, context: Context): Promise<Response> => {
    const customer = await currentCustomer();
    if (!customer) return Response.json({ error: 'Sign in first' }, { status: 401 });
    if (!customer.staff) return Response.json({ error: 'Staff only' }, { status: 403 });
    return handler(request, context, customer);
  };
}
