/** @file A prompt of a run: its text with its marks, and beside it a completion whose sentences lead back into it. */
import { useRef } from 'preact/hooks';
import type { GroupDetail } from '../../src/studio/shared/api.ts';
import { source } from '../lib/api.ts';
import { number } from '../lib/format.ts';
import { go, route, to, withQuery } from '../lib/route.ts';
import { useAnswer } from '../lib/use-answer.ts';
import { Gold, Task, Waiting } from '../parts/small.tsx';
import type { ReadingMarks } from '../reader/marks.ts';
import { type MarkActions, MarkLists, Sourced } from '../reader/notes.tsx';
import { type ReadingHandle, ReadingView } from '../reader/reading-view.tsx';
import { useMarks, walks } from '../reader/use-marks.ts';

interface NotesProps extends MarkActions {
  readonly id: string;
  readonly text: string;
  readonly detail: GroupDetail;
  readonly member: number;
  readonly marks: ReadingMarks;
}

function Notes({ id, text, detail, member, marks, onMark, onWalk }: NotesProps) {
  const { group, step, number: line } = detail;
  const rollout = group.rollouts[member];
  return (
    <aside class="notes stack" aria-label="Evidence and completion">
      <section class="stack">
        <div class="row">
          <Task task={group.task} />
          <a class="small" href={to(['run', id, 'group', step, line])}>
            its group at step {step}
          </a>
        </div>
        <p>{group.question}</p>
        <Gold lines={group.gold} />
      </section>
      <MarkLists text={text} marks={marks} proof={[]} onMark={onMark} onWalk={onWalk} />
      {rollout !== undefined && (
        <section class="stack">
          <h2>
            Completion{' '}
            <select
              aria-label="Completion"
              value={member}
              onChange={(event) => go(withQuery({ member: event.currentTarget.value }), true)}
            >
              {group.rollouts.map(({ score }, i) => (
                <option key={i} value={i}>
                  {i + 1}: {number(score)}
                </option>
              ))}
            </select>
          </h2>
          <Sourced text={rollout.text} marks={marks} onMark={onMark} />
          <p class="small soft">{rollout.reason}</p>
        </section>
      )}
    </aside>
  );
}

/** The screen once its text is there. */
function Prompt({
  id,
  text,
  detail,
}: {
  readonly id: string;
  readonly text: string;
  readonly detail: GroupDetail | undefined;
}) {
  const { query } = route.value;
  const member = Number(query.get('member') ?? 0);
  const search = query.get('find') ?? '';
  const handle = useRef<ReadingHandle>(null);
  const group = detail?.group;
  const completion = group?.rollouts[member]?.text ?? '';
  const key = `${detail?.step} ${detail?.number} ${member} ${search}`;
  const marks = useMarks(text, key, {
    question: group?.question ?? '',
    rationale: group?.rationale ?? '',
    gold: group?.gold ?? [],
    given: group?.rollouts.filter(({ score }) => score < 1).map(({ extracted }) => extracted) ?? [],
    completion,
    search,
  });
  const most = (group?.rollouts.length ?? 1) - 1;
  const choose = (by: number) => go(withQuery({ member: Math.max(0, Math.min(most, member + by)) }), true);
  return (
    <ReadingView
      text={text}
      marks={marks.all}
      tokens={group?.promptTokens}
      title="Prompt"
      question={group?.question ?? ''}
      walks={walks}
      keys={[
        { key: 'j', does: 'next completion', run: () => choose(1) },
        { key: 'k', does: 'completion before', run: () => choose(-1) },
      ]}
      handle={handle}
    >
      {detail !== undefined && (
        <Notes
          id={id}
          text={text}
          detail={detail}
          member={member}
          marks={marks}
          onMark={(mark) => handle.current?.mark(mark)}
          onWalk={(kind, by) => handle.current?.walk(kind, by)}
        />
      )}
    </ReadingView>
  );
}

export function Reader({ id, hash }: { readonly id: string; readonly hash: string }) {
  const { query } = route.value;
  const [step, line] = [query.get('step'), query.get('group')];
  const prompt = useAnswer(`prompt ${id} ${hash}`, () => source.prompt(id, hash));
  const detail = useAnswer(`reader ${id} ${step} ${line}`, async () =>
    step === null || line === null ? undefined : await source.group(id, Number(step), Number(line)),
  );
  if (prompt.value === undefined) return <Waiting error={prompt.error} />;
  return <Prompt key={hash} id={id} text={prompt.value} detail={detail.value} />;
}
