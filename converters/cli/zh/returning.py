"""The way back from an edited Word file."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "Bring the edits of a Word edition back into its source.": "把Word版上的修改带回源文件。",
    "Bring the edits of EDITED, a DOCX that was made from SOURCE, back into it.": (
        "EDITED是由SOURCE生成的DOCX，把其中的修改带回SOURCE。"
    ),
    "Where the source with the edits goes (else to stdout).": "带回修改后的源文件写到何处（默认标准输出）。",
    "applied": "已带回",
    "conflict": "冲突",
    "ignored": "未取",
    "review notes": "审阅意见",
    "tracked": "修订",
    "changed": "改动",
    "inserted": "新增",
    "deleted": "删除",
    "moved": "移动",
    "split": "拆分",
    "joined": "合并",
    "unread": "未读",
    "paragraph {number}": "第{number}段",
    "{total} characters: {kept} as in the source, {applied} applied, {conflict} in conflict, {ignored} ignored": (
        "共{total}字：与源文件相同{kept}，已带回{applied}，冲突{conflict}，未取{ignored}"
    ),
    "it is not an edition of {source}: {percent}% of its text is there": "不是{source}的版本：其文字只有{percent}%在其中",
    "name the source that it was made from": "指明生成它的源文件",
    "the edited file does not say from which source it was made; it is compared by its words alone": (
        "文件未注明由哪个源文件生成；只按文字比对"
    ),
    "the source is another than when the edition was made; what was changed where cannot be told": (
        "源文件与生成该版本时不同；无法分辨哪一方改了什么"
    ),
    "the source has been changed since the edition was made; both sets of changes are merged": (
        "生成该版本后源文件又有改动；两方改动已合并"
    ),
    "the source was changed here meanwhile": "源文件此处其间另有改动",
    "the result would not read as it was edited": "写入后读出的文字会与修改不符",
    "another change stands in the same place": "同一处另有一项改动",
    "the source's encoding lacks one of its characters": "源文件的编码没有其中的字符",
    "lines made from front matter are taken out there": "由文件头生成的行，请在文件头中删去",
    "it is made from front matter: change it there": "由文件头生成，请在文件头中修改",
    "the contents and other furniture of the page": "目录等页面附件的字数",
    "fields, hidden text and other words that are no text": "域、隐藏文字等非正文的字数",
    "only paragraphs are joined": "只能合并段落",
    "only paragraphs and items of lists are split": "只能拆分段落和列表项",
    "its level follows from its words": "其层级由文字决定",
    "nothing beside it is in the source": "其前后文字均不在源文件中",
    "it stands inside a list": "它在列表之中",
    "it stands inside a table, a list or another part that is no run of paragraphs": "它在表格、列表等非段落部分之中",
    "its list is written in a way of its own": "所在列表写法特殊",
    "it belongs to something larger that is not deleted line by line": "它属于不能逐行删除的部分",
    "it was moved within something that is not moved line by line": "它属于不能逐行移动的部分",
    "something stands between what was joined": "合并的两段之间另有内容",
    "a note was put inside words with a look of their own": "注释插入了带格式的文字之中",
    "pictures are put into the source by hand": "图片须手工放入源文件",
    "such a note is put into the source by hand": "此类注释须手工写入源文件",
    "a note of several paragraphs is put into the source by hand": "多段的注释须手工写入源文件",
}
