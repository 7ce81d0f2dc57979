/**
 * @file Words that make an answer no answer: alternatives, negations, bounds; and words that take an earlier answer back.
 */

const alternatives =
  /\b(?:or|either|alternatively|alternately|possibly|maybe|perhaps|unless|versus|vs|depending|might be|could be|may be|one of|and\/or)\b|或|可能|也许|抑或|要么|之一|不确定/i;
const negations =
  /\b(?:not|never|neither|nor|none|no longer|no|cannot|can't|isn't|aren't|wasn't|weren't|doesn't|didn't|don't|won't|except|excluding|other than|rather than|instead of|without|incorrect|wrong|false|fail(?:s|ed)?|unlike|nothing but|anything but|but not|unknown|unclear)\b|n't\b|不|非|没|未|无|除了|错误|有误/i;
const bounds =
  /\b(?:at least|at most|more than|less than|fewer than|greater than|over|under|up to|between|no more than|no less than|above|below|almost|nearly)\b|至少|至多|最多不|超过|不足|以上|以下|将近|之间/i;
const corrections =
  /\b(?:wait|actually|correction|corrected|on reflection|on second thou?ght|sorry|mistake|mistaken|my error|i misread|i was wrong|that is wrong|that's wrong|scratch that|let me (?:correct|fix|revise|re-?check)|revised|rather|i (?:missed|forgot|omitted)|(?:was|were|is|are) missing|(?:complete|full|updated|amended|final) (?:list|table|answer|order|ranking|version))\b|漏了|遗漏|补充|完整的?(?:列表|答案|表格)|更正|修正|不对|等等|重新|纠正|抱歉|有误|应改为|更准确/i;

/** Whether words beside an answer offer another one. */
export const offersAlternative = (text: string): boolean => alternatives.test(text);

/** Whether words beside an answer deny it. */
export const denies = (text: string): boolean => negations.test(text);

/** Whether words beside a number make it a bound. */
export const makesBound = (text: string): boolean => bounds.test(text);

/** Whether the words between two answers take the first one back. */
export const takesBack = (text: string): boolean => corrections.test(text);
