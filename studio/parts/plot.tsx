/** @file A chart of curves over steps. All charts of a page share one cursor: the step under the pointer of any. */
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { number } from '../lib/format.ts';
import { colour, theme } from '../lib/theme.ts';

/** One curve. `colour` is a name of the style sheet. */
export interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
}

/** The step under the pointer, on every chart. */
export const stepAtCursor = signal<number | undefined>(undefined);

/** Exponential moving mean, corrected for its start; 0 is none. */
export function smoothed(values: readonly (number | null)[], weight: number): (number | null)[] {
  let [mean, mass] = [0, 0];
  return values.map((value) => {
    if (value === null) return null;
    mean = weight * mean + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return mean / mass;
  });
}

interface PlotProps {
  readonly title: string;
  readonly steps: readonly number[];
  readonly curves: readonly Curve[];
  readonly smoothing?: number;
  /** A click on a step. */
  readonly onStep?: (step: number) => void;
  readonly format?: (value: number) => string;
}

function options(
  props: PlotProps,
  width: number,
  hidden: ReadonlySet<string>,
  bounds?: readonly number[],
): uPlot.Options {
  const axis = {
    stroke: colour('soft'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { show: false },
    font: `11px ${colour('body')}`,
  };
  const show = props.format ?? ((value: number) => number(value, 2));
  const raw = (props.smoothing ?? 0) > 0;
  return {
    width,
    height: 170,
    legend: { show: false },
    padding: [8, 16, 0, 0],
    cursor: { sync: { key: 'steps', setSeries: false }, points: { size: 6 }, drag: { x: true, y: false } },
    scales: {
      x: { time: false, ...(bounds ? { range: bounds as [number, number] } : {}) },
      y: { range: { min: { pad: 0.1, soft: 0, mode: 2 }, max: { pad: 0.1, mode: 0 } } },
    },
    axes: [
      { ...axis, size: 26, values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? String(tick) : '')) },
      { ...axis, size: 44, values: (_, ticks) => ticks.map(show) },
    ],
    series: [
      {},
      ...props.curves.flatMap(({ name, colour: shade, dashed }) => {
        const stroke = colour(shade);
        const curve = {
          label: name,
          stroke,
          width: 1.8,
          show: !hidden.has(name),
          spanGaps: true,
          points: { show: props.steps.length < 2 },
          ...(dashed ? { dash: [5, 4] } : {}),
        };
        return raw ? [{ ...curve, width: 1, alpha: 0.25, stroke }, curve] : [curve];
      }),
    ],
    hooks: {
      setCursor: [
        (plot) => {
          const { idx } = plot.cursor;
          const step = idx === null || idx === undefined ? undefined : props.steps[idx];
          if (stepAtCursor.value !== step) stepAtCursor.value = step;
        },
      ],
    },
  };
}

function dataOf({ steps, curves, smoothing = 0 }: PlotProps): uPlot.AlignedData {
  const columns = curves.flatMap(({ values }) => (smoothing > 0 ? [values, smoothed(values, smoothing)] : [values]));
  return [steps, ...columns] as unknown as uPlot.AlignedData;
}

/** Values at the cursor, or at the end. */
function Legend({
  steps,
  curves,
  hidden,
  onToggle,
  format,
}: PlotProps & { readonly hidden: ReadonlySet<string>; readonly onToggle: (name: string) => void }) {
  const step = stepAtCursor.value;
  const i = step === undefined ? steps.length - 1 : steps.indexOf(step);
  const show = format ?? ((value: number) => number(value));
  return (
    <div class="legend">
      {curves.map(({ name, colour: shade, values }) => {
        const value = values[i];
        return (
          <button key={name} type="button" aria-pressed={!hidden.has(name)} onClick={() => onToggle(name)}>
            <span class="task" style={{ '--dot': `var(--${shade})` }}>
              {name}
            </span>{' '}
            <span class="soft">{value === null || value === undefined ? '–' : show(value)}</span>
          </button>
        );
      })}
    </div>
  );
}

export function Plot(props: PlotProps) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shape = `${props.curves.map(({ name }) => name).join()} ${(props.smoothing ?? 0) > 0} ${theme.value}`;
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const made = new uPlot(options(props, element.clientWidth, hidden), dataOf(props), element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: 170 }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [shape, hidden]);
  useEffect(() => plot.current?.setData(dataOf(props)), [props.steps.length, props.smoothing]);
  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };
  const click = () => stepAtCursor.value !== undefined && props.onStep?.(stepAtCursor.value);
  const last = props.curves.map(({ name, values }) => `${name} ${number(values.at(-1))}`).join(', ');
  return (
    <section class="panel plot">
      <header>
        <h2>{props.title}</h2>
        <span class="at">{stepAtCursor.value !== undefined && `step ${stepAtCursor.value}`}</span>
      </header>
      <div
        class="canvas"
        ref={holder}
        onDblClick={click}
        role="img"
        aria-label={`${props.title} over ${props.steps.length} steps; now ${last}`}
      />
      <Legend {...props} hidden={hidden} onToggle={toggle} />
    </section>
  );
}
