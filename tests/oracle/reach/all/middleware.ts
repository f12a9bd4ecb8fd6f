import { inMiddleware } from './actions/in-middleware';

export async function middleware() {
  await inMiddleware('x');
}

export const config = { matcher: '/nothing' };
