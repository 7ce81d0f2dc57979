import { expect, test } from 'vitest';
import { makeDocument } from '../../corpus/make-document.ts';
import { plainTitle } from './plain-title.ts';

const titled = (title: string, text: string, source = 'a'): string =>
  plainTitle(makeDocument({ id: 'a', title, source, licence: 'CC0-1.0', language: 'en', kind: 'chapter', text }));

test('a title in capitals is written small, but for abbreviations and numbers', () => {
  const text = 'The report of the OFS on the king and on gas. Everybody knows the OFS well.';
  expect(titled("THE WINTER'S TALE", text)).toBe("The Winter's Tale");
  expect(titled('OFS 2140:2023. STORAGE OF GAS: A REPORT', text)).toBe('OFS 2140:2023. Storage of Gas: A Report');
  expect(titled('KING HENRY VI, FIRST PART', text)).toBe('King Henry VI, First Part');
  expect(titled('Annual Report 2023', text)).toBe('Annual Report 2023');
});

test('the name of a file and the number of a chapter are no title', () => {
  expect(titled('deploy-log', 'Words.')).toBe('Deploy log');
  expect(titled('11. Customized programs', 'Words.')).toBe('Customized programs');
});

test('the name of a file gives way to the last line of capitals at the head of the text', () => {
  const head =
    'HOUSE OF ASSEMBLY\nSTANDING COMMITTEE ON HEALTH\n\nTHE REPLACEMENT OF THE DISPATCH SYSTEM\n\nOral evidence taken on 19 March.';
  expect(titled('hearing emergency', head)).toBe('The Replacement of the Dispatch System');
  expect(titled('chat export', '**Nadia:** ok I made the group')).toBe('Chat');
});

test('what a document is stands below the name of the body, which alone is no title', () => {
  const minutes = '# EASTMERE SAILING TRUST\n\n## Minutes of the Committee, 2023\n\nPresent: all.';
  expect(titled('EASTMERE SAILING TRUST', minutes)).toBe('Eastmere Sailing Trust: Minutes of the Committee, 2023');
  const manual = '# Eastmere Laboratory\n\n## Manual of Procedures: Water and Silt\n\nIssue 2.';
  expect(titled('Eastmere Laboratory', manual)).toBe('Eastmere Laboratory: Manual of Procedures');
  const policy = '# Eastmere Council\n# Travel Policy TP-12: Claiming Costs\n\nIssue 3.';
  expect(titled('Eastmere Council', policy)).toBe('Travel Policy TP-12: Claiming Costs');
  expect(titled('The Heron', '# The Heron\n\n## A report from the marsh.\n\nWords.')).toBe('The Heron');
  expect(titled('江湾水务公司', '# 江湾水务公司\n\n2022年年度报告\n\n正文。')).toBe('江湾水务公司2022年年度报告');
});

test('a file is called by its words, with its date as people write it and what numbers it last', () => {
  const spoken = 'Chair: The Harbour Panel is open. We turn to Mill Lane.';
  expect(titled('2024-11-05 harbour-p', spoken, 'in/2024-11-05_harbour-panel_mill-lane_hearing3.vtt')).toBe(
    'Harbour Panel hearing 3, Mill Lane, 5 November 2024',
  );
  expect(titled('ARC-2020-017 Lowe', 'Q: And then?', 'ARC-2020-017_Lowe_interview.txt')).toBe(
    'Lowe interview, ARC-2020-017',
  );
  const law = 'Directive (EU) 2019/882 of the European Parliament and of the Council on accessibility\n\nArticle 1';
  expect(titled('CELEX 32019L0882', law, 'CELEX_32019L0882_EN.txt')).toBe('Directive (EU) 2019/882');
  expect(titled('CHANGELOG', '## 2.1.0\n\n- Faster', 'CHANGELOG.md')).toBe('Changelog');
});

test('a chat is called by its channel and the months of its messages', () => {
  const days = (from: string): string => [1, 2, 3, 4, 5].map((day) => `[${from}-0${day} 08:00:00] Ada: ok`).join('\n');
  expect(titled('slack_kiln-repair.json', days('2024-05'), 'slack_kiln-repair.json')).toBe(
    '#kiln-repair on Slack, May 2024',
  );
  expect(titled('chat export', `${days('2024-05')}\n${days('2024-07')}`, 'chat_export_boat.json')).toBe(
    'Boat chat, May to July 2024',
  );
  expect(titled('微信_合唱团', days('2024-05'), '微信_合唱团.txt')).toBe('合唱团聊天记录（2024年5月）');
});

test('a Chinese title leaves its own marks to the question', () => {
  expect(titled('《河边的灯》', '正文。')).toBe('河边的灯');
  expect(titled('关于《河道条例》的说明', '正文。')).toBe('关于〈河道条例〉的说明');
});

test('a sheet is called by the line above its table, and by its own name where there is none', () => {
  const rows = '| Cargo | Q1 |\n| --- | --- |\n| Timber | 4 |';
  expect(titled('Q-summary', `Cargo by type, 2024 (tonnes)\n\n${rows}`)).toBe('Cargo by type, 2024');
  expect(titled('Monthly', rows)).toBe('Monthly');
});

test('a page is called by its own heading, without the name of the site behind it', () => {
  const page = '# Lamp oil\n\nLamp oil is burnt.';
  expect(titled('Lamp oil - The Harbour Lexicon', page)).toBe('Lamp oil');
  expect(titled('Lamp Oil, 1850–1900 – The Harbour Lexicon', page)).toBe('Lamp Oil, 1850–1900');
  expect(titled('Harbour Trust – Annual Report', page)).toBe('Harbour Trust – Annual Report');
});

test('a changelog and a data set whose names are in the name of the file have them', () => {
  expect(titled('Changelog', '# Changelog\n\n## 2.1.0\n\n- Faster', 'in/lantern-changelog.md')).toBe(
    'Lantern changelog',
  );
  expect(titled('Changelog', '# Changelog\n\n## 2.1.0\n\n- Faster', 'in/CHANGELOG.md')).toBe('Changelog');
  const rows = '| year | weight |\n| --- | --- |\n| 2013 | 4 |';
  expect(titled('mill-weights-2013-2020.csv', rows, 'in/mill-weights-2013-2020.csv')).toBe('Mill weights, 2013–2020');
});

test('a chat is called by its group, a data set by the words of its file, and no title ends with a preposition', () => {
  const said = '[03/05/2025, 18:02:11] Marit: New group. Everyone in?';
  expect(titled('WhatsApp Chat', said, 'in/WhatsApp Chat - Coast walk Sept.txt')).toBe('Coast walk Sept');
  const rows = '| state | violent |\n| --- | --- |\n| Ohio | 4 |';
  expect(titled('statecrime.csv', rows, 'in/statecrime.csv')).toBe('State crime');
  expect(titled('penguins_raw.csv', rows, 'in/penguins_raw.csv')).toBe('Penguins');
  expect(titled('A MASQUE PRESENTED AT LUDLOW CASTLE, 1634, BEFORE', 'THE EARL\n\nA masque at a castle.')).toBe(
    'A Masque Presented at Ludlow Castle, 1634',
  );
});
