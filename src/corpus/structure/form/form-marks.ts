/**
 * @file The wording by which kinds of documents are known, as data: titles, headings, lines of the head and words of the running text, in
 * English and Chinese.
 */

/** Kinds that are told by wording; the others by structure alone. */
export type WordedForm =
  | 'filing'
  | 'paper'
  | 'law'
  | 'manual'
  | 'changelog'
  | 'encyclopedia'
  | 'report'
  | 'news'
  | 'speech'
  | 'book';

/** One mark: `title` is the first line, `head` the first 4,000 characters, `headings` the titles of sections. */
export interface FormMark {
  readonly form: WordedForm;
  readonly in: 'title' | 'head' | 'headings';
  readonly pattern: RegExp;
  /** Points of the mark; a document is of a kind from three points. */
  readonly points: number;
  /** Headings that must match; default 1. */
  readonly least?: number;
}

const mark = (form: WordedForm, where: FormMark['in'], points: number, pattern: RegExp, least = 1): FormMark => ({
  form,
  in: where,
  points,
  pattern,
  least,
});

/** All marks that are looked for. */
export const formMarks: readonly FormMark[] = [
  mark(
    'law',
    'title',
    2,
    /^\W*(?:rules|by-?laws|constitution|regulations) (?:of|for|governing)\b|\b(?:house|club|society) rules\b/i,
  ),
  mark(
    'law',
    'head',
    1,
    /^\W*\d{1,2}\.\d{1,2} [^\n]{0,120}\b(?:shall|must|may) (?:not )?\p{Ll}[\s\S]{1,2000}^\W*\d{1,2}\.\d{1,2} [^\n]{0,120}\b(?:shall|must|may) (?:not )?\p{Ll}/mu,
  ),
  mark('law', 'headings', 3, /^(?:[\d.]+ ?)?terms and definitions$/i),
  mark(
    'report',
    'title',
    2,
    /\b(?:first|second|third)[- ]year (?:results|review|update)\b|\b(?:annual|interim|half-year|mid-term|quarterly) (?:results|update|progress)\b/i,
  ),
  mark(
    'manual',
    'headings',
    2,
    /^(?:[\d.]+ ?)?(?:quick ?start|concepts|classes|functions|exceptions|errors|constants|types|endpoints|glossary|rate limits|authentication)$/i,
    3,
  ),
  mark(
    'filing',
    'title',
    5,
    /\b(?:plc|inc|corp|ltd|holdings|ag|group|oyj|asa|ab|a\/s|se|n\.?v\.?|s\.?p\.?a\.?)\b[^\n]{0,80}(?:interim|half-year(?:ly)?|quarterly) report\b/i,
  ),
  mark('report', 'title', 3, /\bminutes of\b|月报|周报|季报|简报|会议纪要|工作总结|述职|汇报/i),
  mark('report', 'head', 2, /^\W*(?:Present|Apologies|In attendance|出席|列席|参会人员)\b ?[|:：]/im),
  mark(
    'law',
    'title',
    3,
    /Satzung|Verordnung\b|Gesetz\b|\bloi n|décret|reglamento|\bley \d|закон\b|постановление|条例|규정|조례|条約/i,
  ),
  mark('law', 'head', 2, /^[#*\s]*[^\n]{0,30}关于[^\n]{2,40}的(?:通知|决定|公告|通告|意见|办法|批复)\**$/m),
  mark('law', 'head', 2, /现将有关事项通知如下|现予(?:公布|发布|印发)|自[^\n]{2,16}起(?:施行|实施)|印发给你们/),
  mark(
    'law',
    'head',
    3,
    /^第[一二三四五六七八九十百\d]{1,5}条[ 　【（(][\s\S]{1,900}^第[一二三四五六七八九十百\d]{1,5}条[ 　【（(][\s\S]{1,900}^第[一二三四五六七八九十百\d]{1,5}条[ 　【（(]/m,
  ),
  mark('law', 'head', 3, /^§ ?\d+[\s\S]{1,900}^§ ?\d+/m),
  mark('law', 'head', 2, /\bAn Act to\b|\bIn this (?:Act|Order|Part|Code|Regulation)\b|\bthis Act may be cited\b/),
  mark(
    'law',
    'head',
    3,
    /^(?:GB|DB\d*|HJ|YY|JT|QB|ISO|IEC|EN|STD)(?:\/T)? ?\d[\d.]*[—–-]\d{4}|本文件规定了|本标准规定了/m,
  ),
  mark(
    'filing',
    'title',
    3,
    /\b(?:plc|inc|corp|ltd|holdings|ag|group)\b[^\n]{0,40}annual report|annual report and accounts|年年度报告|年度报告全文/i,
  ),
  mark(
    'filing',
    'headings',
    2,
    /\bnotes to the (?:financial statements|accounts)\b|重要提示|\bconsolidated (?:income|balance|statement)/i,
  ),
  mark(
    'news',
    'head',
    3,
    /기자(?: \||$|\s*=)|특파원|وكالة|(?:وقال|وأضاف)[^\n]{0,40}[:«]|\(AFP\)|\(dpa\)|\(EFE\)|корреспондент|【[^】\n]{1,20}(?:報道|通信)】/m,
  ),
  mark(
    'manual',
    'title',
    2,
    /\b(?:owner[’']?s|user[’']?s|operat(?:or[’']?s|ing)|service|quick start) (?:guide|manual|handbook)\b|取扱説明書|사용 설명서|bedienungsanleitung|mode d[’']emploi|instrucciones/i,
  ),
  mark('manual', 'head', 1, /^(?:WARNING|CAUTION|DANGER|警告|注意|危险)[:：!！]/m),
  mark('book', 'head', 2, /\bin this chapter (?:we|i)\b|^In which (?:we|\p{Lu})|本章(?:提要|导读)/imu),
  mark('report', 'title', 3, /отч[её]т|\binforme\b|\brapport\b|bericht\b|relatório|relazione|報告/i),
  mark(
    'filing',
    'headings',
    2,
    /^item \d+[ab]?\.? (?:management|risk factors|financial statements|business|properties|legal)/i,
  ),
  mark('filing', 'head', 1, /\bnotes to (?:the )?(?:condensed )?consolidated financial statements\b/i),
  mark(
    'paper',
    'headings',
    1,
    /\b(?:references|bibliography|related work|methods?|experiments?|results|discussion)\b|参考文献|引言|方法|结果|讨论|结论/i,
    3,
  ),
  mark('filing', 'headings', 3, /^item \d+[ab]?\b/i, 3),
  mark('filing', 'head', 3, /\bform (?:10-[KQ]|8-K|20-F|S-1|6-K)\b|securities and exchange commission/i),
  mark('filing', 'headings', 2, /^item \d+[ab]?\b/i),
  mark(
    'filing',
    'head',
    2,
    /\bnotes to (?:the )?(?:condensed )?consolidated financial statements|\(unaudited\)|\b(?:figures|statements|report) (?:are|is|have not been|has not been) (?:un)?audited\b/i,
  ),
  mark('filing', 'head', 2, /\b(?:registrant|commission file number|pursuant to section 1[35])\b/i),
  mark('filing', 'head', 3, /证券代码|股票代码|招股说明书|(?:股份有限公司|集团)[^\n]{0,20}(?:年度|季度)报告/),
  mark('filing', 'head', 2, /本公司董事会|重要提示|上市公司|信息披露/),

  mark('paper', 'headings', 2, /^(?:[\dIVX]+\.? ?)?(?:abstract|摘 ?要)/i),
  mark('paper', 'head', 2, /^\W*abstract\b|^[\s*#【]*摘 ?要/im),
  mark(
    'paper',
    'headings',
    1,
    /\b(?:references|bibliography|related work|methods?|experiments?|results|discussion)\b/i,
  ),
  mark('paper', 'headings', 1, /参考文献|引言|相关工作|实验|结论/),
  mark('paper', 'head', 1, /\b(?:keywords?|index terms)\b ?[:—-]|关键词[:：]?/i),
  mark(
    'paper',
    'head',
    1,
    /\bet al\.|\bdoi:|\barxiv\b|\bin this paper\b|\bwe (?:propose|present|show)\b|本文(?:提出|研究|介绍)/i,
  ),

  mark(
    'law',
    'title',
    2,
    /\b(?:act|law|code|regulations?|ordinance|statute|constitution|directive|treaty|bylaws|licen[cs]e|agreement|standard|policy|terms of (?:use|service))\b/i,
  ),
  mark('law', 'title', 2, /(?:法|条例|规定|办法|章程|协议|合同|标准|细则)(?:[（(].*)?$/),
  mark('law', 'headings', 2, /^(?:article|section|§|clause|sec\.) ?\d+|^第[\d零〇一二三四五六七八九十百]{1,6}条/i, 3),
  mark('law', 'headings', 3, /^article [IVXL]+\b/i, 3),
  mark(
    'law',
    'head',
    2,
    /\b(?:be it enacted|hereby enacts?|hereinafter|whereas,|the parties agree|key words? "must")/i,
  ),
  mark(
    'law',
    'headings',
    3,
    /^(?:[\dA-Z.]+ +)?(?:security considerations|iana considerations|conformance|normative references)|^(?:[\d.]+ ?)?(?:规范性引用文件|术语和定义)/i,
  ),
  mark('law', 'head', 1, /为了?(?:规范|加强|保护|保障|维护)[^\n]{2,60}(?:制定|特制定)|根据[^\n]{2,40}制定本/),

  mark(
    'manual',
    'title',
    2,
    /\b(?:manual|guide|handbook|how to|howto|tutorial|instructions|reference|documentation|readme|getting started|api|faq)\b/i,
  ),
  mark('manual', 'title', 2, /(?:手册|指南|教程|说明书?|入门|文档|使用方法|帮助)(?:[（(].*)?$/),
  mark(
    'manual',
    'headings',
    2,
    /^(?:[\d.]+ )?(?:install(?:ation|ing)?|usage|configuration|configuring|getting started|quick ?start|requirements|troubleshooting|options|synopsis|parameters|arguments|api(?: reference)?|examples?|before you begin|safety|setup|set ?up|maintenance|step \d+)\b/i,
    2,
  ),
  mark(
    'manual',
    'headings',
    2,
    /^(?:[\d.、一二三四五六七八九十]+ ?)?(?:安装|使用|用法|配置|快速(?:开始|入门)|故障|参数|选项|示例|步骤|注意事项|操作|维护|常见问题|准备)/,
    2,
  ),
  mark(
    'manual',
    'head',
    3,
    /^#* ?(?:NAME|名称|名前|名字)\n[\s\S]{0,400}^#* ?(?:SYNOPSIS|概要|总览|書式|大纲|概述|语法)\n/m,
  ),
  mark(
    'manual',
    'head',
    1,
    /^\s*\$ \w+|`[\w-]+ --?[\w-]+|\b(?:click|press and hold|unplug|tighten|make sure that)\b|点击|单击|按下|请先/im,
  ),

  mark(
    'changelog',
    'title',
    3,
    /\b(?:change ?log|release notes|what['’]s new|release history|changes|news for)\b|更新(?:日志|记录|说明)|变更(?:日志|记录)|版本(?:历史|记录|说明)|发[布行](?:说明|注记)/i,
  ),
  mark(
    'changelog',
    'headings',
    2,
    /^(?:version |release |v)?\[?v?\d+\.\d+(?:\.\d+)?|^(?:版本 ?)?v?\d+\.\d+|^\[?unreleased/i,
    2,
  ),
  mark(
    'changelog',
    'headings',
    1,
    /^(?:added|changed|fixed|removed|deprecated|breaking changes?|bug fixes|new features|新增|修复|变更|移除|优化|改进)/i,
    2,
  ),
  mark('changelog', 'headings', 3, /^(?:what['’]s new|changes|new) (?:in|since) (?:\S+ )?v?\d+\.\d/i, 2),
  mark('changelog', 'head', 3, /^\S+ \([\w.+:~-]+\) [\w -]+; urgency=/m),

  mark(
    'encyclopedia',
    'headings',
    3,
    /^(?:introduction|geography|people and society|environment|government|economy|energy|communications|transportation|military|transnational issues)$/i,
    5,
  ),
  mark(
    'encyclopedia',
    'headings',
    2,
    /^(?:early (?:life|years)|etymology|geography|climate|demographics|see also|external links|further reading|legacy|people and society|taxonomy|habitat|in popular culture|biography|history|economy|government|culture)$/i,
    2,
  ),
  mark(
    'encyclopedia',
    'headings',
    2,
    /^(?:[\d.、一二三四五六七八九十]+ ?)?(?:词源|名称|历史(?:沿革)?|地理|气候|人口|行政区划|经济|参见|参考资料|外部链接|生平|早年|文化|影响|分布|交通|教育)$/,
    2,
  ),

  mark(
    'report',
    'title',
    3,
    /\b(?:report|review|assessment|survey|audit|white ?paper|findings|evaluation|statistics|bulletin)\b|报告|白皮书|公报|评估|调查|统计/i,
  ),
  mark(
    'report',
    'headings',
    2,
    /\b(?:executive summary|summary|key findings|findings|recommendations|methodology|scope|conclusions?|outlook)\b/i,
  ),
  mark(
    'report',
    'headings',
    2,
    /^(?:[\d.、（）一二三四五六七八九十]+ ?)?(?:概述|摘要|主要(?:发现|结论|指标)|建议|调查方法|结论(?:与建议)?|展望|总体情况|存在的?问题)/,
  ),

  mark(
    'news',
    'head',
    3,
    /^\p{Lu}{3,}[\p{Lu} .’'-]*(?:, \p{L}[\p{L}. ]{1,20})?(?:,? (?:\p{Lu}[\p{L}.]{2,8} \d{1,2}(?:, \d{4})?|\d{1,2} \p{Lu}[\p{L}.]{2,8}(?: \d{4})?))? ?(?:\([^)\n]{2,12}\) ?)?[—–-]{1,2} ["“\p{L}]/mu,
  ),
  mark('news', 'head', 3, /^\p{Lu}[\p{L}. ]{2,24}(?:, [\p{L}. ]{2,20})? \((?:Reuters|AP|AFP|UPI|Xinhua)\)/mu),
  mark(
    'news',
    'head',
    3,
    /本报讯|新华社[^\n]{0,16}电|(?:记者|通讯员)[ 　]?\p{Script=Han}{2,4}(?:报道|[）)])|据[^\n，]{2,12}(?:报道|消息)|[）)]?讯[（(]/u,
  ),
  mark('news', 'head', 1, /^by \p{Lu}[\p{L}.'-]+ \p{Lu}[\p{L}.' -]+$/imu),

  mark(
    'speech',
    'head',
    3,
    /\b(?:my fellow|fellow[- ]citizens|to the senate and house of representatives|ladies and gentlemen|mr\. (?:president|speaker|chairman)\b[,:]|members of (?:the )?congress|distinguished guests|mes amis)/i,
  ),
  mark(
    'speech',
    'head',
    3,
    /同志们|同学们[、：，！]|家长们|乡亲们|女士们|先生们[，：:]|各位(?:代表|来宾|朋友|同学|老师|嘉宾|领导)|尊敬的[^\n]{1,20}[：:，]/,
  ),
  mark('speech', 'title', 2, /\b(?:speech|address|remarks|lecture|sermon|keynote)\b|讲话|演讲|致辞|发言/i),

  mark('book', 'headings', 3, /^(?:chapter|book|part|volume|canto)\b|^第.{1,7}[章回卷部篇]/i, 2),
  mark(
    'book',
    'headings',
    2,
    /^(?:chapter|book|part|prologue|epilogue|preface|foreword)\b|^第.{1,7}[章回卷]|^(?:序|序言|楔子|前言|后记)$/i,
  ),
  mark(
    'book',
    'head',
    1,
    /[“"«][^”"»\n]{3,200}[,?!.][”"»] (?:said|asked|replied|cried) (?:[A-Z]|he|she|the)|[，。][^\n]{0,12}[说问道]：“/,
  ),
  mark('book', 'title', 2, /^#* ?(?:chapter|book)\b|^#* ?第.{1,7}[章回卷]/i),
];
