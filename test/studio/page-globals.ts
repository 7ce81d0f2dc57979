/** @file The little of a browser's globals that functions given to `evaluate` use: the rest of the tests knows no page. */

export interface PageElement {
  readonly textContent: string | null;
  readonly scrollHeight: number;
  readonly scrollWidth: number;
  scrollTop: number;
  getBoundingClientRect(): {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly width: number;
    readonly height: number;
  };
}

export interface PageDocument {
  readonly documentElement: PageElement;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement> & { readonly length: number };
  elementFromPoint(x: number, y: number): PageElement | null;
}
