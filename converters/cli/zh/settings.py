"""Style sheets and faces."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "Every key and its default: the 简报 page of GB/T 9704-2012": "全部键及其默认值：GB/T 9704—2012的简报页面",
    "{key} is no rule": "{key}不是规则",
    "write a rule's code (N-DATE), a family (N) or all": "写规则代号（N-DATE）、类别（N）或all",
    "{key} cannot be {value}": "{key}不能是{value}",
    "write one of {words}": "写{words}之一",
    # style sheets
    "did you mean {value1}?": "是否指{value1}？",
    "the keys here are {value1}": "此处可用的键：{value1}",
    "{key} is a table, not a value": "{key}是一个表，不是值",
    "write [{path}] and its keys below": "写作[{path}]，其下列出各键",
    "there is no key {key}": "没有键{key}",
    'write one of {value1}, or "210mm x 297mm"': "从{value1}中选一，或写作“210mm x 297mm”",
    'write ["first choice", "second choice"]': '写作["首选", "次选"]',
    'write "#RRGGBB"': "写作“#RRGGBB”",
    "{value} is no paper size": "{value}不是纸张尺寸",
    "{key} is a list of face names": "{key}应为字体名的列表",
    "{value} is no colour": "{value}不是颜色",
    "{n} columns leave no room for text": "分{n}栏后没有排字的余地",
    "take fewer": "减少栏数",
    "the form of the page number lacks {field}": "页码格式缺少{field}",
    'write "— {page} —"': "写作“— {page} —”",
    'write "#RRGGBB" or one of {value1}': "写作“#RRGGBB”，或从{value1}中选一",
    "the margins {sides} leave {rest} mm of a paper of {paper}": "页边距{sides}使{paper}纸只剩{rest}毫米",
    "make them smaller": "改小",
    "{key}: there is no colour {value}": "{key}：没有颜色{value}",
    "{key}: there is no field {field}": "{key}：没有字段{field}",
    "write fields of these: {value1}": "可用的字段：{value1}",
    "{key}: {reason}": "{key}：{reason}",
    "{key}: a brace has no partner": "{key}：花括号不成对",
    "choose one of {value1}, or give a .toml file": "从{value1}中选一，或指定.toml文件",
    "there is no style sheet {name}": "没有样式表{name}",
    "these sheets extend each other: {names}": "这些样式表互相继承：{names}",
    "more than {n} sheets extend one another": "继承超过{n}层",
    "extends is the name or path of one sheet": "extends应为一个样式表的名称或路径",
    "this style sheet cannot be read: {reason}": "无法读取样式表：{reason}",
    "this style sheet is not UTF-8": "样式表不是UTF-8编码",
    "save it as UTF-8": "存为UTF-8",
    "this is not TOML: {reason}": "不是TOML：{reason}",
    "write one of {value1}": "从{value1}中选一",
    "{key} is a text, not {value}": "{key}应为文字，不是{value}",
    "put it in quotation marks": "加上引号",
    "{key} is not {value}": "{key}不能是{value}",
    "{key} is a number, not {value}": "{key}应为数，不是{value}",
    'write 2 or "2{unit}"': "写作2或“2{unit}”",
    "write a number": "写一个数",
    "{key} needs a unit: {value}": "{key}要有单位：{value}",
    'write "{value}pt", "{value}mm" or a 号 size': "写作“{value}pt”“{value}mm”或字号（如三号）",
    "{key} is a length, not {value}": "{key}应为长度，不是{value}",
    'write "16pt"': "写作“16pt”",
    "{key} is no number": "{key}不是数",
    "{key} is {value}, outside {low} to {high}": "{key}为{value}，超出{low}至{high}",
    "{key} is true or false, not {value}": "{key}应为true或false，不是{value}",
    "{key} is a whole number, not {value}": "{key}应为整数，不是{value}",
    # faces
    "no face here draws {char} ({code}, {name})": "没有字体可显示{char}（{code}，{name}）",
    "no face here draws {char} ({code})": "没有字体可显示{char}（{code}）",
    "no face here draws {char} ({code}): its code stands in a frame": "没有字体可显示{char}（{code}）：框内印出其码位",
    "no face here draws {code}, which is a control character": "没有字体可显示{code}，这是控制字符",
    "{code} is no character of Unicode": "Unicode中没有{code}这个字符",
    "no face here draws {char} ({code}), which stands {count} times": "没有字体可显示{char}（{code}），共{count}处",
    "no face here draws {code}, which is a control character and stands {count} times": (
        "没有字体可显示{code}，这是控制字符，共{count}处"
    ),
    "{code} is a private code, which no face here draws and which stands {count} times": (
        "{code}是私用区码位，没有字体可显示，共{count}处"
    ),
    "{code} is no character of Unicode, and stands {count} times": "Unicode中没有{code}这个字符，共{count}处",
    "{code} is a private code, which no face here draws": "{code}是私用区码位，没有字体可显示",
    "write the character that is meant": "改为本来要写的字符",
    "write the character that it stands for, or put the face that it belongs to into a --font-path folder": (
        "改为它所代表的字符，或把它所属的字体放入--font-path文件夹"
    ),
    "take this place from the original file: here a character was lost": "照原始文件补上：此处丢了一个字符",
    "remove it": "删去它",
    "run `jianbao fonts install`, put a face for it into a --font-path folder, or set fonts.missing = code": (
        "运行 `jianbao fonts install`，或把含此字的字体放入--font-path文件夹，或设fonts.missing = code"
    ),
    "no face here draws {char} ({code}, {name}), which stands {count} times": (
        "没有字体可显示{char}（{code}，{name}），共{count}处"
    ),
    ", which stands {count} times": "，共{count}处",
    "run `jianbao fonts install --rare`, or put a face that has it into a --font-path folder": (
        "运行 `jianbao fonts install --rare`，或把含此字的字体放入--font-path文件夹"
    ),
    "run `jianbao fonts install --rare`, put a face for it into a --font-path folder, or set fonts.missing = code": (
        "运行 `jianbao fonts install --rare`，或把含此字的字体放入--font-path文件夹，或设fonts.missing = code"
    ),
    "no face here draws {char} ({code}, {name}): its code stands in a frame": (
        "没有字体可显示{char}（{code}，{name}）：以方框内的码位代替"
    ),
    "{char} and what stands around it runs from right to left, set by the rules of Unicode (UAX #9)": (
        "{char}及其前后的文字从右向左，按Unicode的规则（UAX #9）排"
    ),
    "let someone who reads it look at these lines": "请懂这种文字的人看一看这几行",
    "{count} marks stand on one letter ({letter}), the last of them over each other": (
        "一个字母（{letter}）上有{count}个附加符号，后面的叠在一起"
    ),
    "take out those that are no spelling": "去掉不属于拼写的符号",
    "{code} ({name}) is in the text and not seen in print": "文中有{code}（{name}），印出来看不见",
    "take it out, unless you know what it is for": "若不知其用途，请去掉",
    "{code} would show letters in another order than the text has them; it is not obeyed": (
        "{code}会使字母显示的次序与原文不同，未予执行"
    ),
    "take it out: it hides what a text says": "请去掉：它会掩盖文字的真实内容",
    "the last page holds the colophon alone": "末页只有报尾（版记）",
    "cut or add some lines, or let page.fit change the pitch": "增删几行，或用page.fit调整行距",
    "this file holds no such face": "此文件中没有该字体",
    "choose another file": "另选一个文件",
    "cannot open this font file": "无法打开此字体文件",
    "no client could fetch the faces: {reasons}": "没有工具能获取字体：{reasons}",
    "there is no source {source}": "没有来源{source}",
    "write auto, debian or npm": "写auto、debian或npm",
    "{clients} are not on this machine": "本机没有{clients}",
    "install one of them, or put font files into {value1}": "安装其中之一，或把字体文件放入{value1}",
    "see whether the network is there, then run it again": "检查网络后再运行一次",
    "free the folder, or name another with JIANBAO_DATA": "腾出该文件夹，或用JIANBAO_DATA另指定一个",
    "{package} {version} holds no {file}": "{package} {version}中没有{file}",
    "try another source with --from": "用--from换一个来源",
    "{file} of {package} {version} is not the file on record": "{package} {version}的{file}与记录不符",
    "run it again; if this comes back, the download is not to be trusted": "再运行一次；若仍如此，下载的文件不可信",
    "make room, or name another folder with JIANBAO_DATA": "腾出空间，或用JIANBAO_DATA另指定文件夹",
    "apt-get brought no {package}": "apt-get没有取得{package}",
    "try --from npm": "试用--from npm",
    "npm brought no {package}": "npm没有取得{package}",
    "try --from debian": "试用--from debian",
    "the tarball of {package} is not the one on record": "{package}的压缩包与记录不符",
    "{client} cannot be run: {reason}": "{client}无法运行：{reason}",
    "the data folder cannot be written": "数据文件夹无法写入",
    "{file} cannot be written: {reason}": "{file}无法写入：{reason}",
    "the embedded default face is missing": "缺少内置的默认字体",
    "install noto-cjk-sans-otc with pip again": "用pip重新安装noto-cjk-sans-otc",
    "run `jianbao fonts install`, or put the wanted face into a --font-path folder": (
        "运行 `jianbao fonts install`，或把所需字体放入--font-path文件夹"
    ),
    "the embedded default has no face {name}": "内置的默认字体中没有{name}",
    "install it again": "重新安装",
    "put the wanted face into a --font-path folder where the house asks for it": (
        "如单位要求该字体，把它放入--font-path文件夹"
    ),
    "{role}: {wanted} is not here; {used} is used": "{role}：没有{wanted}，以{used}代替",
    "these faces are wanted and not here: {faces}": "缺少所需字体：{faces}",
    "install them, name their folder with --font-path, or leave out --strict-fonts": (
        "安装这些字体，用--font-path指定其文件夹，或不用--strict-fonts"
    ),
    "{face} may not be embedded (fsType {rights}); another face is used": "{face}不许嵌入（fsType {rights}），以其他字体代替",
    "use a face whose licence allows embedding": "改用许可嵌入的字体",
    "{face} may not be embedded (fsType {rights})": "{face}不许嵌入（fsType {rights}）",
    "choose another face for its role": "为此用途另选字体",
    "{face} cannot be subset": "{face}无法取子集",
}
