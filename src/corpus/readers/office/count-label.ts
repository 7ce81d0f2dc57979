/** @file Numbers of lists in the forms of Word and its kin: letters, Roman and Chinese numerals. */

/** @example letters(28) // 'ab' counts as Word does: aa, bb */
const letters = (count: number): string => String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.ceil(count / 26));

const romanDigits: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(count: number): string {
  let [rest, text] = [count, ''];
  for (const [value, digit] of romanDigits)
    while (rest >= value) {
      text += digit;
      rest -= value;
    }
  return text;
}

const hanDigits = '零一二三四五六七八九';

/** Up to 99; more are written in digits. */
function chinese(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10];
  if (count > 99) return String(count);
  const head = tens === 0 ? '' : `${tens === 1 ? '' : hanDigits[tens]}十`;
  return `${head}${ones === 0 && tens > 0 ? '' : hanDigits[ones]}`;
}

/** A form that nobody reads beyond this. */
const most = 3000;

/**
 * A count in one of the number formats of WordprocessingML or OpenDocument.
 *
 * @example countLabel(3, 'lowerRoman') // 'iii'
 */
export function countLabel(count: number, format: string): string {
  if (count < 1 || count > most) return String(count);
  switch (format) {
    case 'lowerLetter':
    case 'a':
      return letters(count);
    case 'upperLetter':
    case 'A':
      return letters(count).toUpperCase();
    case 'lowerRoman':
    case 'i':
      return roman(count);
    case 'upperRoman':
    case 'I':
      return roman(count).toUpperCase();
    case 'decimalZero':
      return String(count).padStart(2, '0');
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'japaneseCounting':
    case 'taiwaneseCountingThousand':
    case 'taiwaneseCounting':
    case 'ideographDigital':
    case '一, 二, 三, ...':
      return chinese(count);
    default:
      return String(count);
  }
}
