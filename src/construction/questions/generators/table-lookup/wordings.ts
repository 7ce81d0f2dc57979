/** @file What tells the row, what is wanted of it, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What tells the row, which is called by the heading over the names: the roost with the lowest “Altitude (m)”. */
export const clues = {
  extreme: phrase({
    en: '{noun} with the {extreme} in {where}',
    zh: '{where}中，{extreme}的{noun}',
  }),
  growth: phrase({
    en: '{noun} whose figure rose most in percent from {from} to {to} in {where}',
    zh: '{where}中，从{from}年到{to}年增长率最高的{noun}',
  }),
};

/** What a row is called whose table has no word for it. */
export const plainNoun = { en: 'row', zh: '一项' } as const;

/** Said of such rows where there are totals; a total is no route and no roost. */
export const aside = phrase({ en: '{noun} (totals aside)', zh: '{noun}（合计除外）' });

/** The figure that is wanted: of the same table, of another in the document, or of another document. */
export const wanted = {
  same: phrase({ en: 'the {figure}', zh: '{figure}' }),
  own: phrase({ en: 'the {figure} in the table “{in}”', zh: '在表“{in}”中的{figure}' }),
  other: phrase({ en: 'the {figure} in the table “{in}” of “{other}”', zh: '在《{other}》的表“{in}”中的{figure}' }),
};

export const asked = wordings({
  en: [
    ['plain', 'For the {clue}, what is {wanted}?'],
    ['analyst', 'I need one number, {wanted}, for the {clue}. What is it?'],
    ['researcher', 'Take the {clue}. What is {wanted} for it?'],
    ['customer', 'Could you tell me {wanted} for the {clue}?'],
    ['lawyer', 'Please state {wanted} for the {clue}.'],
    ['student', 'Exercise: what is {wanted} for the {clue}?'],
    ['editor', 'We are writing about the {clue}. What is {wanted} for it?'],
    ['colleague', 'Can you look up {wanted} for the {clue}?'],
  ],
  zh: [
    ['plain', '{clue}，其{wanted}是多少？'],
    ['analyst', '我要一个数：{clue}，其{wanted}是多少？'],
    ['researcher', '请查{clue}，其{wanted}是多少？'],
    ['customer', '请问{clue}，其{wanted}是多少？'],
    ['lawyer', '请写明{clue}，其{wanted}为多少。'],
    ['student', '练习题：{clue}，其{wanted}是多少？'],
    ['editor', '稿子里要写到{clue}，其{wanted}是多少？'],
    ['colleague', '帮我查个数：{clue}，其{wanted}是多少？'],
  ],
});
