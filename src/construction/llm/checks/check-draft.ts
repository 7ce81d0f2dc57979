/**
 * @file What of a written draft can be checked without a model: every fact stands in the documents, the key follows from the facts, the
 * question is new, in the language of its documents, and tells nothing. All faults are found at once.
 */
import type { Span } from '../../../corpus/document.ts';
import type { Random } from '../../../random.ts';
import type { Written } from '../draft.ts';
import { injectionIn } from '../injections.ts';
import { inDocument } from '../shown-documents.ts';
import type { AskedBefore, DraftPlace } from './draft-place.ts';
import { isUnfound, locateFacts } from './evidence.ts';
import { keyFaults } from './key-faults.ts';
import { type Posed, pose } from './pose.ts';
import { type Said, say } from './said.ts';
import { hanShare, overlap } from './words.ts';

/** A sample's question and key as they will be used, with the places that prove them. */
export interface Keyed extends Posed {
  readonly evidence: readonly { readonly document: string; readonly span: Span }[];
}

/** A draft with its key, or all that is wrong with it. */
export type Checked =
  | { readonly ok: true; readonly keyed: Keyed }
  | { readonly ok: false; readonly faults: readonly Said[] };

/** Questions alike in so many words are one, whatever their keys; in fewer when the keys are equal too. */
const [sameQuestion, sameWithKey] = [0.8, 0.55];

const keyText = ({ answer, summary }: Written): string =>
  summary === undefined ? answer.map(({ text, cells }) => text ?? (cells ?? []).join(' ')).join('\n') : '';

function questionFaults({ shown, asked }: DraftPlace, written: Written): Said[] {
  const faults: Said[] = [];
  const documents = shown.map(({ text }) => text).join('\n');
  if (hanShare(written.question) > 0.2 !== hanShare(documents) > 0.2)
    faults.push(say('the question is in another language than the documents', '问题与文档语言不同'));
  const key = keyText(written);
  const before = asked.find((one) => {
    const alike = overlap(one.question, written.question);
    return alike >= sameQuestion || (alike >= sameWithKey && key !== '' && one.key === key);
  });
  if (before !== undefined)
    faults.push(
      say(`this was asked before: ${before.question.slice(0, 120)}`, `已经问过：${before.question.slice(0, 120)}`),
    );
  if (/\b(?:the mark|DOC-[0-9a-f]{12})\b/.test(written.question))
    faults.push(say('the question speaks of the mark', '问题提到了标记'));
  const told = injectionIn(`${written.question}\n${written.reason}`);
  if (told !== undefined)
    faults.push(say(`the draft addresses a model: ${told.slice(0, 100)}`, `草稿对模型说话：${told.slice(0, 100)}`));
  return faults;
}

/** The question and its key for the list of what was asked. */
export const askedOf = (written: Written): AskedBefore => ({ question: written.question, key: keyText(written) });

/** Checks everything about a written draft that needs no model. */
export function checkDraft(place: DraftPlace, written: Written, random: Random): Checked {
  const found = locateFacts(written, place.shown, place.offered);
  const faults = found.flatMap((fact, i) =>
    isUnfound(fact) ? [say(`fact ${i + 1}: ${fact.said.en}`, `事实 ${i + 1}：${fact.said.zh}`)] : [],
  );
  faults.push(...questionFaults(place, written));
  const facts = found.flatMap((fact) => (isUnfound(fact) ? [] : [fact]));
  // A key can be held against facts that are all there only: their numbers would not agree.
  if (facts.length === found.length)
    faults.push(...keyFaults({ subTask: place.subTask, written, facts, shown: place.shown }));
  if (faults.length > 0) return { ok: false, faults };
  const used = new Set(written.answer.flatMap(({ from }) => from));
  const evidence = facts
    .filter((_, i) => used.has(i + 1))
    .flatMap(({ document, spans }) => {
      const shown = place.shown[document];
      return shown === undefined
        ? []
        : spans.map((span) => ({ document: shown.document.id, span: inDocument(shown, span) }));
    });
  const posed = pose(place, written, facts, random);
  return 'unfair' in posed ? { ok: false, faults: [posed.unfair] } : { ok: true, keyed: { ...posed, evidence } };
}
