/**
 * @file The style sheet of the decontamination report: two texts beside each other, below each other on a phone, light and dark.
 */

/** The body of the report's `<style>` element. */
export const reportStyle = `
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #1d1f23; --soft: #666a73; --faint: #e6e3db; --mark: #ffe39a; --mark-ink: #1d1f23; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --card: #1d2024; --ink: #e7e5df; --soft: #9a9ea8; --faint: #2f343a; --mark: #6b5313; --mark-ink: #fff3d0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 48px 30px 90px; overflow-wrap: anywhere; }
.kind { margin: 0 0 4px; color: var(--soft); }
h1, h2 { font-family: "Iowan Old Style", Charter, Palatino, Georgia, serif; font-weight: 600; letter-spacing: -0.01em; line-height: 1.2; }
h1 { font-size: 34px; margin: 0 0 26px; }
h2 { font-size: 24px; margin: 48px 0 14px; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 16px 22px; margin: 0; padding: 16px 0; border-block: 1px solid var(--faint); }
dt { font-size: 13px; color: var(--soft); }
dd { margin: 0; font-size: 17px; font-variant-numeric: tabular-nums; }
article { background: var(--card); border: 1px solid var(--faint); border-radius: 10px; padding: 16px 20px 20px; margin: 0 0 18px; }
h3 { margin: 0; font: 600 14px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
section + section { border-top: 1px solid var(--faint); margin-top: 18px; padding-top: 12px; }
.why { margin: 0 0 12px; color: var(--soft); font-size: 14px; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 28px; }
.sides > div { min-width: 0; }
.sides > div + div { border-left: 1px solid var(--faint); padding-left: 28px; }
h4 { margin: 0 0 6px; font-size: 13px; font-weight: 600; }
h4 span { color: var(--soft); font-weight: 400; margin-left: 6px; }
blockquote { margin: 0; white-space: pre-wrap; color: var(--soft); }
mark { background: var(--mark); color: var(--mark-ink); border-radius: 3px; padding: 1px 2px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
blockquote i { display: block; margin: 6px 0; font-size: 14px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: right; font-weight: 500; color: var(--soft); font-size: 13px; padding: 5px 0 5px 16px; }
td { text-align: right; vertical-align: top; padding: 6px 0 6px 16px; border-top: 1px solid var(--faint); font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
@media (max-width: 680px) {
  main { padding: 28px 16px 60px; } h1 { font-size: 27px; } dl { grid-template-columns: 1fr 1fr; } article { padding: 14px 14px 16px; }
  .sides { grid-template-columns: 1fr; gap: 14px; } .sides > div + div { border-left: 0; border-top: 1px dashed var(--faint); padding: 14px 0 0; }
}
@media print { article { break-inside: avoid; } }
`;
