/** @file What this browser keeps between two visits. One without storage keeps it as long as the page. */

/** Undefined where nothing is kept. */
export function stored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it. @returns false where the browser cannot: it lasts as long as the page */
export function store(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
