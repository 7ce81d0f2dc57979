/** @file The dates and clock times that chats, mails and subtitles put beside a speaker, in English and Chinese. */

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\\.?';
const weekday = '(?:(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)[a-z]*\\.?,? )';
/** `2024-05-01`, `1/2/24`, `5 May 2024`, `May 5th, 2024`, `2024年5月1日`, `Today at`, `昨天`. */
const day = [
  '\\d{1,4}[-./]\\d{1,2}[-./]\\d{1,4}',
  `${weekday}?\\d{1,2} ${month},?(?: \\d{4})?`,
  `${weekday}?${month} \\d{1,2}(?:st|nd|rd|th)?(?:, ?\\d{4}| \\d{4}(?!\\d|:))?`,
  '(?:\\d{4}年)?\\d{1,2}月\\d{1,2}日(?:[ (（]?(?:星期|周)[一二三四五六日天][)）]?)?',
  '(?:[Tt]oday|[Yy]esterday)(?: at)?',
  '(?:\\d{4}년 )?\\d{1,2}월 \\d{1,2}일(?: .요일)?',
  '(?:今天|昨天|前天|(?:星期|周)[一二三四五六日天])',
].join('|');
const half = '(?:上午|下午|早上|晚上|中午|凌晨|傍晚|午前|午後|오전|오후)';
const clock = `(?:${half} ?)?\\d{1,2}:\\d{2}(?::\\d{2})?(?:[.,]\\d{1,3})?(?: ?(?:[AaPp]\\.?[Mm]\\b\\.?))?(?:Z|[+-]\\d\\d:?\\d\\d(?!\\d))?`;

/** A clock time, with or without its day; the pattern has no group. */
export const stamp = `(?:(?:${day})(?:,|T)? ?(?:at )?)?${clock}`;
/** A day that may do without its clock time. */
export const dayOrStamp = `(?:${stamp}|${day})`;
/** A day with its year, and a clock time. */
export const fullStamp = `(?:\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}|\\d{1,2}[-./]\\d{1,2}[-./]\\d{4}|(?:${weekday}?\\d{1,2} ${month}|${month} \\d{1,2}),? \\d{4}|\\d{4}年\\d{1,2}月\\d{1,2}日)(?:,|T)? ?(?:at )?${clock}`;
