/* Fills the folds whose text is a file (press.postprocess.deferred.folds), when the first of them is opened.

   A figure to ask is shown only here, since it needs scripts, and brings those of explore/.

   The file is a script of the book, since a page opened from a disk may load one and may not fetch
   anything else. What it hands over is the text that press.extensions.figure_cards and the cells made for this page. */

(function () {
  "use strict";

  var NAMED = "[data-from][data-part]"; // a fold, or the frame of a table in one
  var folds = document.querySelectorAll(NAMED + ", .figure-explore[data-part]");
  if (!folds.length) return;
  var asked = false;

  function fill(event) {
    Array.prototype.forEach.call(folds, function (fold) {
      var kept = fold.querySelector(":scope > summary");
      fold.replaceChildren.apply(fold, kept ? [kept] : []);
      fold.insertAdjacentHTML("beforeend", event.detail[Number(fold.dataset.part)]);
    });
  }

  function ask(event) {
    if (asked || !event.target.open) return;
    asked = true;
    var script = document.createElement("script");
    script.src = document.querySelector(NAMED).dataset.from;
    document.head.appendChild(script);
  }

  // ---- figures to ask

  var drawing = null; // once the scripts that draw are asked for

  function load(tag, address, given) {
    return new Promise(function (done) {
      var node = Object.assign(document.createElement(tag), given);
      node[tag === "script" ? "src" : "href"] = address;
      node.onload = done;
      document.head.appendChild(node);
    });
  }

  function explore(fold) {
    var box = fold.open && fold.querySelector(".explore");
    if (!box) return;
    var folder = box.dataset.up + "_static/explore/";
    drawing = drawing || Promise.all([
      load("link", folder + "explore.css", { rel: "stylesheet" }),
      load("script", folder + "vega.js", { async: false }),
      load("script", folder + "explore.js", { async: false })
    ]);
    drawing.then(function () { document.dispatchEvent(new CustomEvent("explore", { detail: fold })); });
  }

  document.querySelectorAll(".figure-explore").forEach(function (fold) {
    fold.hidden = false;
    fold.addEventListener("toggle", function () { explore(fold); });
  });

  document.addEventListener("folds", function (event) {
    fill(event);
    document.querySelectorAll(".figure-explore[open]").forEach(explore);
  }, { once: true });
  Array.prototype.forEach.call(folds, function (fold) {
    fold.closest("details").addEventListener("toggle", ask);
  });
})();
