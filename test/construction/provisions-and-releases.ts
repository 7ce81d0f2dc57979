/** @file A made contract, a made law, and two made changelogs, and how a generator asks about one of them. */

import { sameAnswer } from '../../src/construction/gates/same-answer.ts';
import { factsOf } from '../../src/construction/questions/facts-within.ts';
import type { QuestionDraft, QuestionGenerator } from '../../src/construction/questions/question.ts';
import { makeDocument } from '../../src/corpus/make-document.ts';
import { random } from '../../src/random.ts';

export const contract = `AGREEMENT FOR THE CARE OF THE TOWN CLOCKS
==========================================

Article 1. Definitions
----------------------

1.1 In this Agreement:

"Clock" means each clock listed in the Schedule, and includes its bells.

"Repair Time" means the time from a call under Article 4.1 until the Clock is going again.

"Service Credit" means a sum calculated under Article 6.

"Night Hours" means 22:00 to 06:00.

"Call Charge" means the sum that is due for a visit outside of the plan.

Article 2. Term
---------------

2.1 This Agreement continues for five years, unless ended earlier under Article 9.

2.2 The Council may extend it by giving four months' notice under Article 8.

Article 3. Visits
-----------------

3.1 The Keeper shall inspect every Clock within 30 days of the start of a quarter.

3.2 No visit may be made in Night Hours, unless the Council agrees under Article 8.

Article 4. Faults
-----------------

4.1 The Council may report a fault by telephone.

4.2 The Repair Time shall not exceed 48 hours. Where it does, Article 6 applies, save in the cases of Article 7.

4.3 A temporary repair shall be made permanent within 21 days of the first call.

Article 5. Charges
------------------

5.1 The Council shall pay within 14 days of receipt of the invoice.

5.2 A Service Credit is taken from the next payment, before tax.

5.3 A Call Charge is shown apart.

Article 6. Credits
------------------

6.1 A Service Credit is due for each Clock whose Repair Time was too long, save in the cases of Article 7.

6.2 The credit is £120 for each day.

Article 7. Relief
-----------------

7.1 The Keeper is not liable for storms, nor for work that was refused in Night Hours.

7.2 Relief shall be claimed in writing within 10 days after the storm, by notice under Article 8.

Article 8. Notices
------------------

8.1 Notices are sent to the Town Clerk.

Article 9. Ending
-----------------

9.1 Either party may end this Agreement if the other does not put a breach right within 60 days of being asked.

9.2 The Council may end it where the sums under Article 6 come to more than £9,000 in a year, by notice under Article 8.
`;

export const law = `镇区公园管理条例
================

第一章　总则
------------

第一条　为了保护公园，方便游人，制定本条例。

第二条　本条例中下列用语的含义：
（一）夜间开放，是指二十二时以后对游人开放。
（二）经营摊位，是指在公园内出售商品的固定场所。
（三）养护单位，是指受镇政府委托照管公园的单位。

第三条　公园免费开放。夜间开放的，应当按照第八条的规定报告。

第二章　管理
------------

第四条　养护单位应当在接到报告后四小时内清除倒伏的树木。

第五条　设置经营摊位，应当提前三十日申请；符合第七条规定的，应当批准。

第六条　养护单位应当每年公布一次账目，保存十年，并按照第八条的规定报告。

第七条　经营摊位的总数不得超过二十个，间隔不得少于五十米。

第八条　向镇政府报告，应当采用书面形式，在五日内送达。

第三章　责任
------------

第九条　违反第七条规定的，责令在十五日内拆除。

第十条　违反第八条规定，养护单位未按时报告的，责令在七日内改正。

第十一条　夜间开放造成损坏的，由养护单位在二十日内修复，并按照第八条的规定报告。

第十二条　犬只应当由绳索牵引，不得进入儿童游乐场地。
`;

export const changelog = `# Sundial changelog

## 1.4.0, 2 March 2024

- Added: The shadow is drawn on round faces as well as on flat ones.
- Added: Hours may be shown in Roman numerals on every face.
- Fixed: The needle stopped when the clock was set back in autumn.

## 1.3.1, 20 January 2024

- Fixed: Places south of the equator had the shadow on the wrong side.
- Fixed: A longitude of exactly 180 degrees was refused by the form.

## 1.3.0, 5 December 2023

- Added: Longitudes can be typed in degrees and minutes of arc.
- Changed: The equation of time is taken from the newer tables.

## 1.2.0, 9 September 2023

- Added: Faces can be printed on one page without a margin.
- Removed: The old menu of colours, which nobody had opened in a year.

## 1.1.0, 1 June 2023

- Added: A sound is played at noon, local apparent time.
- Fixed: The page could not be opened without a network.
`;

export const changelogZh = `# 日晷更新记录

## 1.4.0（2024年3月2日）

- 新增：圆形晷面也能画出影子，不限于平面。
- 修复：秋季调回时钟后指针不再走动的问题。

## 1.3.1（2024年1月20日）

- 修复：赤道以南地区影子方向画反的问题。
- 修复：经度恰为一百八十度时表单拒绝输入。

## 1.3.0（2023年12月5日）

- 新增：经度可以按度和分输入，并自动换算。
- 变更：时差改用较新的天文年历数据计算。

## 1.2.0（2023年9月9日）

- 新增：晷面可以不留边距地打印在一页纸上。

## 1.1.0（2023年6月1日）

- 新增：地方真太阳时正午播放一段提示音。
- 修复：没有网络时页面无法打开的毛病。
`;

const titles = new Map([
  [contract, 'Clock agreement'],
  [law, '镇区公园管理条例'],
  [changelog, 'Sundial changelog'],
  [changelogZh, '日晷更新记录'],
]);

/** A question about one document, as it was asked and as the solver answers it. */
export interface Asked extends QuestionDraft {
  readonly question: string;
  readonly solved: readonly string[] | undefined;
  /** Whether the solver agrees with the gold once words of the document were replaced. */
  agreesWith(from: string, to: string): boolean;
}

/** The question of a seed; the reason where there is none. */
export function askedOf(generator: QuestionGenerator, text: string, seed = 1): Asked | string {
  const title = titles.get(text) ?? 'A text';
  const language = /\p{Script=Han}{4}/u.test(text) ? 'zh' : 'en';
  const document = makeDocument({
    id: title,
    title,
    source: 'written for this test',
    licence: 'CC0-1.0',
    language,
    kind: 'chapter',
    text,
  });
  const facts = factsOf(document);
  const places = generator.places(document, facts);
  if (typeof places === 'string') return places;
  const span = { start: 0, end: document.text.length };
  const draft = generator.draw(
    { language, documents: [{ document, title, span, facts }], chosen: [0] },
    random('asked', seed),
  );
  if (typeof draft === 'string') return draft;
  const question = generator.wordings.say(language, seed, draft.slots);
  const solve = (shown: string): readonly string[] | undefined =>
    generator.solve({ language, documents: [{ title, text: shown }], slots: generator.wordings.read(question) ?? {} });
  const agreesWith = (from: string, to: string): boolean => {
    const found = solve(document.text.replaceAll(from, to));
    return found !== undefined && found.length > 0 && sameAnswer(generator.task, found, draft.gold);
  };
  return { ...draft, question, solved: solve(document.text), agreesWith };
}
