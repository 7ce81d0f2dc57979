/** @file How one asks for the first release that has some changes. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'According to “{document}”, which is the earliest of these releases that has all of the following changes?\n{items}\n{options}',
    ],
    [
      'customer',
      'I depend on every one of these changes listed in “{document}”. What is the oldest release I can install?\n{items}\n{options}',
    ],
    [
      'analyst',
      'We need a minimum version. Going by “{document}”, from which of these releases on are all the following changes included?\n{items}\n{options}',
    ],
    [
      'lawyer',
      'According to the entries of “{document}”, which of the releases below is the first to include every one of these changes?\n{items}\n{options}',
    ],
    [
      'researcher',
      'Please determine from “{document}” the first release in which all of these changes had been made.\n{items}\n{options}',
    ],
    [
      'student',
      'Look up when each of these changes was made in “{document}”. Which release is the first to contain them all?\n{items}\n{options}',
    ],
    [
      'editor',
      'We want to name the first release that has all of these changes. Which one is it, according to “{document}”?\n{items}\n{options}',
    ],
    [
      'colleague',
      'Going by “{document}”, which release do we have to upgrade to at least to get all of these?\n{items}\n{options}',
    ],
  ],
  zh: [
    ['plain', '根据《{document}》，最早从哪个版本起包含下列全部更改？\n{items}\n{options}'],
    ['customer', '《{document}》里的这几项更改我都需要，最低要装哪个版本？\n{items}\n{options}'],
    ['analyst', '请对照《{document}》核对最低版本：从哪个版本起这些更改全部具备？\n{items}\n{options}'],
    ['lawyer', '以《{document}》的记载为准，下列更改最早在哪个版本中已全部具备？\n{items}\n{options}'],
    ['researcher', '请依据《{document}》确定最早完成下列全部更改的版本。\n{items}\n{options}'],
    ['student', '请在《{document}》中查出每项更改的版本，再指出最先包含全部更改的是哪一版。\n{items}\n{options}'],
    ['editor', '稿中要写明从哪个版本起具备下列全部更改，据《{document}》，是哪一个？\n{items}\n{options}'],
    ['colleague', '按《{document}》，要同时用上这些更改，我们至少得升到哪个版本？\n{items}\n{options}'],
  ],
});
