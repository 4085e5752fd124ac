"""Batches: shelves, workers, the report, the cluster."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "Build every source below a folder, several at a time.": "批量生成一个文件夹下的全部简报。",
    "Build every source below DIR (with build's -M, --fix, --no-fix, --strict-fonts, --allow-outside).": (
        "生成DIR下的每个源文件；build的-M、--fix、--no-fix、--strict-fonts、--allow-outside也可用。"
    ),
    "Folder or URL of the editions.": "输出的文件夹或URL。",
    "Processes (else as cores and memory allow).": "进程数（默认依处理器和内存）。",
    "What all processes may take together.": "全部进程合计可用的内存。",
    "Give a source up after so many seconds.": "一个源文件超过此秒数即放弃。",
    "Work on the Dask cluster whose scheduler is here.": "在此地址的Dask集群上运行。",
    "Leave alone what an earlier batch has done.": "前次已完成的不再重做。",
    "A line for each source (default: OUT/report.jsonl).": "每个源文件一行的报告（默认OUT/report.jsonl）。",
    "Keep what can be used again here (else in the user's cache).": "可重复使用的内容存于此处（默认在用户缓存中）。",
    "{done} of {total} sources done in {seconds} s ({rate} a second): {editions} editions, {pages} pages": (
        "{total}个源文件完成{done}个，用时{seconds}秒（每秒{rate}个）：{editions}个版本，{pages}页"
    ),
    "{rate} a second": "每秒{rate}个",
    "{count} failed": "{count}个失败",
    "{count} were done before": "{count}个此前已完成",
    "  {rule}  {count} in {bulletins} bulletins": "  {rule}  {count}处，{bulletins}份简报",
    "done": "完成",
    "failed": "失败",
    "died": "进程中断",
    "timeout": "超时",
    "memory": "内存不足",
    "report: {path}": "报告：{path}",
    "broken off; --resume goes on from here": "已中断；用--resume可接着做",
    "the editions would lie among their sources": "各版本会与源文件混在一处",
    "name another folder with -o": "用-o另指定文件夹",
    "another batch is at work in this folder": "另一批任务正在此文件夹中进行",
    "workers of a batch that was killed are still at work in this folder": "前一批任务被强行终止，其进程仍在此文件夹中运行",
    "end them, or name another folder with -o": "请结束这些进程，或用-o另指定文件夹",
    "wait for it, or name another folder with -o": "等它完成，或用-o另指定文件夹",
    "the report cannot be written: {reason}": "报告无法写入：{reason}",
    "name another file with --report": "用--report另指定文件",
    "this file is no report": "这个文件不是报告",
    "make room, then go on with --resume": "腾出空间，再用--resume继续",
    "the report of the batch before cannot be read: {reason}": "前次的报告无法读取：{reason}",
    "leave out --resume": "去掉--resume",
    "there is no such folder": "没有此文件夹",
    "{address} needs the package fsspec": "{address}需要fsspec包",
    "there is no way to {address}: {reason}": "无法访问{address}：{reason}",
    "install the package for this protocol, or name a folder": "安装该协议所需的包，或指定文件夹",
    "--cluster needs the package dask": "--cluster需要dask包",
    'run pip install "jianbao[cluster]"': '运行 pip install "jianbao[cluster]"',
    "no scheduler answers there: {reason}": "该处没有调度器应答：{reason}",
    "start one with `dask scheduler`, or check the address": "用 `dask scheduler` 启动一个，或检查地址",
    "install the same version of jianbao and the same faces on every machine": "各机器上安装同一版本的jianbao和相同的字体",
}
