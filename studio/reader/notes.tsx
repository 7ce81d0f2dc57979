/** @file What stands beside a prompt: proof, what is like it, wrong answers that stand in the text, a completion with its sources. */
import { percent } from '../lib/format.ts';
import { distractorId, evidenceId, nearId, proofId, type ReadingMarks, sentenceId } from './marks.ts';
import { QuotedText } from './quoted-text.tsx';

interface PlacesProps {
  readonly title: string;
  readonly items: readonly {
    readonly id: string;
    readonly start: number;
    readonly text: string;
    readonly more?: string;
  }[];
  readonly length: number;
  readonly onMark: (id: string) => void;
  /** Shut at first. */
  readonly shut?: boolean;
}

/** A list of places, each with its depth in the text. */
export function Places({ title, items, length, onMark, shut = false }: PlacesProps) {
  if (items.length === 0) return null;
  return (
    <details open={!shut}>
      <summary>
        {title} <span class="soft small">{items.length}</span>
      </summary>
      <ol class="outline">
        {items.map(({ id, start, text, more }) => (
          <li key={id}>
            <button type="button" onClick={() => onMark(id)} title={text}>
              <span class="soft">{percent(start / Math.max(1, length))}</span> {text}
              {more !== undefined && <span class="soft small"> · {more}</span>}
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The places of all kinds. @param proof Spans that the sample names */
export function MarkLists({
  text,
  marks,
  proof,
  onMark,
}: {
  readonly text: string;
  readonly marks: ReadingMarks;
  readonly proof: readonly { readonly start: number; readonly end: number }[];
  readonly onMark: (id: string) => void;
}) {
  const shared = { length: text.length, onMark };
  return (
    <>
      <Places
        {...shared}
        title="Proof"
        items={proof.map(({ start, end }, i) => ({ id: proofId(i), start, text: text.slice(start, end) }))}
      />
      <Places
        {...shared}
        title="Evidence"
        items={marks.evidence.map(({ line, start, exact, share }, i) => ({
          id: evidenceId(i),
          start,
          text: line,
          ...(exact ? {} : { more: `${percent(share)} of its words` }),
        }))}
      />
      <Places
        {...shared}
        title="Wrong answers in the text"
        shut
        items={marks.distractors.map(({ start, answer }, i) => ({ id: distractorId(i), start, text: answer }))}
      />
      <Places
        {...shared}
        title="Like the evidence"
        shut
        items={marks.near.map(({ start, end, share }, i) => ({
          id: nearId(i),
          start,
          text: text.slice(start, end),
          more: percent(share),
        }))}
      />
    </>
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
  readonly onMark: (id: string) => void;
}) {
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
