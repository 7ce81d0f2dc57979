/** @file Abstracts in parts, without a heading of their own: `Background. ... Methods. ... Results. ...`, `【目的】…【方法】…【结果】…`. */
import type { Prose } from '../../structure/prose.ts';
import { isProse } from './extents.ts';
import type { Summary } from './summary.ts';

const part =
  /(?:^|[.!?]\s+|[。；]\s*)(?:\*\*|__)?(?:Background|Context|Introduction|Objectives?|Aims?|Purpose|Methods?|Materials and methods|Design|Setting|Participants|Results|Findings|Conclusions?|Discussion|Interpretation)(?:\*\*|__)?[.:](?:\*\*|__)?\s+(?=\p{Lu})|[【[](?:目的|背景|方法|结果|结论|意义|讨论)[】\]]|(?:^|。\s*)(?:目的|背景|方法|结果|结论)[:：]/gu;
/** Of a structured abstract. */
const leastParts = 3;
/** Before it stand the title and the authors. */
const opening = 4000;

/** The paragraph at the beginning of a paper that goes through all of it. */
export function structured(prose: Prose): Summary[] {
  const { text, paragraphs } = prose;
  const block = paragraphs.find(
    ({ start, end }) =>
      start < opening &&
      end - start < opening &&
      new Set(
        text
          .slice(start, end)
          .match(part)
          ?.map((words) => words.replace(/[^\p{L}]/gu, '')),
      ).size >= leastParts,
  );
  if (block === undefined || !isProse(prose, block) || text.length < 3 * (block.end - block.start)) return [];
  return [{ kind: 'abstract', span: block, cut: block, of: { start: 0, end: text.length } }];
}
