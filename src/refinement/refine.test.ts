import { expect, test } from 'vitest';
import { packagedDocuments } from '../../test/packaged-documents.ts';
import { buildDataset } from '../construction/build.ts';
import { makeDocument } from '../corpus/make-document.ts';
import type { Sample } from '../samples/sample.ts';
import { decontaminate } from './decontamination/heldout.ts';
import { comparedWords, GramHasher } from './decontamination/words.ts';
import { deduplicate } from './deduplicate.ts';
import { refineDataset, refinementLines } from './refine.ts';

const documents = packagedDocuments();
const { samples } = buildDataset({
  documents,
  seed: 3,
  short: { train: 360, heldout: 90 },
  long: { samples: 45, bins: [8] },
});
const pick = (split: Sample['split'], rendering: Sample['rendering'] = 'short'): Sample => {
  const found = samples.find((sample) => sample.split === split && sample.rendering === rendering);
  if (found === undefined) throw new Error(`no ${split} ${rendering}`);
  return found;
};

test('a build by documents is clean: nothing is removed', () => {
  const { samples: kept, report } = refineDataset(samples, documents);
  expect(kept).toEqual(samples);
  expect(report.decontamination.hits).toEqual({ question: 0, answer: 0, context: 0 });
  expect(refinementLines(report)[0]).toBe(`exact duplicates: 0 of ${samples.length} samples removed`);
});

test('equal samples are removed, and the held-out one stays', () => {
  const heldout = pick('heldout');
  const copy: Sample = { ...heldout, id: 'copy', split: 'train', prompt: heldout.prompt.toUpperCase() };
  expect(deduplicate([copy, heldout])).toMatchObject({ samples: [heldout], removed: ['copy'] });
  expect(deduplicate([heldout, copy]).removed).toEqual(['copy']);
});

test.each(['question', 'answer', 'context'] as const)(
  'thirteen shared words in the %s remove the training sample',
  (field) => {
    const passage = 'Never did any whaling voyage of that season bring home so much amber and sorrow together';
    const plant = (sample: Sample): Sample => {
      if (field === 'question')
        return { ...sample, question: `${sample.question} ${passage}`, prompt: `${sample.prompt} ${passage}` };
      if (field === 'answer') return { ...sample, reward: { ...sample.reward, gold: [passage] } };
      return { ...sample, prompt: `${passage}\n${sample.prompt}` };
    };
    const [train, heldout] = [plant(pick('train')), plant(pick('heldout'))];
    const report = decontaminate([...samples, { ...train, id: 'planted' }, heldout], documents);
    expect(report.removed).toEqual(['planted']);
    expect(report.hits[field]).toBe(1);
    expect(report.examples[0]?.evidence).toBe(comparedWords(passage).slice(0, 13).join(' '));
  },
);

test('twelve shared words are not a hit at n = 13 and are one at n = 12', () => {
  const passage = 'never did any whaling voyage of that season bring home so much';
  const plant = (sample: Sample): Sample => ({
    ...sample,
    prompt: `x${sample.id} ${passage} y${sample.id}\n${sample.prompt}`,
  });
  const planted = [...samples.slice(0, 50), plant({ ...pick('train'), id: 'planted' }), plant(pick('heldout'))];
  expect(decontaminate(planted, documents).removed).toEqual([]);
  expect(decontaminate(planted, documents, { n: 12 }).removed).toEqual(['planted']);
});

test('a training document that repeats a held-out one is found by its text, under another id', () => {
  const heldout = pick('heldout', 'long');
  const original = documents.find((document) => document.id === heldout.provenance.documents[0]?.id);
  if (original === undefined) throw new Error('no document');
  const { id: _id, sha256: _sha256, record: _record, text, ...rest } = original;
  const copy = makeDocument({ ...rest, id: 'copy', text: `A new preface.\n\n${text}` });
  const entry = { id: copy.id, sha256: copy.sha256, source: copy.source, licence: copy.licence };
  const train = pick('train', 'long');
  const planted: Sample = { ...train, id: 'planted', provenance: { ...train.provenance, documents: [entry] } };
  const report = decontaminate([...samples, planted], [...documents, copy]);
  expect(report.overlappingDocuments.map((overlap) => overlap.document)).toEqual(['copy']);
  expect(report.removed).toEqual(['planted']);
});

test('a document in both splits is reported by id', () => {
  const heldout = pick('heldout', 'long');
  const leak: Sample = { ...pick('train', 'long'), id: 'leak', provenance: heldout.provenance };
  const report = decontaminate([...samples, leak], documents);
  expect(report.sharedDocuments.length).toBe(new Set(heldout.provenance.documents.map((document) => document.id)).size);
  expect(report.removed).toContain('leak');
});

test('grams compare words, not punctuation, case or width; Han characters are words', () => {
  const hasher = new GramHasher(3);
  const grams = (text: string): number[] => [...hasher.hashes(comparedWords(text))];
  expect(grams('Call me, Ishmael. Call me')).toEqual(grams('CALL ME ISHMAEL -- ｃａｌｌ me'));
  expect(grams('call me Ishmael')[0]).toBe(grams('they call me Ishmael')[1]);
  expect(new Set(grams('one two three two one three one')).size).toBe(5);
  expect(comparedWords('长文本 RL 12')).toEqual(['长', '文', '本', 'rl', '12']);
  expect(grams('too short')).toEqual([]);
});
