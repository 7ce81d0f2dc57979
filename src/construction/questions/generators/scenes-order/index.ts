/**
 * @file T8: scenes, days or parts that are told only by who speaks in them, to be put in their order. Each cast has to be gathered from a whole
 * scene before the scene can be placed.
 */
import type { QuestionGenerator } from '../../question.ts';
import { optionLines } from '../../views/lines.ts';
import { isPerson } from '../../views/speeches.ts';
import type { Stretch } from '../../views/stretches.ts';
import { chosenTalks, stretchPlaces, type Talk } from '../../views/talk.ts';
import { solve } from './solve.ts';
import { asked, castOf } from './wordings.ts';

const scenes = { least: 5, most: 7 };
const cast = { least: 2, most: 9 };

const speakersOf = (speeches: Stretch['speeches']): string[] =>
  [...new Set(speeches.map(({ speaker }) => speaker))].sort((a, b) => (a < b ? -1 : 1));

/** Scenes whose set of speakers no other has. */
function tellable(talk: Talk): { readonly stretch: Stretch; readonly names: readonly string[] }[] {
  const inScenes = new Set(talk.stretches.flatMap(({ speeches }) => speeches.map(({ number }) => number)));
  const rest = speakersOf(talk.speeches.filter(({ number }) => !inScenes.has(number)));
  const all = talk.stretches.map((stretch) => ({ stretch, names: speakersOf(stretch.speeches) }));
  const sets = [...all.map(({ names }) => names.join('\n')), rest.join('\n')];
  return all.filter(({ names }) => {
    const own = names.join('\n');
    const fits = names.length >= cast.least && names.length <= cast.most;
    return fits && names.every(isPerson) && sets.filter((set) => set === own).length === 1;
  });
}

export const scenesOrder: QuestionGenerator = {
  id: 'scenes-order',
  version: 1,
  task: 'T8',
  subtask: 'order of scenes',
  asks: 'Describes scenes, days or parts by all who speak in them, to be put in their order.',
  languages: ['en', 'zh'],
  scope: 'document',
  least: 4096,
  reserve: 240,
  wordings: asked,
  exempt: { g6: 'the scenes are all over the play' },
  contract: {
    en: 'After [Answer], write the letters from the earliest to the latest, one on each line.',
    zh: '请在[答案]后按从早到晚写出字母，每行一个。',
  },
  places: (document, facts) => stretchPlaces(document, facts, scenes.least),
  draw(context, random) {
    for (const talk of chosenTalks(context.documents, context.chosen)) {
      const all = tellable(talk);
      if (all.length < scenes.least) continue;
      const chosen = new Set(random.sample(all, random.integer(scenes.least, Math.min(scenes.most, all.length))));
      const inOrder = all.filter((one) => chosen.has(one));
      const drawn = random.shuffle(inOrder);
      const { language } = context;
      const isDays = inOrder.every(({ stretch }) => stretch.where.kind === 'day');
      const isScenes = inOrder.every(({ stretch }) => stretch.where.kind === 'scene');
      const unit = isDays ? 'day' : isScenes ? 'scene' : 'part';
      const units = { day: ['days', '日子'], scene: ['scenes', '场次'], part: ['parts', '部分'] } as const;
      return {
        slots: {
          title: talk.document.title,
          units: units[unit][language === 'zh' ? 1 : 0],
          options: optionLines(drawn.map(({ names }) => castOf(names, language))),
        },
        gold: inOrder.map((one) => String.fromCharCode(65 + drawn.indexOf(one))),
        rationale: inOrder.map(({ stretch, names }) => `${stretch.where.name}: ${names.join(', ')}`).join('\n'),
        proof: inOrder.flatMap(({ stretch: { speeches }, names }) => [
          ...names.flatMap((name) => speeches.find(({ speaker }) => speaker === name)?.label ?? []),
          ...speeches.slice(-1).map(({ label }) => label),
        ]),
      };
    }
    return 'too few scenes that their speakers tell apart';
  },
  solve,
};
