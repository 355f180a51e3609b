"""The sample shop: a general store with eight departments."""

from sample_data.world import Department, Feature, Kind, Measure, Reviews, Segment, World

# These are tables: a row stays on its line.
# fmt: off
OUTDOOR = Department(
    name=("Outdoor", "户外"),
    makers=("Tarnhill|Norrvik|Fellpath|Ostra|Kestrel", "塔恩山|诺维克|野径|奥斯特|红隼"),
    plate="p 50,3 91,26 91,74 50,97 9,74 9,26 w",
    features=(
        Feature(
            ("waterproof", "防水"),
            ("Taped seams keep the rain out for hours.|Water runs off it, even after a full day of drizzle.", "接缝压胶，连下几小时雨也不渗水。|水珠一抖就落，下一整天小雨也不怕。"),
            ("It sat in pouring rain for three hours and stayed dry inside.|Not a drop came through, and I did try.", "大雨里放了三个小时，里面一点没湿。|特意淋了水测试，一滴都没进。"),
            ("Water came in along the seam on the second trip.|So much for waterproof: it was damp inside after twenty minutes.", "第二次用接缝处就渗水了。|说好的防水，二十分钟里面就潮了。"),
        ),
        Feature(
            ("lightweight", "轻量"),
            ("We left out every gram that you would not miss.|You will forget that you are carrying it.", "能省的重量都省了，一克不多。|轻到让人忘了自己还带着它。"),
            ("So light that I checked twice whether I had packed it.|My back thanks me for the saved weight.", "轻得我出门前确认了两遍有没有带。|减下来的重量，肩膀最清楚。"),
            ("Heavier than the page says; I weighed it.|Light, but it feels flimsy for it.", "实际比标的重，我称过了。|轻是轻，可也因此显得单薄。"),
        ),
        Feature(
            ("packable", "易收纳"),
            ("It folds down to the size of a grapefruit.|Rolled up, it fits a side pocket.", "收起来只有一个柚子大小。|卷好能塞进侧袋。"),
            ("It packs down to almost nothing.|Fits the bottom of my pack with room to spare.", "收起来几乎不占地方。|放在包底还有富余。"),
            ("Getting it back into its pouch takes a degree in folding.|It never again got as small as it came.", "想塞回收纳袋得有折纸功夫。|拆开以后再也收不回原来那么小。"),
        ),
        Feature(
            ("hard-wearing", "耐磨"),
            ("Reinforced where it rubs, so that it lasts more than one season.|Double stitching at every point of strain.", "易磨处都做了加固，不止用一季。|受力处全部双线缝合。"),
            ("Two years of scree and not a scratch worth mentioning.|Dragged it over rocks: no hole, no loose thread.", "碎石坡走了两年，几乎没有划痕。|在石头上拖过，没破也没脱线。"),
            ("The stitching gave way after the third outing.|A zip pull broke within the month.", "第三次出门线就开了。|不到一个月拉链头就断了。"),
        ),
        Feature(
            ("warm", "保暖"),
            ("It keeps its warmth down to freezing point.|A brushed lining takes the edge off cold mornings.", "零度左右依然保暖。|拉绒内里，清晨不再冷得发抖。"),
            ("Toasty at two degrees, with no draught anywhere.|Kept warm all night beside a frozen lake.", "两度的天气暖暖的，一点不漏风。|在结冰的湖边一整夜都是热的。"),
            ("I was cold at eight degrees, and I am not the freezing kind.|Fine in summer; in autumn it is not warm enough.", "八度就觉得冷，而我并不怕冷。|夏天还行，秋天就不够暖了。"),
        ),
        Feature(
            ("roomy", "宽敞"),
            ("There is space for what you pack last and need first.|More space than the outside suggests, and a pocket where you look for one.", "最后塞进去、最先要用的东西也有地方放。|看着不大，里面宽裕，口袋的位置也顺手。"),
            ("Everything fits, and I pack a lot.|More space than the old one, without looking bigger.", "东西全装下了，而我带得真不少。|比旧的能装，看着却不显大。"),
            ("Smaller than it looks in the picture.|The pockets are too narrow for anything useful.", "比图片上看着小。|口袋太窄，放不了什么东西。"),
        ),
        Feature(
            ("long-running", "续航持久"),
            ("One charge lasts a whole weekend.|It still runs when the others have gone to bed.", "充一次电够用一个周末。|别人都睡了，它还在工作。"),
            ("Four nights on one charge, on medium.|I forgot to charge it before leaving, and it still lasted.", "中档用了四个晚上才没电。|出发前忘了充，照样撑完全程。"),
            ("It faded after two hours, in the middle of the descent.|The charge lasts half of what they claim.", "下山途中，两小时就暗了。|续航只有宣传的一半。"),
        ),
        Feature(
            ("tough", "抗摔"),
            ("A fall on rock leaves a mark on the rock.|Built for people who drop things.", "摔在石头上，疼的是石头。|为爱摔东西的人而做。"),
            ("It rolled down a scree slope and works as before.|Dropped more than once, and no harm done.", "从碎石坡滚下去，照样好用。|摔过不止一次，没事。"),
            ("It cracked when it fell off the table.|A dent after the first trip.", "从桌上掉下来就裂了。|第一次出门就磕凹了。"),
        ),
        Feature(
            ("leak-proof", "不漏水"),
            ("Upside down in a bag of papers, it stays shut.|A double seal holds it tight, shaken or not.", "倒放在装文件的包里也不漏。|双重密封，怎么晃都不漏。"),
            ("Not a drop in my bag in two months.|I shook it over my desk. Brave, and dry.", "包里放了两个月，一滴没漏。|在办公桌上倒着晃，一点不漏。"),
            ("My notes swam in tea.|The seal was gone after a month.", "笔记全泡了茶。|一个月密封圈就不行了。"),
        ),
        Feature(
            ("recycled", "环保再生"),
            ("The outer fabric was a fishing net once.|Four fifths of it has been something else before.", "外层面料来自回收渔网。|八成原料都是回收再造。"),
            ("Good to know that it was made of old nets, and you cannot tell.|Recycled and still well made: it can be done.", "旧渔网做的，完全看不出来，很难得。|再生材料也能做得这么好。"),
            ("Recycled is nice, but the fabric smells for weeks.|The recycled fabric pills already.", "环保是好事，可布料味道几周不散。|再生面料已经起球了。"),
        ),
    ),
    kinds=(
        Kind(
            ("rain jacket", "雨衣"), ("wet days on the trail", "雨天徒步"), (69, 189),
            "hiking:1 cycling:.5 running:.2", "waterproof lightweight packable hard-wearing recycled roomy", ("recycled nylon|three-layer polyester", "再生尼龙|三层聚酯面料"), Measure(("weighs {n} g in size M", "M码重约{n}克"), 240, 520, 10),
            "p 36,30 64,30 80,40 84,72 74,73 68,52 68,80 32,80 32,52 26,73 16,72 20,40 c;p 36,32 38,18 50,12 62,18 64,32 50,40 c;p 41,29 43,21 50,18 57,21 59,29 50,34 d;l 1.8 50,38 50,80 d;l 2.4 37,64 44,60 d;l 2.4 63,64 56,60 d",
        ),
        Kind(
            ("two-person tent", "双人帐篷"), ("nights above the tree line", "高山露营"), (129, 349),
            "camping:1 hiking:.6", "waterproof lightweight packable hard-wearing roomy recycled", ("ripstop nylon|coated polyester", "防撕裂尼龙|涂层涤纶"), Measure(("weighs {n} g with poles", "含支架重约{n}克"), 1400, 2900, 50),
            "p 50,24 84,76 16,76 c;p 50,34 62,76 38,76 d;p 50,34 50,76 38,76 l;l 2 50,24 50,18 d",
        ),
        Kind(
            ("sleeping bag", "睡袋"), ("cold nights in the open", "寒夜露宿"), (79, 259),
            "camping:1 hiking:.3", "warm lightweight packable recycled hard-wearing", ("down and nylon|hollow-fibre filling", "羽绒与尼龙|中空纤维填充"), Measure(("is comfortable down to {n} °C", "舒适温标{n}℃"), 1, 9, 1),
            "p 28,34 72,34 66,76 58,86 42,86 34,76 c;o 28,12 72,54 c;o 35,18 65,46 d;o 37,25 63,47 l;b 38,34 62,48 5 w;l 1.8 62,50 58,78 d;l 1.4 32,60 68,60 d;l 1.4 35,72 65,72 d",
        ),
        Kind(
            ("daypack", "双肩背包"), ("day trips with a long lunch", "一日远足"), (49, 139),
            "hiking:1 cycling:.4 style:.3", "roomy waterproof lightweight hard-wearing recycled packable", ("waxed cotton|ripstop nylon", "打蜡棉布|防撕裂尼龙"), Measure(("holds {n} litres", "容量{n}升"), 16, 32, 2),
            "a 3 40,14 60,36 180 360 d;b 28,24 72,80 14 c;b 34,54 66,74 5 d;l 2 36,62 64,62 l;b 40,32 60,38 3 d",
        ),
        Kind(
            ("head torch", "头灯"), ("early starts and late returns", "早出晚归的夜路"), (24, 79),
            "camping:.8 running:.7 hiking:.5", "long-running lightweight tough", ("aluminium|recycled plastic", "铝合金|再生塑料"), Measure(("gives {n} lumens", "亮度{n}流明"), 200, 800, 50),
            "b 14,42 86,56 5 d;b 32,30 68,68 10 c;o 40,38 60,60 l;o 45,43 55,55 w",
        ),
        Kind(
            ("insulated bottle", "保温水壶"), ("hot tea on the summit", "山顶一杯热茶"), (19, 45),
            "hiking:.7 running:.5 cycling:.5 coffee:.3", "leak-proof tough lightweight", ("stainless steel|powder-coated steel", "不锈钢|喷粉钢"), Measure(("holds {n} ml", "容量{n}毫升"), 350, 1000, 50),
            "b 42,16 58,26 3 d;b 40,26 60,34 2 d;p 40,34 60,34 66,44 66,80 34,80 34,44 c;b 34,52 66,56 0 l",
        ),
        Kind(
            ("pannier bag", "自行车驮包"), ("the ride to work and back", "骑车通勤"), (45, 129),
            "cycling:1 camping:.2", "waterproof roomy hard-wearing recycled", ("welded tarpaulin|waxed canvas", "焊接防水布|打蜡帆布"), Measure(("holds {n} litres", "容量{n}升"), 12, 26, 2),
            "b 26,34 74,82 6 c;p 24,24 76,24 78,44 22,44 d;b 34,16 40,30 2 d;b 60,16 66,30 2 d;b 46,40 54,52 2 l;b 34,60 66,64 1 l",
        ),
    ),
    closers=("Repairs are free for the first three years.|Tested through a winter by our own staff.|Comes with a small repair kit.|Spare parts are kept for ten years.|Packed in paper, without plastic.", "三年内免费维修。|经店员整个冬天实测。|附赠小修补包。|配件十年内都能买到。|纸质包装，不用塑料。"),
)

KITCHEN = Department(
    name=("Kitchen", "厨房"),
    makers=("Bruna|Oakhearth|Salt & Stem|Meridian|Petit Four", "布鲁娜|橡木炉|盐与茎|子午|小方糕"),
    plate="o 4,4 96,96 w",
    features=(
        Feature(
            ("non-stick", "不粘"),
            ("What you cook in it comes out again, without a drop of oil.|A ceramic coating lets go of everything.", "不放油也能轻松脱底。|陶瓷涂层，什么都不粘。"),
            ("Nothing sticks, not even burnt cheese.|One wipe and it is clean.", "什么都不粘，连烤焦的奶酪也不粘。|一擦就干净。"),
            ("The coating lost its touch after six weeks.|Food sticks from the first day on.", "六周后涂层就不行了。|第一天就粘底。"),
        ),
        Feature(
            ("even-heating", "受热均匀"),
            ("A thick base spreads the heat right to the rim.|No hot spot in the middle, no pale edge.", "厚底导热，边缘也一样热。|中间不焦，四周不生。"),
            ("It browns evenly from edge to edge.|The heat spreads well, even in my old kitchen.", "从中间到边上颜色一样均匀。|我家的老厨房里受热也很均匀。"),
            ("It burns in the middle and stays pale at the rim.|The base warped, and now it wobbles.", "中间焦了，边上还是白的。|锅底变形，放不平了。"),
        ),
        Feature(
            ("sharp", "锋利"),
            ("Ground by hand to fifteen degrees, it goes through a ripe tomato.|The edge keeps for months of daily work.", "手工研磨至十五度，熟番茄一切就开。|每天使用，锋利可保数月。"),
            ("It cuts tomatoes as if they were air.|Still sharp after three months of daily use.", "切番茄像切空气一样。|天天用，三个月了还很快。"),
            ("It arrived blunt and needed the stone at once.|Blunt within two weeks.", "到手就钝，先磨了才能用。|两周就钝了。"),
        ),
        Feature(
            ("dishwasher-safe", "可机洗"),
            ("It goes into the dishwasher, every part of it.|No part needs washing by hand.", "整件都能放进洗碗机。|没有一个部件需要手洗。"),
            ("Thirty rounds in the dishwasher and it looks like new.|No scrubbing: straight into the machine.", "洗碗机洗了三十次还像新的。|不用刷，直接进洗碗机。"),
            ("The dishwasher left it dull and spotted.|Rust spots after the first wash, in spite of what it says.", "洗碗机一洗就发乌有斑点。|说能机洗，第一次就出锈点。"),
        ),
        Feature(
            ("heat-resistant", "耐热"),
            ("Safe in the oven up to 260 °C.|From the fridge to the oven without a crack.", "烤箱可用至260℃。|从冰箱直接进烤箱也不裂。"),
            ("From freezer to oven and not a crack.|The handle stays cool, which I did not expect.", "从冷冻室直接进烤箱，没裂。|把手居然不烫，没想到。"),
            ("It cracked in the oven at 200 degrees.|The handle gets far too hot to hold.", "烤箱200度就裂了。|把手烫得根本拿不住。"),
        ),
        Feature(
            ("comfortable", "握感舒适"),
            ("The handle was shaped with a cook who works ten hours a day.|It sits in the hand and stays there.", "手柄由每天工作十小时的厨师参与设计。|握在手里稳当，不打滑。"),
            ("It sits well in the hand, even in my small one.|No sore wrist after a whole afternoon.", "握着舒服，我手小也合适。|忙了一下午，手腕也不酸。"),
            ("The handle is too thin and cuts into the palm.|Awkward to hold with wet hands.", "手柄太细，硌手。|手湿的时候不好拿。"),
        ),
        Feature(
            ("compact", "小巧"),
            ("It fits the drawer that everything else has left.|Small kitchens were in our mind when we drew it.", "抽屉里剩下的那点地方正好放它。|专为小厨房设计。"),
            ("It fits my tiny kitchen, at last something that does.|Takes hardly any room on the shelf.", "终于有一件适合我家小厨房的了。|放架子上几乎不占地方。"),
            ("Too small for more than one person.|I should have read the size: it is tiny.", "只够一个人用，太小了。|没看尺寸，实物真的很小。"),
        ),
        Feature(
            ("precise", "精准"),
            ("It does today what it did yesterday, to the gram.|Made to fine tolerances, so that the result is not left to luck.", "今天和昨天一样，精确到克。|公差极小，效果不靠运气。"),
            ("The result is the same every morning, as it should be.|Finally an even result, batch after batch.", "每天早上出来的效果都一样，很稳。|终于每一次都均匀。"),
            ("The marks wore off within a month.|Uneven results, however carefully I set it.", "刻度一个月就磨没了。|怎么调都不均匀。"),
        ),
    ),
    kinds=(
        Kind(
            ("chef's knife", "主厨刀"), ("chopping herbs, roots and everything between", "切菜切肉"), (39, 149),
            "cooking:1 baking:.1", "sharp comfortable dishwasher-safe", ("Swedish steel|layered steel", "瑞典钢|层压钢"), Measure(("has a {n} cm blade", "刀刃长{n}厘米"), 16, 24, 1),
            "p 16,40 66,40 66,58 44,60 26,54 c;l 1.4 20,44 66,44 l;b 64,38 88,50 4 d;o 70,42 73,45 l;o 79,42 82,45 l",
        ),
        Kind(
            ("frying pan", "煎锅"), ("crisp potatoes and weekday eggs", "煎土豆和早餐蛋"), (29, 119),
            "cooking:1 camping:.2", "non-stick even-heating dishwasher-safe heat-resistant comfortable", ("cast iron|carbon steel|recycled aluminium", "铸铁|碳钢|再生铝"), Measure(("measures {n} cm across", "直径{n}厘米"), 20, 30, 2),
            "l 7 58,58 84,84 d;o 18,18 70,70 c;o 25,25 63,63 d;o 28,28 60,60 l",
        ),
        Kind(
            ("casserole", "炖锅"), ("stews that take all afternoon", "慢炖一下午的菜"), (59, 229),
            "cooking:1 baking:.3", "even-heating heat-resistant dishwasher-safe non-stick", ("enamelled iron|stoneware", "珐琅铸铁|炻器"), Measure(("holds {n} litres", "容量{n}升"), 2, 7, 1),
            "b 12,46 24,54 3 d;b 76,46 88,54 3 d;b 20,42 80,78 10 c;p 20,40 28,30 72,30 80,40 d;o 45,21 55,31 d;b 20,39 80,43 1 l",
        ),
        Kind(
            ("loaf tin", "面包烤模"), ("Sunday bread and banana cake", "周末面包和香蕉蛋糕"), (14, 45),
            "baking:1", "non-stick even-heating dishwasher-safe heat-resistant compact", ("blued steel|silicone-coated steel", "蓝钢|硅涂层钢"), Measure(("measures {n} cm in length", "长{n}厘米"), 20, 34, 2),
            "p 22,46 78,46 70,76 30,76 c;o 24,28 50,56 l;o 40,24 68,56 l;o 56,30 77,56 l;b 18,44 82,50 3 d",
        ),
        Kind(
            ("coffee dripper", "手冲滤杯"), ("slow mornings and good beans", "悠闲清晨的手冲咖啡"), (18, 59),
            "coffee:1", "dishwasher-safe compact precise", ("porcelain|borosilicate glass", "瓷|高硼硅玻璃"), Measure(("makes {n} cups", "一次可冲{n}杯"), 1, 4, 1),
            "p 26,24 74,24 56,54 44,54 c;b 22,52 78,58 3 d;a 4 66,26 86,46 270 450 d;b 34,62 66,82 6 d;l 2 50,56 50,68 l",
        ),
        Kind(
            ("coffee grinder", "磨豆机"), ("freshly ground coffee, cup by cup", "现磨咖啡"), (39, 169),
            "coffee:1 baking:.1", "precise compact comfortable", ("steel and walnut|aluminium", "钢与胡桃木|铝合金"), Measure(("takes {n} g of beans", "可装{n}克咖啡豆"), 20, 60, 5),
            "l 4 50,22 76,18 d;o 71,13 81,23 d;p 36,24 64,24 60,46 40,46 d;b 32,46 68,80 4 c;b 42,62 58,70 2 l;o 48,64 52,68 d",
        ),
        Kind(
            ("mixing bowl", "搅拌碗"), ("dough, salads and second helpings", "和面拌沙拉"), (12, 49),
            "baking:1 cooking:.5", "dishwasher-safe compact heat-resistant", ("stoneware|stainless steel|bamboo fibre", "炻器|不锈钢|竹纤维"), Measure(("holds {n} litres", "容量{n}升"), 2, 5, 1),
            "p 16,42 84,42 76,66 62,78 38,78 24,66 c;o 16,34 84,50 d;o 21,37 79,47 l;l 4 60,40 78,16 d",
        ),
    ),
    closers=("Comes with a recipe card by our own cook.|Guaranteed for ten years.|Looks better the longer it is used.|Packed in a box that makes a good present.|Made in a family workshop of nine.", "附赠本店厨师的食谱卡。|质保十年。|越用越有味道。|礼盒包装，送人体面。|出自九人家庭作坊。"),
)

GARDEN = Department(
    name=("Garden", "园艺"),
    makers=("Greenwell|Hollyhock|Robin & Rake|Verda|Dewpond", "绿井|蜀葵|知更鸟|维达|露池"),
    plate="p 50,2 74,12 92,34 96,60 84,84 62,96 38,96 16,84 4,60 8,34 26,12 w",
    features=(
        Feature(
            ("rust-free", "防锈"),
            ("Galvanised twice, it can stay out all winter.|Rain does nothing to it.", "双重镀锌，冬天放室外也没事。|雨淋也不生锈。"),
            ("Left it out all winter: no rust at all.|A year in the rain, and it looks the same.", "在外面放了一冬天，一点没锈。|淋了一年雨，还是老样子。"),
            ("The first rust showed after a month.|Rust around every screw by June.", "一个月就开始生锈。|到六月每颗螺丝都锈了。"),
        ),
        Feature(
            ("frost-proof", "抗冻"),
            ("It takes frost down to −15 °C.|Built to stand hard winters.", "可耐零下15℃霜冻。|经得住寒冬。"),
            ("Minus ten last week and not a crack.|It came through the winter without harm.", "上周零下十度，一点没裂。|平安过了整个冬天。"),
            ("It split in the first frost.|Frost-proof it is not: the bottom fell out.", "第一场霜就裂开了。|说抗冻，结果底都掉了。"),
        ),
        Feature(
            ("well-balanced", "平衡稳当"),
            ("Full or empty, it hangs level from the hand.|The weight sits where the hand is.", "装满或空着，提着都平稳。|重心正好落在手上。"),
            ("It sits so well in the hand that I weed longer than planned.|Easy to handle even when full.", "拿着太顺手，不知不觉多干了一会儿。|装满了也好提。"),
            ("Front-heavy: my wrist hurt after ten minutes.|My hand slips as soon as it is wet.", "头重脚轻，十分钟手腕就疼。|手一湿就打滑。"),
        ),
        Feature(
            ("drip-free", "不滴漏"),
            ("The spout stops when you stop.|Not a drop on the window sill.", "一停手，壶嘴就不滴。|窗台上一滴水都没有。"),
            ("Not a single drop on the parquet.|Pours exactly where I want it.", "木地板上一滴都没漏。|想浇哪就浇哪。"),
            ("It drips on everything between tap and pot.|Leaks at the joint.", "从水龙头到花盆滴了一路。|接口处漏水。"),
        ),
        Feature(
            ("self-watering", "自动补水"),
            ("A tank in the base waters for two weeks.|Go on holiday: it looks after the plants.", "底部水箱可供水两周。|放心去度假，植物有它照顾。"),
            ("Back from two weeks away, and everything was green.|My basil lives. This has never happened before.", "出门两周回来，全都绿油油的。|我的罗勒居然活着，头一回。"),
            ("The tank ran dry after four days.|The roots rotted, it keeps the soil far too wet.", "水箱四天就干了。|土太湿，根都烂了。"),
        ),
        Feature(
            ("sharp", "锋利"),
            ("Hardened edges cut clean and heal fast.|Ground thin, so that nothing is crushed.", "淬火刃口，切口平整，愈合快。|刃磨得薄，不压伤枝茎。"),
            ("It goes through roots and twigs like butter.|Clean cuts, no bruised stems.", "根和枝像切黄油一样。|切口干净，不伤茎。"),
            ("It squeezes more than it cuts.|Blunt after one afternoon.", "与其说切，不如说夹。|一个下午就钝了。"),
        ),
        Feature(
            ("easy-to-assemble", "易安装"),
            ("Four screws, ten minutes, no swearing.|It goes together without a tool.", "四颗螺丝，十分钟，不费劲。|不用工具就能装好。"),
            ("Ten minutes with my daughter, and it stood.|The instructions are clear and nothing was missing.", "和女儿一起十分钟就装好了。|说明清楚，配件齐全。"),
            ("Two screws were missing and the holes do not line up.|The instructions might as well be for another one.", "少两颗螺丝，孔还对不上。|说明书像是别的产品的。"),
        ),
        Feature(
            ("bee-friendly", "招蜂引蝶"),
            ("Bees find it within days.|Chosen with a beekeeper, for something in flower from April to October.", "没几天蜜蜂就来了。|与养蜂人一起挑选，四月到十月都有花。"),
            ("The balcony hums, and my neighbour asks what I planted.|More bees than in the last three years together.", "阳台嗡嗡响，邻居都问我种了什么。|蜜蜂比过去三年加起来还多。"),
            ("I waited all summer for the bees.|Plenty of leaves, hardly a flower.", "等了一夏天，没几只蜜蜂。|叶子不少，花没几朵。"),
        ),
        Feature(
            ("easy-to-grow", "易种"),
            ("It comes up within ten days, even on a north-facing sill.|Sown in a minute; the rest is patience.", "朝北的窗台，十天也能发芽。|一分钟播好，剩下的交给耐心。"),
            ("Everything came up, and I kill cacti.|Up after six days, all of it.", "全发芽了，而我连仙人掌都养死过。|六天就全出来了。"),
            ("A third of it came up, the rest is still thinking.|Mould before the first leaf.", "只发了三分之一，其余还在犹豫。|还没长叶就发霉了。"),
        ),
        Feature(
            ("deep", "加深"),
            ("Deep enough for roots that mean it.|A hand deeper than the usual ones.", "够深，根系可以放心长。|比一般的深一掌。"),
            ("Even carrots have room.|The roots have space, and the plants show it.", "连胡萝卜都长得开。|根有地方长，植物长势明显好。"),
            ("It takes twice the soil and shows half the plants.|Not as deep as the drawing says.", "费一倍的土，长一半的苗。|没有图上标的那么深。"),
        ),
        Feature(
            ("solar-powered", "太阳能"),
            ("It loads by day and shines from dusk on.|Six hours of sun give eight hours of light.", "白天充电，天黑自动亮。|晒六小时，亮八小时。"),
            ("On at dusk and still on at midnight.|No cable, no battery, and it simply works.", "天一黑就亮，半夜还亮着。|不用线不用电池，就是好用。"),
            ("After a grey day it lasts half an hour.|Very dim, more idea than light.", "阴天之后只能亮半小时。|太暗了，意思意思而已。"),
        ),
    ),
    kinds=(
        Kind(
            ("watering can", "洒水壶"), ("beds, pots and the thirsty hydrangea", "浇灌花坛和盆栽"), (16, 59),
            "gardening:1 balcony:.7", "rust-free well-balanced drip-free", ("zinc-coated steel|recycled plastic", "镀锌钢|再生塑料"), Measure(("holds {n} litres", "容量{n}升"), 2, 12, 1),
            "l 6 42,62 18,34 c;p 10,32 22,24 26,32 14,40 d;b 38,38 74,78 5 c;a 5 56,28 90,68 270 450 d;a 4 42,22 70,56 180 360 d;b 38,36 74,42 2 d",
        ),
        Kind(
            ("pruner", "修枝剪"), ("roses, fruit trees and unruly hedges", "修剪玫瑰和果树"), (19, 69),
            "gardening:1", "sharp well-balanced rust-free", ("carbon steel|drop-forged steel", "碳钢|锻钢"), Measure(("cuts branches up to {n} mm", "可剪{n}毫米粗的枝"), 16, 28, 2),
            "p 46,48 36,16 46,14 56,46 d;p 54,48 68,20 62,14 48,40 l;l 9 48,52 34,82 c;l 9 54,52 68,82 c;o 45,43 57,55 d",
        ),
        Kind(
            ("planter", "花盆"), ("herbs by the kitchen door", "门口的香草"), (15, 89),
            "balcony:1 gardening:.7", "frost-proof self-watering deep", ("terracotta|fibre clay|recycled plastic", "陶土|纤维陶|再生塑料"), Measure(("measures {n} cm across", "直径{n}厘米"), 18, 50, 2),
            "p 48,50 28,34 30,18 46,28 d;p 52,50 72,34 70,16 54,28 d;p 46,50 44,24 50,12 56,24 54,50 l;p 28,52 72,52 66,84 34,84 c;b 24,48 76,56 2 d",
        ),
        Kind(
            ("hand trowel", "园艺手铲"), ("bulbs in autumn and weeds all year", "种球根和除草"), (9, 35),
            "gardening:1 balcony:.4", "sharp well-balanced rust-free", ("ash wood and steel|forged steel", "白蜡木与钢|锻钢"), Measure(("is {n} cm long", "全长{n}厘米"), 24, 36, 1),
            "b 43,12 57,40 6 c;b 47,38 53,54 1 d;p 36,52 64,52 62,70 50,88 38,70 d;l 2 50,58 50,78 l",
        ),
        Kind(
            ("seed set", "种子套装"), ("a first harvest on the sill", "窗台上的第一次收成"), (8, 29),
            "balcony:1 gardening:.8 family:.3", "bee-friendly easy-to-grow", ("open-pollinated seed|organic seed", "开放授粉种子|有机种子"), Measure(("holds {n} varieties", "含{n}个品种"), 4, 12, 1),
            "b 28,18 72,82 3 c;p 28,18 72,18 72,30 28,30 d;o 36,38 64,66 w;l 3 50,64 50,50 d;p 50,52 38,46 40,40 50,46 d;p 50,50 62,44 60,38 50,44 d;b 36,70 64,74 1 l",
            ("wildflowers|kitchen herbs|heirloom tomatoes|salad leaves|sunflowers|chillies|cornflowers|night-scented flowers", "野花|厨房香草|老品种番茄|沙拉叶菜|向日葵|辣椒|矢车菊|夜香花"),
            consumable=True,
        ),
        Kind(
            ("garden lantern", "庭院灯"), ("long evenings on the terrace", "露台夜晚"), (19, 79),
            "balcony:.9 gardening:.4 reading:.3 camping:.2", "solar-powered rust-free easy-to-assemble", ("powder-coated steel|bamboo and glass", "喷粉钢|竹与玻璃"), Measure(("stands {n} cm tall", "高{n}厘米"), 18, 60, 2),
            "a 3 40,8 60,28 180 360 d;p 50,16 70,32 30,32 c;b 32,32 68,76 2 d;b 37,36 63,72 2 l;p 50,44 56,58 50,66 44,58 w;b 28,76 72,84 2 c",
        ),
        Kind(
            ("raised bed", "种植箱"), ("vegetables without a bent back", "不弯腰种菜"), (59, 219),
            "gardening:1 family:.2", "easy-to-assemble frost-proof deep", ("larch wood|corrugated steel", "落叶松木|波纹钢"), Measure(("is {n} cm long", "长{n}厘米"), 80, 180, 10),
            "p 34,46 22,30 30,24 38,44 d;p 50,46 48,22 56,22 54,46 l;p 66,46 70,26 80,30 70,46 d;b 14,46 86,78 2 c;l 1.6 14,57 86,57 d;l 1.6 14,68 86,68 d;b 18,44 24,86 1 d;b 76,44 82,86 1 d",
        ),
    ),
    closers=("Comes with a sowing calendar.|Guaranteed through five winters.|Our gardener answers questions by post.|Packed in cardboard that rots in the compost.|Replacement parts cost less than a coffee.", "附赠播种日历。|保用五个冬天。|有问题可写信问本店园丁。|纸板包装可直接堆肥。|替换零件比一杯咖啡还便宜。"),
)

HOME = Department(
    name=("Home", "家居"),
    makers=("Lindgrove|Hearth & Hem|Nordlys|Maison Bleu|Quietly", "林园|炉边|北光|蓝屋|静物"),
    plate="b 5,5 95,95 24 w",
    features=(
        Feature(
            ("soft", "柔软"),
            ("Washed before it leaves the mill, so it is soft from the first day.|The kind of soft that you notice through a sleeve.", "出厂前已预洗，第一天就柔软。|隔着袖子都能感觉到的柔软。"),
            ("So soft that the cat claimed it within the hour.|Softer than it looks in the picture.", "太软了，不到一小时就被猫占了。|比图片上看着还软。"),
            ("Scratchy, even after two washes.|It sheds on everything I own.", "洗了两次还是扎。|掉毛掉得到处都是。"),
        ),
        Feature(
            ("washable", "可水洗"),
            ("Machine-washable at 40 degrees, cover and all.|Spilt wine comes out with cold water.", "可40度机洗。|洒了红酒，冷水一冲就掉。"),
            ("Red wine, washed once, gone.|It came out of the machine as it went in.", "洒了红酒，洗一次就没了。|机洗之后和原来一样。"),
            ("It shrank in the first wash.|The colour ran at 30 degrees.", "第一次洗就缩水。|三十度水洗就掉色。"),
        ),
        Feature(
            ("dimmable", "可调光"),
            ("From reading light to candle light with one turn.|Touch it once, and the room goes quiet.", "一旋，从阅读光变成烛光。|轻触一下，房间就安静下来。"),
            ("Dimmed all the way down it is the best light in the house.|Bright for reading, low for everything else.", "调到最暗，是家里最舒服的光。|看书够亮，其他时候够柔。"),
            ("It flickers when dimmed.|Two settings: too bright and too dark.", "调暗就闪。|只有两档：太亮和太暗。"),
        ),
        Feature(
            ("silent", "静音"),
            ("No tick, no hum, even at night.|You hear nothing, which is the point.", "夜里也没有滴答声和嗡嗡声。|什么都听不到，这正是它的好处。"),
            ("Finally something in the bedroom that makes no sound.|I held my ear to it: nothing.", "卧室里终于有个不出声的了。|贴着耳朵听，真没声音。"),
            ("It ticks, and loudly.|It hums just enough to keep me awake.", "说静音，其实响得很。|嗡嗡声刚好让人睡不着。"),
        ),
        Feature(
            ("handmade", "手工"),
            ("No two are quite alike.|Each one takes most of a day to make.", "每一件都略有不同。|每一件都要做上大半天。"),
            ("You can see that a person made it, and made it well.|Small irregularities that make it better.", "看得出是人手做的，而且做得好。|小小的不规则反而更好看。"),
            ("Handmade or not, it is crooked.|No two edges are level.", "手工归手工，这也太歪了。|没有两条边是齐的。"),
        ),
        Feature(
            ("sturdy", "结实"),
            ("Built without shortcuts, so that nothing works loose.|It carries more than it has to.", "不偷工减料，不会松动。|承重绰绰有余。"),
            ("It has survived two moves and a toddler.|Solid, no wobble, no creak.", "搬了两次家，还有个学步的娃，照样结实。|稳当，不晃不响。"),
            ("It wobbles on a flat floor.|One part came loose in the first month.", "放在平地上都晃。|头一个月就有一处松了。"),
        ),
        Feature(
            ("space-saving", "省空间"),
            ("It folds flat behind a door.|Stack three on the floor space of one.", "折起来能塞在门后。|三个叠起来只占一个的地方。"),
            ("Our flat has 38 square metres, and it still fits.|It tidied the hall in one afternoon.", "我家才三十八平，也放得下。|一个下午，门厅就整齐了。"),
            ("Bulkier than the measures suggest.|Folded, it is hardly smaller.", "实物比尺寸看着占地方。|折起来也没小多少。"),
        ),
        Feature(
            ("long-lasting", "经久耐用"),
            ("The colour holds in full sun.|Made to be handed on.", "大太阳下也不褪色。|可以用很多年。"),
            ("Three years old and still as on the first day.|It outlived the sofa.", "用了三年，还和新的一样。|沙发都换了，它还在。"),
            ("It looked tired after one winter.|The colour faded by the window within weeks.", "一个冬天就旧了。|放窗边几周就褪色。"),
        ),
    ),
    kinds=(
        Kind(
            ("table lamp", "台灯"), ("the corner where you read", "阅读角"), (39, 149),
            "reading:1 desk:.6 style:.2", "dimmable sturdy handmade", ("brass and linen|oak and paper|ceramic", "黄铜与亚麻|橡木与纸|陶瓷"), Measure(("stands {n} cm tall", "高{n}厘米"), 28, 56, 2),
            "p 36,18 64,18 76,48 24,48 c;b 47,48 53,74 0 d;b 34,74 66,82 4 d;p 38,22 44,22 36,44 29,44 l",
        ),
        Kind(
            ("throw blanket", "盖毯"), ("the sofa in November", "十一月的沙发"), (35, 139),
            "reading:1 wellbeing:.4 family:.2", "soft washable handmade long-lasting", ("lambswool|organic cotton|recycled wool", "羊羔毛|有机棉|再生羊毛"), Measure(("is {n} cm long", "长{n}厘米"), 150, 200, 10),
            "b 24,24 76,44 6 l;b 24,36 76,58 6 c;b 24,52 76,74 6 c;l 2 26,74 26,82 d;l 2 36,74 36,82 d;l 2 46,74 46,82 d;l 2 56,74 56,82 d;l 2 66,74 66,82 d;l 2 74,74 74,82 d",
        ),
        Kind(
            ("cushion", "抱枕"), ("sofas, benches and floors", "窝在沙发和飘窗"), (18, 69),
            "reading:.8 style:.5 family:.2", "soft washable handmade long-lasting", ("linen|velvet|boiled wool", "亚麻|天鹅绒|煮羊毛"), Measure(("measures {n} cm square", "边长{n}厘米"), 40, 60, 5),
            "p 20,22 50,27 80,22 75,50 80,80 50,75 20,80 25,50 c;o 47,47 53,53 d",
        ),
        Kind(
            ("rug", "地毯"), ("bare feet in the morning", "清晨光脚下床"), (69, 299),
            "reading:.6 style:.5 family:.3", "soft handmade washable long-lasting", ("New Zealand wool|jute|cotton", "新西兰羊毛|黄麻|棉"), Measure(("is {n} cm long", "长{n}厘米"), 120, 240, 20),
            "b 16,32 84,72 2 c;b 22,38 78,66 1 l;b 27,43 73,61 1 c;l 2 18,30 18,26 d;l 2 34,30 34,26 d;l 2 50,30 50,26 d;l 2 66,30 66,26 d;l 2 82,30 82,26 d;l 2 18,74 18,78 d;l 2 34,74 34,78 d;l 2 50,74 50,78 d;l 2 66,74 66,78 d;l 2 82,74 82,78 d",
        ),
        Kind(
            ("reading chair", "阅读椅"), ("one more chapter", "再看一章书"), (149, 499),
            "reading:1 desk:.3", "sturdy handmade soft space-saving", ("oak and wool|beech and linen", "橡木与羊毛|榉木与亚麻"), Measure(("has its seat at {n} cm", "坐高{n}厘米"), 38, 46, 1),
            "b 30,18 70,58 10 c;b 20,44 34,72 6 d;b 66,44 80,72 6 d;b 30,52 70,70 5 l;b 26,72 31,86 1 d;b 69,72 74,86 1 d",
        ),
        Kind(
            ("storage basket", "收纳篮"), ("toys, blankets and lost gloves", "收纳玩具和毯子"), (15, 65),
            "family:.9 crafts:.5 reading:.2", "handmade space-saving sturdy long-lasting", ("seagrass|willow|felt", "海草|柳条|毛毡"), Measure(("holds {n} litres", "容量{n}升"), 10, 45, 5),
            "a 4 34,18 66,58 180 360 d;p 20,40 80,40 72,80 28,80 c;b 17,36 83,44 3 d;l 1.6 24,54 76,54 d;l 1.6 26,67 74,67 d",
        ),
        Kind(
            ("wall clock", "挂钟"), ("kitchens, halls and being on time", "点缀厨房和门厅"), (25, 99),
            "style:.6 desk:.5 reading:.3", "silent handmade long-lasting", ("birch plywood|brushed steel", "桦木板|拉丝钢"), Measure(("measures {n} cm across", "直径{n}厘米"), 22, 40, 2),
            "o 18,18 82,82 c;o 26,26 74,74 w;l 4 50,50 50,33 d;l 4 50,50 62,58 d;o 46,46 54,54 d;b 49,27 51,31 0 d;b 49,69 51,73 0 d;b 27,49 31,51 0 d;b 69,49 73,51 0 d",
        ),
    ),
    closers=("Delivered to the room of your choice.|Covers and parts can be had one by one.|Comes in a linen bag.|Guaranteed for five years.|Woven and sewn within a day's drive of our store.", "送货入户。|面料和配件可单独购买。|附亚麻收纳袋。|质保五年。|产地离门店不到一天车程。"),
)

CLOTHING = Department(
    name=("Clothing", "服饰"),
    makers=("Alder & Ash|Plainfold|Saltmarsh|Merrow|Halden", "桤与梣|素折|盐沼|梅罗|哈尔登"),
    plate="p 50,2 98,50 50,98 2,50 w;b 16,16 84,84 22 w",
    features=(
        Feature(
            ("soft", "柔软"),
            ("Brushed on the inside, smooth on the outside.|Soft against the neck, where it counts.", "内里拉绒，外面平滑。|贴着脖子也柔软。"),
            ("I have not taken it off since Tuesday.|Soft on the skin, no scratching at the collar.", "从星期二起就没脱下来过。|贴身柔软，领口不扎。"),
            ("The seams scratch, above all at the neck.|It went stiff in the wash.", "缝线扎人，尤其是领口。|洗完就变硬了。"),
        ),
        Feature(
            ("breathable", "透气"),
            ("An open weave lets the air through.|It stays dry when you do not.", "织法疏松，透气性好。|出汗了它也是干的。"),
            ("Thirty degrees in town and no damp back.|It breathes well, even uphill.", "三十度的天，背上也不湿。|爬坡时也很透气。"),
            ("It clings as soon as it gets warm.|I sweat in it like in a plastic bag.", "一热就粘在身上。|穿着像套了塑料袋，全是汗。"),
        ),
        Feature(
            ("warm", "保暖"),
            ("Thick enough for December, soft enough for the sofa.|Warm without the bulk.", "够厚，十二月能穿；够软，窝沙发也行。|保暖却不臃肿。"),
            ("Warm enough to leave the coat at home.|The wind does not come through.", "暖到可以不穿外套。|一点不透风。"),
            ("The wind goes straight through.|Thinner than it looks, I was cold.", "风一吹就透。|看着厚，其实薄，冷。"),
        ),
        Feature(
            ("quick-drying", "速干"),
            ("Washed at night, dry by breakfast.|It sheds sweat and dries on the way home.", "晚上洗，早上就干。|出汗很快就干。"),
            ("Washed in the sink at ten, dry at six.|Dry before I had finished stretching.", "晚上十点手洗，早上六点就干了。|拉伸还没做完就干了。"),
            ("Still damp the next morning.|Quick-drying, but it smells after one run.", "第二天早上还是潮的。|干得快，可跑一次就有味。"),
        ),
        Feature(
            ("well-cut", "剪裁合身"),
            ("Cut a little longer at the back.|We fitted it on forty people before we were content.", "后摆略长。|试穿了四十个人才定版。"),
            ("Fits as if made for me, true to size.|Long enough in the arms, for once.", "像量身定做，尺码准。|袖子终于够长了。"),
            ("Runs a full size small.|Short in the body and wide in the arms.", "偏小整整一码。|衣身短，袖子又肥。"),
        ),
        Feature(
            ("colourfast", "不褪色"),
            ("Dyed in the yarn, so it keeps its colour.|Fifty washes and still the same shade.", "先染后织，颜色持久。|洗五十次还是原来的颜色。"),
            ("Twenty washes, same colour.|The colour is exactly the one in the picture.", "洗了二十次，颜色没变。|颜色和图片一模一样。"),
            ("It dyed my whole wash.|After three washes it is another colour.", "把一缸衣服都染了。|洗三次就变色了。"),
        ),
        Feature(
            ("organic", "有机"),
            ("Grown without sprays and spun nearby.|Certified from field to seam.", "原料不打农药，就近纺纱。|从田间到成衣全程认证。"),
            ("Organic, and still at a fair price.|No smell of chemicals when unpacked.", "有机的，价格还公道。|拆开没有化学味。"),
            ("Organic or not, it has holes after a month.|It pills under the arms.", "有机归有机，一个月就破洞。|腋下起球。"),
        ),
        Feature(
            ("roomy", "能装"),
            ("Space for a laptop, a loaf and a leek.|Wide at the bottom, with a pocket for keys inside.", "电脑、面包、大葱都放得下。|底宽，内袋放钥匙。"),
            ("The inner pocket is a dream.|It takes the whole market shopping.", "内袋太好用了。|去趟菜场的东西全装下了。"),
            ("The straps are too short for the shoulder.|It loses its shape as soon as there is something in it.", "带子太短，背不上肩。|一装东西就变形。"),
        ),
    ),
    kinds=(
        Kind(
            ("linen shirt", "亚麻衬衫"), ("warm days in town", "夏日出行"), (39, 99),
            "style:1", "breathable soft well-cut colourfast organic", ("European linen|linen and cotton", "欧洲亚麻|棉麻"), Measure(("is {n} cm long in size M", "M码衣长{n}厘米"), 68, 78, 1),
            "p 36,22 64,22 84,36 76,52 68,46 68,80 32,80 32,46 24,52 16,36 c;p 38,20 50,34 62,20 56,18 44,18 d;l 1.4 50,34 50,80 d;o 48,42 52,46 l;o 48,54 52,58 l;o 48,66 52,70 l",
        ),
        Kind(
            ("knitted jumper", "针织衫"), ("cold offices and colder walks", "冷天穿着"), (49, 149),
            "style:.9 reading:.4 hiking:.2", "warm soft well-cut colourfast", ("merino wool|lambswool|recycled cashmere", "美利奴羊毛|羊羔毛|再生羊绒"), Measure(("weighs {n} g", "重约{n}克"), 280, 620, 20),
            "p 36,22 64,22 80,34 86,70 74,74 68,48 68,78 32,78 32,48 26,74 14,70 20,34 c;o 39,15 61,29 d;b 32,74 68,81 1 d;p 13,68 26,72 25,78 12,74 d;p 87,68 74,72 75,78 88,74 d",
        ),
        Kind(
            ("running shirt", "跑步衫"), ("ten kilometres before breakfast", "晨跑十公里"), (25, 65),
            "running:1 cycling:.5 wellbeing:.2", "quick-drying breathable well-cut soft", ("recycled polyester|merino blend", "再生聚酯|美利奴混纺"), Measure(("weighs {n} g", "重约{n}克"), 90, 160, 5),
            "p 36,22 42,28 58,28 64,22 82,34 76,48 68,44 68,78 32,78 32,44 24,48 18,34 c;p 60,44 68,44 68,78 58,78 d;p 32,52 56,40 56,45 32,57 l",
        ),
        Kind(
            ("beanie", "毛线帽"), ("windy platforms and frosty runs", "寒风里的通勤"), (15, 45),
            "style:.6 running:.6 hiking:.5", "warm soft quick-drying colourfast", ("merino wool|organic cotton", "美利奴羊毛|有机棉"), Measure(("weighs {n} g", "重约{n}克"), 45, 110, 5),
            "o 42,12 58,28 d;p 26,62 28,40 38,26 62,26 72,40 74,62 c;b 22,58 78,76 6 d;l 2 34,61 34,73 l;l 2 45,61 45,73 l;l 2 55,61 55,73 l;l 2 66,61 66,73 l",
        ),
        Kind(
            ("tote bag", "托特包"), ("markets, libraries and the office", "买菜借书上班"), (15, 69),
            "style:.9 reading:.3 crafts:.2", "roomy organic colourfast", ("heavy canvas|organic cotton", "厚帆布|有机棉"), Measure(("holds {n} litres", "容量{n}升"), 10, 24, 2),
            "a 4 34,14 66,62 180 360 d;p 22,40 78,40 74,82 26,82 c;b 22,40 78,46 0 d;b 42,56 58,70 2 l",
        ),
        Kind(
            ("scarf", "围巾"), ("the months with an R in them", "秋冬春三季"), (19, 89),
            "style:1 reading:.2", "soft warm colourfast", ("lambswool|silk and cotton", "羊羔毛|丝棉"), Measure(("is {n} cm long", "长{n}厘米"), 160, 210, 10),
            "p 30,20 70,20 74,36 60,46 40,46 26,36 c;p 52,42 66,40 74,76 58,80 c;p 34,42 50,44 48,72 34,70 d;l 2 60,80 59,86 d;l 2 66,79 66,85 d;l 2 72,77 73,83 d;p 36,24 64,24 62,32 38,32 l",
        ),
        Kind(
            ("hooded sweatshirt", "连帽卫衣"), ("evenings when the sun has gone", "傍晚散步"), (39, 99),
            "style:.7 desk:.5 running:.3", "soft warm organic well-cut", ("brushed cotton|organic cotton", "拉绒棉|有机棉"), Measure(("weighs {n} g", "重约{n}克"), 420, 720, 20),
            "p 32,30 68,30 82,38 86,72 74,74 68,50 68,80 32,80 32,50 26,74 14,72 18,38 c;p 34,34 38,18 50,14 62,18 66,34 50,44 d;o 41,20 59,38 l;l 1.6 46,38 46,52 l;l 1.6 54,38 54,52 l;p 38,60 62,60 66,74 34,74 d",
        ),
    ),
    closers=(
        "Sewn in Portugal, in a mill that we visit.|Buttons and patches come with it.|Returns are free for sixty days.|We mend it for as long as you wear it.|Comes folded in tissue paper, without hanger or bag.",
        "葡萄牙缝制，工厂我们常去。|附备用扣和补丁。|六十天免费退货。|只要还在穿，我们就管修补。|棉纸折叠包装，不带衣架和塑料袋。",
    ),
)

SOUND = Department(
    name=("Sound & desk", "数码"),
    makers=("Tonhall|Kilo|Relay|Oktav|Fernwave", "音堂|千号|中继|八度|远波"),
    plate="b 5,5 95,95 6 w",
    features=(
        Feature(
            ("clear-sounding", "音质清晰"),
            ("Voices stay clear, even at low volume.|Tuned by ear, in a living room and not in a laboratory.", "小音量下人声依然清楚。|在客厅里用耳朵调出来的声音。"),
            ("I hear instruments that I had never noticed.|Voices are clear, and the bass does not boom.", "听到了以前从没注意到的乐器。|人声清楚，低音不轰头。"),
            ("It sounds like a tin can.|The bass swallows every voice.", "声音像铁罐头。|低音把人声全盖住了。"),
        ),
        Feature(
            ("long-running", "续航持久"),
            ("A charge lasts for days, not for hours.|It runs through a working week.", "充一次电能用好几天。|一个工作周不用充电。"),
            ("I charge it on Sundays, and that is that.|Used daily, it lasted nine days.", "每周日充一次就够。|天天用，撑了九天。"),
            ("Empty by the afternoon.|The battery lasts half of what is printed on the box.", "一到下午就没电。|续航只有盒子上写的一半。"),
        ),
        Feature(
            ("fast-charging", "快充"),
            ("Ten minutes on the cable give three hours.|Full before the coffee is finished.", "充十分钟用三小时。|一杯咖啡的工夫就充满。"),
            ("Ten minutes at breakfast are enough for the day.|Full in under an hour, I took the time.", "早餐时充十分钟就够一天。|不到一小时充满，我掐过表。"),
            ("Fast it is not: four hours until full.|It gets alarmingly hot while charging.", "一点不快，四个小时才充满。|充电时烫得吓人。"),
        ),
        Feature(
            ("comfortable", "舒适"),
            ("Shaped for long days: nothing presses.|We had it in use for eight hours at a time.", "久用不累，没有压迫感。|我们连续用了八小时来测试。"),
            ("After six hours I had forgotten about it.|Comfortable from the first minute, and I am picky.", "用了六小时都忘了它的存在。|我很挑，但它一上手就舒服。"),
            ("It presses after half an hour.|My hands hurt by the evening.", "半小时就觉得压。|到晚上手就疼。"),
        ),
        Feature(
            ("quiet", "安静"),
            ("You can use it beside someone asleep.|Damped inside, it makes no clatter.", "旁边有人睡觉也能用。|内部有消音垫，不吵。"),
            ("My desk neighbour has stopped sighing.|Quiet enough for the night train.", "邻座同事终于不叹气了。|安静到夜车上也能用。"),
            ("It whines as soon as it is plugged in.|Louder than the old one, by far.", "一插电就有电流声。|比旧的吵多了。"),
        ),
        Feature(
            ("sturdy", "结实"),
            ("A fall from the table does it no harm.|Metal where others have plastic.", "从桌上掉下来也没事。|别家用塑料的地方，我们用金属。"),
            ("Dropped twice on tiles, and it works.|It feels solid, nothing rattles.", "在瓷砖上摔了两次，照样好用。|做工扎实，没有异响。"),
            ("One fall, and the case was cracked.|The plastic creaks at every touch.", "摔一次壳就裂了。|塑料一碰就响。"),
        ),
        Feature(
            ("easy-to-pair", "连接方便"),
            ("Open it, and it is connected.|It remembers three devices and changes between them.", "开机即连。|能记住三台设备，自由切换。"),
            ("Connected at once, even with my old phone.|My mother set it up on her own.", "秒连，连我的旧手机都行。|我妈自己就弄好了。"),
            ("It loses the connection every few minutes.|Pairing took me an evening.", "隔几分钟就断连。|配对花了我一晚上。"),
        ),
        Feature(
            ("repairable", "可维修"),
            ("Four screws, and the battery is out.|Every part has a number and a price.", "拧四颗螺丝就能换电池。|每个零件都有编号和价格。"),
            ("I changed the battery myself in five minutes.|They sent me a single part for two euros.", "自己换电池，五分钟搞定。|只换一个小零件，才两欧元。"),
            ("Repairable on paper: the part has been out of stock for months.|One screw is glued in.", "说能修，零件缺货几个月了。|有颗螺丝是胶死的。"),
        ),
    ),
    kinds=(
        Kind(
            ("Bluetooth speaker", "蓝牙音箱"), ("kitchens, parks and borrowed rooms", "厨房和公园"), (35, 179),
            "music:1 camping:.3", "clear-sounding long-running fast-charging sturdy easy-to-pair repairable", ("aluminium and wool|recycled plastic", "铝与羊毛|再生塑料"), Measure(("weighs {n} g", "重约{n}克"), 320, 980, 20),
            "b 30,14 70,84 12 c;o 35,42 65,72 d;o 42,49 58,65 l;o 43,22 57,36 d;b 44,77 56,80 1 l",
        ),
        Kind(
            ("record player", "黑胶唱机"), ("the B-side", "听完B面"), (119, 399),
            "music:1 reading:.2", "clear-sounding quiet sturdy repairable easy-to-pair", ("walnut|birch plywood|aluminium", "胡桃木|桦木板|铝"), Measure(("weighs {n} kg", "重约{n}千克"), 3, 8, 1),
            "b 14,22 86,80 5 c;o 20,26 70,76 d;o 27,33 63,69 c;o 30,36 60,66 d;o 38,44 52,58 l;l 3 78,30 78,54 64,62 l;o 74,26 82,34 l",
        ),
        Kind(
            ("wireless headset", "无线耳机"), ("calls, trains and Tuesday mornings", "通勤和会议"), (49, 249),
            "music:.9 desk:.7 running:.2", "clear-sounding long-running fast-charging comfortable easy-to-pair repairable", ("aluminium|recycled plastic", "铝合金|再生塑料"), Measure(("weighs {n} g", "重约{n}克"), 160, 310, 10),
            "a 7 22,18 78,78 180 360 d;b 16,46 36,80 8 c;b 64,46 84,80 8 c;b 32,50 38,76 3 d;b 62,50 68,76 3 d",
        ),
        Kind(
            ("mechanical keyboard", "机械键盘"), ("long letters and long nights", "写作和码字"), (59, 199),
            "desk:1 music:.1", "quiet comfortable sturdy easy-to-pair long-running repairable", ("aluminium|beech and aluminium", "铝合金|榉木与铝"), Measure(("weighs {n} g", "重约{n}克"), 620, 1280, 20),
            "b 10,32 90,70 6 c;b 16,38 24,45 1 l;b 27,38 35,45 1 l;b 38,38 46,45 1 l;b 49,38 57,45 1 l;b 60,38 68,45 1 l;b 71,38 84,45 1 d;b 16,48 28,55 1 d;b 31,48 39,55 1 l;b 42,48 50,55 1 l;b 53,48 61,55 1 l;b 64,48 72,55 1 l;b 75,48 84,55 1 l;b 16,58 24,65 1 l;b 28,58 70,65 1 l;b 74,58 84,65 1 d",
        ),
        Kind(
            ("digital radio", "数字收音机"), ("breakfast with the news", "早餐听新闻"), (49, 189),
            "music:.7 cooking:.3 reading:.3", "clear-sounding long-running sturdy repairable", ("cherry wood|powder-coated steel", "樱桃木|喷粉钢"), Measure(("stores {n} stations", "可存{n}个电台"), 20, 60, 10),
            "l 3 66,34 80,12 d;a 3 26,18 62,50 180 360 d;b 14,34 86,78 6 c;o 20,42 50,72 d;o 27,49 43,65 l;b 56,42 80,54 2 w;o 56,60 66,70 l;o 70,60 80,70 l",
        ),
        Kind(
            ("power bank", "移动电源"), ("festivals, trains and dead phones", "出门在外"), (19, 79),
            "desk:.6 camping:.5 cycling:.3 hiking:.2", "fast-charging long-running sturdy repairable", ("aluminium|recycled plastic", "铝合金|再生塑料"), Measure(("holds {n} mAh", "容量{n}毫安时"), 5000, 20000, 1000),
            "b 32,14 68,86 8 c;b 42,14 58,20 1 d;p 54,30 42,54 49,54 46,72 58,46 51,46 l;o 38,76 41,79 d;o 44,76 47,79 d;o 50,76 53,79 d",
        ),
        Kind(
            ("game controller", "游戏手柄"), ("one more round", "再来一局"), (29, 89),
            "desk:.9 family:.5 music:.2", "comfortable long-running fast-charging easy-to-pair sturdy repairable", ("recycled plastic|soft-touch plastic", "再生塑料|亲肤塑料"), Measure(("weighs {n} g", "重约{n}克"), 190, 290, 10),
            "p 26,34 74,34 86,46 90,72 80,78 66,62 34,62 20,78 10,72 14,46 c;b 25,45 39,50 1 d;b 29,41 35,54 1 d;o 66,38 72,44 l;o 66,51 72,57 l;o 60,44 66,50 l;o 73,44 79,50 l;b 44,40 56,44 2 d",
        ),
    ),
    closers=("Comes with a braided cable, one metre long.|Updates are promised for eight years.|Guaranteed for three years.|No account, no app needed.|The manual has four pages, all of them useful.", "附一米编织线。|承诺八年更新。|质保三年。|不用注册，不用下载应用。|说明书四页，页页有用。"),
)

PLAY = Department(
    name=("Play & crafts", "玩具手工"),
    makers=("Tumblewood|Nine Rivers|Papercrane|Little Otter|Gambit Lane", "滚木|九河|纸鹤|小水獭|棋巷"),
    plate="p 50,1 64,14 84,12 86,33 99,50 86,67 84,88 64,86 50,99 36,86 16,88 14,67 1,50 14,33 16,12 36,14 w",
    features=(
        Feature(
            ("quick-to-learn", "上手快"),
            ("The rules fit on one page.|You start within five minutes of opening the box.", "规则只有一页。|开盒五分钟就能开始。"),
            ("We were playing after five minutes.|Even grandfather understood it at once.", "五分钟就玩上了。|连外公也一看就懂。"),
            ("The instructions are a riddle of their own.|Nobody at the table knew what to do next.", "说明书本身就是个谜。|一桌人没一个知道下一步干什么。"),
        ),
        Feature(
            ("replayable", "百玩不厌"),
            ("No two rounds run the same way.|It grows with those who play it.", "每次玩都不一样。|孩子长大了也还能玩。"),
            ("Twelve evenings so far, and nobody is bored.|The children ask for it every weekend.", "已经玩了十二个晚上，没人腻。|孩子每个周末都要玩。"),
            ("Nice once, then it stays on the shelf.|After two evenings we had seen it all.", "新鲜一次就吃灰了。|两个晚上就没什么可玩的了。"),
        ),
        Feature(
            ("well-made", "做工精细"),
            ("Every edge is sanded and every part fits.|It is made to survive younger siblings.", "每条边都打磨过，严丝合缝。|经得起弟弟妹妹折腾。"),
            ("Every piece fits, nothing splinters.|It has survived two toddlers and a dog.", "每块都严丝合缝，没有毛刺。|两个娃加一条狗都没弄坏。"),
            ("Three pieces were missing.|One part was broken in the box.", "少了三块。|拆开就有一块是坏的。"),
        ),
        Feature(
            ("soft", "柔软"),
            ("Soft enough to fall asleep on.|Stuffed by hand, not too firmly.", "软得可以枕着睡。|手工填充，软硬刚好。"),
            ("It has to come along everywhere now.|The softest one in a bed full of them.", "现在走到哪都要带着。|床上一堆里它最软。"),
            ("Harder than expected, more brick than pillow.|The fur came off in tufts.", "比想的硬，像块砖头。|毛一撮一撮地掉。"),
        ),
        Feature(
            ("washable", "可水洗"),
            ("It survives the washing machine, and often has to.|Spots come off with a damp cloth.", "可机洗，毕竟常常要洗。|湿布一擦就干净。"),
            ("Washed four times, still in one piece.|Chocolate came off without a trace.", "洗了四次，完好无损。|巧克力渍一擦就没了。"),
            ("It came out of the wash as a lump.|The colours ran into each other.", "洗完成了一团。|颜色全串了。"),
        ),
        Feature(
            ("vivid", "色彩鲜明"),
            ("The colours are strong and stay so.|Printed with inks that do not fade.", "颜色浓郁，久不褪色。|油墨印刷，不易褪色。"),
            ("The colours glow, photographs do not do them justice.|Rich colours, and they do not fade in the window.", "颜色真亮，照片拍不出来。|颜色饱满，放窗边也不褪。"),
            ("The colours are dull, quite unlike the picture.|Pale and a bit lifeless.", "颜色发灰，跟图片差太多。|颜色太淡，没精神。"),
        ),
        Feature(
            ("beginner-friendly", "新手友好"),
            ("Drawings explain each step, one at a time.|No experience is needed, only an evening.", "图解一步一步，清清楚楚。|不需要基础，有一个晚上就行。"),
            ("My first try, and it looks like something.|Each step is explained well, with drawings.", "第一次做就有模有样。|每一步都有图，讲得清楚。"),
            ("Step four to step five is a leap.|For beginners? I gave up halfway.", "第四步到第五步跳得太快。|说适合新手，我做一半就放弃了。"),
        ),
        Feature(
            ("cuddly", "好抱"),
            ("Made to be held at three in the morning.|Long arms, so that it holds back.", "凌晨三点也抱得住的朋友。|长长的手臂，会抱回来。"),
            ("Held every night since it came.|My daughter does not let go of it.", "到家后每晚都抱着睡。|女儿抱着就不撒手。"),
            ("Too big to hold, too small to sit on.|It looks sweet but has hard eyes and a hard nose.", "抱着嫌大，坐着嫌小。|看着可爱，眼睛鼻子却硌人。"),
        ),
        Feature(
            ("bleed-proof", "不洇墨"),
            ("Ink stays where the nib was.|The paper takes a wet brush without complaint.", "墨水落在哪就在哪。|纸厚，湿笔也不起皱。"),
            ("No ghosting, even with a fountain pen.|Takes watercolour without buckling.", "用钢笔也不透。|画水彩也不皱。"),
            ("Ink bleeds through to the third page.|The paper buckles with the first wash.", "墨水透到第三页。|一上水就皱。"),
        ),
        Feature(
            ("flat-opening", "可平摊"),
            ("Thread-bound, it lies open on any page.|No more holding the page with your elbow.", "线装，任何一页都能摊平。|不用再拿胳膊肘压着纸。"),
            ("It lies flat from the first page to the last.|Finally one that I can scan.", "从第一页到最后一页都能摊平。|终于有一本能扫描的了。"),
            ("It snaps shut like a mousetrap.|The spine broke when I pressed it flat.", "一松手就合上，像捕鼠夹。|一压平书脊就断了。"),
        ),
        Feature(
            ("plastic-free", "无塑"),
            ("Wood, paper and cotton: nothing else is in the box.|The whole box can go into the paper bin one day.", "盒子里只有木、纸和棉。|整盒将来都能当废纸回收。"),
            ("No plastic anywhere, not even in the wrapping.|Finally a present without a bag in a bag in a bag.", "没有一点塑料，连包装都没有。|终于有份礼物不是袋子套袋子了。"),
            ("No plastic, but the cardboard bends.|The paper parts tore on the first day.", "没塑料是好，可纸板会弯。|纸质部件第一天就撕坏了。"),
        ),
    ),
    kinds=(
        Kind(
            ("board game", "桌游"), ("rainy Sundays with four people", "雨天四人聚会"), (19, 65),
            "family:.9 desk:.5 reading:.3", "quick-to-learn replayable well-made plastic-free vivid", ("wood and card|recycled card", "木与卡纸|再生卡纸"), Measure(("takes {n} minutes", "一局{n}分钟"), 20, 90, 10),
            "b 16,16 70,70 3 d;b 20,20 43,43 0 c;b 43,43 66,66 0 c;b 43,20 66,43 0 l;b 20,43 43,66 0 l;b 56,56 86,86 6 c;o 62,62 67,67 w;o 75,62 80,67 w;o 68,68 74,74 w;o 62,75 67,80 w;o 75,75 80,80 w",
            ("Harbour Lights|The Beekeepers|Night Train North|Salt Road|Foxes and Lanterns|The Tide Mill|Letters from Orme|Cloud Harvest", "港湾灯火|养蜂人|北行夜车|盐路|狐狸与灯笼|潮汐磨坊|奥姆来信|云上丰收"),
        ),
        Kind(
            ("building set", "积木套装"), ("towers, bridges and loud crashes", "搭高塔建大桥"), (25, 119),
            "family:1 crafts:.2", "replayable well-made plastic-free vivid", ("beech wood|lime wood", "榉木|椴木"), Measure(("has {n} pieces", "共{n}块"), 40, 240, 10),
            "b 14,58 40,82 2 c;b 42,58 86,82 2 d;b 28,34 54,58 2 l;p 56,58 80,58 68,36 c;b 34,14 48,34 2 d;o 62,64 72,74 w",
        ),
        Kind(
            ("jigsaw puzzle", "拼图"), ("a table that nobody needs for a week", "一周的慢时光"), (12, 39),
            "family:.6 reading:.6 crafts:.4", "well-made vivid plastic-free", ("recycled card|birch plywood", "再生卡纸|桦木板"), Measure(("has {n} pieces", "共{n}片"), 200, 1500, 100),
            "b 18,30 72,84 3 c;o 36,16 54,36 c;o 62,48 84,68 c;o 36,72 54,92 w;o 8,48 28,66 w;l 1.6 26,38 64,38 l",
            ("lighthouse at dusk|map of invented islands|a market in winter|sixty moths|the night express|a library of cats|alpine flowers|old harbour", "黄昏灯塔|虚构群岛地图|冬日集市|六十只飞蛾|夜行列车|猫的图书馆|高山花卉|老港口"),
        ),
        Kind(
            ("plush animal", "毛绒玩偶"), ("small arms and big beds", "陪孩子入睡"), (15, 49),
            "family:1", "soft washable cuddly", ("organic cotton|alpaca wool", "有机棉|羊驼毛"), Measure(("is {n} cm tall", "高{n}厘米"), 18, 46, 2),
            "o 22,14 42,34 d;o 58,14 78,34 d;o 27,18 38,29 l;o 62,18 73,29 l;o 24,18 76,60 c;o 28,48 72,90 c;o 38,58 62,84 l;o 36,34 42,40 d;o 58,34 64,40 d;o 42,42 58,54 l;o 46,43 54,48 d",
            ("otter|bear|hare|mole|sleepy fox|small elephant|badger|lamb", "水獭|小熊|野兔|鼹鼠|瞌睡狐狸|小象|獾|小羊"),
        ),
        Kind(
            ("sketchbook", "速写本"), ("trains, cafés and dull meetings", "车上和咖啡馆里的速写"), (8, 32),
            "crafts:1 reading:.3 desk:.3", "bleed-proof flat-opening plastic-free", ("cotton paper and linen|recycled paper", "棉浆纸与亚麻|再生纸"), Measure(("has {n} pages", "共{n}页"), 64, 192, 16),
            "b 28,16 76,84 4 c;b 28,16 36,84 2 d;b 44,28 68,44 2 w;l 3 60,62 80,20 l;p 58,62 62,64 57,70 d",
        ),
        Kind(
            ("watercolour set", "水彩套装"), ("skies, hills and happy accidents", "户外写生"), (15, 69),
            "crafts:1 family:.3 wellbeing:.2", "vivid beginner-friendly plastic-free", ("natural pigments|gum arabic and pigments", "天然颜料|阿拉伯胶与颜料"), Measure(("holds {n} colours", "含{n}色"), 8, 36, 4),
            "b 14,36 86,78 6 d;o 20,42 34,56 c;o 36,42 50,56 l;o 52,42 66,56 w;o 68,42 82,56 c;b 20,62 80,72 3 l;l 4 24,28 74,18 c;p 74,14 86,14 76,22 d",
        ),
        Kind(
            ("embroidery kit", "刺绣套装"), ("quiet evenings with busy hands", "安静的手作夜晚"), (14, 45),
            "crafts:1 wellbeing:.3 reading:.2", "beginner-friendly vivid plastic-free", ("linen and cotton thread|organic cotton", "亚麻与棉线|有机棉"), Measure(("needs some {n} evenings", "约需{n}个晚上"), 3, 12, 1),
            "b 44,8 56,18 2 d;o 16,16 84,84 d;o 21,21 79,79 c;o 27,27 73,73 w;o 45,38 55,48 c;o 37,46 47,56 c;o 53,46 63,56 c;o 45,54 55,64 c;o 46,47 54,55 d;l 2 50,64 46,72 d",
            ("meadow|swallows|moon phases|pears and plums|hill village|foxglove|little boats|winter birds", "草地|燕子|月相|梨与李|山村|毛地黄|小船|冬日鸟儿"),
        ),
    ),
    closers=(
        "Anything lost is sent again, free of charge.|Designed with a class of eight-year-olds.|Comes in a tin that is worth keeping.|From six years on, and far beyond.|Made in small numbers, numbered by hand.",
        "丢了什么，免费补寄。|和一班八岁孩子共同设计。|铁盒包装，值得收藏。|六岁以上，大人也爱。|限量制作，手写编号。",
    ),
)

BATH = Department(
    name=("Bath & care", "洗护"),
    makers=("Oat & Iris|Stillwater|Pumice|Lavandine|Calm Harbour", "燕麦与鸢尾|静水|浮石|薰衣|静港"),
    plate="p 50,1 62,14 78,32 90,52 92,68 84,84 68,95 50,99 32,95 16,84 8,68 10,52 22,32 38,14 w",
    features=(
        Feature(
            ("gentle", "温和"),
            ("Mild enough for children and for sore knuckles.|No perfume that stings, nothing that dries you out.", "温和到孩子和皲裂的手也能用。|不刺激，不拔干。"),
            ("My skin is fussy, and it does not mind at all.|No itching, no redness, at last.", "我皮肤很挑，用它一点事没有。|不痒不红，终于找到了。"),
            ("It stung at once.|My skin was dry and red after two days.", "一用就刺痛。|用两天皮肤又干又红。"),
        ),
        Feature(
            ("non-greasy", "不油腻"),
            ("It sinks in while you look for your keys.|You can type a minute later.", "找钥匙的工夫就吸收了。|一分钟后就能打字。"),
            ("No film, no fingerprints on the phone.|It sinks in at once, as promised.", "没有油膜，手机上不留指印。|果然一抹就吸收。"),
            ("It leaves a film on everything.|Greasy: I slid off the door handle.", "摸什么都留一层油。|太油了，门把手都握不住。"),
        ),
        Feature(
            ("long-lasting", "经久耐用"),
            ("It lasts longer than you think when you see it.|Made for daily use, over a long time.", "看着小，比想的耐用。|天天用，用很久。"),
            ("Two months of daily use, and no end in sight.|It lasts and lasts.", "天天用，两个月了还早着呢。|特别耐用。"),
            ("It did not last a month.|It lasts half as long as the last one.", "一个月都没撑到。|比上一个少用一半时间。"),
        ),
        Feature(
            ("quick-drying", "速干"),
            ("Hung up in the morning, dry by noon.|A looser weave dries in half the time.", "早上挂，中午就干。|织法疏松，干得快一倍。"),
            ("Dry by noon, even in our windowless bathroom.|No more musty smell, it dries so fast.", "没窗的浴室里，中午也干了。|干得快，再没有霉味。"),
            ("It is still wet the next morning.|It smells damp however I hang it.", "第二天早上还是湿的。|怎么挂都有潮味。"),
        ),
        Feature(
            ("soft", "柔软"),
            ("Washed with stones until it gives way.|Soft on both sides, and it stays that way.", "石洗至柔软。|两面都软，一直都软。"),
            ("Like in a good hotel, only mine.|Soft, even after drying on the line.", "像好酒店里的，而且是我自己的。|晾干之后依然柔软。"),
            ("It went hard after the second wash.|Rough as a doormat.", "洗两次就硬了。|糙得像门垫。"),
        ),
        Feature(
            ("non-slip", "防滑"),
            ("It stays where you put it, on tiles and on wood.|Grips better the warmer it gets.", "瓷砖和木地板上都不移位。|越热越抓地。"),
            ("It does not move a finger's breadth on parquet.|Good grip, even with sweaty hands.", "木地板上一点不滑。|手出汗也抓得住。"),
            ("It slides on wood, which is the one thing it should not.|It crumbles where I put my feet.", "在木地板上滑，偏偏不该滑。|脚踩的地方掉渣。"),
        ),
        Feature(
            ("plastic-free", "无塑"),
            ("No plastic in it and none around it.|Made and packed without any plastic.", "里外都没有塑料。|从制作到包装，全程无塑。"),
            ("Finally something for the bathroom without plastic.|No plastic, and it arrived whole.", "浴室里终于有件无塑的东西了。|没有塑料，寄到也完好。"),
            ("The paper wrapping was soaked through on arrival.|Fine idea, but the box arrived torn.", "纸包装到手时已经浸透了。|想法不错，可盒子到手就破了。"),
        ),
        Feature(
            ("firm", "软硬适中"),
            ("Firm enough to do good, not so firm that it hurts.|It keeps its shape under a grown person.", "够硬才有用，又不至于疼。|成年人压上去也不变形。"),
            ("It hurts in the right way.|Just firm enough, and it keeps its shape.", "疼得正是地方。|硬度刚好，不变形。"),
            ("Much too hard, I have bruises.|It gave way after a month.", "太硬了，压出淤青。|一个月就塌了。"),
        ),
        Feature(
            ("fragrant", "清香"),
            ("The scent is there when you are near, and gone when you leave.|Blended from oils, not from a catalogue.", "靠近闻得到，走开就散了。|精油调制，不是香精。"),
            ("The whole hall smells of it, softly.|A scent that does not push itself forward.", "整个门厅都有淡淡的香味。|香味一点不冲。"),
            ("It smells of cleaning fluid.|The scent gave me a headache.", "像清洁剂的味道。|闻得头疼。"),
        ),
    ),
    kinds=(
        Kind(
            ("hand cream", "护手霜"), ("gardeners, nurses and cold mornings", "勤洗手的日子"), (6, 24),
            "wellbeing:1 gardening:.3", "non-greasy gentle fragrant long-lasting plastic-free", ("shea butter and beeswax|oat oil", "乳木果油与蜂蜡|燕麦油"), Measure(("holds {n} ml", "容量{n}毫升"), 40, 100, 10),
            "p 34,20 66,20 60,70 40,70 c;b 32,14 68,22 2 d;b 40,70 60,86 3 d;p 40,34 60,34 58,52 42,52 l",
            ("almond|calendula|oat and honey|rosemary|unscented|fig leaf|chamomile|sea salt", "杏仁|金盏花|燕麦蜂蜜|迷迭香|无香|无花果叶|洋甘菊|海盐"),
            consumable=True,
        ),
        Kind(
            ("shampoo bar", "固体洗发皂"), ("travelling with one bag", "轻装旅行"), (6, 18),
            "wellbeing:.8 hiking:.3 camping:.3 style:.2", "gentle plastic-free long-lasting fragrant", ("coconut and nettle|olive oil", "椰子与荨麻|橄榄油"), Measure(("weighs {n} g", "重约{n}克"), 60, 120, 5),
            "b 18,42 82,76 12 c;b 28,52 72,66 6 l;o 26,22 40,36 l;o 44,12 54,22 l;o 56,24 72,40 l",
            ("nettle|lavender|lemon balm|birch|rose|seaweed|cedar|orange peel", "荨麻|薰衣草|香蜂草|桦木|玫瑰|海藻|雪松|橙皮"),
            consumable=True,
        ),
        Kind(
            ("bath towel", "浴巾"), ("the minute after the shower", "洗完澡那一刻"), (18, 59),
            "wellbeing:.8 family:.5 reading:.1", "soft quick-drying long-lasting plastic-free", ("organic cotton|linen and cotton", "有机棉|棉麻"), Measure(("weighs {n} g per square metre", "每平方米{n}克"), 380, 700, 20),
            "b 18,16 82,22 3 d;b 28,20 72,80 2 c;b 28,62 72,68 0 l;b 28,71 72,74 0 l",
        ),
        Kind(
            ("scented candle", "香薰蜡烛"), ("baths, books and power cuts", "泡澡看书"), (12, 49),
            "wellbeing:.9 reading:.6 style:.3", "fragrant long-lasting plastic-free", ("soy wax|beeswax and rapeseed", "大豆蜡|蜂蜡与菜籽蜡"), Measure(("burns for {n} hours", "可燃{n}小时"), 20, 60, 5),
            "p 50,12 58,26 50,36 42,26 l;l 2 50,32 50,44 d;b 28,42 72,84 5 c;b 28,42 72,48 2 d;b 38,56 62,74 2 w",
            ("cedar smoke|fig|wet stone|orange and clove|tomato leaf|black tea|honey|pine", "雪松烟|无花果|雨后石|橙与丁香|番茄叶|红茶|蜂蜜|松木"),
            consumable=True,
        ),
        Kind(
            ("yoga mat", "瑜伽垫"), ("stretching before the day begins", "清晨拉伸"), (25, 99),
            "wellbeing:.9 running:.6", "non-slip soft long-lasting plastic-free", ("natural rubber|cork and rubber", "天然橡胶|软木与橡胶"), Measure(("is {n} mm thick", "厚{n}毫米"), 3, 8, 1),
            "b 36,26 90,78 2 c;o 14,22 44,82 d;o 20,34 38,70 c;o 25,44 33,60 d;b 60,26 64,78 0 l",
        ),
        Kind(
            ("foam roller", "泡沫轴"), ("stiff backs and Sunday legs", "跑后放松"), (15, 49),
            "running:.9 wellbeing:.6 cycling:.4", "non-slip long-lasting firm", ("cork|recycled foam", "软木|再生泡沫"), Measure(("is {n} cm long", "长{n}厘米"), 30, 60, 5),
            "b 28,34 84,66 4 c;o 14,34 40,66 d;o 20,42 34,58 l;l 2 50,36 50,64 d;l 2 62,36 62,64 d;l 2 74,36 74,64 d",
        ),
        Kind(
            ("bath salt", "浴盐"), ("sore muscles and grey Sundays", "放松肌肉"), (8, 26),
            "wellbeing:1 running:.3", "gentle fragrant plastic-free long-lasting", ("sea salt and oils|magnesium salt", "海盐与精油|镁盐"), Measure(("holds {n} g", "净重{n}克"), 250, 700, 50),
            "b 32,14 68,26 3 d;b 26,28 74,84 10 c;b 26,46 74,70 0 w;o 34,52 42,60 l;o 46,56 54,64 l;o 58,51 66,59 l",
            ("spruce|eucalyptus|rose and milk|seaweed|juniper|arnica|lavender|mandarin", "云杉|尤加利|玫瑰牛奶|海藻|杜松|山金车|薰衣草|柑橘"),
            consumable=True,
        ),
    ),
    closers=("Never tested on animals.|Packed in card that goes into the paper bin.|Mixed in small batches, dated by hand.|Bring back the packaging and get one euro.|Everything that is in it stands on the label.", "不做动物实验。|纸盒包装，可回收。|小批调制，手写日期。|退回包装返一欧元。|所有成分都写在标签上。"),
)

WORLD = World(
    key="shop",
    name="Sample shop",
    description="A general store with eight departments: a year of visits, then eight weeks in which its start page was logged.",
    nouns={
        "item": ("product", "商品"),
        "items": ("products", "商品"),
        "person": ("person", "人"),
        "people": ("people", "人"),
        "category": ("department", "部门"),
        "categories": ("departments", "部门"),
        "conversion": ("purchase", "购买"),
        "conversions": ("purchases", "购买"),
    },
    currency="EUR",
    departments=(OUTDOOR, KITCHEN, GARDEN, HOME, CLOTHING, SOUND, PLAY, BATH),
    interests={
        "hiking": (0.6, 0.6, 0.8, 1.1, 1.3, 1.4, 1.4, 1.3, 1.2, 1.0, 0.7, 0.7),
        "camping": (0.4, 0.5, 0.7, 1.0, 1.4, 1.6, 1.7, 1.5, 1.0, 0.7, 0.5, 0.7),
        "cycling": (0.6, 0.7, 1.1, 1.3, 1.4, 1.3, 1.2, 1.2, 1.1, 0.8, 0.6, 0.6),
        "running": (1.3, 1.1, 1.1, 1.1, 1.0, 0.9, 0.8, 0.9, 1.1, 1.0, 0.8, 0.7),
        "cooking": (1.0, 1.0, 0.9, 0.9, 0.8, 0.8, 0.8, 0.8, 1.0, 1.1, 1.2, 1.5),
        "baking": (0.9, 0.9, 1.0, 1.0, 0.8, 0.6, 0.6, 0.6, 0.9, 1.2, 1.5, 1.9),
        "coffee": (1.1, 1.1, 1.0, 0.9, 0.9, 0.8, 0.8, 0.8, 1.0, 1.1, 1.2, 1.4),
        "gardening": (0.5, 0.8, 1.6, 1.8, 1.7, 1.3, 1.0, 0.9, 1.0, 0.8, 0.4, 0.4),
        "balcony": (0.4, 0.6, 1.3, 1.7, 1.8, 1.6, 1.3, 1.0, 0.8, 0.5, 0.4, 0.5),
        "reading": (1.3, 1.2, 1.0, 0.8, 0.7, 0.7, 0.8, 0.8, 1.0, 1.2, 1.3, 1.5),
        "music": (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.2, 1.6),
        "desk": (1.2, 1.1, 1.0, 0.9, 0.8, 0.8, 0.7, 0.9, 1.3, 1.2, 1.2, 1.3),
        "crafts": (1.2, 1.1, 1.0, 0.9, 0.8, 0.7, 0.8, 0.8, 1.0, 1.2, 1.4, 1.5),
        "family": (0.8, 0.8, 0.9, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 1.0, 1.4, 2.1),
        "wellbeing": (1.4, 1.2, 1.0, 0.9, 0.9, 0.8, 0.8, 0.8, 0.9, 1.1, 1.2, 1.3),
        "style": (0.9, 0.9, 1.1, 1.2, 1.2, 1.0, 0.9, 0.9, 1.2, 1.2, 1.1, 1.3),
    },
    segments=(
        Segment(("Hikers", "徒步爱好者"), 0.12, "hiking:1 camping:.8 coffee:.2 wellbeing:.1", (38, 11), 0.45, "surveyor|teacher|forester|physiotherapist|engineer"),
        Segment(("Riders and runners", "骑行跑步族"), 0.11, "cycling:1 running:1 wellbeing:.4 music:.1", (34, 8), 0.45, "software developer|paramedic|accountant|courier|engineer"),
        Segment(("Home cooks", "家庭厨师"), 0.11, "cooking:1 baking:.5 balcony:.3 coffee:.3", (46, 12), 0.55, "cook|nurse|civil servant|translator|sales assistant"),
        Segment(("Bakers and baristas", "烘焙咖啡党"), 0.09, "coffee:1 baking:.9 reading:.3 music:.2", (31, 7), 0.55, "designer|student|barista|journalist|researcher"),
        Segment(("Gardeners", "园艺爱好者"), 0.11, "gardening:1 balcony:.7 cooking:.2 crafts:.2", (57, 11), 0.55, "retired|gardener|librarian|carpenter|farmer"),
        Segment(("Young families", "年轻家庭"), 0.12, "family:1 baking:.3 crafts:.4 cooking:.2", (36, 5), 0.58, "teacher|nurse|electrician|midwife|civil servant"),
        Segment(("Music and games fans", "音乐游戏迷"), 0.10, "music:1 desk:1 coffee:.2", (27, 7), 0.35, "student|software developer|sound engineer|apprentice|bus driver"),
        Segment(("Makers", "手工爱好者"), 0.07, "crafts:1 reading:.5 gardening:.2 wellbeing:.2", (43, 13), 0.66, "bookbinder|librarian|illustrator|retired|tailor"),
        Segment(("Style seekers", "穿搭爱好者"), 0.08, "style:1 reading:.3 wellbeing:.3 running:.2", (32, 9), 0.6, "designer|sales assistant|hairdresser|architect|student"),
        Segment(("Homebodies", "居家养护派"), 0.09, "wellbeing:1 reading:.9 style:.3 balcony:.2", (44, 13), 0.6, "pharmacist|translator|accountant|hairdresser|researcher"),
    ),
    colours={
        ("moss green", "苔绿"): "#5E7A45",
        ("pine green", "松绿"): "#2F5D50",
        ("slate blue", "石板蓝"): "#4F6D8F",
        ("midnight blue", "午夜蓝"): "#2B3A5B",
        ("sky blue", "天蓝"): "#6FA8CF",
        ("brick red", "砖红"): "#A6473B",
        ("berry", "莓红"): "#8A3257",
        ("rose", "玫瑰粉"): "#D28A93",
        ("mustard", "芥末黄"): "#CF9B2C",
        ("terracotta", "陶土橙"): "#C66E42",
        ("sand", "沙色"): "#C2A878",
        ("charcoal", "炭灰"): "#45474B",
        ("plum", "梅紫"): "#6B4A7C",
        ("teal", "青绿"): "#2E8186",
    },
    patterns={"plain": ("plain", "纯色"), "striped": ("striped", "条纹"), "dotted": ("dotted", "圆点"), "checked": ("checked", "格纹"), "zigzag": ("zigzag", "锯齿纹")},
    cities=("Lyon|Ghent|Leipzig|Porto|Turin|Graz|Malmö|Galway|Utrecht|Bristol|Aarhus|Gdańsk|Bergen|Basel|Valencia|Ljubljana", "Chengdu|Hangzhou|Xiamen|Suzhou|Qingdao|Kunming"),
    openers=(
        "{A adj} {kind} for {use}.|Made for {use}: {a adj} {kind} that is also {adj2}.|{maker} makes this {kind} for {use}.|If you want {a adj} {kind} for {use}, look at this one first.|Our {kind} for {use}: {adj} and {adj2}.|We thought of {use} when we chose this {kind}.|{A adj2} {kind}, and {a adj} one at that. It is made for {use}.|{Use}: that is where this {adj} {kind} shows what it can do.|Simple, {adj} and {adj2}: {a kind} for {use}.|This is the {kind} that our own staff take for {use}.",
        "为{use}准备的{adj}{kind}。|专为{use}而做的{kind}：{adj}、{adj2}。|{maker}的这款{kind}，为{use}而生。|想为{use}找一款{adj}的{kind}，先看看这一款。|我们的{use}之选：{kind}，{adj}、{adj2}。|挑这款{kind}时，我们想的就是{use}。|一款{adj}、{adj2}的{kind}，适合{use}。|说到{use}，这款{adj}{kind}最拿手。|简单、{adj}、{adj2}：适合{use}的{kind}。|店员自己也在用的{kind}，{use}正合适。",
    ),
    making=(
        "Made of {material}, it {measure}.|It is made of {material} and {measure}.|The material is {material}; it {measure}.|It {measure}. {Material}, nothing else.|{Material} through and through. It {measure}.",
        "选用{material}，{measure}。|采用{material}，{measure}。|用料为{material}；{measure}。|{measure}。全部用料：{material}。|从里到外都是{material}，{measure}。",
    ),
    looks=("Shown here in {look}.|The colour is {look}.|This one comes in {look}.|In {look}, as in the picture.", "图为{look}款。|颜色：{look}。|本款为{look}。|{look}，如图所示。"),
    wrappings=("This one is {variant}, in a wrapping of {look}.|The variety is {variant}; the wrapping, {look}.|Here as {variant}, wrapped in {look}.", "本款为“{variant}”，{look}包装。|款式：{variant}；包装：{look}。|这一款是{variant}，{look}外包装。"),
    reviews=Reviews(
        openers=(
            ("Very disappointed.|I sent it back.|One star, and that is generous.|Not worth the money.|I wanted to like this {kind}, but no.|Avoid.", "非常失望。|已退货。|一星都嫌多。|不值这个价。|本来很想喜欢这款{kind}，可惜不行。|别买。"),
            ("Not what I hoped for.|I expected more of {maker}.|Meh.|It works, but only just.|The {kind} looks better than it is.|Sadly below what I know from {maker}.", "没达到期望。|对{maker}本来期望更高。|一般偏下。|勉强能用。|这款{kind}好看不好用。|可惜，不如{maker}以前的水平。"),
            ("A mixed bag.|It is all right.|Does the job, no more.|An average {kind}.|I am of two minds about it.|Good idea, done halfway.", "有好有坏。|还行吧。|能用，仅此而已。|一款普通的{kind}。|心情有点复杂。|想法不错，只做到一半。"),
            ("Good {kind}.|Happy with it.|Nearly perfect.|Solid work by {maker}.|I would buy it again.|Better than my old {kind}.", "不错的{kind}。|挺满意。|差一点就完美。|{maker}做得扎实。|会回购。|比我以前的{kind}好。"),
            ("Wonderful.|The best {kind} I have had.|Exactly what I was looking for.|I am delighted with it.|{maker} got everything right here.|Ten out of ten, and I do not say that often.", "太好了。|用过最好的{kind}。|正是我想找的。|非常喜欢。|{maker}这次全做对了。|满分，我很少这么说。"),
        ),
        contexts=(
            "Bought it for {use}.|I have had it for {n} weeks now.|It was a present for my sister.|My second one from {maker}.|I use it nearly every day.|The {look} is lovely, by the way.|Ordered on Monday, here on Thursday.|I had doubts about the price of {price} euros.|My partner picked the {look} one.|It replaces one that I had been happy with.|Used it {n} times so far.|Came well packed.",
            "买来是为了{use}。|用了{n}周了。|送给姐姐的礼物。|第二次买{maker}。|几乎天天用。|顺便说，{look}很好看。|周一下单，周四就到了。|{price}欧元的价格犹豫过。|我家那位挑的{look}。|换掉了原来一直用的那个。|到现在用过{n}次。|包装很好。",
        ),
        closers=(
            ("The money would have been better spent elsewhere.|Back it goes.|Never again.|For {price} euros this is a joke.|I am still waiting for an answer from the shop.", "这钱花得冤枉。|退了。|再也不买。|{price}欧元，开玩笑吧。|客服到现在还没回复。"),
            ("I would not buy it a second time.|At half the price it would be fine.|Two stars for the {look}.|I will look for another {kind}.|Maybe I had bad luck with mine.", "不会再买。|半价的话还可以。|两星给这个{look}。|打算另找一款{kind}。|也许是我运气不好。"),
            ("For {price} euros it is acceptable.|It could be better with little effort.|It will do until I find a better one.|Three stars seem fair.|Have a look at it before you buy.", "{price}欧元也还能接受。|稍微用点心就能更好。|先凑合用。|三星差不多。|建议先看实物再买。"),
            ("All in all a good buy.|One star less for the price.|Recommended, with that one remark.|I will give one to my brother too.|The {look} was the right choice.", "总的来说值得买。|价格扣一星。|推荐，除了那一点。|准备给弟弟也买一个。|{look}选对了。"),
            ("Worth every cent.|I have already ordered a second one.|Do not think, buy it.|Thank you, {maker}.|I hope they never change it.", "每一分钱都值。|已经下单第二个了。|别犹豫，买。|谢谢{maker}。|希望永远别改款。"),
        ),
    ),
    queries=(
        "{kind}|{kind}|{kind}|{adj} {kind}|{kind} {adj}|{kind} {colour}|{material} {kind}|{kind} for {use}|best {kind}|{kind} present|{adj} {kind} {colour}|{maker} {kind}|{kind} sale|{kind} {adj} {adj2}",
        "{kind}|{kind}|{kind}|{adj}{kind}|{kind} {adj}|{colour}{kind}|{material}{kind}|{use} {kind}|{kind}推荐|{kind} 送礼|{adj} {kind} {colour}|{maker}{kind}|{kind} 打折|{kind} {adj} {adj2}",
    ),
    n_items=400,
    n_users=1500,
    n_slates=200_000,
)
