/** @file What a text has around a sentence: signs that its subject is a term there, which the sentence alone does not show. */
import type { Span } from '../../document.ts';

/** What is asked of the text. */
export interface Around {
  /** A glossary's heading stands above. */
  readonly inDefinitions: boolean;
  /** The heading above, in small letters. */
  readonly title: string;
  /** The end of what stands before the sentence. */
  readonly before: string;
  /** Whether the words stand in the text beside this place. */
  has(words: string): boolean;
  /** Whether the text sets the words off, asks what they are or says that something is called so. */
  isCalled(words: string): boolean;
  /** Whether the text sets the words off by marks of emphasis or of quotation. */
  isSetOff(words: string): boolean;
  /** Whether they name a person, a place or a body. */
  isName(words: string): boolean;
}

/** Characters before a sentence in which its subject may have been brought up. */
const reach = 80;

/** Looks that are made at one text, each once. */
export class Surroundings {
  private readonly text: string;
  private small: string | undefined;
  private readonly names: ReadonlySet<string>;
  private readonly counts = new Map<string, boolean>();

  /** @param names Of persons, places and bodies. */
  constructor(text: string, names: ReadonlySet<string>) {
    this.text = text;
    this.names = names;
  }

  around(span: Span, title: string, inDefinitions: boolean): Around {
    return {
      inDefinitions,
      title: title.toLowerCase(),
      before: this.text.slice(Math.max(0, span.start - reach), span.start),
      has: (words) => this.twice(words.toLowerCase()),
      isCalled: (words) => this.called(words),
      isSetOff: (words) =>
        this.known(`set off ${words}`, () => ['*', '_', '"', '“'].some((mark) => this.text.includes(mark + words))),
      isName: (words) => this.names.has(words),
    };
  }

  private get lower(): string {
    this.small ??= this.text.toLowerCase();
    return this.small;
  }

  /** A text is searched for so many words. */
  private static readonly most = 400;

  private known(key: string, look: () => boolean): boolean {
    const before = this.counts.get(key);
    if (before !== undefined) return before;
    const found = this.counts.size < Surroundings.most && look();
    this.counts.set(key, found);
    return found;
  }

  private twice(words: string): boolean {
    return this.known(words, () => {
      const first = this.lower.indexOf(words);
      return first >= 0 && this.lower.indexOf(words, first + words.length) >= 0;
    });
  }

  private called(words: string): boolean {
    return this.known(`called ${words}`, () =>
      [
        ...['“', '「', '『', '‘'].map((mark) => mark + words),
        ...['是什么', '是什麼', '是指什么', '是啥'].map((asks) => words + asks),
        ...['叫', '称', '所谓', '所谓的', '称为', '叫做', '叫作'].map((calls) => calls + words),
      ].some((wording) => this.text.includes(wording)),
    );
  }
}
