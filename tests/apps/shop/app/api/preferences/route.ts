import { cookies } from 'next/headers';
import { NextResponse } from 'next/server';
import { isCurrency } from '@/lib/utils';

/** A plain form posts here, so the currency can be changed without JavaScript. */
export async function POST(request: Request) {
  const currency = (await request.formData()).get('currency');
  if (!isCurrency(currency)) return new NextResponse('Unknown currency', { status: 400 });

  (await cookies()).set('currency', currency, { path: '/' });
  return new NextResponse(null, { status: 303, headers: { location: '/cart' } });
}
