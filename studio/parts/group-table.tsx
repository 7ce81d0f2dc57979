/**
 * @file A group at a glance: a line a completion, its reward on the way to its advantage. All lines share one scale, so that what is taken off, by
 * what it is divided and how the prompt weighs are seen as widths.
 */
import { estimatorNames } from '../../src/advantages/registry.ts';
import type { AdvantageTerms } from '../../src/studio/shared/advantage-terms.ts';
import type { StoredRollout } from '../../src/studio/shared/api.ts';
import { count, number, signed } from '../lib/format.ts';
import { Bar } from './bar.tsx';
import { Badge, RewardBar, stateTone } from './small.tsx';

/** Whether a word of an address names an estimator. */
export const isEstimator = (name: string): name is (typeof estimatorNames)[number] =>
  (estimatorNames as readonly string[]).includes(name);

interface GroupTableProps {
  readonly rollouts: readonly StoredRollout[];
  /** By estimator, in the order of `estimatorNames`; a rollout that was not trained on has none. */
  readonly terms: readonly (readonly (AdvantageTerms | undefined)[])[];
  readonly estimator: (typeof estimatorNames)[number];
  /** The estimator of the run. */
  readonly own: string;
  readonly member: number;
  readonly onEstimator: (name: (typeof estimatorNames)[number]) => void;
  readonly onMember: (member: number) => void;
}

/** What is taken off, by the estimator. */
const centreNames = { qwenlong: 'task mean' } as const;
const scaleNames = {
  grpo: 'group spread',
  'dr-grpo': 'one',
  qwenlong: 'task spread',
  tmn: 'task spread',
  'tmn-reweight': 'task spread',
  rloo: '(n − 1) / n',
  maxrl: 'prompt mean',
} as const;

const centreName = (name: (typeof estimatorNames)[number]): string =>
  name === 'qwenlong' ? centreNames.qwenlong : 'prompt mean';

/** A width that holds the largest of all terms, never below one unit. */
function fullWidth(terms: GroupTableProps['terms']): number {
  const values = terms.flat().flatMap((each) => (each === undefined ? [] : [Math.abs(each.advantage)]));
  return Math.max(1, ...values);
}

function Advantage({ terms, full, on }: { terms: AdvantageTerms | undefined; full: number; on: boolean }) {
  if (terms === undefined) return <td class={on ? 'advantage on' : 'advantage'}>–</td>;
  return (
    <td class={on ? 'advantage on' : 'advantage'}>
      <Bar value={terms.advantage} full={full} look="advantage-bar" faint={!on} />
      <span class="number">{signed(terms.advantage, 2)}</span>
    </td>
  );
}

function Line({
  rollout,
  index,
  props,
  full,
}: {
  readonly rollout: StoredRollout;
  readonly index: number;
  readonly props: GroupTableProps;
  readonly full: number;
}) {
  const { terms, estimator, member, onMember } = props;
  const own = terms[estimatorNames.indexOf(estimator)]?.[index];
  const state = rollout.state ?? rollout.status;
  return (
    <tr aria-selected={index === member} onClick={() => onMember(index)}>
      <th scope="row">
        <button type="button" class="plain" aria-label={`Show completion ${index + 1}`}>
          {index + 1}
        </button>
      </th>
      <td class="said">
        <code>{rollout.extracted.replace(/\s*\n\s*/g, ' · ') || '–'}</code>
      </td>
      <td class="state-of">
        {state === 'answered' ? <span class="soft">answered</span> : <Badge tone={stateTone(state)}>{state}</Badge>}
      </td>
      <td class="number soft tokens-of">{count(rollout.tokens)}</td>
      <td>
        <RewardBar value={rollout.score} text={number(rollout.score)} />
      </td>
      <td class="term number">{own === undefined ? '' : `− ${number(own.centre, 2)}`}</td>
      <td class="term number">{own === undefined ? '' : `÷ ${number(own.scale, 2)}`}</td>
      <td class="term number">{own === undefined ? '' : `× ${number(own.weight, 2)}`}</td>
      {estimatorNames.map((name, i) => (
        <Advantage key={name} terms={terms[i]?.[index]} full={full} on={name === estimator} />
      ))}
    </tr>
  );
}

/** The same in words: what the columns of terms are under this estimator. */
function TermHeads({ estimator }: Pick<GroupTableProps, 'estimator'>) {
  return (
    <>
      <th scope="col" class="term">
        − {centreName(estimator)}
      </th>
      <th scope="col" class="term">
        ÷ {scaleNames[estimator]}
      </th>
      <th scope="col" class="term">
        × {estimator === 'tmn-reweight' ? 'prompt weight' : 'no weight'}
      </th>
    </>
  );
}

export function GroupTable(props: GroupTableProps) {
  const { rollouts, terms, estimator, own, onEstimator } = props;
  const full = fullWidth(terms);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section class="panel scroll-x group-table" tabIndex={0} aria-label="The group at a glance">
      <label class="only-phone row small pad-row">
        advantage under
        <select
          value={estimator}
          onChange={(event) => isEstimator(event.currentTarget.value) && onEstimator(event.currentTarget.value)}
        >
          {estimatorNames.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">Completion</span>
            </th>
            <th scope="col">Answer</th>
            <th scope="col" class="state-of">
              State
            </th>
            <th scope="col" class="number tokens-of">
              Tokens
            </th>
            <th scope="col">Reward</th>
            <TermHeads estimator={estimator} />
            {estimatorNames.map((name) => (
              <th key={name} scope="col" class={name === estimator ? 'advantage on' : 'advantage'}>
                <button
                  type="button"
                  class="plain"
                  aria-pressed={name === estimator}
                  title={`Take the advantage under ${name} apart`}
                  onClick={() => onEstimator(name)}
                >
                  {name}
                  {name === own && <span class="own"> this run</span>}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rollouts.map((rollout, index) => (
            <Line key={index} rollout={rollout} index={index} props={props} full={full} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
