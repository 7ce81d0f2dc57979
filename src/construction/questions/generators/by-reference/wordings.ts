/** @file What is asked about the place that is referred to, and how. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What a provision states. */
export const measures = {
  period: { en: 'period of time', zh: '期限或时长' },
  money: { en: 'sum of money', zh: '金额' },
  percentage: { en: 'percentage', zh: '百分比' },
} as const;

export const whats = {
  heading: phrase({ en: 'the heading of the {noun} it refers to', zh: '它所引用的{noun}的标题' }),
  value: phrase({ en: 'the {measure} stated in the provision it refers to', zh: '它所引用的规定里写明的{measure}' }),
};

export const asked = wordings({
  en: [
    ['plain', 'A sentence in “{document}” has the words “{quote}”. What is {what}?'],
    ['lawyer', 'Take the sentence of “{document}” that includes “{quote}”, follow its reference, and state {what}.'],
    ['researcher', 'Following the cross-reference in the sentence with “{quote}” in “{document}”, find {what}.'],
    ['analyst', 'In “{document}”, the sentence containing “{quote}” relies on another provision. Give me {what}.'],
    [
      'customer',
      'I got as far as “{quote}” in “{document}”, and there it sends me somewhere else. Could you look up {what}?',
    ],
    ['student', 'Find the sentence with “{quote}” in “{document}” and look where it points. What is {what}?'],
    [
      'editor',
      'I am checking the reference in the sentence with the words “{quote}” in “{document}”. Please tell me {what}.',
    ],
    ['colleague', 'You know the sentence in “{document}” that has “{quote}” in it? I need {what}.'],
  ],
  zh: [
    ['plain', '“{document}”中有一句话含有“{quote}”，请问{what}是什么？'],
    ['lawyer', '请就“{document}”中含有“{quote}”的那句话，查到其援引之处，写明{what}。'],
    ['researcher', '沿着“{document}”里含有“{quote}”一句中的引用查下去，找出{what}。'],
    ['analyst', '“{document}”中含有“{quote}”的句子以另一处规定为依据，请给出{what}。'],
    ['customer', '我在“{document}”里读到“{quote}”，那句话又让我去看别处。能帮我查一下{what}吗？'],
    ['student', '请在“{document}”中找到含有“{quote}”的句子，看它指向哪里，再写出{what}。'],
    ['editor', '我在核对“{document}”里含有“{quote}”一句的引用，请告诉我{what}。'],
    ['colleague', '“{document}”里有“{quote}”的那句话，帮我看看{what}。'],
  ],
});
