"""Questions to start from. They suit the sources that are delivered; no other code knows those."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final = (
    "威海馆是哪一年在仁川建成的？",
    "2014年至2024年威海新增了多少家韩资企业？",
    "中韩产业园设在哪些城市？",
    "How many sister-city pairs do China and South Korea have?",
    "When did the Weihai pavilion open in Incheon?",
    "What is the role of local governments in diplomacy?",
)
