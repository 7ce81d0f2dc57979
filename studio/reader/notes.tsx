/** @file What stands beside a prompt: all that is marked in it by kind, with its colour and its keys, and a completion with its sources. */
import { percent } from '../lib/format.ts';
import { distractorId, evidenceId, nearId, proofId, type ReadingMarks, sentenceId } from './marks.ts';
import { QuotedText } from './quoted-text.tsx';

/** What a list of marks does. */
export interface MarkActions {
  readonly onMark: (id: string) => void;
  readonly onWalk: (kind: string, by: number) => void;
}

interface PlacesProps extends MarkActions {
  readonly title: string;
  /** Its name in the style sheet, which is also the kind that keys walk through. */
  readonly kind: string;
  readonly mark: string;
  readonly items: readonly {
    readonly id: string;
    readonly start: number;
    readonly text: string;
    readonly more?: string;
  }[];
  readonly length: number;
  /** Shut at first. */
  readonly shut?: boolean;
}

/** Places that one list shows; keys walk through all. */
const mostListed = 60;

/** A list of places, each with its depth in the text. */
function Places({ title, kind, mark, items, length, onMark, onWalk, shut = false }: PlacesProps) {
  if (items.length === 0) return null;
  return (
    <div class="marks">
      <details open={!shut}>
        <summary>
          <mark class={`swatch-mark ${kind}`}>a</mark>
          {title} <span class="soft small">{items.length}</span>
        </summary>
        <ol class="places-in-text">
          {items.slice(0, mostListed).map(({ id, start, text, more }) => (
            <li key={id}>
              <button type="button" onClick={() => onMark(id)} title={text}>
                <span class="depth-of" style={{ '--depth': percent(start / Math.max(1, length)).replace(' ', '') }}>
                  {percent(start / Math.max(1, length))}
                </span>
                <span class="excerpt">
                  {text}
                  {more !== undefined && <span class="soft small"> · {more}</span>}
                </span>
              </button>
            </li>
          ))}
        </ol>
        {items.length > mostListed && <p class="soft small">and {items.length - mostListed} more</p>}
      </details>
      <span class="steps">
        <button type="button" class="plain" aria-label={`${title}: the one before`} onClick={() => onWalk(kind, -1)}>
          ‹
        </button>
        <kbd>{mark}</kbd>
        <button type="button" class="plain" aria-label={`${title}: the next one`} onClick={() => onWalk(kind, 1)}>
          ›
        </button>
      </span>
    </div>
  );
}

/** Words around a place, so that one sees which of many it is. */
function around(text: string, start: number, end: number): string {
  const from = Math.max(0, start - 40);
  return `${from > 0 ? '… ' : ''}${text.slice(from, Math.min(text.length, end + 60)).replace(/\s+/g, ' ')}`;
}

/** The places of all kinds. @param proof Spans that the sample names */
export function MarkLists({
  text,
  marks,
  proof,
  ...actions
}: {
  readonly text: string;
  readonly marks: ReadingMarks;
  readonly proof: readonly { readonly start: number; readonly end: number }[];
} & MarkActions) {
  const shared = { length: text.length, ...actions };
  return (
    <section aria-label="Marks" class="mark-lists">
      <Places
        {...shared}
        title="Proof"
        kind="evidence"
        mark="n"
        items={proof.map(({ start, end }, i) => ({ id: proofId(i), start, text: text.slice(start, end) }))}
      />
      <Places
        {...shared}
        title="Evidence"
        kind="evidence"
        mark="n"
        items={marks.evidence.map(({ line, start, exact, share }, i) => ({
          id: evidenceId(i),
          start,
          text: line,
          ...(exact ? {} : { more: `a guess: ${percent(share)} of its words` }),
        }))}
      />
      <Places
        {...shared}
        title="Gold in the text"
        kind="gold-mark"
        mark="g"
        shut
        items={marks.gold.map(({ id, start, end }) => ({ id, start, text: around(text, start, end) }))}
      />
      <Places
        {...shared}
        title="Wrong answers"
        kind="distractor"
        mark="w"
        shut
        items={marks.distractors.map(({ start, end }, i) => ({
          id: distractorId(i),
          start,
          text: around(text, start, end),
        }))}
      />
      <Places
        {...shared}
        title="Like the evidence"
        kind="near"
        mark="l"
        shut
        items={marks.near.map(({ start, end, share }, i) => ({
          id: nearId(i),
          start,
          text: text.slice(start, end),
          more: percent(share),
        }))}
      />
    </section>
  );
}

/** A completion whose sentences lead to where they may be from. */
export function Sourced({
  text,
  marks,
  onMark,
}: {
  readonly text: string;
  readonly marks: ReadingMarks;
} & Pick<MarkActions, 'onMark'>) {
  const quoted = marks.sentences.filter(({ quoted: exact }) => exact).length;
  const guessed = marks.sentences.filter(({ start, quoted: exact }) => start !== undefined && !exact).length;
  return (
    <>
      <p class="small soft">
        {quoted + guessed === 0
          ? 'No sentence of it is like one of the prompt.'
          : `Of ${marks.sentences.length} sentences ${quoted} quote the prompt and ${guessed} are like a passage of it; each leads there.`}
      </p>
      <QuotedText text={text} sentences={marks.sentences} onSentence={(i) => onMark(sentenceId(i))} />
    </>
  );
}
