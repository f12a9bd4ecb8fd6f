import { behindLib } from '@/actions/behind-lib';

export const behind = (text: string) => behindLib(text);
