/** @file Why the typed judge pays a pair of Math-Verify's suite that the suite does not pay. */
const reasons: readonly { readonly gold: RegExp; readonly pred: RegExp; readonly because: string }[] = [
  {
    gold: /x \\in \[-2,7\]/,
    pred: /-2 .*le x .*le 7/,
    because:
      'an inequality and the set of its solutions are one answer here in both directions (`relationsAsSets: false` keeps them apart)',
  },
];

/** The written reason of a difference, if there is one. */
export const reasonFor = (gold: string, pred: string): string | undefined =>
  reasons.find((entry) => entry.gold.test(gold) && entry.pred.test(pred))?.because;
