"""Words of a text, in English and Chinese, and the language that a text is in."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d+[\w.]*", re.UNICODE)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
STOP = frozenset((Path(__file__).parent / "stop_words.txt").read_text("utf-8").split())


def words(text: str) -> list[str]:
    """The words of a text in lower case; Chinese is cut into words by jieba.

    >>> words("A warm, light jacket 2-in-1")
    ['a', 'warm', 'light', 'jacket', '2', 'in', '1']
    >>> words("防水外套")
    ['防水', '外套']
    """
    found: list[str] = []
    for run in _WORD.findall(text.lower()):
        if not _HAN.search(run):
            found += [part for part in re.split(r"[’'-]", run) if part]
            continue
        at = 0
        for han in _HAN.finditer(run):
            found += [run[at : han.start()]] if run[at : han.start()] else []
            found += [word for word in _jieba().cut(han.group()) if word.strip()]
            at = han.end()
        found += [run[at:]] if run[at:] else []
    return found


def telling(text: str) -> list[str]:
    """Words that say something: no stop words, no single letters or figures."""
    return [word for word in words(text) if word not in STOP and (len(word) > 1 or _HAN.match(word))]


def language(text: str) -> str:
    """Code of the language of a text, "" where there are too few letters to tell.

    >>> language("The jacket is warm and keeps the rain out")
    'en'
    >>> language("这件外套很暖和，下雨也不怕")
    'zh'
    >>> language("!!")
    ''
    """
    letters = sum(char.isalpha() for char in text)
    if letters < 2:
        return ""
    if sum(map(len, _HAN.findall(text))) > letters / 3:
        return "zh"
    if letters < 12:
        return ""
    import py3langid

    return str(py3langid.classify(text[:1_000])[0])


def languages(texts: Iterable[str], most: int = 2_000) -> Counter[str]:
    """How many texts are in which language; of many texts, every so-manieth is looked at."""
    found = [text for text in texts if text]
    return Counter(language(text) for text in found[:: max(1, len(found) // most)])


@lru_cache(maxsize=1)
def _jieba() -> Any:
    """Without a cache file: jieba would read one from a folder that anyone may write to."""
    import jieba

    jieba.setLogLevel(60)
    made = jieba.Tokenizer()
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True
    return made
