import type { NextApiRequest, NextApiResponse } from 'next';
import { pagesApi } from '@/actions/pages-api';

export default async function handler(_request: NextApiRequest, response: NextApiResponse) {
  response.json(await pagesApi('x'));
}
