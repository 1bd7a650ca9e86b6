/* A figure to ask: what its card calls Explore (press/templates/explore.html), once it is opened.

   light.js loads this file and vega.js beside it when the first is opened, and tells of each that opens.
   Vega-Lite draws what citygap/charts/interactive.py says, through Vega's interpreter, since the policy of
   the pages lets no text be run as code. What a mark says is the row of the table of values under the
   figure: nothing is computed or printed here that is not there. */

(function () {
  "use strict";

  const SILENT = {};
  ["level", "error", "warn", "info", "debug"].forEach((name) => { SILENT[name] = () => SILENT; });
  const LINE = 15, WIDE = 60; // pixels of a line of words at the end of a line
  const MARKS = '[aria-roledescription]:not([role="graphics-object"])';

  function make(tag, kind, inner) {
    const node = document.createElement(tag);
    if (kind) node.className = kind;
    node.append(...[].concat(inner || []));
    return node;
  }

  /* Things in groups of which none stands beside another. */
  function columns(things) {
    const found = [];
    let edge = -Infinity;
    things.sort((a, b) => a.x - b.x).forEach((each) => {
      if (each.x > edge + WIDE) found.push([]);
      found[found.length - 1].push(each);
      edge = each.x;
    });
    return found;
  }

  /* Middles moved down, then up, as far as it takes for things of these heights not to overlap. */
  function apart(things, bottom) {
    things.sort((a, b) => a.y - b.y);
    let edge = -Infinity;
    things.forEach((each) => { each.to = Math.max(each.y, edge + each.tall / 2); edge = each.to + each.tall / 2; });
    edge = bottom + LINE / 2;
    things.slice().reverse().forEach((each) => { each.to = Math.min(each.to, edge - each.tall / 2); edge = each.to - each.tall / 2; });
    return things;
  }

  function start(fold) {
    const box = fold.querySelector(".explore");
    if (!box || box.dataset.on) return;
    box.dataset.on = "yes";
    const given = JSON.parse(box.querySelector(".explore-given").textContent);
    const form = box.querySelector("form");
    const [holder, told, other] = ["picture", "told", "table"].map((name) => box.querySelector(`.explore-${name}`));
    const values = box.closest(".figure-card").querySelector(".figure-values table");
    const sources = new Map(Array.from(box.closest(".figure-card").querySelectorAll(".source-key"),
      (key) => [key.textContent.replace(/\s/g, ""), key.parentNode]));
    const rows = Array.from(values.tBodies[0].rows), heads = Array.from(values.tHead.rows[0].cells, (cell) => cell.textContent);
    const data = given.spec.data.values;
    const look = getComputedStyle(box);
    let view, current = -1;

    given.spec.config.font = look.fontFamily;
    form.addEventListener("submit", (event) => event.preventDefault());
    const alike = new Set(given.choices.map((each) => each.ink)).size === 1;
    form.querySelectorAll(".explore-sign").forEach((sign, n) => {
      sign.hidden = alike;
      sign.style.background = given.choices[n].ink;
      sign.classList.toggle("explore-diamond", given.choices[n].ink.includes("chongqing"));
    });

    const chosen = () => Array.from(form.querySelectorAll("[name=chosen]:checked"), (each) => each.value);
    const focus = () => (form.elements.focus ? form.elements.focus.value : "");
    const shown = () => { const keys = new Set(chosen()); return data.filter((each) => keys.has(each.who)); };

    // ---- the picture

    function draw() {
      const drawn = window.vegaOfTheBook.compile(given.spec, { logger: SILENT }).spec;
      view = new window.vegaOfTheBook.View(window.vegaOfTheBook.parse(drawn, null, { ast: true }), {
        expr: window.vegaOfTheBook.expressionInterpreter, renderer: "svg", container: holder, logger: SILENT, hover: false,
      });
      return apply();
    }

    async function apply() {
      view.signal("chosen", chosen()).signal("focus", focus());
      await view.runAsync();
      if (given.by === "line") { await name(); }
      const marks = drawnMarks();
      marks.forEach((each, n) => each.setAttribute("tabindex", n ? "-1" : "0"));
      holder.hidden = form.elements.as.value !== "chart";
      other.hidden = !holder.hidden;
      if (!other.hidden) list();
    }

    /* Names at the ends of lines, so that none covers another. */
    function name() {
      const x = view.scale("x"), y = view.scale("y"), ends = shown().filter((each) => each.end);
      const things = ends.map((each) => ({ each, x: x(each.x), y: y(each.at), tall: LINE * each.end.split("\n").length }));
      const shift = {};
      columns(things).forEach((column) => apart(column, view.height()).forEach((thing) => {
        shift[thing.each.who] = thing.to - thing.y - (thing.tall - LINE) / 2;
      }));
      return view.signal("shift", shift).runAsync();
    }

    /* The marks that can be pointed at, from the first row of the table to the last. */
    function drawnMarks() {
      return Array.from(holder.querySelectorAll(MARKS)).filter((each) => number(each) >= 0)
        .sort((a, b) => number(a) - number(b));
    }

    function number(node) {
      const item = node && node.__data__;
      const n = item && item.datum && item.datum.n;
      return n === undefined ? -1 : n;
    }

    // ---- what a mark says

    function tell(n) {
      if (n < 0 || n === current) return;
      current = n;
      const cells = Array.from(rows[n].cells, (cell) => cell.textContent);
      told.replaceChildren(...heads.map((head, at) => [head, cells[at], at]).filter((line) => line[1]).map(([head, words, at]) => {
        const inner = at === heads.length - 1 && sources.size ? named(words) : words;
        return make("div", "", [make("dt", "", head), make("dd", "", inner)]);
      }));
    }

    /* Sources in full, as the card lists them, in place of their keys. */
    function named(keys) {
      const found = keys.split(", ").map((key) => sources.get(key));
      return found.every(Boolean) ? [make("ul", "", found.map((each) => each.cloneNode(true)))] : keys;
    }

    ["pointerover", "click", "focusin"].forEach((kind) => holder.addEventListener(kind, (event) => tell(number(event.target))));
    holder.addEventListener("keydown", (event) => {
      const marks = drawnMarks(), at = marks.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      const next = marks[Math.max(0, Math.min(marks.length - 1, to))];
      marks[at].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });

    // ---- the same as a table

    function list() {
      const table = values.cloneNode(true), here = new Set(shown().map((each) => each.n));
      Array.from(table.tBodies[0].rows).forEach((row, n) => {
        if (!here.has(n)) row.remove();
        else row.classList.toggle("explore-led", Boolean(focus()) && data[n].who === focus());
      });
      other.replaceChildren(table);
    }

    form.addEventListener("change", apply);
    fold.addEventListener("toggle", () => window.dispatchEvent(new Event("resize"))); // which the picture follows
    draw().then(() => { box.dataset.on = "drawn"; });
  }

  document.addEventListener("explore", (event) => start(event.detail));
})();
