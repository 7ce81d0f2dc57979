/**
 * @file Turns of a conversation with speaker, time and place, in the layouts of plays, chats, transcripts, records, subtitles and mail,
 * English and Chinese. A turn is never given to the wrong speaker: words whose speaker is not sure are left out, and a text whose
 * layout is not sure is no conversation.
 */
import type { Span } from '../document.ts';
import { findBoldQuestions } from './bold-questions.ts';
import { directionsIn, type Staging } from './directions.ts';
import { isChat, isDialogue, isInterview } from './evidence.ts';
import { withInnerHeads } from './inner-heads.ts';
import { withFullNames } from './legends.ts';
import { findMailTurns } from './mail.ts';
import type { Cut, Form, Head, Mark } from './marks.ts';
import { withParties } from './parties.ts';
import { readMarks } from './read-marks.ts';
import { selectHeads } from './select-heads.ts';
import { isParty, isRole } from './speakers.ts';
import type { Turn } from './turn.ts';

export type { Turn } from './turn.ts';

/** Layouts that come together in one text. */
const groups: readonly { readonly forms: readonly Form[]; readonly staging: Staging }[] = [
  { forms: ['label', 'loose-label', 'hearing', 'examination'], staging: 'transcript' },
  { forms: ['bold-label'], staging: 'transcript' },
  { forms: ['list-label'], staging: 'transcript' },
  { forms: ['lower-label'], staging: 'chat' },
  { forms: ['stamp-label'], staging: 'chat' },
  { forms: ['nick'], staging: 'chat' },
  { forms: ['stamped'], staging: 'chat' },
  { forms: ['voice'], staging: 'transcript' },
  { forms: ['own-dot', 'lead'], staging: 'play' },
  { forms: ['own'], staging: 'play' },
  { forms: ['own-mixed'], staging: 'play' },
  { forms: ['own-bold'], staging: 'play' },
  { forms: ['lead-bold'], staging: 'play' },
  { forms: ['lead-mixed'], staging: 'play' },
  { forms: ['bracket'], staging: 'transcript' },
  { forms: ['quote'], staging: 'transcript' },
  { forms: ['space'], staging: 'play' },
];
type Group = (typeof groups)[number];

/** Lines below a message that nobody wrote. */
const reactions =
  /\n(?:(?::[\w+-]+: ?\d* ?)+|\d+ repl(?:y|ies)|Last reply .{1,40}|\(edited\)|View thread|NEW|new)[ \t]*$/;
const edited = /^(?:\((?:edited|已编辑)\)|BOT|APP)[ \t]*\n/;

const trimmedEnd = (text: string, start: number, end: number): number => {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
};

const trimmedStart = (text: string, start: number, end: number): number => {
  let at = start;
  while (at < end && /[\s\u200e]/.test(text[at] ?? '')) at++;
  return at;
};

/** The end of what is said, before reactions. */
function chatEnd(text: string, start: number, until: number): number {
  let end = trimmedEnd(text, start, until);
  for (;;) {
    const tail = text.slice(Math.max(start, end - 80), end);
    const match = reactions.exec(tail);
    if (match === null) return end;
    end = trimmedEnd(text, start, end - match[0].length);
  }
}

/** Who goes off has spoken. */
const leaving = /^[[(*_（]*(?:Exit|Exeunt|Ex[ei]t|下|同下)/;

/** A head and where its words end at the latest. */
interface Piece {
  readonly head: Head;
  readonly speaker: string;
  readonly end: number;
  readonly place: string | undefined;
  readonly person: string | undefined;
  readonly pages: readonly Span[];
}

/** What the record of an examination calls its witness. */
const answers = /^(?:A|(?:THE |The )?(?:WITNESS|Witness|DEPONENT|Deponent))$/;

/** Whether the cut ends a speech of this layout. */
const ends = ({ kind }: Cut, staging: Staging, timed: boolean): boolean =>
  kind === 'notice' ? staging === 'chat' || timed : kind !== 'page';

/** The heads with their ends; behind a cut nobody speaks until the next head. */
function piecesOf(text: string, marks: readonly Mark[], staging: Staging): Piece[] {
  const pieces: Piece[] = [];
  let open: Omit<Piece, 'end' | 'pages'> | undefined;
  let pages: Span[] = [];
  let [place, person, witness]: (string | undefined)[] = [];
  let last: string | undefined;
  const close = (end: number): void => {
    if (open !== undefined) pieces.push({ ...open, end, pages });
    [open, pages] = [undefined, []];
  };
  for (const mark of marks) {
    if (mark.kind === 'head') {
      close(mark.edge);
      const speaker = mark.speaker ?? last;
      last = speaker;
      if (speaker !== undefined)
        open = {
          head: mark,
          speaker,
          place,
          person: /^[Q问問]$/.test(speaker) ? person : answers.test(speaker) ? witness : undefined,
        };
    } else if (mark.kind === 'page') pages.push({ start: mark.start, end: mark.end });
    else if (
      ends(mark, staging, open?.head.time !== undefined && open.head.form !== 'label') ||
      mark.kind === 'notice'
    ) {
      close(mark.start);
      if (mark.kind !== 'notice') last = undefined;
      if (mark.kind === 'scene') place = mark.words ?? place;
      if (mark.kind === 'by') person = mark.words;
      if (mark.kind === 'sworn') witness = mark.words;
    }
  }
  close(text.length);
  return pieces;
}

/** Before the sign that ends a question in bold: `**Ann: Why?**`. */
function boldEnd(text: string, { start, bodyStart }: Head, end: number): number {
  const mark = text.slice(start, start + 2);
  const isOpen = (mark === '**' || mark === '__') && !text.slice(start + 2, bodyStart).includes(mark);
  return isOpen && text.startsWith(mark, end - 2) && end - 2 > bodyStart ? end - 2 : end;
}

/** Undefined where only directions stand behind the name. */
function turnOf(
  text: string,
  { head, speaker, end: until, place, person, pages }: Piece,
  staging: Staging,
): Turn | undefined {
  const isChat = staging === 'chat';
  const skipped = isChat
    ? (edited.exec(text.slice(head.bodyStart, head.bodyStart + 60).trimStart())?.[0].length ?? 0)
    : 0;
  const from = trimmedStart(text, head.bodyStart, until) + skipped;
  let end = isChat ? chatEnd(text, from, until) : boldEnd(text, head, trimmedEnd(text, from, until));
  const beside = besideName(text, head, speaker);
  let directions = [...directionsIn(text, { start: from, end }, staging), ...pages].sort((a, b) => a.start - b.start);
  for (let last = directions.at(-1); last !== undefined && last.end >= end - 1; last = directions.at(-1)) {
    if (
      !/(?:\n|^)[ \t]*$/.test(text.slice(Math.max(from, last.start - 20), last.start)) &&
      !leaving.test(text.slice(last.start, last.end)) &&
      !pages.includes(last)
    )
      break;
    end = trimmedEnd(text, from, last.start);
    directions = directions.slice(0, -1);
  }
  let bodyStart = from;
  for (const span of directions) {
    if (span.start > bodyStart) break;
    bodyStart = trimmedStart(text, span.end, end);
    if (/[.,]/.test(text[bodyStart] ?? '')) bodyStart = trimmedStart(text, bodyStart + 1, end);
  }
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(text.slice(bodyStart, end))) return undefined;
  if (/^[「『][^「『」』]*[」』]$/.test(text.slice(bodyStart, Math.min(end, bodyStart + 5000))))
    [bodyStart, end] = [bodyStart + 1, end - 1];
  const interruptions = directions.filter((span) => pages.includes(span));
  directions = [...beside, ...directions.filter((span) => !pages.includes(span))];
  return {
    speaker,
    ...(person === undefined ? {} : { person }),
    time: head.time,
    ...(place === undefined ? {} : { place }),
    span: { start: head.start, end },
    bodyStart,
    ...(directions.length === 0 ? {} : { directions }),
    ...(interruptions.length === 0 ? {} : { interruptions }),
  };
}

/** A direction between the name and the words: `STANLEY (ON RADIO): words`. */
function besideName(text: string, { start, bodyStart, form, time }: Head, speaker: string): Span[] {
  const at = text.indexOf(speaker, start) + speaker.length;
  if (form === 'stamped' || form === 'stamp-label' || at > bodyStart) return [];
  const after = /^, (\p{Ll}[^.\n]*)\.?$/u.exec(text.slice(at, bodyStart));
  if (form === 'own-dot' && after?.[1] !== undefined) return [{ start: at + 2, end: at + 2 + after[1].length }];
  return Array.from(
    text.slice(at, bodyStart).matchAll(/[([（【][^)\]）】]{1,60}[)\]）】]|(?<=, ?)[*_][^*_\n]{1,80}[*_]/g),
    (match) => ({
      start: at + match.index,
      end: at + match.index + match[0].length,
    }),
  ).filter((span) => time === undefined || !text.slice(span.start, span.end).includes(time));
}

/** The last turn runs to the end of the text, whatever follows the talk: where the others are one paragraph each, so is it. */
function endLast(text: string, turns: readonly Turn[]): Turn[] {
  const last = turns.at(-1);
  if (last === undefined) return [];
  const paragraph = ({ bodyStart, span }: Turn): number => text.slice(bodyStart, span.end).search(/\n\s*\n/);
  const long = turns.slice(0, -1).filter((turn) => paragraph(turn) >= 0).length;
  const cut = paragraph(last);
  if (cut < 0 || long > 0.2 * (turns.length - 1)) return [...turns];
  return [...turns.slice(0, -1), { ...last, span: { start: last.span.start, end: last.bodyStart + cut } }];
}

/** A conversation, and how many lines name somebody who may or may not speak. */
interface Conversation {
  readonly turns: readonly Turn[];
  readonly unsure: number;
}
const none: Conversation = { turns: [], unsure: 0 };

/** Share of the lines that must be heads; more where a layout is one of much else too. */
const leastShare = 0.005;
const leastLines: Partial<Record<Form, number>> = {
  'list-label': 0.5,
  nick: 0.5,
  'lower-label': 0.8,
  quote: 0.4,
  space: 0.3,
};

function isConversation(text: string, turns: readonly Turn[], { forms, staging }: Group): boolean {
  const timed = turns.filter(({ time }) => time !== undefined).length > 0.8 * turns.length;
  const isTimed = timed || forms.includes('nick') || forms.includes('voice');
  if (isTimed ? !isChat(text, turns) : !isDialogue(text, turns, staging === 'play')) return false;
  const parties = turns.filter(({ speaker }) => isParty(speaker));
  const others = new Set(turns.filter(({ speaker }) => !isParty(speaker)).map(({ speaker }) => speaker));
  // A list of common questions has no third one who speaks.
  if (parties.length < 0.8 * turns.length || others.size > 1) return true;
  return staging === 'transcript' && isInterview(text, parties, (speaker) => /^[Q问問]$/.test(speaker));
}

/** Whether there are heads enough to look closer. */
function isFrequent(counts: ReadonlyMap<Form, number>, lines: number, { forms }: Group): boolean {
  const [form] = forms;
  const heads = forms.reduce((sum, each) => sum + (counts.get(each) ?? 0), 0);
  return heads >= 2 && heads >= ((form === undefined ? undefined : leastLines[form]) ?? leastShare) * lines;
}

/** A paper or a body may have a name in small letters, and asks somebody; the labels of a form have such names all. */
function isNamed(pieces: readonly Piece[]): boolean {
  const loose = new Set(pieces.filter(({ head }) => head.form === 'loose-label').map(({ speaker }) => speaker));
  const all = new Set(pieces.map(({ speaker }) => speaker));
  return loose.size === 0 || 2 * loose.size <= all.size;
}

function conversationOf(text: string, marks: readonly Mark[], group: Group): Conversation {
  const { marks: selected, unsure } = selectHeads(text, marks, group.forms);
  const pieces = piecesOf(text, withInnerHeads(text, selected), group.staging);
  if (!isNamed(pieces)) return none;
  // Between scenes the labels of any layout are those of a play.
  const isPlayed = group.staging === 'transcript' && selected.some(({ kind }) => kind === 'scene');
  const turns = pieces.flatMap((piece) => turnOf(text, piece, isPlayed ? 'play' : group.staging) ?? []);
  const ended = endLast(text, turns);
  return isConversation(text, ended, group) ? { turns: ended, unsure } : none;
}

/** Records of talks with language models: each speaker is a role, and the words are Markdown of any kind. */
function roleTurns(text: string, marks: readonly Mark[]): Conversation {
  const heads = marks.filter(
    (mark): mark is Head => mark.kind === 'head' && mark.form === 'bold-label' && isRole(mark.speaker ?? ''),
  );
  const opens = heads[0] !== undefined && text.slice(0, heads[0].start).trim() === '';
  if (!opens || new Set(heads.map(({ speaker }) => speaker)).size < 2) return none;
  const pieces = piecesOf(text, heads, 'chat');
  return { turns: pieces.flatMap((piece) => turnOf(text, piece, 'chat') ?? []), unsure: 0 };
}

/** The turns in text order, and how many lines were left out since they may name a speaker; none where the text is no conversation. */
export function findConversation(text: string): Conversation {
  const { marks, lines } = readMarks(text);
  const roles = roleTurns(text, marks);
  if (roles.turns.length > 0) return roles;
  const mail = findMailTurns(text);
  if (mail.length > 0) return { turns: mail, unsure: 0 };
  const counts = new Map<Form, number>();
  for (const mark of marks) if (mark.kind === 'head') counts.set(mark.form, (counts.get(mark.form) ?? 0) + 1);
  const readings = groups
    .filter((group) => isFrequent(counts, lines, group))
    .map((group) => conversationOf(text, marks, group));
  const { turns, unsure } = readings.reduce(
    (most, reading) => (reading.turns.length > most.turns.length ? reading : most),
    none,
  );
  if (turns.length === 0) return { turns: findBoldQuestions(text), unsure };
  return { turns: withParties(text, withFullNames(text, turns)), unsure };
}

/** The turns in text order; none where the text is no conversation. */
export const findTurns = (text: string): Turn[] => [...findConversation(text).turns];
