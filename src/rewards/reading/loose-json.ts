/**
 * @file JSON as models write it: single or curly quotes, Python's literals, names without quotes, commas at the end, comments.
 * Scalars keep their text, so that `7.10` and `7.1` can be compared by whoever knows what they are.
 */

/** Numbers, true and null are `text` without quotes; a record keeps repeated fields, in order. */
export type LooseValue =
  | { readonly kind: 'list'; readonly items: readonly LooseValue[] }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [string, LooseValue])[] }
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean };

const deepest = 40;
/** Most values of one document. */
const mostValues = 200_000;
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '”': '”',
  '‘': '’',
  '「': '」',
  '„': '“',
  '`': '`',
  '＂': '＂',
};
const spaceAt = /(?:\s|\/\/[^\n]*|\/\*[^*]*\*\/)*/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '', b: '', f: '' };

class Reader {
  at: number;
  private values = 0;
  private readonly text: string;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  private space(): void {
    spaceAt.lastIndex = this.at;
    spaceAt.test(this.text);
    this.at = spaceAt.lastIndex;
  }

  value(depth: number): LooseValue | undefined {
    this.space();
    if (depth > deepest || ++this.values > mostValues) return undefined;
    const char = this.text.charAt(this.at);
    if (char === '[' || char === '(') return this.list(depth, char === '[' ? ']' : ')');
    if (char === '{') return this.record(depth);
    const text = this.string() ?? this.word();
    return text === undefined ? undefined : { kind: 'text', ...text };
  }

  private list(depth: number, close: string): LooseValue | undefined {
    const items: LooseValue[] = [];
    this.at++;
    for (;;) {
      this.space();
      if (this.text.charAt(this.at) === close) {
        this.at++;
        return { kind: 'list', items };
      }
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      if (!this.comma(close)) return undefined;
    }
  }

  private record(depth: number): LooseValue | undefined {
    const fields: [string, LooseValue][] = [];
    const items: LooseValue[] = [];
    this.at++;
    for (;;) {
      this.space();
      if (this.text.charAt(this.at) === '}') {
        this.at++;
        // Braces without names are a set.
        return fields.length > 0 || items.length === 0 ? { kind: 'record', fields } : { kind: 'list', items };
      }
      const name = this.string() ?? this.word();
      if (name === undefined) return undefined;
      this.space();
      const char = this.text.charAt(this.at);
      if (char === ':' || char === '：') {
        this.at++;
        const value = this.value(depth + 1);
        if (value === undefined) return undefined;
        fields.push([name.text, value]);
      } else if (fields.length === 0) items.push({ kind: 'text', ...name });
      else return undefined;
      if (!this.comma('}')) return undefined;
    }
  }

  /** Past a comma; false where neither a comma nor the closing bracket follows. */
  private comma(close: string): boolean {
    this.space();
    const char = this.text.charAt(this.at);
    if (char === ',' || char === '，' || char === ';' || char === '、') {
      this.at++;
      return true;
    }
    return char === close;
  }

  private string(): { text: string; quoted: boolean } | undefined {
    const open = this.text.charAt(this.at);
    const close = closers[open];
    if (close === undefined) return undefined;
    let text = '';
    for (let at = this.at + 1; at < this.text.length; at++) {
      const char = this.text.charAt(at);
      if (char === '\\') {
        const next = this.text.charAt(++at);
        if (next === 'u' && /^[0-9a-f]{4}$/i.test(this.text.slice(at + 1, at + 5))) {
          text += String.fromCharCode(Number.parseInt(this.text.slice(at + 1, at + 5), 16));
          at += 4;
        } else text += escapes[next] ?? next;
      } else if (char === close && (open === '"' || this.endsString(at + 1))) {
        this.at = at + 1;
        return { text, quoted: true };
      } else text += char;
    }
    return undefined;
  }

  /** Whether a quote is the end of its string and no apostrophe in it. */
  private endsString(at: number): boolean {
    for (let i = at; i < Math.min(at + 40, this.text.length); i++) {
      const char = this.text.charAt(i);
      if (!/\s/.test(char)) return /[,，:：\]})、;]/.test(char);
    }
    return true;
  }

  private word(): { text: string; quoted: boolean } | undefined {
    const start = this.at;
    while (this.at < this.text.length && !/[,，:：\]})\n[{(、;]/.test(this.text.charAt(this.at))) this.at++;
    // A time or a thousands separator in a bare number does not end it.
    const text = this.text.slice(start, this.at).trim();
    return text === '' || text.length > 400 ? undefined : { text, quoted: false };
  }
}

/** Most places where a document may begin that are tried. */
const mostStarts = 12;

/** A document and its place: offsets into the text, `end` excluded. */
export interface LooseDocument {
  readonly value: LooseValue;
  readonly start: number;
  readonly end: number;
}

/** The documents of a text, an object or a list each, in its order. */
export function looseJson(text: string): LooseDocument[] {
  const found: LooseDocument[] = [];
  let tries = 0;
  for (let at = text.search(/[[{]/); at >= 0 && tries < mostStarts; tries++) {
    const reader = new Reader(text, at);
    const value = reader.value(0);
    if (value !== undefined) found.push({ value, start: at, end: reader.at });
    const next = text.slice(value === undefined ? at + 1 : reader.at).search(/[[{]/);
    at = next < 0 ? -1 : (value === undefined ? at + 1 : reader.at) + next;
  }
  return found;
}
