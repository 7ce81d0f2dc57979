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
    ['plain', '“{document}” says: “{quote}” (“…” stands for the provision it names). What is {what}?'],
    ['lawyer', 'Under “{document}”, “{quote}”. Follow the reference left out at “…” and state {what}.'],
    [
      'researcher',
      'Following the cross-reference of the sentence “{quote}” in “{document}”, which stood at “…”, find {what}.',
    ],
    ['analyst', 'In “{document}” the sentence “{quote}” relies on another provision at “…”. Give me {what}.'],
    [
      'customer',
      'I got as far as “{quote}” in “{document}”, where it sends me somewhere else (“…”). Could you look up {what}?',
    ],
    ['student', 'Find the sentence “{quote}” in “{document}” and see which provision is named at “…”. What is {what}?'],
    [
      'editor',
      'I am checking the reference, here “…”, of the sentence “{quote}” in “{document}”. Please tell me {what}.',
    ],
    ['colleague', 'You know the sentence in “{document}”: “{quote}”? I need {what}; the reference is where I put “…”.'],
  ],
  zh: [
    ['plain', '“{document}”中写道：“{quote}”（“…”处原为所引用的规定）。请问{what}是什么？'],
    ['lawyer', '“{document}”规定：“{quote}”。请查到“…”处援引的规定，写明{what}。'],
    ['researcher', '沿着“{document}”里“{quote}”一句在“…”处的引用查下去，找出{what}。'],
    ['analyst', '“{document}”中“{quote}”一句以另一处规定（“…”）为依据，请给出{what}。'],
    ['customer', '我在“{document}”里读到“{quote}”，“…”处又让我去看别处。能帮我查一下{what}吗？'],
    ['student', '请在“{document}”中找到“{quote}”这句话，看“…”处指向哪里，再写出{what}。'],
    ['editor', '我在核对“{document}”里“{quote}”一句的引用（“…”处），请告诉我{what}。'],
    ['colleague', '“{document}”里“{quote}”那句话，“…”处是引用，帮我看看{what}。'],
  ],
});
