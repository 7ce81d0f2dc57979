/**
 * @file Which of the lines that look like heads are heads, once a layout has been chosen: names that come back are; a name that comes
 * once is where its look leaves no doubt, and cuts the speech before it where it does.
 */
import { countsOf } from './evidence.ts';
import type { Cut, Form, Head, Mark } from './marks.ts';
import { isField, isName, isParty } from './speakers.ts';

/** A name in one of these is a head though it comes once. */
const sure: ReadonlySet<Form> = new Set<Form>([
  'own-dot',
  'lead',
  'own',
  'own-bold',
  'lead-bold',
  'bracket',
  'voice',
  'nick',
  'stamp-label',
  'stamped',
  'bold-label',
  'hearing',
]);
const timed: ReadonlySet<Form> = new Set<Form>(['stamp-label', 'nick', 'stamped']);
const byNick: ReadonlySet<Form> = new Set<Form>(['nick', 'voice']);
/** Names that people choose for themselves. */
const chosen: ReadonlySet<Form> = new Set<Form>(['stamped', 'stamp-label', 'lower-label']);
/** Where a name that comes back is a head in a text of another layout too. */
const written: ReadonlySet<Form> = new Set<Form>([
  'label',
  'loose-label',
  'hearing',
  'bold-label',
  'own-dot',
  'own',
  'own-mixed',
  'own-bold',
  'lead',
  'lead-mixed',
  'lead-bold',
]);
const interjections = new Set(
  `yes no ay aye nay well why come go good peace alas farewell welcome amen true so there here now then what how o oh ah away hark look see
  hold stay stand speak marry tush tut fie pray sir madam lord lady my i he she it we they you enough done agreed right thanks indeed never
  always nothing not yet more once again silence content adieu gone dead help murder treason`.split(/\s+/),
);
/** Words of Chinese narration before what is said; who comments on a film is called so too. */
const narration = /^(?!解[说說]$).+(?:[道说說曰叹喊叫笑骂想喝]|问道|答道)$/u;

const keyOf = (speaker: string): string => speaker.toLowerCase();
const isCaps = (speaker: string): boolean => !/\p{Ll}{2}/u.test(speaker);

function isSpeaker({ form, speaker }: Head): boolean {
  if (speaker === undefined || byNick.has(form)) return true;
  if (form === 'examination' || isParty(speaker)) return true;
  if (/^\p{Script=Han}+$/u.test(speaker) && (speaker.length > 8 || narration.test(speaker))) return false;
  return chosen.has(form) ? !isField(speaker) && !/[\\/=<>{}"“”|]|\[\d+\]/.test(speaker) : isName(speaker);
}

/** How the heads of a text look. */
interface Look {
  readonly counts: ReadonlyMap<string, number>;
  /** Of heads in other layouts. */
  readonly others: ReadonlyMap<string, number>;
  /** Shares of the heads whose names come back. */
  readonly afterBlank: number;
  readonly beforeBlank: number;
  readonly caps: number;
  readonly alone: number;
}

function lookOf(heads: readonly Head[], others: readonly Head[]): Look {
  const counts = countsOf(heads.map(({ speaker = '' }) => keyOf(speaker)));
  const known = heads.filter(({ speaker = '' }) => (counts.get(keyOf(speaker)) ?? 0) >= 2);
  const share = (holds: (head: Head) => boolean): number => known.filter(holds).length / Math.max(1, known.length);
  return {
    counts,
    others: countsOf(others.map(({ speaker = '' }) => keyOf(speaker))),
    afterBlank: share(({ afterBlank }) => afterBlank),
    beforeBlank: share(({ beforeBlank, alone }) => alone && beforeBlank),
    caps: share(({ speaker = '' }) => isCaps(speaker)),
    alone: share(({ alone }) => alone),
  };
}

/** A name without a mark that ends one is the rest of a sentence where the line before is not finished. */
const bare: ReadonlySet<Form> = new Set<Form>(['own-dot', 'own', 'lead', 'lead-mixed']);
const ended = /[\p{P}\p{S}\d][ \t]*\n[ \t]*$/u;

/** What is done with a line that looks like a head. */
type Verdict = 'head' | 'cut' | 'words';

const mentions = new WeakMap<Look, ReadonlySet<string>>();

/** Whether the text names it within a line too, as it would a person and not a field. */
function isMentioned(text: string, speaker: string, look: Look): boolean {
  const found =
    mentions.get(look) ??
    new Set(
      Array.from(text.slice(0, 2_000_000).matchAll(/(?<=[\p{L}\p{N},;] )\p{Lu}[\p{L}\p{N}'’-]*/gu), ([word]) => word),
    );
  mentions.set(look, found);
  return found.has(speaker);
}

/** A name that comes once. */
function onceVerdict(text: string, head: Head, look: Look): Verdict {
  const { form, speaker = '', afterBlank, beforeBlank, alone } = head;
  if (look.afterBlank > 0.9 && !afterBlank)
    return form === 'lead-mixed' || form === 'own-mixed' || form === 'label' || form === 'loose-label'
      ? 'words'
      : 'cut';
  if (alone && beforeBlank && look.beforeBlank < 0.2) return 'cut';
  if ((form === 'own-dot' && look.alone < 0.5) || (form === 'lead' && look.alone > 0.5 && !afterBlank)) return 'cut';
  if (sure.has(form) || head.time !== undefined) return 'head';
  // A direction stands behind a name.
  if (form === 'space' && /^[ \t\u3000]*[(（]/.test(text.slice(head.bodyStart - 1, head.bodyStart + 4))) return 'head';
  if (form === 'lead-mixed') return interjections.has(keyOf(speaker).split(' ')[0] ?? '') ? 'words' : 'cut';
  if (form !== 'label') return 'cut';
  if (look.caps > 0.9) return isCaps(speaker) ? 'head' : 'words';
  return /^\p{Lu}\S+ \p{Lu}|^\p{Script=Han}{2,}/u.test(speaker) || isMentioned(text, speaker, look) ? 'head' : 'cut';
}

function verdictOf(text: string, head: Head, look: Look, forms: readonly Form[]): Verdict {
  const { form, speaker, afterBlank, beforeBlank, alone } = head;
  const ours = forms.includes(form);
  if (speaker === undefined) return ours ? 'head' : 'words';
  const count = look.counts.get(keyOf(speaker)) ?? 0;
  if (!ours) {
    // `MRS. QUILL.` among the names in capitals of a play.
    const titled =
      form === 'hearing' && isCaps(speaker) && look.caps > 0.9 && (look.others.get(keyOf(speaker)) ?? 0) >= 2;
    const known = written.has(form) && forms.some((own) => written.has(own)) && (count >= 2 || titled);
    if (known && (afterBlank || look.afterBlank < 0.9) && !(alone && beforeBlank)) return 'head';
    // A heading in capitals between the speeches of a record.
    if (
      form === 'own' &&
      alone &&
      afterBlank &&
      beforeBlank &&
      (forms.includes('label') || forms.includes('bold-label')) &&
      /\p{Lu} \p{Lu}/u.test(speaker)
    )
      return 'cut';
    // It stands where a name would.
    const similar = alone && look.alone > 0.5 && look.afterBlank > 0.9 && afterBlank && !beforeBlank;
    return similar && form.startsWith('own') && forms.some((own) => own.startsWith('own')) ? 'cut' : 'words';
  }
  if (!isSpeaker(head)) return form === 'lead-mixed' || (form === 'own-mixed' && !afterBlank) ? 'words' : 'cut';
  if (form === 'lead-mixed' && interjections.has(keyOf(speaker))) return 'words';
  if (form === 'own-mixed' && !(afterBlank && !beforeBlank)) return 'words';
  if (bare.has(form) && !afterBlank && !ended.test(text.slice(Math.max(0, head.start - 6), head.start))) return 'words';
  if (count < 2) return onceVerdict(text, head, look);
  if (alone && beforeBlank && look.beforeBlank < 0.1) return 'cut';
  // Between speeches a blank line stands: a name that begins a line of verse is spoken.
  if (look.afterBlank > 0.95 && !afterBlank && !byNick.has(form))
    return form.endsWith('mixed') || form === 'label' || form === 'loose-label' ? 'words' : 'cut';
  return 'head';
}

const cutAt = ({ start, bodyStart }: Head): Cut => ({ kind: 'notice', start, end: bodyStart });

/** What a text of this layout is made of, in text order; heads that are not sure have become cuts, and are counted. */
export interface Selected {
  readonly marks: readonly Mark[];
  readonly unsure: number;
}

/** Before the first scene the persons of a play are listed. */
function withoutCast(marks: readonly Mark[]): readonly Mark[] {
  const cast = marks.findIndex(({ kind }) => kind === 'cast');
  if (cast < 0) return marks;
  const scene = marks.findIndex(({ kind }, i) => i > cast && kind === 'scene');
  return scene < 0 ? marks : [...marks.slice(0, cast), ...marks.slice(scene)];
}

/** A longer run of labels is the talk itself. */
const longestList = 12;

/** Labels in one paragraph with a field are a list of who takes part and when, where no speech comes before them. */
function withoutFields(marks: readonly Mark[]): readonly Mark[] {
  const left: Mark[] = [];
  let from = 0;
  while (from < marks.length) {
    let to = from + 1;
    while (to < marks.length && isInParagraph(marks[to])) to++;
    const paragraph = marks.slice(from, to);
    const run = paragraph.filter(
      (mark): mark is Head => mark.kind === 'head' && mark.form === 'label' && mark.time === undefined,
    );
    const fields = run.filter((head) => !isSpeaker(head)).length;
    if (run.length > 0 && (fields === 0 || run.length > longestList)) break;
    left.push(...(fields > 0 ? run.map(cutAt) : paragraph));
    from = to;
  }
  return [...left, ...marks.slice(from)];
}

const isInParagraph = (mark: Mark | undefined): boolean => mark?.kind === 'head' && !mark.afterBlank;

/** A direction of its own paragraph between a name and the words: `SECOND LORD.`, a blank line, `[Aside.]`. */
const apart = /^[ \t]*\n\s*\n[ \t]*\[[^[\]\n]{1,80}\][ \t]*\n/;

/** What stands below a direction is said: the blank line before it is none that ends a notice. */
const withDirection = (text: string, mark: Mark): Mark =>
  mark.kind === 'head' && mark.beforeBlank && apart.test(text.slice(mark.bodyStart, mark.bodyStart + 120))
    ? { ...mark, beforeBlank: false }
    : mark;

/** @param forms The layout's. */
export function selectHeads(text: string, all: readonly Mark[], forms: readonly Form[]): Selected {
  const played = withoutCast(all).map((mark) => withDirection(text, mark));
  const marks = forms.includes('label') ? withoutFields(played) : played;
  const ours = marks.filter(
    (mark): mark is Head => mark.kind === 'head' && forms.includes(mark.form) && isSpeaker(mark),
  );
  const look = lookOf(
    ours,
    marks.filter((mark): mark is Head => mark.kind === 'head' && !forms.includes(mark.form)),
  );
  let unsure = 0;
  const selected = marks.flatMap((mark): Mark[] => {
    if (mark.kind !== 'head') return [mark];
    const verdict = verdictOf(text, mark, look, forms);
    if (verdict === 'cut') unsure++;
    // In a chat a line with a time is no part of what was said before.
    if (verdict === 'words' && timed.has(mark.form) && mark.time !== undefined && forms.some((form) => timed.has(form)))
      return [cutAt(mark)];
    if (verdict === 'words' && mark.form === 'stamped' && mark.speaker === undefined)
      return [{ kind: 'page', start: mark.start, end: mark.bodyStart }];
    return verdict === 'words' ? [] : [verdict === 'head' ? mark : cutAt(mark)];
  });
  return { marks: selected, unsure };
}
