"""Sample friends: people of one city who look for company. The items are people."""

from sample_data.world import (
    Both,
    Department,
    Feature,
    Kind,
    Measure,
    Reviews,
    Rules,
    Segment,
    World,
    choices,
    used,
)

# These are tables: a row stays on its line.
# fmt: off
TRAM = Measure(("live {n} minutes by tram from the main square", "住处离中心广场电车{n}分钟"), 4, 40, 2)
NO_PRICE = (1.0, 1.0)

FIRST = (
    "Robin|Kim|Noa|Alex|Charlie|Sam|Jules|Camille|Mika|Toni|Luca|Jo|Remi|Eli|Quinn|Rowan|Lou|Jona|Sascha|Marin|Ira|Bo|Kaya|Andrea",
    "罗宾|金姆|诺亚|亚历克斯|查理|萨姆|朱尔斯|卡米耶|米卡|托尼|卢卡|乔|雷米|伊莱|奎因|罗恩|卢|约纳|萨沙|马林|伊拉|博|卡娅|安德烈",
)
INITIALS = "ABDFGHKLMPRSTV"
FAMILY = ("Lin|Chen|Zhou|Wu|Xu|He|Jiang|Song|Gao|Tang|Su|Ye|Lu|Shen|Ding|Pan", "林|陈|周|吴|许|何|江|宋|高|唐|苏|叶|陆|沈|丁|潘")
GIVEN = ("An|Yiming|Zimo|Xiaoning|Yutong|Yuan|Xin|Ran", "安|一鸣|子墨|晓宁|雨桐|远|心|然")


def _names(circle: int) -> Both:
    """Names that nobody in another circle has: three first names with initials, and two families."""
    english, chinese = [], []
    for first in choices(FIRST)[3 * circle : 3 * circle + 3]:
        english += [f"{first[0]} {letter}" for letter in INITIALS]
        chinese += [f"{first[1]}·{letter}" for letter in INITIALS]
    for family in choices(FAMILY)[2 * circle : 2 * circle + 2]:
        english += [f"{given} {family[0]}" for given, _ in choices(GIVEN)]
        chinese += [f"{family[1]}{given}" for _, given in choices(GIVEN)]
    return "|".join(english), "|".join(chinese)


# A portrait: a jumper in somebody's colour, and what they have on their head or with them.
BODY = "p 16,98 22,72 40,62 60,62 78,72 84,98 c;b 43,50 57,67 5 l;o 33,18 67,60 l;o 42,36 46,41 d;o 54,36 58,41 d;a 2 42,38 58,52 25 155 d"

FEATURES = (
    Feature(
        ("early-rising", "早起"),
        ("At six I am awake anyway; I may as well be outside.|I like the hour when the city is still empty.", "反正六点就醒，不如出门。|我喜欢城市还空着的那个钟头。"),
        ("At the meeting point before me, and with rolls.|I saw a sunrise again, after years.", "比我先到，还带了小面包。|多年来第一次又看到了日出。"),
        ("Rang at half past five. Half past five.|Yawned from noon on.", "五点半打电话来，五点半啊。|中午以后一直打哈欠。"),
    ),
    Feature(
        ("patient", "有耐心"),
        ("I explain it a third time as gladly as the first.|Nobody has to be good at it; I was not either.", "讲第三遍和讲第一遍一样乐意。|不必擅长，我当初也不会。"),
        ("Explained everything three times without a sigh.|Waited for me at every corner.", "讲了三遍，一声没叹。|每个路口都等我。"),
        ("Looked at the watch whenever I had a question.|Patience lasted until the first mistake.", "我一提问就看表。|耐心只维持到第一次出错。"),
    ),
    Feature(
        ("talkative", "健谈"),
        ("I can talk about soup for two hours.|Silence makes me nervous, but I am learning.", "光聊汤就能聊两小时。|安静会让我紧张，不过正在学。"),
        ("Three hours, and not one awkward pause.|The best stories of the whole summer.", "三个小时，一次冷场都没有。|整个夏天听到的最好的故事。"),
        ("I did not get a single sentence in.|The story about the cousin, twice.", "我一句话都插不上。|表哥那个故事讲了两遍。"),
    ),
    Feature(
        ("quiet", "安静"),
        ("We need not talk; walking is enough.|I am slow to warm up, and then I stay.", "不说话也行，一起走走就好。|我慢热，但热了就不走。"),
        ("A good person to be silent with.|Says little, and all of it is worth hearing.", "是个能一起沉默的人。|话不多，句句值得听。"),
        ("Not a word in two hours.|I never found out whether it was fun for both of us.", "两小时没说一个字。|到最后也不知道对方开不开心。"),
    ),
    Feature(
        ("punctual", "守时"),
        ("When I say seven, I mean five to.|I have never missed a train, and I do not want to start now.", "说七点，就是六点五十五。|从没误过火车，也不打算开始。"),
        ("On the minute, all four times.|One can set a clock by this person.", "四次都准时到分钟。|可以拿来对表的人。"),
        ("Came forty minutes late, with ice cream. One.|I waited under the clock, and under the rain.", "迟到四十分钟，还拿着冰淇淋，只有一个。|我在钟下等，也在雨里等。"),
    ),
    Feature(
        ("curious", "好奇心强"),
        ("I ask too many questions; just say so.|I will try everything once, and most things twice.", "我问题多，嫌烦就直说。|什么都愿意试一次，多数试两次。"),
        ("Asks questions that nobody else asks.|Wanted to know everything about my work, and meant it.", "会问别人不问的问题。|真心想了解我的工作。"),
        ("It felt like an interview.|Asked what I earn within ten minutes.", "像一场面试。|十分钟内就问我挣多少。"),
    ),
    Feature(
        ("funny", "幽默"),
        ("My jokes are old, but well kept.|I laugh first, which helps.", "段子老，但保养得好。|我会先笑，这很管用。"),
        ("My stomach hurt from laughing.|Makes even a delayed tram a good evening.", "笑得肚子疼。|连电车晚点都能变成愉快的夜晚。"),
        ("The same pun four times.|Not everything is a stage.", "同一个谐音梗讲了四遍。|生活不是舞台。"),
    ),
    Feature(
        ("well-prepared", "准备周全"),
        ("There is a plan, a second plan, and chocolate.|I carry plasters for everybody.", "有计划，有备用计划，还有巧克力。|创可贴我给所有人都带了。"),
        ("Had a spare of everything, even of gloves.|The plan was so good that the rain did not matter.", "什么都有备用的，连手套都有。|计划太周到，下雨也没关系。"),
        ("No map, no water, but a good mood.|A timetable for a picnic is too much.", "没地图没水，只有好心情。|野餐还排时间表，过了。"),
    ),
    Feature(
        ("spontaneous", "随性"),
        ("Ask me in the morning, and I am there in the afternoon.|The best days of mine were not planned.", "早上约，下午到。|最好的日子都不在计划里。"),
        ("A message at four, by five we sat on the tram.|We got lost on purpose, and it was lovely.", "四点发消息，五点就坐上电车了。|故意迷了路，特别好玩。"),
        ("Called off twice, each time at the last minute.|Spontaneous means that I did the planning.", "放了两次鸽子，都是最后一刻。|所谓随性，就是计划都归我做。"),
    ),
    Feature(
        ("generous", "大方"),
        ("There is always enough for one more.|What I have two of, one is yours.", "多一个人也总是够吃。|有两份的东西，一份归你。"),
        ("Shared the last dumpling. That says it all.|Lent me a jacket and forgot about it.", "把最后一个饺子分给了我，还用多说吗。|借我外套，然后就忘了。"),
        ("Borrowed my pump; I still wait for it.|Counted the crisps.", "借了我的打气筒，到现在没还。|薯片按片数着分。"),
    ),
    Feature(
        ("frank", "直率"),
        ("I say what I think, and I bring cake as an apology.|Tell me when I am wrong; I collect these moments.", "有话直说，蛋糕用来赔礼。|我错了请告诉我，这种时刻我都收藏。"),
        ("Told me the truth about my haircut, kindly.|One knows where one stands.", "委婉地说了我发型的真相。|和这样的人相处心里踏实。"),
        ("There is frank, and there is rude.|I had not asked about my shoes.", "直率和失礼是两回事。|我又没问我的鞋怎么样。"),
    ),
    Feature(
        ("adventurous", "爱冒险"),
        ("If there is a path, I take the one beside it.|I have slept in a boat, in a bus and in a library.", "有路的话，我走旁边那条。|睡过船上、车上，还睡过图书馆。"),
        ("I would never have dared that on my own.|An ordinary Sunday became a story to tell.", "一个人我绝对不敢。|普通的周日变成了可以讲的故事。"),
        ("A sign said: danger of death. We went on.|Adventure, in other words wet feet.", "牌子写着生命危险，我们继续走。|所谓冒险，就是湿了脚。"),
    ),
)


def _circle(number: int, name: Both, plate: str, closers: Both, *kinds: Kind) -> Department:
    return Department(name, _names(number), plate, used(FEATURES, kinds), kinds, closers)


CIRCLES = (
    _circle(
        0, ("Outdoors", "户外"), "p 50,3 91,26 91,74 50,97 9,74 9,26 w",
        ("Beginners are welcome.|Saturdays are best for me.|I know a hut with soup.|Rain is not a reason.", "欢迎新手。|周六最方便。|我知道一家有汤的山屋。|下雨不算理由。"),
        Kind(
            ("hiker", "徒步者"), ("Saturday hikes", "周六徒步"), NO_PRICE, "hiking:1 nature:.5", "early-rising quiet well-prepared adventurous curious patient",
            ("a map on paper and too much cheese|boots that have seen three countries", "一张纸质地图和太多奶酪|走过三个国家的靴子"), TRAM,
            BODY + ";p 24,26 38,8 62,8 76,26 d;b 20,23 80,29 3 d;b 36,18 64,22 0 c",
            leads=("I walk until the next bench, and then until the one after it.|Looking for somebody who also thinks that the way back should be another one.|Every second Saturday I take the first bus to its last stop and walk home.", "我走到下一条长椅，再走到下下条。|想找一个也认为回程该换条路的人。|隔周周六，我坐头班车到终点，再走回家。"),
        ),
        Kind(
            ("climber", "攀岩者"), ("a rope partner", "找绳伴"), NO_PRICE, "climbing:1 hiking:.4 sport:.3", "patient well-prepared punctual adventurous frank quiet",
            ("two ropes and a thermos|chalk, tape and a good knot", "两条绳和一个保温壶|镁粉、胶带和一个好绳结"), TRAM,
            BODY + ";p 32,30 34,14 50,8 66,14 68,30 60,26 40,26 c;l 2 34,30 40,56 d;l 2 66,30 60,56 d;o 46,12 54,20 w",
            leads=("Somebody has to hold the rope, and I hold it gladly.|Tuesdays at the hall, Sundays on real rock when it is dry.|Nothing clears my head like a wall that I cannot get up.", "总得有人拉绳，我很乐意。|周二在岩馆，周日天晴就去真岩。|没什么比一面上不去的墙更能清空脑袋。"),
        ),
        Kind(
            ("wild swimmer", "野泳者"), ("cold water company", "一起下冷水"), NO_PRICE, "water:1 nature:.5 sport:.2", "early-rising adventurous funny spontaneous generous talkative",
            ("a flask of ginger tea for two|a bathing cap with a flower on it", "两人份的姜茶|一顶带花的泳帽"), TRAM,
            BODY + ";p 32,34 34,18 50,12 66,18 68,34 60,30 40,30 c;o 58,12 72,26 w;o 62,16 68,22 d;l 5 8,90 24,86 40,90 56,86 72,90 92,86 l",
            leads=("The river has nine degrees today, and I was in it.|One scream, twelve strokes, and the day is saved.|I look for people who also leave parties to go swimming.", "今天河水九度，我下去了。|一声尖叫，十二下划水，一天就得救了。|寻找也会为了游泳提前离开聚会的人。"),
        ),
    ),
    _circle(
        1, ("Table", "餐桌"), "o 4,4 96,96 w",
        ("I have six chairs and five plates.|Vegetarians are safe with me.|Bring a lemon.|Washing up together is half of the fun.", "我有六把椅子五个盘子。|素食者在我这里很安全。|来时带个柠檬。|一起洗碗也是乐趣。"),
        Kind(
            ("home cook", "厨友"), ("cooking together", "一起做饭"), NO_PRICE, "food:1 garden:.2", "generous talkative patient spontaneous funny well-prepared",
            ("a pan of my grandmother's|spices without labels", "外婆留下的锅|没贴标签的香料"), TRAM,
            BODY + ";b 34,3 66,26 11 c;b 33,20 67,27 2 d;l 1.6 44,8 44,20 d;l 1.6 56,8 56,20 d",
            leads=("I always cook too much, and I do not want to change that.|On Thursdays there is a pot on my stove and room on my bench.|Show me your family's soup, and I will show you mine.", "我总是做太多，也不打算改。|每周四，我灶上有一锅，凳上有空位。|给我看你家的汤，我也给你看我家的。"),
        ),
        Kind(
            ("baker", "烘焙爱好者"), ("bread and cakes", "面包和蛋糕"), NO_PRICE, "food:.8 coffee:.4 making:.3", "early-rising generous quiet patient well-prepared frank",
            ("a sourdough called Horst|a tin of cinnamon buns", "一罐名叫小胖的老面|一盒肉桂卷"), TRAM,
            BODY + ";o 32,8 56,30 d;o 46,6 70,30 d;o 38,4 62,24 d;o 20,80 34,94 w;o 66,80 80,94 w",
            leads=("My oven is small, my ambitions are not.|I bake when I cannot sleep, so there is always something.|Swapping a loaf for a conversation: fair, I think.", "烤箱小，志向不小。|睡不着就烤东西，所以家里总有点什么。|一条面包换一次聊天，我觉得公平。"),
        ),
        Kind(
            ("coffee lover", "咖啡控"), ("a long coffee", "喝杯咖啡慢慢聊"), NO_PRICE, "coffee:1 books:.3 film:.2", "talkative generous curious spontaneous punctual frank",
            ("a list of all window seats in town|two cups and a folding stove", "一份全城靠窗座位清单|两只杯子和一个折叠炉"), TRAM,
            BODY + ";p 30,34 34,12 50,8 66,12 70,34 64,24 36,24 d;b 64,72 82,90 3 d;a 3 76,74 90,88 270 450 d;b 64,72 82,75 1 l;l 2 69,68 71,58 d;l 2 76,68 78,58 d",
            leads=("One cup, two hours, no telephones on the table.|I know eleven cafés, and I quarrel with three of them.|Somewhere between the second and the third cup people become honest.", "一杯咖啡，两小时，桌上不放手机。|我熟悉十一家咖啡馆，和其中三家闹过别扭。|第二杯和第三杯之间，人会变得坦诚。"),
        ),
    ),
    _circle(
        2, ("Music", "音乐"), "p 50,2 98,50 50,98 2,50 w;b 18,18 82,82 24 w",
        ("We rehearse on Mondays.|Reading music is no condition.|The neighbours have been warned.|There is a concert in June, perhaps.", "我们周一排练。|不识谱也行。|邻居已经打过招呼。|六月也许有场演出。"),
        Kind(
            ("choir singer", "合唱团员"), ("singing with others", "一起唱歌"), NO_PRICE, "music:1 dance:.2", "punctual talkative funny generous patient curious",
            ("a voice between alto and tenor|sheet music for eight", "介于女中音和男高音之间的嗓子|八人份的谱子"), TRAM,
            BODY + ";p 30,48 30,20 50,8 70,20 70,48 64,34 60,24 40,24 36,34 d;o 46,46 54,54 d;l 2 80,20 80,40 d;o 73,36 81,43 d;p 80,20 90,24 90,30 80,26 d",
            leads=("We are eleven, we need a twelfth, and tea is at half-time.|I sing in the stairwell because it makes me sound better.|Wrong notes are allowed; leaving early is not.", "我们十一个人，缺第十二个，中场有茶。|我在楼梯间唱歌，因为那里显得好听。|唱错可以，早退不行。"),
        ),
        Kind(
            ("guitarist", "吉他手"), ("a band, or half of one", "组个乐队"), NO_PRICE, "music:1 coffee:.2 film:.2", "quiet spontaneous funny frank curious patient",
            ("a guitar with a crack and a past|an amplifier for the kitchen", "一把有裂纹有故事的吉他|一台厨房用的音箱"), TRAM,
            BODY + ";p 30,44 28,22 42,8 58,8 72,22 70,44 66,26 50,18 34,26 d;l 4 54,90 92,62 d;o 36,78 62,98 w;o 45,84 53,92 d;b 88,56 97,66 2 d",
            leads=("Four chords are enough for most of what I want to say.|Looking for a bass, a drum, or somebody with a cellar.|I play slowly, and I call it a style.", "我想说的大多数话，四个和弦就够了。|求贝斯、鼓手，或者有地下室的人。|我弹得慢，管这叫风格。"),
        ),
        Kind(
            ("dancer", "舞者"), ("a dance partner", "找舞伴"), NO_PRICE, "dance:1 music:.5 sport:.2", "punctual funny adventurous patient spontaneous talkative",
            ("shoes with leather soles|a playlist of four hours", "皮底舞鞋|四小时的歌单"), TRAM,
            BODY + ";o 42,2 58,18 d;p 32,32 36,16 50,12 64,16 68,32 60,22 40,22 d;p 58,14 74,8 74,20 c;p 58,14 46,6 46,20 c",
            leads=("Leading or following, both are fine with me.|Every Wednesday there is music under the bridge, and I am there.|I learned it at forty, so there is no excuse.", "领舞跟舞都行。|每周三桥下有音乐，我都在。|我四十岁才学会，所以没有借口。"),
        ),
    ),
    _circle(
        3, ("Makers", "手作"), "b 5,5 95,95 8 w",
        ("The workshop is heated. A little.|Tools are lent, not given.|Bring what is broken.|Plasters are on the shelf.", "工坊有暖气，一点点。|工具可借不可送。|坏了的东西尽管带来。|创可贴在架子上。"),
        Kind(
            ("woodworker", "木工"), ("building something", "一起做木工"), NO_PRICE, "making:1 nature:.2", "patient quiet well-prepared frank generous early-rising",
            ("a plane older than me|offcuts of eleven kinds of wood", "一把比我还老的刨子|十一种木料的边角"), TRAM,
            BODY + ";p 32,28 36,12 64,12 68,28 58,22 42,22 d;p 34,44 38,58 50,66 62,58 66,44 60,52 50,54 40,52 d;l 4 72,16 72,40 d;b 64,8 80,18 2 c",
            leads=("I build chairs that do not wobble, and tables that do.|Half of my flat is a workshop; the other half is sawdust.|It is good to make something that can be dropped.", "我做的椅子不晃，桌子晃。|家里一半是工坊，另一半是木屑。|能做出摔不坏的东西，真好。"),
        ),
        Kind(
            ("knitter", "编织控"), ("an evening with wool", "毛线之夜"), NO_PRICE, "making:.9 film:.3 coffee:.2", "quiet patient generous funny curious punctual",
            ("wool for two scarves|a pattern from 1961", "够织两条围巾的毛线|1961年的图样"), TRAM,
            BODY + ";p 32,30 36,10 64,10 68,30 c;b 30,25 70,33 3 d;o 44,0 56,12 d;l 2 76,96 90,60 d;l 2 84,96 74,60 d;o 70,78 90,96 w",
            leads=("Films have become too short for my sleeves.|I knit on trams, in meetings and at the dentist's.|Whoever can make a knot can learn the rest from me.", "电影太短，不够我织一只袖子。|我在电车上织，开会织，看牙也织。|会打结的人，剩下的我来教。"),
        ),
        Kind(
            ("bicycle mechanic", "修车达人"), ("bikes and rides", "修车骑车"), NO_PRICE, "bikes:1 making:.5 sport:.3", "generous punctual frank spontaneous well-prepared funny",
            ("the right spanner, always|three bicycles, one of them whole", "总有合适的扳手|三辆自行车，一辆是完整的"), TRAM,
            BODY + ";p 30,28 34,14 66,14 70,28 c;p 62,22 86,28 86,32 62,30 d;o 74,66 96,88 d;o 79,71 91,83 w;l 2 85,66 85,88 d;l 2 74,77 96,77 d",
            leads=("If it has wheels, I have had it in pieces.|Sunday rides of forty kilometres, with a cake at thirty.|Your chain is dry. I can hear it from here.", "凡是有轮子的，我都拆过。|周日骑四十公里，三十公里处吃蛋糕。|你的链条干了，我在这儿都听得见。"),
        ),
    ),
    _circle(
        4, ("Words & pictures", "文字影像"), "b 4,14 96,86 10 w",
        ("I lend books and want them back.|Museums are free on Tuesdays.|No spoilers, please.|Letters are answered.", "书可以借，要还。|周二博物馆免费。|请勿剧透。|来信必回。"),
        Kind(
            ("bookworm", "书虫"), ("a reading circle", "读书会"), NO_PRICE, "books:1 coffee:.3 languages:.3", "quiet curious frank punctual patient early-rising",
            ("a novel for you and another one for me|a pencil for the margins", "一本给你一本给我的小说|一支写批注的铅笔"), TRAM,
            BODY + ";p 31,46 30,20 50,8 70,20 69,46 64,26 36,26 d;a 2.4 37,32 49,46 0 360 d;a 2.4 51,32 63,46 0 360 d;p 30,80 50,85 50,98 30,94 w;p 70,80 50,85 50,98 70,94 w",
            leads=("I read the last page first, and I can defend that.|Four people, one book, no homework.|My shelf is full, so I have begun to read aloud.", "我先看最后一页，而且有理由。|四个人，一本书，没有作业。|书架满了，于是我开始朗读。"),
        ),
        Kind(
            ("photographer", "摄影爱好者"), ("photo walks", "一起扫街"), NO_PRICE, "photo:1 nature:.4 film:.3", "early-rising quiet curious patient adventurous spontaneous",
            ("an old camera with 36 pictures|an umbrella that is a reflector", "一台只能拍36张的老相机|一把当反光板的伞"), TRAM,
            BODY + ";p 30,36 32,14 50,8 68,14 70,36 62,22 38,22 d;b 32,74 68,96 3 d;b 44,69 56,75 1 d;o 42,77 58,93 w;o 46,81 54,89 d",
            leads=("I can wait all afternoon for a cat to look the right way.|The best light is at ten to seven, and nobody is there.|I take one picture a day, and some days it is of a wall.", "为了等猫转头，我能等一个小时。|最好的光在六点五十，那时没有人。|每天一张照片，有些天拍的是墙。"),
        ),
        Kind(
            ("film buff", "影迷"), ("the late show", "看夜场电影"), NO_PRICE, "film:1 books:.4 music:.2", "talkative frank funny spontaneous curious punctual",
            ("a ticket for ten films|opinions about endings", "一张十次卡|对结局的种种意见"), TRAM,
            BODY + ";p 30,36 34,12 50,8 66,12 70,36 66,22 34,22 d;b 36,32 49,42 1 d;b 51,32 64,42 1 d;p 66,70 90,70 86,96 70,96 d;l 2 74,70 75,96 l;l 2 82,70 81,96 l;o 66,60 76,72 l;o 73,56 84,70 l;o 80,60 90,72 l",
            leads=("Row seven, seat eleven, and afterwards a beer about it.|I watch the credits to the end; somebody worked for them.|Black-and-white films in winter, everything else in the rain.", "第七排十一座，散场再喝一杯聊聊。|片尾字幕我看到底，那也是有人干活的。|冬天看黑白片，其他的下雨天看。"),
        ),
    ),
    _circle(
        5, ("Games", "棋牌"), "b 10,4 90,96 26 w",
        ("There is a table by the window.|Losing with grace is required.|We are never more than five.|Snacks go round clockwise.", "窗边有张桌子。|要输得起。|我们最多五个人。|零食顺时针传。"),
        Kind(
            ("chess player", "棋友"), ("a game of chess", "下一盘棋"), NO_PRICE, "games:.9 books:.4", "quiet patient punctual frank curious early-rising",
            ("a board and a clock that is too loud|a thermos and a poker face", "一副棋盘和一只太响的棋钟|一个保温杯和一张扑克脸"), TRAM,
            BODY + ";p 32,28 38,12 62,12 68,28 56,20 44,20 d;b 38,4 62,12 2 d;b 30,10 70,15 2 d;p 72,92 92,92 88,82 76,82 d;o 76,64 88,76 d;b 79,72 85,84 0 d",
            leads=("I lose often, and interestingly.|In the park under the chestnut, as soon as it is dry.|Ten minutes a side, and a conversation for as long as it lasts.", "我常输，但输得有意思。|天一干，就在公园栗树下。|每方十分钟，聊天不限时。"),
        ),
        Kind(
            ("board gamer", "桌游玩家"), ("a games evening", "桌游之夜"), NO_PRICE, "games:1 food:.2 film:.2", "funny talkative well-prepared generous curious patient",
            ("a cupboard with sixty games|dice that nobody trusts", "一柜子六十款桌游|没人信任的骰子"), TRAM,
            BODY + ";p 30,34 30,16 42,6 50,12 58,6 70,16 70,34 62,24 38,24 d;b 70,70 90,90 4 w;o 74,74 79,79 d;o 81,81 86,86 d;o 81,74 86,79 d;o 74,81 79,86 d",
            leads=("I explain rules so that even the losers understand them.|Friday at eight; the dog keeps the score.|Four hours of trains, beans and treason: my idea of peace.", "我讲规则，连输家都听得懂。|周五八点，狗负责记分。|四小时的火车、豆子和背叛，就是我心中的安宁。"),
        ),
        Kind(
            ("quizzer", "问答达人"), ("a quiz team", "组队答题"), NO_PRICE, "games:.7 languages:.4 music:.2", "curious talkative funny frank spontaneous punctual",
            ("useless knowledge in great amounts|a pen that works", "大量没用的知识|一支写得出字的笔"), TRAM,
            BODY + ";p 32,30 40,10 60,10 68,30 60,20 40,20 d;a 5 74,10 92,28 180 430 c;b 81,28 85,35 0 c;o 80,38 86,44 c",
            leads=("Our team is third of nine and lacks somebody for sport.|I know all capitals and nobody's birthday.|The pub on the corner asks twenty questions, and I want to answer them.", "我们队九支里排第三，缺个懂体育的。|所有首都我都知道，生日一个都记不住。|街角酒馆每晚二十道题，我都想答。"),
        ),
    ),
    _circle(
        6, ("Sport", "运动"), "p 6,14 50,4 94,14 94,60 50,96 6,60 w",
        ("No records, no stopwatch.|The shower works.|Afterwards we eat.|All levels, honestly.", "不计成绩，不掐表。|淋浴能用。|运动完一起吃饭。|水平不限，真的。"),
        Kind(
            ("runner", "跑者"), ("running together", "约跑"), NO_PRICE, "sport:1 nature:.3 hiking:.2", "early-rising punctual talkative funny frank well-prepared",
            ("a slow pace that lasts|a loop of seven kilometres without lights", "能坚持的慢配速|一条没有红绿灯的七公里环线"), TRAM,
            BODY + ";p 32,30 36,12 64,12 68,30 58,20 42,20 d;b 32,23 68,29 1 c;l 3 24,98 34,70 w;l 3 76,98 66,70 w",
            leads=("A pace at which one can still complain.|Tuesdays and Fridays along the canal, whatever the weather.|I began after a bet and never found the way back.", "边跑边能抱怨的配速。|周二周五沿着运河，风雨无阻。|因为一个赌约开始，再也没停下来。"),
        ),
        Kind(
            ("kick-about player", "野球爱好者"), ("a five-a-side", "五人制踢球"), NO_PRICE, "football:1 sport:.6", "funny talkative spontaneous generous punctual adventurous",
            ("a ball and two jumpers for a goal|a left foot", "一个球和两件当球门的毛衣|一只左脚"), TRAM,
            BODY + ";p 34,26 42,10 58,10 66,26 50,16 d;o 66,70 92,96 w;p 79,77 85,81 83,88 75,88 73,81 d;l 2 79,70 79,77 d",
            leads=("Five against five, no slide tackles, beer for the losers.|My knees are fifty, my heart is nineteen.|We lack a keeper. We have always lacked a keeper.", "五对五，不许铲，输的人请喝酒。|膝盖五十岁，心十九岁。|我们缺门将，一直都缺。"),
        ),
        Kind(
            ("yoga friend", "瑜伽同好"), ("stretching together", "一起拉伸"), NO_PRICE, "yoga:1 nature:.3 dance:.3", "quiet patient early-rising curious punctual generous",
            ("a mat for a guest|a roof terrace with a view of cranes", "给客人的瑜伽垫|看得见吊车的屋顶露台"), TRAM,
            BODY + ";o 43,2 57,16 d;p 32,32 38,14 62,14 68,32 60,22 40,22 d;o 46,24 54,30 c",
            leads=("Thirty minutes before work, without incense.|I cannot touch my toes, but we wave to each other.|Breathing is easier in company.", "上班前半小时，不点香。|我够不着脚趾，但我们会打招呼。|有人陪着，呼吸都容易些。"),
        ),
    ),
    _circle(
        7, ("Neighbours", "邻里"), "b 8,4 92,96 30 w",
        ("I live above the bakery.|Ring twice.|Children are welcome.|The kettle is always on.", "我住在面包店楼上。|按两下门铃。|欢迎带孩子。|水壶总是热的。"),
        Kind(
            ("gardener", "菜友"), ("a shared allotment", "合种一块菜地"), NO_PRICE, "garden:1 nature:.4 food:.4", "patient generous quiet early-rising frank funny",
            ("seedlings in egg boxes|far too many courgettes", "鸡蛋盒里的小苗|多得吃不完的西葫芦"), TRAM,
            BODY + ";o 14,15 86,33 c;o 31,4 69,28 c;b 32,18 68,23 1 d;l 3 84,96 84,72 d;o 72,62 86,76 d;o 82,58 96,72 d",
            leads=("My beans climb over the fence, and so do I, for a chat.|Half of a bed is free next to mine.|I talk to the tomatoes, but people answer better.", "我家豆角爬过篱笆，我也会，去聊天。|我那块地旁边空着半垄。|我跟番茄说话，不过人回得更好。"),
        ),
        Kind(
            ("dog walker", "遛狗人"), ("walks with a dog", "一起遛狗"), NO_PRICE, "dogs:1 nature:.5 hiking:.3", "early-rising talkative funny generous patient spontaneous",
            ("a dog who loves everybody|a ball thrower and bags", "一只谁都喜欢的狗|抛球器和捡便袋"), TRAM,
            BODY + ";p 32,30 34,14 50,8 66,14 68,30 58,20 42,20 d;o 62,68 88,92 w;p 62,74 58,62 70,70 d;p 88,74 92,62 80,70 d;o 69,76 73,80 d;o 77,76 81,80 d;o 72,82 78,87 d",
            leads=("The dog is called Minister, and he decides where we go.|Three rounds a day, and I know every bench.|He pulls, I apologise; that is how we meet people.", "狗叫部长，去哪儿它说了算。|一天三圈，每条长椅我都熟。|它往前冲，我道歉，我们就这样认识人。"),
        ),
        Kind(
            ("language partner", "语伴"), ("practising a language", "练口语"), NO_PRICE, "languages:1 books:.4 coffee:.3", "patient curious talkative punctual funny frank",
            ("three languages and many mistakes|a notebook full of idioms", "三门语言和许多错误|满满一本俗语"), TRAM,
            BODY + ";p 30,40 32,14 50,8 68,14 70,40 64,22 36,22 d;b 6,10 30,28 6 d;p 18,26 28,26 28,36 d;b 70,6 96,24 6 c;p 82,22 72,22 72,32 c",
            leads=("Thirty minutes in yours, thirty in mine.|I speak with my hands, and the rest is coming along.|Correct me, but only every third time.", "半小时说你的，半小时说我的。|我靠手说话，其余的正在进步。|请纠正我，但每三次纠正一次就好。"),
        ),
    ),
)

EVEN = (1.0,) * 12
SUMMER = (0.6, 0.7, 0.9, 1.1, 1.3, 1.4, 1.4, 1.3, 1.1, 0.9, 0.7, 0.6)
WINTER = (1.3, 1.2, 1.0, 0.9, 0.8, 0.7, 0.7, 0.8, 1.0, 1.2, 1.3, 1.3)
TOWNS = "Old Town|Harbour|Mill Quarter|Eastgate|Riverside|Station Hill|Gardens|University"

WORLD = World(
    key="friends",
    name="Sample friends",
    description="People of one city who look for company: a year of visits to one another's profiles, of requests and answers, then eight weeks in which suggestions were logged. The items are people; nobody is shown themselves or their friends.",
    source="Simulated. Its people do not exist.",
    nouns={
        "item": ("profile", "主页"),
        "items": ("profiles", "主页"),
        "person": ("member", "成员"),
        "people": ("members", "成员"),
        "category": ("circle", "圈子"),
        "categories": ("circles", "圈子"),
        "conversion": ("accepted request", "通过的邀约"),
        "conversions": ("accepted requests", "通过的邀约"),
    },
    currency="",
    departments=CIRCLES,
    interests={
        "hiking": SUMMER,
        "climbing": EVEN,
        "water": (0.9, 0.7, 0.7, 0.9, 1.2, 1.5, 1.6, 1.5, 1.1, 0.8, 0.7, 0.9),
        "nature": SUMMER,
        "food": WINTER,
        "coffee": EVEN,
        "music": EVEN,
        "dance": EVEN,
        "making": WINTER,
        "bikes": SUMMER,
        "books": WINTER,
        "photo": EVEN,
        "film": WINTER,
        "games": WINTER,
        "sport": (1.4, 1.1, 1.1, 1.2, 1.1, 1.0, 0.9, 0.9, 1.1, 1.0, 0.8, 0.7),
        "football": (0.6, 0.8, 1.1, 1.3, 1.4, 1.2, 1.0, 1.0, 1.2, 1.0, 0.7, 0.5),
        "yoga": EVEN,
        "garden": (0.4, 0.7, 1.5, 1.8, 1.7, 1.4, 1.1, 0.9, 1.0, 0.7, 0.4, 0.3),
        "dogs": EVEN,
        "languages": EVEN,
    },
    segments=(
        Segment(("Outdoor people", "户外派"), 0.14, "hiking:1 climbing:.8 nature:.5 water:.6", (36, 10), 0.48, "surveyor|teacher|engineer|physiotherapist|student"),
        Segment(("Hosts", "爱请客的人"), 0.13, "food:1 coffee:.8 garden:.3", (42, 12), 0.56, "cook|nurse|civil servant|translator|designer"),
        Segment(("Musicians and dancers", "音乐舞蹈派"), 0.13, "music:1 dance:.7 film:.2", (33, 11), 0.55, "sound engineer|teacher|student|hairdresser|journalist"),
        Segment(("Tinkerers", "动手派"), 0.12, "making:1 bikes:.7 photo:.2", (44, 13), 0.42, "carpenter|engineer|bookbinder|electrician|retired"),
        Segment(("Readers and watchers", "文艺派"), 0.13, "books:1 film:.8 photo:.6 coffee:.3", (38, 14), 0.58, "librarian|translator|architect|retired|designer"),
        Segment(("Players", "游戏派"), 0.12, "games:1 languages:.3 film:.2", (30, 9), 0.4, "software developer|student|accountant|apprentice|researcher"),
        Segment(("Sports people", "运动派"), 0.12, "sport:1 football:.7 yoga:.6", (33, 9), 0.48, "paramedic|teacher|courier|physiotherapist|sales assistant"),
        Segment(("Good neighbours", "好邻居"), 0.11, "garden:1 dogs:.9 languages:.6 nature:.3", (53, 13), 0.58, "retired|gardener|pharmacist|midwife|bus driver"),
    ),
    colours={
        ("moss green", "苔绿"): "#5E7A45",
        ("pine green", "松绿"): "#2F6B58",
        ("slate blue", "石板蓝"): "#4F6D8F",
        ("midnight blue", "午夜蓝"): "#35466B",
        ("sky blue", "天蓝"): "#5E9AC4",
        ("brick red", "砖红"): "#A6473B",
        ("berry", "莓红"): "#8A3257",
        ("rose", "玫瑰粉"): "#CF8490",
        ("mustard", "芥末黄"): "#C9942A",
        ("terracotta", "陶土橙"): "#C66E42",
        ("sand", "沙色"): "#B89B66",
        ("charcoal", "炭灰"): "#4A4C50",
        ("plum", "梅紫"): "#6B4A7C",
        ("teal", "青绿"): "#2E8186",
    },
    patterns={"plain": ("plain", "纯色"), "striped": ("striped", "条纹"), "dotted": ("dotted", "圆点"), "checked": ("checked", "格纹"), "zigzag": ("zigzag", "锯齿纹")},
    cities=(TOWNS, TOWNS),
    openers=("{A adj} {kind}.", "一位{adj}的{kind}。"),  # each kind has leads of its own
    making=(
        "I bring {material}, and I {measure}.|I {measure}. What I bring: {material}.|With me: {material}. I {measure}.|What I have: {material}. I {measure}.",
        "我会带{material}，{measure}。|{measure}。我带来的是：{material}。|随我一起来的有{material}。{measure}。|我有{material}；{measure}。",
    ),
    looks=("You will know me by my {look} jumper.|In the picture I wear my {look} jumper.|Look out for the {look} jumper.|The {look} jumper was knitted by a friend.", "认准我的{look}毛衣。|照片里穿的是我的{look}毛衣。|见面找穿{look}毛衣的人。|这件{look}毛衣是朋友织的。"),
    wrappings=("You will know me by my {look} jumper.|In the picture I wear my {look} jumper.|Look out for the {look} jumper.|The {look} jumper was knitted by a friend.", "认准我的{look}毛衣。|照片里穿的是我的{look}毛衣。|见面找穿{look}毛衣的人。|这件{look}毛衣是朋友织的。"),
    reviews=Reviews(
        openers=(
            ("We will not meet again.|A lost afternoon.|Not for me.|I went home early.|I would rather not say much.|Oh dear.", "不会再见面了。|浪费了一个下午。|不适合我。|我提前回家了。|不想多说。|唉。"),
            ("We did not find a common pace.|Nice enough, but no.|I had imagined it differently.|The profile promises more than {maker} keeps.|It was a long evening.|Hm.", "节奏合不来。|人还行，但算了。|和想象的不一样。|主页写得比{maker}本人好。|那一晚好长。|嗯……"),
            ("It was all right.|We shall see.|Half of it was fun.|A decent {kind}, not my kind of company.|Once was enough, but once was fine.|Mixed feelings.", "还行。|再看看吧。|一半时间挺开心。|是个不错的{kind}，只是不太合拍。|一次就够，不过这一次还好。|心情复杂。"),
            ("A good afternoon with {maker} and the rain.|Gladly again.|I felt welcome.|{Maker} is good company.|We met for {use}, and it went well.|A fine {kind}.", "和{maker}还有雨，度过了愉快的下午。|愿意再约。|感觉很受欢迎。|和{maker}在一起很舒服。|约的是{use}，很顺利。|很棒的{kind}。"),
            ("What luck to have met {maker} here!|The best evening in months.|We have been friends ever since.|Go and ask {maker} before others do.|I have found my {kind}.|Wonderful company.", "在这里遇到{maker}，运气真好。|几个月来最好的一晚。|从那以后我们就是朋友。|趁早约{maker}，手慢无。|找到了属于我的{kind}。|特别好的伙伴。"),
        ),
        contexts=(
            "We met for {use}.|It was our first meeting.|We have met {n} times now.|It rained, of course.|We took the tram together.|We met at the fountain.|My sister came along.|The {colour} jumper is real, by the way.|I am shy, so this was a step for me.|We stayed until the lights went out.|I was new in town.|It was planned for one hour and took {n}.",
            "我们约的是{use}。|那是第一次见面。|到现在见过{n}次了。|当然下雨了。|一起坐了电车。|在喷泉边碰的头。|我姐也来了。|顺便说，{colour}毛衣是真的。|我很内向，这对我是一大步。|待到了关灯。|我刚搬来这座城市。|本来约一小时，结果用了{n}小时。",
        ),
        closers=(
            ("I wish us both better luck.|I have already forgotten the way there.|Never mind.|My plants are better company.|That was that.", "祝我们各自好运。|路怎么走我已经忘了。|算了。|我家的花都比这有趣。|就这样吧。"),
            ("Perhaps on another day.|It may have been me.|Two stars for the {colour} jumper.|Others may get along better.|I would not say no to a coffee, though.", "换一天也许会好。|也可能是我的问题。|两星给{colour}毛衣。|别人也许合得来。|不过喝杯咖啡还是可以的。"),
            ("Let us see what spring brings.|Three stars seem fair.|No harm done.|We said: let us write. Nobody has.|Try it yourselves.", "春天再说吧。|三星差不多。|没什么不好。|说好了联系，谁也没联系。|大家自己试试吧。"),
            ("We have already fixed the next date.|Recommended.|One star less for the distance.|Thank you for the walk back.|I hope for a second time.", "下次时间已经定了。|推荐。|路远扣一星。|谢谢送我回去。|期待第二次。"),
            ("More people like this, please.|Thank you, {maker}, for everything.|We meet every week now.|My city has become smaller and warmer.|Five stars and a hug.", "这样的人多来几个。|谢谢{maker}，一切都谢谢。|现在每周都见。|这座城市变小了，也变暖了。|五星加一个拥抱。"),
        ),
    ),
    queries=(
        "{kind}|{kind} nearby|{adj} {kind}|{use}|somebody for {use}|{kind} on weekends|{kind} after work|{adj} people|{kind} beginner|{kind} {adj}|meet a {kind}",
        "{kind}|附近的{kind}|{adj}的{kind}|{use}|找人{use}|周末 {kind}|下班后 {kind}|{adj}的人|{kind} 新手|{kind} {adj}|认识{kind}",
    ),
    n_items=300,
    n_users=620,
    n_slates=52_000,
    titles=(("{maker}, {adj} {kind}", "{maker}，{adj}的{kind}"), ("{maker}, {kind}", "{maker}，{kind}")),
    letters=("m", "m"),
    tagged="",
    truth="""
# In this world

Items are people: an item is the profile of the person with the same id, and stands in the language of that person.
About half of the people have a profile. `../relations.parquet` holds who were friends before the history begins, each
pair in both directions. Nobody ever sees or is shown their own profile or that of a friend: relevance is 0 there, and
in the formulas of propensity the number of items is that of all others for this person. The topic of a profile lies
halfway between what it tells and what its owner likes.

A *purchase* is an accepted request to meet: the two do something together. It may happen again, with the same person.
What it costs is minutes on the tram (`minutes` of an item), and a person's budget is the number of minutes at which a
meeting becomes unlikely.
""",
    rules=Rules(
        kinds=("view", "request", "accept"),
        effort="minutes",
        value="nothing",
        budget=(3.3, 0.5),
        needs=(3.0, 6.0),
        mood=3.4,
        halfway=0.1,
        again=0.5,
        visits=20.0,
        visits_logged=0.4,
        views=4.2,
        mutual=True,
    ),
)
