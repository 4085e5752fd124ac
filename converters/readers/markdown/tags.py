"""HTML inside text: which tags mean something here, and what becomes of the others."""

from __future__ import annotations

# Tags whose contents are never text.
DROPPED_CONTENTS = frozenset(("script", "style"))
# Tags that stand for a mark of the model; sup and sub pair up like brackets.
SCRIPTS = frozenset(("sup", "sub"))
RUBY = frozenset(("ruby", "rb", "rt", "rp", "rtc"))
# Tags at whose edges a paragraph ends.
BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe legend li main menu nav ol optgroup option p pre section "
    "summary table tbody td tfoot th thead title tr ul".split()
)
# Tags that only lend a look: their loss is worth a note, the loss of any other a warning.
LOOKS = frozenset(
    "a abbr b bdi bdo big center cite code dfn div em font i ins kbd label mark p q s samp section small span strong tt u var "
    "wbr del strike nobr".split()
) - {"a"}
