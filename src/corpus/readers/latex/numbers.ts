/** @file The numbers that LaTeX gives to sections, tables, figures, formulas and books, and what refers to them. */
import { countLabel } from '../office/count-label.ts';

/** Marks around a reference whose target may come later. */
const [open, close] = ['\uf8f0', '\uf8f1'];

/** Counts as the printed page does. */
export class LatexNumbers {
  private readonly labels = new Map<string, string>();
  private readonly books = new Map<string, number>();
  private readonly sections = [0, 0, 0];
  private readonly counts = { table: 0, figure: 0, equation: 0 };
  private appendix = false;
  /** What a label names at this place. */
  private current = '';

  startAppendix(): void {
    this.appendix = true;
    this.sections.fill(0);
  }

  /** @param level from 0 */
  section(level: number): string {
    this.sections[level] = (this.sections[level] ?? 0) + 1;
    this.sections.fill(0, level + 1);
    const parts = this.sections.slice(0, level + 1);
    this.current = parts.map((part, i) => (i === 0 && this.appendix ? countLabel(part, 'A') : part)).join('.');
    return this.current;
  }

  next(kind: 'table' | 'figure' | 'equation'): string {
    this.current = String(++this.counts[kind]);
    return this.current;
  }

  label(name: string): void {
    if (this.current !== '') this.labels.set(name, this.current);
  }

  book(key: string): number {
    const count = this.books.size + 1;
    this.books.set(key, count);
    return count;
  }

  reference(key: string): string {
    return `${open}r${key}${close}`;
  }

  citation(keys: string): string {
    return `[${keys
      .split(',')
      .map((key) => `${open}c${key.trim()}${close}`)
      .join(', ')}]`;
  }

  /** With the numbers of what it refers to; what has none is called by its key. */
  resolved(text: string): string {
    return text
      .replace(/\uf8f0([rc])([^\uf8f0\uf8f1]*)\uf8f1/g, (_, kind: string, key: string) =>
        kind === 'r' ? (this.labels.get(key) ?? key) : String(this.books.get(key) ?? key),
      )
      .replace(/[\uf8f0\uf8f1]/g, '');
  }
}
