import { loadCorpus } from '../src/corpus/load-corpus.ts';
import { parseStructure } from '../src/corpus/structure/structure.ts';
const texts = loadCorpus().filter((_, i) => i % 6 === 0);
const start = performance.now();
for (const one of texts) parseStructure(one.text);
console.log(texts.length, texts.reduce((s, t) => s + t.text.length, 0), (performance.now() - start) / 1000);
