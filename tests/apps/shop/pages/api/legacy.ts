import type { NextApiRequest, NextApiResponse } from 'next';
import { RATES } from '@/lib/utils';

/** Exchange rates, at the address the tills in the stores still ask. */
export default function handler(_req: NextApiRequest, res: NextApiResponse<typeof RATES>) {
  res.setHeader('cache-control', 'public, max-age=3600').status(200).json(RATES);
}
