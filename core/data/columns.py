"""Which column means what: usual names, in the order in which they are preferred."""

import re
from collections.abc import Iterable

from core.work.errors import BadInput

# Names of columns that hold each role, as `plain` gives them, the likeliest first.
NAMES: dict[str, tuple[str, ...]] = {
    role: tuple(names.split())
    for role, names in {
        "user": "user user_id userid uid member member_id customer customer_id customerid visitorid"
        " visitor_id reviewerid reviewer_id person person_id user_md5 account_id buyer_id client_id device_id"
        " 用户 用户id 用户编号 用户名 会员 会员id 会员编号 顾客 顾客id 买家 买家id 客户 客户id",
        "item": "item item_id itemid iid movie movieid movie_id product product_id productid asin parent_asin"
        " sku article_id video_id book_id isbn news_id song_id track_id photo_id goods_id business_id film_id"
        " 商品 商品id 商品编号 物品 物品id 电影 电影id 影片 影片id 产品 产品id 产品编号 视频 视频id"
        " 书籍 书籍id 文章 文章id 新闻id 歌曲id",
        "value": "rating value score stars overall star_rating 评分 打分 分数 星级",
        "timestamp": "timestamp time datetime date ts event_time unixreviewtime rating_time created_at"
        " time_ms visit_time 时间 时间戳 日期 评分时间 创建时间 浏览时间",
        "order": "order sequence 顺序 次序",
        "kind": "kind event event_type eventtype action action_type behavior behaviour behavior_type"
        " behaviour_type type 行为 行为类型 事件 事件类型 动作 操作",
        "session": "session session_id sessionid user_session 会话 会话id",
        "title": "title name item_name product_name movie_title book_title movie_name video_name"
        " 标题 名称 片名 电影名 电影名称 商品名称 书名",
        "text": "text description overview summary abstract storyline 简介 描述 内容简介 剧情简介 摘要 详情",
        "category": "category categories genres genre department main_category main_cat category_code"
        " category_name 类别 类型 分类 类目 品类",
        "tags": "tags keywords 标签 关键词",
        "price": "price 价格 单价 售价",
        "image": "image picture image_url imurl cover poster 图片 封面 海报",
        "language": "language lang 语言 语种",
        "review": "review_text reviewtext review comment content text 评论 评论内容 短评",
    }.items()
}
_MOST = 2_000  # columns
INTERACTION = ("user", "item", "value", "timestamp", "order", "kind", "session")
LOG = (*INTERACTION, "review", "title", "category", "price", "image")
ITEM = ("item", "title", "text", "category", "tags", "price", "image", "language")


def plain(name: str) -> str:
    """A column's name in the form in which it is looked up.

    >>> plain("user_id:token"), plain(" MovieId ")
    ('user_id', 'movieid')
    """
    return re.sub(r"[\s\-]+", "_", name.split(":", maxsplit=1)[0].strip().lower())


def roles(columns: Iterable[str], wanted: Iterable[str]) -> dict[str, str]:
    """The column for each wanted role that there is one for: {role: column}."""
    there = {plain(column): column for column in reversed(list(columns))}
    found: dict[str, str] = {}
    for role in wanted:
        for name in NAMES[role]:
            if name in there and there[name] not in found.values():
                found[role] = there[name]
                break
    return found


def unrepeated(names: list[str], file: str) -> list[str]:
    """The names themselves; raises BadInput where one stands twice or there are too many."""
    if len(names) > _MOST:
        raise BadInput(
            f"{file} has {len(names):,} columns.", f"at most {_MOST:,}.", "keep the columns that matter."
        )
    twice = sorted({column for column in names if names.count(column) > 1})
    if twice:
        raise BadInput(
            f"{file} has the column {twice[0]!r} twice.", "each column once.", "rename or remove one of them."
        )
    return names


def need(found: dict[str, str], role: str, columns: Iterable[str], file: str) -> str:
    """The column of a role; raises BadInput that names the file and the columns it has."""
    if role not in found:
        shown = ", ".join(map(repr, list(columns)[:12]))
        raise BadInput(
            f"{file} has no {role} column; it has {shown}.",
            f"a column named like one of {', '.join(NAMES[role][:4])}.",
            f"rename the {role} column.",
        )
    return found[role]
