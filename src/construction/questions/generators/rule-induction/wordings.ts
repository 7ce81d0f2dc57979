/** @file The screen as phrases, and how one asks what else it kept. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What is screened. */
export const subjects = {
  records: phrase({ en: 'the {nouns}', zh: '各{nouns}' }),
  rows: phrase({ en: 'the rows of the table “{table}” in “{document}”', zh: '“{document}”的表“{table}”中的各行' }),
};

/** A bound on a column. */
export const bounds = {
  least: phrase({ en: 'a minimum for “{column}”', zh: '“{column}”设有下限' }),
  most: phrase({ en: 'a maximum for “{column}”', zh: '“{column}”设有上限' }),
};

export const asked = wordings({
  en: [
    [
      'plain',
      'A selection from {subject} sets {one} and {other}, but the two bounds are not known. It kept {kept}, and it dropped {dropped}. Which of these must it have kept as well?\n{options}',
    ],
    [
      'analyst',
      'A screen of {subject} applies {one} and {other}; I do not know the bounds. {kept} passed. {dropped} did not. Which of the following is certain to pass?\n{options}',
    ],
    [
      'researcher',
      'Cases were chosen from {subject} by {one} and {other}, without the bounds being reported. Included were {kept}; excluded were {dropped}. Which of these must have been included too?\n{options}',
    ],
    [
      'customer',
      'Somebody picked from {subject} with {one} and {other}, and did not tell me the bounds. In the selection are {kept}; left out were {dropped}. Which of these has to be in it too?\n{options}',
    ],
    [
      'lawyer',
      'Eligibility among {subject} depends on {one} and {other}, whose bounds are undisclosed. Admitted were {kept}; refused were {dropped}. Which of the following must likewise be admitted?\n{options}',
    ],
    [
      'student',
      'Exercise: {subject} were filtered by {one} and {other}. The filter let through {kept} and stopped {dropped}. Work out what the bounds can be: which of these is let through in any case?\n{options}',
    ],
    [
      'editor',
      'Our list was drawn from {subject} with {one} and {other}; the bounds are lost. It has {kept}, and it does not have {dropped}. Which of these belongs on it?\n{options}',
    ],
    [
      'colleague',
      'Remember the filter on {subject}, with {one} and {other}? I lost the bounds, but it kept {kept} and threw out {dropped}. Which of these must it keep?\n{options}',
    ],
  ],
  zh: [
    [
      'plain',
      '从{subject}中作了一次筛选：{one}，{other}，但界限不明。入选的有{kept}；落选的有{dropped}。下列哪一个必定也入选？\n{options}',
    ],
    [
      'analyst',
      '对{subject}的筛选条件是：{one}，{other}，具体数值未知。通过的是{kept}；未通过的是{dropped}。以下哪一个一定通过？\n{options}',
    ],
    [
      'researcher',
      '样本取自{subject}：{one}，{other}，界限未作说明。纳入{kept}；排除{dropped}。下列哪一个必然也被纳入？\n{options}',
    ],
    [
      'customer',
      '有人在{subject}中挑选：{one}，{other}，没有告诉我数值。选中{kept}；没选{dropped}。下面哪一个肯定也会选中？\n{options}',
    ],
    [
      'lawyer',
      '{subject}的资格取决于两项：{one}，{other}，界限未予公开。获准{kept}；未获准{dropped}。下列哪一个必然同样获准？\n{options}',
    ],
    [
      'student',
      '练习：按两个条件过滤{subject}：{one}，{other}。留下{kept}；滤掉{dropped}。推断界限，下列哪一个无论如何都会留下？\n{options}',
    ],
    [
      'editor',
      '名单取自{subject}：{one}，{other}，界限已无从查考。名单上有{kept}；没有{dropped}。下列哪一个应在名单上？\n{options}',
    ],
    [
      'colleague',
      '还记得对{subject}做的过滤吗：{one}，{other}？数值丢了，只知道留下{kept}；去掉{dropped}。下面哪一个必定留下？\n{options}',
    ],
  ],
});
