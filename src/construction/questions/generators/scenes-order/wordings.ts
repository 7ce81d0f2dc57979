/** @file A scene told by its speakers, and how one asks for the order of scenes. */
import type { QuestionLanguage } from '../../language.ts';
import { wordings } from '../../wordings.ts';

/** `BRUTUS, CASSIUS and LUCIUS`. */
export function castOf(names: readonly string[], language: QuestionLanguage): string {
  if (language === 'zh') return names.join('、');
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

export const asked = wordings({
  en: [
    [
      'plain',
      'Here are {units} of “{title}”, each told by everybody who speaks in it and nobody else. Put them in the order in which they come:\n{options}',
    ],
    [
      'researcher',
      'I have reduced some {units} of “{title}” to the full list of their speakers. What is their order in the text?\n{options}',
    ],
    [
      'customer',
      'I know of some {units} of “{title}” only who speaks in them. Can you put them in order for me?\n{options}',
    ],
    [
      'lawyer',
      'Each entry lists all persons who speak in one of the {units} of “{title}”. Arrange the entries in the order of the text:\n{options}',
    ],
    [
      'analyst',
      'Every line below is the complete set of speakers for one of the {units} of “{title}”. Sort the lines from earliest to latest.\n{options}',
    ],
    [
      'student',
      'Which of these groups of speakers of “{title}” comes first, which next? Each group is everybody who speaks in one of the {units}.\n{options}',
    ],
    [
      'editor',
      'The labels of some {units} of “{title}” are lost and only the lists of who speaks are left. Restore their order:\n{options}',
    ],
    [
      'colleague',
      'Can you sort these {units} of “{title}”? I only noted down who speaks in each, but completely.\n{options}',
    ],
  ],
  zh: [
    ['plain', '下面是“{title}”中的几个{units}，每项列出其中说过话的全部人员。请按先后顺序排列：\n{options}'],
    ['researcher', '我把“{title}”里的一些{units}各归纳为完整的发言人名单，它们在文中的顺序是怎样的？\n{options}'],
    ['customer', '“{title}”中有几个{units}，我只记得都有谁说了话，能帮我排出先后吗？\n{options}'],
    ['lawyer', '下列每项载明“{title}”某一个{units}中发言的全部人员，请按文中先后排列这些{units}：\n{options}'],
    ['analyst', '以下每行是“{title}”中一个{units}的完整发言人集合，请把这些{units}从早到晚排序。\n{options}'],
    ['student', '“{title}”的这些{units}，每个只写出了所有说话的人。哪个在先，哪个在后？\n{options}'],
    ['editor', '“{title}”中几个{units}的标签丢了，只剩下各自的发言人名单，请恢复顺序：\n{options}'],
    ['colleague', '帮忙排一下“{title}”的这几个{units}，我只记了每个里面都有谁发言，名单是全的。\n{options}'],
  ],
});
