/** @file Names of all countries, as the runtime knows them. */

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** In a language, as far as they look like names of it. */
export function countriesIn(locale: string, shape: RegExp): string[] {
  const regions = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
  return letters.flatMap((a) => letters.flatMap((b) => regions.of(a + b) ?? [])).filter((name) => shape.test(name));
}
