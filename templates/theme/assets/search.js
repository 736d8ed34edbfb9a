/* The search page: one box over every language's index. What is asked stands in the address, so that a search can be
   sent, kept and gone back to. Text reaches the page as text only, never as HTML. */
"use strict";
(function () {
  var FACETS = [
    ["type", "What"], ["speaker", "Speaker"], ["topic", "Topic"], ["outlet", "Outlet"],
    ["kind", "Kind"], ["language", "Language"], ["month", "Date"]
  ];
  var PER_PAGE = 20, SHORT = 8, TYPING = 180;
  var TYPES = { quotation: "Quotations", article: "Articles" };
  var KINDS = { direct: "kind", "part direct": "kind mixed", reported: "kind rep" };
  var QUOTES = { de: "„“", pl: "„”", fr: "«»", es: "«»", it: "«»", ru: "«»", uk: "«»", fa: "«»", ar: "”“", he: "””" };
  var PRINTED = "\"“”„‟«»‹›‘’‚‛'`";
  var UNKNOWN = ["unnamed", "unresolved", "unknown"];
  var lang = document.documentElement.lang || "en";
  var home, shards, run = 0, unfolded = {};
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

  /* ---- the index: one Pagefind a language, or more, each with its own stemmer */
  function load() {
    if (!shards) {
      var base = new URL(document.querySelector("[data-pagefind]").dataset.pagefind, location.href);
      home = new URL("../", base);
      shards = fetch(new URL("shards.json", base)).then(function (answer) {
        if (!answer.ok) throw new Error("shards.json: " + answer.status);
        return answer.json();
      }).then(function (list) {
        return Promise.all(list.shards.map(function (shard) {
          return import(new URL(shard.folder + "/pagefind.js", base)).then(function (engine) {
            // Counts come for loaded filters only; all there is stays with the engine, for the values without a hit.
            return engine.filters().then(function (all) { return { engine: engine, all: { filters: all }, every: list.every, has: {} }; });
          });
        }));
      });
      shards.catch(function () { shards = null; });
    }
    return shards;
  }

  function any(filters, without) {
    var wanted = {};
    Object.keys(filters).forEach(function (name) { if (name !== without) wanted[name] = { any: filters[name] }; });
    return wanted;
  }

  function search(engines, ask, without) {
    var options = { filters: any(ask.filters, without) };
    if (ask.newest || !ask.q) options.sort = { date: "desc" };
    var q = ask.q.replace(/[“”„«»]/g, '"');
    return Promise.all(engines.map(async function (e) {
      return await knows(e, q) ? e.engine.search(q || e.every, options) : { results: [], filters: {} };
    }));
  }

  /* Pagefind leaves out a word that an index lacks, or takes a shorter one for it: asked for “strike”, the German index
     answers with “St.”. So an index is heard only when it has every word, in some form or as a beginning. A phrase in
     quotation marks is never bent. */
  async function knows(e, q) {
    var all = await Promise.all(tokens(q.replace(/"[^"]*"?/g, " ")).map(function (word) { return e.has[word] || (e.has[word] = has(e.engine, word)); }));
    return all.every(Boolean);
  }

  async function has(engine, word) {
    if ((await engine.search('"' + word + '"')).results.length) return true;
    var near = (await engine.search(word)).results[0];
    if (!near) return false;
    var hit = await near.data(), held = hit.content.split(/\s+/).filter(Boolean);
    return hit.locations.some(function (n) { return tokens(held[n] || "").some(function (t) { return t.startsWith(word); }); });
  }

  /* The words of a text, without case and accents. */
  function tokens(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || []; }

  function counted(answers, name) {
    var sum = {};
    answers.forEach(function (answer) {
      Object.entries(answer.filters[name] || {}).forEach(function (e) { sum[e[0]] = (sum[e[0]] || 0) + e[1]; });
    });
    return sum;
  }

  /* A hit comes with its place and, behind a line end, with what is shown beside it. */
  async function read(result) {
    var hit = await result.data(), at = hit.raw_url.indexOf("\n");
    return { place: new URL(hit.raw_url.slice(0, at), home).href, meta: JSON.parse(hit.raw_url.slice(at + 1)), filters: hit.filters,
      content: hit.content, excerpt: hit.excerpt, locations: hit.locations };
  }

  /* The hits from `from` to `to`, read. By date, each index's hits are in order already and are merged. */
  async function hits(answers, ask, from, to) {
    if (!dated(ask) || answers.filter(function (a) { return a.results.length; }).length < 2) {
      var all = answers.flatMap(function (a) { return a.results; });
      if (!dated(ask)) all.sort(function (a, b) { return b.score - a.score; });
      return Promise.all(all.slice(from, to).map(read));
    }
    var each = await Promise.all(answers.map(function (a) { return Promise.all(a.results.slice(0, to).map(read)); }));
    return each.flat().sort(function (a, b) { return (b.meta.date || "").localeCompare(a.meta.date || ""); }).slice(from, to);
  }

  /* Without words there is no best hit: the newest come first. */
  function dated(ask) { return ask.newest || !ask.q; }

  /* ---- showing */
  async function show() {
    var mine = ++run, ask = asked(), engines, answers, wider, others = {};
    if (document.activeElement !== box) box.value = ask.q;
    showChips(ask);
    results.setAttribute("aria-busy", "true");
    try {
      engines = await load();
      answers = await search(engines, ask);
      await Promise.all(Object.keys(ask.filters).map(async function (name) { others[name] = await search(engines, ask, name); }));
      var found = total(answers);
      if (!found && Object.keys(ask.filters).length) wider = total(await search(engines, { q: ask.q, filters: {} }));
      var last = Math.max(1, Math.ceil(found / PER_PAGE));
      ask.page = Math.min(ask.page, last);
      var shown = await hits(answers, ask, (ask.page - 1) * PER_PAGE, ask.page * PER_PAGE);
    } catch (error) {
      if (mine === run) failed();
      return;
    }
    if (mine !== run) return;
    results.removeAttribute("aria-busy");
    count.textContent = summary(ask, counted(answers, "type"));
    order.value = dated(ask) ? "date" : "best";
    order.disabled = !ask.q;
    showFacets(ask, engines, answers, others);
    showNothing(ask, found, wider);
    results.replaceChildren.apply(results, shown.map(function (hit) { return el("li", {}, [hit.meta.type === "quotation" ? quotation(hit) : article(hit)]); }));
    results.start = (ask.page - 1) * PER_PAGE + 1;
    showPages(ask, last);
  }

  function total(answers) { return answers.reduce(function (n, a) { return n + a.results.length; }, 0); }

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
    if (wider) {
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

  function showFacets(ask, engines, answers, others) {
    var held = facets.contains(document.activeElement) && document.activeElement.name ? document.activeElement : null;
    var whole = engines.map(function (e) { return e.all; }), entries = sum(counted(whole, "type"));
    facets.querySelectorAll("fieldset").forEach(function (f) { f.remove(); });
    FACETS.forEach(function (f) {
      var all = counted(whole, f[0]), values = Object.keys(all);
      // What every entry has cannot narrow anything.
      if (values.length === 1 && all[values[0]] === entries && !ask.filters[f[0]]) return;
      var set = facet(f[0], f[1], ask, Object.assign({}, zeros(all), counted(others[f[0]] || answers, f[0])));
      if (set) facets.append(set);
    });
    if (held) focus(held.name, held.value);
  }

  function sum(counts) { return Object.values(counts).reduce(function (a, b) { return a + b; }, 0); }

  function zeros(counts) {
    return Object.fromEntries(Object.keys(counts).map(function (value) { return [value, 0]; }));
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
    var m = hit.meta, kind = (hit.filters.kind || [""])[0], said = (hit.filters.language || [""])[0];
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
    var text = el("p", { lang: (hit.filters.language || [null])[0], dir: "auto" });
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
