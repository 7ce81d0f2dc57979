/**
 * @file The documents of the recorded exchanges: short ones of the package, and three in Chinese that were written for this test.
 */
import type { Document } from '../../../src/corpus/document.ts';
import { sha256 } from '../../../src/corpus/make-document.ts';
import { packagedDocuments } from '../../packaged-documents.ts';

const packaged = [
  'factbook/at',
  'factbook/cr',
  'factbook/wq',
  'factbook/jn',
  'factbook/ax',
  'sotu/1790_george_washington_n',
  'sotu/1800_john_adams_f',
  'sotu/1932_herbert_hoover_r',
  'moby-dick/101',
  'moby-dick/103',
  'moby-dick/65',
  'moby-dick/98',
];

const chinese: readonly (readonly [title: string, text: string])[] = [
  [
    '青屿港务管理办法',
    `第一条 本办法适用于青屿港及其所属的东、西两个泊区。港务处负责日常管理，渔业站负责渔获登记。

第二条 本办法所称“小船”，是指船长不足十二米的船舶；所称“夜间”，是指每日二十一时至次日五时。

第三条 小船进港不收泊位费；其他船舶按船长计收，每米每日六元。连续停泊超过三十日的，自第三十一日起每米每日加收二元。

第四条 西泊区水深四点五米，设泊位二十二个；东泊区水深七米，设泊位十四个。东泊区仅供船长二十米以上的船舶使用。

第五条 夜间进港须提前两小时报告港务处。未报告的，处二百元罚款；一年内第二次未报告的，处五百元罚款。

第六条 渔获须在靠泊后一小时内向渔业站登记。小船免于登记，但载有保护鱼种的除外。

第七条 港务处每年四月与十月各检修一次泊位。检修期间，该泊区的船舶移往另一泊区，泊位费减半；第四条关于船长的限制在此期间不适用。

第八条 对处罚不服的，可在十五日内向港务处申请复核；复核期间不停止收费，但停止执行罚款。

第九条 本办法自二〇一八年五月一日起施行。二〇〇九年六月发布的《青屿港停泊规则》同时废止。`,
  ],
  [
    '白石港停泊规定',
    `白石港由镇公所直接管理，全港水深五米，设泊位三十个，二〇一二年三月建成，二〇一六年八月扩建。

船舶进港一律按吨位收费，每吨每日一元五角；渔船减收三分之一。停泊超过六十日的，须先向镇公所申请，获准后费用不变。

夜间进港不必报告，但须挂灯。未挂灯的，第一次给予警告，第二次处三百元罚款。

渔获登记由船主自行填写，每月末交镇公所。二〇一九年一月起，登记表改用电子形式。

每年十一月检修泊位，为期十日，期间全港停用，船舶须驶往青屿港或自行安排。`,
  ],
  [
    '合作社码头会议记录',
    `主持人：今天先定修码头的事。老郑，你先说木料要多少。

郑海生：上回我说要四十根，量过以后是三十六根，每根一百二十元。

林秀芬：账上现有六千八百元，木料付得起，可是钉子和工钱还没算。

何大同：工钱不用付，我们几家轮流出工，每家三天，一共八家。

主持人：钉子呢？

郑海生：钉子二百六十元，是镇上五金店的价。

林秀芬：那就够了。不过我记得去年答应过把结余留给渔网基金，至少留两千元。

何大同：我本来主张先买发动机，既然码头五月就要用，我同意先修码头，发动机明年再说。

主持人：好，木料由老郑四月十日前订好，秀芬十二日前付款，出工从四月二十日开始。

郑海生：订货我得改一改，十日不行，店里十五日才到货，我十六日去提。

林秀芬：那我付款也改到十六日，货到付款。

主持人：就这样。出工的日子不变。网具仓库漏雨的事，下次再议。

何大同：下次会定在五月六日吧，码头那时该修好了。

主持人：同意。散会。`,
  ],
];

/** A document of its own words. */
function own([title, text]: readonly [string, string], i: number): Document {
  const rest = { source: 'written for this test', licence: 'CC0-1.0', language: 'zh', kind: 'reference' } as const;
  return { id: `zh/${i + 1}`, title, text, sha256: sha256(text), ...rest };
}

/** In the order in which the build gets them. */
export const exchangeDocuments = (): Document[] => [
  ...packaged.flatMap((id) => packagedDocuments().filter((document) => document.id === id)),
  ...chinese.map(own),
];
