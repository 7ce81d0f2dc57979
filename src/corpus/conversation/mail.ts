/**
 * @file Mail threads as conversations: each message is a turn of whoever its header or the line above a quotation names. Lines that a
 * message quotes are not its writer's; those that no line names a writer for are nobody's.
 */
import type { Span } from '../document.ts';
import { eachLine, type Line, lineAt } from './lines.ts';
import type { Turn } from './turn.ts';

const header =
  /^(From|Date|Sent|To|Cc|Bcc|Subject|Reply-To|In-Reply-To|Message-ID|References|MIME-Version|Content-[\w-]+|Return-Path|Received|Delivered-To|List-[\w-]+|User-Agent|Sender|Precedence|X-[\w-]+|Status|发件人|发送时间|日期|收件人|抄送|主题)[:：][ \t]*(.*)$/i;
const separator =
  /^(?:-{2,} ?(?:Original Message|Forwarded message|原始邮件) ?-{2,}|From \S+@\S+ .*|From \S+(?: at \S+)? {1,2}\w{3} \w{3} .*|_{10,})$/i;
const attribution =
  /^(?:On|Am|Le|在|El) (.{6,120}?)[,，]? (?:at )?([^,\n<]{2,60}?) ?(?:<[^>\n]*>|\([^)\n]*@[^)\n]*\)|\[mailto:[^\]]*\])? ?(?:wrote|schrieb|a écrit|escribió|写道)\s?[:：]$/;
const attributionStart = /^(?:On|Am|Le|在|El) .{6,200}$/;
const plainAttribution = /^([\p{Lu}][^:\n<>]{1,50}?) (?:<[^>\n]*> )?(?:wrote|writes)(?: on .{4,60})?:$/u;
const encoded = /base64|multipart\//i;
/** Signs of an escaped body: `=C3=A9`, `=` at the end of a line. */
const quotedPrintable = /=(?:[\dA-F]{2}|$)/;

/** `"Ann Lee" <ann@x.org>`, `ann at x.org (Ann Lee)`, `ann@x.org`. */
function writerOf(value: string): string {
  const named = /^"?([^"<]*?)"? *</.exec(value)?.[1]?.trim();
  const after = /\(([^)]+)\) *$/.exec(value)?.[1]?.trim();
  return named || after || value.replace(/[<>]/g, '').trim();
}

/** A line without its marks of quotation, and how many there are. */
function unquote(words: string): { readonly depth: number; readonly rest: string; readonly at: number } {
  const match = /^(?:> ?)+|^(?:\|> ?)+/.exec(words);
  if (match === null) return { depth: 0, rest: words, at: 0 };
  return { depth: (match[0].match(/>/g) ?? []).length, rest: words.slice(match[0].length), at: match[0].length };
}

interface Message {
  readonly writer: string;
  readonly time: string | undefined;
  readonly start: number;
  readonly depth: number;
  body: number | undefined;
  end: number;
  readonly others: Span[];
  readable: boolean;
  /** Its header says that its words are escaped; exports decode them and leave the header as it was. */
  readonly escaped?: boolean;
  /** After its signature. */
  closed: boolean;
}

/** The fields of a header as far as they are needed. */
interface Header {
  readonly start: number;
  readonly depth: number;
  readonly fields: Map<string, string>;
}

class Thread {
  readonly messages: Message[] = [];
  readonly subjects: string[] = [];
  private header: Header | undefined;
  private field = '';
  /** Who writes at each depth of quotation. */
  private readonly open: (Message | undefined)[] = [];
  private pending: { readonly words: string; readonly start: number; readonly depth: number } | undefined;

  read(line: Line): void {
    const { depth, rest, at } = unquote(line.words);
    if (this.readHeader(line, depth, rest)) return;
    if (separator.test(rest)) {
      this.close(depth);
      return;
    }
    if (this.readAttribution(line, depth, rest)) return;
    this.say(line, depth, rest, at);
  }

  /** A header is at least From and one more field; its lines come one after the other. */
  private readHeader(line: Line, depth: number, rest: string): boolean {
    const [, name, value = ''] = header.exec(rest) ?? [];
    const open = this.header;
    if (open !== undefined && open.depth === depth && !line.afterBlank) {
      if (name !== undefined) {
        this.field = canonical(name);
        open.fields.set(this.field, value.trim());
      } else open.fields.set(this.field, `${open.fields.get(this.field) ?? ''} ${rest.trim()}`.trim());
      if (line.beforeBlank) this.endHeader(line);
      return true;
    }
    this.header = undefined;
    if (name === undefined || line.beforeBlank || !(line.afterBlank || this.open[depth] === undefined)) return false;
    this.field = canonical(name);
    this.header = { start: line.start, depth, fields: new Map([[this.field, value.trim()]]) };
    return true;
  }

  private endHeader(line: Line): void {
    const { header: found } = this;
    this.header = undefined;
    const from = found?.fields.get('from');
    if (found === undefined || from === undefined || found.fields.size < 2) return;
    this.close(found.depth);
    const subject = found.fields.get('subject');
    if (subject !== undefined) this.subjects.push(subject);
    const encoding = `${found.fields.get('content-transfer-encoding') ?? ''} ${found.fields.get('content-type') ?? ''}`;
    this.begin({
      writer: writerOf(from),
      time: found.fields.get('date'),
      start: found.start,
      depth: found.depth,
      end: line.end,
      readable: !encoded.test(encoding),
      escaped: /quoted-printable/i.test(encoding),
    });
  }

  private begin(message: Omit<Message, 'body' | 'others' | 'closed'>): void {
    const begun: Message = { ...message, body: undefined, others: [], closed: false };
    this.messages.push(begun);
    this.open[message.depth] = begun;
  }

  /** `On 19 April, Ann wrote:` names the writer of the lines one deeper; it may be broken over two lines. */
  private readAttribution(line: Line, depth: number, rest: string): boolean {
    const before = this.pending;
    this.pending = undefined;
    const whole = before !== undefined && before.depth === depth ? `${before.words} ${rest}` : rest;
    const match = attribution.exec(whole) ?? attribution.exec(rest);
    const plain = match === null ? plainAttribution.exec(rest) : null;
    const writer = match?.[2] ?? plain?.[1];
    if (writer !== undefined) {
      this.open.length = depth + 1;
      const start = match !== null && whole !== rest ? (before?.start ?? line.start) : line.start;
      this.begin({
        writer: writer.replace(/^"|"$/g, '').trim(),
        time: match?.[1]?.trim(),
        start,
        depth: depth + 1,
        end: line.end,
        readable: true,
      });
      return true;
    }
    if (!attributionStart.test(rest) || /[.!?]$/.test(rest)) return false;
    // Only the next line tells.
    this.pending = { words: rest, start: line.start, depth };
    this.say(line, depth, rest, 0);
    return true;
  }

  private close(depth: number): void {
    this.open.length = Math.min(this.open.length, depth);
  }

  private say(line: Line, depth: number, rest: string, at: number): void {
    if (rest.trim() === '') return;
    for (const shallow of this.open.slice(0, depth)) this.quote(shallow, line);
    this.open.length = Math.min(this.open.length, depth + 1);
    const message = this.open[depth];
    if (message === undefined || message.closed) return;
    if (message.escaped === true && quotedPrintable.test(rest)) message.readable = false;
    if (/^-- ?$/.test(rest)) message.closed = true;
    else {
      message.body ??= line.start + at;
      message.end = line.end;
    }
  }

  /** A line that the message quotes. */
  private quote(message: Message | undefined, { start, end }: Line): void {
    if (message?.body === undefined || message.closed) return;
    const last = message.others.at(-1);
    if (last !== undefined && start - last.end < 4)
      message.others[message.others.length - 1] = { start: last.start, end };
    else message.others.push({ start, end });
  }
}

function canonical(name: string): string {
  const lower = name.toLowerCase();
  return { sent: 'date', 发件人: 'from', 发送时间: 'date', 日期: 'date', 主题: 'subject' }[lower] ?? lower;
}

/** A copy that an answer quotes of a message is left out where its writer has one of their own. */
function turnsOf(messages: readonly Message[]): Turn[] {
  const own = new Set(messages.filter(({ depth }) => depth === 0).map(({ writer }) => writer));
  return messages.flatMap(({ writer, time, start, body, end, others, readable, depth }): Turn[] => {
    if (body === undefined || !readable || (depth > 0 && own.has(writer))) return [];
    const interruptions = others.filter((span) => span.end <= end);
    const quoted = interruptions.length === 0 ? {} : { interruptions };
    return [{ speaker: writer, time, span: { start, end }, bodyStart: body, ...quoted }];
  });
}

const opening =
  /^(?:From \S+ .*\d\d:\d\d|(?:From|To|Subject|Message-ID|Return-Path|Received|Delivered-To|Reply-To|发件人|主题)[:：])/i;

/** A thread begins with a header, or a line or two before it. */
const opensThread = (text: string): boolean =>
  text
    .slice(0, 600)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 4)
    .some((line) => opening.test(line.trim()));

/** The messages of a thread; none where the text is no thread of at least two writers. */
export function findMailTurns(text: string): Turn[] {
  if (!opensThread(text)) return [];
  const thread = new Thread();
  eachLine(text, (...at) => thread.read(lineAt(text, ...at)));
  const turns = turnsOf(thread.messages);
  const answered =
    thread.subjects.some((subject) => /^(?:\[[^\]]*\] *)?(?:re|aw|sv|回复|答复)[:：]/i.test(subject)) ||
    thread.messages.some(({ depth }) => depth > 0);
  return new Set(turns.map(({ speaker }) => speaker)).size < 2 || !answered ? [] : turns;
}
