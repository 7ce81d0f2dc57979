/**
 * @file The style sheet of the report: one column, one accent colour, light and dark, nothing from the network.
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d1f23; --soft: #666a73; --faint: #e6e3db; --rule: #cfcbc0;
  --accent: #0b6e6e; --accent-soft: #0b6e6e44; --before: #9b9788; --up: #1d7a46; --down: #b3372b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --card: #1d2024; --ink: #e7e5df; --soft: #9a9ea8; --faint: #2b2f35; --rule: #40454d;
    --accent: #4fc1b8; --accent-soft: #4fc1b84d; --before: #868a92; --up: #62c58b; --down: #ec8275;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 920px; margin: 0 auto; padding: 56px 30px 90px; }
h1, h2, .figure { font-family: "Iowan Old Style", Charter, "Palatino Linotype", Palatino, Georgia, serif; font-weight: 600; letter-spacing: -0.01em; }
h1 { font-size: 20px; margin: 0 0 30px; color: var(--soft); font-weight: 500; }
h1 b { color: var(--ink); font-weight: 600; }
h2 { font-size: 25px; margin: 64px 0 6px; }
h3 { font-size: 14px; margin: 0 0 6px; font-weight: 600; }
p { margin: 0 0 14px; max-width: 68ch; }
.lead { color: var(--soft); }
.figure { font-size: 76px; line-height: 1; color: var(--accent); font-variant-numeric: lining-nums; }
.figure.down { color: var(--down); }
.figure small { font-size: 20px; color: var(--soft); font-weight: 400; letter-spacing: 0; margin-left: 10px; white-space: nowrap; }
.claim { font-size: 19px; margin: 16px 0 26px; max-width: 62ch; }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(104px, 1fr)); gap: 16px 18px; margin: 0; padding: 18px 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
dl.facts dt { font-size: 12.5px; color: var(--soft); }
dl.facts dd { margin: 0; font-size: 17px; font-variant-numeric: tabular-nums; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(258px, 1fr)); gap: 22px 26px; margin-top: 20px; }
.panels h3 span { color: var(--soft); font-weight: 400; display: block; font-size: 12.5px; }
svg.chart { display: block; width: 100%; height: auto; overflow: hidden; }
svg .hover { fill: transparent; stroke: none; }
svg .hover:hover { fill: var(--accent); }
.read { color: var(--soft); font-size: 13.5px; }
.panels .read { font-size: 12.5px; line-height: 1.4; margin: 4px 0 0; }
.directions { font-size: 17px; max-width: none; margin: 0 0 6px; }
.directions b { font-weight: 600; margin-right: 8px; }
.went { margin-right: 16px; color: var(--soft); } .went.up { color: var(--up); } .went.down { color: var(--down); font-weight: 600; }
dl.facts { margin-top: 22px; }
svg text { fill: var(--ink); font: 12.5px ui-sans-serif, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
svg .tick { fill: var(--soft); font-size: 11px; }
svg .head { fill: var(--soft); font-size: 12px; }
svg .grid { stroke: var(--faint); stroke-width: 1; }
svg .zero { stroke: var(--soft); stroke-width: 1; }
svg .rule { stroke: var(--rule); }
svg .raw { fill: none; stroke: var(--accent-soft); stroke-width: 1.2; }
svg .trend { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
svg .end, svg .after { fill: var(--accent); }
svg .before { fill: var(--paper); stroke: var(--before); stroke-width: 2; }
svg .span { stroke: var(--accent-soft); stroke-width: 5; }
svg .interval { stroke: var(--before); stroke-width: 2; }
svg .gain { fill: var(--before); }
svg .interval.up { stroke: var(--up); } svg .gain.up, svg text.value.up { fill: var(--up); }
svg .interval.down { stroke: var(--down); } svg .gain.down, svg text.value.down { fill: var(--down); }
svg .mean-row text { font-weight: 650; }
svg .state.answered { fill: var(--accent); } svg .state.none { fill: var(--before); } svg .state.cut { fill: var(--down); }
svg .state.contradictory { fill: #c98a1b; } svg .state.unreadable { fill: #8a5fb0; } svg .state.no-verdict { fill: var(--ink); }
.legend span { font-size: 12.5px; margin-right: 14px; white-space: nowrap; } .legend svg { vertical-align: -1px; } .legend { max-width: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; width: 100%; }
th { text-align: right; font-weight: 500; color: var(--soft); font-size: 12.5px; padding: 5px 8px; border-bottom: 1px solid var(--rule); white-space: nowrap; }
td { text-align: right; padding: 5px 8px; border-bottom: 1px solid var(--faint); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td.up { color: var(--up); } td.down { color: var(--down); }
td.heat { background: color-mix(in srgb, var(--accent) calc(var(--share) * 30%), transparent); }
tr.total td { border-top: 1px solid var(--rule); font-weight: 600; }
article { border-top: 1px solid var(--rule); padding: 18px 0 20px; }
article header { display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap; margin-bottom: 8px; }
.tag { font-size: 12px; padding: 1px 9px; border-radius: 99px; border: 1px solid currentColor; }
.tag.improved { color: var(--up); } .tag.worse { color: var(--down); } .tag.wrong, .tag.right { color: var(--soft); }
article .question { white-space: pre-wrap; max-width: 76ch; margin: 0 0 14px; }
.answers { display: grid; grid-template-columns: repeat(3, 1fr); gap: 18px; }
.answers h3 { color: var(--soft); font-weight: 500; font-size: 12.5px; }
.answers .score { float: right; color: var(--ink); font-variant-numeric: tabular-nums; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; }
.answers pre { background: var(--card); border: 1px solid var(--faint); border-radius: 6px; padding: 9px 11px; min-height: 40px; }
.reason { font-size: 13px; color: var(--soft); margin: 6px 0 0; }
details { margin-top: 12px; } summary { cursor: pointer; color: var(--soft); font-size: 13.5px; }
details pre { margin-top: 8px; padding: 11px 13px; background: var(--card); border: 1px solid var(--faint); border-radius: 6px; }
.columns { display: grid; grid-template-columns: 1.25fr 1fr; gap: 34px; }
@media (max-width: 680px) { .answers, .columns { grid-template-columns: 1fr; } .figure { font-size: 54px; } .figure small { display: block; margin: 10px 0 0; white-space: normal; } main { padding: 30px 18px; } h2 { font-size: 22px; margin-top: 44px; } .wide { overflow-x: auto; } .legend span { white-space: normal; } .wide svg { min-width: 640px; } }
@media print { details { display: none; } }
`;
