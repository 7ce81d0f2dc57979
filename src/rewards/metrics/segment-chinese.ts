/**
 * @file Chinese words for ROUGE-L. The reference cuts with jieba; the optional package `@node-rs/jieba` carries the same
 * dictionary. Without it `Intl.Segmenter` cuts, line by line (one call over a megabyte runs out of memory): scores then differ
 * a little from the reference, and `segmenterName` says so.
 */
import { createRequire } from 'node:module';

interface Jieba {
  cut(text: string, hmm?: boolean): string[];
}

interface JiebaModule {
  readonly Jieba: { withDict(dictionary: Uint8Array): Jieba };
}

let loaded: Jieba | null | undefined;

/** The jieba cutter, or null where the package is not installed. Loaded once, on first use. */
function jieba(): Jieba | null {
  if (loaded !== undefined) return loaded;
  const require = createRequire(import.meta.url);
  try {
    const { Jieba } = require('@node-rs/jieba') as JiebaModule;
    const { dict } = require('@node-rs/jieba/dict.js') as { dict: Uint8Array };
    loaded = Jieba.withDict(dict);
  } catch {
    // An optional package: its absence is an answer, told by `segmenterName`.
    loaded = null;
  }
  return loaded;
}

/** Which segmenter this process uses; only with `jieba` are scores of Chinese summaries the reference's. */
export function segmenterName(): 'jieba' | 'Intl.Segmenter' {
  return jieba() === null ? 'Intl.Segmenter' : 'jieba';
}

/** The words of a text, spaces and punctuation included, in order. */
export function chineseWords(text: string): string[] {
  const cutter = jieba();
  if (cutter !== null) return cutter.cut(text, true);
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  return text.split('\n').flatMap((line) => Array.from(segmenter.segment(line), ({ segment }) => segment));
}
