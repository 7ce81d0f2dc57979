import { expect, test } from 'vitest';
import { asked as table } from './generators/speakers-table/wordings.ts';
import { asked as share } from './generators/speech-share/wordings.ts';
import { readWhere, sayWhere } from './views/talk/where.ts';

const eight = [0, 1, 2, 3, 4, 5, 6, 7];

test('of a chat one asks for messages, of a hearing for speeches, and either reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    const chat = sayWhere({ kind: 'whole', name: '', isChat: true }, 'Boat, May 2024', language);
    const hearing = sayWhere({ kind: 'whole', name: '' }, 'The Boat Inquiry', language);
    for (const number of eight) {
      const ofChat = share.say(language, number, { where: chat, who: 'Ada' });
      expect(ofChat).not.toMatch(/speech|speak|spoken|turns|发言|说话/);
      expect(share.read(ofChat)).toEqual({ where: chat, who: 'Ada' });
      const ofHearing = share.say(language, number, { where: hearing, who: 'Ada' });
      expect(ofHearing).not.toMatch(/message|post|消息/);
      expect(share.read(ofHearing)).toEqual({ where: hearing, who: 'Ada' });
    }
    expect(readWhere(chat)).toEqual({ kind: 'whole', name: '', title: 'Boat, May 2024', isChat: true });
  }
});

test('a table of days is one of messages, a table of scenes one of speeches', () => {
  const days = { title: 'Boat', rows: '2024-05-01; and 2024-05-02', columns: '“day” and “messages”' };
  const scenes = { title: 'Boat', rows: 'Act I; and Act II', columns: '“scene” and “speeches”' };
  for (const number of eight) {
    expect(table.say('en', number, days)).toMatch(/the chat “Boat”/);
    expect(table.read(table.say('en', number, days))).toEqual(days);
    expect(table.say('en', number, scenes)).not.toMatch(/chat|message/);
    expect(table.read(table.say('en', number, scenes))).toEqual(scenes);
  }
});
