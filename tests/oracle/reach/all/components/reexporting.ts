'use client';

export { reexportedByClient } from '@/actions/reexported-by-client';
