/** @file Words by which English names are told from other capitals, and their kinds from one another. */

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

/** Words that begin sentences, headings and fields, and are no names in capitals. */
export const noNames = setOf(`
  I A An The And But Or Nor For Yet So If In On At To Of By As It Its He She We They You His Her Our Their My Your This That These
  Those There Here Then Thus When Where While What Which Who Whom Whose Why How No Not Yes Oh O Ah Well Now Never Ever Always Often Once Upon
  After Before Above Below Under Over Into From With Within Without Through Throughout During Since Until Till Unless Although Though Because
  However Therefore Moreover Furthermore Nevertheless Meanwhile Instead Indeed Perhaps Maybe Still Even Only Just Also Again All Any Both Each
  Every Few Many More Most Much Other Others Another Some Such Several Same Such One Two Three Four Five Six Seven Eight Nine Ten First Second Third
  Last Next Finally Later Soon Today Tomorrow Yesterday Tonight Will Would Shall Should Can Could May Might Must Do Does Did Done Is Are Was Were
  Be Been Being Am Have Has Had Having Let Lets Go Come See Note Notes Please Thank Thanks Dear Sincerely Regards Hello Hi Hey Good Bad New Old
  Chapter Section Part Volume Book Page Figure Fig Table Appendix Annex Article Item Exhibit Schedule
  Articles Sections Chapters Clause Paragraph Line Step Example Abstract Summary Introduction Conclusion References Contents Index Preface Foreword Act Scene Enter Exit
  Exeunt Re-enter Aside Curtain Tis Twas Thou Thy Thee Ye Lo Alas Hark Aye Nay Prologue Epilogue None Null True False Undefined Total Totals Subtotal Name Names Date Time Type Value Version
  Release Title Author Editor Source Subject Re Fwd Cc Id No Nos Vs Use Using Used Add Added Adds Fix Fixed Fixes Change Changed Changes Remove
  Removed Removes Update Updated Updates Improve Improved Support Supports Supported Make Makes Click Select Choose Press Open Close Set Get Run
  Install Enable Disable Check Create Delete Return Returns Default Optional Required Warning Caution Important Tip Tips Danger Remember Turn
  Put Take Keep Place Remove Insert Push Pull Hold Wait Repeat Start Stop Begin End Save Load Copy Paste Enter Type Write Read Send Call
  God Heaven Hell Internet Web English Google Question Answer Q A Day Night Morning Evening Week Month Year Monday Tuesday Wednesday
  Thursday Friday Saturday Sunday January February March April June July August September October November December Jan Feb Mar Apr Jun
  Jul Aug Sep Sept Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun Subject Sent To Cc Spring Summer Autumn Winter Christmas Easter AM PM BC AD BCE CE North South East West Northern Southern Eastern
  Western According Between Among Against Around About Across Along Toward Towards Near Off Out Up Down Back Away Far Like Unlike Despite Except
  Per Via Plus Minus Nothing Something Everything Anything Nobody Somebody Everybody Anyone Everyone Someone Man Men Woman Women People
  Further Former Latter Whether Neither Either Rather Quite Very Too Enough Less Least Almost Nearly Certainly Surely Truly Clearly
  Suddenly Slowly Quickly Usually Generally Sometimes Otherwise Besides Hence Whereas Whereby Whatever Whenever Wherever Whoever`);

/** Ranks and forms of address before a person's name. */
export const titles = setOf(`
  Mr Mrs Ms Miss Dr Sir Lord Lady Madam Madame Mme Mlle Prof Professor President Senator Congressman Congresswoman Representative Governor
  Mayor Judge Justice Chancellor Minister Premier Ambassador Secretary Chairman Chairwoman Chair General Colonel Major Captain Lieutenant
  Sergeant Corporal Private Admiral Commander Commodore Inspector Detective Officer Constable Sheriff Father Mother Brother Sister Uncle Aunt
  Cousin Grandfather Grandmother King Queen Prince Princess Emperor Empress Duke Duchess Earl Count Countess Baron Baroness Viscount Marquis
  Pope Bishop Archbishop Cardinal Reverend Rev Rabbi Imam Sen Rep Gov Gen Col Maj Capt Lt Sgt Hon Cpl Adm Cmdr Messrs Monsieur Signor
  Señor Don Doña Herr Frau Councillor Alderman Deacon Nurse Coach Attorney Squire Master Mistress Dame Doctor Counsel Commissioner Director
  Superintendent Marshal Fr Cllr Supt Insp Msgr Pvt Br Bp`);

const orgTails = `
  Inc Incorporated Ltd Limited LLC LLP PLC Corp Corporation Company Co Group Holdings Bank University College School Academy Institute
  Institution Association Society Committee Commission Council Department Ministry Agency Authority Board Office Bureau Court Parliament
  Congress Senate Assembly Party Union Federation League Club Foundation Trust Church Army Navy Press Times Tribune Gazette Courier Herald
  Post Museum Hospital Clinic Laboratory Laboratories Centre Center Service Services Systems Industries Partners Airlines Airways Motors Lines
  Pharmaceuticals Technologies Technology Software Brothers Bros Sons Associates Ventures Capital Fund Alliance Coalition Organization
  Organisation Network Observatory Orchestra Choir Theatre Company Guild Administration Legion Command Police Constabulary Partnership Consortium Cooperative Works Brickworks Ironworks Steelworks Gasworks Waterworks Glassworks Saltworks Potteries AB AG SA NV BV Oy Oyj ASA GmbH Pty
  Mills Railway Railways Railroad Movement Front Chamber Tribunal Workers Ministers Assembly Coalition Electric Energy Oil Steel Foods Freight Markets Appliances Growers Stores Logistics Shipping Supply Brewery Bakery Dairy Farms Body Project Water Media Studios Records Entertainment Insurance Securities Exchange Library`;
/** Words that end the name of an organisation. */
export const organisationTails = setOf(orgTails);
/** Words before `of` or `for` that begin one: `Ministry of Finance`. */
export const organisationHeads = setOf(`
  University Ministry Bank Department Institute Institution Society Board Office Bureau Court House Church College Academy School Council
  Commission Committee Association Federation League Order Society Chamber Museum Faculty Union Organization Organisation Agency Centre Center
  Secretariat Directorate Company Guild Division Army`);
/** Words that end the name of a place. */
export const placeTails = setOf(`
  River Lake Mountain Mountains Mount County City Town Village Street Road Avenue Lane Square Row Island Islands Isle Isles Ocean Sea Bay
  Valley Peninsula Desert Province District Park Bridge Harbour Harbor Port Cape Gulf Strait Straits Falls Airport Station Castle Hill Hills
  Heights Beach Creek Canyon Forest Coast Republic Kingdom Territory State States Plain Plains Plateau Point Basin Channel Canal Moor Fen
  Quay Pier Dock Ridge Pass Glacier Delta Farm Hall Manor Abbey Lighthouse Reef Sound Ford Cove Marsh Woods Wood Gardens Tower Palace Prison
  Cemetery Field Fields Highway Boulevard Drive Court Terrace Wharf Estate Borough Parish Shire Region Empire Colony Arena Stadium`);
/** Words that end names of bodies and of places, and other names too: they say it where no more is known. */
export const looseOrganisationTails = setOf(
  `Pumps Valves Bearings Closures Cables Turbines Boilers Cranes Elevators Paints Tyres Looms Health Mutual Metro Buses Bus Yard Yards Shipyard Hire Residents Beekeepers Ferries Trustees Rangers Volunteers Partnership Syndicate Timber Foundry Printers Robotics Analytics Dynamics Labs Pharma Biotech Cereals Coffee Outfitters Surveyors Engineers Architects Builders Contractors Advisers Advisors Consulting Consultants Solicitors Publishing Publishers Games Broadcasting Radio Television Optics Textiles Ceramics Instruments Sensors Packaging Chemicals Minerals Mining Quarries Fisheries Orchards Nurseries Seeds`,
);
export const loosePlaceTails = setOf(
  `Head Parade Piece Site Narrows Landing Junction Crossing Green Common Heath Meadow Meadows Hollow Grove Spring Springs Rock Rocks Cliff Cliffs Downs Fold Weir Lock Reservoir Spit Ness Firth Loch Lough Tarn Beck Brook Dale Glen Gate Corner Cross Crescent Close Promenade Embankment Viaduct Aqueduct Orchard Pond Marina Jetty Shoal Shoals Bight Banks Mouth Summit Peak Range Trail Path`,
);
/** Words that begin one. */
export const placeHeads = setOf(
  'Mount Mt Lake Cape Fort Ft Port Isle Gulf Bay River City County Republic Kingdom Province Strait Sea State Town Village Valley San Santa New North South East West Upper Lower Saint St Los Las El La Al Puerto Villa',
);
/** Words that end the name of a work, a law or an event. */
export const workTails = setOf(
  'Act Code Constitution Treaty Agreement Convention Bible Testament Quran Charter Declaration Bill Times Report Manual Handbook Guide Gospel Epistle Psalms Review Journal Chronicle',
);
/** Words that begin one before `of`: `Journal of Small Machines`. */
export const workHeads = setOf('Journal Annals Proceedings Transactions Bulletin');
/** Words that end the name of something technical. */
export const termTails = setOf(
  'Protocol API Framework Format Algorithm Toolkit Console Engine Standard Rate Index Syndrome Interface',
);
/** Words that end names of other kinds. */
export const otherTails = setOf(
  'War Wars Revolution Battle Siege Crisis Award Prize Cup Championship Games Festival Day Plan Project Programme Program Award Medal Era Age Renaissance Reformation Theorem Effect Law Disease Syndrome',
);

/** Programs, languages and formats that go by one word. */
export const knownTerms = setOf(
  'Windows Linux macOS Android iOS Ubuntu Fedora FreeBSD OpenBSD NetBSD Python Java JavaScript TypeScript Ruby Perl Rust Kotlin PostScript PostgreSQL MySQL SQLite Redis Docker Kubernetes Git GitHub GitLab Firefox Chrome Chromium Safari Photoshop Inkscape LaTeX TeX Markdown Unicode Bluetooth Ethernet Wi-Fi USB HTTP HTTPS HTML XML JSON YAML TOML CSV PDF SQL API CSS SVG PNG JPEG GIF MP3 UTF-8 ASCII SSH TLS TCP UDP DNS GPS GNSS',
);

/** Given names that are common in English texts. */
export const givenNames = setOf(`
  Aaron Abigail Abraham Ada Adam Adrian Agnes Alan Albert Alexander Alexandra Alfred Alice Alison Allan Amanda Amelia Amy Andrea Andrew Angela
  Ann Anna Anne Anthony Antonio Arthur Ashley Audrey Barbara Beatrice Ben Benjamin Bernard Bert Beth Betty Bill Bob Brandon Brenda Brian Bruce
  Caroline Carl Carlos Carol Caroline Catherine Cecilia Charles Charlie Charlotte Cheryl Chris Christian Christina Christine Christopher Claire
  Clara Clarence Colin Constance Craig Cynthia Daisy Dan Dana Daniel David Deborah Dennis Diana Diane Don Donald Donna Dora Doris Dorothy
  Douglas Dylan Earl Eddie Edgar Edith Edmund Edward Edwin Eleanor Elena Eliza Elizabeth Ella Ellen Elsie Emily Emma Eric Ernest Esther Ethan
  Ethel Eugene Eva Evelyn Fanny Felix Florence Frances Francis Frank Franklin Fred Frederick Gabriel Gary George Gerald Gertrude Gilbert Gladys
  Gloria Gordon Grace Graham Greg Gregory Gwendolyn Hannah Hans Harold Harriet Harry Harvey Heather Hector Helen Henrietta Henry Herbert Herman
  Horace Howard Hugh Hugo Ian Ida Ingrid Irene Isaac Isabel Isabella Ivan Jack Jacob James Jamie Jan Jane Janet Jason Jasper Jean Jeff Jeffrey
  Jennifer Jeremy Jerome Jessica Jill Jim Joan Joanna Joe Joel John Johann Johanna Johnny Jon Jonathan Jose Joseph Josephine Joshua Joyce Juan
  Judith Judy Julia Julian Julie Julius Justin Karen Karl Kate Katherine Kathleen Keith Kelly Ken Kenneth Kevin Kirsten Larry Laura Laurence
  Lawrence Leah Lee Lena Leo Leon Leonard Leslie Lewis Lillian Lily Linda Lisa Lois Louis Louisa Louise Lucas Lucy Luke Luther Lydia Mabel
  Margaret Maria Marian Marie Marilyn Mario Marion Mark Martha Martin Mary Matilda Matthew Maud Maureen Maurice Max Megan Melissa Michael
  Michelle Mike Mildred Miriam Molly Monica Moses Nancy Natalie Nathan Nathaniel Neil Nell Nellie Nicholas Nicole Noah Nora Norman Oliver
  Olivia Omar Oscar Oswald Otto Pamela Patricia Patrick Paul Paula Pauline Peggy Percy Peter Petra Phil Philip Phillip Phoebe Phyllis Pierre Pieter
  Rachel Ralph Raymond Rebecca Reginald Richard Rita Robert Roberta Robin Roger Roland Ronald Rosa Rose Rosemary Roy Rupert Russell Ruth Ryan
  Sally Sam Samantha Samuel Sandra Sara Sarah Scott Sean Sebastian Sharon Sheila Sidney Sigrid Silas Simon Sophia Sophie Stanley Stella Stephanie
  Stephen Steve Steven Stuart Sue Susan Susanna Suzanne Sydney Sylvia Ted Teresa Terry Theodore Theresa Thomas Tim Timothy Tobias Toby Todd Tom
  Tony Tracy Ulla Ursula Valerie Vera Veronica Victor Victoria Vincent Viola Violet Virginia Vivian Wallace Walter Wanda Warren Wayne Wendy
  Wilfred William Winifred Yvonne Yusuf Zachary Zoe Muhammad Mohammed Ahmed Ali Hassan Fatima Ravi Priya Anil Sunita Wei Ming Yuki Kenji Hiroshi
  Ivar Ingrid Sven Lars Olaf Erik Bjorn Helga Astrid Ines Sofia Carmen Miguel Pedro Pablo Diego Luis Fernando Francesca Giovanni Giuseppe Marco
  Luca Paolo Jacques Jules Henri Marcel Simone Wolfgang Ludwig Heinrich Friedrich Wilhelm Immanuel Sergei Vladimir Dmitri Boris Natasha Olga
  Tatiana Nikolai Mikhail Leonid Horatio Laertes Ophelia Isolde Cornelis Ulysses Abner Ezra Ishmael Jonah Elijah Caleb
  Nkechi Chidi Amara Kofi Kwame Ngozi Chinedu Adaeze Femi Tunde Aisha Zainab Leila Layla Tariq Imran Nadia Farah Rashid Samir Karim Jun Mei Haruto
  Sakura Aiko Akira Hana Naoko Takeshi Yumi Linh Minh Thanh Arjun Rohan Meera Deepa Kavita Sanjay Vikram Nisha Raj Rajesh Anjali Lakshmi Tomas
  Pavel Jana Marek Ewa Agnieszka Piotr Katarzyna Zofia Milan Ivana Dragan Mirela Elif Emre Mehmet Aylin Nils Signe Freja Mette Soren Søren Anders
  Gunnar Solveig Tuuli Aino Eero Aleksi Saoirse Niamh Siobhan Aoife Declan Fergus Ewan Hamish Callum Morag Rhys Gareth Bronwen Carys Tamsin Ottilie
  Ottavia Augusta Wilhelmina Odile Fitz Chiara Alessandra Beatriz Rafael Thiago Mateo Camila Valentina Lucia Ximena Joaquin Esteban Ramon Pilar
  Rosario Karin Esi Dougal Tobit Ives Cosmo Rosalind Imogen Hester Agatha Edna Enid Cyril Basil Cedric Desmond Dexter Elias Emil Enzo Erin Fiona
  Gemma Gideon Gwen Heidi Hilda Ingrida Iris Jade Jana Jemima Jodie Jude Juliet Kirsty Klaus Lorna Lydia Mabel Magnus Maia Marcus Marta Maya Mia
  Mona Moira Nadine Naomi Nina Noor Oona Orla Petra Piers Quentin Ramona Renata Rhona Rosalie Rowan Sabine Selma Seth Sigurd Sonia Tessa Thea
  Tilda Tilly Uma Vivienne Winston Yasmin Yara Zara Zeke Katya Anya Irina Svetlana Oksana Andriy Taras Bogdan Mihai Ioana Radu Viktor Laszlo Zoltan
  Istvan Ilse Greta Gretel Jürgen Jörg Günter Björn Åsa Øystein José María Sofía Inés André René Chloé Zoé Élise François Hélène`);

/** Nationalities, languages and faiths: capitals, and no names. */
export const adjectives = setOf(`
  American British French German Italian Spanish Portuguese Dutch Belgian Swiss Austrian Russian Polish Czech Hungarian Greek Turkish Swedish
  Norwegian Danish Finnish Icelandic Irish Scottish Scotch Welsh English Canadian Mexican Brazilian Argentine Chilean Peruvian Cuban Chinese Japanese
  Korean Vietnamese Thai Indian Pakistani Persian Iranian Iraqi Arab Arabic Arabian Egyptian Israeli Jewish Hebrew Syrian Lebanese African
  European Asian Australian Latin Roman Christian Catholic Protestant Anglican Lutheran Methodist Baptist Presbyterian Muslim Islamic Moslem
  Buddhist Hindu Jew Jews Christians Muslims Catholics Protestants Americans Germans Russians Italians Indians Englishman Englishmen Frenchman
  Frenchmen Englishwoman Irishman Scotchman Dutchman Greeks Romans Turks Arabs Africans Europeans Asians Mexicans Spaniards Spaniard Victorian
  Elizabethan Georgian Gothic Republican Republicans Democrat Democrats Democratic Communist Soviet Nazi Nazis Marxist Puritan Quaker Quakers
  Mediterranean Atlantic Pacific Arctic Antarctic Ukrainian Romanian Bulgarian Serbian Croatian Albanian Nigerian Kenyan Ethiopian Sudanese Somali
  Indonesian Malaysian Filipino Philippine Colombian Venezuelan Bolivian Ecuadorian Haitian Jamaican Caribbean Nordic Slavic Celtic Saxon Norman
  Congolese Rwandan Ugandan Tanzanian Zambian Moroccan Algerian Tunisian Libyan Afghan Bengali Nepalese Tibetan Mongolian Kurdish Sunni Shia
  Protestantism Catholicism Christianity Islam Judaism Buddhism Hinduism Bible Biblical Internet`);

/** Places that stand in many texts, besides the countries, which the runtime names. */
export const knownPlaces = setOf(`
  Africa Asia Europe America Antarctica Oceania Scandinavia Siberia Britain England Scotland Wales Ireland Holland Persia USA US U.S. U.S.A. UK U.K. EU Soviet
  Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky
  Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania
  Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming Ontario Quebec Manitoba Alberta London Paris Berlin Rome Madrid Vienna Moscow Athens
  Lisbon Dublin Edinburgh Glasgow Manchester Liverpool Birmingham Oxford Cambridge Boston Chicago Philadelphia Washington Detroit Houston Dallas Seattle
  Denver Atlanta Miami Baltimore Brooklyn Manhattan Toronto Montreal Vancouver Sydney Melbourne Tokyo Kyoto Osaka Beijing Shanghai Nanjing
  Guangzhou Shenzhen Taipei Seoul Singapore Bangkok Delhi Mumbai Bombay Calcutta Cairo Baghdad Tehran Jerusalem Istanbul Constantinople Damascus
  Nantucket Venice Florence Milan Naples Munich Hamburg Frankfurt Geneva Zurich Brussels Amsterdam Copenhagen Stockholm Oslo Helsinki Warsaw Prague Budapest
  Mediterranean Thames Nile Amazon Danube Rhine Himalayas Alps Andes Sahara Brittany Normandy Bavaria Leeds Aarhus`);
/** Places of more than one word. */
export const knownLongPlaces: ReadonlySet<string> = new Set(
  'New York,New Jersey,New Hampshire,New Mexico,North Carolina,South Carolina,North Dakota,South Dakota,West Virginia,Rhode Island,Los Angeles,San Francisco,Hong Kong,New Zealand,New England,South America,North America,Latin America,Great Britain,United States,United States of America,United Kingdom,Soviet Union,European Union,New Orleans,Middle East,Puerto Rico,Cape Town,New Delhi,Tel Aviv,Buenos Aires,Rio de Janeiro,St. Petersburg,Saint Petersburg,Nova Scotia,British Columbia'.split(
    ',',
  ),
);
/** Organisations that go by their letters or one word. */
export const knownOrganisations = setOf(
  'UN U.N. NATO NASA IMF WHO UNESCO UNICEF WTO OECD OPEC BBC CNN FBI CIA IBM EPA FDA SEC IRS FCC FTC NIH CDC NSA IEEE ISO IETF W3C MIT UCLA GNU Debian Microsoft Google Apple Amazon Facebook Netflix Intel Congress Senate Parliament Reuters Pentagon',
);

/** What persons do, beside their names. */
export const speechVerbs =
  'said|says|asked|replied|answered|cried|told|thought|whispered|shouted|exclaimed|murmured|muttered|nodded|smiled|laughed|sighed|looked|wept|shrugged|remarked|observed|wrote|argues|argued|writes|explained|added|recalled|believes|grinned|frowned';

/** Words that titles, headings, forms and contracts write in capitals: a phrase of nothing else is no name. */
export const commonWords = setOf(`
  Chief Executive Officer Vice Deputy Assistant Head Manager Member Members Staff Team Lead Senior Junior General Special National Federal State Local
  Public Private Royal Central Main Annual Monthly Quarterly Weekly Daily Report Reports Statement Statements Meeting Agenda Minutes Budget Plan Plans
  Program Programme Project Projects Policy Policies Procedure Procedures Rule Rules Regulation Regulations Law Laws Right Rights Term Terms
  Condition Conditions Agreement Contract Contracts License Licence Licensor Licensee Work Works Service Services Product Products Customer Customers
  Client User Users Account Accounts Payment Payments Price Prices Rate Rates Cost Costs Income Revenue Revenues Profit Loss Losses Net Gross Tax Taxes Interest
  Asset Assets Liability Liabilities Equity Share Shares Stock Stocks Common Preferred Debt Cash Fund Funds Financial Operating Management Discussion
  Analysis Business Risk Risks Factors Factor Market Markets Sales Sale Effective Date Period Quarter Fiscal Ended Party Parties Company Corporation
  Group Government Administration Department Ministry Agency Authority Board Committee Commission Council Court Congress House Union Army Navy
  Force Forces War Peace Constitution Nation Nations World Country Countries People Power Powers Treasury Treaty Act Acts Bill Order Orders Article
  Data System Systems Network Server Client Database Table Tables Field Fields File Files Folder Directory Path Key Keys Code Error Errors Message
  Messages Request Requests Response Responses Object Objects String Number Integer Boolean Array List Lists Map Class Method Methods Function
  Functions Module Modules Package Packages Library Interface Command Commands Option Options Parameter Parameters Argument Arguments Variable Variables
  Settings Setting Configuration Installation Usage Overview Background Methods Results Discussion Conclusion Acknowledgements Acknowledgments
  Method Model Models Test Tests Study Research Science Technology Engineering Education Health Safety Security Environment Energy Water Food Land
  Building Room Street Road Door Window Power Light Left Right Top Bottom Front Back Side Upper Lower High Low Long Short Big Small Large Little
  Great Black White Red Green Blue Yellow Brown Gold Silver Young Old Poor Rich Dark Sweet True Holy Dead Final Full Free Open
  Home School Student Students Teacher Teachers Professor Doctor Patient Child Children Family Father Mother Son Daughter Brother Sister
  Husband Wife Friend Friends Boy Girl Gentleman Gentlemen Ladies Fellow Citizens Citizen Captain King Queen Prince Lord Master Sir
  Sailor Soldier Servant Messenger Keeper Host Guest Speaker Interviewer Narrator Moderator Operator Voice Chorus Witness Attorney Plaintiff Defendant
  Registration Certificate Notice Information Contact Address Phone Email Website Number Status Description Details Comments Note Notes Review Summary
  Format Formats Terminology Considerations Protocol Content Contents Type Types Name Names Basin Zone Area Areas Key Findings Recommendations Recommendation Objectives Objective Scope Purpose Definitions Definition Requirements Requirement Compliance Audit Appendix
  Section Sections Chapter Chapters Volume Edition Part Parts Unit Units Level Levels Class Grade Group Groups Phase Stage Session Day Days
  Morning Evening Night Winter Summer Spring Autumn Secretary President Governor Minister Judge Justice Mayor Chairman Director Commissioner
  Inspector Counsel Clerk Registrar Engineer Superintendent Treasurer Trustee Trustees Founder Owner Author Editor Translator Publisher
  Republic Kingdom Empire Church Bible Gospel Spirit Truth Love Death Life Time Nature Fate Fortune Justice Liberty Freedom Virtue Reason Beauty`);
