/** @file Blocks of `> ` lines, with the name behind a dash in the last one. */
import { lineStart, type Prose, spanAt } from '../../structure/prose.ts';
import type { Quotation } from './quotation.ts';

/** Unsigned, a block is a quotation only where the words above say that something follows. */
export function blockQuotes({ text, paragraphs, skipped }: Prose): Quotation[] {
  return paragraphs.flatMap(({ start, end }): Quotation[] => {
    if (text.charCodeAt(start) !== 0x3e || spanAt(skipped, start) !== undefined) return [];
    const lines = text.slice(start, end).split('\n');
    if (
      !lines.every((line) => line.startsWith('>')) ||
      /^> ?(?:\[!|\*\*\w+:?\*\*|Note:|Warning:|[-*#|>])/.test(lines[0] ?? '')
    )
      return [];
    const signed = /^> ?(?:[—–]|--) ?(\p{Lu}[^,\n]{2,60})/u.exec(lines.length > 1 ? (lines.at(-1) ?? '') : '');
    const from = start + (/^> ?/.exec(lines[0] ?? '')?.[0].length ?? 1);
    // Unsigned, it is a note as often; words that say what follows make it a quotation.
    if (signed?.[1] === undefined)
      return /[:：]\s*$/.test(text.slice(Math.max(0, start - 20), start)) ? [{ span: { start: from, end } }] : [];
    const stop = lineStart(text, end - 1) - 1;
    const at = lineStart(text, end - 1) + signed[0].indexOf(signed[1]);
    return [
      {
        span: { start: from, end: stop },
        speaker: signed[1].trim(),
        speakerSpan: { start: at, end: at + signed[1].trim().length },
      },
    ];
  });
}
