/** @file A query as a tree. Conditions side by side all hold; `or` binds less than that; `-` and `not` turn the next one round. */
import { UsageError } from '../../../errors.ts';
import { lex, type Operator, type Token } from './lex.ts';

/** What is asked of a rollout. */
export type Query =
  | { readonly type: 'all' | 'any'; readonly of: readonly Query[] }
  | { readonly type: 'not'; readonly of: Query }
  | { readonly type: 'condition'; readonly field: string; readonly operator: Operator; readonly value: string }
  | { readonly type: 'text'; readonly value: string };

const wrong = (at: number, what: string): UsageError =>
  new UsageError('query-invalid', `query, character ${at + 1}: ${what}`);

class Parser {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Query {
    const query = this.any();
    const rest = this.tokens[this.next];
    if (rest !== undefined) throw wrong(rest.at, 'a closing parenthesis has no opening one.');
    return query;
  }

  private any(): Query {
    const of = [this.all()];
    while (this.tokens[this.next]?.type === 'or') {
      this.next++;
      of.push(this.all());
    }
    return of.length === 1 && of[0] !== undefined ? of[0] : { type: 'any', of };
  }

  private all(): Query {
    const of: Query[] = [];
    for (;;) {
      const type = this.tokens[this.next]?.type;
      if (type === undefined || type === ')' || type === 'or') break;
      of.push(this.one());
    }
    return of.length === 1 && of[0] !== undefined ? of[0] : { type: 'all', of };
  }

  private one(): Query {
    const token = this.tokens[this.next++];
    if (token === undefined) throw wrong(0, 'something is missing at the end.');
    if (token.type === 'not') return { type: 'not', of: this.one() };
    if (token.type === '(') {
      const inner = this.any();
      if (this.tokens[this.next]?.type !== ')') throw wrong(token.at, 'this parenthesis is not closed.');
      this.next++;
      return inner;
    }
    if (token.type === 'condition') {
      const { field, operator, value } = token;
      return { type: 'condition', field, operator, value };
    }
    if (token.type === 'text') return { type: 'text', value: token.value };
    throw wrong(token.at, `"${token.type}" has nothing before it.`);
  }
}

/** An empty query holds for every rollout. @throws UsageError that names the character */
export const parseQuery = (text: string): Query => new Parser(lex(text)).whole();
