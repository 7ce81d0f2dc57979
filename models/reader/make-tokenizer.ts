/**
 * @file Trains the tokenizer: byte-level BPE on generated examples and on the packaged documents, whose words it has to spell well. Nothing
 * but the vocabulary comes from real documents. `npx tsx models/reader/make-tokenizer.ts --out FOLDER`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { selectPackagedDocuments } from '../../src/corpus/load-corpus.ts';
import { random } from '../../src/random.ts';
import { tokenizerConfigJson, tokenizerJson, trainBpe } from '../micro/bpe.ts';
import { example } from './examples.ts';

const options = new Command()
  .option('--out <dir>', 'folder to write', 'runs/reader')
  .option('--vocab <n>', 'entries', Number, 1536)
  .parse(process.argv)
  .opts<{ out: string; vocab: number }>();

const texts: string[] = [];
for (let i = 0; i < 1200; i++) {
  const { context, branches } = example({ tokens: [200, 1200], branches: 4, kinds: {} }, 7_000_000, i);
  texts.push(context, ...branches.map(({ ask, response }) => ask + response));
}
const generated = texts.reduce((sum, text) => sum + text.length, 0);
const { kept } = await selectPackagedDocuments();
let real = 0;
for (const { text } of random('tokenizer').shuffle([...kept])) {
  if (real > generated) break;
  texts.push(text.slice(0, 20_000));
  real += Math.min(text.length, 20_000);
}
const { vocab, merges } = trainBpe(texts, options.vocab);
mkdirSync(options.out, { recursive: true });
writeFileSync(join(options.out, 'tokenizer.json'), tokenizerJson(vocab, merges));
writeFileSync(join(options.out, 'tokenizer_config.json'), tokenizerConfigJson(16384));
