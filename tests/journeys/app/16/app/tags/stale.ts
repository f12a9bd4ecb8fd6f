import { updateTag } from 'next/cache';

export const expire = (tag: string) => updateTag(tag);
