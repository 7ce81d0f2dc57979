/** @file One pass over a text that gathers all lines that could name a speaker or end a speech, whatever layout the text has. */
import { cueLine, isCueNumber } from './cues.ts';
import { cutOf } from './cuts.ts';
import { headAt, readHead } from './heads.ts';
import { eachLine, type Line, lineAt } from './lines.ts';
import type { Mark } from './marks.ts';
import { mayMean } from './may-mean.ts';

/** A chat's page puts the name above its time, and sometimes that it is a program's. */
const program = /^(?:APP|BOT|应用)$/;
const nameLike = /^[\p{L}\p{N}_@~][^:：.!?。！？,，;\n]{0,40}\.?$/u;
const dashed = /^(?:[—–-] ?|(?:APP|BOT)\s+)/;
const unfinished = /[^.!?…。！？"”♪)\]]$/;

/** What a cue says that nobody does: sounds and songs. */
const sound = /^[[(（♪]|^- /;

/** Lines that are looked at for their numbers. */
const numberedLines = 60;
const lineNumber = /^(\d{1,2})(?:[ \t]+|$)/;

/** Whether the lines of a court's record are counted on each page. */
function hasLineNumbers(text: string): boolean {
  let [lines, counted, last] = [0, 0, 0];
  for (const line of text.slice(0, numberedLines * 100).split('\n', numberedLines)) {
    if (line.trim() === '') continue;
    const number = Number(lineNumber.exec(line.trim())?.[1] ?? Number.NaN);
    if (number === last + 1 || number === 1) counted++;
    if (!Number.isNaN(number)) last = number;
    lines++;
  }
  return lines >= 10 && counted > 0.7 * lines;
}

/** A name that is not understood above words: what follows is not said by the one before. */
const endsInTime = /^[^.!?。！？,，;；:：“"]{1,40}[ \t([（]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?[)\]）]?$/u;
const isUnreadHead = ({ words, afterBlank, beforeBlank }: Line): boolean =>
  afterBlank && !beforeBlank && words.length <= 60 && endsInTime.test(words);

/** Where a line stands that may turn out to be the name above a time. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly afterBlank: boolean;
}

class MarkReader {
  readonly marks: Mark[] = [];
  lines = 0;
  private before: Place | undefined;
  private beforeThat: Place | undefined;
  private cue: { readonly time: string; readonly edge: number } | undefined;
  private cues = false;
  /** A time above a name. */
  private clock: { readonly time: string; readonly start: number } | undefined;
  private readonly text: string;
  private readonly numbered: boolean;

  constructor(text: string) {
    this.text = text;
    this.numbered = hasLineNumbers(text);
  }

  /** Reads the line at these offsets. */
  visit = (start: number, end: number, afterBlank: boolean, beforeBlank: boolean): void => {
    this.lines++;
    if (this.numbered) {
      this.readNumbered(lineAt(this.text, start, end, afterBlank, beforeBlank));
      return;
    }
    const waiting = this.cue !== undefined || this.clock !== undefined || (this.cues && afterBlank);
    if (waiting || mayMean(this.text, start, end)) this.read(lineAt(this.text, start, end, afterBlank, beforeBlank));
    this.beforeThat = this.before;
    this.before = { start, end, afterBlank };
  };

  private read(line: Line): void {
    const cue = cueLine(line.words);
    if (cue !== undefined) this.openCue(line, cue);
    else {
      if (this.cue !== undefined) this.readCue(line, this.cue);
      else if (this.cues && line.afterBlank && !isCueNumber(line.words)) this.cut('notice', line);
      else this.readLine(line);
      this.cue = undefined;
    }
  }

  /** Behind its number; a line without one, or with no words, is none of the record. */
  private readNumbered(line: Line): void {
    const number = lineNumber.exec(line.words)?.[0].length ?? 0;
    const start = line.start + number;
    const counted = number > 0 && start < line.end;
    this.marks.push({ kind: 'page', start: line.start, end: counted ? start : line.end });
    if (counted) this.readLine(lineAt(this.text, start, line.end, false, false));
  }

  private wordsAt(place: Place): string {
    return this.text.slice(place.start, Math.min(place.end, place.start + 60));
  }

  private cut(kind: 'notice', { start, end }: Line): void {
    this.marks.push({ kind, start, end });
  }

  private openCue(line: Line, time: string): void {
    const edge = this.before !== undefined && isCueNumber(this.wordsAt(this.before)) ? this.before.start : line.start;
    this.cue = { time, edge };
    this.cues = true;
    this.marks.push({ kind: 'notice', start: edge, end: line.end });
  }

  /** The first line of a subtitle: who says it, or that the one before goes on. */
  private readCue(line: Line, { time, edge }: { readonly time: string; readonly edge: number }): void {
    const found = readHead(line.words);
    if (typeof found === 'object' && (found.form === 'voice' || found.form === 'label')) {
      this.marks.push({ ...headAt(found, line), time: found.time ?? time, edge });
      return;
    }
    const said = this.text.slice(Math.max(0, edge - 40), edge).trimEnd();
    if (!unfinished.test(said) || sound.test(line.words)) this.cut('notice', line);
    else {
      const goesOn = { form: 'label', speaker: '', bodyStart: 0 } as const;
      this.marks.push({ ...headAt(goesOn, line), speaker: undefined, time, edge });
    }
  }

  private readLine(line: Line): void {
    const { clock } = this;
    this.clock = undefined;
    if (clock !== undefined && !line.beforeBlank && nameLike.test(line.words)) {
      const head = headAt(
        { form: 'stamped', speaker: line.words, time: clock.time, bodyStart: line.end - line.start },
        line,
      );
      this.marks.push({ ...head, start: clock.start, edge: clock.start, afterBlank: true });
      return;
    }
    const dash =
      line.words.length <= 60 && dashed.test(line.words) ? readHead(line.words.replace(dashed, '')) : undefined;
    const found = dash === 'time' ? dash : readHead(line.words);
    if (found === 'time') this.readTime(line);
    else if (found === 'notice') this.marks.push({ kind: 'notice', start: line.start, end: line.end });
    else if (found !== undefined) {
      const cut =
        found.form.startsWith('lead') || found.form.startsWith('own') || found.form === 'label'
          ? cutOf(this.text, line)
          : undefined;
      this.marks.push(cut ?? headAt(found, line));
    } else {
      if (isUnreadHead(line)) {
        this.cut('notice', line);
        return;
      }
      const cut = cutOf(this.text, line);
      if (cut !== undefined && !(cut.kind === 'page' && this.marks.at(-1)?.kind === 'page')) this.marks.push(cut);
    }
  }

  /** A time alone: below a name it is a head of two lines, elsewhere the one who spoke goes on. */
  private readTime(line: Line): void {
    const name = this.before !== undefined && program.test(this.wordsAt(this.before)) ? this.beforeThat : this.before;
    const time = line.words
      .replace(dashed, '')
      .replace(/^[[(]|[\])]$/g, '')
      .trim();
    if (line.afterBlank && !line.beforeBlank && !isCueNumber(line.words)) {
      this.clock = { time, start: line.start };
      return;
    }
    const marked = dashed.test(line.words) || /[AaPp]\.?[Mm]\.?$/.test(line.words) || name?.afterBlank === true;
    const said = name === undefined ? '' : this.wordsAt(name);
    const isHead = marked && !/^[[(]/.test(line.words) && name !== undefined && nameLike.test(said) && !line.afterBlank;
    const head = headAt({ form: 'stamped', speaker: isHead ? said : '', time, bodyStart: line.end - line.start }, line);
    if (isHead) this.marks.push({ ...head, start: name.start, edge: name.start, afterBlank: name.afterBlank });
    else this.marks.push({ ...head, speaker: undefined });
  }
}

/** All marks in text order, and how many lines with words there are. */
export function readMarks(text: string): { readonly marks: readonly Mark[]; readonly lines: number } {
  const reader = new MarkReader(text);
  eachLine(text, reader.visit);
  return reader;
}
