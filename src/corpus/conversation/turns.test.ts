import { expect, test } from 'vitest';
import { findTurns } from './turns.ts';

const said = (text: string): string[] =>
  findTurns(text).map(
    ({ speaker, time, bodyStart, span }) =>
      `${speaker}${time === undefined ? '' : ` ${time}`}: ${text.slice(bodyStart, span.end).trim()}`,
  );

const talk = [
  ['Anna', 'Are you coming tonight?'],
  ['Bob', 'I have to work until nine.'],
  ['Anna', 'Then come after that.'],
  ['Bob', 'All right, I will.'],
] as const;
const laidOut = (line: (speaker: string, words: string) => string, between = '\n'): string =>
  talk.map(([speaker, words]) => line(speaker, words)).join(between);

test.each([
  ['labels', laidOut((name, words) => `${name}: ${words}`)],
  ['bold labels', laidOut((name, words) => `**${name}:** ${words}`, '\n\n')],
  ['bold names', laidOut((name, words) => `**${name}**: ${words}`, '\n\n')],
  ['a list', laidOut((name, words) => `- ${name}: ${words}`)],
  ['names above speeches', laidOut((name, words) => `${name.toUpperCase()}.\n${words}`, '\n\n')],
  ['lower case', laidOut((name, words) => `${name.toLowerCase()}: ${words}`)],
  ['a chat', laidOut((name, words) => `<${name.toLowerCase()}> ${words}`)],
])('the speakers and their words are found in %s', (_, text) => {
  expect(said(text).map((turn) => turn.toLowerCase())).toEqual(
    talk.map(([name, words]) => `${name}: ${words}`.toLowerCase()),
  );
});

test.each([
  ['Anna (12:03:44): hi there\nBob (12:03:50): ok', ['Anna 12:03:44: hi there', 'Bob 12:03:50: ok']],
  [
    '张三（10:02）：你好\n李四（10:03）：好\n张三（10:05）：再见',
    ['张三 10:02: 你好', '李四 10:03: 好', '张三 10:05: 再见'],
  ],
  ['2024-05-01 12:03 Anna: hi\n2024-05-01 12:04 Bob: yo', ['Anna 2024-05-01 12:03: hi', 'Bob 2024-05-01 12:04: yo']],
  ['[12:03] anna: hi\n[12:04] bob: yo', ['anna 12:03: hi', 'bob 12:04: yo']],
  ['Anna 12:03\nhello there\nBob 12:04\nyes', ['Anna 12:03: hello there', 'Bob 12:04: yes']],
  ['00:01:02 Speaker 1: hello\n00:01:05 Speaker 2: hi', ['Speaker 1 00:01:02: hello', 'Speaker 2 00:01:05: hi']],
  [
    'WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nAnna: hi\nthere\n\n2\n00:00:05.000 --> 00:00:06.000\nBob: yo\n',
    ['Anna 00:00:01.000: hi\nthere', 'Bob 00:00:05.000: yo'],
  ],
])('times travel with the turns of %j', (text, turns) => {
  expect(said(text)).toEqual(turns);
});

const repeated = (lines: readonly string[], times: number): string =>
  Array.from({ length: times }, () => lines.join('\n')).join('\n\n');

test.each([
  ['notes', repeated(['Note: You must save the file first.', 'Warning: All of the data will be lost.'], 4)],
  ['a form', repeated(['Name: Xaver Huber', 'Age: 34'], 5)],
  [
    'a form of unknown fields',
    repeated(['Hull: made of oak by hand', 'Mast: pine of the north', 'Sail: two of white linen'], 5),
  ],
  ['short values', repeated(['Shape: round', 'Colour: blue'], 5)],
  ['figures', repeated(['Vienna: 1,897,000', 'Graz: 291,000'], 4)],
  ['a log', '12:03 INFO: the server has started\n12:04 ERROR: the disk is full\n12:05 INFO: the server has ended'],
  [
    'a manual',
    repeated(
      [
        'Function: gives the length of the list that the function was called with.',
        'Complexity: the function has linear complexity; the function and its complexity are measured.',
        'Function: gives the list back.',
      ],
      4,
    ),
  ],
  ['YAML', repeated(['host: the first of the two', 'port: eighty', 'path: /'], 4)],
  ['code', repeated(['case 1:', '  return', 'else:', '  pass'], 4)],
  ['HTML', repeated(['<p> Some words of a page', '</p>', '<b> Some more words of it', '</b>'], 4)],
  [
    'sections of man pages',
    repeated(['DESCRIPTION', 'It lists the files of a folder.', 'OPTIONS', 'It has many of these.'], 4),
  ],
])('%s are no dialogue', (_, text) => {
  expect(said(text)).toEqual([]);
});

/** `speaker: words`, with the place, and the directions in braces. */
const played = (text: string): string[] =>
  findTurns(text).map(({ speaker, place, bodyStart, span, directions = [] }) => {
    const beside = directions.map((span) => `{${text.slice(span.start, span.end)}}`).join('');
    return `${place ?? '-'} | ${speaker}${beside}: ${text.slice(bodyStart, span.end).replace(/\s+/g, ' ')}`;
  });

test('a play keeps its persons, scenes and directions apart from what is said', () => {
  const text = [
    'PERSONS REPRESENTED.\n\nKING OF THE ISLE.\nNELL, his cook.\n\nACT I.\n\nSCENE II. A kitchen.',
    'KING.\nWho burned the goose?\n\nNELL.\n[Aside.] Not I.\nIt burned, my lord, itself.\n\n[Enter TOM, smoking.]',
    'TOM.\nYou called?\n\n12\n\nKING.\nI did not.\n\nNELL. O, but you did!\n\nExeunt.',
    'SCENE III. The yard.\n\nTOM.\nIs it me that you seek?\n\nKING.\nIt is.\n\nOLD WOMAN.\nLet him go, sir!\n\nTOM.\nThank you.',
  ].join('\n\n');
  expect(played(text)).toEqual([
    'A kitchen | KING: Who burned the goose?',
    'A kitchen | NELL{[Aside.]}: Not I. It burned, my lord, itself.',
    'A kitchen | TOM: You called?',
    'A kitchen | KING: I did not.',
    'A kitchen | NELL: O, but you did!',
    'The yard | TOM: Is it me that you seek?',
    'The yard | KING: It is.',
    'The yard | OLD WOMAN: Let him go, sir!',
    'The yard | TOM: Thank you.',
  ]);
});

test.each([
  [
    "a channel, where joins and actions are nobody's",
    '09:58 -!- moss has joined #x\n09:59 <@moss> is it down?\n10:01 < teasel_> yes: again\n10:02  * moss sighs\n10:03 <@moss> thanks',
    ['moss 09:59: is it down?', 'teasel_ 10:01: yes: again', 'moss 10:03: thanks'],
  ],
  [
    "a messenger, whose notices are nobody's",
    '1/2/24, 9:00 PM - Messages are end-to-end encrypted.\n1/2/24, 9:01 PM - Ada: hi all\nPS: bring tea\n1/2/24, 9:03 PM - Ada added Cy\n1/2/24, 9:04 PM - +44 7700 900123: who is this\n1/2/24, 9:05 PM - Ada: me!',
    [
      'Ada 1/2/24, 9:01 PM: hi all\nPS: bring tea',
      '+44 7700 900123 1/2/24, 9:04 PM: who is this',
      'Ada 1/2/24, 9:05 PM: me!',
    ],
  ],
  [
    'a page of names above times',
    'Dana W\n9:02 AM\nIs it broken?\n9:03\nIt is.\n\nci-bot\nAPP 9:04 AM\nBuild 3 failed\n:eyes: 2\n\nDana W\n9:05 AM\nThanks!',
    [
      'Dana W 9:02 AM: Is it broken?',
      'Dana W 9:03: It is.',
      'ci-bot 9:04 AM: Build 3 failed',
      'Dana W 9:05 AM: Thanks!',
    ],
  ],
  [
    'Chinese times',
    '[2024/1/2 下午3:05:12] 小林: 你到了吗？\n[2024/1/2 下午3:06:01] 阿梅: 到了\n[2024/1/2 下午3:06:40] 小林: 好',
    ['小林 2024/1/2 下午3:05:12: 你到了吗？', '阿梅 2024/1/2 下午3:06:01: 到了', '小林 2024/1/2 下午3:06:40: 好'],
  ],
  [
    'a list of who takes part before a record',
    '时间：上午九时\n审判长：郑海\n\n审判长：请坐。姓名？\n原告：丁桂花。\n审判长：你有什么要求？\n原告：我要赔偿。',
    ['审判长: 请坐。姓名？', '原告: 丁桂花。', '审判长: 你有什么要求？', '原告: 我要赔偿。'],
  ],
  [
    'talks with a model, whatever the words hold',
    '**user:** List parts:\nName: use\n\n**assistant:** Boiler: makes steam\n\n## Note\n\nDone.',
    ['user: List parts:\nName: use', 'assistant: Boiler: makes steam\n\n## Note\n\nDone.'],
  ],
])('turns are found in %s', (_, text, turns) => {
  expect(said(text)).toEqual(turns);
});

test('a thread of mails: who wrote what, without what they quote', () => {
  const text =
    'From: Ann Lee <ann@a.example>\nDate: Mon, 1 May 2017\nSubject: Re: [list] ink\n\nRubber, always.\n\n> Has anyone tried oil?\n\nBut not the red.\n-- \nAnn\n\nOn 30 April 2017, Ivo <ivo@b.example> wrote:\n\n> Thanks, Jun.\n>\n> On 29 April 2017, Jun Paik <jun@c.example> wrote:\n>\n>> Which ink?';
  const turns = findTurns(text);
  expect(turns.map(({ speaker, bodyStart }) => `${speaker}: ${text.slice(bodyStart).split('\n')[0]}`)).toEqual([
    'Ann Lee: Rubber, always.',
    'Ivo: Thanks, Jun.',
    'Jun Paik: Which ink?',
  ]);
  expect(turns[0]?.interruptions?.map(({ start, end }) => text.slice(start, end))).toEqual(['> Has anyone tried oil?']);
});

test('in a record the one who asks is named, and numbers of lines are not said', () => {
  const record = [
    'MR. SMITH: Call Mr. Pelham, please.',
    'BY MR. SMITH:',
    'Q. Did you sign it, and',
    'when?',
    'A. I did, in May.',
    '(Pause.)',
  ];
  const more = [
    'MS. ADE: Objection, your honour!',
    'Q. Who wrote it?',
    'A. I cannot say.',
    'MS. ADE: No more questions.',
    'MR. SMITH: Thank you.',
  ];
  const text = [...record, ...more].map((line, i) => `${i + 1} ${line}`).join('\n');
  const turns = findTurns(text);
  expect(turns.map(({ speaker }) => speaker).join(' ')).toBe('MR. SMITH Q A MS. ADE Q A MS. ADE MR. SMITH');
  expect(turns[1]?.person).toBe('MR. SMITH');
  expect(turns[1]?.interruptions?.map(({ start, end }) => text.slice(start, end))).toEqual(['4 ']);
});

test('who asks and who answers is told where the text leaves one reading', () => {
  const hearing = [
    'THE CHAIR:  Good morning. Mr. Vale?',
    'MR. VALE:  Please look at Exhibit 4. Do you have it?',
    'THE WITNESS:  I do.',
    'Q.  Whose hand is it?',
    'A.  My own, sir.',
    'MS. ORR:  I object.',
    'THE CHAIR:  Go on.',
    'Q.  When did you sign it?',
    'A.  In May.',
  ];
  const persons = (text: string) => findTurns(text).map(({ speaker, person }) => person ?? speaker);
  expect(persons(hearing.join('\n\n'))).toEqual([
    'THE CHAIR',
    'MR. VALE',
    'THE WITNESS',
    'MR. VALE',
    'THE WITNESS',
    'MS. ORR',
    'THE CHAIR',
    'MR. VALE',
    'THE WITNESS',
  ]);
  const talk =
    'Q: Mr Quayle, when did you build it?\n\nA: In 1990. I was young then.\n\nQ: Do you still sail?\n\nA: I do, on Sundays.';
  const told = 'Edmund Quayle builds boats. He spoke with us in his yard.\n\nInterview: Ada Prior';
  expect(persons(`${told}\n\n${talk}`)).toEqual(['Ada Prior', 'Edmund Quayle', 'Ada Prior', 'Edmund Quayle']);
  expect(persons(`Edmund Quayle and his sister Ann Quayle build boats.\n\n${talk}`)).toEqual(['Q', 'A', 'Q', 'A']);
  const two = [
    ...hearing,
    'MS. ORR:  One question. Were you alone?',
    'THE WITNESS:  No.',
    'Q.  Who was there?',
    'A.  A clerk.',
  ];
  expect(persons(two.join('\n\n')).slice(-2)).toEqual(['Q', 'THE WITNESS']);
});

test.each([
  [
    'common questions',
    'Q: How do I install it?\nA: Run the installer, then restart your machine.\n\nQ: Can I use it at home?\nA: Yes, you can use it anywhere.\n\nQ: Where do I find my key?\nA: You find it in your account.',
  ],
  [
    'a log of programs',
    'Jan 12 10:00:01 host1 sshd[123]: Accepted key for you\nJan 12 10:00:02 host1 cron[124]: started?\nJan 12 10:00:03 host1 sshd[123]: closed',
  ],
  [
    'a licence in capitals',
    repeated(
      [
        'IN NO EVENT SHALL YOU OR THE AUTHORS BE LIABLE FOR THE POSSIBILITY OF',
        'SUCH DAMAGE.',
        'You may copy it; you may not sell it.',
      ],
      4,
    ),
  ],
  [
    'a history of changes',
    repeated(
      [
        'commit 9f56',
        'Author: Ann Lee <ann@a.example>',
        'Date: Mon, 1 May 2017 10:00:00 +0200',
        '',
        'Fix it for you.',
        'On Mon, 1 May 2017, Bob wrote:',
        '> why?',
      ],
      4,
    ),
  ],
])('%s hold no talk', (_, text) => {
  expect(said(text)).toEqual([]);
});

test('hostile texts are read in one go', () => {
  for (const text of [
    '\n'.repeat(2_000_000),
    'WORD '.repeat(400_000),
    'Name: x\nDate: y\n\n'.repeat(20_000),
    `HAMLET.\n${'[ '.repeat(200_000)}`,
  ])
    expect(findTurns(text)).toEqual([]);
});

test('in an examination the answers are those of the witness who was sworn, and the questions of whoever examines', () => {
  const text = `DEPOSITION OF ADA BROOK\n\nADA BROOK, having been first duly sworn, testified as follows:\nEXAMINATION\nBY MS. LARK:\nQ.   Good morning. Where do you work?\nA.   I keep the lock at Wend, as I told you.\nQ.   Were you there in March?\nA.   I was. Every day.\nMR. HOLT:  Objection. You asked her that.\nQ.   Did you open the gate?\nA.   No, I did not.\n`;
  expect(findTurns(text).map(({ speaker, person }) => person ?? speaker)).toEqual([
    ...['MS. LARK', 'ADA BROOK', 'MS. LARK', 'ADA BROOK', 'MR. HOLT', 'MS. LARK', 'ADA BROOK'],
  ]);
});

test('of several who examine, each asks from the line on that names them; who only objects asks nothing', () => {
  const text = `INQUIRY\n\n1   THE CHAIR: Are you ready, Mr Holt?\n2   MS LARK: I call Ada Brook.\n3      MISS ADA BROOK (affirmed)\n4      Examination-in-chief by MS LARK\n5   Q. Where do you work?\n6   A. I keep the lock, as I told you.\n7   MR HOLT: You asked her that.\n8   A. I was asked.\n9      Cross-examination by MR HOLT\n10   Q. Did you open the gate?\n11   A. No, I did not.\n12   THE WITNESS: May I sit?\n`;
  expect(findTurns(text).map(({ speaker, person }) => person ?? speaker)).toEqual([
    ...['THE CHAIR', 'MS LARK', 'MS LARK', 'MISS ADA BROOK', 'MR HOLT', 'MISS ADA BROOK'],
    ...['MR HOLT', 'MISS ADA BROOK', 'MISS ADA BROOK'],
  ]);
  const open = text.replace(/\d+ .*(?:affirmed|amination).*\n/g, '');
  expect(findTurns(open).filter(({ speaker, person }) => speaker === 'Q' && person !== undefined)).toEqual([]);
});

test('signs of an interview stand for whom its introduction says', () => {
  const text =
    '訪鐘錶匠。以下「問」為本刊，「答」為許望舒。\n\n問：妳修了幾年的鐘？\n\n答：我修了二十年。\n\n問：妳累嗎？\n\n答：我不累。\n\n問：為什麼？\n\n答：我喜歡那聲音。\n';
  expect(findTurns(text).map(({ person }) => person)).toEqual(['本刊', '許望舒', '本刊', '許望舒', '本刊', '許望舒']);
});

test('questions in bold are an interview where the text says who asks and who answers, and else are nobody’s', () => {
  const talk =
    '**How did you begin?**\n\n*(Laughs.)* With a boat. I had no money.\n\n**And who taught you?**\n\nI taught myself.\n\nAnd my aunt did.\n\n**You fell in once.**\n\nI did.\n\n**What would you tell others?**\n\nI would tell them to wait.\n\n---\n\nThe Oar appears monthly.\n';
  const turns = findTurns(`# Five questions for Ines Quarrie\n\nShe spoke to Tom Abel for The Oar.\n\n${talk}`);
  expect(turns.map(({ speaker }) => speaker)).toEqual(Array(4).fill(['Tom Abel', 'Ines Quarrie']).flat());
  expect(turns[1]?.directions).toHaveLength(1);
  expect(findTurns(`# Common questions\n\n${talk}`)).toEqual([]);
  const presented = `# The oar\n\n*Ines Quarrie has built boats since 1988. She talks about oak and debts.*\n\nInterview by Tom Abel\n\n${talk}`;
  expect(new Set(findTurns(presented).map(({ speaker }) => speaker))).toEqual(new Set(['Tom Abel', 'Ines Quarrie']));
  expect(findTurns(presented.replace('She talks about oak', 'They are of oak'))).toEqual([]);
});

test('a question in bold with the name of who asks it is a turn beside answers with bold names', () => {
  const talk =
    '**齐棠：您几岁入行？**\n\n**方云：**1986年，我进了厂。\n\n**齐棠：您累吗？**\n\n**方云：**《琴谱》我看不懂，手倒不累。\n\n**齐棠：后来呢？**\n\n**方云：**（笑）我还在这里。\n';
  const said = (text: string): [string, string][] =>
    findTurns(text).map(({ speaker, bodyStart, span }) => [speaker, text.slice(bodyStart, span.end)]);
  expect(said(talk)).toEqual([
    ['齐棠', '您几岁入行？'],
    ['方云', '1986年，我进了厂。'],
    ['齐棠', '您累吗？'],
    ['方云', '《琴谱》我看不懂，手倒不累。'],
    ['齐棠', '后来呢？'],
    ['方云', '我还在这里。'],
  ]);
  const english = '**Ann Orr: Why clocks?**\n\n**Bo Lind:** I like them.\n\n';
  expect(said(english.repeat(3)).slice(0, 2)).toEqual([
    ['Ann Orr', 'Why clocks?'],
    ['Bo Lind', 'I like them.'],
  ]);
});

test('directions of a play with bold names stand in full brackets behind the name, and between sentences', () => {
  const play =
    '# 灯下\n\n## 第一场\n\n**老梁**：（放下灯罩）灯不能灭。\n\n**小满**：（看着纸箱，很久）多重？\n\n**老梁**：拿来我看。（接过本子，念）“两盏灯。”\n\n*（敲门声。）*\n\n**小满**：爷爷，你念什么？\n';
  expect(
    findTurns(play).map(({ speaker, directions = [] }) => [
      speaker,
      directions.map((one) => play.slice(one.start, one.end)),
    ]),
  ).toEqual([
    ['老梁', ['（放下灯罩）']],
    ['小满', ['（看着纸箱，很久）']],
    ['老梁', ['（接过本子，念）']],
    ['小满', []],
  ]);
});

test('a direction in italics between a name and its words, a dash for who asks and a name in bold before Chinese are read', () => {
  const play = 'LÉA, *entrant,* Tu viens ?\n\nPAUL. — Oui.\n\nLÉA. — Quand ?\n\nPAUL, *à part,* Jamais, mon ami.\n';
  expect(findTurns(play).map(({ speaker }) => speaker)).toEqual(['LÉA', 'PAUL', 'LÉA', 'PAUL']);
  const talk =
    '―― なぜ始めたのですか。\n\n久留 父が倒れたからですよ。\n\n―― 毎朝何時に起きますか。\n\n久留 二時ですよ、私は。\n';
  expect(findTurns(talk).map(({ speaker }) => speaker)).toEqual(['――', '久留', '――', '久留']);
  const bold =
    '**记者：**您修了多少年的钟？\n\n**韩守：**四十一年了吧。\n\n**记者：**为什么呢？\n\n**韩守：**因为没人付我钱。\n';
  expect(findTurns(bold).map(({ speaker }) => speaker)).toEqual(['记者', '韩守', '记者', '韩守']);
});

test('a sign that the text explains keeps its place before the speech and has the full name beside it', () => {
  const text =
    'Present: KM = Katya Morozova; JP = Jon Piet\n\nKM: Do you wait in Abisko?\n\nJP: I do. Two days.\n\nKM: And then?\n\nJP: Then I ski, as you do.\n';
  expect(
    findTurns(text)
      .map(({ speaker, fullName }) => [speaker, fullName])
      .slice(0, 2),
  ).toEqual([
    ['KM', 'Katya Morozova'],
    ['JP', 'Jon Piet'],
  ]);
});

test('what a messenger says itself belongs to nobody', () => {
  const chat =
    '[03/02/2025, 18:59:02] Plot holders: \u200eAnn added you\n[03/02/2025, 19:04:11] Ann: Water first, do you agree?\n[03/02/2025, 19:06:40] Owen: I do.\n[03/02/2025, 19:06:41] Owen: \u200eimage omitted\n[03/02/2025, 19:07:40] Ann: Thank you!\n';
  expect(findTurns(chat).map(({ speaker }) => speaker)).toEqual(['Ann', 'Owen', 'Ann']);
});

test('a name with a title among the names in capitals of a play has its own speeches', () => {
  const play =
    'ACT I\n\nMRS. QUILL. Read me that again.\n\nADA. There is no mare in it, aunt.\n\nMRS. QUILL. Then you left her out.\n\nADA. I did not! You know me.\n';
  expect(findTurns(play).map(({ speaker }) => speaker)).toEqual(['MRS. QUILL', 'ADA', 'MRS. QUILL', 'ADA']);
});

test('a name within a joined line, one with a number and one in small letters are speakers of their own', () => {
  const hearing =
    'THE CHAIR. Are you ready?\n\nMR. DOE. I am, thank you. THE CHAIR. Please go on.\n\nMR. DOE. I do not know. DR. NEW. I can answer.\n\nTHE CHAIR. Thank you, sir.\n';
  expect(findTurns(hearing).map(({ speaker }) => speaker)).toEqual([
    'THE CHAIR',
    'MR. DOE',
    'THE CHAIR',
    'MR. DOE',
    'THE CHAIR',
  ]);
  // Who speaks once only has no turn, but nobody else has the words.
  expect(said(hearing).join(' ')).not.toContain('I can answer');
  const chat =
    '王姐 2024-05-18 19:20:31\n明天停水\n\n302 李哥 2024-05-18 19:21:02\n停到几点呀\n\n😊阳光😊 2024-05-18 19:22:40\n谢谢你\n\n王姐 2024-05-18 19:25:17\n不客气\n';
  expect(findTurns(chat).map(({ speaker }) => speaker)).toEqual(['王姐', '302 李哥', '😊阳光😊', '王姐']);
  const paper =
    'Le journal du soir : Comment êtes-vous venue ?\n\nLéa Roche : À pied, je crois.\n\nLe journal du soir : Et vous restez ?\n\nLéa Roche : Oui, toujours.\n';
  expect(findTurns(paper).map(({ speaker }) => speaker)).toEqual([
    'Le journal du soir',
    'Léa Roche',
    'Le journal du soir',
    'Léa Roche',
  ]);
  const form =
    'How to apply: send us your letter.\nWhat you need: your pass, please.\n\nHow to apply: write to us.\nWhat you need: my stamp and your form.\n';
  expect(findTurns(form)).toEqual([]);
});

test('the number of a question is not of the name, and what a record tells between the speeches is said by nobody', () => {
  const forms = ['Q40 Mr Reddy: ', 'Q40. MR REDDY: ', '**Q40** **Mr Reddy:** ', '**Q40 Mr Reddy:** '];
  for (const form of forms) {
    const bold = form.startsWith('**');
    const [ann, bob] = bold ? ['**Ms Roe:** ', '**Mr Reddy:** '] : ['Ms Roe: ', 'Mr Reddy: '];
    const text = `Members present: Mr Reddy, Ms Roe.\n\nWitnesses: none today.\n\n${form}Did you see it?\n\n${ann}I did, thank you, from the window of the third floor where I worked.\n\n${bob}And you told them?\n\n${ann}No, I did not, and I will tell you why I kept it to myself all day.\n\nThe Committee suspended at 11.15 a.m. and resumed at 11.40 a.m.\n\n${form.replace('40', '41')}Why not, please?\n\n${ann}Nobody asked me, and I was not sure of what I had seen at the time.\n\nWRITTEN EVIDENCE\n\nBEA0034. Letter from Ms Roe to the Chair, 26 March 2025\n\nI approved it without having seen the letter.\n\n${bob}Thank you all.\n`;
    const turns = said(text);
    expect(new Set(findTurns(text).map(({ speaker }) => speaker.toUpperCase()))).toEqual(
      new Set(['MR REDDY', 'MS ROE']),
    );
    expect(turns).toHaveLength(7);
    expect(turns.join(' ')).not.toMatch(/Q4|suspended|approved|EVIDENCE/);
  }
});

test.each([
  [
    '602 骆姐 08:05\n又停？\n\n物业-孟凡霖 08:07\n换的是主管。\n\n602 骆姐 08:12\n老耿你楼上是谁家？\n\n物业-孟凡霖 08:15\n我去问问。',
    [
      '602 骆姐 08:05: 又停？',
      '物业-孟凡霖 08:07: 换的是主管。',
      '602 骆姐 08:12: 老耿你楼上是谁家？',
      '物业-孟凡霖 08:15: 我去问问。',
    ],
  ],
  [
    '[00:05] **Ann Lowe**: Is it fixed yet?\n\n[00:12] **Piet**: Not yet, I ran out of epoxy.\n\n[00:20] **Ann Lowe**: You could have told me.\n\n[00:25] **Piet**: I could.',
    [
      'Ann Lowe 00:05: Is it fixed yet?',
      'Piet 00:12: Not yet, I ran out of epoxy.',
      'Ann Lowe 00:20: You could have told me.',
      'Piet 00:25: I could.',
    ],
  ],
  [
    '[Ann Lowe] 08:01:00\nIs it fixed yet?\n\n[Piet] 08:03:10\nNot yet, I ran out of epoxy.\n\n[Ann Lowe] 08:04:00\nThank you.',
    [
      'Ann Lowe 08:01:00: Is it fixed yet?',
      'Piet 08:03:10: Not yet, I ran out of epoxy.',
      'Ann Lowe 08:04:00: Thank you.',
    ],
  ],
])('doors, bold names and brackets around a name belong to who speaks: %j', (text, turns) => {
  expect(said(text)).toEqual(turns);
});

test('words below a name that is not understood are not given to the one before', () => {
  const text =
    'Anna Lee 08:01\nIs it fixed yet?\n\n# 7: the other 08:02\nNot by me.\n\nBob Tan 08:03\nNot yet, I ran out.\n\nAnna Lee 08:04\nYou could have told me.';
  expect(said(text).join('\n')).not.toContain('Not by me');
});

test('a boy of a play is no answer', () => {
  const text =
    'THE EXCISEMAN. Boy, let loose the dog.\n\nA BOY. Please, sir, he is asleep.\n\nTHE EXCISEMAN. Wake him!\n\nA BOY. He bites, sir, when he is woken.';
  expect(said(text)[1]).toBe('A BOY: Please, sir, he is asleep.');
});

test('words that announce a proposal are no speaker', () => {
  const text =
    '卢敬：票价我不反对，但末班车太早，收工的人赶不上。\n\n我建议：平日延到零点，周末再延半小时。\n\n秦岚：检修要四个小时，再延就来不及了。\n\n卢敬：那周末呢？\n\n秦岚：周末可以。';
  expect(said(text)).toEqual([
    '卢敬: 票价我不反对，但末班车太早，收工的人赶不上。',
    '秦岚: 检修要四个小时，再延就来不及了。',
    '卢敬: 那周末呢？',
    '秦岚: 周末可以。',
  ]);
});

test('a paragraph of a play that tells what somebody does is said by nobody', () => {
  const text =
    'MIRA. The lamp is out.\n\nTOMAS. Then light it.\n\nThe PORTERS carry the chest away. Nobody looks at it.\n\nMIRA. It will not burn.\n\nTOMAS looks for the matches. For once he\nfinds them.\n\nMIRA. At last!\n\nTOMAS. The HMS Arrow was lit by nothing else.\n\nIt was a good ship.\n\nMIRA. I know.';
  expect(said(text)).toEqual([
    'MIRA: The lamp is out.',
    'TOMAS: Then light it.',
    'MIRA: It will not burn.',
    'MIRA: At last!',
    'TOMAS: The HMS Arrow was lit by nothing else.\n\nIt was a good ship.',
    'MIRA: I know.',
  ]);
});

test('two abbreviations before the words are one name, and what is called out is none', () => {
  const play = (head: string): string =>
    ['What voice is that?', 'O brother, it is our shepherd.', 'How came he here?', 'I do not know.']
      .map((words, i) => `${i % 2 === 0 ? head : 'COMUS.'} ${words}`)
      .join('\n\n');
  const speakers = (text: string): string[] => [
    ...new Set(findTurns(`${text}\n\n${text}`).map(({ speaker }) => speaker)),
  ];
  expect(speakers(play('SEC. BRO.'))).toEqual(['SEC. BRO.', 'COMUS']);
  expect(speakers(play('ANN. HARK.'))).toEqual(['ANN', 'COMUS']);
});

test('questions and answers with bold letters among named speakers are turns', () => {
  const asked = ['Were you the mate that night?', 'How long had you been aboard?', 'What did you say to him?'];
  const text = [
    'THE CHAIR: Good morning. Please call your witness.',
    ...asked.flatMap((words) => [`**Q.** ${words}`, '**A.** I was there for the whole of the watch, sir.']),
    'THE CHAIR: Thank you. You may stand down.',
  ].join('\n\n');
  expect(findTurns(text).map(({ speaker }) => speaker)).toEqual([
    ...['THE CHAIR', 'Q', 'A', 'Q', 'A', 'Q', 'A', 'THE CHAIR'],
  ]);
});
