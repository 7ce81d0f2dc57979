/**
 * @file LaTeX as text: `\section` as `#` with its number, lists, captions, notes and references as the printed page has them. Tables stay as
 * they are written, for the parser of tables; so do formulas. One pass over the source, with a stack of its own.
 */
import { QuarantineError } from '../../../records/reader.ts';
import { accented, isAccent, printed, typographic } from './characters.ts';
import { argumentKinds, asWritten, formulas, listings, sectionLevels, unseen } from './commands.ts';
import { Cursor } from './cursor.ts';
import {
  environmentHead,
  environmentText,
  type Frame,
  frame,
  hasArguments,
  isFloat,
  isList,
  isOrdered,
} from './frame.ts';

import { LatexNumbers } from './numbers.ts';

const token = /\\([a-zA-Z@]+)(\*?)[ \t]*(?:\n(?!\s*\n))?|\\([^a-zA-Z])|\{|\}|\$\$?|\n[ \t]*\n\s*|[^\\{}$\n]+|\n|\\/gsy;
const option = /\s{0,20}\[((?:[^[\]{}]|\{[^{}]{0,100}\}){0,100})\]/y;
const argument = /\s{0,20}\{[^{}]{0,200}\}/y;
const environmentName = /\s{0,5}\{([a-zA-Z]{1,40}\*?)\}/y;
const letter = /\s{0,3}(?:\{\s?(\\?[^{}\s]{0,3})\s?\}|(\\[ij](?![a-zA-Z])|[^\s\\{}]))/y;
const blanks = /\s{0,50}/y;
const fewBlanks = /[ \t]{0,20}\n?[ \t]{0,20}/y;

const deepest = 5000;
const mostEnvironments = 100;
const longestFormula = 2000;
const longestVerb = 500;

/** Lays a source out token by token. */
export class LatexLayout {
  readonly notes: string[] = [];
  readonly numbers = new LatexNumbers();
  private readonly frames: Frame[] = [frame('root', '')];
  /** Those of the frames that are environments. */
  private readonly environments: Frame[] = [];
  private readonly cursor: Cursor;
  private readonly macros: ReadonlyMap<string, string>;
  private readonly limit: number;
  private readonly chapters: boolean;

  /** @param limit characters, beyond which abbreviations are a bomb */
  constructor(source: string, macros: ReadonlyMap<string, string>, limit: number) {
    this.cursor = new Cursor(source);
    this.macros = macros;
    this.limit = limit;
    this.chapters = /\\chapter\*?\s{0,5}[[{]/.test(source);
  }

  /** @throws QuarantineError for groups without end */
  text(): string {
    while (this.cursor.at < this.cursor.source.length) this.step();
    while (this.frames.length > 1) this.pop();
    return this.numbers.resolved(this.top.text.toString());
  }

  private get top(): Frame {
    const top = this.frames.at(-1);
    if (top === undefined) throw new Error('the outermost frame is never closed');
    return top;
  }

  private write(text: string): void {
    this.top.text.add(text);
  }

  private push(opened: Frame): void {
    if (opened.kind === 'environment') this.environments.push(opened);
    if (this.frames.push(opened) > deepest || this.environments.length > mostEnvironments)
      throw new QuarantineError('corrupt', 'the groups are nested too deeply');
  }

  private step(): void {
    const match = this.cursor.take(token);
    if (match === undefined) throw new Error(`no token at ${this.cursor.at}`);
    const [whole, command, star, symbol] = match;
    if (command !== undefined) this.command(command, star === '*');
    else if (symbol !== undefined) this.symbol(symbol);
    else if (whole === '{') this.push(frame('group', ''));
    else if (whole === '}') this.closeBrace();
    else if (whole.startsWith('$')) this.formula(whole);
    else if (whole !== '\\') this.write(typographic(whole));
  }

  /** A brace too many must not close an environment. */
  private closeBrace(): void {
    if (this.frames.length > 1 && this.top.kind !== 'environment') this.pop();
  }

  /** As far as its end; a sign of dollars without a second one is text. */
  private formula(mark: string, end = mark): void {
    const found = this.cursor.find(end);
    const none = found < 0 || (mark === '$' && found - this.cursor.at > longestFormula);
    if (none) this.write(mark.startsWith('\\') ? '' : mark);
    else {
      const [before, after] = mark === '\\[' ? ['\n\n$$', '$$\n\n'] : mark === '\\(' ? ['$', '$'] : [mark, mark];
      this.write(`${before}${this.cursor.source.slice(this.cursor.at, found).trim()}${after}`);
      this.cursor.at = found + end.length;
    }
  }

  private symbol(symbol: string): void {
    if (isAccent(symbol)) this.accent(symbol);
    else if (symbol === '[') this.formula('\\[', '\\]');
    else if (symbol === '(') this.formula('\\(', '\\)');
    else {
      if (symbol === '\\') this.cursor.take(option);
      this.write(printed[symbol] ?? '');
    }
  }

  private accent(symbol: string): void {
    const found = this.cursor.take(letter);
    if (found !== undefined) this.write(accented(symbol, found[1] ?? found[2] ?? ''));
  }

  private command(name: string, star: boolean): void {
    const macro = this.macros.get(name);
    if (macro !== undefined) this.expand(macro);
    else if (name === 'begin') this.begin();
    else if (name === 'end') this.end();
    else if (name === 'item') this.item();
    else if (name === 'appendix') this.numbers.startAppendix();
    else if (name === 'verb') this.verb();
    else if (name.length === 1 && isAccent(name)) this.accent(name);
    else if (printed[name] !== undefined) {
      // The braces of `\ss{}` end its name.
      if (this.cursor.source.startsWith('{}', this.cursor.at)) this.cursor.at += 2;
      this.write(printed[name]);
    } else {
      const kinds = argumentKinds.get(name);
      this.cursor.take(option);
      if (kinds === undefined || kinds === 'c') this.cursor.take(option);
      this.argument(name, kinds ?? 'k', star);
    }
  }

  private expand(macro: string): void {
    if (this.top.text.length > this.limit)
      throw new QuarantineError('too-large', `the text that the commands make has more than ${this.limit} characters`);
    const blank = macro.includes('\\xspace') && /\s/.test(this.cursor.source[this.cursor.at - 1] ?? '') ? ' ' : '';
    this.write(typographic(macro.replace(/\\[a-zA-Z]+\s*|[{}]/g, '')) + blank);
  }

  /** Opens the next argument, where there is one. */
  private argument(name: string, kinds: string, star = false): void {
    const start = this.cursor.at;
    this.cursor.take(fewBlanks);
    if (this.cursor.source[this.cursor.at] !== '{') this.write(this.cursor.at > start ? ' ' : '');
    else {
      this.cursor.at++;
      this.push(frame('argument', name, star ? `${kinds}*` : kinds));
    }
  }

  /** Closes the innermost frame and puts down what it says. */
  private pop(): void {
    const done = this.frames.pop();
    if (done === undefined) return;
    if (done.kind === 'environment') {
      this.environments.pop();
      this.write(environmentText(done));
    } else if (done.kind === 'argument') this.put(done);
    else this.write(done.text.toString());
    const rest = done.uses.slice(1).replace('*', '');
    if (done.kind === 'argument' && rest !== '') this.argument(done.name, rest);
  }

  /** What an argument says, by its kind. */
  private put({ name, uses, ...done }: Frame): void {
    const text = done.text.toString();
    const flat = text.replace(/\s+/g, ' ').trim();
    const acts: Readonly<Record<string, () => void>> = {
      k: () => this.write(text),
      l: () => this.numbers.label(flat),
      r: () => this.write(this.numbers.reference(flat)),
      c: () => this.write(this.numbers.citation(flat)),
      n: () => this.write(`[^${this.notes.push(flat)}]`),
      C: () => this.caption(flat),
      s: () => this.section(name, flat, uses.endsWith('*')),
      b: () => {
        this.cursor.take(blanks);
        this.write(`\n[${this.numbers.book(flat)}] `);
      },
    };
    acts[uses[0] ?? '']?.();
  }

  private caption(text: string): void {
    const float = this.environments.findLast(({ name }) => isFloat(name));
    const kind = float !== undefined && /figure/.test(float.name) ? 'figure' : 'table';
    const line = `${kind === 'figure' ? 'Figure' : 'Table'} ${this.numbers.next(kind)}: ${text}`;
    if (float === undefined) this.write(`\n\n${line}\n\n`);
    else float.caption += float.caption === '' ? line : `\n\n${line}`;
  }

  private section(name: string, text: string, star: boolean): void {
    const level = (sectionLevels[name] ?? 1) - (this.chapters ? 0 : 1);
    const counted = !star && level >= 0 && level < 3 && name !== 'part';
    const number = counted ? `${this.numbers.section(level)} ` : '';
    this.write(`\n\n${'#'.repeat(Math.max(1, level + 1))} ${number}${text}\n\n`);
  }

  private verb(): void {
    const mark = this.cursor.source[this.cursor.at] ?? '';
    const end = this.cursor.source.slice(this.cursor.at + 1, this.cursor.at + longestVerb).indexOf(mark);
    if (end < 0) return;
    this.write(this.cursor.source.slice(this.cursor.at + 1, this.cursor.at + 1 + end));
    this.cursor.at += end + 2;
  }

  private item(): void {
    const term = this.cursor.take(option)?.[1]?.replace(/[{}]|\\[a-z]+\s?/gi, '');
    const list = this.environments.at(-1);
    const depth = this.environments.filter(({ name }) => isList(name)).length;
    if (list !== undefined) list.items++;
    const mark = list !== undefined && isOrdered(list.name) ? `${list.items}.` : '-';
    this.write(`\n${'  '.repeat(Math.max(0, depth - 1))}${mark} ${term === undefined ? '' : `${term} `}`);
  }

  private begin(): void {
    const start = this.cursor.at - '\\begin'.length;
    const name = this.cursor.take(environmentName)?.[1];
    if (name === undefined) return;
    if (asWritten.has(name) || listings.has(name) || formulas.has(name) || unseen.has(name)) this.whole(name, start);
    else {
      this.cursor.take(option);
      if (hasArguments(name))
        while (this.cursor.take(argument) !== undefined || this.cursor.take(option) !== undefined);
      this.write(environmentHead(name));
      this.push(frame('environment', name));
    }
  }

  private end(): void {
    const name = this.cursor.take(environmentName)?.[1];
    if (!this.environments.some((opened) => opened.name === name)) return;
    while (this.top.kind !== 'environment' || this.top.name !== name) this.pop();
    this.pop();
  }

  /** An environment that is taken as it is written; without an end it goes as far as the file. */
  private whole(name: string, start: number): void {
    const mark = `\\end{${name}}`;
    const found = this.cursor.source.indexOf(mark, this.cursor.at);
    const end = found < 0 ? this.cursor.source.length : found;
    const inner = this.cursor.source.slice(this.cursor.at, end);
    this.cursor.at = Math.min(this.cursor.source.length, end + mark.length);
    if (asWritten.has(name)) this.write(`\n\n${this.table(this.cursor.source.slice(start, this.cursor.at))}\n\n`);
    else if (listings.has(name))
      this.write(`\n\n\`\`\`\n${inner.replace(/^\s{0,20}\[[^\]\n]{0,200}\]/, '').trim()}\n\`\`\`\n\n`);
    else if (formulas.has(name)) {
      if (!name.endsWith('*')) this.numbers.next('equation');
      this.write(`\n\n$$${this.withoutLabels(inner).trim()}$$\n\n`);
    }
  }

  private withoutLabels(source: string): string {
    return source.replace(/\\label\{([^{}]{1,200})\}/g, (_, label: string) => {
      this.numbers.label(label);
      return '';
    });
  }

  /** As written, its abbreviations told; before it the caption that a long table has inside. */
  private table(source: string): string {
    const captions: string[] = [];
    const caption = /\\caption\s{0,5}(?:\[[^\]]{0,300}\])?\{((?:[^{}]|\{[^{}]{0,200}\}){0,800})\}\s{0,5}(?:\\\\)?/g;
    const plain = source.replace(caption, (_, text: string) => {
      const words = this.withoutLabels(text).replace(/[{}]|\\[a-z]+/g, '');
      captions.push(`Table ${this.numbers.next('table')}: ${words.trim()}`);
      return '';
    });
    const told = plain.replace(/\\([a-zA-Z]+)(?:\{\})?/g, (whole, name: string) => this.macros.get(name) ?? whole);
    return [...captions, this.withoutLabels(told)].join('\n\n');
  }
}

/** @param limit characters of the text, beyond which abbreviations are a bomb @throws QuarantineError */
export function latexText(source: string, macros: ReadonlyMap<string, string>, limit: number): string {
  const layout = new LatexLayout(source.replaceAll('\r\n', '\n'), macros, limit);
  const text = layout.text();
  const notes = layout.notes.map((note, i) => `[^${i + 1}]: ${layout.numbers.resolved(note)}`).join('\n');
  return `${text}\n\n${notes}`
    .split('\n')
    .map((line) => line.trimEnd().replace(/^ (?=\S)/, ''))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
