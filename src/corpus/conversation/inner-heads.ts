/**
 * @file Names of speakers within a line: where the lines of a page have been joined, `... in 2022. MR. BELL. And who told you?` is two
 * speeches. Only who speaks elsewhere too is looked for, behind the end of a sentence.
 */
import type { Form, Head, Mark } from './marks.ts';
import { honorific } from './speakers.ts';

/** Layouts in which the words stand beside the name, with the sign between them. */
const signs: Partial<Record<Form, string>> = { label: ':：', hearing: '.', lead: '.' };

/** A name in capitals or in Chinese before a sign; the look behind is of three characters, the name of forty at most. */
const capitals =
  /(?<=[.!?…—)\]"”’] )([\p{Lu}][\p{Lu}.'’-]{1,20}(?: [\p{Lu}][\p{Lu}.'’-]{0,20}){0,3}?)([.:])[ \t]+(?=\S)/gu;
const labels =
  /(?<=[.!?…"”’)\]] |[。！？”」）])(\p{Lu}[\p{L}.'’-]{1,20}(?: \p{Lu}[\p{L}.'’-]{0,20}){0,2}|\p{Script=Han}{2,6})([:：])[ \t]*(?=\S)/gu;

/** Somebody who speaks nowhere else. */
const titled = new RegExp(`^(?:${honorific}\\.? |THE )\\p{Lu}`, 'u');
const isCaps = (name: string): boolean => /\p{Lu}{2}/u.test(name) && !/\p{Ll}/u.test(name);

/**
 * Adds the heads within lines. In capitals one is sure; with a colon alone it may be told of as well (`I asked. Tom: no.`), so nobody
 * speaks behind it until the next head.
 */
export function withInnerHeads(text: string, marks: readonly Mark[]): readonly Mark[] {
  const heads = marks.filter((mark): mark is Head => mark.kind === 'head' && signs[mark.form] !== undefined);
  const [first] = heads;
  if (first === undefined) return marks;
  const inCapitals = heads.filter(({ speaker = '' }) => isCaps(speaker)).length > 0.9 * heads.length;
  const starts = new Set(heads.map(({ start }) => start));
  const form = new Map(heads.map((head) => [head.speaker ?? '', head]));
  const inner = [capitals, labels].flatMap((pattern, i) =>
    Array.from(text.slice(first.start).matchAll(pattern)).flatMap((match): Mark[] => {
      const [whole, name = '', sign = ''] = match;
      const start = first.start + match.index;
      const known = form.get(name);
      const caps = isCaps(name);
      if (caps !== (i === 0) || starts.has(start)) return [];
      const bodyStart = start + whole.length;
      if (known === undefined ? inCapitals && titled.test(name) : !caps && (signs[known.form] ?? '').includes(sign))
        return [{ kind: 'rule', start, end: bodyStart }];
      if (known === undefined || !caps) return [];
      return [{ ...known, time: undefined, start, bodyStart, edge: start, afterBlank: false, alone: false }];
    }),
  );
  return inner.length === 0 ? marks : [...marks, ...inner].sort((a, b) => startOf(a) - startOf(b));
}

const startOf = ({ start }: Mark): number => start;
