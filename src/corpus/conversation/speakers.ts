/** @file What the label of a speaker looks like, and the words that stand where one might and name nobody. */

/** Titles with which a record names who speaks; the pattern has no group. */
export const honorific =
  '(?:M(?:r|rs|s|x|adam|adame|iss|essrs|R|RS|S|ISS)|D(?:r|R)|Prof(?:essor)?|PROF(?:ESSOR)?|Sen(?:ator)?|SEN(?:ATOR)?|Rep(?:resentative)?|REP(?:RESENTATIVE)?|Chair(?:man|woman|person|lady)?|CHAIR(?:MAN|WOMAN|PERSON)?|Governor|GOVERNOR|General|GENERAL|Secretary|SECRETARY|Judge|JUDGE|Justice|JUSTICE|CHIEF JUSTICE|Chief Justice|Sir|SIR|Lord|LORD|Lady|LADY|Senhor|Herr|Frau|Hon|HON|Col(?:onel)?|Captain|CAPTAIN|Commissioner|COMMISSIONER|President|PRESIDENT|Minister|Ambassador|Delegate|Father|Sister|Rev)';

/** A name by its letters: capitals first, or a script without them. At most five words, with particles between. */
export const properName =
  "(?:[\\p{Lu}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Arabic}][\\p{L}\\p{N}\\p{M}.'’&_·・ー-]*)(?: (?:(?:of|the|and|de|von|van|der|den|di|da|la|le|du|al|bin|to|for|et|und|y|&) )?[\\p{Lu}\\p{N}#\\p{Script=Han}][\\p{L}\\p{N}\\p{M}.'’&_-]*){0,4}";

/** Labels of forms, notes, manuals, metadata and logs. */
const fields = new Set(
  `note notes nb ps warning caution important tip tips hint example examples info error errors debug trace fatal notice summary description
  usage returns return parameters params arguments args options option default defaults type types name names title author authors date dates
  version versions age sex gender address email e-mail mail phone fax tel url website source sources subject re to from cc bcc sent received
  status category categories tags keywords abstract background objective objectives methods results conclusion conclusions see also todo fixme
  chapter section part figure fig table step item input inputs output outputs result expected actual problem solution cause fix syntax synopsis
  features requirements license licence copyright dependencies added changed removed fixed deprecated security value values key keys id
  height weight size colour color price total quantity country city state capital population language currency area location
  time start end duration ingredients directions method servings pros cons advantages disadvantages before after
  what when why who where how which whose origin appendix first second third fourth firstly secondly thirdly finally since however therefore thus
  e.g i.e by repository files file comment comments uses used goal question premise hypothesis sentence news readme thanks makefile install
  fixes feature improvement improvements docs misc bugs bug change changes backends translations libraries released bugfixes speedups
  definition theorem lemma proof remark remarks corollary proposition assumption claim attention reminder edit update updates correction
  scene act setting place cast characters persons dramatis prologue epilogue curtain exit exeunt enter re-enter manet flourish alarum finis
  contents index preface introduction footnote illustration reference references bibliography http https ftp file mailto
  windows linux macos mac unix android ios debian ubuntu fedora python javascript java node npm yarn html css json xml yaml
  indication semantics preamble definitions termination disclaimer classifier requires metadata installer driver mode filename
  exception valueerror typeerror keyerror assertionerror got expecting trying text topic agenda present absent apologies minutes
  yes no ok true false none null amen farewell mr mrs ms dr st vs no vol pp cf viz etc op ed eds trans jr sr inc ltd co
  january february july august september october november december monday tuesday wednesday thursday friday saturday sunday today yesterday
  tomorrow song dirge letter photo photos photograph photographs photography transcription transcript interviewed appearances
  系统消息 系统通知 系統訊息 時間 地點 日期 出席 列席 主題 記錄 紀錄 備註 說明
  注意 说明 备注 提示 警告 例如 例 注 姓名 性别 年龄 地址 电话 邮箱 标题 题目 日期 时间 地点 作者 来源 摘要 关键词 名称 类型 单位
  编号 图 表 图片 附 附件 结果 方法 目的 结论 答案 解析 参考 版本 作用 用法 主治 组成 人物 场景 布景 编辑 责编 原标题 核心提示 导语 编者按 背景
  第一 第二 第三 第四 首先 其次 最后 优点 缺点 特点 步骤 材料 做法 原料 功能 参数 返回 示例 输入 输出 定义 定理 证明 性味 归经 功效 禁忌 释义 出处
  同义词 反义词 近义词 拼音 部首 举例 总结 主题 内容 目标 要求 任务 原因 影响 意义 措施 职业 籍贯 民族 学历 价格 规格 型号 品牌 数量 总计 合计 备考 采访时间 采访地点 采访人 访谈时间 访谈地点 采访日期 责任编辑 值班编辑 校对 审校 审核 撰文 采写 采访 摄影 供稿 监制 排版 编审 美编 整理 翻译 终审 初审 复审 更新 修复 新增 变更`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Words within a label that make it a heading or a level of a log. */
const within =
  /\b(?:ACT|SCENE|CHAPTER|BOOK|PART|SECTION|ARTICLE|VOLUME|CANTO|INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL|NOTICE|CRITICAL|THE END|FEATURES?|FIXES|CHANGES|NOTES|EXIT|EXEUNT|ENTER|EXAMINATION|CONTENTS|EXHIBIT|LICENSE|COPYRIGHT|CURTAIN)\b|^[\dIVXLC.]+$/;

/** Lines of minutes and records that say who is there. */
const presence =
  /^(?:(?:members|others|also|those|staff|officials|witnesses) )?(?:present|absent|attending|in attendance)$|^(?:witnesses|attendees|participants|members|(?:first|second|third) panel)$/i;

/** `我建议：`, `他们认为：`: a sentence of the same speech that announces what comes. */
const announces = /^[我你您他她咱](?!们?$)\p{Script=Han}+$/u;

/** Whether it is a field's, a heading's or a log's. */
export const isField = (label: string): boolean =>
  presence.test(label) ||
  announces.test(label) ||
  fields.has(label.toLowerCase().replace(/[ .]*\d+$|\.$| \p{L}$/u, '')) ||
  within.test(label);

/** `Chapter 3`, `Makefile.am`, `Signed-off-by` and fields name nobody. */
export const isName = (label: string): boolean =>
  label.length <= 60 &&
  !isField(label) &&
  !/[._-]\p{Ll}|[\\/=<>{}"“”|]|\.\w{2,4}$|^(?:OF|IN|FOR|OR|AND|TO|BY|ON|AT|WITH|FROM|IF|IS|ARE|AS|NOT|NO) |^(?:The|This|That|These|Those|If|In|On|For|It|And|But|As|At|To)$/u.test(
    label,
  );

/** What parties of a question and answer are called without a name. */
export const isParty = (label: string): boolean => /^[QA]$|^[问答問]$/.test(label);

/** Who speaks in the records of language models. */
export const isRole = (label: string): boolean =>
  /^(?:system|user|assistant|human|gpt|chatgpt|bot|model|tool|function|developer|ai)$/i.test(label);
