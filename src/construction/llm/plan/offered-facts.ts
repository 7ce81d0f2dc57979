/**
 * @file Facts that the document layer finds, offered to the model by number: it need not copy a quote that a program has already located, and
 * a draft begins from places all over the documents rather than from the first page.
 */
import type { Document, Span } from '../../../corpus/document.ts';
import type { Structure } from '../../../corpus/structure/structure.ts';
import type { Random } from '../../../random.ts';
import type { FactKind, SubTask } from '../catalogue/sub-task.ts';
import { shownOf, structureOf } from '../shown-documents.ts';

/** A place that may prove something. */
export interface OfferedFact {
  /** Index in the documents of the question. */
  readonly document: number;
  readonly kind: FactKind;
  readonly quote: string;
}

const [leastCharacters, mostCharacters] = [12, 260];

/** The sentence that holds a place, or the place itself. */
const sentenceAt = ({ sentences }: Structure, { start, end }: Span): Span =>
  sentences.find((sentence) => sentence.start <= start && end <= sentence.end) ?? { start, end };

const labelled = ({ label, span }: { readonly label: string; readonly span: Span }): Span => ({
  start: span.start - label.length - 2,
  end: span.end,
});

function spansOf(kind: FactKind, facts: Structure): readonly Span[] {
  switch (kind) {
    case 'field':
      return facts.records.flatMap(({ fields }) => fields.map(labelled));
    case 'row':
      return facts.tables.flatMap(({ rows }) =>
        rows.flatMap(({ cells }) => {
          const [first, last] = [cells[0], cells.at(-1)];
          return first === undefined || last === undefined
            ? []
            : [{ start: first.span.start, end: Math.max(first.span.end, last.span.end) }];
        }),
      );
    case 'event':
      return facts.events.map(({ span }) => span);
    case 'quantity':
      return facts.quantities.map(({ span }) => sentenceAt(facts, span));
    case 'definition':
      return facts.definitions.map(({ span }) => span);
    case 'reference':
      return facts.references.map(({ span }) => sentenceAt(facts, span));
    case 'quotation':
      return facts.quotations.map(({ span }) => sentenceAt(facts, span));
    case 'turn':
      return facts.turns.map(({ span }) => span);
    case 'heading':
      return facts.sections.map(({ span, bodyStart }) => ({ start: span.start, end: bodyStart }));
    case 'step':
      return facts.lists.filter(({ steps }) => steps).flatMap(({ items }) => items.map(({ span }) => span));
    case 'sentence':
      return facts.sentences;
  }
}

function offeredOf(document: Document, index: number, kind: FactKind): OfferedFact[] {
  const { text } = shownOf(document);
  return spansOf(kind, structureOf(document)).flatMap(({ start, end }) => {
    const quote = text.slice(start, end).trim().replace(/\s+/g, ' ');
    // A heading of Markdown states nothing.
    return quote.length < leastCharacters || quote.length > mostCharacters || /^#+ \S[^.:]*$/.test(quote)
      ? []
      : [{ document: index, kind, quote }];
  });
}

/** Facts that one draft is offered. */
const most = 16;

/** A choice of facts of the kinds that the sub-task wants, the first kinds first, in the order of the documents. */
export function offeredFacts({ facts: kinds }: SubTask, documents: readonly Document[], random: Random): OfferedFact[] {
  const chosen = new Map<string, OfferedFact>();
  const share = Math.ceil(most / documents.length);
  for (const [index, document] of documents.entries()) {
    let room = share;
    for (const kind of kinds) {
      const found = offeredOf(document, index, kind).filter(({ quote }) => !chosen.has(quote));
      const taken = random.sample(found, Math.min(found.length, Math.ceil(room * 0.7)));
      for (const fact of taken) chosen.set(fact.quote, fact);
      room -= taken.length;
      if (room <= 0) break;
    }
  }
  const at = ({ document, quote }: OfferedFact): number =>
    shownOf(documents[document] as Document)
      .text.replace(/\s+/g, ' ')
      .indexOf(quote);
  const facts = [...chosen.values()];
  return facts
    .filter(({ quote }) => !facts.some((other) => other.quote !== quote && other.quote.includes(quote)))
    .map((fact) => ({ fact, place: at(fact) }))
    .sort((a, b) => a.fact.document - b.fact.document || a.place - b.place)
    .map(({ fact }) => fact);
}

/** Different figures of the unit that has most of them: what can be ranked without comparing metres with years. */
function alikeFigures(document: Document): number {
  const byUnit = new Map<string, Set<number>>();
  for (const { unit, value } of structureOf(document).quantities)
    byUnit.set(unit, (byUnit.get(unit) ?? new Set()).add(value));
  return Math.max(0, ...[...byUnit.values()].map(({ size }) => size));
}

/** Whether a document has the facts that the sub-task cannot do without. */
export function offersEnough({ needs }: Pick<SubTask, 'needs'>, document: Document): boolean {
  if (needs === undefined) return true;
  if ('alike' in needs) return alikeFigures(document) >= needs.alike;
  const found = needs.kinds.reduce((sum, kind) => sum + offeredOf(document, 0, kind).length, 0);
  return found >= needs.atLeast;
}
