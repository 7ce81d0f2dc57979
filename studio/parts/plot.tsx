/** @file A chart of curves over steps. All charts of a page share one cursor: the step under the pointer of any. */
import { signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
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
  const raw = showsRaw(props);
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
        const isWhole = shade === 'ink';
        const drawn = { ...curve, width: isWhole ? 2.2 : 1.5 };
        return raw ? [{ ...curve, width: 1, alpha: rawAlpha, stroke }, drawn] : [drawn];
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

/** Curves in one chart whose unsmoothed values are shown too; those of nine tasks would hide everything. */
const mostRaw = 3;
const rawAlpha = 0.22;
const showsRaw = ({ smoothing = 0, curves }: PlotProps): boolean => smoothing > 0 && curves.length <= mostRaw;

function dataOf(props: PlotProps): uPlot.AlignedData {
  const { steps, curves, smoothing = 0 } = props;
  const raw = showsRaw(props);
  const columns = curves.flatMap(({ values }) => {
    const drawn = smoothing > 0 ? smoothed(values, smoothing) : values;
    return raw ? [values, drawn] : [drawn];
  });
  return [steps, ...columns] as unknown as uPlot.AlignedData;
}

/** Values at the cursor, or at the end. */
function Legend({
  steps,
  curves,
  hidden,
  onToggle,
  onFocus,
  format,
}: PlotProps & {
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (name: string) => void;
  /** The curve under the pointer; undefined for none. */
  readonly onFocus: (name: string | undefined) => void;
}) {
  const step = stepAtCursor.value;
  const i = step === undefined ? steps.length - 1 : steps.indexOf(step);
  const show = format ?? ((value: number) => number(value));
  return (
    <div class="legend">
      {curves.map(({ name, colour: shade, values }) => {
        const value = values[i];
        return (
          <button
            key={name}
            type="button"
            aria-pressed={!hidden.has(name)}
            onClick={() => onToggle(name)}
            onPointerEnter={() => onFocus(name)}
            onPointerLeave={() => onFocus(undefined)}
            onFocus={() => onFocus(name)}
            onBlur={() => onFocus(undefined)}
          >
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

/** Pixels before a chart comes into sight at which it is drawn. */
const ahead = 400;

/** Whether an element was ever near what is in sight: fifteen charts of a thousand steps take a busy machine a second to draw. */
function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    // What is in sight is drawn at once: an observer would tell it a frame later.
    if (element.current.getBoundingClientRect().top < innerHeight + ahead) {
      setNear(true);
      return undefined;
    }
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: `${ahead}px` },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return near;
}

export function Plot(props: PlotProps) {
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const near = useNear(holder);
  const shape = `${props.curves.map(({ name }) => name).join()} ${(props.smoothing ?? 0) > 0} ${theme.value}`;
  useEffect(() => {
    const element = holder.current;
    if (element === null || !near) return;
    const made = new uPlot(options(props, element.clientWidth, hidden), dataOf(props), element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: 170 }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [shape, hidden, near]);
  useEffect(() => plot.current?.setData(dataOf(props)), [props.steps.length, props.smoothing]);
  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };
  /** The others fade. */
  const focus = (name: string | undefined) => {
    const made = plot.current;
    if (made === null) return;
    const raw = showsRaw(props);
    for (const [i, series] of made.series.entries()) {
      const own = raw && i % 2 === 1 ? rawAlpha : 1;
      if (i > 0) series.alpha = name === undefined || series.label === name ? own : 0.12;
    }
    made.redraw(false);
  };
  const click = () => stepAtCursor.value !== undefined && props.onStep?.(stepAtCursor.value);
  const last = props.curves.map(({ name, values }) => `${name} ${number(values.at(-1))}`).join(', ');
  return (
    <section class="panel plot">
      <header>
        <h2>{props.title}</h2>
        <span class="at">
          {stepAtCursor.value === undefined ? `step ${props.steps.at(-1) ?? 0}` : `step ${stepAtCursor.value}`}
        </span>
      </header>
      <div
        class="canvas"
        ref={holder}
        onDblClick={click}
        role="img"
        aria-label={`${props.title} over ${props.steps.length} steps; now ${last}`}
      />
      <Legend {...props} hidden={hidden} onToggle={toggle} onFocus={focus} />
    </section>
  );
}
