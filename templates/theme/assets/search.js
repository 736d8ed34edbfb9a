/* The search page: one box over every language's index. What is asked stands in the address, so that a search can be
   sent, kept and gone back to. Text reaches the page as text only, never as HTML. */
"use strict";
(function () {
  var FACETS = [
    ["type", "What"], ["speaker", "Speaker"], ["topic", "Topic"], ["outlet", "Outlet"],
    ["kind", "Kind"], ["language", "Language"], ["month", "Date"]
  ];
  var PER_PAGE = 20, FIRST = 6, SHORT = 8, TYPING = 180;
  var TYPES = { quotation: "Quotations", article: "Articles" };
  var KINDS = { direct: "kind", "part direct": "kind mixed", reported: "kind rep" };
  var QUOTES = { de: "„“", pl: "„”", fr: "«»", es: "«»", it: "«»", ru: "«»", uk: "«»", fa: "«»", ar: "”“", he: "””" };
  var PRINTED = "\"“”„‟«»‹›‘’‚‛'`";
  var UNKNOWN = ["unnamed", "unresolved", "unknown"];
  var lang = document.documentElement.lang || "en";
  var ORDER = FACETS.map(function (f) { return f[0]; }), EXCERPT = 30, TAG = "kept";
  var home, totals, run = 0, unfolded = {}, kept = {}, lists = {};
  var box, form, facets, chips, count, nothing, results, order, pages;

  function el(tag, attributes, children) {
    var node = document.createElement(tag);
    Object.entries(attributes || {}).forEach(function (a) { if (a[1] !== null && a[1] !== undefined) node.setAttribute(a[0], a[1]); });
    (children || []).forEach(function (child) { if (child) node.append(child); });
    return node;
  }

  /* ---- what is asked: the address */
  function asked() {
    var p = new URLSearchParams(location.search), filters = {};
    FACETS.forEach(function (f) { var v = p.getAll(f[0]).filter(Boolean); if (v.length) filters[f[0]] = v; });
    return {
      q: (p.get("q") || "").trim(), filters: filters, newest: p.get("sort") === "date",
      page: Math.max(1, parseInt(p.get("page"), 10) || 1)
    };
  }

  function address(ask) {
    var p = new URLSearchParams();
    if (ask.q) p.set("q", ask.q);
    FACETS.forEach(function (f) { (ask.filters[f[0]] || []).forEach(function (v) { p.append(f[0], v); }); });
    if (ask.newest) p.set("sort", "date");
    if (ask.page > 1) p.set("page", ask.page);
    return location.pathname + (p.size ? "?" + p : "");
  }

  function go(ask, replace) {
    var same = address(ask) === location.pathname + location.search;
    history[replace || same ? "replaceState" : "pushState"](null, "", address(ask));
    return show();
  }

  function toggled(ask, name, value) {
    var had = ask.filters[name] || [], filters = Object.assign({}, ask.filters);
    filters[name] = had.includes(value) ? had.filter(function (v) { return v !== value; }) : had.concat(value);
    if (!filters[name].length) delete filters[name];
    return { q: ask.q, filters: filters, newest: ask.newest, page: 1 };
  }

  /* ---- the index: one Pagefind a language, with a stemmer of its own, over one shard or more */
  function load() {
    return once(kept, "shards", async function () {
      var base = new URL(document.querySelector("[data-pagefind]").dataset.pagefind, location.href);
      home = new URL("../", base);
      var list = (await json(new URL("shards.json", base), "no-cache")).shards;
      return list.map(function (shard, n) { return Object.assign(shard, { n: n, base: new URL(shard.folder + "/", base), kept: {} }); });
    });
  }

  /* What was made once is kept, but for what failed. */
  function once(in_, name, make) {
    if (!in_[name]) {
      in_[name] = make();
      in_[name].catch(function () { delete in_[name]; });
    }
    return in_[name];
  }

  async function json(url, cache) {
    var answer = await fetch(url, { cache: cache || "default" });
    if (!answer.ok) throw new Error(url + ": " + answer.status);
    return answer.json();
  }

  /* The languages, the one with most entries first. */
  function languages(list) {
    var sizes = {};
    list.forEach(function (shard) { sizes[shard.language] = (sizes[shard.language] || 0) + shard.records; });
    return Object.keys(sizes).sort(function (a, b) { return sizes[b] - sizes[a]; });
  }

  /* The engine of a language. Its shards are merged into one and share its program. */
  function engine(language, list) {
    return once(kept, "engine " + language, async function () {
      var own = list.filter(function (shard) { return shard.language === language; });
      // The oldest shard changes least, so its copy of the program stays longest in the browser's cache.
      var module = (await Promise.all([import(new URL("pagefind.js", own[0].base))].concat(own.map(listed))))[0];
      var made = module.createInstance({ basePath: own[0].base.href, noWorker: true, metaCacheTag: TAG });
      await Promise.all(own.slice(1).map(function (shard) { return made.mergeIndex(shard.base.href, { language: language, metaCacheTag: TAG }); }));
      return { search: made.search, has: {}, shards: Object.fromEntries(own.map(function (shard) { return [shard.key, shard]; })) };
    });
  }

  /* Pagefind reads a list of all entries by name. The names are numbers, so the page writes the list, and hands it over
     when Pagefind asks for it. An article's length is negative. */
  function listed(shard) {
    return once(shard.kept, "list", async function () {
      var e = await json(new URL("entries.json", shard.base));
      var entries = e.lengths.map(function (words, n) { return [name(shard, n, words < 0 ? "a" : "q"), Math.abs(words)]; });
      lists[shard.base.href] = cbor([e.version, entries, e.chunks, [], [], e.fields]);
    });
  }

  var plain = window.fetch.bind(window);
  window.fetch = function (what, how) {
    var list = /\.pf_meta$/.test(what) && lists[new URL("./", new URL(what, location.href)).href];
    return list ? Promise.resolve(new Response(list)) : plain(what, how);
  };

  function name(shard, n, type) { return shard.key + type + n.toString(36).padStart(3, "0"); }

  /* A value of numbers, strings and lists as Pagefind reads it: CBOR (RFC 8949) behind its signature. */
  function cbor(value) {
    var out = Array.from("pagefind_dcd", function (c) { return c.charCodeAt(0); }), letters = new TextEncoder();
    function head(kind, n) {
      if (n < 24) out.push(kind << 5 | n);
      else if (n < 256) out.push(kind << 5 | 24, n);
      else if (n < 65536) out.push(kind << 5 | 25, n >> 8, n & 255);
      else out.push(kind << 5 | 26, n >>> 24, n >> 16 & 255, n >> 8 & 255, n & 255);
    }
    (function put(held) {
      if (typeof held === "number") return head(0, held);
      var bytes = typeof held === "string" ? letters.encode(held) : held;
      head(bytes === held ? 4 : 3, bytes.length);
      bytes.forEach(bytes === held ? put : function (byte) { out.push(byte); });
    }(value));
    return new Uint8Array(out);
  }

  /* The entries in some languages with the words of `q`, the best first. */
  async function worded(list, q, some) {
    q = q.replace(/[“”„«»]/g, '"');
    var each = await Promise.all(some.map(async function (language) {
      var e = await engine(language, list), known = await knowing(e, q);
      if (!known.size) return [];
      return (await e.search(q)).results.filter(function (r) { return known.has(key(r)); }).map(function (r) {
        return { shard: e.shards[key(r)], n: parseInt(r.id.slice(5), 36), type: r.id[4] === "a" ? "article" : "quotation", result: r };
      });
    }));
    return best(each.flat());
  }

  function best(entries) { return entries.sort(function (a, b) { return b.result.score - a.result.score; }); }

  function key(result) { return result.id.slice(0, 4); }

  /* Pagefind leaves out a word that an index lacks, or takes a shorter one for it: asked for “strike”, the German index
     answers with “St.”. So a shard is heard only when it has every word, in some form or as a beginning. A phrase in
     quotation marks is never bent. */
  async function knowing(e, q) {
    var each = await Promise.all(tokens(q.replace(/"[^"]*"?/g, " ")).map(function (word) { return once(e.has, word, function () { return having(e, word); }); }));
    return new Set(Object.keys(e.shards).filter(function (shard) { return each.every(function (found) { return found.has(shard); }); }));
  }

  async function having(e, word) {
    var found = new Set((await e.search('"' + word + '"')).results.map(key)), near = {};
    if (found.size === Object.keys(e.shards).length) return found;
    (await e.search(word)).results.forEach(function (r) { if (!found.has(key(r)) && !near[key(r)]) near[key(r)] = r; });
    await Promise.all(Object.values(near).map(async function (r) {
      var hit = await r.data(), held = hit.content.split(/\s+/).filter(Boolean);
      if (hit.locations.some(function (n) { return tokens(held[n] || "").some(function (t) { return t.startsWith(word); }); })) found.add(key(r));
    }));
    return found;
  }

  /* The words of a text, without case and accents. */
  function tokens(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || []; }

  /* ---- what entries can be narrowed by: a column for each facet, with its values and the numbers of each entry's */
  function columns(shard) {
    return once(shard.kept, "columns", async function () {
      var held = await json(new URL("facets.json", shard.base)), none = { values: [], of: [] };
      FACETS.forEach(function (f) { held[f[0]] = held[f[0]] || none; });
      var months = Array.from(new Set(held.date.values.map(function (date) { return date.slice(0, 7); })));
      var month = held.date.values.map(function (date) { return months.indexOf(date.slice(0, 7)); });
      held.month = { values: months, of: held.date.of.map(function (n) { return typeof n === "number" ? month[n] : []; }) };
      held.language = { values: [shard.language], of: held.date.of.map(function () { return 0; }) };
      shard.columns = held;
      shard.records = held.date.of.length;
    });
  }

  function each(column, n, act) {
    var found = column.of[n];
    if (typeof found === "number") act(found); else if (found) found.forEach(act);
  }

  function dateOf(entry) {
    var found = "";
    each(entry.shard.columns.date, entry.n, function (n) { found = entry.shard.columns.date.values[n]; });
    return found;
  }

  /* The newest first; of one day, as their articles are listed. Undated ones come last. */
  function newestFirst(entries) {
    return entries.map(function (e) { return [dateOf(e), e]; }).sort(function (a, b) {
      return a[0] < b[0] ? 1 : a[0] > b[0] ? -1 : b[1].shard.n - a[1].shard.n || a[1].n - b[1].n;
    }).map(function (pair) { return pair[1]; });
  }

  function every(list) {
    return once(kept, "every", async function () {
      await Promise.all(list.map(columns));
      return newestFirst(list.flatMap(function (shard) {
        var types = shard.columns.type;
        return types.of.map(function (type, n) { return { shard: shard, n: n, type: types.values[type] }; });
      }));
    });
  }

  /* Those of `entries` that the filters keep, and how many would be kept under each value of a facet were it chosen. */
  function sift(list, entries, filters) {
    var names = Object.keys(filters), found = [], counts = {};
    list.forEach(function (shard) {
      shard.tally = {};
      shard.wanted = {};
      FACETS.forEach(function (f) { shard.tally[f[0]] = new Array(shard.columns[f[0]].values.length).fill(0); });
      names.forEach(function (name) { shard.wanted[name] = shard.columns[name].values.map(function (value) { return filters[name].includes(value); }); });
    });
    entries.forEach(function (entry) {
      var shard = entry.shard, missed = names.filter(function (name) {
        var hit = false;
        each(shard.columns[name], entry.n, function (value) { hit = hit || shard.wanted[name][value]; });
        return !hit;
      });
      if (missed.length > 1) return;
      if (!missed.length) found.push(entry);
      // A facet's own filter does not narrow its counts.
      (missed.length ? missed : ORDER).forEach(function (name) { each(shard.columns[name], entry.n, function (value) { shard.tally[name][value] += 1; }); });
    });
    FACETS.forEach(function (f) {
      var sum = counts[f[0]] = {};
      list.forEach(function (shard) {
        shard.columns[f[0]].values.forEach(function (value, n) { sum[value] = (sum[value] || 0) + shard.tally[f[0]][n]; });
      });
    });
    return { found: found, counts: counts };
  }

  /* An entry comes with its place and, behind a line end, with what is shown beside it. */
  async function read(entry) {
    var hit = entry.result ? await entry.result.data() : await fragment(entry), url = hit.raw_url || hit.url, at = url.indexOf("\n");
    return { place: new URL(url.slice(0, at), home).href, meta: JSON.parse(url.slice(at + 1)), language: entry.shard.language, type: entry.type,
      content: hit.content, excerpt: hit.excerpt || hit.content.split(/\s+/).slice(0, EXCERPT).join(" "), locations: hit.locations || [] };
  }

  async function fragment(entry) {
    var file = name(entry.shard, entry.n, entry.type[0]) + ".pf_fragment";
    var answer = await fetch(new URL("fragment/" + file, entry.shard.base)), body = await answer.blob();
    if (!answer.ok) throw new Error(file + ": " + answer.status);
    var text = await new Response(body.stream().pipeThrough(new DecompressionStream("gzip"))).text();
    return JSON.parse(text.replace(/^pagefind_dcd/, ""));
  }

  /* Without words there is no best hit: the newest come first. */
  function dated(ask) { return ask.newest || !ask.q; }

  /* ---- showing. The best hits of words alone are there before what they can be narrowed by is. */
  async function show() {
    var mine = ++run, ask = asked();
    if (document.activeElement !== box) box.value = ask.q;
    results.setAttribute("aria-busy", "true");
    try {
      var list = await load(), quick = !dated(ask) && ask.page < 2 && !Object.keys(ask.filters).length;
      var entries = ask.q ? [] : await every(list);
      for (var rest = ask.q ? turns(languages(list), quick) : []; rest.length; rest = rest.slice(1)) {
        var more = await worded(list, ask.q, rest[0]);
        if (mine !== run) return;
        entries = best(entries.concat(more));
        if (quick && (more.length || (rest.length < 2 && !entries.length))) await showHits(ask, entries, mine);
      }
      var all = await every(list);
      if (mine !== run) return;
      var sifted = sift(list, entries, ask.filters), counts = sifted.counts;
      if (!quick) await showHits(ask, ask.q && ask.newest ? newestFirst(sifted.found) : sifted.found, mine);
      if (mine !== run) return;
      totals = totals || sift(list, all, {}).counts;
    } catch (error) {
      if (mine === run) failed();
      return;
    }
    results.removeAttribute("aria-busy");
    showChips(ask);
    showFacets(ask, counts, all.length);
    showNothing(ask, sifted.found.length, entries.length);
  }

  /* Each language has a program of its own to load: the largest language answers before the others are asked for. */
  function turns(all, quick) {
    return quick && all.length > 1 && !kept["engine " + all[1]] ? [all.slice(0, 1), all.slice(1)] : [all];
  }

  async function showHits(ask, found, mine) {
    var last = Math.max(1, Math.ceil(found.length / PER_PAGE)), articles = found.filter(function (e) { return e.type === "article"; }).length;
    ask = Object.assign({}, ask, { page: Math.min(ask.page, last) });
    var wanted = found.slice((ask.page - 1) * PER_PAGE, ask.page * PER_PAGE), shown = await Promise.all(wanted.slice(0, FIRST).map(read));
    if (mine !== run) return;
    count.textContent = summary(ask, { article: articles, quotation: found.length - articles });
    order.value = dated(ask) ? "date" : "best";
    order.disabled = !ask.q;
    results.replaceChildren.apply(results, shown.map(item));
    results.start = (ask.page - 1) * PER_PAGE + 1;
    // The first ones fill a screen; it is read while the others are fetched.
    shown = await Promise.all(wanted.slice(FIRST).map(read));
    if (mine !== run) return;
    results.append.apply(results, shown.map(item));
    showPages(ask, last);
  }

  function item(hit) { return el("li", {}, [hit.type === "quotation" ? quotation(hit) : article(hit)]); }

  function failed() {
    results.removeAttribute("aria-busy");
    results.replaceChildren();
    nothing.hidden = true;
    count.textContent = location.protocol === "file:"
      ? "Search works once the site is served: run “digest serve”, or publish it."
      : "The search index could not be read. Reload the page to try again.";
  }

  function number(n, one, many) { return n.toLocaleString(lang) + " " + (n === 1 ? one : many); }

  function summary(ask, types) {
    var q = types.quotation || 0, a = types.article || 0;
    if (!q && !a) return ask.q ? "Nothing found for “" + ask.q + "”" + (Object.keys(ask.filters).length ? " under these filters." : ".") : "Nothing found under these filters.";
    return [q && number(q, "quotation", "quotations"), a && number(a, "article", "articles")].filter(Boolean).join(" and ");
  }

  /* What a reader can do when nothing was found. */
  function showNothing(ask, found, wider) {
    nothing.hidden = found > 0;
    if (wider && Object.keys(ask.filters).length) {
      var link = el("a", { href: address({ q: ask.q, filters: {} }) }, ["Without the filters"]);
      nothing.replaceChildren(link, " there " + (wider === 1 ? "is 1." : "are " + wider.toLocaleString(lang) + "."));
    } else {
      nothing.replaceChildren("Every word has to occur in one quotation or article, in any of its forms. Fewer words, or another spelling of a name, find more.");
    }
  }

  function label(name, value) {
    if (name === "type") return TYPES[value] || value;
    if (name === "month" && /^\d{4}-\d\d$/.test(value)) return day(value + "-01", { month: "long", year: "numeric" });
    if (name === "language") {
      try { return new Intl.DisplayNames([value], { type: "language" }).of(value); } catch (e) { return value; }
    }
    if (name === "topic") return value.charAt(0).toUpperCase() + value.slice(1);
    return { unnamed: "Speaker not named", unresolved: "No speaker found", unknown: "Outlet unknown" }[value] || value;
  }

  function day(iso, how) {
    var date = new Date(iso + "T00:00:00Z");
    return isNaN(date) ? iso : date.toLocaleDateString(lang === "en" ? "en-GB" : lang, Object.assign({ timeZone: "UTC" }, how));
  }

  function showChips(ask) {
    chips.replaceChildren();
    FACETS.forEach(function (f) {
      (ask.filters[f[0]] || []).forEach(function (value) {
        var chip = el("a", { href: address(toggled(ask, f[0], value)) }, [label(f[0], value), el("span", { "class": "vh" }, [", remove"])]);
        chip.addEventListener("click", function (e) {
          if (e.ctrlKey || e.metaKey || e.shiftKey) return;
          e.preventDefault();
          go(toggled(ask, f[0], value)).then(function () { (chips.querySelector("a") || count).focus(); });
        });
        chips.append(chip);
      });
    });
    chips.hidden = !chips.childElementCount;
  }

  function showFacets(ask, counts, entries) {
    var held = facets.contains(document.activeElement) && document.activeElement.name ? document.activeElement : null;
    facets.querySelectorAll("fieldset").forEach(function (f) { f.remove(); });
    FACETS.forEach(function (f) {
      var all = totals[f[0]], values = Object.keys(all);
      // What every entry has cannot narrow anything.
      if (values.length === 1 && all[values[0]] === entries && !ask.filters[f[0]]) return;
      var set = facet(f[0], f[1], ask, counts[f[0]]);
      if (set) facets.append(set);
    });
    if (held) focus(held.name, held.value);
  }

  function focus(name, value) {
    var input = facets.querySelector("input[name=" + name + "][value=" + CSS.escape(value) + "]");
    if (input) input.focus();
  }

  function facet(name, title, ask, counts) {
    var chosen = ask.filters[name] || [];
    chosen.forEach(function (value) { counts[value] = counts[value] || 0; });
    var values = Object.keys(counts);
    // In a short list a value without a hit keeps its place; in a long one it makes room.
    if (values.length > SHORT + 1) values = values.filter(function (v) { return counts[v] || chosen.includes(v); });
    if (!values.length) return null;
    values.sort(name === "month"
      ? function (a, b) { return b.localeCompare(a); }
      : function (a, b) { return UNKNOWN.includes(a) - UNKNOWN.includes(b) || counts[b] - counts[a] || a.localeCompare(b, lang); });
    var open = unfolded[name] || values.length <= SHORT + 1;
    var shown = open ? values : values.filter(function (v, i) { return i < SHORT || chosen.includes(v); });
    var set = el("fieldset", { "class": "facet" }, [el("legend", {}, [title])]);
    shown.forEach(function (value) {
      var input = el("input", { type: "checkbox", name: name, value: value });
      input.checked = chosen.includes(value);
      input.addEventListener("change", function () { go(toggled(asked(), name, value)); });
      var text = el(name === "kind" ? "span" : "bdi", { "class": name === "kind" ? KINDS[value] : null, lang: name === "language" ? value : null }, [label(name, value)]);
      set.append(el("label", { "class": counts[value] ? null : "none" }, [input, text, el("span", {}, [counts[value].toLocaleString(lang)])]));
    });
    if (!open) {
      var more = el("button", { type: "button", "class": "copy" }, ["All " + values.length]);
      more.addEventListener("click", function () {
        var first = values.find(function (v) { return !shown.includes(v); });
        unfolded[name] = true;
        set.replaceWith(facet(name, title, asked(), counts));
        focus(name, first);
      });
      set.append(more);
    }
    return set;
  }

  function showPages(ask, last) {
    pages.hidden = last < 2;
    pages.replaceChildren();
    [["Previous", ask.page - 1], ["Next", ask.page + 1]].forEach(function (step) {
      if (step[1] < 1 || step[1] > last) return;
      var next = Object.assign({}, ask, { page: step[1] });
      var link = el("a", { href: address(next), rel: step[0] === "Next" ? "next" : "prev" }, [step[0]]);
      link.addEventListener("click", function (e) {
        if (e.ctrlKey || e.metaKey || e.shiftKey) return;
        e.preventDefault();
        go(next).then(function () { count.focus(); });
      });
      pages.append(link);
    });
    pages.append(el("span", {}, ["Page " + ask.page.toLocaleString(lang) + " of " + last.toLocaleString(lang)]));
  }

  /* ---- one hit */
  function link(hit, text, kind) { return el("a", { href: hit.place, "class": kind }, [text]); }

  function meta(hit, more, flags) {
    var line = el("p", { "class": "meta" }), m = hit.meta;
    [m.date ? el("time", { datetime: m.date }, [day(m.date, { day: "numeric", month: "long", year: "numeric" })]) : "date unknown"]
      .concat(more).filter(Boolean).forEach(function (piece, i) { if (i) line.append(" · "); line.append(piece); });
    (flags || []).forEach(function (flag) { line.append(" ", flag); });
    return line;
  }

  function chain(hit, last) {
    var items = [];
    (hit.meta.via || "").split("\n").filter(Boolean).forEach(function (via) { items.push(el("li", {}, [el("span", { "class": "vh" }, ["via "]), via])); });
    items.push(el("li", {}, [hit.meta.outlet || "outlet unknown"]));
    if (last) items.push(el("li", {}, [last]));
    if (hit.meta.at) items.push(el("li", {}, [el("span", { "class": "mono" }, [hit.meta.at])]));
    return el("ol", { "class": "chain", "aria-label": "Provenance" }, items);
  }

  function quotation(hit) {
    var m = hit.meta, kind = m.kind, said = hit.language;
    var quote = el("blockquote", { lang: said || null, dir: "auto", "class": kind === "direct" ? null : "rep" });
    var skipped = hit.content.split(/\s+/).filter(Boolean).length - m.words.split(/\s+/).filter(Boolean).length;
    var flaws = (m.flaws || "").split("\n").filter(Boolean), ends = QUOTES[said] || "“”";
    if (kind === "direct") quote.append(flaws.some(function (f) { return /^no opening/.test(f); }) ? el("span", { "class": "l-flaw" }) : mark(ends[0]));
    pieces(quote, m.words, marks(m.words, hit.locations, skipped), kind === "direct" ? [] : parts(m), ends);
    if (kind === "direct") quote.append(flaws.some(function (f) { return /^no closing/.test(f); }) ? el("span", { "class": "l-flaw" }) : mark(ends[1]));
    var flags = flaws.map(function (f) { return el("span", { "class": "flag" }, [f]); });
    if (m.unsure) flags.push(el("span", { "class": "flag unsure" }, [m.unsure === "unresolved" ? "no speaker found" : "unsure, " + m.unsure]));
    var name = m.actor ? el("a", { "class": "who", href: new URL("actors/" + m.actor + "/", home).href }, [m.speaker])
      : m.speaker ? el("q", { lang: said || null }, [m.speaker]) : el("span", { "class": "soft" }, ["not named"]);
    return el("figure", { "class": "q" }, [quote, el("figcaption", {}, [
      name, meta(hit, [el("span", { "class": KINDS[kind] || "kind" }, [kind]), m.cue && el("bdi", { lang: said || null }, [m.cue])], flags),
      chain(hit, link(hit, m.title, "place"))
    ])]);
  }

  function article(hit) {
    var text = el("p", { lang: hit.language, dir: "auto" });
    hit.excerpt.split(/(<mark>.*?<\/mark>)/).forEach(function (piece) {
      var inner = /^<mark>(.*)<\/mark>$/.exec(piece);
      var plain = (inner ? inner[1] : piece).replace(/<\/?mark>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">");
      text.append(inner ? el("mark", {}, [plain]) : plain);
    });
    return el("article", { "class": "q hit" }, [el("h2", {}, [link(hit, hit.meta.title, "place")]), text, meta(hit, ["article"]), chain(hit)]);
  }

  function mark(sign) { return el("span", { "class": "m" }, [sign]); }

  /* The stretches [start, end) of `words`, in UTF-16 units, that hold a word that was searched for. */
  function marks(words, locations, skipped) {
    var wanted = new Set(locations), found = [], token = /\S+/g, n = skipped, m;
    while ((m = token.exec(words))) {
      if (wanted.has(n)) {
        var lead = /^[^\p{L}\p{N}]*/u.exec(m[0])[0].length, tail = /[^\p{L}\p{N}]*$/u.exec(m[0])[0].length;
        if (lead < m[0].length) found.push([m.index + lead, m.index + m[0].length - tail]);
      }
      n += 1;
    }
    return found;
  }

  /* The verbatim parts of a quotation that is part direct; the record counts them in code points. */
  function parts(m) {
    return (m.parts || "").split(" ").filter(Boolean).map(function (pair) {
      return pair.split("-").map(function (n) { return Array.from(m.words).slice(0, +n).join("").length; });
    });
  }

  function pieces(into, words, marked, verbatim, ends) {
    // The printed marks around a verbatim part give way to the page's own.
    var printed = verbatim.flatMap(function (s) { return [s[0] - 1, s[1]]; })
      .filter(function (n) { return words[n] && PRINTED.includes(words[n]); }).map(function (n) { return [n, n + 1]; });
    var cuts = new Set([0, words.length]), target = into;
    marked.concat(verbatim, printed).forEach(function (s) { cuts.add(s[0]); cuts.add(s[1]); });
    var at = Array.from(cuts).sort(function (a, b) { return a - b; });
    function inside(list, n) { return list.find(function (s) { return s[0] <= n && n < s[1]; }); }
    at.slice(0, -1).forEach(function (start, i) {
      var text = words.slice(start, at[i + 1]), part = inside(verbatim, start);
      if (inside(printed, start)) return;
      if (part && part[0] === start) { target = el("b", {}, [mark(ends[0])]); into.append(target); }
      (part ? target : into).append(inside(marked, start) ? el("mark", {}, [text]) : text);
      if (part && part[1] === at[i + 1]) target.append(mark(ends[1]));
    });
  }

  /* ---- the page */
  function start() {
    form = document.querySelector("form.ask");
    [box, count, nothing, results, chips, facets, order, pages] = ["q", "count", "nothing", "results", "chips", "facets", "order", "pages"]
      .map(function (id) { return document.getElementById(id); });
    form.addEventListener("submit", function (e) { e.preventDefault(); clearTimeout(form.wait); go(typed()); });
    box.addEventListener("input", function () { clearTimeout(form.wait); form.wait = setTimeout(function () { go(typed(), true); }, TYPING); });
    // Who is about to type will want the engines. Whether they can be had, the search itself will say.
    box.addEventListener("focus", function () {
      load().then(function (list) { return Promise.all(languages(list).map(function (language) { return engine(language, list); })); }).catch(function () { return null; });
    });
    box.addEventListener("keydown", function (e) {
      if (e.key === "ArrowDown") step(e, 1);
    });
    results.addEventListener("keydown", function (e) {
      if (e.key === "ArrowDown" || e.key === "ArrowUp") step(e, e.key === "ArrowDown" ? 1 : -1);
    });
    order.addEventListener("change", function () { go(Object.assign(asked(), { newest: order.value === "date", page: 1 })); });
    window.addEventListener("popstate", function () { box.value = asked().q; show(); });
    box.value = asked().q;
    count.textContent = "Reading the index …";
    show();
  }

  /* From the box down through the results, and back up into the box. */
  function step(event, by) {
    var all = Array.from(results.querySelectorAll("a.place")), item = event.target.closest("#results > li");
    var at = (item ? all.indexOf(item.querySelector("a.place")) : -1) + by, to = at < 0 ? box : all[at];
    if (to) { event.preventDefault(); to.focus(); }
  }

  function typed() { return Object.assign(asked(), { q: box.value.trim(), page: 1 }); }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
}());
