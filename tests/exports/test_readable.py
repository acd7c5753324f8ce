"""Markdown, CSV and JSON: the figures, in words and in order, and nobody's name breaks anything."""

import csv
import io
import json
from datetime import UTC

from sidebar.domain.summaries import summarise
from sidebar.exports.formats import Format, render
from sidebar.exports.report import Words
from tests.domain.shop import Buyer, at
from tests.exports.shift import BEIJING, TITLES, shift

MARKDOWN = r"""# 客服班次小结

> 以下数字由侧边栏自己测得，不是平台的官方数据。口径：sidebar（2026-11-21）。

## 班次

- 客服: 小李
- 时间: 2026-03-02 09:00 至 2026-03-02 18:00（UTC+08:00）
- 口径: sidebar
- 口径日期: 2026-11-21

## 接待

- 会话数: 2
- 买家数: 2
- 轮次: 2
- 已答复轮次: 1
- 超时轮次: 1
- 仍在等待的买家: 1

## 首次响应

- 平均: 3:20
- 中位数: 3:20
- 第 90 百分位: 3:20
- 最长: 3:20

## 每轮响应

- 平均: 3:20
- 中位数: 3:20
- 第 90 百分位: 3:20
- 最长: 3:20

## 按时答复率（按轮次）

- 30 秒内: 0.0%
- 1 分钟内: 0.0%
- 3 分钟内: 0.0%
- 5 分钟内: 50.0%

## 未计入

- 电脑睡眠，不算等待: 10:00

## 承诺

- 新增: 1
- 按时兑现: 1
- 迟到兑现: 0
- 未兑现: 0
- 未到期: 0

## 跟进

- 新增: 1
- 已完成: 1
- 已逾期: 0
- 未到期: 0

## 补偿

- 退款（CNY，1 笔）: 12.50

## 满意度

- 评价数: 1
- 平均分（1–5）: 5.00

## 会话

| 买家 | 客户端 | 分类 | 状态 | 开始 | 结束 | 轮次 | 已答复 | 最长等待 | 用过的话术 | 转给 | 会话编号 |
| --- | --- | --- | --- | --- | --- | ---: | ---: | ---: | --- | --- | --- |
| =1+1\|"\<b\> | taobao | 物流问题 | 已解决 | {opened} | {closed} | 1 | 1 | 3:20 | 问候 ×1 |  | c1 |
| 张女士 | taobao |  | 进行中 | 2026-03-02 17:59:30 | – | 1 | 0 | 30 秒 |  |  | c2 |

## 超时

| 买家 | 来信时间 | 等待 | 状态 | 会话编号 |
| --- | --- | ---: | --- | --- |
| =1+1\|"\<b\> | 2026-03-02 09:00:00 | 3:20 | 超时后答复 | c1 |
| 张女士 | 2026-03-02 17:59:30 | 30 秒 | 仍在等待 | c2 |

## 跟进

| 到期 | 事项 | 买家 | 承诺 | 状态 | 完成时间 | 记下时间 |
| --- | --- | --- | --- | --- | --- | --- |
| 2026-03-02 10:00:00 | 回电 |  | 是 | 已完成 | 2026-03-02 09:30:00 | 2026-03-02 09:07:00 |

## 话术

| 话术 | 次数 | 编号 |
| --- | ---: | --- |
| 问候 | 1 | greet |
"""


def test_markdown_tells_the_whole_shift(chinese: Words) -> None:
    expected = MARKDOWN.format(opened="2026-03-02 09:00:00", closed="2026-03-02 09:06:00")
    assert render(shift(), Format.MARKDOWN, words=chinese, zone=BEIJING, titles=TITLES).decode() == expected


def test_markdown_speaks_english_too(english: Words) -> None:
    text = render(shift(), Format.MARKDOWN, words=english, zone=UTC).decode()
    assert "> Measured by the sidebar, not the platform's own figures. Profile: sidebar (2026-11-21)." in text
    assert "- Time: 2026-03-02 01:00 to 2026-03-02 10:00 (UTC+00:00)" in text
    assert "| greet | 1 | greet |" in text


def test_json_is_the_contract_with_times_of_the_zone(english: Words) -> None:
    told = json.loads(render(shift(), Format.JSON, words=english, zone=BEIJING))
    assert (told["schema"], told["from"], told["to"]) == (
        1,
        "2026-03-02T09:00:00+08:00",
        "2026-03-02T18:00:00+08:00",
    )
    assert told == shift().as_json(BEIJING)


def test_csv_is_one_table_that_a_spreadsheet_reads(chinese: Words) -> None:
    content = render(shift(), Format.CSV, words=chinese, zone=BEIJING, titles=TITLES)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["买家"] for row in rows] == ["'=1+1|\"<b>\n", "张女士"]
    assert rows[0]["开始"] == "2026-03-02 09:00:00+08:00"
    assert (rows[0]["最长等待（秒）"], rows[1]["结束"]) == ("200.0", "")
    assert all("不是平台的官方数据" in row["说明"] for row in rows)


def test_half_a_character_does_not_stop_a_report(chinese: Words) -> None:
    torn = summarise([Buyer("张\ud83d").writes("09:00")], since=at("09:00"), agent="", now=at("10:00"))
    for format in Format:
        assert render(torn, format, words=chinese, zone=UTC)
