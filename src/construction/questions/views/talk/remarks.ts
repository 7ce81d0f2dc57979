/**
 * @file What a question quotes of a conversation: whole sentences of one speaker that stand nowhere else in the prompt; and what people
 * talk about, words that come again in several speeches.
 */
import type { Span } from '../../../../corpus/document.ts';
import type { QuestionLanguage } from '../../language.ts';
import type { Context, ContextDocument, Proof } from '../../question.ts';
import { joined, type Speech } from './speeches.ts';

/** A sentence of a speech, its lines joined. */
export interface Remark {
  readonly text: string;
  readonly speech: Speech;
  readonly proof: Proof;
}

/** Characters of a remark that is quoted. */
const lengths: Readonly<Record<QuestionLanguage, { readonly least: number; readonly most: number }>> = {
  en: { least: 32, most: 130 },
  zh: { least: 10, most: 60 },
};

const sentence = /(?:[^.!?。！？…]|\.(?=\d))+(?:[.!?。！？…]+["”’'」』)]*|$)/g;
/** What ends at a point that ends no sentence, and quotation marks that do not close. */
const broken = /\b(?:Mr|Mrs|Ms|Dr|St|No|vs|Prof|Capt|i\.e|e\.g)\.$|[*_#|{}\n<>]|https?:/i;
const counted = (text: string, marks: RegExp): number => text.match(marks)?.length ?? 0;
const paired = (text: string): boolean => counted(text, /[「『(（]/g) === counted(text, /[」』)）]/g);

function remarksIn(speech: Speech, { start, end }: Span, text: string, language: QuestionLanguage): Remark[] {
  const { least, most } = lengths[language];
  const out: Remark[] = [];
  for (const match of text.slice(start, end).matchAll(sentence)) {
    const lead = match[0].length - match[0].trimStart().length;
    const raw = match[0].trim();
    const said = joined(raw);
    if (said.length < least || said.length > most || broken.test(said) || /["“”]/.test(said) || !paired(said)) continue;
    if (language === 'en' && (!/^[\p{Lu}'’]/u.test(said) || said.split(' ').length < 6 || !/[.!?]$/.test(said)))
      continue;
    const at = start + match.index + lead;
    out.push({
      text: said,
      speech,
      proof: { document: speech.all.document, span: { start: at, end: at + raw.length } },
    });
  }
  return out;
}

/** All sentences of a speech that can be quoted. */
export const remarksOf = (speech: Speech, language: QuestionLanguage): Remark[] =>
  speech.runs.flatMap((run) => remarksIn(speech, run, speech.all.document.text, language));

const flat = new WeakMap<Context, string>();

/** What the prompt shows of all documents, lines joined. */
function flatText(context: Context): string {
  const known =
    flat.get(context) ??
    context.documents.map(({ document, span }) => joined(document.text.slice(span.start, span.end))).join('\n');
  flat.set(context, known);
  return known;
}

/** Whether words stand once and no more in the prompt. */
export function standsOnce(context: Context, words: string): boolean {
  const text = flatText(context);
  const at = text.indexOf(words);
  return at >= 0 && text.indexOf(words, at + 1) < 0;
}

const commonEn = new Set(
  `about above after again against another around because before being between business cannot could first further having heart
  hundred indeed leave little matter might moment morning never night nothing other others ought people place please point present question right same
  second sense should since something sort these thing things think third those thousand thought three through times today
  together thine theirs their myself himself herself itself themselves yourself yourselves ourselves thyself stand longer whose strange matters way ways hand hands part parts name names word words reason first last other under until where which while whole world would years answer better certain course every great least
  less more most much next past rest such than then there they this time very well what when will with your yours thee thou shall sweet good lord
  madam master mistress honour grace majesty other's cause person persons fellow friend friends fault manner while kind sort deal issue issues`.split(
    /\s+/,
  ),
);
const determiner = '(?:the|an?|my|your|his|her|our|their|this|that|no|of)';
/** What follows a noun, and not an adjective before it. */
const afterNoun =
  '(?=[,.;:!?]|\\s+(?:of|in|is|was|and|that|to|with|for|from|on|at|shall|will|would|may|might|must|can|cannot|are|were|be|has|had|hath|doth|or|but|by|as|which|who|when|where|if|into|upon|than|not)\\b)';

function topicsEn(words: string): string[] {
  const found: string[] = [];
  for (const [, word = ''] of words.matchAll(
    new RegExp(`\\b${determiner} (\\p{Ll}{5,14})(?![\\p{L}'’-])${afterNoun}`, 'gu'),
  ))
    if (!commonEn.has(word) && !/(?:ly|ing|ed|est|ous|ful|ble|ive|al)$/.test(word)) found.push(word);
  return found;
}

const commonZh =
  /[不没我你他她它们是的了在有第几这那哪么吗呢吧都也就很把被让给得着过会能要说看想去来到到为与和及从对还再又只才最更每各某本该此零〇一二三四五六七八九十百千万亿两]|^(?:今天|明天|昨天|现在|以前|以后|以上|以下|时候|问题|应该|可以|今年|明年|去年|上午|下午|晚上|自己|大家|所有|全部|需要|知道|觉得|出来|开始|已经|可能|其中|其他|另外|因为|所以|如果|但是|然后|先生|老师|谢谢|多少|重新|刚才|以内|之前|之后|左右|没关系|年底|月底|说明|改成|低于|高于|公司|代表|意见|写成|剩下|确认|收到|同意|启动|公布|降到|显示|写进|写入|成功|室外|室内|申请|请求|条件|同样|提高|上去|附记|记录|继续|写明|时间|东西|事情|情况|方面|里面|外面|下面|合计|平均|低一|至少|正好|大约|一直|一定|以为)$/u;
const cutter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Places beside something, units and measures are nothing that is talked about. */
const vagueZh =
  /[上下里外前后面边中内时间处次些样点]$|^(?:公里|公斤|公顷|平方|立方|毫米|厘米|千米|小时|分钟|星期|月份)/u;

const topicsZh = (words: string): string[] =>
  [...cutter.segment(words)]
    .map(({ segment }) => segment)
    .filter((word) => /^\p{Script=Han}{2,6}$/u.test(word) && !commonZh.test(word) && !vagueZh.test(word));

const counter = '[的个座张条只把位件块片本份批台种家间棵支艘辆根这那每该]';
const verbBefore = '(?:[不没要能会想去来正在可得先再]|可以|必须|应当|应该|需要|进行|开始|继续)';

/** Signs that belong to no longer word. */
const grammar =
  /[的了着过是在和与及或也都就还又把被给让向从到对为以将由这那有没不一二三四五六七八九十个座张条只位件块片本份批台种家说叫问去来走找我你他她它们已曾正刚必须应可能会要想用再先最很太更全各每其该此并且但而所于至按据]/u;

/** Whether a Chinese word is not a piece of a longer one: 电场 in 风电场, 检修 in 检修路. */
function isWholeZh(word: string, text: string): boolean {
  const before = new Map<string, number>();
  const after = new Map<string, number>();
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    count++;
    for (const [sides, sign] of [
      [before, text[at - 1] ?? ''],
      [after, text[at + word.length] ?? ''],
    ] as const)
      if (/\p{L}/u.test(sign) && !grammar.test(sign)) sides.set(sign, (sides.get(sign) ?? 0) + 1);
  }
  // The same sign beside it in a third of its places, twice at least, makes it a piece.
  const most = Math.max(1, count / 3);
  return [before, after].every((sides) => [...sides.values()].every((times) => times <= most));
}

/** Whether it is a noun, by what stands beside it. */
const isNounZh = (word: string, text: string): boolean =>
  isWholeZh(word, text) &&
  new RegExp(`${counter}${word}`, 'u').test(text) &&
  !new RegExp(`${verbBefore}${word}(?!的)|${word}[了过着得]`, 'u').test(text);

/** A verb before a name was taken for a part of it: 走检修路. */
const verbFirst = /^[走去来到在把被让给往跟看说问找修进出回有没不会能是爬沿绕]/u;

const tokens = new Map<string, ReadonlySet<string>>();
/** Texts whose words are kept: speeches of a few contexts. */
const mostKept = 4000;

/** The words of an English text in lower case, kept for the next question about it. */
function wordsIn(text: string): ReadonlySet<string> {
  const known = tokens.get(text);
  if (known !== undefined) return known;
  if (tokens.size >= mostKept) tokens.clear();
  const found = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []);
  tokens.set(text, found);
  return found;
}

/** Whether a speech has a word: whole in English, in either case; in Chinese as it stands. */
export const hasWord = (words: string, word: string): boolean =>
  /\p{Script=Han}/u.test(word) ? words.includes(word) : wordsIn(words).has(word.toLowerCase());

/** Characters that are more than a window of 512 tokens. */
const windowLength: Readonly<Record<QuestionLanguage, number>> = { en: 2100, zh: 800 };

/** How many windows the places take up, about: those that lie close together count once. */
export function windowsOf(places: readonly Proof[], language: QuestionLanguage): number {
  let [count, covered] = [0, Number.NEGATIVE_INFINITY];
  for (const start of places.map(({ span }) => span.start).sort((a, b) => a - b)) {
    if (start < covered) continue;
    count++;
    covered = start + windowLength[language];
  }
  return count;
}

/** Share of the speeches with a word in which it stands as a noun, or as a word of its own. */
const leastShare: Readonly<Record<QuestionLanguage, number>> = { en: 0.3, zh: 0.95 };

/** Words that are talked about in at least so many speeches, with those that have them. */
export function topicsOf(
  speeches: readonly Speech[],
  language: QuestionLanguage,
  least = 3,
): { readonly word: string; readonly speeches: readonly Speech[] }[] {
  const counts = new Map<string, Set<number>>();
  for (const [i, { words }] of speeches.entries())
    for (const word of language === 'zh' ? topicsZh(words) : topicsEn(words))
      counts.set(word, (counts.get(word) ?? new Set()).add(i));
  const own = speeches.map(({ speaker }) => speaker.toLowerCase()).join('\n');
  const all = language === 'zh' ? speeches.map(({ words }) => words).join('\n') : '';
  return (
    [...counts]
      .filter(([word, at]) => at.size >= 2 && !own.includes(word))
      .map(([word]) => ({ word, speeches: speeches.filter(({ words }) => hasWord(words, word)) }))
      .filter((topic) => topic.speeches.length >= least && topic.speeches.length <= speeches.length / 4)
      // Mostly a verb, or in Chinese a part of a longer word, is no topic: 申请 in 申请人.
      .filter(({ word, speeches: held }) => (counts.get(word)?.size ?? 0) >= leastShare[language] * held.length)
      .filter(({ word }) => language !== 'zh' || isNounZh(word, all))
  );
}

/** Names that are said, one word in English, with the speeches that say them. */
export function namesSaid(
  { facts }: ContextDocument,
  speeches: readonly Speech[],
  language: QuestionLanguage,
): { readonly word: string; readonly speeches: readonly Speech[] }[] {
  const kinds = new Set(['person', 'place', 'organisation']);
  const fits = language === 'zh' ? /^\p{Script=Han}{2,6}$/u : /^\p{Lu}\p{Ll}{3,14}$/u;
  const words = new Set(
    facts.names.filter(({ kind, name }) => kinds.has(kind) && fits.test(name)).map(({ name }) => name),
  );
  const all = language === 'zh' ? speeches.map((one) => one.words).join('\n') : '';
  return [...words]
    .filter((word) => language !== 'zh' || (!verbFirst.test(word) && isWholeZh(word, all)))
    .map((word) => ({ word, speeches: speeches.filter((one) => hasWord(one.words, word)) }));
}
