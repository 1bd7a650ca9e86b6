"""GB/T 7714-2025 is written as in the examples that are published with its style."""

from __future__ import annotations

import pytest

from press.citing import styles


def _bodies(*names: str) -> list[dict[str, str]]:
    return [{"literal": name} for name in names]


def _day(*parts: int) -> dict:
    return {"date-parts": [list(parts)]}


#: Items of each kind that the sources have, and their citations as the examples print them.
EXAMPLES = [
    ({"type": "article-newspaper", "title": "数字革命与竞争国际化", "container-title": "中国青年报",
      "author": [{"family": "丁", "given": "文详"}], "issued": _day(2000, 11, 20), "page": "15"},
     "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）."),
    ({"type": "report", "title": "第29次中国互联网络发展状况统计报告", "author": _bodies("中国互联网络信息中心"),
      "issued": _day(2012, 1, 16), "accessed": _day(2025, 1, 1), "URL": "https://www.cnnic.net.cn/P0.pdf"},
     "中国互联网络信息中心. 第29次中国互联网络发展状况统计报告[R/OL]. 2012-01-16. https://www.cnnic.net.cn/P0.pdf."),
    ({"type": "webpage", "title": "北京鲁迅博物馆志愿服务章程", "author": _bodies("北京鲁迅博物馆"),
      "issued": _day(2021, 4, 21), "accessed": _day(2023, 5, 2), "URL": "http://www.luxunmuseum.com.cn/a11310.htm"},
     "北京鲁迅博物馆. 北京鲁迅博物馆志愿服务章程[EB/OL].（2021-04-21）[2023-05-02]. "
     "http://www.luxunmuseum.com.cn/a11310.htm."),
    ({"type": "webpage", "title": "中国科学院科技论文预发布平台", "author": _bodies("中国科学院文献情报中心"),
      "accessed": _day(2025, 3, 6), "URL": "https://chinaxiv.org/home.htm"},
     "中国科学院文献情报中心. 中国科学院科技论文预发布平台[EB/OL]. [2025-03-06]. https://chinaxiv.org/home.htm."),
    ({"type": "dataset", "title": "1901—2023年中国1km分辨率逐月降水量数据集", "author": [{"family": "彭", "given": "守璋"}],
      "publisher": "西北农林科技大学水土保持研究所", "issued": _day(2024, 7, 19), "accessed": _day(2024, 11, 25),
      "URL": "https://www.geodata.cn/main"},
     "彭守璋. 1901—2023年中国1km分辨率逐月降水量数据集[DS/OL]. 西北农林科技大学水土保持研究所（2024-07-19）[2024-11-25]. "
     "https://www.geodata.cn/main."),
    ({"type": "article-journal", "title": "互联网药品可信交易环境中主体资质审核备案模式",
      "container-title": "清华大学学报（自然科学版）", "volume": "52", "issue": "11", "page": "1518-1523", "issued": _day(2012),
      "author": [{"family": "于", "given": "潇"}, {"family": "刘", "given": "义"}, {"family": "柴", "given": "跃廷"},
                 {"family": "王", "given": "京春"}]},
     "于潇，刘义，柴跃廷，等. 互联网药品可信交易环境中主体资质审核备案模式[J]. 清华大学学报（自然科学版），2012，52（11）：1518-1523."),
]  # fmt: skip


@pytest.mark.parametrize(("item", "words"), EXAMPLES)
def test_a_citation_is_written_as_in_the_example(item, words):
    made = styles._run("gbt", [item | {"id": "i0", "language": "zh-CN"}])
    assert made["i0"] == words
