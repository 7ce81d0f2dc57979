/** @file One group: its completions side by side, what each earned and why, and its advantage taken apart under any estimator. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type EstimatorName, estimatorNames } from '../../src/advantages/registry.ts';
import { type AdvantageTerms, advantageTerms } from '../../src/studio/shared/advantage-terms.ts';
import type { GroupDetail, StoredRollout, Verdict } from '../../src/studio/shared/api.ts';
import type { RatioBounds } from '../../src/studio/shared/token-looks.ts';
import { source } from '../lib/api.ts';
import { count, number, signed, size } from '../lib/format.ts';
import { useKeys } from '../lib/keys.ts';
import { go, route, to, withQuery } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { AnswerText } from '../parts/answer-text.tsx';
import { Diff } from '../parts/diff.tsx';
import { Badge, Sparkline, stateTone, Task, Waiting } from '../parts/small.tsx';
import { Terms } from '../parts/terms.tsx';
import { TokenView } from '../parts/token-view.tsx';

/** Whether tokens are shown, where the run keeps them. */
const tokensShown = signal(false);
/** Members to compare word by word. */
const compared = signal<readonly number[]>([]);

const isEstimator = (name: string): name is EstimatorName => (estimatorNames as readonly string[]).includes(name);

/** The terms of this group's rollouts, in their order; undefined where the group was not trained on. */
function termsOf(
  { batch, number: line, alpha, gamma, group }: GroupDetail,
  estimator: EstimatorName,
): (AdvantageTerms | undefined)[] {
  const terms = advantageTerms(estimator, batch, { alpha, gamma });
  const own = batch.prompts.flatMap((prompt, d) => (prompt === line ? [terms[d]] : []));
  let next = 0;
  return group.rollouts.map(({ status }) => (own.length > 0 && status === 'ok' ? own[next++] : undefined));
}

function Profiles({ verdict, own }: { readonly verdict: Verdict; readonly own: number }) {
  const differ = Math.abs(verdict.paper.score - verdict.hardened.score) > 1e-9;
  const changed = Math.abs(verdict.hardened.score - own) > 1e-6 && Math.abs(verdict.paper.score - own) > 1e-6;
  return (
    <div class="row small">
      <span title={verdict.paper.reason}>
        paper <b>{number(verdict.paper.score)}</b>
      </span>
      <span title={verdict.hardened.reason}>
        hardened <b>{number(verdict.hardened.score)}</b>
      </span>
      {differ && <Badge tone="warn">the profiles differ</Badge>}
      {changed && <Badge tone="warn">scored otherwise today</Badge>}
    </div>
  );
}

interface MemberProps {
  readonly rollout: StoredRollout;
  readonly member: number;
  readonly verdict: Verdict | undefined;
  readonly terms: AdvantageTerms | undefined;
  readonly readerHref: string;
  readonly clip: RatioBounds;
}

function Member({ rollout, member, verdict, terms, readerHref, clip }: MemberProps) {
  const selected = Number(route.value.query.get('member') ?? -1) === member;
  const ticked = compared.value.includes(member);
  const tick = () =>
    (compared.value = ticked
      ? compared.value.filter((each) => each !== member)
      : [...compared.value, member].slice(-2));
  return (
    <article
      class={`member ${selected ? 'selected' : ''}`}
      id={`member-${member}`}
      aria-label={`Completion ${member + 1}`}
    >
      <header>
        <span class="soft small">{member + 1}</span>
        <span class="score">{number(rollout.score)}</span>
        <Badge tone={stateTone(rollout.state ?? '')}>{rollout.state ?? rollout.status}</Badge>
        <Badge tone={rollout.stopReason === 'length' ? 'warn' : ''}>
          {count(rollout.tokens)} tokens{rollout.stopReason === 'length' && ', cut'}
        </Badge>
        <button
          type="button"
          class="plain small"
          style={{ marginLeft: 'auto' }}
          aria-pressed={ticked}
          onClick={tick}
          title="Compare two word by word"
        >
          diff
        </button>
      </header>
      {terms !== undefined && <Terms terms={terms} stored={rollout.advantage} />}
      {tokensShown.value && rollout.trace !== undefined ? (
        <TokenView trace={rollout.trace} clip={clip} />
      ) : (
        <AnswerText label={`Text ${member + 1}`} text={rollout.text} at={verdict?.at} />
      )}
      <footer>
        <div>{rollout.reason}</div>
        {verdict !== undefined && <Profiles verdict={verdict} own={rollout.score} />}
        <a href={readerHref}>find it in the prompt</a>
      </footer>
    </article>
  );
}

function Head({ id, detail }: { readonly id: string; readonly detail: GroupDetail }) {
  const { group, step, number: line, groupsOfStep, history } = detail;
  const q = route.value.query.get('q') ?? undefined;
  const means = history.map(
    ({ rewards }) => rewards.reduce((sum, reward) => sum + reward, 0) / Math.max(1, rewards.length),
  );
  return (
    <div class="panel pad stack">
      <div class="head" style={{ margin: 0 }}>
        <div>
          <div class="crumbs">
            <a href={to(['run', id, 'rollouts'], { q })}>rollouts</a>
            <span>
              step {step}, group {line + 1} of {groupsOfStep}
            </span>
          </div>
          <h1 style={{ fontSize: '18px' }}>{group.question || `Sample ${group.sample}`}</h1>
        </div>
        <div class="end">
          {group.rollouts.some(({ trace }) => trace !== undefined) && (
            <button
              type="button"
              aria-pressed={tokensShown.value}
              onClick={() => (tokensShown.value = !tokensShown.value)}
            >
              Tokens <kbd>t</kbd>
            </button>
          )}
          <a class="button" href={to(['run', id, 'read', group.prompt], { step, group: line })}>
            Read the prompt <kbd>p</kbd>
          </a>
        </div>
      </div>
      <div class="row">
        <Task task={group.task} />
        {group.generator !== undefined && <Badge>{group.generator}</Badge>}
        {group.promptTokens !== undefined && <Badge>{size(group.promptTokens)} tokens of prompt</Badge>}
        <Badge tone={stateTone(group.use)}>{group.use}</Badge>
        <a class="mono small" href={to(['run', id, 'rollouts'], { q: `sample:${group.sample}` })}>
          {group.sample}
        </a>
        {history.length > 1 && (
          <span class="row small soft">
            drawn {history.length} times
            <Sparkline
              values={means}
              label={`Mean reward each time: ${means.map((mean) => number(mean)).join(', ')}`}
              width={90}
              height={20}
            />
            {history.map((each) => (
              <a
                key={`${each.step} ${each.group}`}
                href={to(['run', id, 'group', each.step, each.group])}
                aria-current={each.step === step ? 'page' : undefined}
              >
                step {each.step}
              </a>
            ))}
          </span>
        )}
      </div>
      <div class="gold">
        <span class="soft">gold</span>
        {group.gold.map((line) => (
          <code key={line}>{line}</code>
        ))}
      </div>
    </div>
  );
}

const meanOf = (rewards: readonly number[]): number =>
  rewards.reduce((sum, reward) => sum + reward, 0) / Math.max(1, rewards.length);

/** The same prompt in other runs, and the dataset that it is from. */
function Elsewhere({ id, sample }: { readonly id: string; readonly sample: string }) {
  const runs = useAnswer(`elsewhere ${id} ${sample}`, () => source.elsewhere(id, sample));
  const datasets = useAnswer(`datasets of ${sample}`, async () => (await source.places?.datasetsOf(sample)) ?? []);
  if ((runs.value ?? []).length + (datasets.value ?? []).length === 0) return null;
  return (
    <section class="panel pad row small" aria-label="The same prompt elsewhere">
      {datasets.value?.map((place) => (
        <a key={place.id} href={to(['dataset', place.id, 'sample', sample])}>
          its sample in {place.name}
        </a>
      ))}
      {runs.value?.map(({ id: run, name, history }) => {
        const last = history.at(-1);
        return (
          <span key={run} class="row">
            <span class="soft">{name}</span>
            <Sparkline
              values={history.map(({ rewards }) => meanOf(rewards))}
              label={`Mean reward each time: ${history.map(({ rewards }) => number(meanOf(rewards))).join(', ')}`}
              width={70}
              height={18}
            />
            {history.slice(-3).map(({ step, group, rewards }) => (
              <a key={`${step} ${group}`} href={to(['run', run, 'group', step, group])}>
                step {step}: {number(meanOf(rewards), 2)}
              </a>
            ))}
            {last !== undefined && history.length > 3 && <span class="soft">drawn {history.length} times</span>}
          </span>
        );
      })}
    </section>
  );
}

export function Group({ id, step, line }: { readonly id: string; readonly step: number; readonly line: number }) {
  const { value: detail, error } = useAnswer(`group ${id} ${step} ${line}`, () => source.group(id, step, line));
  const { query } = route.value;
  const asked = query.get('estimator') ?? detail?.estimator ?? 'grpo';
  const estimator = isEstimator(asked) ? asked : 'grpo';
  const member = Number(query.get('member') ?? 0);
  const move = (by: number) =>
    detail && go(to(['run', id, 'group', step, Math.max(0, Math.min(detail.groupsOfStep - 1, line + by))]), true);
  const choose = (by: number) =>
    go(withQuery({ member: Math.max(0, Math.min((detail?.group.rollouts.length ?? 1) - 1, member + by)) }), true);
  useKeys([
    { key: 'j', does: 'next completion', run: () => choose(1) },
    { key: 'k', does: 'completion before', run: () => choose(-1) },
    { key: ']', does: 'next group', run: () => move(1) },
    { key: '[', does: 'group before', run: () => move(-1) },
    {
      key: 'p',
      does: 'read the prompt',
      run: () => detail && go(to(['run', id, 'read', detail.group.prompt], { step, group: line, member })),
    },
    { key: 't', does: 'tokens or text', run: () => (tokensShown.value = !tokensShown.value) },
    {
      key: 'e',
      does: 'next estimator',
      run: () =>
        go(
          withQuery({ estimator: estimatorNames[(estimatorNames.indexOf(estimator) + 1) % estimatorNames.length] }),
          true,
        ),
    },
  ]);
  useEffect(() => document.getElementById(`member-${member}`)?.scrollIntoView({ block: 'nearest' }), [member, detail]);
  if (detail === undefined) return <Waiting error={error} />;
  const terms = termsOf(detail, estimator);
  const [a, b] = compared.value.map((each) => detail.group.rollouts[each]);
  return (
    <main class="wide stack">
      <Head id={id} detail={detail} />
      <Elsewhere key={detail.group.sample} id={id} sample={detail.group.sample} />
      <div class="row" role="toolbar" aria-label="Estimator">
        <span class="soft small">advantage under</span>
        {estimatorNames.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === estimator}
            onClick={() => go(withQuery({ estimator: name }), true)}
          >
            {name}
            {name === detail.estimator && <span class="soft small">this run</span>}
          </button>
        ))}
        {terms.every((each) => each === undefined) && (
          <span class="soft small">this group was not trained on: {detail.group.use}</span>
        )}
        {terms[0]?.passRate !== undefined && (
          <span class="soft small">
            pass rate {number(terms[0].passRate)} over smoothed mean {number(terms[0].smoothed)}, alpha {detail.alpha},
            gamma {detail.gamma}
          </span>
        )}
        {terms[0] !== undefined && (
          <span class="soft small">
            sum of the group{' '}
            {signed(
              terms.reduce((sum, each) => sum + (each?.advantage ?? 0), 0),
              2,
            )}
          </span>
        )}
      </div>
      {a !== undefined && b !== undefined && (
        <Diff
          a={a.text}
          b={b.text}
          names={compared.value.map((each) => `completion ${each + 1}`)}
          onClose={() => (compared.value = [])}
        />
      )}
      <div class="members">
        {detail.group.rollouts.map((rollout, i) => (
          <Member
            key={i}
            rollout={rollout}
            member={i}
            verdict={detail.verdicts[i]}
            terms={terms[i]}
            clip={detail.clip}
            readerHref={to(['run', id, 'read', detail.group.prompt], { step, group: line, member: i })}
          />
        ))}
      </div>
    </main>
  );
}
