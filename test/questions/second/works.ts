/** @file Second implementations for works in parts, and for statements over several documents. */
import { clauses, asked as together } from '../../../src/construction/questions/generators/chapters-with/wordings.ts';
import { asked as passages } from '../../../src/construction/questions/generators/passages-to-chapters/wordings.ts';
import { asked as procedure } from '../../../src/construction/questions/generators/steps-order/wordings.ts';
import { type Asked, documentsOf, itemsOf, only, optionsOf, type Second, said } from './prompt.ts';
import { speaksOf, speechesOf } from './turns.ts';

interface Part {
  readonly heading: string;
  readonly text: string;
}

const numbering = /^(?:\d+(?:\.\d+)*\.? +|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)/;

/** A document by the headings in it, underlined or marked; what stands before the first has none. */
function partsOf(asked: Asked, title = ''): Part[] {
  const lines = documentsOf(asked).find((document) => document.title === title)?.lines ?? [];
  const parts: { heading: string; text: string }[] = [];
  for (const [i, line] of lines.entries()) {
    const marked = /^#+ +(.*)$/.exec(line)?.[1];
    const underlined = /^[-=]{3,}$/.test(lines[i + 1] ?? '') ? line : undefined;
    const isAlone = (lines[i - 1] ?? '').trim() === '' && (lines[i + 1] ?? '').trim() === '';
    const counted =
      isAlone &&
      /^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十百]+[章回节] *)[^。]{1,40}$/.test(
        line,
      )
        ? line
        : undefined;
    const heading = marked ?? underlined ?? counted;
    const part = parts.at(-1);
    if (heading !== undefined)
      parts.push({
        heading: heading
          .replace(/\*\*|¶/g, '')
          .trim()
          .replace(numbering, ''),
        text: '',
      });
    else if (part !== undefined) part.text += `${line}\n`;
  }
  return parts;
}

const squeezed = (text: string): string => text.replace(/[\s`*_“”"]+/g, '');

const passagesToChapters: Second = (asked) => {
  const parts = partsOf(asked, passages.read(asked.question)?.work);
  const lines = itemsOf(asked.question).map(({ label, text }) => {
    const part = only(parts.filter((one) => squeezed(one.text).includes(squeezed(text))));
    return part === undefined ? '' : `${label}: ${part.heading}`;
  });
  return lines.includes('') ? undefined : lines;
};

const chaptersWith: Second = (asked) => {
  const { work, clause } = together.read(asked.question) ?? {};
  const { kind, slots: { one = '', other = '' } = {} } = said(clauses, clause) ?? {};
  const mentions = ({ text }: Part, name: string): boolean =>
    speaksOf({ words: text, speaker: '', stretch: '' }, name.replace(/[“”]/g, ''), true);
  const speaks = ({ text }: Part, name: string): boolean =>
    speechesOf({ title: '', lines: text.split('\n') }).some(
      ({ speaker }) =>
        speaker
          .replace(/[（(].*$/, '')
          .trim()
          .toUpperCase() === name.toUpperCase(),
    );
  const has = kind === 'speak' ? speaks : mentions;
  return partsOf(asked, work).flatMap((part) => (has(part, one) && has(part, other) ? [part.heading] : []));
};

const claimsToSources: Second = (asked) => {
  const documents = documentsOf(asked);
  const lines = itemsOf(asked.question).map(({ label, text }) => {
    const words = squeezed(text);
    const source = only(documents.filter((one) => squeezed(one.lines.join('')).includes(words)));
    return source === undefined ? '' : `${label}: ${source.title}`;
  });
  return lines.includes('') ? undefined : lines;
};

/** Places, in squeezed text, at which a line ends that is a heading of the name. */
function headingsOf(lines: readonly string[], name: string): number[] {
  let at = 0;
  return lines.flatMap((line) => {
    at += squeezed(line).length;
    const bare = squeezed(line.replace(/^#+|\[[^\]]*\]|[#:：]+$/g, ''));
    const before = bare.slice(0, -squeezed(name).length);
    return bare.endsWith(squeezed(name)) && /^(?:[\d.（()）、一二三四五六七八九十]|第.{1,3}[章节])*$/.test(before)
      ? [at]
      : [];
  });
}

/** Steps stand in the order of their places in the text, under the nearest heading before them. */
const stepsOrder: Second = (asked) => {
  const { work, part = '', next } = procedure.read(asked.question) ?? {};
  const lines = documentsOf(asked).find(({ title }) => title === work)?.lines ?? [];
  const text = squeezed(lines.join('\n'));
  const later = next === undefined ? [] : headingsOf(lines, next);
  const earlier = next === undefined ? [] : headingsOf(lines, part);
  const nearest = (places: readonly number[], at: number): number => Math.max(-1, ...places.filter((one) => one <= at));
  const placed = optionsOf(asked.question).map(({ letter, text: words }) => {
    const at = text.indexOf(squeezed(words));
    return { letter, at: at === text.lastIndexOf(squeezed(words)) ? at : -1 };
  });
  if (placed.some(({ at }) => at < 0)) return undefined;
  const isLater = (at: number): number => Number(nearest(later, at) > nearest(earlier, at));
  return placed.sort((a, b) => isLater(a.at) - isLater(b.at) || a.at - b.at).map(({ letter }) => letter);
};

/** By the id of the generator. */
export const works: Readonly<Record<string, Second>> = {
  'passages-to-chapters': passagesToChapters,
  'chapters-with': chaptersWith,
  'claims-to-sources': claimsToSources,
  'steps-order': stepsOrder,
};
