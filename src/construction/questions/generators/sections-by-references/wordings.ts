/** @file How one asks which provisions are referred to most. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'Put these {nouns} of “{document}” in order by how many of the other {nouns} refer to them, the most often cited first.\n{items}',
    ],
    [
      'lawyer',
      'Which of the following {nouns} of “{document}” is relied on most elsewhere in it? Rank them by the number of other {nouns} that refer to them.\n{items}',
    ],
    [
      'researcher',
      'I am studying how “{document}” refers to itself. Rank these of its {nouns} by how many of the other {nouns} refer to each, highest first.\n{items}',
    ],
    [
      'analyst',
      'To see where a change to “{document}” would spread furthest, sort these by the number of other {nouns} that refer to each, largest number first.\n{items}',
    ],
    [
      'customer',
      'Which of these do I have to know best to understand “{document}”? Order them by how many of the other {nouns} refer to them, starting with the most.\n{items}',
    ],
    [
      'student',
      'Count, for each entry below, how many of the other {nouns} of “{document}” refer to it, and list them from most to fewest.\n{items}',
    ],
    [
      'editor',
      'We want to say which parts of “{document}” the others lean on most. Please rank these by the number of other {nouns} that refer to them, highest first.\n{items}',
    ],
    [
      'colleague',
      'Can you sort these by how many of the other {nouns} in “{document}” point to them? Most first.\n{items}',
    ],
  ],
  zh: [
    ['plain', '请把《{document}》的下列各条按被多少个其他{nouns}引用排序，引用最多的在前。\n{items}'],
    ['lawyer', '《{document}》的下列规定中，哪一个最常被援引？请按引用它的其他{nouns}的数目从多到少排列。\n{items}'],
    [
      'researcher',
      '我在研究《{document}》内部的引用。请按引用它的其他{nouns}的个数给以下规定排序，从多到少。\n{items}',
    ],
    ['analyst', '为判断《{document}》中哪处改动牵涉最广，请按引用它们的其他{nouns}数量从大到小排序。\n{items}'],
    ['customer', '要读懂《{document}》，下面哪几处最要紧？请按引用它们的其他{nouns}数从多到少列出。\n{items}'],
    ['student', '请数一数《{document}》里有多少个其他{nouns}引用了下列各项，再从多到少写出。\n{items}'],
    ['editor', '我们想说明《{document}》里哪些规定最常被引用。请按引用它们的其他{nouns}数排序，多者在前。\n{items}'],
    ['colleague', '帮我按《{document}》里引用它们的其他{nouns}数排个序，多的在前。\n{items}'],
  ],
});
