/* Cards that open on hover, focus or tap: what stands behind a number, what a link leads to.

   A *number* (<data class="quantity">, or a checked phrase) becomes a button whose card Enter or a tap
   keeps open; it stands right after the number, so that Tab leads into its links. Its facts are a file
   (press.postprocess.deferred.facts), fetched when first asked for.

   A *link* to a claim or a term (press/extensions/previews.py), a figure of the page or a source (the
   link's title) shows a card that describes it to a screen reader. A tap follows the link.

   Escape closes a card. Everything is written as text, never as markup. */

(function () {
  "use strict";

  // In another language than the first a page has words.js (press/languages).
  const say = (words, given) => ((window.bookWords || {})[words] || words).replace(/\{(\w+)\}/g, (_, name) => given[name]);
  const DELAY = 160; // milliseconds that a pointer must rest: a card must not flicker on the way by
  let open = null; // {target, card, kept}
  let asked = null; // the number or link whose card was asked for last
  let timer = 0;
  let facts = null; // of numbers
  let previews = {};

  function make(tag, kind, words) {
    const node = document.createElement(tag);
    if (kind) node.className = kind;
    if (words) node.textContent = words;
    return node;
  }

  // ---- numbers

  function whenRead(act) {
    const block = document.getElementById("quantity-facts");
    function read() {
      facts = facts || (block ? JSON.parse(block.textContent) : { sources: {}, rows: {}, up: "", page: "", report: "" });
      act();
    }
    if (facts || !block || block.textContent) return read();
    const script = document.createElement("script");
    script.src = block.dataset.from;
    script.onload = read;
    document.head.appendChild(script);
  }

  function anchor(address, words) {
    const node = make("a", "", words);
    node.href = address;
    if (address.startsWith(`${facts.up}../`)) node.hreflang = "en"; // a page of the first language
    return node;
  }

  /* The lists of nodes and words, with "; " between each two. */
  function joined(lists) {
    return lists.reduce((all, list, i) => all.concat(i ? [say("; ")] : [], list), []);
  }

  function period(words) {
    const [from, to] = words.split("/");
    if (!to) return words;
    return from === ".." ? say("until {to}", { to }) : say("{from} to {to}", { from, to });
  }

  function sources(keys) {
    return joined(keys.filter((key) => facts.sources[key]).map((key) => {
      const source = facts.sources[key];
      let title = source.title;
      if (/^https?:\/\//.test(source.url)) {
        title = anchor(source.url, source.title);
        title.rel = "noreferrer";
      }
      const rest = [source.publisher, source.date].filter(Boolean).join(say(", "));
      return [title, say(" ({rest}) ", { rest }), anchor(facts.up + source.page, key)];
    }));
  }

  function counts(rows) {
    return joined([...new Set(rows.map((row) => row.counts))].map((what) => {
      const found = facts.definitions[what];
      const more = found.scope && !found.name.includes(found.scope) ? [say(" ({rest})", { rest: found.scope })] : [];
      return [anchor(facts.up + found.page, found.name), ...more];
    }));
  }

  function listed(rows) {
    const first = rows.slice(0, 4).map((row) => [anchor(facts.up + row.page, row.label)]);
    return joined(rows.length > 4 ? [...first, [say("and {number} more", { number: rows.length - 4 })]] : first);
  }

  function reread(rows) {
    const again = rows.filter((row) => row.reread);
    if (!rows.length) return "";
    if (rows.length > 1) return say("{again} of {all} rows, at their sources", { again: again.length, all: rows.length });
    return again.length ? `${again[0].reread.date}${say(", ")}${say(again[0].reread.outcome)}` : say("not yet");
  }

  function second(rows) {
    const found = rows.filter((row) => row.second).length;
    if (!rows.length) return "";
    if (found === rows.length) return say(found > 1 ? "for each of these rows" : "yes");
    return found ? say("for {found} of {all} rows", { found, all: rows.length }) : say("none found");
  }

  function ofNumber(number) {
    const words = number.textContent.trim();
    // What only a card shows is told with the facts.
    const data = Object.assign({}, (facts.numbers || {})[number.dataset.key], number.dataset);
    const checked = number.classList.contains("checked");
    const card = make("span", "quantity-card");
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", say("About {words}", { words }));

    function line(term, inner) {
      if (!inner || !inner.length) return;
      const row = make("span", "quantity-line");
      const what = make("span", "quantity-what");
      what.append(...[].concat(inner));
      row.append(make("span", "quantity-term", say(term)), what);
      card.appendChild(row);
    }

    if (checked) line("Checked", say("the book is not built unless the data say so"));
    else if (data.range) {
      const rows = (data.rows || "").split("\n").map((key) => facts.rows[key]).filter(Boolean);
      line("Bounds", data.range);
      line("As printed", data.published !== words && data.published);
      line("Period", data.period && period(data.period));
      line("Counts", counts(rows));
      line("Scope", data.scope);
      line("Forecast", data.forecast && say("a plan or forecast, not an observation"));
      line("Caveat", data.caveat);
      line("Confidence", data.confidence && say(data.confidence));
      line("Sources", sources((data.sources || "").split(" ")));
      line("Rows", listed(rows));
      line("Read again", reread(rows));
      line("2nd source", second(rows));
    } else line("Counted", say("by the book's code, over its tables"));
    const made = data.code ? [make("code", "", data.code)] : [];
    if (data.madeBy) made.push(`${made.length ? say(" by ") : ""}citygap.${data.madeBy}`);
    line("Computed", made);
    if (data.key) line("Key", keyOf(number, data.key, words, checked));
    return card;
  }

  function keyOf(number, name, words, checked) {
    const key = `${facts.page}/${name}`;
    const query = new URLSearchParams({ number: key, says: words, edition: facts.edition });
    const cut = facts.report.indexOf("#");
    const report = `${facts.report.slice(0, cut)}?${query}${facts.report.slice(cut)}`;
    const parts = [make("code", "", key), " ", anchor(report, say("Report this number"))];
    // Numbers, not checked words, can be cited; cite.js listens.
    if (!checked && document.getElementById("cite")) {
      const cite = make("button", "quantity-cite", say("Cite this number"));
      cite.type = "button";
      cite.addEventListener("click", () => {
        document.dispatchEvent(new CustomEvent("cite", { detail: { number: name, opener: number } }));
      });
      parts.push(" ", cite);
    }
    return parts;
  }

  // ---- links

  function figureOf(link) {
    const address = link.getAttribute("href");
    const found = address[0] === "#" && document.getElementById(decodeURIComponent(address.slice(1)));
    return found && found.tagName === "FIGURE" && !found.contains(link) ? found : null;
  }

  function drawn(figure, card) {
    // Of a picture in two colourings, the one that shows.
    const shown = Array.from(figure.querySelectorAll("svg, img")).find((each) => each.getClientRects().length);
    if (shown) {
      const picture = shown.cloneNode(true);
      [picture, ...picture.querySelectorAll("[id]")].forEach((node) => node.removeAttribute("id"));
      picture.setAttribute("aria-hidden", "true");
      card.appendChild(picture);
      card.classList.add("with-figure");
    }
    const caption = figure.querySelector("figcaption");
    if (!caption) return;
    const words = caption.cloneNode(true);
    words.querySelectorAll(".headerlink, .quantity-card").forEach((node) => node.remove());
    card.appendChild(make("span", "preview-words", words.textContent.replace(/\s+/g, " ").trim()));
  }

  function ofLink(link) {
    const card = make("span", "quantity-card preview-card");
    card.id = "preview-card";
    card.setAttribute("role", "tooltip");
    const figure = figureOf(link);
    const [head, words, verdict] = previews[link.getAttribute("href")] || ["", link.dataset.preview];
    if (figure) drawn(figure, card);
    else {
      if (head) card.appendChild(make("span", "preview-head", head));
      if (verdict) card.appendChild(make("span", "preview-verdict", verdict));
      card.appendChild(make("span", "preview-words", words));
    }
    return card;
  }

  // ---- both

  function place(target, card) {
    if (window.innerWidth < 600) return; // the style sheet puts it at the foot of the screen
    const at = target.getClientRects()[0];
    const within = (target.closest("article") || document.body).getBoundingClientRect();
    card.style.left = card.style.top = "0px";
    const zero = card.getBoundingClientRect();
    const left = Math.max(within.left, Math.min(at.left, within.right - zero.width));
    const below = at.bottom + 6, above = at.top - zero.height - 6;
    const top = below + zero.height > window.innerHeight && above > 60 ? above : below;
    card.style.left = `${left - zero.left}px`;
    card.style.top = `${top - zero.top}px`;
  }

  function isNumber(target) {
    return target.getAttribute("role") === "button";
  }

  function show(target, kept) {
    asked = target;
    if (isNumber(target)) whenRead(() => { if (asked === target) present(target, kept); });
    else present(target, kept);
  }

  function present(target, kept) {
    if (open && open.target === target) {
      open.kept = open.kept || kept;
      return;
    }
    hide();
    const card = isNumber(target) ? ofNumber(target) : ofLink(target);
    if (isNumber(target)) {
      target.insertAdjacentElement("afterend", card);
      target.setAttribute("aria-expanded", "true");
    } else {
      target.closest("article").appendChild(card);
      target.setAttribute("aria-describedby", card.id);
    }
    open = { target, card, kept };
    place(target, card);
    card.addEventListener("pointerleave", leave);
  }

  function hide() {
    asked = null;
    clearTimeout(timer);
    if (!open) return;
    if (isNumber(open.target)) open.target.setAttribute("aria-expanded", "false");
    else open.target.removeAttribute("aria-describedby");
    open.card.remove();
    open = null;
  }

  function within(node) {
    return open && node && (open.target.contains(node) || open.card.contains(node));
  }

  function leave(event) {
    if (event.pointerType !== "mouse") return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (open && !open.kept && !open.card.matches(":hover") && !open.target.matches(":hover")) hide();
    }, DELAY * 2);
  }

  function prepare(target) {
    target.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return;
      clearTimeout(timer);
      timer = setTimeout(() => show(target, false), DELAY);
    });
    target.addEventListener("pointerleave", leave);
    target.addEventListener("focus", () => {
      if (target.matches(":focus-visible")) show(target, false);
    });
  }

  function prepareNumber(number) {
    number.removeAttribute("title"); // the card says it, and two of them would overlap
    number.setAttribute("role", "button");
    number.setAttribute("tabindex", "0");
    number.setAttribute("aria-expanded", "false");
    prepare(number);
    function toggle() {
      clearTimeout(timer);
      if (open && open.target === number && open.kept) hide();
      else show(number, true);
    }
    number.addEventListener("click", toggle);
    number.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggle();
    });
  }

  function prepareLink(link) {
    if (link.title) {
      link.dataset.preview = link.title;
      link.removeAttribute("title"); // as above
    }
    prepare(link);
    link.addEventListener("blur", hide);
    link.addEventListener("click", hide);
  }

  function start() {
    document.querySelectorAll("data.quantity, span.checked[data-key]").forEach((number) => {
      if (!number.closest("a")) prepareNumber(number); // a button in a link can be used as neither
    });
    const block = document.getElementById("preview-facts");
    if (block) previews = JSON.parse(block.textContent);
    document.querySelectorAll("article a[href*='#']:not(.headerlink)").forEach((link) => {
      const cited = link.title && link.matches(".reference.internal");
      if (cited || previews[link.getAttribute("href")] || figureOf(link)) prepareLink(link);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const number = open && open.card.contains(document.activeElement) && open.target;
      hide();
      if (number) number.focus();
      hide(); // focus may have opened it again
    });
    ["pointerdown", "focusin"].forEach((kind) => document.addEventListener(kind, (event) => {
      if (open && !within(event.target)) hide();
    }));
    window.addEventListener("resize", hide);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
