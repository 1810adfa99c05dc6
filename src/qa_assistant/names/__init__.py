"""One entity, its names in Chinese, English and Korean, and finding them in a text.

    names = Names.load([Path("seeds/names.tsv")])
    names.find("How often did 仁川 and the Weihai Pavilion ...?")   # Mentions, in order
    names.lookup("Jeollabukdo")                                     # whole string: Entities, best first

Names are compared without regard to case, width, traditional characters, accents, hyphens, spaces, apostrophes
and middle dots: "Jeollabukdo" is "Jeollabuk-do", "仁川·威海馆" is "仁川威海馆". In a text a Chinese name may
stand anywhere, a Korean one at the start of a word (particles follow it), a Latin one between word boundaries.

A file of names is UTF-8 text, its columns separated by tabs, under a header line:

    kind    zh              en                              ko
    city    威海市|威海     Weihai                          웨이하이|위해
    organisation    东北亚地区自治团体联合会        NEAR

* `kind` is any word. For places (`PLACE_KINDS`) short forms are derived: 山东 from 山东省, "Shandong" from
  "Shandong Province", 산둥 from 산둥성; for other things but persons and countries, English plurals.
* Names of a field are separated by `|`; the first is the one to show. A field may be empty, but not all three.
* The entity's id is `kind:name`, the name being the first Chinese, else English, else Korean one. Lines with the
  same id in different files are one entity, and the names of the later file come first.
* A Latin name written in capitals (NEAR, WHO) is found in capitals only; write it in small letters too if it may
  stand so: `UCLG|uclg`.
* `=` before a name keeps it out of `find`: only `lookup` knows it (`=其他`, a label in a table).
* Lines of the kind `word` are no entities but ordinary words that hold a name by chance: where 发展中国家 stands,
  中国 is not found. They also outrank short forms that were derived.
* Lines that start with `#` and empty lines are skipped.

`near.NearNames` finds names that are misspelt, where no name stands; what it takes for one is told there.

Where several entities share a name, all are candidates, best first: later files before earlier ones, given files
before the package's own, hand-made ones before the gazetteer; provinces and countries before others; then in
the order of the lines (the gazetteer's is by population). Licences of the data: `NOTICE.md` in this folder.
"""

from __future__ import annotations

from qa_assistant.names.entities import WIDE_KINDS, Entity, Mention
from qa_assistant.names.finder import Names
from qa_assistant.names.short_forms import PLACE_KINDS

__all__ = ["PLACE_KINDS", "WIDE_KINDS", "Entity", "Mention", "Names"]
