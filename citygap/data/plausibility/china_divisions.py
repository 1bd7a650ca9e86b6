"""China's divisions, against which the table of places is held: no second Suzhou goes unseen.

The names are those of GB/T 2260-2013, without the words for the kind of division.

Out of scope: counties and cities of their rank, whose names stand more than once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

#: Divisions of the province level, and those of the prefecture level in each.
DIVISIONS = {name: names.split() for name, names in {
    "北京": "",
    "天津": "",
    "河北": "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水",
    "山西": "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "内蒙古":
        "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安 "
        "锡林郭勒 阿拉善",
    "辽宁":
        "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 "
        "葫芦岛",
    "吉林": "长春 吉林 四平 辽源 通化 白山 松原 白城 延边",
    "黑龙江":
        "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 "
        "绥化 大兴安岭",
    "上海": "",
    "江苏": "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁",
    "浙江": "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水",
    "安徽":
        "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 "
        "亳州 池州 宣城",
    "福建": "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德",
    "江西": "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶",
    "山东":
        "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 莱芜 临沂 德州 "
        "聊城 滨州 菏泽",
    "河南":
        "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 "
        "商丘 信阳 周口 驻马店",
    "湖北": "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施",
    "湖南":
        "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 "
        "湘西",
    "广东":
        "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 "
        "阳江 清远 东莞 中山 潮州 揭阳 云浮",
    "广西":
        "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 "
        "崇左",
    "海南": "海口 三亚 三沙",
    "重庆": "",
    "四川":
        "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 "
        "广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山",
    "贵州": "贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南",
    "云南":
        "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 "
        "德宏 怒江 迪庆",
    "西藏": "拉萨 日喀则 昌都 山南 那曲 阿里 林芝",
    "陕西": "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛",
    "甘肃":
        "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 "
        "甘南",
    "青海": "西宁 海东 海北 黄南 海南 果洛 玉树 海西",
    "宁夏": "银川 石嘴山 吴忠 固原 中卫",
    "新疆":
        "乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 "
        "和田 伊犁 塔城 阿勒泰",
    "台湾": "",
    "香港": "",
    "澳门": "",
}.items()}  # fmt: skip
PROVINCE_OF = {city: province for province, cities in DIVISIONS.items() for city in cities}
#: Cities that are provinces too.
MUNICIPALITIES = ("北京", "天津", "上海", "重庆", "香港", "澳门")

#: Words for the kind of division at the end of a Chinese name.
KIND = re.compile("(?<=..)(?:特别行政区|维吾尔自治区|[壮回]族自治区|自治区|省|市)$")

Row = Mapping[str, str]
Fault = tuple[int, str, str, str]  # row, column, what is wrong, what to do


def short(name: str) -> str:
    """A Chinese name without the word for its kind: 重庆 for 重庆市."""
    return KIND.sub("", name)


def faults(places: Sequence[Row]) -> Iterator[Fault]:
    """What is wrong with the places as a whole: names that stand twice, provinces that are none."""
    rows = {row["place"]: row for row in places}
    seen: dict[str, tuple[int, str]] = {}
    for number, row in enumerate(places, start=2):
        name = row["name_en"].casefold()
        if name in seen:
            line, other = seen[name]
            yield (
                number, "name_en", f"{row['name_en']!r} is the name of {other!r} already (row {line})",
                f"use {other!r} if it is the same place; else tell the two apart, such as "
                f"'{row['name_en']} ({_within(row, rows)})'",
            )
        seen.setdefault(name, (number, row["place"]))
        yield from _of_province(number, row, rows)


def _within(row: Row, rows: Mapping[str, Row]) -> str:
    province = rows.get(row["province"])
    return province["name_en"] if province and province is not row else row["kind"]


def _of_province(number: int, row: Row, rows: Mapping[str, Row]) -> Iterator[Fault]:
    name, kind, place = short(row["name_hans"]), row["kind"], row["place"]
    province = rows.get(row["province"])
    if kind == "province" and name not in DIVISIONS:
        lies = f": {name} is a city in {PROVINCE_OF[name]}" if name in PROVINCE_OF else ""
        yield (
            number, "kind", f"{row['name_hans'] or place!r} is no province{lies}",
            "give its kind, such as 'city', and the province that it lies in",
        )
    elif kind == "city" and name in DIVISIONS and name not in (*MUNICIPALITIES, "吉林"):
        yield number, "kind", f"{name} is a province, not a city", "give the kind 'province'"
    elif province is None:
        return
    elif kind == "province" or (kind == "city" and name in MUNICIPALITIES):
        if row["province"] != place:
            yield (
                number, "province", f"{name} is of the province level, and lies in "
                f"{row['province']!r} here", f"give {place!r}, the place itself",
            )  # fmt: skip
    elif short(province["name_hans"]) not in DIVISIONS or province["province"] != row["province"]:
        yield (
            number, "province", f"{row['province']!r} is no province or municipality",
            "give the province or municipality that the place lies in",
        )
    elif kind == "city" and PROVINCE_OF.get(name, "") not in ("", short(province["name_hans"])):
        right = PROVINCE_OF[name]
        keys = [key for key, other in rows.items()
                if other["kind"] in ("province", "city") and short(other["name_hans"]) == right]
        yield (
            number, "province", f"{name} lies in {right}, not in {province['name_hans']}",
            f"give {keys[0]!r}" if keys else f"add {right} to the table, and give its key",
        )


def twice_named(places: Sequence[Row]) -> Iterator[tuple[int, Row, Row, int]]:
    """Rows whose Chinese name another place of the same kind has before: row, row and that one's."""
    seen: dict[tuple[str, str], tuple[Row, int]] = {}
    for number, row in enumerate(places, start=2):
        if not row["name_hans"]:
            continue
        plain = short if row["kind"] in ("city", "province") else str
        name = row["kind"], plain(row["name_hans"])
        if name in seen:
            other, line = seen[name]
            yield number, row, other, line
        seen.setdefault(name, (row, number))
