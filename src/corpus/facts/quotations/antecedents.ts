/**
 * @file Whom a pronoun beside a quotation means: the one person of whom its paragraph has told so far. With two of them, or with one and
 * somebody whom no name tells, it stays open.
 */
import type { Span } from '../../document.ts';
import { lastBefore, spanAt } from '../../structure/prose.ts';
import type { Name } from '../names/name.ts';

/** A person in the text. */
interface Mention {
  readonly name: string;
  readonly kind: 'person' | 'organisation';
  readonly span: Span;
}

/** Who is told of by what he is; `the other`, `a letter` are nobody. */
const somebody =
  /(?<!\p{L})[Oo]ne\sof\s(?:the|our|my|his|her|their)\s(?:\p{Ll}+\s)?\p{Ll}+s(?!\p{L})|(?<!\p{L})(?:[Tt]he|[Aa]n?|[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir)\s(?:(?:old|young|other|little|tall|poor|last|first|new|retired|elderly|former|shift|night|chief|deputy|branch|ship['’]s)\s)?(?:man|woman|boy|girl|captain|master|father|mother|grandfather|grandmother|brother|sister|wife|husband|son|daughter|uncle|aunt|friend|neighbour|king|queen|doctor|nurse|warden|keeper|teacher|pupil|student|officer|manager|director|chairman|minister|mayor|clerk|foreman|driver|farmer|fisherman|sailor|soldier|guard|engineer|lawyer|judge|visitor|customer|stranger|priest|vicar|bishop|librarian|editor|reporter|witness|widow|volunteer|colonel|professor|sergeant|inspector)(?!['’]s)(?!\p{L})/gu;
const chineseSomebody =
  /(?<!(?![个位名的])\p{Script=Han})(?:老汉|老人|司机|师傅|掌柜|工头|老板|船长|校长|局长|父亲|母亲|祖父|祖母|爷爷|奶奶|作者|老太太|老头)/gu;

/** A person by a title, though the text names her once. */
const titled =
  /(?<!\p{L})(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Captain|Sir|Lady|Judge|Justice|Senator|Inspector|Sergeant|Colonel)\.?\s(\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+){0,2})/gu;

/** `The minister for mines, Karel Vost,` is one person. */
const apposed =
  /^(?:(?: (?:of|for) (?:the )?\p{Ll}+(?: \p{Ll}+)?)?,| (?:was|is)) ((?:\p{Lu}[\p{L}.’'-]+ ){1,2}\p{Lu}[\p{L}’'-]+)[,.;]/u;

/** `Cobalt called. Their words:`; a body is meant by no other. */
const ofMany = /^[Tt]heir$/;
const third = /^(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Tt]heir|他|她|er|sie|Er|Sie|il|elle|Il|Elle)$/;

/** Words that begin sentences and name nobody. */
const begins =
  /^(?:He|She|His|Her|The|An?|It|Its|But|And|Then|There|In|At|On|By|For|When|While|So|Now|This|That|These|Those|Not|No|Nothing|All|After|Before|With|From|To|As|If|Once|Only|Still|Yet|Somewhere|Outside|Inside|What|Perhaps|Every|Each|Some|One|Two)$/;

/** Characters before the quotation. */
const reach = 600;

/** Persons and bodies of a text, by place. */
export class Antecedents {
  private readonly text: string;
  private readonly mentions: readonly Mention[];
  private readonly spans: readonly Span[];
  private readonly skipped: readonly Span[];

  private readonly story: boolean;

  /**
   * @param skipped Where nothing is told: heads of turns, tables.
   * @param story Here `a girl` gets her name later.
   */
  constructor(text: string, names: readonly Name[], skipped: readonly Span[], story: boolean) {
    this.story = story;
    this.text = text;
    this.skipped = skipped;
    this.mentions = names
      .flatMap(({ name, kind, mentions }): Mention[] =>
        kind === 'person' || kind === 'organisation' ? mentions.map((span) => ({ name, kind, span })) : [],
      )
      .sort((a, b) => a.span.start - b.span.start);
    this.spans = this.mentions.map(({ span }) => span);
  }

  private between(start: number, end: number): Mention[] {
    let [low, high] = [0, this.spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.spans[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    const out: Mention[] = [];
    for (let i = low; i < this.mentions.length; i++) {
      const mention = this.mentions[i];
      if (mention === undefined || mention.span.start >= end) break;
      out.push(mention);
    }
    return out;
  }

  /**
   * Undefined where it may be more than one.
   *
   * @param quoted Quotations of the paragraph: whom they name is spoken to.
   */
  of(
    pronoun: string,
    at: number,
    paragraph: Span,
    quoted: readonly Span[],
  ): { speaker: string; at: number } | undefined {
    if (!third.test(pronoun)) return undefined;
    // In a chat the paragraph holds what others said before.
    const head = this.skipped[lastBefore(this.skipped, at)]?.end ?? 0;
    const start = Math.max(paragraph.start, at - reach, Math.min(head, at));
    const isTold = ({ start: from }: Span): boolean =>
      spanAt(this.skipped, from) === undefined && !quoted.some((span) => span.start <= from && from < span.end);
    const named = this.between(start, at).filter(({ span }) => isTold(span));
    const persons = named.filter(({ kind }) => kind === 'person' || ofMany.test(pronoun));
    const words = this.text.slice(start, at);
    const others = [...words.matchAll(somebody), ...words.matchAll(chineseSomebody)]
      .map((match) => ({
        words: match[0],
        span: { start: start + match.index, end: start + match.index + match[0].length },
      }))
      .filter(
        ({ span }) =>
          isTold(span) &&
          // `the warden Orr`; `Lise Moran, a widow`.
          !persons.some((one) => one.span.start < span.end + 2 && span.start < one.span.end) &&
          !persons.some(
            (one) =>
              /^, $/.test(this.text.slice(one.span.end, span.start)) &&
              /^an?\s/.test(this.text.slice(span.start, span.end)),
          ),
      );
    for (const match of words.matchAll(titled)) {
      const name = match[1] ?? '';
      const from = start + match.index + match[0].length - name.length;
      const span = { start: from, end: from + name.length };
      const isKnown = persons.some((one) => one.span.start < span.end && span.start < one.span.end);
      if (!isKnown && isTold(span)) persons.push({ name, kind: 'person', span });
    }
    for (const [i, { span }] of [...others.entries()].reverse()) {
      const name = apposed.exec(this.text.slice(span.end, Math.min(at, span.end + 90)));
      if (name?.[1] === undefined) continue;
      const from = span.end + name[0].length - name[1].length - 1;
      others.splice(i, 1);
      if (!persons.some((one) => one.span.start === from))
        persons.push({ name: name[1], kind: 'person', span: { start: from, end: from + name[1].length } });
    }
    const names = new Set(persons.map(({ name }) => name));
    if (/^[他她]$/.test(pronoun)) {
      const subject = this.chineseSubject(start, at, persons);
      if (subject !== undefined) return subject === 'unknown' ? undefined : subject;
    }
    // `the warden` after a name, or before it, may be the same or another.
    if (names.size + new Set(others.map((each) => each.words.toLowerCase())).size !== 1) return undefined;
    const [person, other] = [persons[0], others[0]];
    if (person !== undefined)
      return { speaker: this.text.slice(person.span.start, person.span.end), at: person.span.start };
    return other === undefined || this.story ? undefined : { speaker: other.words, at: other.span.start };
  }

  /** Whether somebody is told of there, by name or by what he is. */
  tellsOf(start: number, end: number): boolean {
    const words = this.text.slice(start, end);
    return (
      [somebody, chineseSomebody, titled].some((one) => words.search(one) >= 0) || this.between(start, end).length > 0
    );
  }

  /**
   * Of the sentence before, who begins it: `冷月秋指出，…。她说：`. `unknown` where a word that is no known name stands there and speaks.
   */
  private chineseSubject(
    start: number,
    at: number,
    persons: readonly Mention[],
  ): { speaker: string; at: number } | 'unknown' | undefined {
    const words = this.text.slice(start, at);
    const ends = [...words.matchAll(/[。！？][”」]?/g)].map((match) => start + match.index + match[0].length);
    const end = ends.at(-1);
    if (end === undefined || end < at) return undefined;
    const from = ends.at(-2) ?? start;
    const subject = persons.find(({ span }) => span.start === from);
    const others = persons.filter(
      ({ span }) => span.start > from && span.start < end && span.start !== subject?.span.start,
    );
    if (subject !== undefined && others.every(({ name }) => name === subject.name))
      return { speaker: this.text.slice(subject.span.start, subject.span.end), at: from };
    return /^\p{Script=Han}{2,3}(?:说|指出|认为|表示|提出|汇报|介绍|强调|建议|要求|补充)/u.test(
      this.text.slice(from, from + 6),
    )
      ? 'unknown'
      : undefined;
  }

  /**
   * Where the paragraph itself has told of nobody: the one person of the paragraph before it, where that is narration.
   */
  ofNext(
    pronoun: string,
    at: number,
    paragraph: Span,
    before: Span | undefined,
    quoted: readonly Span[],
  ): { speaker: string; at: number } | undefined {
    if (before === undefined || /["“”「」]/.test(this.text.slice(before.start, before.end))) return undefined;
    if (/\S/.test(this.text.slice(before.end, paragraph.start))) return undefined;
    const isSaid = ({ span: { start } }: Mention): boolean =>
      quoted.some((span) => span.start <= start && start < span.end);
    if (!this.between(paragraph.start, at).every(isSaid)) return undefined;
    if (/^[他她]$/.test(pronoun)) return this.lastSubject(before);
    if (this.goesOn(pronoun, before)) return this.of(pronoun, before.end, before, []);
    // A name that is not known may begin one of its sentences.
    const words = this.text.slice(before.start, before.end);
    if (!/^\p{Lu}\p{L}+/u.test(words) || this.between(before.start, before.start + 1).length === 0) return undefined;
    if (Array.from(words.matchAll(/[.!?]\s+(\p{Lu}\p{L}*)/gu)).some(([, first = '']) => !begins.test(first)))
      return undefined;
    return this.of(pronoun, before.end, before, []);
  }

  /** `The woman was Lise Moran. She was paid threepence.`: the last sentence tells of the same one still. */
  private goesOn(pronoun: string, { start, end }: Span): boolean {
    const [last = ''] = /[^.!?]*[.!?]?\s*$/u.exec(this.text.slice(Math.max(start, end - reach), end)) ?? [];
    return new RegExp(`^\\s*${pronoun}\\s`, 'iu').test(last);
  }

  /** `孟九公凑近看了半晌，叹了口气。`: the one person of the last sentence, who begins it. */
  private lastSubject({ start, end }: Span): { speaker: string; at: number } | undefined {
    const near = Math.max(start, end - reach);
    const words = this.text.slice(near, end);
    const from = near + (/[^。！？]*[。！？]?\s*$/u.exec(words)?.index ?? 0);
    const persons = this.between(from, end).filter(({ kind }) => kind === 'person');
    const [first] = persons;
    // Somebody who has no name yet may be meant.
    if (/[他她]|女人|男人|[女男]子|[女男]孩|姑娘|少[年女]|[老来]人/.test(words)) return undefined;
    if (first === undefined || first.span.start !== from || new Set(persons.map(({ name }) => name)).size > 1)
      return undefined;
    return { speaker: this.text.slice(first.span.start, first.span.end), at: from };
  }
}
