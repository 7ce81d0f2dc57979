/**
 * @file The closed list of units: names, dimensions, factor to the SI. What is not here is no unit: a letter is a variable, a word
 * a count noun. Symbols marked with a prefix set take the SI's prefixes; names take the prefixes' names.
 * Factors: SI Brochure (9th ed.), NIST SP 811 for customary units. A month is 30.436875 days, a year 365.2425.
 */
import { fromDecimal, integer, multiply, one, power, type Rational, rational } from '../rational.ts';
import type { Dimensions, Unit } from './dimension.ts';

/** `names | dimensions | factor`; a `*` before a name: a symbol that takes prefixes; a `+`: a word that takes them. */
const rows = `
*m +metre +meter +metres +meters 米 公尺|L1|1
in inch inches 英寸|L1|0.0254
ft foot feet 英尺|L1|0.3048
yd yard yards yds 码|L1|0.9144
mi mile miles 英里|L1|1609.344
nmi|L1|1852
里|L1|500
公里 千米|L1|1000
分米|L1|0.1
厘米 公分|L1|0.01
毫米|L1|0.001
微米|L1|0.000001
纳米|L1|0.000000001
ly lightyear lightyears 光年|L1|9460730472580800
angstrom angstroms Å|L1|0.0000000001
are ares|L2|100
平米|L2|1
hectare hectares ha 公顷|L2|10000
acre acres 英亩|L2|4046.8564224
亩|L2|2000/3
*L *l +litre +liter +litres +liters 升 公升|L3|0.001
毫升|L3|0.000001
cc|L3|0.000001
gal gallon gallons 加仑|L3|0.003785411784
quart quarts qt|L3|0.000946352946
pint pints|L3|0.000473176473
tbsp tablespoon tablespoons|L3|0.00001478676478125
tsp teaspoon teaspoons|L3|0.00000492892159375
floz|L3|0.0000295735295625
*g +gram +grams +gramme +grammes 克|M1|0.001
公斤 千克|M1|1
毫克|M1|0.000001
斤|M1|0.5
t tonne tonnes ton tons 吨|M1|1000
Mt megatonne megatonnes|M1|1000000000
lb lbs pound pounds 磅|M1|0.45359237
oz ounce ounces|M1|0.028349523125
stone|M1|6.35029318
*s sec secs +second +seconds 秒 秒钟|T1|1
毫秒|T1|0.001
min mins minute minutes 分钟|T1|60
h hr hrs hour hours 小时 个小时 钟头 个钟头 时|T1|3600
day days 天 日|T1|86400
fortnight fortnights|T1|1209600
week weeks wk wks 周 星期 个星期|T1|604800
month months 个月|T1|2629746
yr yrs year years 年 岁 周岁|T1|31556952
decade decades|T1|315569520
century centuries 世纪|T1|3155695200
*A +ampere +amperes +amp +amps 安培 安|I1|1
K kelvin kelvins|K1|1
*mol +mole +moles 摩尔|N1|1
*cd|J1|1
rad radian radians 弧度|angle1|1
*Hz +hertz 赫兹 赫|T-1|1
rpm|angle1 T-1|0.10471975511965977
*N +newton +newtons 牛顿 牛|M1 L1 T-2|1
*Pa +pascal +pascals 帕 帕斯卡|M1 L-1 T-2|1
bar|M1 L-1 T-2|100000
atm|M1 L-1 T-2|101325
mmHg|M1 L-1 T-2|133.322387415
psi|M1 L-1 T-2|6894.757293168
*J +joule +joules 焦耳 焦|M1 L2 T-2|1
*cal +calorie +calories 卡路里|M1 L2 T-2|4.184
kWh|M1 L2 T-2|3600000
千瓦时 度电|M1 L2 T-2|3600000
*eV|M1 L2 T-2|0.0000000000000000001602176634
*W +watt +watts 瓦 瓦特|M1 L2 T-3|1
千瓦|M1 L2 T-3|1000
hp horsepower|M1 L2 T-3|745.69987158227022
*C +coulomb +coulombs 库仑|I1 T1|1
*V +volt +volts 伏 伏特|M1 L2 T-3 I-1|1
*Ω *ohm +ohms 欧姆 欧|M1 L2 T-3 I-2|1
*F +farad +farads|M-1 L-2 T4 I2|1
*T +tesla +teslas 特斯拉|M1 T-2 I-1|1
*Wb +weber +webers|M1 L2 T-2 I-1|1
*H +henry|M1 L2 T-2 I-2|1
*bit +bits 比特|bit1|1
*B +byte +bytes 字节|bit1|8
KiB|bit1|8192
MiB|bit1|8388608
GiB|bit1|8589934592
mph|L1 T-1|0.44704
kph kmh kmph|L1 T-1|5/18
knot knots kn|L1 T-1|463/900
$ ＄ dollar dollars usd USD US＄ US$ 美元 美金 刀|$usd1|1
cent cents ¢ 美分|$usd1|0.01
dime dimes|$usd1|0.1
€ euro euros eur EUR 欧元|$eur1|1
£ GBP gbp 英镑 quid|$gbp1|1
pence penny p|$gbp1|0.01
¥ ￥ yuan rmb RMB cny CNY 元 块 块钱 人民币 元人民币 元钱|$cny1|1
角 毛|$cny1|0.1
分币 分钱|$cny1|0.01
JPY yen 日元 円|$jpy1|1
₹ rupee rupees Rs Rs. rs inr INR 卢比|$inr1|1
paise|$inr1|0.01
₩ won KRW 韩元|$krw1|1
₽ ruble rubles rouble roubles RUB|$rub1|1
CHF franc francs|$chf1|1
HK$ HK＄ HKD 港元 港币|$hkd1|1
A$ A＄ AUD|$aud1|1
C$ C＄ CAD|$cad1|1
peso pesos|$peso1|1
crown crowns|$crown1|1
`;

const prefixes: Readonly<Record<string, Rational>> = {
  T: integer(10n ** 12n),
  G: integer(10n ** 9n),
  M: integer(10n ** 6n),
  k: integer(1000n),
  d: rational(1n, 10n),
  c: rational(1n, 100n),
  m: rational(1n, 1000n),
  μ: rational(1n, 10n ** 6n),
  µ: rational(1n, 10n ** 6n),
  n: rational(1n, 10n ** 9n),
  p: rational(1n, 10n ** 12n),
};
const prefixNames: Readonly<Record<string, Rational>> = {
  tera: integer(10n ** 12n),
  giga: integer(10n ** 9n),
  mega: integer(10n ** 6n),
  kilo: integer(1000n),
  hecto: integer(100n),
  deci: rational(1n, 10n),
  centi: rational(1n, 100n),
  milli: rational(1n, 1000n),
  micro: rational(1n, 10n ** 6n),
  nano: rational(1n, 10n ** 9n),
};

function dimensionsOf(text: string): Dimensions {
  return Object.fromEntries(
    text.split(' ').map((part) => {
      const [, name = '', exponent = '1'] = /^(\$?[a-zA-Z]+)(-?\d+)$/.exec(part) ?? [];
      return [name, Number(exponent)] as const;
    }),
  );
}

function factorOf(text: string): Rational {
  const [top = '1', bottom] = text.split('/');
  return bottom === undefined ? fromDecimal(top) : rational(BigInt(top), BigInt(bottom));
}

function table(): Map<string, Unit> {
  const units = new Map<string, Unit>();
  const prefixed = new Map<string, Unit>();
  for (const row of rows.trim().split('\n')) {
    const [names = '', dimensions = '', factor = '1'] = row.split('|');
    const unit = { dimensions: dimensionsOf(dimensions), factor: factorOf(factor) };
    for (const name of names.split(' ')) {
      const bare = name.replace(/^[*+]/, '');
      units.set(bare, { ...unit, text: bare });
      const scales = name.startsWith('*') ? prefixes : name.startsWith('+') ? prefixNames : {};
      for (const [prefix, scale] of Object.entries(scales))
        prefixed.set(prefix + bare, { ...unit, factor: multiply(unit.factor, scale), text: prefix + bare });
    }
  }
  // A name of its own goes before a prefixed reading: min is a minute, cd a candela, ft a foot.
  for (const [name, unit] of prefixed) if (!units.has(name)) units.set(name, unit);
  const degree = (text: string, factor: Rational, offset: Rational): Unit => ({
    dimensions: { K: 1 },
    factor,
    offset,
    text,
  });
  const zeroCelsius = rational(27315n, 100n);
  for (const name of ['°C', 'celsius', 'degC', '℃', '摄氏度']) units.set(name, degree(name, one, zeroCelsius));
  const ninths = rational(5n, 9n);
  for (const name of ['°F', 'fahrenheit', 'degF', '℉', '华氏度'])
    units.set(name, degree(name, ninths, rational(45967n, 180n)));
  // pi/180 to 30 places: angles in degrees meet angles in radians within rounding, never exactly.
  const arc: Rational = rational(17453292519943295769236907684n, power(integer(10), 30n).n);
  for (const name of ['°', 'deg', 'degs', 'degree', 'degrees', '度'])
    units.set(name, { dimensions: { angle: 1 }, factor: arc, text: '°' });
  return units;
}

/** By name or symbol, prefixed ones too; letter case counts. */
export const unitTable: ReadonlyMap<string, Unit> = table();
/** Words for units, in lower case; symbols keep their case (mW is no MW). */
export function unitNamed(name: string): Unit | undefined {
  const known = unitTable.get(name);
  if (known !== undefined || name.length < 3) return known;
  return unitTable.get(name.toLowerCase());
}
/** A unit's symbol that is also a variable's name: read as a unit only where a space or upright type sets it apart. */
export const isLetterUnit = (name: string): boolean => /^[A-Za-z]$/.test(name);
