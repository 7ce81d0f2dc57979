/**
 * @file Where a text says what a term means: `“X” means ...`, `the term X refers to ...`, `A **key** is a ...`, `本法所称X，是指...`, and the entries
 * of its glossary.
 */
import type { Span } from '../document.ts';
import { lastBefore, longestSentence, oneLine, type Prose, spanAt } from '../structure/prose.ts';
import type { Section } from '../structure/sections.ts';
import { hasHan } from './chinese.ts';

/** A term with what the text says it means. */
export interface Definition {
  readonly term: string;
  readonly termSpan: Span;
  readonly meaning: string;
  readonly meaningSpan: Span;
  /** The sentence or the entry. */
  readonly span: Span;
}

/** `In this section "burned" includes ...` */
const inThis = /^In this [\w ]{3,20},?\s+["“]([^"”]{1,60})["”]\s+includes\s+/;
const quoted = '["“‘「]([^"“”‘’「」]{1,80})["”’」]';
const verb =
  '(?:(?:shall|will|also|in turn)\\s+)*(?:means?\\b|refers?\\s+to\\b|denotes?\\b|stands?\\s+for\\b|(?:is|are)\\s+defined\\s+(?:as|to\\s+be|to\\s+mean)\\b|has\\s+the\\s+meaning\\b|includes?\\s+(?=(?:an?|any|all|every)\\s))';
const aside =
  '(?:\\s*\\([^)]{1,60}\\))?(?:,?\\s+(?:when|as|in relation to|with respect to|in|for|of|under)\\s[^,.;"“]{1,60},?)?(?:\\s+(?:a|an|the)\\s+[\\w-]+)?';
const english: readonly RegExp[] = [
  new RegExp(`${quoted}(?:,?\\s+(?:and|or)\\s+${quoted})?${aside},?\\s+${verb}\\s*:?\\s*`, 'u'),
  /\b(?:[Tt]he|[Aa]n?)\s+(?:term|word|phrase|expression|acronym|abbreviation)\s+[*_`"“]{0,2}([\p{L}\d][\p{L}\d '’/-]{0,50}?)[*_`"”]{0,2},?\s+(?:means|refers\s+to|denotes|stands\s+for|is\s+defined\s+as|describes)\s+/u,
  /^(?:In\s+(?:this|the)\s[^,]{1,60},\s+)?(?:[Aa]n?|[Tt]he)?\s*(?:\*\*|__|\*|`|\\(?:emph|textit|textbf)\{)([^*_`{}\n]{2,60})(?:\*\*|__|\*|`|\})(?:\s*\([^)]{1,60}\))?\s+(?:is|are|means|refers\s+to|denotes)\s+(?=(?:an?|the|any|all|each|one|what|where|when|how)\s)/u,
  /\b[Rr]eferences?\s+(?:herein\s+|in this [\w ]{3,20}\s)?to\s+(?:the\s+)?["“]([^"”]{1,60})["”]\s+(?:are\s+to|is\s+to|means?|refers?\s+to)\s+/u,
  /(?:^|,\s+)(?:[Aa]n?|[Tt]he)?\s*([\p{L}\d][\p{L}\d'’/-]{1,30}(?:\s[\p{L}\d'’/-]{1,30}){0,4}?)(?:\s*\([^)]{1,40}\))?,?\s+(?:is|are)\s+(?:formally\s+|here\s+)?defined\s+(?:here\s+)?(?:as|to\s+be)\s+/u,
  /\b[Aa](?:ny)?\s+reference\s+(?:in\s[^,.;]{3,40}?\s)?to\s+((?:the|an?)\s[^,.;]{2,40}?)\s+(?:is|shall\s+be\s+(?:read|construed)\s+as|includes)\s+(?:a\s+reference\s+to\s+)(?:the\s+)?/u,
  /^(?:An?|(?:In|Throughout|For the purposes of)\s+this\s\p{L}+,?(?:\s(?:an?|the))?)\s+(\p{Ll}[\p{L}'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)\s+means\s+(?=(?:an?|the|any|all|each|every)\s)/u,
  /^An?\s+(\p{Ll}[\p{L}'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)(?:\s*\([^)]{1,40}\)|,\s(?:also|sometimes|often)\s(?:called|known\sas)\s[^,]{2,40},)?\s+is\s+(?=(?:an?|the|any)\s(?!(?:good|bad|great|small|little|matter|question|sign|thing|kind|lot|poor|fine|big|way|man|woman|fool|day|time|long|better|best|worst|most)\b)[\p{Ll}-]+(?:\s[\p{Ll}-]+){0,3}?,?\s(?:that|which|who|whose|where|in\swhich|by\swhich|on\swhich|of|used|made|left|laid|worn|between|through|for\s\p{Ll}+ing)\b)(?!.*(?:\b(?:I|you|we|he|she|my|your)\b|["“”!?]))/u,
  /^(\p{Lu}\p{Ll}{3,})\s+is\s+(?=(?:the|an?)\s(?!(?:good|girl|boy|child|king|queen|daughter|son|wife|brother|sister|friend|person|author|country|state|bad|great|small|little|matter|question|sign|thing|kind|lot|way|man|woman|day|time|best|worst|most|only|first|last|same|main|one|reason|place|town|city|village|river|company)\b)[\p{Ll}-]+(?:\s[\p{Ll}-]+){0,3}?,?\s(?:that|which|in\swhich|by\swhich)\b)(?!.*(?:\b(?:I|you|we|he|she|my|your)\b|["“”!?]))/u,
  /^(\p{Lu}\p{Ll}{3,}(?:\s\p{Ll}{3,}){0,2}?)\s+is\s+(?=the\s(?:height|width|depth|length|distance|ratio|process|practice|rate|proportion|difference|volume|study|ability|tendency|amount|number|quantity|movement|loss|removal|angle|art|branch\sof\s\p{Ll}+)\s(?:of|by|between|from|at|in|to|with)\b(?!.*(?:\b(?:I|you|we|he|she|my|your)\b|["“”!?])))/u,
  /^(?:Here,\s+)?([\p{L}][\p{L}\d'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)\s+(?:denotes|stands\s+for|is\s+short\s+for)\s+(?=\p{Ll})/u,
  /^(?:Here,\s+)(?:an?\s+|the\s+)?(\p{Ll}[\p{L}'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)\s+means\s+(?=(?:an?|the|any|all|each|every)\s)/u,
  /^(\p{Lu}\p{Ll}{3,}(?:\s\p{Ll}{3,}){0,2}?)\s+refers\s+to\s+(?=(?:any\s|an?\s\p{Ll}+\s(?:that|which|who|of|in)\b|the\s\p{Ll}+\s(?:of|that|which|in|by)\b|\p{Ll}+\s(?:that|which|who)\b))/u,
  /^(?:For\s+the\s+purposes?\s+of\s+(?:this|these|the)\s[^,]{2,40}|In\s+this\s\p{L}+|Throughout\s+this\s\p{L}+),?\s+(?:an?|the)\s+(\p{Ll}[\p{L}'’-]*(?:\s\p{Ll}[\p{L}'’-]*){0,2}?)\s+is\s+(?=(?:any|an?|each|every|one)\s)/u,
  /^["“]([^"”]{1,60})["”]\s*(?:[:：]|—|–)\s*(?=(?:an?|the|any|each|one|all)\s)/u,
  /\b(?:[Bb]y\s+(?:(?:an?|the)\s+)?["“*_]?([\p{L}\d][\p{L}\d '’-]{1,50}?)["”*_]?,?\s+(?:we|I)\s+mean|[Ww]e\s+define\s+(?:(?:an?|the)\s+)?["“*_]?([\p{L}\d][\p{L}\d '’-]{1,50}?)["”*_]?\s+(?:as|to\s+be))\s+/u,
];
/** `Adjusted operating income means operating income before ...`, where the words are a term. */
const bare =
  /^(?:[Aa]n?\s+|[Tt]he\s+)?([\p{L}\d][\p{L}\d'’/-]*(?:\s[\p{L}\d'’/&-]+){0,5}?)(?:\s*\([^)]{1,40}\))?\s+means\s+(?=(?:an?|the|any|all|each|every|either|both|one|those|that part|operating|\p{Ll}+\s(?:of|or|and|that|which|in|before|after|to)\b))/u;
const noTerm =
  /^(?:example|exception|alternative|problem|reason|solution|result|drawback|this|that|it|which|what|these|those|he|she|they|we|you|i|there|no|not|if|when|doing|using|having|being|setting|by|in|so|but|and|also|often|usually|otherwise|here|such|passing|specifying|giving)\b|\b(?:this|that|which|it|you)\b|ing\b/i;
const chinese: readonly RegExp[] = [
  /(?:本(?:法|条例|办法|规定|规则|合同|协议|标准|文|指南|章程|细则|准则|公约|通知|书|报告)(?:中|里)?)?(?:所称|所谓|所说的|称为)的?[“"「《]?([^，。；：“”"「」《》\n]{1,30}?)[”"」》]?(?:（[^）]{1,40}）)?[，,]?\s*(?:是指|指的是|系指|就是指|即指|是|指|即)(?=[^，。；])/u,
  /^(?:[^，。；：]{0,20}[，,：:])?[“"「]([^，。；：“”"「」\n]{1,30})[”"」](?:（[^）]{1,40}）)?[，,]?\s*(?:是指|指的是|系指|指|定义为)(?=[^，。；])/u,
  /(?<=^|[\p{Script=Han}，。；：])[“"「]([^，。；：“”"「」\n]{1,30})[”"」](?:（[^）]{1,40}）)?[，,]?\s*(?:是指|指的是|系指|指|被?定义为)(?=[^，。；])/u,
  /^(?:\*\*)?([\p{Script=Han}A-Za-z\d·、（）()-]{2,24}?)(?:\*\*)?[，,]?\s*(?:是指|指的是|系指|(?:可|被)?定义为)(?=[^，。；])/u,
];
/** `“冷备份”（即断开网络后保存在本机的备份）`. */
const besideTerm =
  /[“"「]([^“”"「」，。；：\n]{1,20})[”"」](?:（|\()(?:即|亦即|是指|指的?是?)([^）)\n]{3,60})(?=[）)])/u;
/** `“撞券石”是砌在拱券两侧的石块。`, `所谓内控值，是本厂自定的限值`, `叫作“病锅”，就是主人暂寄的锅`. */
const plainly: readonly RegExp[] = [
  /^[“"「]([^“”"「」，。；：\n]{1,16})[”"」]是(?![我你他她它谁不否什怎这那对错真假指])(?=[^，。；？！]{2,50}的[^，。；？！的]{1,8}[，。])/u,
  /^(?:\*\*|__)([^*_\n]{2,20})(?:\*\*|__)(?:（[^）\n]{1,40}）)?是(?![我你他她不否])(?=[^。；？！]{4,60}[。；])/u,
  /^([\p{Script=Han}]{2,8})(?:（[^）\n]{1,40}）)?是(?=[^，。；？！“”我你他她]{3,40}的(?:高度|宽度|深度|厚度|长度|距离|比值|比例|总称|统称|简称|过程|方法|部分|时间|数量|总和|差值|能力|现象|装置|工具|设备|材料|构件|横梁|石块|器具|单位|指标|制度|行为|活动|系统|技术|程度|水位|温度)。)/u,
  /所谓的?[“"「]?([^，。；：“”"「」的\n]{1,10})[”"」]?[，,]\s*(?:就是|即是|便是|乃是|是(?![我你他她不否]))(?=[^。；？！]{3,60}[，。；])/u,
  /(?:叫作|叫做|称为|称作|唤作)[“"「]([^“”"「」\n]{1,12})[”"」][，,]\s*(?:就是|即|也就是|便是|意思是)(?=[^。；？！]{3,60}[，。；])/u,
  /(?:^|[：:])(?!这|那|它|他|她|我|你|今|昨|明|目前|其|本|该|以上|以下|前者|后者|不|也|就|都|只|还|如)([\p{Script=Han}]{2,6})是(?=(?:一[种个类座条项件]|依|由|用|以|供|位于)[^，。；？！“”]{3,40}的[^，。；？！的]{1,8}。)/u,
  /^([\p{Script=Han}]{2,8})[:：](?=(?:由|指|供|用于|用来)[^，。；：？！“”]{3,40}的[^，。；：？！的]{1,10}。)/u,
];
const noChineseTerm =
  /^(?:这|那|其|它|他|她|也|就|并|不|该|此|我|你|即|所以|因此|意思|而|但|主要|一般|通常|具体|有的|大多)|[了着吗呢]$/;

/** Of a text without Chinese; what `triggers` begins with. */
const englishTriggers =
  /\b(?:mean|refer|denote|stands? for|short for|(?:word|term|phrase) ["“]|define|the meaning|known as|(?:is|are) (?:called|termed)|Reference in|is\s(?=(?:an?|the|any)\s))|["”](?:[:：—–]| – )|\*\*|\\(?:emph|text)|includes|References? to/g;
const triggers =
  /\b(?:mean|refer|denote|stands? for|short for|(?:word|term|phrase) ["“]|define|the meaning|known as|(?:is|are) (?:called|termed))|["”](?:[:：—–]| – )|\*\*|\\(?:emph|text)|includes|[Rr]eferences? to|以下简称|是指|指的是|系指|所称|所谓|[”」]指|定义为|[”」][（(]?(?:即|是)|叫[作做]|称[为作]|唤作|[：:](?=[由指供用])|\b[Rr]eference in|\bis\s(?=(?:an?|the|any)\s)|\p{Script=Han}(?:（[^）\n]{1,30}）)?是(?=[一依由用以指供位]|[^，。；？！“”\n]{3,40}的\p{Script=Han}{2}。)/gu;

const definitionsTitle =
  /^(?:key |main |common )?(?:definitions?(?: of terms)?|key (?:terms|vocabulary|words|concepts)|interpretation|glossary(?: of .{1,40})?|terminology|terms(?: and definitions| used(?: in .{1,40})?)?|nomenclature|abbreviations(?: and acronyms)?|defined terms|definitions and interpretation|applicability and definitions|(?:\p{L}+ )?(?:words|vocabulary)|words (?:used|to know|you (?:will )?need(?: to know)?)|各?部分?名称|各部分名称|部件名称|名词说明|基本概念|术语(?:和定义|表|解释)?|定义|名词解释|释义|词汇表|缩略语|专业术语)$/iu;

/** The first words of what a term means, at the place where they begin. */
interface Found {
  readonly term: string;
  /** Places in the sentence. */
  readonly at: number;
  readonly meaning: number;
  /** Where the meaning ends, if not with the sentence. */
  readonly end?: number;
}

function readSentence(words: string, inDefinitions: boolean): Found | undefined | 'unsure' {
  const included = inThis.exec(words);
  if (included?.[1] !== undefined)
    return { term: included[1], at: words.indexOf(included[1]), meaning: included[0].length };
  for (const pattern of english) {
    const match = pattern.exec(words);
    const term = match?.[1] ?? match?.[2];
    if (match === null || term === undefined || (pattern !== english[0] && noTerm.test(term))) continue;
    return { term, at: words.indexOf(term, match.index), meaning: match.index + match[0].length };
  }
  const named = /means/.test(words) ? bare.exec(words) : null;
  if (named?.[1] !== undefined && !noTerm.test(named[1])) {
    const capital = named[1].split(/\s+/).every((word) => word.length < 4 || /^\p{Lu}/u.test(word));
    const several = capital && /\s/.test(named[1]);
    return inDefinitions || several || (/^\p{Lu}/u.test(named[1]) && named[1].split(/\s+/).length >= 3)
      ? { term: named[1], at: words.indexOf(named[1]), meaning: named[0].length }
      : 'unsure';
  }
  return undefined;
}

/** `The height of the wall above the water is called freeboard.`, `堰的最高点称为堰顶。`: what it means stands first. */
const meaningFirst =
  /^((?:The|An?|Any|Such an?|Each)\s(?:[^\s,.;:“"”]+[\s,]+){3,24}?)(?:is|are)\s(?:called|known\sas|termed|referred\sto\sas)\s(?:(?:an?|the)\s)?["“*_]{0,2}(?!(?:away|out|up|off|in|on|upon|back|into|for|to|by|home|forth|names?|again|after|from|at|before|and|or|as)\b)(\p{Ll}[\p{L}’'-]*(?:\s\p{Ll}[\p{L}’'-]*){0,2})["”*_]{0,2}(?=[.;(]|$)/u;
const chineseMeaningFirst =
  /^(?:(?:我们|人们|通常|一般|习惯上)?[把将])?(?![这那该此其他她它我你])([^，。；：“”\n]{4,40}?)(?:被|统)?(?:称为|称作|叫做|叫作)(?:[“"「]([^，。；“”"「」\n]{1,12})[”"」]|(\p{Script=Han}{2,8}))[。；]/u;

function readMeaningFirst(words: string): Found | undefined {
  const match = meaningFirst.exec(words) ?? chineseMeaningFirst.exec(words);
  const [whole = '', meaning = '', quoted, plain] = match ?? [];
  const term = quoted ?? plain ?? '';
  if (match === null || /\b(?:he|she|I|we|you|who|which)\b/.test(meaning)) return undefined;
  const from = whole.indexOf(meaning);
  return { term, at: whole.lastIndexOf(term), meaning: from, end: from + meaning.trimEnd().length };
}

function readChinese(words: string): Found | undefined {
  const inside = besideTerm.exec(words);
  if (inside?.[1] !== undefined && inside[2] !== undefined) {
    const end = inside.index + inside[0].length;
    return { term: inside[1], at: words.indexOf(inside[1], inside.index), meaning: end - inside[2].length, end };
  }
  for (const pattern of plainly) {
    const match = pattern.exec(words);
    const term = match?.[1];
    if (match === null || term === undefined || noChineseTerm.test(term)) continue;
    const meaning = match.index + match[0].length;
    return {
      term,
      at: words.indexOf(term, match.index),
      meaning,
      end: meaning + words.slice(meaning).search(/[，。；](?![^，。；]{0,40}的[^，。；的]{1,8}。)|$/),
    };
  }
  for (const [i, pattern] of chinese.entries()) {
    const match = pattern.exec(words);
    const term = match?.[1];
    if (match === null || term === undefined || noChineseTerm.test(term)) continue;
    // `所谓` alone introduces much else.
    if (i === 0 && /(?:是|即)$/.test(match[0]) && !/是指|系指|^本.*所称/.test(match[0])) continue;
    const own = term.replace(
      /^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:\.\d{1,2})*[.、 ]\s*|[将把])|[（(][^（()）]*[)）]$/gu,
      '',
    );
    if (own === '' || noChineseTerm.test(own)) continue;
    return { term: own, at: words.indexOf(own, match.index), meaning: match.index + match[0].length };
  }
  return undefined;
}

function definitionAt(text: string, span: Span, { term, at, meaning, end }: Found): Definition | undefined {
  const meant = text.slice(span.start + meaning, end === undefined ? span.end : span.start + end).trimEnd();
  if (!/\p{L}{2}/u.test(meant) || at < 0) return undefined;
  const meaningStart = span.start + meaning;
  return {
    term: oneLine(term).replace(/[,，.]$/, ''),
    termSpan: { start: span.start + at, end: span.start + at + term.length },
    meaning: oneLine(meant).replace(/[;；.。]$/, ''),
    meaningSpan: { start: meaningStart, end: meaningStart + meant.length },
    span,
  };
}

const entry =
  /^(?:(?:[-*•]|\d{1,2}[.)、](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*|\d{1,2}(?:\.\d{1,2})+\s+)?(?:\*\*|__|`)?([^:：\n*_`|#]{1,60}?)(?:\*\*|__|`)?(?:\s*[:：](?!\/\/)(?:\*\*)?\s*|\s+[—–-]{1,2}\s+|\s+=\s+)(?=\S)(.{3,})$/u;
/** `In this Act—`, `For the purposes of this Part:` above the definitions. */
const introduces = /^(?:In|For|Under|Unless|As used|The following|Throughout|Where)\b(?=.*\s)|[—–-]$|^(?:本|下列|以下)/;

/** A term alone above what it means. */
const isTermLine = (words: string): boolean =>
  words.length <= 60 &&
  !introduces.test(words) &&
  !/^(?:notes?|examples?|here|see|e\.g|tips?|warning)\b|[:：]/i.test(words) &&
  !/[.!?;,。！？；，]$/.test(words) &&
  !/^[#|>`~-]/.test(words) &&
  words.split(' ').length <= 7;

function glossary(prose: Prose, { bodyStart, span }: Section): Definition[] {
  const { text } = prose;
  const found: Definition[] = [];
  const add = (at: number, term: string, from: number, end: number): void => {
    const found_ = definitionAt(
      text,
      { start: at, end },
      { term, at: text.slice(at, end).indexOf(term), meaning: from - at },
    );
    if (found_ !== undefined) found.push(found_);
  };
  const { paragraphs } = prose;
  const within = paragraphs
    .slice(lastBefore(paragraphs, bodyStart - 1) + 1, lastBefore(paragraphs, span.end - 1) + 1)
    .filter(({ end }) => end <= span.end);
  for (const [i, block] of within.entries()) {
    if (spanAt(prose.skipped, block.start) !== undefined || block.end - block.start > 20 * longestSentence) continue;
    const words = text.slice(block.start, block.end);
    const next = within[i + 1];
    const line = words.replace(/\s*[¶:：]$/, '');
    const term = line.replace(/^\d{1,2}(?:\.\d{1,2})*\s+/, '');
    const listed = /^([^\n]{1,60})\n: +(\S[^\n]*)$/.exec(words);
    if (listed?.[1] !== undefined && listed[2] !== undefined) {
      add(block.start, listed[1].trim(), block.end - listed[2].length, block.end);
      continue;
    }
    const below = next === undefined ? '' : text.slice(next.start, Math.min(next.end, next.start + 2000));
    if (
      !words.includes('\n') &&
      isTermLine(term) &&
      next !== undefined &&
      (/\S+ \S+ \S+ \S.*[.:]|\p{Script=Han}{4}/u.test(below) || (term !== line && /(?:\S+ ){3}\S/.test(below))) &&
      !isTermLine(below)
    ) {
      add(block.start, term, next.start, next.end);
      continue;
    }
    let at = block.start;
    for (const line of words.split('\n')) {
      const match = line.length < longestSentence ? entry.exec(line) : null;
      if (
        match?.[1] !== undefined &&
        match[2] !== undefined &&
        match[1].trim().split(/\s+/).length <= 7 &&
        !/^(?:notes?|examples?|tips?|warning)$/i.test(match[1].trim()) &&
        !introduces.test(match[1])
      )
        add(at, match[1], at + line.length - match[2].length, at + line.length);
      at += line.length + 1;
    }
  }
  return found;
}

const termHeader =
  /^(?:terms?|words?|abbreviations?|acronyms?|expressions?|symbols?|术语|名词|用语|词语|缩略语|简称|符号)$/i;
const meaningHeader =
  /^(?:meanings?|definitions?|explanations?|descriptions?|in full|full (?:name|form)|stands for|含义|定义|解释|释义|说明|全称)$/i;

/** The rows of a table of terms. */
function tabled({ tables }: Prose): Definition[] {
  return tables.flatMap(({ columns, rows }): Definition[] => {
    const [term, meaning] = [termHeader, meaningHeader].map((pattern) =>
      columns.findIndex(({ header }) => pattern.test(header.trim())),
    );
    if (term === undefined || meaning === undefined || term < 0 || meaning < 0) return [];
    return rows.flatMap(({ cells }): Definition[] => {
      const [name, meant] = [cells[term], cells[meaning]];
      if (name === undefined || meant === undefined || name.value === '' || meant.value.length < 2) return [];
      const span = { start: Math.min(name.span.start, meant.span.start), end: Math.max(name.span.end, meant.span.end) };
      return [
        {
          term: name.value,
          termSpan: name.span,
          meaning: meant.value.replace(/[;；.。]$/, ''),
          meaningSpan: meant.span,
          span,
        },
      ];
    });
  });
}

/** A heading below that of the definitions is a term, and what stands under it its meaning. */
function termSections(prose: Prose, parts: readonly Section[]): Definition[] {
  const { text, sections } = prose;
  return sections.flatMap(({ title, span, bodyStart, parent, number }): Definition[] => {
    const outer = sections[parent ?? -1];
    if (outer === undefined || !parts.includes(outer) || number === undefined || title.length > 60) return [];
    const stop = text.slice(bodyStart, span.end).search(/\n\s*\n(?=\S)/);
    const end = stop <= 0 ? span.end : bodyStart + stop;
    const lead = /^\s*/.exec(text.slice(bodyStart, end))?.[0].length ?? 0;
    const at = text.indexOf(title, span.start) - span.start;
    const found =
      end - bodyStart > longestSentence
        ? undefined
        : definitionAt(text, { start: span.start, end }, { term: title, at, meaning: bodyStart + lead - span.start });
    return found === undefined ? [] : [found];
  });
}

/** Entries below a line that is such a title, in one paragraph. */
function blockGlossaries(prose: Prose): Definition[] {
  const { text, paragraphs } = prose;
  return paragraphs.flatMap(({ start, end }): Definition[] => {
    const stop = text.indexOf('\n', start);
    if (stop < 0 || stop > end || stop - start > 40 || !definitionsTitle.test(text.slice(start, stop).trim()))
      return [];
    return glossary(
      { ...prose, paragraphs: [{ start: stop + 1, end }] },
      { title: '', level: 1, bodyStart: stop + 1, span: { start, end } },
    );
  });
}

/** `"Contributor"` as a heading above `means each ...`. */
function headed(text: string, { title, span, bodyStart }: Section): Definition | undefined {
  const term = /^["“「]([^"“”「」]{1,60})["”」]/.exec(title)?.[1];
  if (term === undefined) return undefined;
  const lead = /^\s*(?:(?:shall\s+)?means?|refers?\s+to|是指|指)\s*:?\s*/.exec(text.slice(bodyStart, bodyStart + 60));
  if (lead === null) return undefined;
  const end = Math.min(span.end, /\n\s*\n/.exec(text.slice(bodyStart + lead[0].length, span.end))?.index ?? span.end);
  const stop = end === span.end ? span.end : bodyStart + lead[0].length + end;
  const at = text.indexOf(term, span.start) - span.start;
  return definitionAt(
    text,
    { start: span.start, end: stop },
    { term, at, meaning: bodyStart + lead[0].length - span.start },
  );
}

/** The subject of an encyclopedia's entry or of a section: its title and then `is a ...`, in the first sentence. */
function subject({ text, sentences }: Prose, items: readonly Span[], first: Titled): Definition | undefined {
  const title = first.title.replace(/ ?[（(][^)）]*[)）]$/, '');
  if (title.length < 2 || title.length > 60) return undefined;
  const opening = sentences
    .slice(Math.max(0, lastBefore(sentences, first.bodyStart)), lastBefore(sentences, first.bodyStart) + 40)
    .filter(({ start }) => start >= first.bodyStart && spanAt(items, start) === undefined);
  const [lead] = opening;
  if (lead === undefined) return undefined;
  return subjectIn(text, lead, title) ?? laterSubject(text, opening, title);
}

/** A word of a heading that is explained further down: `Temperature is a measure of ...`, `The specific heat of a substance is the energy that ...`. */
function laterSubject(text: string, later: readonly Span[], title: string): Definition | undefined {
  if (/^(?:The|An?) |[^\p{L} -]/u.test(title) || title.split(' ').length > 3) return undefined;
  for (const span of later.slice(0, mostLater)) {
    const words = text.slice(span.start, Math.min(span.end, span.start + longestSentence));
    const article = /^(?:The|An?) /.exec(words)?.[0].length ?? 0;
    if (words.slice(article, article + title.length).toLowerCase() !== title.toLowerCase()) continue;
    const link = explained.exec(words.slice(article + title.length))?.[0].length;
    if (link === undefined) continue;
    const term = words.slice(article, article + title.length);
    return definitionAt(text, span, { term, at: article, meaning: article + title.length + link });
  }
  return undefined;
}

/** Sentences of a section that are looked at. */
const mostLater = 8;
const explained =
  /^(?: of (?:an?|any|the) \p{Ll}+)? is (?=(?:(?:an?|the|any) \p{Ll}+(?: \p{Ll}+){0,5}? (?:that|which|of|needed|used|made|by which|in which|between)|(?!clear|likely|certain|true|such|said|known|evident|possible|probable|sure|found|thought)\p{Ll}{4,} (?:that|which|by which|in which))\b)(?!(?:the )?(?:result|subject|topic|part|one|best|most|first|last|only|main)\b)/u;

function subjectIn(text: string, lead: Span, title: string): Definition | undefined {
  const words = text.slice(lead.start, Math.min(lead.end, lead.start + longestSentence));
  const at = words.indexOf(title);
  if (at < 0 || at > 5 || !/^(?:(?:The|An?) )?[*_]{0,3}$/.test(words.slice(0, at))) return undefined;
  const link =
    /^[*_]{0,3}(?:\s*[（(][^)）]{1,120}[)）])?(?:[，,]\s*(?:又名|又称|也称|亦称|简称|全称|原名|俗称|别称|also (?:known as|called)|or|known as)[^，,。.]{1,40}(?=[，,]))?[，,]?\s*(?:(?:is|was|are|were)\s+(?=(?:an?|the|one of)\s)|是(?=一|.{2,20}的))/.exec(
      words.slice(at + title.length),
    );
  return link === null
    ? undefined
    : definitionAt(text, lead, { term: title, at, meaning: at + title.length + link[0].length });
}

type Titled = Pick<Section, 'title' | 'bodyStart'>;

/** The sections, and a first line that is a title alone. */
function titled({ text, sections, paragraphs }: Prose): Titled[] {
  const [first] = paragraphs;
  const alone = first !== undefined && first.end - first.start <= 30 && sections.every(({ span }) => span.start > 0);
  const title = alone ? text.slice(first.start, first.end) : '';
  return /^[\p{L}\d ·'’-]{2,30}$/u.test(title) && first !== undefined
    ? [{ title, bodyStart: first.end }, ...sections]
    : [...sections];
}

/** `AB = Adrian Bright; n/m = not meaningful.` */
function abbreviations({ text, sentences }: Prose): Definition[] {
  return Array.from(text.matchAll(equal)).flatMap(({ index, 0: whole, 1: meaning = '' }): Definition[] => {
    const term = shortTerm.exec(text.slice(Math.max(0, index - 10), index))?.[1];
    if (term === undefined || spanAt(sentences, index) === undefined || !/\p{L}{3}/u.test(meaning)) return [];
    const span = { start: index - term.length, end: index + whole.length };
    return [definitionAt(text, span, { term, at: 0, meaning: term.length + 3 })].filter((item) => item !== undefined);
  });
}

const equal = / = (\p{L}[\p{L} .'’-]{2,60}?)(?=[;,)]|\.?\s*(?:\n|$)|\.\s)/gu;
const shortTerm = /(?<![^\s;,(])(\p{Lu}[\p{L}/.]{0,7}|\p{Ll}\/\p{Ll})$/u;

/** `"apiary" means ...; "hive" means ...;`, `“本公司”指...，“报告期”指...` */
function piecesOf(text: string, { start, end }: Span): Span[] {
  const words = text.slice(start, end);
  const cuts = [
    ...words.matchAll(
      /[;；]\s*\n?\s*(?=["“]|[（(][一二三四五六七八九十\d]{1,3}[)）])|(?<=[:：])(?=[（(]一[)）])|，(?=“[^”]{1,20}”(?:是?指|系指))| and (?=["“][^"”]{1,40}["”] (?:means|shall mean|refers to) )/g,
    ),
  ];
  if (cuts.length === 0) return [{ start, end }];
  const edges = [0, ...cuts.map(({ index, 0: cut }) => index + cut.length), words.length];
  return edges.slice(1).map((edge, i) => ({
    start: start + (edges[i] ?? 0),
    end: start + edge - (edge === words.length ? 0 : (cuts[i]?.[0].length ?? 0)),
  }));
}

/** `海陵纸业股份有限公司（以下简称“本公司”）`: the words before the brackets are what the short ones mean. */
function shortFor(words: string): Found | undefined {
  const match =
    /([^，。；：、（）()“”\s]{2,40})[（(](?:以下|下称|后文)?(?:统|合)?简?称(?:为)?[“"「]?([^”"」）)]{1,20})[”"」]?[）)]/u.exec(
      words,
    );
  const [, full = '', term = ''] = match ?? [];
  const name = full.replace(/^.*(?:[与和及由对在为]|根据|关于)(?=\p{Script=Han}{4})/u, '');
  if (match === null || name.length < 3) return undefined;
  const meaning = match.index + full.length - name.length;
  return { term, at: words.indexOf(term, match.index + full.length), meaning, end: meaning + name.length };
}

/** `Limescale is the layer that ...`; of somebody's name it says who she is. */
const isBareSubject = (words: string, { term, at }: Found): boolean =>
  at === 0 && /^\p{Lu}\p{Ll}+$/u.test(term) && /^ (?:is|refers|denotes|stands)\b/.test(words.slice(term.length));

/** Words with a capital within a sentence. */
const capitalised = (text: string): Set<string> =>
  new Set(Array.from(text.matchAll(/(?<=[\p{Ll},;] )\p{Lu}\p{Ll}+/gu), ([word]) => word));

/** The definitions in text order, one a term and place. */
export function findDefinitions(prose: Prose, omit: (reason: string) => void = () => {}): Definition[] {
  const { text, sentences, sections } = prose;
  const definitionParts = sections.filter(({ title }) => definitionsTitle.test(title));
  const items = prose.lists.map(({ span }) => span);
  const found = [
    ...titled(prose).map((part) => subject(prose, items, part)),
    ...sections.map((section) => headed(text, section)),
    ...abbreviations(prose),
  ].filter((item) => item !== undefined);
  found.push(
    ...definitionParts.flatMap((section) => glossary(prose, section)),
    ...blockGlossaries(prose),
    ...tabled(prose),
    ...termSections(prose, definitionParts),
  );
  let names: ReadonlySet<string> | undefined;
  const namesIn = (): ReadonlySet<string> => (names ??= capitalised(text));
  let done = -1;
  for (const { index } of text.matchAll(hasHan(text) ? triggers : englishTriggers)) {
    if (index < done) continue;
    const span = spanAt(sentences, index);
    if (span === undefined || span.end - span.start > longestSentence) continue;
    done = span.end;
    const inside = definitionParts.some((part) => part.span.start <= index && index < part.span.end);
    for (const piece of piecesOf(text, span)) {
      const words = text.slice(piece.start, piece.end);
      const han = hasHan(words);
      const read =
        (han ? readChinese(words) : undefined) ??
        readSentence(words, inside) ??
        readMeaningFirst(words) ??
        (han ? shortFor(words) : undefined);
      if (read === 'unsure') omit('definition-unsure');
      else if (read !== undefined && !(isBareSubject(words, read) && namesIn().has(read.term))) {
        const definition = definitionAt(text, piece, read);
        if (definition !== undefined) found.push(definition);
      }
    }
  }
  const taken = new Set<number>();
  return found
    .sort((a, b) => a.termSpan.start - b.termSpan.start || b.span.end - a.span.end)
    .filter(({ termSpan }) => !taken.has(termSpan.start) && taken.add(termSpan.start));
}
