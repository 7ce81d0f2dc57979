/**
 * @file A play, a hearing and chats that are long enough to be asked about, with what is said of what known: speakers take turns by lists.
 */
const matters = [
  [
    'ledger',
    'ferry',
    'lantern',
    'harbour',
    'anchor',
    'cellar',
    'orchard',
    'bridge',
    'saddle',
    'kettle',
    'widow',
    'garden',
  ],
  ['was sold before the frost came in', 'must be paid for by the parish', 'is older than the house it stands in'],
] as const;
const zhMatters = [
  '水表',
  '合同',
  '仓库',
  '报告',
  '电池',
  '外壳',
  '螺丝',
  '管道',
  '账单',
  '阀门',
  '标签',
  '图纸',
] as const;

const at = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;

/** A sentence that stands nowhere else. */
const line = (n: number): string =>
  `I tell you that the ${at(matters[0], n)} of year ${1700 + n} ${at(matters[1], n)}, and so said all the neighbours of the lower town. What is done about the ${at(matters[0], n * 5 + 3)} cannot well be undone.`;

/** Who speaks in each scene, in turn; a list is gone through `rounds` times. */
const scenes: readonly (readonly [act: string, scene: string, cast: readonly string[], rounds: number])[] = [
  ['I', 'I', ['AGNES', 'BERTRAM', 'AGNES', 'CONRAD'], 4],
  ['I', 'II', ['DOROTHY', 'BERTRAM', 'EDMUND', 'BERTRAM'], 4],
  ['II', 'I', ['FELIX', 'GERTRUDE', 'FELIX'], 5],
  ['II', 'II', ['AGNES', 'EDMUND', 'HUGH', 'AGNES', 'BERTRAM'], 3],
  ['III', 'I', ['CONRAD', 'DOROTHY', 'CONRAD', 'GERTRUDE', 'HUGH'], 3],
];

/** A play in three acts and five scenes. */
export const play = {
  title: 'The Lower Town',
  text: scenes
    .reduce<{ lines: string[]; act: string; n: number }>(
      ({ lines, act, n }, [own, scene, cast, rounds]) => {
        const speeches = Array.from({ length: cast.length * rounds }, (_, i) => `${at(cast, i)}.\n${line(n + i)}`);
        const heads = [...(own === act ? [] : [`ACT ${own}.`]), `SCENE ${scene}. A street.`];
        return { lines: [...lines, ...heads, ...speeches], act: own, n: n + speeches.length };
      },
      { lines: ['THE LOWER TOWN'], act: '', n: 0 },
    )
    .lines.join('\n\n'),
};

const witnesses = ['MISS PELL', 'MR RAO', 'MRS OAKES', 'MR DRURY', 'MISS QUILL', 'MR LUNDE', 'MRS VANE'] as const;

/** A hearing of questions and answers; three of the witnesses speak of Tolland, from the third question on. */
export const hearing = {
  title: 'Hearing on the bridge',
  text: Array.from({ length: 60 }, (_, i) => {
    const [matter, witness] = [at(matters[0], i), at(witnesses, (i - 1) / 2)];
    const isNamed = i > 6 && ['MISS PELL', 'MR DRURY', 'MRS VANE'].includes(witness);
    const where = isNamed ? 'in Tolland' : 'in that office';
    return i % 2 === 0
      ? `MR WREN: Turning to page ${i + 10} of the bundle, who signed for the ${matter} of year ${1800 + i}?`
      : `${witness}: It was the clerk of year ${1800 + i} who signed, as the book of the ${matter} shows. The others were away that week, and nobody had been told to keep a copy of it ${where}.`;
  }).join('\n\n'),
};

const writers = ['周远', '林晓', '周远', '陈默', '周远', '林晓', '高凡'] as const;

/** A group chat of twelve days; 林晓 writes most on the fourth. */
export const chat = {
  title: '仪表项目群',
  text: Array.from({ length: 12 }, (_, day) => day + 1)
    .flatMap((day) => {
      const names = day === 4 ? [...writers, '林晓', '林晓'] : writers.slice(0, 4 + (day % 4));
      return names.map(
        (name, i) =>
          `[2024-03-${String(day).padStart(2, '0')} ${String(9 + i).padStart(2, '0')}:${10 + day}] ${name}：第${day}批第${i}箱的${at(zhMatters, day * 7 + i)}已经清点完毕，相关的${at(zhMatters, day + i * 5)}也一并送到二楼，请各位按清单核对数量，缺少的在今天下班以前补上，谢谢大家配合。`,
      );
    })
    .join('\n'),
};

/** A text in which nobody speaks. */
export const prose = {
  title: 'A walk',
  text: Array.from({ length: 40 }, (_, i) => `The road went on past the mill and over hill number ${i}.`).join('\n\n'),
};
