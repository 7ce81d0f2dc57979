/**
 * @file How solvers read who speaks: by the lines of a prompt alone, in the one layout that most of its lines have.
 */
import type { ShownDocument } from '../read-prompt.ts';

/** What somebody says, with where it stands. */
export interface ShownSpeech {
  readonly speaker: string;
  /** Without what stands in brackets; lines joined. */
  readonly words: string;
  /** `ACT II, SCENE I`, in capitals; `第二幕第一场`. */
  readonly scene: string;
  /** Every heading above it that no other of its kind has ended. */
  readonly part: string;
  readonly day: string;
  readonly time: string;
}

const stamped =
  /^\[?(\d{1,4}[-./年]\d{1,2}[-./月]\d{1,4}日?,?)? ?(\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)\]?(?: -)? ?(?:<[@+ ]?([^>]{1,40})>|([^:：\n]{1,40}?)[:：])\s*(.*)$/u;
const name = "[\\p{Lu}\\p{Script=Han}\\d][\\p{L}\\p{M}\\d.’' ()（）-]{0,38}";
const layouts: readonly RegExp[] = [
  new RegExp(
    `^\\*{0,2}(${name}?)(?:\\s*[（(][^()（）]{1,40}[)）]|\\s*\\[\\d[\\d:.,]{3,}\\])?\\*{0,2}[:：]\\*{0,2}\\s*(.*)$`,
    'u',
  ),
  new RegExp(`^\\*\\*(${name}?)[.:]?\\*\\*[.:]?\\s*(.*)$`, 'u'),
  /^((?:\p{Lu}\p{Lu}[\p{Lu}\p{M}.’' -]{0,28}|\p{Lu}[\p{L}.’' -]{0,20}|[12345] \p{Lu}[\p{L}.]{1,16})\.?)()$/u,
  /^((?!(?:M[RS]S?|DR|ST|REV|HON|GEN|COL|LT|SGT|PROF|SEN|REP)\.)\p{Lu}{2,4}\. \p{Lu}{3,5}\.(?= )|(?:\p{Lu}[\p{Lu}’' -]{1,28}|\p{Lu}[\p{L}]{1,8})(?=\. ))\.?\s+(\S.*)$/u,
];

interface Line {
  readonly text: string;
  readonly alone: boolean;
}

/** The number of a question is not of the name: `Q40 Mr Reddy:`. */
const questionNumber = /^(\*{0,2})Q(?:uestion )? ?\d{1,4}\.?(?:\*\*)?[ \t]+(?=[\p{Lu}*])/u;

const headOf = (layout: number, { text, alone }: Line): RegExpExecArray | null =>
  layout === 2 && !alone ? null : (layouts[layout]?.exec(text.replace(questionNumber, '$1')) ?? null);

/** The layout whose lines have the most labels that come again. */
function layoutOf(lines: readonly Line[]): number {
  const scores = layouts.map((_, layout) => {
    const counts = new Map<string, number>();
    for (const line of lines) {
      const label = headOf(layout, line)?.[1]?.trim();
      if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    return [...counts.values()].filter((count) => count > 1).reduce((sum, count) => sum + count, 0);
  });
  return scores.indexOf(Math.max(...scores));
}

const isDirection = (line: string | undefined): boolean => /^\[[^[\]]+\]$/.test(line?.trim() ?? '');

const stage = /^\W*(?:act|scene)\s+(?:[ivxlc]+|\d+|one|two|three|four|five|first|second|third|fourth|fifth)\b/i;
const stageZh = /^[#*\s]*第[一二三四五六七八九十百\d]+[幕场場]/;

/** `ACT FIRST` is asked for as `Act I`. */
const asRoman = (number: string | undefined): string | undefined =>
  ({ FIRST: 'I', SECOND: 'II', THIRD: 'III', FOURTH: 'IV', FIFTH: 'V', SIXTH: 'VI' })[number ?? ''] ?? number;

const unit = (line: string, kind: string): string | undefined =>
  asRoman(new RegExp(`\\b${kind}\\s+([ivxlc]+|\\d+|[a-z]+)\\b`, 'i').exec(line.slice(0, 60))?.[1]?.toUpperCase());

/** A heading without a mark: `PANEL ONE`. */
const capitals = /^(?=.{5,60}$)\p{Lu}[\p{Lu}\d’',-]*(?: [\p{Lu}\d][\p{Lu}\d’',-]*)+$/u;

/** Keeps count of the act, the scene and the part that a line stands in. */
class Place {
  act = '';
  inner = '';
  part = '';

  /** @param unmarked Whether a line of capitals may be one. @returns Whether the line was a heading. */
  read(line: string, unmarked: boolean): boolean {
    const zh = stageZh.test(line) ? line.match(/第[一二三四五六七八九十百\d]+[幕场場]/g) : null;
    if (zh !== null) {
      const act = zh.find((one) => one.endsWith('幕'));
      if (act !== undefined) this.act = act;
      this.inner = zh.find((one) => !one.endsWith('幕')) ?? '';
      return true;
    }
    if (stage.test(line) && line.length < 200) {
      const [act, scene] = [unit(line, 'act'), unit(line, 'scene')];
      if (act !== undefined) this.act = `ACT ${act}`;
      this.inner = scene === undefined ? '' : `SCENE ${scene}`;
      return true;
    }
    if (!/^#{1,6} /.test(line) && !(unmarked && capitals.test(line))) return false;
    this.part = line.replace(/^#+ |\s*#*$/g, '').trim();
    return true;
  }

  get scene(): string {
    return /^第/.test(this.act + this.inner)
      ? this.act + this.inner
      : [this.act, this.inner].filter((one) => one !== '').join(', ');
  }
}

/** Words as they are spoken: nothing in brackets, lines joined, in Chinese without a space. */
export const spoken = (text: string): string =>
  shown(text.replace(/\[[^[\]]*\]|\[[^\n]*$/gm, ' ').replace(/[（(][^()（）]{1,400}[)）]/g, ' '));

/** Lines joined, with all that stands in them. */
export const shown = (text: string): string =>
  text
    .replace(/(?<=[\p{Script=Han}，。！？：；、])\s*\n\s*(?=[\p{Script=Han}“「])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

const bare = (label: string): string => {
  const line = label.replace(/\s+/g, ' ').trim();
  // Of two abbreviations the last has its point too.
  return /^\p{Lu}+\. \p{Lu}+\.$/u.test(line) ? line : line.replace(/[.:：]$/, '').trim();
};

interface Open {
  readonly speaker: string;
  readonly lines: string[];
  readonly scene: string;
  readonly part: string;
  readonly day: string;
  readonly time: string;
}

const cast = /dramatis person|persons? (?:represented|of the play)|^\W*(?:cast|characters)\b|人物/i;
/** In a chat a picture is a message too. */
const isSaid = (words: string, raw: string, isTimed: boolean): boolean =>
  /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(words) || (isTimed && raw.trim() !== '');

/** The line above the messages of a day: `—— 2024年3月10日 星期日 ——`. */
const dayLine = /^[^\p{L}\d]*(\d{4}(?:年\d{1,2}月\d{1,2}日|-\d{2}-\d{2}))[^\n]{0,12}$/u;

/** Lines at the head of minutes that say when, where and who. */
const headLines = 20;

/** Everything that is said in a document, in order; `raw` keeps what stands in brackets. */
export function shownSpeeches({ title, text }: ShownDocument, raw = false): ShownSpeech[] {
  const all = text.split('\n');
  const lines = all.map((line, i): Line => {
    const before = all[i - 1]?.trim() ?? '';
    return {
      text: line.trim(),
      // A direction may stand between the name and the words, with blank lines around it.
      alone:
        (before === '' || /^\[.*\]$/.test(before)) && ((all[i + 1]?.trim() ?? '') !== '' || isDirection(all[i + 2])),
    };
  });
  const times = lines.filter((line) => stamped.test(line.text)).length;
  const isTimed = times >= 6 && times > lines.length / 5;
  const layout = isTimed ? -1 : layoutOf(lines);
  const place = new Place();
  const open: Open[] = [];
  const spelled = new Map<string, string>();
  let silent = true;
  // Persons are listed before the first scene; what heads the minutes has labels that do not come again.
  const opening = lines.findIndex(({ text: line }) => (stage.test(line) || stageZh.test(line)) && line.length < 200);
  const isCast = lines.slice(0, Math.max(0, opening)).some(({ text: line }) => cast.test(line));
  const first = isTimed || !isCast ? -1 : opening;
  const labelled = new Map<string, number>();
  if (layout === 0)
    for (const line of lines) {
      const label = headOf(0, line)?.[1]?.trim() ?? '';
      labelled.set(label, (labelled.get(label) ?? 0) + 1);
    }
  let date = '';
  for (const [i, line] of lines.entries()) {
    if (i < first) continue;
    const above = isTimed ? dayLine.exec(line.text)?.[1] : undefined;
    if (above !== undefined) {
      date = above;
      silent = true;
      continue;
    }
    const found = isTimed ? stamped.exec(line.text) : headOf(layout, line);
    const stands = (lines[i - 1]?.text ?? '') === '' && (lines[i + 1]?.text ?? '') === '';
    if (!isTimed && place.read(line.text, layout === 0 && found === null && stands)) {
      silent = true;
      continue;
    }
    const packed = (lines[i + 1]?.text ?? '') !== '' || (lines[i - 1]?.text ?? '') !== '';
    const heading = layout === 0 && !isTimed && i < headLines && packed && labelled.get(found?.[1]?.trim() ?? '') === 1;
    if (found !== null && !heading) {
      const label = bare((isTimed ? (found[3] ?? found[4]) : found[1]) ?? '');
      const speaker = spelled.get(label.toUpperCase()) ?? label;
      spelled.set(label.toUpperCase(), speaker);
      const [day, time] = isTimed ? [(found[1] ?? date).replace(/,$/, ''), found[2] ?? ''] : ['', ''];
      open.push({
        speaker,
        lines: [(isTimed ? found[5] : found[2]) ?? ''],
        scene: place.scene,
        part: place.part,
        day,
        time,
      });
      silent = false;
    } else if (!silent) open.at(-1)?.lines.push(line.text);
  }
  const say = raw ? shown : spoken;
  const [head] = open;
  // The title stands above the talk.
  if (head?.speaker.includes(' ') && title.toUpperCase().startsWith(head.speaker.toUpperCase())) open.shift();
  return open
    .map(({ lines: said, ...rest }) => ({ ...rest, words: say(said.join('\n')), all: said.join('\n') }))
    .filter(({ words, all: raw, speaker }) => isSaid(words, raw, isTimed) && !noted.test(speaker))
    .map(({ all: _, ...rest }) => rest);
}

/** Those of the speeches that stand in a scene, on a day, under a heading, or all. */
export function within(
  speeches: readonly ShownSpeech[],
  { kind, name: wanted }: { readonly kind: string; readonly name: string },
): ShownSpeech[] {
  if (kind === 'whole' || kind === 'given') return [...speeches];
  if (kind === 'day') return speeches.filter(({ day }) => day === wanted);
  if (kind === 'part') return speeches.filter(({ part }) => part.toUpperCase() === wanted.toUpperCase());
  return speeches.filter(({ scene }) => scene === wanted.toUpperCase());
}

/** Labels of what nobody says. */
const noted =
  /^(?:附|附[记注录件]|旁白|备注|说明|注|编者按|notes?|remarks?|repl(?:y|ies)|(?:members|others|also|those|staff) (?:present|absent|in attendance)|in attendance|witnesses|attendees|participants)$/iu;

/** Labels of many, or of nobody in particular. */
const many =
  /^(?:all|both|omnes|chorus|others?|several|crowd|audience|voices?|people|everyone|together)\b|^(?:众人?|齐声|合唱?|大家|全体.*|其他人|旁白|附记|附注|备注|说明|[二三四]人)$|&|、|\band\b|及|和众/iu;
/** Whether a question calls a speaker so: `Mr Wren` is `MR WREN`. */
export const isCalled = (speaker: string, said: string | undefined): boolean =>
  speaker.toUpperCase() === said?.replace(/^the /, '').toUpperCase();

export const isOne = (speaker: string): boolean => !many.test(speaker);

/** Labels in the order in which they first speak. */
export const speakersIn = (speeches: readonly ShownSpeech[]): string[] => [
  ...new Set(speeches.map(({ speaker }) => speaker)),
];

/** Whether a text says a name, with the ending of a possessive or without; in Chinese as it stands. */
export function wordIn(text: string, word: string): boolean {
  if (/\p{Script=Han}/u.test(word)) return text.includes(word);
  const parts = word.split(' ').join('\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${parts}(?:['’]s?)?(?![\\p{L}\\p{N}])`, 'iu').test(text);
}
