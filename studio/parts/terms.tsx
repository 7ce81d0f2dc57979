/** @file One advantage as its terms: what was taken off, by what it was divided, how the prompt weighs. */
import type { AdvantageTerms } from '../../src/studio/shared/advantage-terms.ts';
import { number, signed } from '../lib/format.ts';

/** A bar from the middle, to the right when it is above 0; `full` is the value of half its width. */
export function Bar({
  value,
  full,
  faint = false,
  look = 'bar',
}: {
  readonly value: number;
  readonly full: number;
  readonly faint?: boolean;
  /** Its name in the style sheet. */
  readonly look?: string;
}) {
  const width = Math.min(50, (Math.abs(value) / full) * 50);
  const style = value >= 0 ? { left: '50%', width: `${width}%` } : { right: '50%', width: `${width}%` };
  return (
    <span class={look}>
      <i class={`${value >= 0 ? 'up' : 'down'} ${faint ? 'faint' : ''}`} style={style} />
    </span>
  );
}

/** Half the width of the bars, in units of advantage. */
export const fullAdvantage = 3;

export function Terms({ terms, stored }: { readonly terms: AdvantageTerms; readonly stored?: number | undefined }) {
  const { reward, centre, scale, weight, advantage } = terms;
  const centred = reward - centre;
  return (
    <div class="terms">
      <span class="soft">
        {number(reward, 2)} − {number(centre, 2)}
      </span>
      <Bar value={centred} full={fullAdvantage} faint />
      <span class="number">{signed(centred, 2)}</span>
      <span class="soft">÷ {number(scale, 2)}</span>
      <Bar value={centred / scale} full={fullAdvantage} faint />
      <span class="number">{signed(centred / scale, 2)}</span>
      <span class="soft">× {number(weight, 2)}</span>
      <Bar value={advantage} full={fullAdvantage} />
      <b class="number" title={stored === undefined ? undefined : `stored: ${stored}`}>
        {signed(advantage, 2)}
      </b>
    </div>
  );
}
