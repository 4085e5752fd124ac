// node turn_pages.cjs MODULES CHROMIUM WIDTHS BOOK...: turns every page of books with epub.js in Chromium, prints JSON:
// book → width → what was found. WIDTHS is for example 320,768.
const fs = require('fs'), http = require('http'), path = require('path');
const [modules, chromium, widths, ...books] = process.argv.slice(2);
const puppeteer = require(path.join(modules, 'puppeteer'));
const scripts = {'/epub.js': 'epubjs/dist/epub.min.js', '/jszip.js': 'jszip/dist/jszip.min.js'};
const reader = (number, width) => `<!doctype html><meta charset=utf-8><body style="margin:0"><div id=view></div>
<script src=/jszip.js></script><script src=/epub.js></script><script>
(async () => { try {
  const book = ePub(await (await fetch('/${number}.epub')).arrayBuffer());
  await book.ready;
  const size = {width: ${width}, height: 640, flow: 'paginated', spread: 'none', allowScriptedContent: false};
  const view = book.renderTo('view', size), pages = [], screens = [], drawn = {};
  // Every character of every text, under the families of the book that it asks for first.
  const note_faces = root => {
    const texts = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const style = getComputedStyle(text.parentElement), names = style.fontFamily.replace(/["',]/g, ' ').split(/ +/);
      const family = names.filter(name => name.startsWith('jianbao-')).join(' ');
      if (family && style.display !== 'none' && text.parentElement.getClientRects().length)
        drawn[family] = [...new Set((drawn[family] || '') + text.data)].join('');
    }
  };
  // Larger than the screen, in the direction of its lines; a picture in either. A box on two screens has two parts.
  const outgrows = each => {
    const picture = each.localName === 'img', down = getComputedStyle(each).writingMode.startsWith('vertical');
    return [...each.getClientRects()].some(box =>
      (picture || !down) && box.width > size.width + 2 || (picture || down) && box.height > size.height + 2);
  };
  await view.display();
  for (const section of book.spine.spineItems) {
    await view.display(section.href);
    const found = document.querySelector('#view iframe').contentDocument, box = [...found.querySelectorAll('p,h1,h2,h3,td,li,img,pre')];
    note_faces(found.body);
    pages.push({href: section.href, text: found.body.textContent.trim().length, lang: found.documentElement.lang,
      broken: [...found.images].filter(image => image.complete && !image.naturalWidth).length,
      faces: [...found.fonts].filter(face => face.status === 'error').length,
      wide: [...box.filter(each => !each.closest('.wide') && each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 2),
        ...[...found.querySelectorAll('table,img,pre')].filter(each => !each.closest('.wide') && outgrows(each))].map(each => each.outerHTML.slice(0, 80))});
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
  // A finger on the call of the first note of each page, then on its way back: is what it leads to on the screen?
  const frame = () => document.querySelector('#view iframe'), followed = [];
  const shown = each => {
    const outer = frame().getBoundingClientRect(), inner = each.getBoundingClientRect();
    const left = outer.left + inner.left, top = outer.top + inner.top;
    return left > -2 && left < size.width && top > -2 && top < size.height;
  };
  const arrives = async (link, find) => {
    link.click();
    for (let waited = 0; waited < 3000; waited += 50) {
      const there = find();
      if (there && shown(there)) return true;
      await new Promise(done => setTimeout(done, 50));
    }
    return false;
  };
  for (const section of book.spine.spineItems) {
    await view.display(section.href);
    const call = frame().contentDocument.querySelector('a.call');
    if (!call) continue;
    const target = call.getAttribute('href').slice(1), note = () => frame().contentDocument.getElementById(target);
    const there = await arrives(call, note);
    followed.push([there, there && await arrives(note().querySelector('a.back'), () => frame().contentDocument.getElementById(call.id))]);
  }
  window.found = {pages, followed, turned: [...new Set(screens)], screens: screens.length, entries: entries.length,
    printed: list.length, lost, notes, drawn};
} catch (error) { window.found = {error: String(error && error.stack || error)}; } })();
</script>`;
const server = http.createServer((request, answer) => {
  const [name, query] = request.url.split('?'), [, number] = name.match(/^[/](\d+)[.]epub$/) || [];
  if (name === '/') { answer.setHeader('content-type', 'text/html'); return answer.end(reader(...query.split('-').map(Number))); }
  if (number) return answer.end(fs.readFileSync(books[number]));
  if (scripts[name]) return answer.end(fs.readFileSync(path.join(modules, scripts[name])));
  answer.statusCode = 404;
  answer.end();
}).listen(0, '127.0.0.1', async () => {
  let browser;
  const all = {};
  try {
    browser = await puppeteer.launch({executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'], headless: true});
    for (const number of books.keys()) for (const width of widths.split(',')) {
      const page = await browser.newPage();
      await page.setViewport({width: Number(width), height: 700});
      await page.goto('http://127.0.0.1:' + server.address().port + '/?' + number + '-' + width);
      await page.waitForFunction('window.found', {timeout: 120000});
      (all[path.basename(books[number])] ||= {})[width] = await page.evaluate('window.found');
      await page.close();
    }
  } catch (error) {
    all.error = String(error);
  } finally {
    console.log(JSON.stringify(all));
    if (browser) await browser.close();
    server.close();
  }
});
