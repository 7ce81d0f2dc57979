/**
 * @file Short forms that Chinese texts agree on in brackets: `海陵纸业股份有限公司（以下简称“公司”或“海陵纸业”）`, `市民政部门（以下称主管部门）`; a party's
 * name may stand behind it: `出租方（以下简称“甲方”）：启衡工程机械有限公司`.
 */
import { type Prose, spanAt } from '../../structure/prose.ts';
import { type Definition, definitionAt, type Found } from './definition.ts';

const calls = '(?:(?:以下|下文|后文)(?:统|合|简)?称(?:为)?|下称|(?:统|合)?简称(?:为)?)';
const quoted = '[“"「]?([^“”"「」（）()，。；\\n]{1,20})[”"」]?';
const brackets = new RegExp(
  `([^，。；：、（）()“”\\s]{2,40})[（(]${calls}[：:]?${quoted}(?:(?:或者?|、)[“"「]([^“”"」（）()]{1,20})[”"」])?[）)](?:[:：]\\s*([^，。；\\n]{3,60}))?`,
  'gu',
);
/** What leads up to a name and is none of it. */
const lead = /^.*(?:[与和及由对在为向的了]|根据|关于|签署|持有|收购)(?=[\p{Script=Han}《]{4})/u;

/** One or two terms a bracket, each meaning what stands before it, or a party's name behind. */
export function shortForms({ text, sentences }: Prose): Definition[] {
  return Array.from(text.matchAll(brackets)).flatMap((match): Definition[] => {
    const [whole, full = '', term = '', other, party] = match;
    const sentence = spanAt(sentences, match.index);
    // What a law `所称`, it says behind; a figure is no name.
    if (sentence === undefined || term === full || /所[称稱]|\d\p{Script=Han}{1,4}$/u.test(full)) return [];
    const isParty = party !== undefined && full.length <= 8;
    const name = full.replace(lead, '');
    if (!isParty && name.length < 3) return [];
    const start = Math.min(sentence.start, match.index);
    const span = { start, end: Math.max(sentence.end, match.index + whole.length) };
    const from = match.index - start;
    const meaning = isParty
      ? { meaning: from + whole.length - party.length, end: from + whole.length }
      : { meaning: from + full.length - name.length, end: from + full.length };
    return [term, other].flatMap((one) => {
      if (one === undefined) return [];
      const found: Found = { term: one, at: from + whole.indexOf(one, full.length), ...meaning };
      return definitionAt(text, span, found) ?? [];
    });
  });
}
