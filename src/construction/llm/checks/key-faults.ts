/**
 * @file What is wrong with the key of a draft, by task: its items follow from their facts, its order from their values. Every fault is told, so
 * that a model mends them all at once.
 */
import { foldedText, timesStanding } from '../../gates/locate.ts';
import type { SubTask } from '../catalogue/sub-task.ts';
import type { KeyItem } from '../draft.ts';
import type { ShownDocument } from '../shown-documents.ts';
import { foldedDocument, isProved, type LocatedFact } from './evidence.ts';
import { calculationFaults } from './figures.ts';
import { type KeyCheck, provesOf, short } from './key-check.ts';
import { orderFaults } from './order-faults.ts';
import { type Said, say } from './said.ts';
import { bareWords, hanShare, isCopied, isOfDocuments, statedLimit, summaryLength } from './words.ts';

/** Items that their facts do not show. */
function unproved({ written, facts }: KeyCheck, wordsOf: (item: KeyItem) => readonly string[]): Said[] {
  return written.answer.flatMap((item) =>
    wordsOf(item)
      .filter((words) => !isProved(words, provesOf(item, facts)))
      .map((words) =>
        say(
          `the facts ${item.from.join(', ')} do not show ${short(words)} in these words`,
          `事实 ${item.from.join('、')} 中没有 ${short(words)} 这样的写法`,
        ),
      ),
  );
}

const textOf = ({ text = '' }: KeyItem): string => text;

const twice = say('two items are equal', '有两项相同');

function valueFaults(check: KeyCheck): Said[] {
  const [only] = check.written.answer;
  const words = textOf(only ?? { from: [] });
  const tooLong = words.split(/\s+/).length > 8 || words.length > 60;
  return [
    ...(tooLong ? [say(`the value is too long: ${short(words)}`, `答案过长：${short(words)}`)] : []),
    ...unproved(check, (item) => [textOf(item)]),
  ];
}

function optionFaults({ written, shown }: KeyCheck): Said[] {
  const right = textOf(written.answer[0] ?? { from: [] });
  const all = [right, ...(written.distractors ?? []).map(({ text }) => text)];
  const faults: Said[] = [];
  if (new Set(all.map((option) => bareWords(option).join(' '))).size < all.length)
    faults.push(say('two options are equal', '有两个选项相同'));
  const documents = shown.map((one) => foldedDocument(one).plain);
  for (const option of all)
    if (!isOfDocuments(option, documents))
      faults.push(
        say(`the option has nothing of the documents: ${short(option)}`, `选项与文档毫无关系：${short(option)}`),
      );
  const asked = foldedText(written.question);
  const told = all.filter((option) => timesStanding(asked, foldedText(option)) > 0);
  if (told.includes(right) && told.length < all.length)
    faults.push(say(`the question tells the key: ${short(right)}`, `问题透露了答案：${short(right)}`));
  const lengths = all.map((option) => (hanShare(option) > 0.5 ? 2 * option.length : option.length));
  const others = lengths.slice(1);
  if ((lengths[0] ?? 0) > 1.6 * Math.max(...others) || 1.6 * (lengths[0] ?? 0) < Math.min(...others))
    faults.push(
      say('the right option is told by its length: make all four alike', '从长短就能看出正确选项：四项应长短相近'),
    );
  return faults;
}

function tableFaults(check: KeyCheck): Said[] {
  const { answer, columns = [] } = check.written;
  const ragged = answer.some(({ cells = [] }) => cells.length !== columns.length);
  const faults = ragged ? [say(`a row has not ${columns.length} cells`, `有一行不是 ${columns.length} 格`)] : [];
  const rows = answer.map(({ cells = [] }) => JSON.stringify(cells.map(foldedText)));
  if (new Set(rows).size < rows.length) faults.push(say('two rows are equal', '有两行相同'));
  return [...faults, ...unproved(check, ({ cells = [] }) => cells)];
}

function labelFaults({ written, facts, shown }: KeyCheck): Said[] {
  const { answer, question } = written;
  const faults = answer.flatMap((item) => {
    const [label, fragment] = [textOf(item), item.fragment ?? ''];
    const known =
      timesStanding(foldedText(question), foldedText(label), 1) > 0 ||
      isProved(label, provesOf(item, facts)) ||
      shown.some(({ title }) => foldedText(title).includes(foldedText(label)));
    return [
      ...(known
        ? []
        : [
            say(
              `the label ${short(label)} stands neither in the question nor by its facts`,
              `标签 ${short(label)} 既不在问题里，也不在其事实处`,
            ),
          ]),
      ...(timesStanding(foldedText(fragment), foldedText(label), 1) > 0
        ? [say(`a fragment tells its label: ${short(fragment)}`, `片段透露了标签：${short(fragment)}`)]
        : []),
    ];
  });
  if (new Set(answer.map(textOf)).size < 2) faults.push(say('all fragments have one label', '全部片段只有一个标签'));
  if (new Set(answer.map(({ fragment = '' }) => foldedText(fragment))).size < answer.length)
    faults.push(say('two fragments are equal', '有两个片段相同'));
  return faults;
}

/** Items that stand in the question must not show their place in the order. */
function listedFaults({ written }: KeyCheck): Said[] {
  const texts = written.answer.map(textOf);
  const faults = new Set(texts.map(foldedText)).size < texts.length ? [twice] : [];
  for (const { text = '', value = '' } of written.answer) {
    const telling = value.length > 1 && timesStanding(foldedText(text), foldedText(value), 1) > 0;
    if (telling) faults.push(say(`the item ${short(text)} holds its own value`, `项 ${short(text)} 含有自己的数值`));
  }
  return faults;
}

function rankedFaults(check: KeyCheck): Said[] {
  const values = check.subTask.checks.includes('by-date') ? unproved(check, ({ value = '' }) => [value]) : [];
  return [...listedFaults(check), ...orderFaults(check), ...values];
}

function summaryFaults({ written, shown }: KeyCheck): Said[] {
  const { summary = '', question } = written;
  const documents = shown.map((one) => foldedDocument(one).plain);
  const limit = statedLimit(question);
  const length = summaryLength(summary);
  const faults: Said[] = [];
  if (limit === undefined) faults.push(say('the question states no limit in words', '问题没有说明字数上限'));
  else if (length > limit)
    faults.push(
      say(`the summary has ${length} words, the question allows ${limit}`, `摘要有 ${length} 字，问题只许 ${limit} 字`),
    );
  if (length < 20) faults.push(say(`the summary has only ${length} words`, `摘要只有 ${length} 字`));
  if (/\n/.test(summary.trim())) faults.push(say('the summary is more than one paragraph', '摘要不止一段'));
  if (isCopied(summary, documents))
    faults.push(say('the summary is a copy of the documents: use your own words', '摘要照抄文档：请用自己的话'));
  if (hanShare(summary) > 0.2 !== hanShare(question) > 0.2)
    faults.push(say('the summary is in another language', '摘要与问题语言不同'));
  return faults;
}

const byTask: Readonly<Record<SubTask['task'], (check: KeyCheck) => Said[]>> = {
  T1: valueFaults,
  T2: optionFaults,
  T3: (check) => {
    const texts = check.written.answer.map((item) => foldedText(textOf(item)));
    const equal = new Set(texts).size < texts.length ? [twice] : [];
    return [...equal, ...unproved(check, (item) => [textOf(item)])];
  },
  T4: ({ written, facts }) => calculationFaults(written, facts),
  T5: tableFaults,
  T6: labelFaults,
  T7: rankedFaults,
  T8: rankedFaults,
  T9: summaryFaults,
};

/** Characters between two facts of one paragraph that make two places of it: some texts are one paragraph. */
const apart = 400;

function standApart(facts: readonly LocatedFact[], shown: readonly ShownDocument[]): boolean {
  const places = facts.map(({ document, spans }) => ({ document, start: spans[0]?.start ?? 0 }));
  const paragraphs = places.map(
    ({ document, start }) => `${document} ${(shown[document]?.text ?? '').lastIndexOf('\n', start)}`,
  );
  const starts = places.map(({ start }) => start);
  return new Set(paragraphs).size > 1 || Math.max(...starts) - Math.min(...starts) >= apart;
}

function spreadFaults({ subTask: { checks }, facts, shown }: KeyCheck): Said[] {
  const faults: Said[] = [];
  if (checks.includes('apart') && !standApart(facts, shown))
    faults.push(say('all facts stand in one place: use two or more, apart', '全部事实都在一处：请用相隔的两处以上'));
  const without = shown.find((_, document) => !facts.some((fact) => fact.document === document));
  if (checks.includes('each-document') && without !== undefined)
    faults.push(say(`no fact is of the document "${without.title}"`, `没有取自文档“${without.title}”的事实`));
  return faults;
}

/** All faults of the key; empty when it follows from the facts. */
export function keyFaults(check: KeyCheck): Said[] {
  const { written, facts } = check;
  const beyond = written.answer.flatMap(({ from }) => from.filter((number) => number > facts.length));
  if (beyond.length > 0)
    return [
      say(
        `there are ${facts.length} facts, the key names fact ${beyond[0]}`,
        `只有 ${facts.length} 条事实，答案却引用第 ${beyond[0]} 条`,
      ),
    ];
  return [...byTask[check.subTask.task](check), ...spreadFaults(check)];
}
