/** @file A long list as a table whose lines are links: heads that order it, keys to walk, only what is in sight there. */
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useKeys } from '../lib/keys.ts';
import type { ListPage, ListPages } from '../lib/list-pages.ts';
import { go, withQuery } from '../lib/route.ts';
import { Failure } from './small.tsx';
import { type ListHandle, VirtualList } from './virtual-list.tsx';

/** A column. */
export interface Column<Row> {
  readonly name: string;
  /** Field that it sorts by; none for what cannot. */
  readonly sort?: string;
  readonly width: string;
  /** Of its cells, in the style sheet. */
  readonly look?: string;
  /** Left out on a phone. */
  readonly wide?: boolean;
  /** Its width on a phone, where that is another. */
  readonly narrow?: string;
  readonly cell: (row: Row) => ComponentChildren;
}

const lookOf = ({ look = '', wide }: { readonly look?: string; readonly wide?: boolean }): string =>
  wide === true ? `${look} wide-only` : look;
const widthsOf = (columns: readonly { readonly width: string }[]): string =>
  columns.map(({ width }) => width).join(' ');
const narrowWidthsOf = (columns: readonly Pick<Column<never>, 'width' | 'wide' | 'narrow'>[]): string =>
  widthsOf(columns.filter(({ wide }) => wide !== true).map(({ width, narrow = width }) => ({ width: narrow })));

interface TableProps<Row, Page extends ListPage<Row>> {
  readonly pages: ListPages<Row, Page>;
  readonly columns: readonly Column<Row>[];
  readonly label: string;
  readonly sort: string;
  readonly href: (row: Row, index: number) => string;
  readonly empty: ComponentChildren;
}

export function LongTable<Row, Page extends ListPage<Row>>({
  pages,
  columns,
  label,
  sort,
  href,
  empty,
}: TableProps<Row, Page>) {
  const [at, setAt] = useState(0);
  const list = useRef<ListHandle>(null);
  const total = pages.page.value?.total;
  pages.version.value;
  useEffect(() => () => pages.close(), [pages]);
  const move = (by: number) => {
    const next = Math.max(0, Math.min((total ?? 1) - 1, at + by));
    setAt(next);
    list.current?.show(next);
  };
  useKeys([
    { key: 'j', does: 'next line', run: () => move(1) },
    { key: 'k', does: 'line before', run: () => move(-1) },
    { key: 'J', does: 'twenty down', run: () => move(20) },
    { key: 'K', does: 'twenty up', run: () => move(-20) },
    {
      key: 'Enter',
      does: 'open',
      run: () => {
        const row = pages.row(at);
        if (row !== undefined) go(href(row, at));
      },
    },
    { key: '/', does: 'query', run: () => document.getElementById('query')?.focus() },
  ]);
  const onRange = useCallback((first: number, last: number) => pages.range(first, last), [pages]);
  const turned = (field: string) => (sort === `-${field}` ? field : `-${field}`);
  const heads = (
    <div class="line heads">
      {columns.map(({ name, sort: field, ...column }) =>
        field === undefined ? (
          <span key={name} class={lookOf(column)}>
            {name}
          </span>
        ) : (
          <button
            key={name}
            type="button"
            class={lookOf(column)}
            onClick={() => go(withQuery({ sort: turned(field) }), true)}
          >
            {name}
            {sort === field && ' ↑'}
            {sort === `-${field}` && ' ↓'}
          </button>
        ),
      )}
    </div>
  );
  const error = pages.error.value;
  return (
    <div class="panel table" style={{ '--columns': widthsOf(columns), '--narrow': narrowWidthsOf(columns) }}>
      {error !== undefined && <Failure error={error} />}
      {total === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <VirtualList
          count={total ?? 0}
          rowHeight={28}
          label={label}
          head={heads}
          handle={list}
          onRange={onRange}
          row={(index) => {
            const row = pages.row(index);
            return row === undefined ? (
              <div class="line soft" key={index}>
                <span>…</span>
              </div>
            ) : (
              <a key={index} class="line" href={href(row, index)} aria-current={index === at}>
                {columns.map(({ name, cell, ...column }) => (
                  <span key={name} class={lookOf(column)}>
                    {cell(row)}
                  </span>
                ))}
              </a>
            );
          }}
        />
      )}
    </div>
  );
}

/** The field that a list is asked by. @param children Stand behind its button */
export function QueryField({
  q,
  placeholder,
  examples,
  children,
}: {
  readonly q: string;
  readonly placeholder: string;
  readonly examples: readonly string[];
  readonly children?: ComponentChildren;
}) {
  return (
    <form
      class="query"
      onSubmit={(event) => {
        event.preventDefault();
        go(withQuery({ q: String(new FormData(event.currentTarget).get('q') ?? '') }));
      }}
    >
      <input
        id="query"
        name="q"
        type="search"
        key={q}
        defaultValue={q}
        placeholder={placeholder}
        aria-label="Query"
        spellcheck={false}
        list="examples"
      />
      <datalist id="examples">
        {examples.map((example) => (
          <option key={example} value={example} />
        ))}
      </datalist>
      <button type="submit">Find</button>
      {children}
    </form>
  );
}
