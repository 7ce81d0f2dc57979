/**
 * @file The text of a summary: without fence, JSON, quotes, heading and label.
 */
import { type LooseValue, looseJson } from './loose-json.ts';
import { plain } from './text/plain.ts';

const label =
  /^\s{0,8}(?:(?:here is|here's|below is|this is)\s[^.\n:：]{0,80}[:：]|(?:the |a |final |my |short |brief ){0,2}(?:summary|abstract|overview|tl;?dr|摘要|总结|概述|概要|小结)(?:如下)?\s?(?:[:：-]|\n))\s*/i;

function firstText(value: LooseValue): string | undefined {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'list') return value.items.map((item) => firstText(item) ?? '').join(' ');
  const field =
    value.fields.find(([name]) => /summary|abstract|answer|text|content|摘要|总结|答案/i.test(name)) ?? value.fields[0];
  return field === undefined ? undefined : firstText(field[1]);
}

/** What an answer says as a summary, as plain text in one line. */
export function readSummary(answer: string): string {
  const bare = answer.replace(/^\s*(?:```|~~~)\w{0,12}\s*\n|\n\s*(?:```|~~~)\s*$/g, '').trim();
  const [json] = /^[[{"]/.test(bare) && /^[[{]/.test(bare) ? looseJson(bare) : [];
  const text = json === undefined || json.end < bare.length - 4 ? bare : (firstText(json.value) ?? bare);
  let said = plain(text).trim();
  for (let round = 0; round < 2; round++) said = said.replace(label, '');
  return said.replace(/^["'\s]+|["'\s]+$/g, '');
}
