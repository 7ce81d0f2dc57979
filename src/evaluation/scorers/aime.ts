/**
 * @file AIME: is the value of the response the gold? The reference (`judge_aime.py`) hands the whole response to Math-Verify, thinking
 * included; the same reading serves every profile but `strict`, which looks after the thinking only.
 */
import { mathReward } from '../../rewards/math/equal.ts';

export const aimeCorrect = (response: string, gold: string): boolean => mathReward(gold, response).equal;
