/**
 * @file T4 (procedural state tracking): movements of a store, scattered over a real text; its content after the last of them, or
 * after a given one, is asked for.
 */
import { addNotes } from '../../reading/insert.ts';
import { phrase } from '../../reading/phrase.ts';
import type { ReadingGenerator } from '../../reading/reading.ts';

/** Asks for the content of a store after one of up to eight inserted entries; gold: a whole number. */
export const ledger: ReadingGenerator = {
  id: 'ledger',
  version: 1,
  task: 'T4',
  kind: 'passages',
  least: 256,
  most: 262144,
  reserve: 130,
  wording: phrase({
    en: 'The text tells of a store of {goods}. How many are in it after entry {step}?',
    zh: '文中记录了仓库里{goods}的进出。第{step}条记录之后，仓库里还有多少？',
  }),
  exempt: {},
  propose(reading, rng) {
    const zh = reading.language === 'zh';
    const goods = rng.pick(zh ? ['煤油', '布匹', '茶叶'] : ['barrels', 'crates', 'ropes', 'lanterns']);
    const start = rng.integer(40, 400);
    let level = start;
    const notes = [zh ? `（第1条记录：仓库里有${goods}${start}。）` : `(Entry 1: the store holds ${start} ${goods}.)`];
    const levels = [start];
    for (let entry = 2; entry <= Math.min(8, reading.units.length); entry++) {
      const amount = rng.integer(3, 30);
      const adds = rng.chance(0.5) || amount >= level;
      level += adds ? amount : -amount;
      levels.push(level);
      notes.push(
        zh
          ? `（第${entry}条记录：${adds ? '运入' : '运出'}${goods}${amount}。）`
          : `(Entry ${entry}: ${amount} ${goods} ${adds ? 'arrive' : 'leave'}.)`,
      );
    }
    const step = rng.integer(3, levels.length);
    const placed = notes.length < 4 ? undefined : addNotes(reading, notes, rng);
    const answer = levels[step - 1];
    if (placed === undefined || answer === undefined) return undefined;
    return {
      reading: placed.reading,
      question: this.wording.say(reading.language, { goods, step: String(step) }),
      gold: [String(answer)],
      rationale: `${notes.slice(0, step).join('\n')}\n${levels.slice(0, step).join(', ')}`,
      evidence: placed.hosts.slice(0, step).toReversed(),
      composed: true,
    };
  },
};
