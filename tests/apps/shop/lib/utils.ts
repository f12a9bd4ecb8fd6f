export const RATES = { EUR: 1, GBP: 0.86, USD: 1.08 };

export type Currency = keyof typeof RATES;

export function isCurrency(value: unknown): value is Currency {
  return typeof value === 'string' && value in RATES;
}

export function formatPrice(cents: number, currency: Currency = 'EUR'): string {
  const amount = (cents * RATES[currency]) / 100;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount);
}

export async function fetcher<Data>(url: string): Promise<Data> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
