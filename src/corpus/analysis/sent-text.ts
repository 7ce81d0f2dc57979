/** @file A text and what was found in it, on their way between threads. */
import type { Finding, Found } from './finding.ts';

/** UTF-8, or UTF-16 for a text with half a surrogate pair, which UTF-8 cannot hold. */
type Encoding = 'utf8' | 'utf16le';

/** What the worker is told of a text. */
export interface FindHead {
  readonly encoding: Encoding;
  /** Whether its MinHash signature is wanted. */
  readonly signature: boolean;
}

/** What the worker answers. */
export type SentFound =
  | {
      readonly type: 'found';
      readonly finding: Omit<Finding, 'text'>;
      /** Where it differs from the one that was sent. */
      readonly text?: string;
      readonly signature?: Uint16Array;
    }
  | Exclude<Found, { type: 'found' }>
  /** A mistake of this program. */
  | { readonly type: 'failed'; readonly error: unknown }
  /** No answer: the thread ended, each time it was tried. */
  | { readonly type: 'lost'; readonly reason: string };

const halfPair = /[\ud800-\udfff]/u;

/** The bytes of a text, and how they are read. */
export function encodeText(text: string): { readonly bytes: Uint8Array; readonly encoding: Encoding } {
  const encoding = halfPair.test(text) ? 'utf16le' : 'utf8';
  return { bytes: Buffer.from(text, encoding), encoding };
}

/** The text again. */
export const decodeText = (bytes: Uint8Array, encoding: Encoding): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding);
