/**
 * @file Quotations with their speaker, English and Chinese: `“...,” said Ahab`, `Ada Merritt said: “...”`, `王小明说：“...”`, and blocks of `> ` lines. A
 * speaker is named only where the words beside the quotation name one.
 */
import type { Span } from '../document.ts';
import { lineStart, type Prose, spanAt } from '../structure/prose.ts';
import { surnames } from './names/chinese-words.ts';

/** Words of another person in the text. */
export interface Quotation {
  /** The name as it stands beside the words; undefined where it is a pronoun or none. */
  readonly speaker?: string;
  readonly speakerSpan?: Span;
  /** The words without their marks. */
  readonly span: Span;
}

const verbs =
  '(?:said|says|asked|asks|replied|replies|cried|answered|added|adds|exclaimed|wrote|writes|explained|explains|continued|whispered|shouted|remarked|observed|declared|noted|notes|stated|muttered|murmured|returned|rejoined|argued|argues|warned|insisted|admitted|announced|responded|retorted|demanded|inquired|enquired|repeated|recalled|concluded|commented|testified|suggested|called|begged|urged|joked|sighed|growled|roared|ejaculated|interposed|pursued|resumed|thundered|told)';
const title =
  '(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lady|Lord|Captain|Capt|Colonel|Father|King|Queen|President|Senator|Professor|Judge|Justice|Minister|Aunt|Uncle|Peter|Madame|Monsieur|Inspector|Sergeant|St)\\.?\\s+)?';
const name = `(${title}\\p{Lu}[\\p{L}’'-]+(?:\\s+(?:\\p{Lu}\\.|de|van|von|der|\\p{Lu}[\\p{L}’'-]+)){0,3})`;
const notName =
  /^(?:I|He|She|It|They|We|You|The|An?|This|That|These|Those|Then|And|But|So|Yet|For|Nor|Or|As|At|In|On|To|Of|When|While|If|Once|Now|Here|There|What|Who|Why|How|Where|Which|One|Some|Someone|Somebody|Nobody|Everyone|His|Her|Their|My|Your|Our|Its|No|Yes|Oh|Well|Again|Thus|Finally|Still|Not|After|Before|With|By|From|Meantime|Meanwhile|Hereupon|Whereupon|Thereupon|Presently|Suddenly|However|Therefore|Perhaps|Just|Even|Only|Such|Hence|Soon|Next|Later|Also|Indeed|Mr|Mrs|Ms|Dr|Aye|Nay|Said)$/;

const after = new RegExp(
  `^[\\s—–-]{0,3}(?:${verbs}\\s+(?:(?:\\p{Ll}+ly|then|old|young)\\s+|(?:its|the|his|her|an?)\\s[\\p{Ll}\\s]{2,40},\\s+)?${name}(?!['’]s\\b|\\p{L})|${name}(?:,\\s[^,.;:“"”]{2,60},)?\\s+(?:\\p{Ll}+ly\\s+|also\\s+|has\\s+|had\\s+)?${verbs}(?![\\p{L}]))`,
  'u',
);
const afterWith = new RegExp(
  `^[\\s—–-]{0,3}(?:(?:he|she|they|I|we|it|you|who|the\\s[\\p{L}\\s]{2,30}?|an?\\s[\\p{L}\\s]{2,30}?|his\\s\\p{L}+|her\\s\\p{L}+)\\s+(?:\\p{Ll}+ly\\s+)?${verbs}|${verbs}\\s+(?:he|she|they|I|we|the|an?|his|her|one|my|our)\\b)`,
  'u',
);
const before = new RegExp(
  `(?:^|(?<!\\b(?:for|of|at|from|with|by))[\\s“"(])${name}(?:,\\s[^,.;:“"”]{2,80},)?\\s+(?:\\p{Ll}+ly\\s+|also\\s+|once\\s+|has\\s+|had\\s+|then\\s+|later\\s+)?${verbs}(?:\\s+(?:that|(?:the|an?|his|her)\\s\\p{L}+|me|us|him|her|them|reporters|to\\s+\\p{L}+|in\\s+(?:an?\\s|the\\s)?\\p{L}+(?:\\s\\p{L}+)?|of\\s\\p{L}+|on\\s\\p{L}+|again|at\\s\\p{L}+)){0,2}\\s*[,:]?\\s*$`,
  'u',
);
const accordingTo = new RegExp(`(?:^|\\s)(?:[Aa]ccording to|[Ii]n the words of)\\s+${name},?\\s*$`, 'u');
/** `Dray described the work as`, `The Panel calls this`. */
const calledBefore = new RegExp(
  `(?:^|[\\s(])${name}\\s+(?:once\\s+|has\\s+)?(?:(?:described|describes|dismissed|praised|summed\\s+up)\\s[^.,;“"]{2,40}\\sas|(?:called|calls)\\s(?:it|this|them|him|her|the\\s\\p{L}+))\\s+$`,
  'u',
);
const beforeWith = new RegExp(`${verbs}(?:\\s+\\p{L}+){0,3}\\s*[,:]\\s*$`, 'u');

interface Named {
  readonly speaker: string;
  readonly at: number;
}

/** The name without what begins the sentence before it; undefined for a pronoun. */
function nameIn(match: RegExpExecArray | null, from: number): Named | undefined {
  const found = match?.[1] ?? match?.[2];
  if (match === null || found === undefined) return undefined;
  const words = found.split(/\s+/);
  const skip = words.findIndex((word) => !notName.test(word) || /^(?:Mr|Mrs|Ms|Dr)$/.test(word));
  if (skip < 0) return undefined;
  const speaker = words
    .slice(skip)
    .join(' ')
    .replace(/[’']s?$/, '');
  // `Quickly said ...`: an adverb, not a name.
  if (/^\p{L}+ly$/u.test(speaker) || speaker === '') return undefined;
  const rest = found.slice(found.indexOf(words[skip] ?? ''));
  return { speaker, at: from + match.index + match[0].indexOf(rest, Math.max(0, match[0].indexOf(found))) };
}

const chineseVerb =
  '(?:说道|问道|答道|笑道|喊道|叫道|叹道|骂道|喝道|哭道|回答道?|回复道?|表示|指出|强调|认为|写道|坦言|介绍说?|解释说?|告诉记者|补充道?|反问道?|嘀咕道?|说|道|问|答|曰|云)';
const adverbs =
  '(?:连忙|急忙|赶紧|忽然|突然|立刻|马上|低声|大声|轻声|冷冷地?|慢慢地?|缓缓地?|微微|不禁|于是|接着|便|就|又|忙|也|只|乃|遂|亦|即|因|却|大|急|仍|还|再|一边|曾|则|笑着?|怒|喜|惊|叹|泣|哭|答|问|应|谏|叱|喝|骂|奏|告|对|劝|厉声|高声|出|入|私|密|暗|遥|复|再三|点头|摇头|谓[\\p{Script=Han}]{1,3})';
const chineseBefore = new RegExp(
  `(?:^|[，。！？；：、\\s”」』）])([\\p{Script=Han}·]{1,8}?)(?:同志|先生|女士)?(?:在\\p{Script=Han}{1,14}[上中里时])?${adverbs}{0,3}${chineseVerb}(?:着|了)?\\s*[：:，,]?\\s*$`,
  'u',
);
const chineseAfter = new RegExp(
  `^[，,]?\\s*([\\p{Script=Han}·]{2,16}?)${adverbs}{0,3}(?:说道?|问道?|答道?|回答道?|表示|写道|喊道|叫道|笑道|叹道|补充道?)(?=[，。！？；,.]|$)`,
  'u',
);
const noChineseName =
  /[了着的叫仰付谓告忽略歌诏诗泣言望便乃叱喝骂呼唤命令奏报拜谢应声遣使遂皆亦就是有来去见听闻问答说道曰怒喜叹急笑哭不在把被将与和同对向这那此某诸众二两三四五六七八九十几各每而且但若如因于从以则为一何谁又也都才只忙心之口]|^[他她它我你您其俺吾予余孤朕]|[他她它我你们]$|^(?:人|先生|大家|对方|自己|左右|书|表|后|具|大|顾)$|左右|回顾/u;

/** Of so many it is looked up whether the text has them again. */
const mostLookedUp = 500;
/** A name of one character is sure only where it comes back more often. */
const leastShort = 4;
const surname = new RegExp(`^[${surnames}]`, 'u');

interface Quoted {
  readonly span: Span;
  /** With its marks. */
  readonly outer: Span;
}

/** Words between marks; straight marks pair off within a paragraph. */
function quotedIn(text: string, { start, end }: Span): Quoted[] {
  const block = text.slice(start, end);
  const straight = block.includes('"') && (block.split('"').length - 1) % 2 === 0 && !/\d"/.test(block);
  const pattern = straight
    ? /“([^“”]{1,1500})”|"([^"]{1,1500})"|「([^「」]{1,1500})」|『([^『』]{1,1500})』/g
    : /“([^“”]{1,1500})”|「([^「」]{1,1500})」|『([^『』]{1,1500})』/g;
  const found = [...block.matchAll(pattern)];
  const single =
    found.length === 0 && block.includes('‘')
      ? [...block.matchAll(/(?<![\p{L}\d])‘((?:[^‘’]|’(?=\p{L})){2,1500}?[,.!?—])’(?!\p{L})/gu)]
      : [];
  return [...found, ...single].map((match) => {
    const words = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    const from = start + match.index;
    return {
      span: { start: from + 1, end: from + 1 + words.length },
      outer: { start: from, end: from + match[0].length },
    };
  });
}

const isSpeech = (words: string): boolean =>
  /^[\p{Lu}\d…‘'—]/u.test(words) ? /[.,!?…—;]$/.test(words) && /(?:\S+\s+){4}\S/.test(words) : false;
const isChineseSpeech = (words: string): boolean => /[。！？…～]$/.test(words) && words.length > 3;

/** Before and behind a quotation, in its paragraph. */
const reach = 160;

interface Attribution {
  readonly named: Named | undefined;
  /** Where its words end, if it stands behind. */
  readonly end?: number;
}

function attribution(text: string, { span, outer }: Quoted, from: number, to: number): Attribution | undefined {
  const behind = text.slice(outer.end, Math.min(to, outer.end + reach));
  const words = text.slice(span.start, span.end);
  if (/[,!?.—…-]$/.test(words) || /^,\s/.test(behind)) {
    const read = behind.replace(/^,/, ' ');
    const match = after.exec(read);
    if (match !== null) return { named: nameIn(match, outer.end), end: outer.end + match.index + match[0].length };
    const other = afterWith.exec(read);
    if (other !== null) return { named: undefined, end: outer.end + other[0].length };
  }
  const start = Math.max(from, outer.start - reach);
  const ahead = text.slice(start, outer.start);
  const sentence = Math.max(
    0,
    ...[...ahead.matchAll(/[.!?]["”’)]*\s+(?=\p{Lu})/gu)].map((match) =>
      /(?:Mr|Mrs|Ms|Dr|St|Capt|Prof)\.\s+$/.test(ahead.slice(0, match.index + match[0].length))
        ? 0
        : match.index + match[0].length,
    ),
  );
  const near = ahead.slice(sentence);
  const match = before.exec(near) ?? accordingTo.exec(near) ?? calledBefore.exec(near);
  if (match !== null) return { named: nameIn(match, start + sentence) };
  return beforeWith.test(near) ? { named: undefined } : undefined;
}

/** `负责勘察的考古队长魏澜`: the name at the end of what says who it is, where the text has it again. */
const role =
  /^(?:市民|村民|居民|乘客|游客|记者|队长|店主|老板|教师|学生|老师|校长|院长|司机|工人|船长|总经理|董事长|局长|负责人)(?=\p{Script=Han}{2,4}$)/u;

function ownName(text: string, whole: string): string {
  const words = whole.replace(role, '');
  if (words.length <= 4) return words;
  const ends = [words.slice(-3), words.slice(-2)];
  return ends.find((end) => surname.test(end) && !noChineseName.test(end) && again(text, end)) ?? words;
}

/** Whether words stand in a text twice; the beginning of a long one is looked at. */
const again = (text: string, words: string): boolean => {
  const first = text.indexOf(words);
  const second = first < 0 ? -1 : text.indexOf(words, first + words.length);
  return second >= 0;
};

const chineseColon = new RegExp(`${chineseVerb}(?:着|了)?\\s*[：:]\\s*$`, 'u');

function chineseAttribution(text: string, { outer }: Quoted, from: number, to: number): Attribution | undefined {
  const ahead = text.slice(Math.max(from, outer.start - 40), outer.start);
  const lead = chineseBefore.exec(ahead);
  const at = Math.max(from, outer.start - 40);
  if (lead !== null) return { named: { speaker: lead[1] ?? '', at: at + lead.index + lead[0].indexOf(lead[1] ?? '') } };
  if (chineseColon.test(ahead)) return { named: undefined };
  const behind = text.slice(outer.end, Math.min(to, outer.end + 40));
  const trail = chineseAfter.exec(behind);
  if (trail === null) return undefined;
  const end = outer.end + trail[0].length;
  const words = trail[1] ?? '';
  const speaker = ownName(text, words);
  return { named: { speaker, at: outer.end + trail[0].indexOf(words) + words.length - speaker.length }, end };
}

interface Read {
  readonly quoted: Quoted;
  readonly named: Named | undefined;
  readonly han: boolean;
  readonly told: boolean;
}

/** `see Section 6.7, `, `第 7.6 节 `: what follows is a title. */
const titleAhead =
  /(?:\b(?:[Ss]ections?|[Cc]hapters?|[Aa]ppendix|[Tt]able|[Ff]igure|§)|第)\s{0,6}[\dA-Z][\d.]{0,10}\s?[节章]?[,，]?\s{0,6}$/;

function readParagraph(prose: Prose, paragraph: Span): Read[] {
  const { text } = prose;
  const out: Read[] = [];
  let last: Attribution | undefined;
  const all = quotedIn(text, paragraph);
  for (const [i, quoted] of all.entries()) {
    if (spanAt(prose.skipped, quoted.outer.start) !== undefined) continue;
    if (titleAhead.test(text.slice(Math.max(0, quoted.outer.start - 40), quoted.outer.start))) continue;
    const words = text.slice(quoted.span.start, quoted.span.end);
    const han = /\p{Script=Han}/u.test(words);
    const [from, to] = [all[i - 1]?.outer.end ?? paragraph.start, all[i + 1]?.outer.start ?? paragraph.end];
    // `“Yes,” said Ahab, “I will.”`: the words between are the attribution alone.
    const continues = last?.end !== undefined && /^[,;:.，。]?\s*$/.test(text.slice(last.end, quoted.outer.start));
    const read = continues
      ? last
      : han
        ? chineseAttribution(text, quoted, from, to)
        : attribution(text, quoted, from, to);
    last = read === undefined ? undefined : continues ? { named: read.named } : read;
    const opens = quoted.outer.start === paragraph.start && /[.,!?…—。！？～]$/.test(words);
    if (read !== undefined || opens || (han ? isChineseSpeech(words) : isSpeech(words)))
      out.push({ quoted, named: read?.named, han, told: read !== undefined });
  }
  return out;
}

/** Blocks of `> ` lines, with the name behind a dash in the last one. */
function blockQuotes({ text, paragraphs, skipped }: Prose): Quotation[] {
  return paragraphs.flatMap(({ start, end }): Quotation[] => {
    if (text.charCodeAt(start) !== 0x3e || spanAt(skipped, start) !== undefined) return [];
    const lines = text.slice(start, end).split('\n');
    if (
      !lines.every((line) => line.startsWith('>')) ||
      /^> ?(?:\[!|\*\*\w+:?\*\*|Note:|Warning:|[-*#|>])/.test(lines[0] ?? '')
    )
      return [];
    const signed = /^> ?(?:[—–]|--) ?(\p{Lu}[^,\n]{2,60})/u.exec(lines.length > 1 ? (lines.at(-1) ?? '') : '');
    const from = start + (/^> ?/.exec(lines[0] ?? '')?.[0].length ?? 1);
    // Unsigned, it is a note as often; words that say what follows make it a quotation.
    if (signed?.[1] === undefined)
      return /[:：]\s*$/.test(text.slice(Math.max(0, start - 20), start)) ? [{ span: { start: from, end } }] : [];
    const stop = lineStart(text, end - 1) - 1;
    const at = lineStart(text, end - 1) + signed[0].indexOf(signed[1]);
    return [
      {
        span: { start: from, end: stop },
        speaker: signed[1].trim(),
        speakerSpan: { start: at, end: at + signed[1].trim().length },
      },
    ];
  });
}

/** Longer paragraphs are looked at no further. */
const longestParagraph = 200_000;

/**
 * Quotations in text order.
 *
 * @param names Names that the text is known to have: a Chinese one beside a quotation is then sure.
 */
export function findQuotations(
  prose: Prose,
  names: ReadonlySet<string> = new Set(),
  omit: (reason: string) => void = () => {},
): Quotation[] {
  const reads = prose.paragraphs.flatMap((paragraph) => {
    if (paragraph.end - paragraph.start > longestParagraph) return [];
    return /["“「『‘]/.test(prose.text.slice(paragraph.start, paragraph.end)) ? readParagraph(prose, paragraph) : [];
  });
  const counts = new Map<string, number>();
  for (const { named, han } of reads)
    if (han && named !== undefined) counts.set(named.speaker, (counts.get(named.speaker) ?? 0) + 1);
  // `操` is sure where the text has a `曹操`.
  const short = new Set(
    [...names, ...counts.keys()]
      .filter((full) => full.length > 1 && full.length < 4 && surname.test(full) && !noChineseName.test(full))
      .map((full) => full.slice(-1)),
  );
  const twice = new Map<string, boolean>();
  const comesAgain = (words: string): boolean => {
    const known = twice.get(words) ?? (twice.size < mostLookedUp && again(prose.text, words));
    twice.set(words, known);
    return known;
  };
  const sure = ({ named, han }: Read): boolean => {
    if (named === undefined || !han) return named !== undefined;
    const { speaker } = named;
    if (
      names.has(speaker) ||
      /^\p{Script=Han}{1,3}(?:先生|女士|教授|博士|主任|局长|校长|经理|书记|市长|老师|医生|记者)$/u.test(speaker)
    )
      return true;
    if (noChineseName.test(speaker) || speaker.length > 4) return false;
    if (speaker.length < 2) return short.has(speaker) && (counts.get(speaker) ?? 0) >= leastShort;
    if (surname.test(speaker) && speaker.length < 4) return true;
    return comesAgain(speaker);
  };
  const found = reads.map((read): Quotation => {
    const { quoted, named } = read;
    if (named === undefined || !sure(read)) {
      if (read.told) omit('quotation-speaker-unsure');
      return { span: quoted.span };
    }
    return {
      span: quoted.span,
      speaker: named.speaker,
      speakerSpan: { start: named.at, end: named.at + named.speaker.length },
    };
  });
  return [...found, ...blockQuotes(prose)].sort((a, b) => a.span.start - b.span.start);
}
