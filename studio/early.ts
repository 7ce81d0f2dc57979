/**
 * @file A few lines that run while the large script is still on its way: what the first screen will ask for is asked at once.
 */
import { earlyPath } from './lib/early-path.ts';
import { takeToken, tokenHeaders } from './lib/token.ts';

const headers = tokenHeaders(takeToken());
const path = earlyPath(location.hash);
if (path !== undefined) {
  const response = fetch(`api/${path}`, { headers });
  // Whoever takes it hears of it.
  response.catch(() => undefined);
  globalThis.golongrlEarly = { path, response };
}
