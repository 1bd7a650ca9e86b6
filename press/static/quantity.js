/* What stands behind a number: a card that opens on hover, focus or tap.

   Without this script a number is plain text with a title. With it, each <data class="quantity">
   and each checked phrase becomes a button: Tab reaches it, Enter or a tap opens its card and keeps
   it open, Tab then leads into the links of the card, Escape closes it. The card stands right after
   the number, so that the order of the keyboard is that of the page. Everything is written as
   text, never as markup. */

(function () {
  "use strict";

  var DELAY = 160; // milliseconds that a pointer must rest: a card must not flicker on the way by
  var open = null; // {number, card, kept}
  var facts = null;

  function read() {
    var block = document.getElementById("quantity-facts");
    if (!block) return { sources: {}, rows: {}, up: "", page: "", report: "" };
    return JSON.parse(block.textContent);
  }

  // The facts are a file (press.light.facts), fetched when the first card is asked for.
  function whenRead(act) {
    var block = document.getElementById("quantity-facts");
    if (facts || !block || block.textContent) {
      facts = facts || read();
      act();
      return;
    }
    var script = document.createElement("script");
    script.src = block.dataset.from;
    script.onload = function () {
      if (!facts) facts = read();
      act();
    };
    document.head.appendChild(script);
  }

  function make(tag, words, kind) {
    var node = document.createElement(tag);
    if (words) node.textContent = words;
    if (kind) node.className = kind;
    return node;
  }

  function line(card, term, inner) {
    if (!inner || !inner.length) return;
    var row = make("span", "", "quantity-line");
    row.appendChild(make("span", term, "quantity-term"));
    var what = make("span", "", "quantity-what");
    [].concat(inner).forEach(function (part) {
      what.appendChild(typeof part === "string" ? document.createTextNode(part) : part);
    });
    row.appendChild(what);
    card.appendChild(row);
  }

  function anchor(address, words) {
    var node = make("a", words);
    node.href = address;
    return node;
  }

  function period(words) {
    var ends = words.split("/");
    if (ends.length < 2) return words;
    return ends[0] === ".." ? "until " + ends[1] : ends[0] + " to " + ends[1];
  }

  function sources(keys) {
    var parts = [];
    keys.forEach(function (key, i) {
      var source = facts.sources[key];
      if (!source) return;
      if (i) parts.push("; ");
      if (/^https?:\/\//.test(source.url)) {
        var link = anchor(source.url, source.title);
        link.rel = "noreferrer";
        parts.push(link);
      } else parts.push(source.title);
      parts.push(" (" + [source.publisher, source.date].filter(Boolean).join(", ") + ") ");
      parts.push(anchor(facts.up + source.page, key));
    });
    return parts;
  }

  function known(keys) {
    return keys.filter(function (key) {
      return facts.rows[key];
    });
  }

  function counts(keys) {
    var parts = [];
    var seen = {};
    known(keys).forEach(function (key) {
      var what = facts.rows[key].counts;
      if (seen[what]) return;
      seen[what] = true;
      var found = facts.definitions[what];
      if (parts.length) parts.push("; ");
      parts.push(anchor(facts.up + found.page, found.name));
      if (found.scope && found.name.indexOf(found.scope) < 0) parts.push(" (" + found.scope + ")");
    });
    return parts;
  }

  function rows(keys) {
    var parts = [];
    var all = known(keys);
    all.slice(0, 4).forEach(function (key, i) {
      var row = facts.rows[key];
      if (i) parts.push("; ");
      parts.push(anchor(facts.up + row.page, row.label));
    });
    if (all.length > 4) parts.push("; and " + (all.length - 4) + " more");
    return parts;
  }

  function reread(keys) {
    var all = known(keys);
    var again = all.filter(function (key) {
      return facts.rows[key].reread;
    });
    if (!all.length) return "";
    if (all.length > 1) return again.length + " of " + all.length + " rows, at their sources";
    if (!again.length) return "not yet";
    return facts.rows[all[0]].reread.date + ", " + facts.rows[all[0]].reread.outcome;
  }

  function second(keys) {
    var all = known(keys);
    var with_ = all.filter(function (key) {
      return facts.rows[key].second;
    });
    if (!all.length) return "";
    if (with_.length === all.length) return all.length > 1 ? "for each of these rows" : "yes";
    return with_.length ? "for " + with_.length + " of " + all.length + " rows" : "none found";
  }

  function build(number) {
    // What only a card shows is told with the facts (press.light.facts).
    var told = (facts.numbers || {})[number.dataset.key] || {};
    var data = Object.assign({}, told, number.dataset);
    var card = make("span", "", "quantity-card");
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", "About " + number.textContent.trim());
    if (number.classList.contains("checked")) {
      line(card, "Checked", "the book is not built unless the data say so");
    } else if (data.range) {
      line(card, "Bounds", data.range);
      line(card, "As printed", data.published && data.published !== number.textContent.trim() ? data.published : "");
      line(card, "Period", data.period ? period(data.period) : "");
      var keys = (data.rows || "").split("\n").filter(Boolean);
      line(card, "Counts", counts(keys));
      line(card, "Scope", data.scope || "");
      line(card, "Forecast", data.forecast ? "a plan or forecast, not an observation" : "");
      line(card, "Caveat", data.caveat || "");
      line(card, "Confidence", data.confidence || "");
      line(card, "Sources", sources((data.sources || "").split(" ").filter(Boolean)));
      line(card, "Rows", rows(keys));
      line(card, "Read again", reread(keys));
      line(card, "2nd source", second(keys));
    } else {
      line(card, "Counted", "by the book's code, over its tables");
    }
    var made = [];
    if (data.code) made.push(make("code", data.code));
    if (data.madeBy) made.push((made.length ? " by " : "") + "citygap." + data.madeBy);
    line(card, "Computed", made.length ? made : "");
    if (data.key) {
      var key = facts.page + "/" + data.key;
      var query = "?number=" + encodeURIComponent(key) + "&says=" + encodeURIComponent(number.textContent.trim())
        + "&edition=" + encodeURIComponent(facts.edition);
      var cut = facts.report.indexOf("#");
      var report = anchor(facts.report.slice(0, cut) + query + facts.report.slice(cut), "Report this number");
      var parts = [make("code", key), " ", report];
      // Numbers, not checked words, can be cited; cite.js listens.
      if (!number.classList.contains("checked") && document.getElementById("cite")) {
        var cite = make("button", "Cite this number", "quantity-cite");
        cite.type = "button";
        cite.addEventListener("click", function () {
          document.dispatchEvent(new CustomEvent("cite", { detail: { number: data.key, opener: number } }));
        });
        parts.push(" ", cite);
      }
      line(card, "Key", parts);
    }
    return card;
  }

  function place(number, card) {
    if (window.innerWidth < 600) return; // the style sheet puts it at the foot of the screen
    var at = number.getClientRects()[0];
    var article = number.closest("article") || document.body;
    var within = article.getBoundingClientRect();
    card.style.left = "0px";
    card.style.top = "0px";
    var zero = card.getBoundingClientRect();
    var left = Math.max(within.left, Math.min(at.left, within.right - zero.width));
    var below = at.bottom + 6;
    var above = at.top - zero.height - 6;
    var top = below + zero.height > window.innerHeight && above > 60 ? above : below;
    card.style.left = left - zero.left + "px";
    card.style.top = top - zero.top + "px";
  }

  var asked = null; // the number whose card was asked for last
  function show(number, kept) {
    asked = number;
    whenRead(function () {
      if (asked === number) present(number, kept);
    });
  }

  function present(number, kept) {
    if (open && open.number === number) {
      open.kept = open.kept || kept;
      return;
    }
    hide();
    var card = build(number);
    number.insertAdjacentElement("afterend", card);
    number.setAttribute("aria-expanded", "true");
    open = { number: number, card: card, kept: kept };
    place(number, card);
    card.addEventListener("pointerleave", function (event) {
      if (event.pointerType === "mouse") leave();
    });
  }

  function hide() {
    asked = null;
    if (!open) return;
    open.number.setAttribute("aria-expanded", "false");
    open.card.remove();
    open = null;
  }

  function within(node) {
    return open && node && (open.number.contains(node) || open.card.contains(node));
  }

  var timer = 0;
  function leave() {
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (open && !open.kept && !open.card.matches(":hover") && !open.number.matches(":hover")) hide();
    }, DELAY * 2);
  }

  function prepare(number) {
    number.removeAttribute("title"); // the card says it, and two of them would overlap
    number.setAttribute("role", "button");
    number.setAttribute("tabindex", "0");
    number.setAttribute("aria-expanded", "false");
    number.addEventListener("pointerenter", function (event) {
      if (event.pointerType !== "mouse") return;
      clearTimeout(timer);
      timer = setTimeout(function () {
        show(number, false);
      }, DELAY);
    });
    number.addEventListener("pointerleave", function (event) {
      if (event.pointerType === "mouse") leave();
    });
    number.addEventListener("focus", function () {
      if (number.matches(":focus-visible")) show(number, false);
    });
    number.addEventListener("click", function () {
      clearTimeout(timer);
      if (open && open.number === number && open.kept) hide();
      else show(number, true);
    });
    number.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      if (open && open.number === number && open.kept) hide();
      else show(number, true);
    });
  }

  function start() {
    var numbers = Array.prototype.filter.call(
      document.querySelectorAll("data.quantity, span.checked[data-key]"),
      function (number) {
        return !number.closest("a"); // a button in a link can be used as neither
      }
    );
    if (!numbers.length) return;
    Array.prototype.forEach.call(numbers, prepare);
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !open) return;
      var number = open.number;
      var inside = open.card.contains(document.activeElement);
      hide();
      if (inside) number.focus();
      hide(); // focus may have opened it again
    });
    document.addEventListener("pointerdown", function (event) {
      if (open && !within(event.target)) hide();
    });
    document.addEventListener("focusin", function (event) {
      if (open && !within(event.target)) hide();
    });
    window.addEventListener("resize", hide);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
