/** @file What policies earn that read nothing: the shape that reports and pages share. */

/** Of one generator, or of one task. */
export interface BlindFinding {
  readonly samples: number;
  /** Policy that looked best on the half that it was not measured on, of the larger half. */
  readonly policy: string;
  /** Its mean reward, from 0 to 1. */
  readonly reward: number;
  readonly ci95: readonly [low: number, high: number];
  /** The best policy in hindsight: an upper bound, and by chance too high in few samples. */
  readonly hindsight: { readonly policy: string; readonly reward: number };
  /** Policies tried. */
  readonly policies: number;
}
