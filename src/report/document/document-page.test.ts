import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookAt } from '../../corpus/inspect/document-look.ts';
import { type FactMark, factMarks, markKinds } from '../../corpus/inspect/fact-marks.ts';
import { analyse } from '../../corpus/stream-corpus.ts';
import { parseStructure } from '../../corpus/structure/structure.ts';
import { blocksOf, longestText } from './document-blocks.ts';
import { documentPage } from './document-page.ts';
import { MarkedText } from './marked-text.ts';

function pageOf(text: string, id = 'a.md'): string {
  const document = analyse({ type: 'document', id, text, metadata: {} });
  if (document === undefined) throw new Error('an empty text has no page');
  const structure = parseStructure(document.text);
  return documentPage(lookAt(document, structure, []), factMarks(structure));
}

/** What a browser shows of inline markup. @throws Error where an element ends that is not the innermost open one. */
function shownOf(markup: string): string {
  const open: string[] = [];
  let out = '';
  for (const [piece, end, tag] of markup.matchAll(/<(\/?)(mark|a|span)\b[^>]*>|[^<]+/g)) {
    if (tag === undefined) out += piece;
    else if (end === '') open.push(tag);
    else if (open.pop() !== tag) throw new Error(`${piece} ends no open element`);
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} never ends`);
  return out.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

const length = 60;
const marks = fc.array(
  fc.tuple(
    fc.nat(length),
    fc.nat(length),
    fc.constantFrom(...markKinds),
    fc.option(fc.nat(length), { nil: undefined }),
  ),
  { maxLength: 30 },
);

test('marks that nest, cross and go on in the next block give well-formed elements around the same text', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: length, maxLength: length, unit: fc.constantFrom(...'ab<&"> ') }),
      marks,
      fc.nat(length),
      (text, drawn, cut) => {
        const sorted = drawn
          .filter(([a, b]) => a !== b)
          .map(
            ([a, b, kind, to]): FactMark => ({
              kind,
              span: { start: Math.min(a, b), end: Math.max(a, b) },
              note: '"<',
              ...(to === undefined ? {} : { to }),
            }),
          )
          .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
        const marked = new MarkedText(
          text,
          sorted,
          [0, 7, cut].sort((a, b) => a - b),
        );
        expect(shownOf(marked.block(0, cut)) + shownOf(marked.block(cut, length))).toBe(text);
      },
    ),
    { seed: 17, numRuns: 300 },
  );
});

test('a mark says what it is and what it lies in, a reference leads to its place, and each place is there once', () => {
  const text =
    '# Report\n\nSee section 2 for the yield.\n\n## 1 Soil\n\nIt rained.\n\n## 2 Yield\n\nThe yield was 12.5 million tonnes.\n';
  const page = pageOf(text);
  expect(page).toMatch(/<a href="#c(\d+)" class="m reference" title="reference to a section, found in this text/);
  const ids = [...page.matchAll(/ id="(c\d+)"/g)].map(([, id]) => id);
  const targets = [...page.matchAll(/href="#(c\d+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
});

test('a document cannot bring markup, a script or a sign that turns the text into the page', () => {
  const page = pageOf(
    '# <script>alert(1)</script>\n\nHe said \u202e"><img src=x onerror=alert(1)>\u0007 to <b>Ada</b>.\n',
    '<i>.md',
  );
  expect(page).toMatch(/<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"/);
  expect(page).not.toMatch(/<script|<img|<i>|<b>|\u202e/);
  expect(page.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('a long text without a blank line is cut into blocks that hold all of it, up to what a page takes', () => {
  const lines = 'A line of a table that never ends, 12 km.\n'.repeat(3000).trimEnd();
  const blocks = blocksOf(lines);
  expect(blocks.length).toBeGreaterThan(4);
  expect(blocks.map(({ start, end }) => lines.slice(start, end)).join('\n')).toBe(lines);
  expect(blocksOf('x'.repeat(longestText + 10)).at(-1)?.end).toBe(longestText);
});
