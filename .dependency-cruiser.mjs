/** Which room may import which: the complete list of ARCHITECTURE.md. Everything else, and every cycle, is an error. */
const base = ['kernel', 'contract', 'database'];
const may = {
  kernel: [],
  contract: ['kernel'],
  database: ['kernel', 'contract'],
  paper: [],
  access: base,
  ledger: base,
  documents: base,
  banks: [...base, 'access', 'ledger'],
  members: [...base, 'access', 'banks', 'ledger'],
  hours: [...base, 'paper', 'access', 'banks', 'members', 'ledger'],
  requests: [...base, 'access', 'banks', 'members', 'ledger'],
  visits: [...base, 'paper', 'access', 'banks', 'members', 'ledger', 'requests'],
  care: [...base, 'access', 'banks', 'members', 'ledger', 'requests', 'visits'],
  training: [...base, 'access', 'banks', 'members', 'ledger', 'requests', 'visits'],
  activities: [...base, 'access', 'banks', 'members', 'ledger', 'visits', 'training'],
  family: [...base, 'access', 'banks', 'members', 'ledger', 'requests', 'visits', 'care'],
  imports: [...base, 'paper', 'access', 'banks', 'members', 'ledger', 'requests'],
  reports: [...base, 'paper', 'access', 'banks', 'members', 'ledger', 'requests', 'visits'],
  notices: [...base, 'access', 'banks', 'members'],
  process: [...base, 'ledger'],
  // Of the contract the codes of letters and what a status says, for what a phone keeps.
  'web-kit': ['kernel', 'contract'],
};
const packages = {
  kernel: [],
  contract: ['zod'],
  paper: ['bidi-js', 'fontkit', '@types/fontkit', 'pdfkit', '@types/pdfkit', 'qrcode', '@types/qrcode', '@embedpdf/fonts-sc'],
  'web-kit': ['vue', 'zxing-wasm'],
};
/** The folders of a room, and which of its other folders each may import; all may import what lies beside them, which imports none. */
const folders = {
  access: {
    sessions: [],
    passwords: [],
    codes: [],
    'sign-in': ['sessions', 'passwords', 'codes'],
    resets: ['sessions', 'passwords', 'codes', 'sign-in'],
    roles: [],
    'second-person': [],
    people: ['passwords', 'sign-in', 'roles'],
  },
  members: {
    relations: [],
    search: [],
    guests: ['search'],
    'sign-in': [],
    qualifications: [],
    availability: ['records'],
    records: ['relations', 'guests', 'sign-in', 'search', 'qualifications'],
    joining: ['records'],
    disclosures: ['records'],
    needs: ['disclosures'],
    roles: ['relations'],
  },
  visits: {
    codes: [],
    evidence: ['codes'],
    letters: ['evidence'],
    decisions: [],
    appeals: [],
    risk: [],
    reading: ['decisions', 'appeals', 'risk'],
    gate: ['risk'],
    judging: ['evidence', 'reading', 'gate'],
    plans: ['reading', 'gate'],
    scans: ['evidence', 'letters', 'reading', 'judging'],
    prompts: ['reading'],
  },
  hours: { accounts: [], statements: ['accounts'], transfers: ['accounts'], grants: ['transfers'], leaving: ['transfers'], clearing: [] },
  care: { calendar: [], series: [], matching: [], offers: ['matching'], day: ['series', 'offers'], week: [] },
  family: { proxies: [], intake: [], silent: [] },
  ledger: { posting: [], 'accounts-and-holds': [], sealing: [], audit: ['sealing'] },
  contract: {
    banks: [],
    access: ['banks'],
    members: ['access'],
    hours: ['access', 'members'],
    requests: ['members'],
    care: ['access', 'requests', 'visits', 'training', 'activities', 'family'],
    training: ['access', 'members', 'requests'],
    activities: [],
    imports: [],
    visits: ['requests'],
    reports: ['visits'],
    documents: [],
    family: ['access', 'members', 'requests'],
    notices: ['access', 'visits'],
    service: ['access'],
  },
};
/** The folders of the phone app; all may import `shared`, which imports none. What lies beside them puts the app together, and none imports it. */
const phoneFolders = {
  shared: [],
  phone: [],
  series: [],
  visits: ['phone', 'series'],
  family: ['visits'],
  today: ['visits', 'family'],
  requests: ['visits'],
  time: [],
  help: ['visits', 'series'],
  account: ['phone'],
  scan: ['phone', 'visits', 'account'],
  training: ['scan'],
  activities: ['training'],
  documents: [],
};
const spec = '\\.spec\\.ts$';

const rooms = Object.entries(may).map(([room, allowed]) => ({
  name: `${room} imports only ${allowed.join(', ') || 'nothing'}`,
  comment: 'A room knows only the rooms below it; see ARCHITECTURE.md.',
  severity: 'error',
  from: { path: `^libs/${room}/`, pathNot: spec },
  to: { path: '^(libs|apps)/', pathNot: `^libs/(${[room, ...allowed].join('|')})/` },
}));

const foreignPackages = Object.entries(packages).map(([room, allowed]) => ({
  name: `${room} uses no package but ${allowed.join(', ') || 'none'}`,
  comment: 'These rooms also run in a browser, or carry no framework on purpose.',
  severity: 'error',
  from: { path: `^libs/${room}/`, pathNot: spec },
  to: { path: 'node_modules/', pathNot: `node_modules/(${allowed.join('|') || '-'})(/|$)` },
}));

const insideRooms = Object.entries(folders).flatMap(([room, known]) => [
  {
    name: `${room}: what every folder may use imports none of them`,
    comment: 'Else nobody could say what a file of the room stands on.',
    severity: 'error',
    from: {
      path: `^libs/${room}/src/[^/]+$`,
      pathNot: [spec, '/(index|client|routes|route-shapes|named-messages|drawing)\\.ts$', '\\.module\\.ts$'],
    },
    to: { path: `^libs/${room}/src/[^/]+/` },
  },
  {
    name: `${room}: a folder that nobody listed`,
    comment: 'Say in this list what it may import.',
    severity: 'error',
    from: { path: `^libs/${room}/src/[^/]+/`, pathNot: `^libs/${room}/src/(${Object.keys(known).join('|')})/` },
    to: {},
  },
  ...Object.entries(known).map(([folder, allowed]) => ({
    name: `${room}/${folder} imports only ${['what lies beside it', ...allowed].join(', ')}`,
    comment: 'The way through a room has one direction; see its README.',
    severity: 'error',
    from: { path: `^libs/${room}/src/${folder}/`, pathNot: [spec, '/spec-[a-z-]+\\.ts$'] },
    to: { path: `^libs/${room}/src/[^/]+/`, pathNot: `^libs/${room}/src/(${[folder, ...allowed].join('|')})/` },
  })),
]);

const insidePhone = [
  {
    name: 'the phone app: a folder that nobody listed',
    comment: 'Say in this list what it may import.',
    severity: 'error',
    from: { path: '^apps/web/src/[^/]+/', pathNot: `^apps/web/src/(${Object.keys(phoneFolders).join('|')})/` },
    to: {},
  },
  ...Object.entries(phoneFolders).map(([folder, allowed]) => ({
    name: `the phone app's ${folder} imports only ${['shared', ...allowed].join(', ')}`,
    comment: 'Screens stand on what they share, never on each other in both directions.',
    severity: 'error',
    from: { path: `^apps/web/src/${folder}/`, pathNot: spec },
    to: { path: '^apps/web/src/', pathNot: `^apps/web/src/(${[folder, 'shared', 'locales', ...allowed].join('|')})/` },
  })),
];

export default {
  forbidden: [
    { name: 'no-circular', comment: 'A cycle has no first file to read.', severity: 'error', from: {}, to: { circular: true } },
    ...rooms,
    ...foreignPackages,
    ...insideRooms,
    ...insidePhone,
    {
      name: 'rooms are entered by their door',
      comment:
        'libs/*/src/index.ts is the only door; the contract has a second one for front ends, without a validator, testing one for what a browser draws and one for who hands the API in, hours one for what a thread draws, web-kit one for what reads codes and keeps scans and one for the build of both apps.',
      severity: 'error',
      from: { path: '^(libs/([^/]+)|apps/([^/]+))/', pathNot: '^libs/testing/' },
      to: {
        path: '^libs/([^/]+)/',
        pathNot: [
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/contract/src/client\\.ts$',
          '^libs/(hours|visits)/src/drawing\\.ts$',
          '^libs/testing/src/(api|screens)\\.ts$',
          '^libs/web-kit/src/scanning\\.ts$',
          '^libs/contract/locales/',
          '^libs/$2/',
          '^libs/web-kit/src/[a-z-]+\\.css$',
          '^libs/web-kit/[a-z-]+\\.mjs$',
        ],
      },
    },
    {
      name: 'nobody inside imports the door',
      comment: 'Inside a room files name each other; the door only names what others may use.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/', pathNot: [spec, '/index\\.ts$'] },
      to: { path: '^libs/$1/src/index\\.ts$' },
    },
    {
      name: 'pure rules import no framework',
      comment: 'Rules are read and tested without Nest, TypeORM or Postgres.',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: { path: 'node_modules/(@nestjs|typeorm|pg|fastify|@fastify)/' },
    },
    {
      name: 'HTTP stays at the door',
      comment: 'Only apps/api and access know about requests and replies.',
      severity: 'error',
      from: { path: '^libs/', pathNot: ['^libs/(access|testing)/', spec] },
      to: { path: 'node_modules/(fastify|@fastify|@nestjs/(platform-fastify|swagger|passport))/' },
    },
    {
      name: 'front ends never reach a server room',
      comment: 'A phone must not carry the server, nor its secrets.',
      severity: 'error',
      from: { path: '^apps/(web|console)/', pathNot: spec },
      to: { path: '^libs/', pathNot: '^libs/(contract|kernel|web-kit)/' },
    },
    {
      name: 'front ends take the contract without its validator',
      comment: 'The second door has types, tables and paths; the validator weighs more than a first screen.',
      severity: 'error',
      from: { path: '^(apps/(web|console)|libs/web-kit)/', pathNot: spec },
      to: { path: '^libs/contract/src/', pathNot: '^libs/contract/src/client\\.ts$' },
    },
    {
      name: 'no app imports another',
      comment: 'What two apps need lies in a room.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/bench/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the bench takes of another app only how an API is made',
      comment:
        'It has one in its own process, whose clock it moves and whose statements it records. Everything else it starts as a process.',
      severity: 'error',
      from: { path: '^apps/bench/' },
      to: { path: '^apps/', pathNot: ['^apps/bench/', '^apps/api/src/index\\.ts$'] },
    },
    {
      name: 'no room imports an app',
      comment: 'An app hands in what a room needs of it.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'only apps import notices',
      comment: 'It reads what the other rooms told; none of them waits for it.',
      severity: 'error',
      from: { path: '^libs/', pathNot: ['^libs/(notices|testing)/', spec] },
      to: { path: '^libs/notices/' },
    },
    {
      name: 'only apps import process',
      comment: 'It begins and ends what runs; a room runs within that.',
      severity: 'error',
      from: { path: '^libs/', pathNot: ['^libs/process/', spec] },
      to: { path: '^libs/process/' },
    },
    {
      name: 'testing is for specs',
      comment: 'What helps tests must not be able to reach production.',
      severity: 'error',
      from: { pathNot: [spec, '^libs/testing/', '^apps/bench/', '^apps/api/src/spec-(api|lived-care)\\.ts$'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'typeorm stays where SQL runs',
      comment: 'Abilities speak SQL through the unit of work.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['^libs/(database|testing)/', '\\.entity\\.ts$', spec] },
      to: { path: 'node_modules/typeorm/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
