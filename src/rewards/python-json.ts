/**
 * @file JSON as Python's `json.loads` reads it, with each value as Python's `str()` prints it.
 * The IoU reference compares `str(cell)`: `1.0` and `1` differ, `true` is "True", a nested list prints as a list. JSON.parse
 * loses those differences, so this small parser keeps them. Depth is bounded: Python fails on deep nesting too.
 */

/** A parsed value: `text` is Python's `str()`, `repr` its form inside a list. */
export type PythonValue =
  | { readonly kind: 'list'; readonly items: readonly PythonValue[] }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, PythonValue> }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'scalar'; readonly text: string };

const deepest = 900;
const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c] as const;
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d] as const;
const numberAt = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const wordsOf: readonly (readonly [string, string])[] = [
  ['true', 'True'],
  ['false', 'False'],
  ['null', 'None'],
  ['NaN', 'nan'],
  ['Infinity', 'inf'],
  ['-Infinity', '-inf'],
];

/** Python's `repr` of a float: shortest digits, `1e+16` and above in exponent form, always a point or exponent. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits = '', exponent = '0'] = value.toExponential().split('e');
    const power = Math.abs(Number(exponent)).toString().padStart(2, '0');
    return `${digits}e${exponent.startsWith('-') ? '-' : '+'}${power}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): PythonValue | undefined {
    const value = this.value(0);
    this.space();
    return this.at === this.text.length ? value : undefined;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  private take(code: number): boolean {
    this.space();
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }

  private value(depth: number): PythonValue | undefined {
    if (depth > deepest) return undefined;
    this.space();
    const code = this.text.charCodeAt(this.at);
    if (code === openBracket) return this.list(depth);
    if (code === openBrace) return this.object(depth);
    if (code === quote) {
      const value = this.string();
      return value === undefined ? undefined : { kind: 'string', value };
    }
    return this.scalar();
  }

  private scalar(): PythonValue | undefined {
    numberAt.lastIndex = this.at;
    const match = numberAt.exec(this.text);
    if (match !== null) {
      this.at += match[0].length;
      const isFloat = match[1] !== undefined || match[2] !== undefined;
      const integer = match[0] === '-0' ? '0' : match[0];
      return { kind: 'scalar', text: isFloat ? floatText(Number(match[0])) : integer };
    }
    for (const [word, text] of wordsOf) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return { kind: 'scalar', text };
    }
    return undefined;
  }

  private list(depth: number): PythonValue | undefined {
    this.at++;
    const items: PythonValue[] = [];
    if (this.take(closeBracket)) return { kind: 'list', items };
    for (;;) {
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      if (this.take(comma)) continue;
      return this.take(closeBracket) ? { kind: 'list', items } : undefined;
    }
  }

  private object(depth: number): PythonValue | undefined {
    this.at++;
    const fields = new Map<string, PythonValue>();
    if (this.take(closeBrace)) return { kind: 'object', fields };
    for (;;) {
      this.space();
      const key = this.text.charCodeAt(this.at) === quote ? this.string() : undefined;
      if (key === undefined || !this.take(colon)) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      fields.set(key, value);
      if (this.take(comma)) continue;
      return this.take(closeBrace) ? { kind: 'object', fields } : undefined;
    }
  }

  private string(): string | undefined {
    const start = this.at;
    let escaped = false;
    for (this.at++; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code < 0x20) return undefined;
      if (code === backslash) {
        escaped = true;
        this.at++;
      } else if (code === quote) {
        this.at++;
        if (!escaped) return this.text.slice(start + 1, this.at - 1);
        try {
          return JSON.parse(this.text.slice(start, this.at)) as string;
        } catch {
          // A bad escape: to the reference, too, the document does not parse.
          return undefined;
        }
      }
    }
    return undefined;
  }
}

/** The document, or undefined where `json.loads` raises. */
export function parsePythonJson(text: string): PythonValue | undefined {
  return new Parser(text).document();
}

function stringRepr(value: string): string {
  const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
  const body = value
    .replaceAll('\\', '\\\\')
    .replaceAll(mark, `\\${mark}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/[\p{Cc}\xa0\xad]/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return mark + body + mark;
}

function pythonRepr(value: PythonValue): string {
  if (value.kind === 'string') return stringRepr(value.value);
  return pythonStr(value);
}

/** Python's `str(value)`. */
export function pythonStr(value: PythonValue): string {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'scalar':
      return value.text;
    case 'list':
      return `[${value.items.map(pythonRepr).join(', ')}]`;
    case 'object':
      return `{${[...value.fields].map(([key, item]) => `${stringRepr(key)}: ${pythonRepr(item)}`).join(', ')}}`;
  }
}
