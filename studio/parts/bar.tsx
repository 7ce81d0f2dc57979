/** @file A number as a bar from a middle line. */
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
