/** @file Which answer an address needs first. */

declare global {
  /** Asked by early.ts, taken by api.ts. */
  var golongrlEarly: { readonly path: string; readonly response: Promise<Response> } | undefined;
}

/** The list of runs, or one run; undefined for screens that wait for nothing so long. */
export function earlyPath(hash: string): string | undefined {
  const [, place = '', id, view] = hash.split('?')[0]?.split('/') ?? [];
  if (place === '' || hash.startsWith('#token=')) return 'runs';
  return place === 'run' && id !== undefined && view === undefined ? `runs/${id}` : undefined;
}
