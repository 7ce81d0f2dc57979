/**
 * @file Turns of a dialogue with speaker and time, in the layouts of transcripts, chats, subtitles and plays, English and Chinese. A
 * dialogue becomes one conversation in a build, so that a page of fields or notes must not pass for one: labels come back and
 * alternate, are no field names, and what stands behind them is speech.
 */
import type { Span } from '../document.ts';
import { headsOf, type TurnHead, turnLayouts } from './turn-layouts.ts';

/** What one speaker says at a time. */
export interface Turn {
  readonly speaker: string;
  /** As the text states it, e.g. `12:03`. */
  readonly time: string | undefined;
  /** From the line of the speaker's name to the end of what is said. */
  readonly span: Span;
  /** Where the speech begins. */
  readonly bodyStart: number;
}

/** A label that comes only once is a field (`Capital: Vienna`), not a speaker, unless a time stands beside it. */
const leastTurns = 2;
/** A dialogue has two speakers at least, and its labels come back. */
const leastSpeakers = 2;
const leastTurnsASpeaker = 1.5;
/**
 * Shares of the turns: before another speaker's, with the words of a sentence, with a label that is no common word of the text; and of
 * the paragraphs: beginning a turn.
 */
const least = { alternating: 0.4, speech: 0.5, named: 0.5, paragraphs: 0.15 };

/** Labels of forms, notes, manuals and logs. */
const fields = new Set(
  `note notes warning caution important tip tips hint example examples info error debug trace fatal notice summary description
  usage returns return parameters params arguments args options option default type name names title author authors date version
  age sex gender address email phone fax tel url website source sources subject re to from cc bcc sent received status category
  categories tags keywords abstract background objective objectives methods results conclusion conclusions see also todo fixme
  chapter section part figure table step item input output result expected actual problem solution cause fix syntax synopsis
  features requirements license licence copyright dependencies added changed removed fixed deprecated security value key id
  height weight size colour color price total quantity country city state capital population language currency area location
  time start end duration ingredients directions method servings pros cons advantages disadvantages before after
  what when why who where how origin appendix first second third firstly secondly thirdly finally since however therefore thus e.g i.e by repository files file comment
  comments uses used goal question premise hypothesis sentence news readme thanks makefile install fix feature improvement docs misc
  definition theorem lemma proof remark corollary proposition assumption claim
  注意 说明 备注 提示 警告 例如 例 注 姓名 性别 年龄 地址 电话 邮箱 标题 题目 日期 时间 地点 作者 来源 摘要 关键词 名称 类型 单位
  编号 图 表 图片 附 附件 结果 方法 目的 结论 答案 解析 参考 版本 作用 用法 主治 组成`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** `Chapter 3`, `Makefile.am`, `Signed-off-by` and fields name nobody. */
const isName = (label: string): boolean =>
  !fields.has(label.toLowerCase().replace(/[ .]*\d+$| \p{L}$/u, '')) && !/[._-]\p{Ll}/u.test(label);

const share = <T>(items: readonly T[], holds: (item: T, i: number) => boolean): number =>
  items.filter(holds).length / Math.max(1, items.length);

/** Several words, or a sentence's end. */
const isSpeech = (words: string): boolean =>
  /(?:\S+\s+){3}\S*\p{L}|\p{Script=Han}{4}|\p{L}[^.!?…。！？]*[.!?…。！？]["”’」)]*$/u.test(words);

/** Whether the text writes the label in lower case more often than as a label: `Returns`, `Function`. */
function isCommonWord(text: string, label: string, turns: number): boolean {
  if (!/^\p{Lu}\p{L}+$/u.test(label)) return false;
  let found = 0;
  for (const _ of text.matchAll(new RegExp(`(?<!\\p{L})${label.toLowerCase()}(?!\\p{L})`, 'gu')))
    if (++found > turns) return true;
  return false;
}

/** Characters; the values of a form are no longer. */
const shortValue = 200;

/** The labels of a form come in one order, again and again, before short values. */
const isForm = (turns: readonly Turn[]): boolean => {
  const period = new Set(turns.map(({ speaker }) => speaker)).size;
  if (period < 3 || share(turns, ({ bodyStart, span }) => span.end - bodyStart < shortValue) < 0.5) return false;
  return share(turns.slice(period), ({ speaker }, i) => speaker === turns[i]?.speaker) > 0.8;
};

function isDialogue(text: string, turns: readonly Turn[]): boolean {
  const labels = turns.map(({ speaker }) => speaker);
  const counts = countsOf(labels);
  if (counts.size < leastSpeakers) return false;
  const timed = turns.every(({ time }) => time !== undefined);
  if (!timed && turns.length < leastTurnsASpeaker * counts.size) return false;
  if (share(labels.slice(1), (label, i) => label !== labels[i]) < least.alternating) return false;
  if (timed) return true;
  if (isForm(turns)) return false;
  if (
    share(turns, ({ bodyStart, span }) => isSpeech(text.slice(bodyStart, Math.min(span.end, bodyStart + 400)).trim())) <
    least.speech
  )
    return false;
  const paragraphs = text.slice(turns[0]?.span.start).split(/\n\s*\n/).length;
  if (turns.length < least.paragraphs * paragraphs) return false;
  const common = new Set(
    [...counts].filter(([label, count]) => isCommonWord(text, label, count)).map(([label]) => label),
  );
  return share(labels, (label) => !common.has(label)) >= least.named;
}

function countsOf(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

function turnsOf(text: string, heads: readonly TurnHead[]): Turn[] {
  const counts = countsOf(heads.map(({ speaker }) => speaker));
  const spoken = heads.filter(
    ({ speaker, time }) => isName(speaker) && (time !== undefined || (counts.get(speaker) ?? 0) >= leastTurns),
  );
  const turns = spoken.map(({ speaker, time, start, bodyStart }, i) => {
    const next = spoken[i + 1]?.edge ?? text.length;
    const end = bodyStart + text.slice(bodyStart, next).trimEnd().length;
    return { speaker, time, bodyStart, span: { start, end } };
  });
  return isDialogue(text, turns) ? turns : [];
}

/** The turns in text order; none where the text is no dialogue. */
export function findTurns(text: string): Turn[] {
  const readings = turnLayouts.map((layout) => turnsOf(text, headsOf(text, layout)));
  return readings.reduce((most, turns) => (turns.length > most.length ? turns : most), []);
}
