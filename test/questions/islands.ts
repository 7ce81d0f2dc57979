/** @file Entries of five islands with a peak and three lengths each, as a prompt shows them whole. */
import { factsOf } from '../../src/construction/questions/facts-within.ts';
import type { Context } from '../../src/construction/questions/question.ts';
import { makeDocument } from '../../src/corpus/make-document.ts';

const fields = ['Coastline', 'Land area', 'Territorial sea'];
const titles = ['Harrow Island and Dunmore Islands', 'Pellan', 'Tormay', 'Quillay', 'Vestra'];

/** @param times factor of every length. */
export function islands(peaks: readonly string[], times = 1): Context {
  const documents = titles.map((title, i) => {
    const lines = fields.map((field, j) => `${field}: ${(100 * (i + 2) ** 2 + 13 * j) * times} km`);
    const text = `${title}\n\n${[`Highest point: ${peaks[i]}`, ...lines].join('\n')}\n`;
    const made = {
      id: `i-${i}`,
      title,
      source: 'test',
      licence: 'CC0-1.0',
      language: 'en',
      kind: 'reference',
    } as const;
    const document = makeDocument({ ...made, text });
    return { document, title, span: { start: 0, end: text.length }, facts: factsOf(document) };
  });
  return { language: 'en', documents, chosen: [0] };
}
