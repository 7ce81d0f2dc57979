/** @file The worker of P1: finds what is in texts. */
import { serveThread } from '../../threads/serve-thread.ts';
import { signatureOf } from '../duplicates/signature-index.ts';
import { find } from './finding.ts';
import { decodeText, type FindHead, type SentFound } from './sent-text.ts';

function answer(bytes: Uint8Array, head: string): SentFound {
  const { encoding, signature } = JSON.parse(head) as FindHead;
  try {
    const raw = decodeText(bytes, encoding);
    const found = find(raw);
    if (found.type !== 'found') return found;
    const { text, ...finding } = found.finding;
    return {
      type: 'found',
      finding,
      // Most texts are clean, and need no way back.
      ...(text === raw ? {} : { text }),
      ...(signature ? { signature: signatureOf(text) } : {}),
    };
  } catch (error) {
    return { type: 'failed', error };
  }
}

serveThread<SentFound>(answer);
