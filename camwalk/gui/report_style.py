"""The style sheet of the HTML report: light, calm, and good on paper."""

from camwalk.gui.report_look import ACCENT, HAIR, INK, QUIET

_SERIF = 'Charter,"Bitstream Charter","Source Serif 4",Georgia,"Noto Serif",Cambria,serif'
_SANS = 'system-ui,"Segoe UI","Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif'

STYLE = f"""
:root{{color-scheme:light}}
*{{box-sizing:border-box}}
html{{background:#fff;color:{INK};font:17px/1.55 {_SERIF};-webkit-text-size-adjust:100%}}
body{{margin:0 auto;padding:3rem 1.4rem 4rem;max-width:50rem;overflow-wrap:break-word}}
.kicker,.facts,figcaption,.base,.legend,table,svg,footer,nav,.quiet{{font-family:{_SANS}}}
.kicker{{color:{QUIET};font-size:.82rem;letter-spacing:.04em;margin:0 0 .6rem}}
h1{{font-size:2.5rem;line-height:1.12;font-weight:700;letter-spacing:-.01em;margin:0 0 .8rem}}
.claim{{font-size:1.25rem;line-height:1.45;margin:0 0 1.8rem;color:#3a372f;max-width:38rem}}
h2{{font-size:1.55rem;line-height:1.2;margin:3.6rem 0 1.2rem;padding-top:.9rem;border-top:2px solid {INK}}}
h2 .no{{color:{ACCENT};margin-right:.35rem}}
h3{{font-size:1.08rem;margin:2.2rem 0 .6rem}}
p{{margin:.7rem 0;max-width:42rem}}
ul{{padding-left:1.1rem;max-width:42rem}} li{{margin:.45rem 0}} li::marker{{color:{ACCENT}}}
.links{{font-size:.94rem}} a{{color:{ACCENT};text-underline-offset:.15em;overflow-wrap:anywhere}}
.quiet,.base{{color:{QUIET};font-size:.82rem;line-height:1.45}}
.base{{margin:.5rem 0 0}}
.facts{{display:flex;flex-wrap:wrap;gap:1.4rem 2.2rem;margin:1.8rem 0}}
.facts>div{{flex:1 1 9rem;max-width:16rem;border-top:1px solid {HAIR};padding-top:.7rem}}
.facts b{{display:block;font:700 2.1rem/1.1 {_SERIF};color:{ACCENT};font-variant-numeric:lining-nums}}
.facts span{{display:block;font-size:.92rem;margin-top:.3rem;line-height:1.35}}
.facts small{{display:block;color:{QUIET};font-size:.78rem;margin-top:.25rem;line-height:1.4}}
figure{{margin:2.2rem 0;break-inside:avoid}}
figcaption{{font-weight:600;font-size:.95rem;margin-bottom:.6rem}}
figure>svg{{display:block;width:100%;height:auto}}
.map img{{display:block;width:100%;height:auto;border:1px solid {HAIR}}}
.legend{{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.82rem;margin:.5rem 0 0;max-width:none}}
.legend span{{display:inline-flex;align-items:center;gap:.3rem}} .legend svg{{width:1.25rem;height:1.25rem}}
.legend .credit{{margin-left:auto;color:{QUIET}}}
.scroll{{overflow-x:auto}}
table{{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.4}}
table{{font-variant-numeric:tabular-nums}} .n{{white-space:nowrap}}
th{{text-align:left;font-weight:600;border-bottom:1.5px solid {INK};padding:.35rem .7rem .35rem 0}}
th{{vertical-align:bottom}}
td{{border-bottom:1px solid {HAIR};padding:.4rem .7rem .4rem 0;vertical-align:top}}
th:last-child,td:last-child{{padding-right:0}}
th.r,td.r{{text-align:right}} table.small{{font-size:.78rem}}
.thumb{{display:block;width:7.5rem;height:auto;border-radius:2px}}
nav{{margin-top:2rem;font-size:.92rem}} nav h2{{border:0;padding:0;margin:0 0 .4rem;font-size:1rem}}
nav ol{{margin:0;padding-left:1.4rem;columns:2 16rem}} nav li{{margin:.2rem 0;break-inside:avoid}}
nav a{{color:{INK};text-decoration-color:{HAIR}}}
footer{{margin-top:4rem;padding-top:.8rem;border-top:1px solid {HAIR};color:{QUIET};font-size:.8rem}}
@media (min-width:66rem){{.wide .scroll{{margin:0 -6rem}}}}
@page{{size:A4;margin:17mm 16mm}}
@media print{{
html{{font-size:10.4pt}} body{{padding:0;max-width:none}} header{{break-after:page}}
h2,h3,figcaption{{break-after:avoid}} tr{{break-inside:avoid}} .scroll{{overflow:visible;margin:0!important}}
table.small{{font-size:7.6pt}} .thumb{{width:26mm}} .facts{{break-inside:avoid}}
nav a,a{{color:{INK}}} *{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
}}
""".strip()
