/** @file The studio's pages: the frame around them, and which one the address means. */
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './style/index.css';
import { serverProblem, setToken, source } from './lib/api.ts';
import { allKeys, helpShown, useKeys } from './lib/keys.ts';
import { go, route, to } from './lib/route.ts';
import { theme, toggleTheme } from './lib/theme.ts';
import { Benchmarks } from './screens/benchmarks.tsx';
import { Compare } from './screens/compare.tsx';
import { Dataset } from './screens/dataset.tsx';
import { Document, Documents } from './screens/documents.tsx';
import { Evaluation } from './screens/evaluation.tsx';
import { Explorer } from './screens/explorer.tsx';
import { Group } from './screens/group.tsx';
import { Reader } from './screens/reader.tsx';
import { Rollouts } from './screens/rollouts.tsx';
import { Run } from './screens/run.tsx';
import { Runs } from './screens/runs.tsx';
import { DraftList, Sample } from './screens/sample.tsx';
import { ScoredScreen } from './screens/scored.tsx';

function Brand() {
  return (
    <a class="brand" href="#/" aria-label="golongrl studio: all runs">
      <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="var(--accent)" />
        <path d="M7 9h18M7 14h11M7 19h18M7 24h7" stroke="var(--paper)" stroke-width="2.6" stroke-linecap="round" />
        <path d="M18 24h7" stroke="var(--mark-strong)" stroke-width="2.6" stroke-linecap="round" />
      </svg>
      <span>studio</span>
    </a>
  );
}

function Top() {
  const { path } = route.value;
  const [place, run, view] = path;
  const inRun = place === 'run' && run !== undefined;
  const link = (label: string, href: string, here: boolean) => (
    <a href={href} aria-current={here ? 'page' : undefined}>
      {label}
    </a>
  );
  return (
    <header class="top">
      <Brand />
      <nav aria-label="Screens">
        {source.home === undefined && link('Runs', '#/', path.length === 0)}
        {inRun && link('Curves', to(['run', run]), view === undefined)}
        {inRun &&
          link('Rollouts', to(['run', run, 'rollouts']), view === 'rollouts' || view === 'group' || view === 'read')}
        {inRun && link('Evaluation', to(['run', run, 'evaluation']), view === 'evaluation')}
        {place === 'dataset' && run !== undefined && link('Dataset', to(['dataset', run]), view !== 'drafts')}
        {place === 'evaluation' && run !== undefined && link('Benchmarks', to(['evaluation', run]), true)}
        {place === 'documents' && run !== undefined && link('Documents', to(['documents', run]), true)}
        {place === 'compare' && link('Compare', '#/', true)}
        {link('Estimators', '#/explorer', place === 'explorer')}
      </nav>
      <div class="end">
        <button type="button" onClick={toggleTheme} aria-label={theme.value === 'dark' ? 'Light theme' : 'Dark theme'}>
          {theme.value === 'dark' ? '☀' : '☾'}
        </button>
        <button type="button" onClick={() => (helpShown.value = true)} aria-label="Keys">
          ?
        </button>
      </div>
    </header>
  );
}

function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = helpShown.value;
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  return (
    <dialog ref={dialog} aria-label="Keys" onClose={() => (helpShown.value = false)}>
      <h2>Keys</h2>
      <dl class="keys">
        {shown &&
          allKeys().map(({ key, does }) => [
            <dt key={key}>
              <kbd>{key}</kbd>
            </dt>,
            <dd key={`${key} does`}>{does}</dd>,
          ])}
      </dl>
    </dialog>
  );
}

function Trouble() {
  const problem = serverProblem.value;
  if (problem === undefined) return null;
  if (problem === 'gone')
    return (
      <p class="notice" role="status">
        The studio's server does not answer. Start it again: <code>golongrl studio</code>
      </p>
    );
  return (
    <form
      class="notice row"
      onSubmit={(event) => {
        event.preventDefault();
        setToken(String(new FormData(event.currentTarget).get('token') ?? ''));
        dispatchEvent(new HashChangeEvent('hashchange'));
        location.reload();
      }}
    >
      <label for="token">The token that the server showed when it started:</label>
      <input id="token" name="token" type="text" autocomplete="off" />
      <button type="submit">Open</button>
    </form>
  );
}

function Screen() {
  const { path } = route.value;
  const home = path.length === 0 ? source.home : undefined;
  useEffect(() => {
    if (home !== undefined) go(home, true);
  }, [home]);
  if (home !== undefined) return null;
  const [place, id, view, first, second] = path;
  if (place === 'compare') return <Compare />;
  if (place === 'explorer') return <Explorer />;
  if (place === 'run' && id !== undefined) {
    if (view === 'rollouts') return <Rollouts id={id} />;
    if (view === 'group') return <Group id={id} step={Number(first)} line={Number(second)} />;
    if (view === 'read') return <Reader id={id} hash={first ?? ''} />;
    if (view === 'evaluation') return <Evaluation id={id} />;
    return <Run id={id} />;
  }
  if (place === 'dataset' && id !== undefined) {
    if (view === 'sample') return <Sample id={id} sample={first ?? ''} />;
    return view === 'drafts' ? <DraftList id={id} /> : <Dataset id={id} />;
  }
  if (place === 'evaluation' && id !== undefined)
    return view === 'sample' ? <ScoredScreen id={id} /> : <Benchmarks id={id} />;
  if (place === 'documents' && id !== undefined)
    return view === undefined ? <Documents id={id} /> : <Document id={id} row={Number(view)} />;
  return <Runs />;
}

const globalKeys = [
  { key: '?', does: 'these keys', run: () => undefined },
  { key: 'h', does: 'all runs', run: () => go('#/') },
  { key: 'd', does: 'dark or light', run: toggleTheme },
];

/** The explorer alone, as one page. */
const alone = document.documentElement.dataset.page === 'explorer';

function Studio() {
  useKeys(globalKeys);
  if (alone) return <Explorer />;
  return (
    <>
      <Top />
      <Trouble />
      {source.notes.map((note) => (
        <p key={note} class="notice">
          {note}
        </p>
      ))}
      <Screen />
      <Help />
    </>
  );
}

const root = document.getElementById('studio');
if (root !== null) render(<Studio />, root);
