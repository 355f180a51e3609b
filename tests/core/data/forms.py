"""Each form as its publisher writes it, in a few rows."""

import json
from collections.abc import Mapping
from pathlib import Path

GENRES = "|".join("0001110000000000000")
FILMS_100K = f"10|Toy Story (1995)|01-Jan-1995||http://x|{GENRES}\n20|Amélie|01-Jan-2001||http://x|{GENRES}\n"
MIND_ROW = "{}\t{}\t11/{}/2019 9:05:58 AM\t{}\t{}\n"
NEWS_ROW = "{}\tnews\tworld\t{}\t{}\thttps://x\t[]\t[]\n"
BANDIT = (
    ",timestamp,item_id,position,click,propensity_score,user_feature_0,user_feature_1,user-item_affinity_0\n"
)
REVIEW = {
    "overall": 5.0,
    "verified": True,
    "reviewerID": "A1",
    "asin": "B1",
    "reviewText": "Good &amp; cheap",
    "summary": "Five",
    "unixReviewTime": 1529193600,
    "style": {"Color": "red"},
}
META = {
    "asin": "B1",
    "title": "Gift &amp; card",
    "brand": "Acme",
    "category": ["Gifts", "Cards"],
    "main_cat": "Gifts",
    "description": ["A card.", "For all."],
    "feature": ["Small"],
    "price": "$1,025.50",
    "imageURL": ["http://x/1.jpg", "http://x/2.jpg"],
    "also_buy": ["B2"],
}


def lines(*rows: Mapping[str, object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


# Form → {file: content} as its publisher writes it.
FORMS: dict[str, dict[str, str]] = {
    "movielens_100k": {
        "u.data": "1\t10\t5\t881250949\n2\t20\t3\t881250950\n",
        "u.item": FILMS_100K,
        "u.user": "1|24|M|technician|85711\n2|53|F|other|T8H1N\n",
        "u1.base": "1\t10\t5\t881250949\n",
        "README": "SUMMARY & USAGE LICENSE\n",
    },
    "movielens_1m": {
        "ratings.dat": "1::10::5::978300760\n2::20::3::978302109\n",
        "users.dat": "1::F::1::10::48067\n2::M::56::16::70072-1234\n",
        "movies.dat": "10::Toy Story, The (1995)::Animation|Comedy|A|B|C\n20::Amélie (2001)::Drama\n",
    },
    "movielens_latest": {
        "ratings.csv": "userId,movieId,rating,timestamp\n1,10,4.0,964982703\n2,20,4.5,964981247\n",
        "movies.csv": 'movieId,title,genres\n10,"Story, The",Animation|Comedy\n'
        "20,Amélie,(no genres listed)\n",
        "tags.csv": "userId,movieId,tag,timestamp\n1,10,Pixar,1\n2,10,pixar,2\n2,10,fun,3\n1,99,lost,3\n",
        "links.csv": "movieId,imdbId,tmdbId\n10,0114709,862\n20,0113497,\n",
    },
    "mind": {
        "behaviors.tsv": MIND_ROW.format(1, "U1", 11, "N1 N2 N1", "N3-1 N4-0")
        + MIND_ROW.format(2, "U2", 12, "", "N4-0 N3-0 N5-1"),
        "news.tsv": NEWS_ROW.format("N3", 'A "quoted, title', "Text") + NEWS_ROW.format("N9", "Other", ""),
    },
    "open_bandit": {
        "random/men/men.csv": BANDIT + "0,2019-11-24 00:00:19.3+00:00,5,1,0,0.03,a,b,0\n",
        "random/men/item_context.csv": ",item_id,item_feature_0,item_feature_1\n0,5,-0.5,c\n",
        "bts/women/women.csv": BANDIT + "0,2019-11-24 00:00:20.1+00:00,5,3,1,0.2,a,c,0\n",
        "bts/women/item_context.csv": ",item_id,item_feature_0,item_feature_1\n0,5,0.5,d\n",
    },
    "amazon": {
        "Gift_Cards_5.json": lines(
            REVIEW,
            REVIEW | {"reviewText": "Again", "summary": "More"},
            REVIEW | {"reviewerID": "A2", "asin": "B2", "overall": 1.0},
        ),
        "meta_Gift_Cards.json": lines(META, META | {"asin": "B2", "price": ""}, META),
    },
    "yoochoose": {
        "clicks.dat": "1,2014-04-07T10:51:09.277Z,214536502,0\n1,2014-04-07T10:54:09.868Z,214536500,0\n"
        "2,2014-04-07T13:56:37.614Z,214536502,S\n",
        "buys.dat": "1,2014-04-07T11:00:00.000Z,214536500,1046,1\n",
    },
    "shop_events": {
        "events.csv": "timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n"
        "1433224214164,992329,addtocart,248676,\n1433224214200,992329,transaction,248676,4000\n",
        "item_properties_part1.csv": "timestamp,itemid,property,value\n1435460400000,248676,categoryid,1338\n"
        "1441508400000,248676,888,1116713\n",
    },
    "douban": {
        "movies.csv": "item,title,director,year,cast,genres,country,summary\n"
        '0,雪崩行动,马特,2016,"欧文,乔希","喜剧,惊悚",美国,故事\n'
        "1,需要你,金九晋,2017,吉媤恩,剧情,韩国,\n",
        "ratings.csv": "user,item,rating\n0,0,4\n1,1,5\n",
    },
    "lightgcn": {"train.txt": "0 0 1 2\n1 0 3\n2\n", "test.txt": "0 3\n1 1 2\n"},
    "recbole": {
        "ml.inter": "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
        "1\t10\t5\t881250949\n2\t20\t3\t8\n",
        "ml.item": "item_id:token\tmovie_title:token_seq\tgenre:token_seq\n"
        "10\tToy Story\tAnimation Comedy\n20\tX\tDrama\n",
        "ml.user": "user_id:token\tage:token\n1\t24\n2\t53\n",
    },
}


def written(folder: Path, form: str) -> Path:
    for name, content in FORMS[form].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder
