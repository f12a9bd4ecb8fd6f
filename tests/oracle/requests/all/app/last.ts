/** What the last form said, for the page that is rendered in answer to it. */
const kept = globalThis as { last?: string };

export const last = () => kept.last ?? 'nothing';

export function keep(text: string) {
  kept.last = text;
}
