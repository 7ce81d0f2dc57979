/**
 * @file PDFs of your own beside `pdftotext` (poppler): words that both have, words in the same order, milliseconds a page. Real ones, for
 * instance of Debian's debian-policy, gnuplot-doc, debian-handbook, r-cran-survival, r-cran-xtable, maint-guide-zh-cn. `npm run bench:pdf -- a.pdf b.pdf`
 */
import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { readPdf } from '../src/corpus/readers/pdf.ts';

const run = promisify(execFile);

/** Words in lower case; each Chinese or Japanese letter is one. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/-\n\s*/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu) ?? [];

const countsOf = (words: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

/** Words that both have, each as often as in both. */
function common(a: Map<string, number>, b: Map<string, number>): number {
  let sum = 0;
  for (const [word, count] of a) sum += Math.min(count, b.get(word) ?? 0);
  return sum;
}

/** Length of the longest rising part of a sequence. */
function longestRise(values: readonly number[]): number {
  const ends: number[] = [];
  for (const value of values) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    ends[low] = value;
  }
  return ends.length;
}

/** Share of the words that stand once in both texts which stand in the same order. */
function order(a: readonly string[], b: readonly string[]): number {
  const [inA, inB] = [countsOf(a), countsOf(b)];
  const places = new Map(b.map((word, i) => [word, i]));
  const once = a.filter((word) => inA.get(word) === 1 && inB.get(word) === 1).map((word) => places.get(word) ?? 0);
  return longestRise(once) / Math.max(1, once.length);
}

const limits = { maxDocumentBytes: 1e9, maxExpansion: 1000 };
for (const file of process.argv.slice(2)) {
  const { stdout } = await run('pdftotext', [file, '-'], { maxBuffer: 1e9 });
  const theirs = wordsOf(stdout);
  const start = performance.now();
  const bytes = createReadStream(file);
  for await (const item of readPdf({ id: file, bytes, limits, textField: undefined, file })) {
    if (item.type !== 'document') continue;
    const [ms, ours] = [performance.now() - start, wordsOf(item.text)];
    const both = common(countsOf(theirs), countsOf(ours));
    const share = (of: number): string => (both / Math.max(1, of)).toFixed(3);
    const pages = Number(item.metadata.pages);
    console.log(
      `${path.basename(file)}: ${pages} pages, ${(ms / pages).toFixed(1)} ms a page; of its words ${share(theirs.length)}, of ours ${share(ours.length)}; in order ${order(theirs, ours).toFixed(3)}; ${JSON.stringify(item.metadata)}`,
    );
  }
}
