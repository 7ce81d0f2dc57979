/** @file The text of a table's cells. */
import { joinText, type Vocabulary } from './join-text.ts';
import type { Chunk } from './shapes.ts';

/** Chunks of one cell, line by line. Chunks of a row stand in order. */
export function joinCell(chunks: readonly Chunk[], known: Vocabulary): string {
  const ordered = [...chunks].sort((a, b) => (Math.abs(a.y - b.y) < 0.3 * a.size ? a.x0 - b.x0 : a.y - b.y));
  let text = '';
  for (const [i, chunk] of ordered.entries()) {
    const above = ordered[i - 1];
    const sameLine = above !== undefined && Math.abs(above.y - chunk.y) < 0.3 * chunk.size;
    text = sameLine ? `${text} ${chunk.text}` : joinText(text, chunk.text, known);
  }
  return text;
}

/** `1,204.5`, `(3.1)`, `–`, `12 %`, `$ 4.0`, `<0.001***`, `n/a`, `1.2e-5`. */
export const isNumeric = (text: string): boolean =>
  /^(?:[-–—+−±<>≤≥~≈([]?\s*[$€£¥]?\s*[-–−+]?\d[\d.,'\s/:]*(?:[eE][-+−]?\d+)?\s*[%)\]‰]*[*†‡§]*[a-z]?|[-–—−.…*]|n\/?a|NA|NaN|\(X\)|Inf)$/.test(
    text,
  ) && text.length < 30;
