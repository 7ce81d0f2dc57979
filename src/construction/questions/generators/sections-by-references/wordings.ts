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
      'How much is each of the following {nouns} of “{document}” relied on elsewhere in it? Rank them by the number of other {nouns} that refer to each, highest first.\n{items}',
    ],
    [
      'researcher',
      'I am studying how “{document}” refers to itself. Rank these of its {nouns} by how many of the other {nouns} refer to each, highest first.\n{items}',
    ],
    [
      'analyst',
      'To see where a change to “{document}” would spread furthest, sort the {nouns} below by the number of other {nouns} that refer to each, largest number first.\n{items}',
    ],
    [
      'customer',
      'I want to read the most important of these {nouns} of “{document}” first. Order them by how many of the other {nouns} refer to each, starting with the most.\n{items}',
    ],
    [
      'student',
      'Count, for each entry below, how many of the other {nouns} of “{document}” refer to it, and list the entries from most to fewest.\n{items}',
    ],
    [
      'editor',
      'We want to show which {nouns} of “{document}” the others lean on most. Please rank those below by the number of other {nouns} that refer to each, highest first.\n{items}',
    ],
    [
      'colleague',
      'Can you sort these {nouns} of “{document}” by how many of the other {nouns} refer to each? Most first.\n{items}',
    ],
  ],
  zh: [
    ['plain', '请把《{document}》的下列{nouns}按被其他{nouns}引用的多少排序，被引用最多的在前。\n{items}'],
    ['lawyer', '《{document}》的下列{nouns}，各被多少其他{nouns}援引？请按援引的多少从多到少排列。\n{items}'],
    [
      'researcher',
      '我在研究《{document}》内部的引用。请给下列{nouns}排序，被其他{nouns}引用最多的在前，最少的在后。\n{items}',
    ],
    [
      'analyst',
      '要判断《{document}》中哪处改动牵涉最广，请把下列{nouns}按引用各自的其他{nouns}数从大到小排序。\n{items}',
    ],
    [
      'customer',
      '我想先读《{document}》里最要紧的地方。请把下列{nouns}按被其他{nouns}引用的多少排列，多的在前。\n{items}',
    ],
    ['student', '请数一数《{document}》的下列{nouns}各被多少其他{nouns}引用，再从多到少写出。\n{items}'],
    [
      'editor',
      '我们想说明《{document}》里哪些内容最常被引用。请给下列{nouns}排序，引用该处的其他{nouns}多者在前。\n{items}',
    ],
    ['colleague', '帮我给《{document}》的下列{nouns}排个序，被其他{nouns}引用得多的在前。\n{items}'],
  ],
});
