/** @file Where the reader of these pages is: `#/run/ID/rollouts?q=...`. All of it stands in the address, so that any view can be sent. */
import { computed, signal } from '@preact/signals';

/** Of one address. */
export interface Route {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(query) };
}

/** The address without its `#`. */
export const address = signal(location.hash);
/** The address, taken apart. */
export const route = computed(() => parse(address.value));

addEventListener('hashchange', () => {
  address.value = location.hash;
});

/** An address of these pages; empty and undefined values are left out. */
export function to(
  path: readonly (string | number)[],
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') params.set(name, String(value));
  const text = params.toString();
  return `#/${path.map((each) => encodeURIComponent(each)).join('/')}${text === '' ? '' : `?${text}`}`;
}

/** Goes there. @param replace leaves no step behind for Back */
export function go(target: string, replace = false): void {
  if (replace) {
    history.replaceState(undefined, '', target);
    address.value = target;
  } else location.hash = target;
}

/** The same page with other settings. */
export function withQuery(change: Readonly<Record<string, string | number | undefined>>): string {
  const { path, query } = route.value;
  return to(path, { ...Object.fromEntries(query), ...change });
}
