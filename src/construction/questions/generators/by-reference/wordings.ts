/** @file What is asked about the provision that another refers to, and how. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What a provision states. */
export const measures = {
  period: { en: 'period of time', zh: '期限或时长' },
  money: { en: 'sum of money', zh: '金额' },
  percentage: { en: 'percentage', zh: '百分比' },
} as const;

export const whats = {
  heading: phrase({ en: 'the heading of that {noun}', zh: '那一{noun}的标题' }),
  value: phrase({ en: 'the {measure} laid down in that {noun}', zh: '那一{noun}规定的{measure}' }),
};

/** Of a provision that refers to several others, the sentence with one of the references. */
export const opening = phrase({ en: 'the sentence beginning “{words}”', zh: '以“{words}”开头的那句话' });

export const asked = wordings({
  en: [
    ['plain', 'In “{document}”, {place} refers to another {noun}. What is {what}?'],
    ['lawyer', 'In “{document}”, {place} makes reference to another {noun}. Please state {what}.'],
    [
      'researcher',
      'I am following the cross-references in “{document}” and have come to {place}, which refers to another {noun}. What is {what}?',
    ],
    ['analyst', 'Follow the reference from {place} in “{document}” to another {noun} and give {what}.'],
    ['customer', 'While reading “{document}” I found that {place} sends the reader to another {noun}. What is {what}?'],
    ['student', 'Which other {noun} of “{document}” does {place} refer to? Answer with {what}.'],
    ['editor', 'Please find out which other {noun} is referred to by {place} of “{document}”, and give {what}.'],
    [
      'colleague',
      'Could you check something for me? In “{document}”, {place} points to another {noun}, and I need {what}.',
    ],
  ],
  zh: [
    ['plain', '《{document}》中，{place}提到了另一{noun}。请写出{what}。'],
    ['lawyer', '在《{document}》里，{place}援引了另一{noun}，请写明{what}。'],
    ['researcher', '我在梳理《{document}》内部的援引，看到{place}引用了另一{noun}。请查出{what}。'],
    ['analyst', '《{document}》中，{place}指向另一{noun}，请给出{what}。'],
    ['customer', '我读《{document}》时，{place}让我去看另一{noun}，{what}是怎么写的？'],
    ['student', '《{document}》里，{place}引用的是哪一{noun}？请写出{what}。'],
    ['editor', '请查一下《{document}》里{place}所引的另一{noun}，并告诉我们{what}。'],
    ['colleague', '帮我看看，《{document}》里{place}引到了另一{noun}，{what}是怎么写的？'],
  ],
});
