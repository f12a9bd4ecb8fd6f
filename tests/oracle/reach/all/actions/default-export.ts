'use server';

export default async function defaultExport(text: string) {
  return text;
}
