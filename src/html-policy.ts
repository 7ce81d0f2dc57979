/** @file What a page that is written here may do: show itself. Nothing is fetched or sent, and no script runs but the one that is named. */
import { createHash } from 'node:crypto';

/** The `meta` element of a page's head. @param script Source of the page's own script, where it has one. */
export function contentSecurityPolicy(script?: string): string {
  const allowed =
    script === undefined ? '' : ` script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`;
  const rules = `default-src 'none'; style-src 'unsafe-inline';${allowed} base-uri 'none'; form-action 'none'`;
  return `<meta http-equiv="Content-Security-Policy" content="${rules}">`;
}
