// node ask_ace.cjs MODULES FOLDER BOOK...: asks Ace about many books in one process, prints JSON: book → its broken rules.
const path = require('path');
const [modules, folder, ...books] = process.argv.slice(2);
const ace = require(path.join(modules, '@daisy/ace-core'));
const runner = require(path.join(modules, '@daisy/ace-axe-runner-puppeteer'));
require(path.join(modules, '@daisy/ace-logger')).initLogger({silent: true});
(async () => {
  const all = {};
  for (const [number, book] of books.entries()) {
    const [, report] = await ace(book, {cwd: process.cwd(), outdir: path.join(folder, String(number)), silent: true, jobid: ''}, runner);
    all[path.basename(book)] = report.assertions.flatMap(page => page.assertions
      .filter(test => test['earl:result']['earl:outcome'] === 'fail')
      .map(test => [test['earl:test']['earl:impact'], test['earl:test']['dct:title'], page['earl:testSubject'].url].join(' ')));
  }
  console.log('\n' + JSON.stringify(all));
  process.exit(0);
})().catch(error => { console.error(error && error.stack || error); process.exit(1); });
