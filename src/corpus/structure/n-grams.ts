/**
 * @file `eld` (n-grams, Apache-2.0) with its table as data. As the code that it is published as, the table takes a process 150 MB and a
 * third of a second, and each of its threads again; as a list of bytes beside the n-grams, a tenth of both.
 */
import { readFileSync } from 'node:fs';

/** What is used of the detector. */
interface Detector {
  readonly detect: (text: string) => { readonly language: string; readonly isReliable: () => boolean };
}

/** The table as the detector takes it: of each n-gram, the scores by the places of the languages. */
interface Table {
  readonly type: string;
  readonly languages: Readonly<Record<string, string>>;
  readonly ngrams: object;
}

/** The parts of the package that its entry puts together with the table as code. The version is pinned. */
interface Parts {
  readonly createEld: () => { readonly instance: Detector; readonly loadData: (table: Table) => void };
}

const entry = import.meta.resolve('eld/small');

/** `0:'am'`, `' the':{11:60,28:5}` and `then:{11:60}`. */
const languagePattern = /(\d+):'(\w+)'/g;
const gramPattern = /(?:'((?:[^'\\]|\\.)+)'|([^'{},:]+)):\{([\d:,]+)\}/g;

/** Scores of an n-gram stand in `bytes`: how many, and of each the language's place and the score. */
function scoresAt(bytes: Uint8Array, at: number): Readonly<Record<number, number>> {
  const scores: Record<number, number> = {};
  for (let i = at + 1; i <= at + 2 * (bytes[at] ?? 0); i += 2) scores[bytes[i] ?? 0] = bytes[i + 1] ?? 0;
  return scores;
}

function readTable(): Table {
  const code = readFileSync(new URL('../ngrams/small.js', entry), 'utf8');
  const start = code.indexOf('ngrams:{');
  const places = new Map<string, number>();
  const bytes = new Uint8Array(code.length / 2);
  let end = 0;
  for (const [, quoted, bare = '', scores = ''] of code.slice(start + 'ngrams:{'.length).matchAll(gramPattern)) {
    places.set(quoted?.replace(/\\(.)/g, '$1') ?? bare, end);
    const numbers = scores.split(/[:,]/);
    bytes[end++] = numbers.length / 2;
    for (const number of numbers) bytes[end++] = Number(number);
  }
  const used = bytes.slice(0, end);
  const ngrams = new Proxy(
    {},
    {
      get: (_, gram) => {
        const at = typeof gram === 'string' ? places.get(gram) : undefined;
        return at === undefined ? undefined : scoresAt(used, at);
      },
    },
  );
  const named = code.slice(0, start).matchAll(languagePattern);
  return { type: 'S60', languages: Object.fromEntries(Array.from(named, ([, at, name]) => [at, name ?? ''])), ngrams };
}

const { createEld } = (await import(new URL('../languageDetector.js', entry).href)) as Parts;
let detector: Detector | undefined;

/** The language of a text as ISO 639-1, as `eld/small` tells it; undefined where it is not sure. The table is read at the first call. */
export function languageByGrams(text: string): string | undefined {
  if (detector === undefined) {
    const { instance, loadData } = createEld();
    loadData(readTable());
    detector = instance;
  }
  const found = detector.detect(text);
  return found.isReliable() && found.language !== '' ? found.language : undefined;
}
