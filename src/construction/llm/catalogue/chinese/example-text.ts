/** @file The texts of the Chinese worked examples: what `../example-text.ts` tells, as a Chinese log would. */

/** Documents by their titles. */
export const chineseExampleDocuments: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: '北灯塔日志',
    text: [
      '一、守塔人',
      '',
      '沈安于一八七一年三月任守塔人。她每年冬天都请求理事会再添一条船，每次都被拒绝。',
      '',
      '罗恒于一八八四年五月接任。他头一年烧了六百一十桶油，第二年烧了五百四十桶。',
      '',
      '林可于一九〇二年六月接任。在她手里，灯每年烧二百七十桶油。',
      '',
      '二、物料',
      '',
      '剪灯芯在加油之前：灯芯不剪，就会熏黑玻璃。加油之后擦玻璃，最后升起遮板。',
      '',
      '本日志所称“短班”，是指三小时的值守。第二条船于一八九九年八月运到，罗恒同时把自己的船卖给了理事会。',
    ].join('\n'),
  },
  {
    title: '南灯塔日志',
    text: [
      '南灯塔头一年烧了四百八十桶油。守塔人彭屿只在星期日值短班。',
      '',
      '彭屿于一八九〇年四月离任，此后再没有给理事会写过信。',
    ].join('\n'),
  },
  {
    title: '理事会账单',
    text: '绳子春天来了两次，秋天的绳子更好。面粉很贵。油漆同面粉一起来，同绳子一起用完；又要了油漆，来的油漆是灰色的。绳子一点不剩，钉子也不够。',
  },
];
