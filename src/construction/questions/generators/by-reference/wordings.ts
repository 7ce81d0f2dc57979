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
  heading: phrase({ en: 'the heading of that {noun}', zh: '那个{noun}的标题' }),
  value: phrase({ en: 'the {measure} laid down there', zh: '那里规定的{measure}' }),
};

export const asked = wordings({
  en: [
    ['plain', '“{document}” says: “{quote}”, where “…” stands for another provision. What is {what}?'],
    [
      'lawyer',
      'The sentence at issue is from “{document}”: “{quote}”. Look up the provision that is named at “…” and state {what}.',
    ],
    [
      'researcher',
      'I noted this sentence from “{document}” without the provision that it names: “{quote}”. What is {what}?',
    ],
    ['analyst', 'In “{document}” the sentence “{quote}” depends on the provision named at “…”. Please give me {what}.'],
    [
      'customer',
      'I got as far as “{quote}” in “{document}”, where it sends me somewhere else (“…”). Could you look up {what}?',
    ],
    [
      'student',
      'Find the sentence “{quote}” in “{document}” and see which provision is named where I put “…”. What is {what}?',
    ],
    [
      'editor',
      'We quote “{quote}” from “{document}” and want to add a note on the provision left out at “…”. What is {what}?',
    ],
    [
      'colleague',
      'You know the sentence in “{document}”: “{quote}”? I left out the provision it names (“…”). What is {what}?',
    ],
  ],
  zh: [
    ['plain', '《{document}》中写道：“{quote}”，其中“…”代表另一处规定。{what}是什么？'],
    ['lawyer', '有争议的是《{document}》里的这句话：“{quote}”。请查到“…”处援引的规定，写明{what}。'],
    ['researcher', '我从《{document}》里记下了这句话，却漏了它所引的规定（“…”处）：“{quote}”。{what}是什么？'],
    ['analyst', '《{document}》中“{quote}”一句要看“…”处所引的规定，请给出{what}。'],
    ['customer', '我在《{document}》里读到“{quote}”，“…”处又让我去看别处。能帮我查一下{what}吗？'],
    ['student', '请在《{document}》中找到“{quote}”这句话，看“…”处引的是哪里，再写出{what}。'],
    ['editor', '稿中引了《{document}》的“{quote}”，要给“…”处的规定加注。{what}是什么？'],
    ['colleague', '《{document}》里“{quote}”那句话，“…”处引的是另一处规定，帮我看看{what}。'],
  ],
});
