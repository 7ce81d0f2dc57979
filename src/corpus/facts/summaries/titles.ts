/** @file The names that authors give their summaries, as headings and as labels, in English and Chinese. */
import type { SummaryKind } from './summary.ts';

/** What a summary may be one of: `chapter summary`, `plain-language summary`. */
const sorts =
  'lay|plain|plain[- ](?:language|english)|non-?technical|technical|brief|short|general|overall|public|policy|chapter|unit|lesson|section|module|article|report|one-page|case|research|project|quick';
/** Of what: `summary of findings`. */
const parts =
  '(?:(?:the|this|our|key|main|principal|major|and) ?)*(?:findings|conclusions?|results|recommendations|report|paper|chapter|unit|lesson|case|book|study|article|review|year|quarter|evidence|proposals?|changes)';

/** By headings without their number, in small letters. */
const titles: readonly (readonly [RegExp, SummaryKind])[] = [
  [
    /^(?:(?:graphical |structured |the )?abstract|摘要|(?:中文|英文|内容|论文|文章|本文)摘要|提要|аннотация|zusammenfassung|kurzfassung|resumen|resumo|riassunto|要旨|抄録)$/,
    'abstract',
  ],
  [/^(?:the )?argument(?: of the (?:\w+ )?(?:book|poem|chapter|canto))?$/, 'argument'],
  [
    /^(?:(?:executive|management) (?:summary|overview)(?: (?:of|for) .{1,60})?|(?:执行|管理层?|决策)(?:摘要|概要))$/,
    'executive summary',
  ],
  [
    new RegExp(
      `^(?:(?:the )?(?:(?:${sorts}) )?summary|summary of ${parts}|summary and (?:conclusions?|key \\w+|recommendations)|synopsis|résumé|précis|tl;?dr|(?:(?:the|this) [\\p{L}-]+(?: [\\p{L}-]+)? )?in (?:brief|short|summary|a nutshell)|what you need to know|story so far|en bref|l['’]essentiel|chap(?:eau|ô)|inhalt des kapitels|auf einen blick|das wichtigste(?: in kürze)?|in kürze|kurz gefasst|in sintesi|en breve|要約|概要)$`,
      'u',
    ),
    'summary',
  ],
  [
    /^(?:(?:内容|作品|故事|全书|本书|剧情|图书)(?:提要|简介|概要|梗概)|(?:报告|全文|全书|新闻|研究|项目|政策)(?:摘要|概要|提要)|概要|梗概|(?:内容|本[期书文刊]|阅读)?导读|导语|小结|本[章节课讲单元]+(?:小结|概要|导读|摘要|提要|概述)|要旨|编者按|(?:一句话|简要|内容)(?:总结|概括)|小结与要点)$/,
    'summary',
  ],
  [
    /^(?:(?:(?:key|main|principal|major|top|top-line|headline) )+(?:points?|findings|take-?aways|messages|facts|results|conclusions|insights|lessons)|(?:report |(?:\w+ )?results )?at a glance|take-?aways|key (?:points|facts) at a glance)$/,
    'key points',
  ],
  [
    /^(?:(?:本[章节月周期次季年文版]|核心|内容|结论|知识|报告|新闻)?要点(?:提示|速览|回顾|归纳|总结)?|(?:主要|核心|关键)(?:结论|发现|观点|内容)|(?:内容|要点|重点)速览|划重点|本[章节课]+重点|(?:重要|特别)?内容提示)$/,
    'key points',
  ],
  [
    /^(?:(?:release |report |financial |operating |operational |business |performance |year |quarterly |annual |conference |session |the )?highlights(?: (?:of|from|for|in) .{1,40})?|summary\s*[–—-]+\s*release highlights|(?:版本|发布|更新|年度|本期|业绩)(?:亮点|要点|摘要|回顾))$/,
    'highlights',
  ],
  [/^(?:overview|概述|总览|概览)$/, 'summary'],
];

/** These introduce more often than they sum up: their words must come again in the headings and the text that follow. */
const introducing =
  /^(?:overview|概述|总览|概览|synopsis|(?:the )?summary|要点|小结|导语|highlights|what you need to know|导读)$/;
/** Under these points are listed. */
const pointed =
  /^(?:.*in (?:brief|short|a nutshell)|.*at a glance|(?:key|main|principal|major|top) .*|take-?aways|.*highlights.*|(?:executive |chapter |management )?summary.*|tl;?dr|what you need to know|.*(?:提示|要点|亮点|速览|重点|结论|发现|观点|小结|总结).*)$/;

/** A title as it is looked up: without number, marks and colon, `摘　要` as one word. */
function bare(title: string): string {
  const words = title
    .replace(/^[\s*_#>[【]+|[\s*_:：.。】\]]+$/g, '')
    .replace(
      /^(?:\d{1,2}(?:\.\d{1,2})*[.、]?|[ivx]{1,4}[.)]|[一二三四五六七八九十]{1,2}、)\s+(?=\S)|^[一二三四五六七八九十]{1,2}、/i,
      '',
    )
    .toLowerCase();
  return words.replace(/(?<=\p{Script=Han})[\s\u3000]+(?=\p{Script=Han})/gu, '');
}

/** What a heading says of the words below it. */
export interface SummaryTitle {
  readonly kind: SummaryKind;
  readonly introduces: boolean;
  readonly pointed: boolean;
}

const longestTitle = 70;

/** Undefined for a heading that names no summary. */
export function summaryTitle(title: string): SummaryTitle | undefined {
  if (title.length > longestTitle) return undefined;
  const words = bare(title);
  const kind = titles.find(([pattern]) => pattern.test(words))?.[1];
  return kind === undefined ? undefined : { kind, introduces: introducing.test(words), pointed: pointed.test(words) };
}
