import { version } from '@oracle/core';

export async function GET() {
  return Response.json(version);
}
