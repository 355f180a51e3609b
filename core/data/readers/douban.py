"""Douban films in Chinese: ratings, and films with their summaries, directors and actors."""

from pathlib import Path

import pandas as pd

from core.data.columns import plain
from core.data.dataset import Origin
from core.data.heads import Head, heads
from core.data.readers.base import Raw, Reader, leave_out
from core.data.tables import read_table
from core.work.report import Report

LICENCE = "none stated; texts are Douban's"
NOUNS = {"item": "film", "items": "films", "conversion": "rating"}
RATING = {
    "user": ("user_md5", "user", "user_id", "用户", "用户id"),
    "item": ("movie_id", "item", "电影id", "电影"),
    "value": ("rating", "评分"),
    "timestamp": ("rating_time", "comment_time", "timestamp", "评分时间", "时间"),
    "review": ("content", "comment", "评论"),
}
FILM = {
    "item": ("movie_id", "item", "电影id"),
    "title": ("name", "title", "片名", "电影名称", "名称"),
    "text": ("storyline", "summary", "简介", "剧情简介"),
    "category": ("genres", "类型"),
    "director": ("directors", "director", "导演"),
    "cast": ("actors", "cast", "主演", "演员"),
    "country": ("regions", "country", "制片国家", "国家", "地区"),
    "year": ("year", "年份", "上映年份"),
}


class Douban(Reader):
    """Films whose columns are those of Douban's pages, and ratings beside them."""

    name = "douban"
    label = "Douban films"

    def sure(self, path: Path) -> float:
        kinds = {_kind(one) for one in heads(path)}
        return 0.9 if {"films", "ratings"} <= kinds else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(path.name, Origin(path.name, self.name, LICENCE, nouns=NOUNS))
        files = {one.path: kind for one in heads(path) if (kind := _kind(one))}
        for at, (file, kind) in enumerate(files.items()):
            report(at / len(files), f"Reading {file.name}")
            table = read_table(file)
            if kind == "films":
                raw.add("items", _films(table.frame), table)
                continue
            found = _columns(table.frame, RATING)
            if kind == "ratings":
                raw.add("interactions", found.drop(columns="review", errors="ignore"), table)
            else:
                raw.note(table.file, *table.did)
            if "review" in found:
                raw.append("reviews", found.rename(columns={"value": "rating", "review": "text"}))
        leave_out(raw, path, files)
        return raw


def _films(frame: pd.DataFrame) -> pd.DataFrame:
    found = _columns(frame, FILM)
    found["category"] = _listed(found["category"])
    makers = [_listed(found[column]) for column in ("director", "cast") if column in found]
    if makers:
        tags = makers[0] if len(makers) == 1 else makers[0] + "|" + makers[1]
        found["tags"] = tags.str.strip("|")
    return found.assign(language="zh")


def _listed(column: pd.Series) -> pd.Series:
    """Names separated by |, whichever sign separates them in the file."""
    texts = column.astype("str").where(column.notna(), "")
    return texts.str.replace(r"\s*[,，/、|]\s*", "|", regex=True).str.strip("| ")


def _columns(frame: pd.DataFrame, wanted: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    there = {plain(str(column)): column for column in reversed(list(frame.columns))}
    found = {
        role: next((there[name] for name in names if name in there), None) for role, names in wanted.items()
    }
    return pd.DataFrame({role: frame[column] for role, column in found.items() if column is not None})


def _roles(seen: Head, wanted: dict[str, tuple[str, ...]]) -> set[str]:
    there = {plain(column) for column in seen.columns}
    return {role for role, names in wanted.items() if there & set(names)}


def _kind(seen: Head) -> str:
    if not seen.kind:
        return ""
    film, rating = _roles(seen, FILM), _roles(seen, RATING)
    if {"item", "title", "text", "category", "director", "cast"} <= film and "user" not in rating:
        return "films"
    if {"user", "item", "value"} <= rating:
        return "comments" if "review" in rating and "comment_id" in map(plain, seen.columns) else "ratings"
    return ""
