// node turn_pages.cjs MODULES CHROMIUM BOOK WIDTH: turns every page of a book with epub.js in Chromium, prints JSON.
const fs = require('fs'), http = require('http'), path = require('path');
const [modules, chromium, file, width] = process.argv.slice(2);
const puppeteer = require(path.join(modules, 'puppeteer'));
const scripts = {'/epub.js': 'epubjs/dist/epub.min.js', '/jszip.js': 'jszip/dist/jszip.min.js'};
const reader = `<!doctype html><meta charset=utf-8><body style="margin:0"><div id=view></div>
<script src=/jszip.js></script><script src=/epub.js></script><script>
(async () => { try {
  const book = ePub(await (await fetch('/book.epub')).arrayBuffer());
  await book.ready;
  const size = {width: ${Number(width)}, height: 640, flow: 'paginated', spread: 'none', allowScriptedContent: false};
  const view = book.renderTo('view', size), pages = [], screens = [];
  await view.display();
  for (const section of book.spine.spineItems) {
    await view.display(section.href);
    const found = document.querySelector('#view iframe').contentDocument, box = [...found.querySelectorAll('p,h1,h2,h3,td,li,img,pre')];
    pages.push({href: section.href, text: found.body.textContent.trim().length, lang: found.documentElement.lang,
      broken: [...found.images].filter(image => image.complete && !image.naturalWidth).length,
      faces: [...found.fonts].filter(face => face.status === 'error').length,
      wide: box.filter(each => !each.closest('.wide') && each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 2).map(each => each.outerHTML.slice(0, 80))});
  }
  await view.display(book.spine.first().href);
  for (let turn = 0; turn < 400; turn++) {
    const place = view.currentLocation();
    screens.push(place.start.href);
    if (place.atEnd) break;
    await view.next();
  }
  const navigation = await book.loaded.navigation, list = book.pageList.pageList, entries = [];
  const walk = item => { entries.push(item.href); item.subitems.forEach(walk); };
  navigation.toc.forEach(walk);
  const lost = [];
  for (const href of [...entries, ...list.map(page => page.href)]) {
    const [name, anchor] = href.split('#');
    const section = book.spine.get(name);
    const loaded = section && await section.load(book.load.bind(book));
    if (!loaded || (anchor && !loaded.querySelector('[id="' + anchor + '"]'))) lost.push(href);
  }
  const notes = [];
  for (const section of book.spine.spineItems) {
    const loaded = await section.load(book.load.bind(book));
    for (const call of loaded.querySelectorAll('a.call')) {
      const note = loaded.querySelector(call.getAttribute('href'));
      notes.push(!!note && !!loaded.querySelector(note.querySelector('a.back').getAttribute('href')));
    }
  }
  window.found = {pages, turned: [...new Set(screens)], entries: entries.length, lost, notes};
} catch (error) { window.found = {error: String(error && error.stack || error)}; } })();
</script>`;
const server = http.createServer((request, answer) => {
  const name = request.url.split('?')[0];
  if (name === '/') { answer.setHeader('content-type', 'text/html'); return answer.end(reader); }
  if (name === '/book.epub') return answer.end(fs.readFileSync(file));
  if (scripts[name]) return answer.end(fs.readFileSync(path.join(modules, scripts[name])));
  answer.statusCode = 404;
  answer.end();
}).listen(0, '127.0.0.1', async () => {
  let browser;
  try {
    browser = await puppeteer.launch({executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'], headless: true});
    const page = await browser.newPage();
    await page.setViewport({width: Math.max(Number(width), 320), height: 700});
    await page.goto('http://127.0.0.1:' + server.address().port + '/');
    await page.waitForFunction('window.found', {timeout: 120000});
    console.log(JSON.stringify(await page.evaluate('window.found')));
  } catch (error) {
    console.log(JSON.stringify({error: String(error)}));
  } finally {
    if (browser) await browser.close();
    server.close();
  }
});
