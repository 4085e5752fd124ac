"""What stands inside other messages: reasons, what is wanted instead, what a file is."""

from __future__ import annotations

import errno
import os

# What the system says of a file or of the network, by its number: os.strerror speaks English everywhere.
_SYSTEM = {
    errno.EPERM: "系统不允许",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EINTR: "中途被打断",
    errno.EIO: "磁盘读写出错",
    errno.ENXIO: "没有这个设备",
    errno.EAGAIN: "资源暂时不足",
    errno.ENOMEM: "内存不足",
    errno.EACCES: "没有权限",
    errno.EBUSY: "正被占用",
    errno.EEXIST: "已有同名文件",
    errno.EXDEV: "不能跨磁盘移动",
    errno.ENODEV: "没有这个设备",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.EINVAL: "系统不接受这个参数",
    errno.ENFILE: "系统打开的文件太多",
    errno.EMFILE: "打开的文件太多",
    errno.EFBIG: "文件太大",
    errno.ENOSPC: "磁盘已满",
    errno.ESPIPE: "不能在管道中定位",
    errno.EROFS: "磁盘只读",
    errno.EMLINK: "链接太多",
    errno.EPIPE: "管道已断开",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ELOOP: "符号链接互相指向",
    errno.ECONNREFUSED: "对方拒绝连接",
    errno.ECONNRESET: "连接被对方中断",
    errno.ECONNABORTED: "连接中断",
    errno.EHOSTUNREACH: "无法到达对方主机",
    errno.ENETUNREACH: "网络不通",
    errno.ETIMEDOUT: "连接超时",
    errno.EADDRINUSE: "地址已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    **({errno.EDQUOT: "磁盘配额已用完"} if hasattr(errno, "EDQUOT") else {}),
    **({errno.ESTALE: "网络磁盘上的文件已失效"} if hasattr(errno, "ESTALE") else {}),
    **({errno.ETXTBSY: "文件正在运行"} if hasattr(errno, "ETXTBSY") else {}),
}

MESSAGES: dict[str, str] = {
    **{os.strerror(number): text for number, text in _SYSTEM.items()},
    "Name or service not known": "找不到这个主机名",
    "Temporary failure in name resolution": "暂时无法解析主机名",
    # where in an edition
    "{file} line {number}": "{file}第{number}行",
    "{file} p. {number}": "{file}第{number}页",
    # what a file is
    "a PDF file": "PDF文件",
    "a ZIP package (DOCX, EPUB, XLSX …)": "ZIP包（DOCX、EPUB、XLSX等）",
    "an old Office file (DOC, WPS, XLS)": "旧版Office文件（DOC、WPS、XLS）",
    "a PNG picture": "PNG图片",
    "a JPEG picture": "JPEG图片",
    "a GIF picture": "GIF图片",
    "an RTF file": "RTF文件",
    "a RAR archive": "RAR压缩包",
    "a 7z archive": "7z压缩包",
    "a gzip archive": "gzip压缩包",
    "a program": "程序",
    "of no known type": "类型不明",
    # what front matter wants
    "one text": "一个文本",
    "a list of texts": "文本的列表",
    "a text or a list of texts": "一个文本或文本的列表",
    "a list of articles, each with its own keys": "文章的列表，每篇有自己的键",
    "a list of rules, each with its setting": "规则的列表，每条有自己的设置",
    "see the list of keys in the README": "参看README中键的一览表",
    # YAML
    "a list that begins with [ is not closed": "以[开头的列表没有结束",
    "a group that begins with { is not closed": "以{开头的一组没有结束",
    "a quotation mark or a bracket is not closed": "引号或括号没有结束",
    "a tab stands where only spaces may": "只能用空格的地方用了制表符",
    "a value begins with a mark that must stand between quotation marks": "值的首字符须连同全值放在引号中",
    "a second colon in a value, or a key that is indented too far": "值中又有冒号加空格，或键缩进过多",
    "a question mark where no key may begin": "不能有键的地方出现了问号",
    "a hyphen where no list may begin": "不能有列表的地方出现了连字符",
    "a value begins with * or &; put it between quotation marks": "值以*或&开头；请加引号",
    "a backslash between double quotation marks means nothing here; write two of them": (
        "双引号中的反斜杠在此没有意义；请写两个"
    ),
    "something stands behind | or > that does not belong there": "|或>之后有多余的文字",
    "there is more than one document in it": "其中不止一份文档",
    "a line is not indented as its neighbours are": "有一行的缩进与上下行不一致",
    "a key has no colon behind it": "键后没有冒号",
    "a colon stands where none may": "不能有冒号的地方出现了冒号",
    "a value begins with ! or %; put it between quotation marks": "值以!或%开头；请加引号",
    "there is a control character in it": "其中有控制字符",
    "it is not YAML": "不合YAML的写法",
    "a key is not a text": "键不是文本",
    "anchors (&) and aliases (*) are not allowed; put such a text between quotation marks": (
        "不能用锚点（&）和别名（*）；这样的文字请加引号"
    ),
    "it is nested too deeply": "层次太深",
    # TOML
    "something stands behind a value that does not belong there": "值后有多余的文字",
    "a value is missing, or it is a text without quotation marks": "缺少值，或文本没有加引号",
    "a quotation mark is not closed": "引号没有结束",
    "a key or a table stands there twice": "键或表重复",
    "a [ is not closed": "[没有结束",
    "a { is not closed": "{没有结束",
    "a key has no = behind it": "键后没有=",
    "a key has other marks than letters, figures, - and _; put it in quotation marks": (
        "键中有字母、数字、-、_以外的字符；请加引号"
    ),
    "a backslash in a text means nothing here; write two of them": "文本中的反斜杠在此没有意义；请写两个",
    "there is a control character or a line end where none may be": "不该有控制字符或换行的地方有了",
    "this is no date": "这不是日期",
    "its form is wrong": "写法不对",
    # lengths
    '"{text}" is no length; write for example "16pt", "37mm", "2em" or "三号"': (
        "“{text}”不是长度；应如“16pt”“37mm”“2em”“三号”"
    ),
    '"{text}" has no meaning here: em of what? Write pt, mm or a 号 size': (
        "“{text}”在此没有意义，没有字号可依；请用pt、mm或字号"
    ),
    # pictures, booklets, word lists
    "no SVG": "不是SVG",
    "it draws itself": "图形引用了自身",
    "it draws itself over and over": "图形反复引用自身",
    "no end": "没有结尾",
    "its colour profile cannot be used ({trouble})": "其颜色特性文件不能用（{trouble}）",
    "a booklet has a multiple of four pages": "小册的页数应为四的倍数",
    "line {number}: write name, confuse or avoid and a word, not {value3}": (
        "第{number}行：应为name、confuse或avoid加一个词，不是{value3}"
    ),
    # what speaks for joining two paragraphs
    "the first piece ends without a stop": "前段末尾没有点号",
    "the second piece begins with a small letter": "后段以小写字母开头",
    "no paragraph ends in {value1}": "没有一段会以“{value1}”结尾",
    "a year in hanzi goes on": "汉字年份未完",
    "the halves of one dash": "一个破折号分在两处",
    "第 waits for {value1}": "“第”之后应有{value1}",
    "a fraction goes on": "分数未完",
    "the first piece ends in {value1}": "前段以“{value1}”结尾",
    "one hanzi is no heading": "一个字不成标题",
    "the first piece ends in a closing mark without a stop": "前段以后引号或后括号结尾，没有点号",
    "the second piece begins an enumeration": "后段以列举开头",
    "the first piece may be a heading": "前段可能是标题",
    "the first piece may be a heading: others are like it": "前段可能是标题：另有与它相似的",
    "the first piece has fewer than {SHORT} characters": "前段不足{SHORT}字",
    "neither piece has a stop": "前后两段都没有点号",
    "the second piece is indented; {evidence}": "后段有缩进；{evidence}",
    "a paragraph cannot begin with {start}": "没有一段会以“{start}”开头",
    "{opened} stands in the second piece only": "“{opened}”只在后段出现",
    "the second piece is a line of its own": "后段自成一行",
    "the item before it stops in mid-sentence": "前一项停在句中",
    "the first piece is a line of its own": "前段自成一行",
    "the second piece may be a running head": "后段可能是页眉",
    "the first piece may be a running head": "前段可能是页眉",
    "the end of a page": "一页的末尾",
    "the rest of an item": "一项的余下部分",
    "{value0}{start} stands together elsewhere": "“{value0}{start}”在别处连在一起",
}
