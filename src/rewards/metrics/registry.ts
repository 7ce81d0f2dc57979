/**
 * @file The nine rewards by metric. Adding one touches its own file and its line here.
 */
import type { Metric } from '../../tasks/task.ts';
import type { Reward } from '../reward.ts';
import { accuracyReward } from './accuracy.ts';
import { emReward } from './em.ts';
import { f1Reward } from './f1.ts';
import { iouReward } from './iou.ts';
import { mathVerifyReward } from './math-verify.ts';
import { ndcgReward } from './ndcg.ts';
import { pairwiseReward } from './pairwise.ts';
import { summaryReward } from './rouge-l.ts';
import { subEmReward } from './sub-em.ts';

/** By the metric that a sample names, which is also its task key in training. */
export const rewards: Readonly<Record<Metric, Reward>> = {
  EM: emReward,
  Accuracy: accuracyReward,
  F1_Score: f1Reward,
  math_verify: mathVerifyReward,
  IoU: iouReward,
  SubEM: subEmReward,
  NDCG: ndcgReward,
  Pairwise_Accuracy: pairwiseReward,
  Summary: summaryReward,
};
